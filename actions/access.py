"""Who asks, and the one place that decides who may do what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from storage import Session
from storage.queries.people import appointments_of, posts_stood_in_for, units_answered_for
from storage.queries.units import home_of
from storage.queries.visibility import Viewer
from storage.tables import Appointment, Person


class Role(StrEnum):
    """What a person is to the alumni work; everybody is at least staff."""

    STAFF = "staff"
    COORDINATOR = "coordinator"
    CENTRAL = "central"
    MANAGEMENT = "management"
    DEPUTY = "deputy"  # only while the one whose deputy she is, is away


EVERYBODY = frozenset(Role)
PERSONS = frozenset({Role.STAFF, Role.COORDINATOR, Role.CENTRAL})  # may see names
CENTRAL = frozenset({Role.CENTRAL})
COORDINATORS = frozenset({Role.COORDINATOR, Role.CENTRAL})
DECIDING = COORDINATORS | {Role.DEPUTY}


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who asks, with her rights as the database tells them at this moment.

    unit_ids: the units she answers for, with everything below them. home_id: the unit that her
    questions default to (her faculty), or None for the whole university. away_ids: whom she stands
    in for today; away_unit_ids: the units for which she decides meanwhile, and no more than that.
    """

    id: int
    name: str
    email: str
    locale: str | None
    spoken: str | None
    zone: str
    unit_id: int | None
    home_id: int | None
    roles: frozenset[Role]
    unit_ids: frozenset[int] = frozenset()
    away_ids: frozenset[int] = frozenset()
    away_unit_ids: frozenset[int] = frozenset()

    @property
    def central(self) -> bool:
        """Whether she belongs to the central unit."""
        return Role.CENTRAL in self.roles

    @property
    def viewer(self) -> Viewer:
        """Her rights in the form that the queries put into their SQL."""
        return Viewer(everything=self.central, unit_ids=self.unit_ids)

    def answers_for(self, unit_id: int) -> bool:
        """Whether a unit is hers: its alumni, its lectures, its requests."""
        return self.central or unit_id in self.unit_ids

    def decides_for(self, unit_id: int) -> bool:
        """Whether she may decide what waits in a unit: it is hers, or its coordinator is away."""
        return self.answers_for(unit_id) or unit_id in self.away_unit_ids


def authorize(actor: Actor, for_: frozenset[Role]) -> bool:
    """Whether one of her roles is among those that a capability is for; deny by default."""
    return bool(actor.roles & for_)


async def actor_of(session: Session, person: Person, now: datetime) -> Actor:
    """Load a person with the rights that the database gives her at this moment."""
    day = now.astimezone(ZoneInfo(person.zone)).date()
    gone = person.left_on is not None and person.left_on < day
    appointments = [] if gone else await appointments_of(session, person.id, day)
    roles = frozenset() if gone else _roles(appointments)
    standing_in = []
    if Role.STAFF in roles:  # management sees no names, whomever it stands in for
        standing_in = await posts_stood_in_for(session, person.id, day)
    home = await home_of(session, person.unit_id)
    return Actor(
        id=person.id,
        name=person.name,
        email=person.email,
        locale=person.locale,
        spoken=person.spoken,
        zone=person.zone,
        unit_id=person.unit_id,
        home_id=None if home is None else home.id,
        roles=roles | {Role.DEPUTY} if standing_in else roles,
        unit_ids=frozenset(await units_answered_for(session, appointments)),
        away_ids=frozenset(p.person_id for p in standing_in if p.person_id is not None),
        away_unit_ids=frozenset(await units_answered_for(session, standing_in)),
    )


def _roles(appointments: list[Appointment]) -> frozenset[Role]:
    held = {Role(appointment.role) for appointment in appointments}
    # Management sees aggregates only; a dean who also teaches still sees no names.
    return frozenset(held if Role.MANAGEMENT in held else held | {Role.STAFF})
