"""Every table, by the word the house uses for it."""

from storage.tables.alumni import Alumnus, Consent, Employment, Offer, Study
from storage.tables.announcements import Announcement, AnnouncementReceiver
from storage.tables.base import Base
from storage.tables.delivery import Draft, Inbound, Occurrence, Outbox, Pace, Schedule, Setting
from storage.tables.learning import UnsureMessage
from storage.tables.organisation import City, Field, FieldName, Programme, Unit, UnitName
from storage.tables.people import Account, Appointment, LinkCode, Person
from storage.tables.preferences import Preference
from storage.tables.reminding import ReminderMute, ReminderReceiver
from storage.tables.work import ContactRequest, ContactStep, GuestLecture, Statement

__all__ = [
    "Account",
    "Alumnus",
    "Announcement",
    "AnnouncementReceiver",
    "Appointment",
    "Base",
    "City",
    "Consent",
    "ContactRequest",
    "ContactStep",
    "Draft",
    "Employment",
    "Field",
    "FieldName",
    "GuestLecture",
    "Inbound",
    "LinkCode",
    "Occurrence",
    "Offer",
    "Outbox",
    "Pace",
    "Person",
    "Preference",
    "Programme",
    "ReminderMute",
    "ReminderReceiver",
    "Schedule",
    "Setting",
    "Statement",
    "Study",
    "Unit",
    "UnitName",
    "UnsureMessage",
]
