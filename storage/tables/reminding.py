"""Reminders between persons: who gets one, who has refused it, who takes none from whom."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class ReminderReceiver(Base):
    """Somebody else whom a reminder is for.

    state: on, done (she has done it), refused (not this one any more).
    """

    __tablename__ = "reminder_receiver"
    __table_args__ = (UniqueConstraint("schedule_id", "person_id"),)

    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedule.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(String(8), default="on")


class ReminderMute(Base):
    """Somebody takes no reminders from somebody else."""

    __tablename__ = "reminder_mute"
    __table_args__ = (UniqueConstraint("person_id", "from_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[datetime]
