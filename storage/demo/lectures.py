"""The demo's guest lectures, past and coming, and the approved texts."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from storage.database import Session
from storage.demo.alumni import Place
from storage.demo.reading import rows
from storage.tables import Alumnus, GuestLecture, Offer, Person, Statement

_COMING = 3  # one lecture in three lies ahead
_STARTS = (time(8, 15), time(10, 15), time(13, 15), time(15, 15))
_SATURDAY = 5


async def add_lectures(
    session: Session,
    place: Place,
    people: dict[str, Person],
    lecturers: list[tuple[Offer, Alumnus]],
) -> None:
    """Add guest lectures, each by somebody who offers the field where there is one."""
    staff = [person for person in people.values() if person.unit_id is not None]
    for number, row in enumerate(rows("lectures", "lecture")):
        field = place.fields[row["field"]]
        fitting = [a for offer, a in lecturers if field in offer.fields]
        lecturer = place.chance.choice(fitting or [a for _offer, a in lecturers])
        session.add(_lecture(place, row, number, lecturer, place.chance.choice(staff)))
    await session.flush()


def _lecture(
    place: Place, row: dict[str, Any], number: int, lecturer: Alumnus, by: Person
) -> GuestLecture:
    ahead = number % _COMING == 0
    days = place.chance.randint(5, 120) if ahead else -place.chance.randint(10, 700)
    on_date = _weekday(place.today + timedelta(days=days))
    starts = place.chance.choice(_STARTS)
    return GuestLecture(
        alumnus_id=lecturer.id,
        topic=row["topic_sv"],
        course=f"{row['course']} {row['course_sv']}",
        unit_id=place.units[row["unit"]].id,
        on_date=on_date,
        starts=starts,
        ends=time(starts.hour + 1, 45),
        state="approved",
        registered_by_id=by.id,
        created_at=datetime.combine(
            min(on_date, place.today) - timedelta(days=21), time(9), tzinfo=UTC
        ),
    )


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)


async def add_statements(session: Session, place: Place) -> None:
    """Add the approved texts about alumni work."""
    session.add_all(
        Statement(
            key=row["key"],
            title_sv=row["title_sv"],
            title_en=row["title_en"],
            body_sv=row["body_sv"],
            body_en=row["body_en"],
            asks=[*row.get("asks_sv", []), *row.get("asks_en", []), *row.get("asks", [])],
            owner_unit_id=place.units[row["owner"]].id,
            valid_to=row["valid_to"],
            version=row["version"],
        )
        for row in rows("statements", "statement")
    )
    await session.flush()
