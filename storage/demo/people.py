"""The demo's staff, coordinators, central unit and management."""

from storage.database import Session
from storage.demo.alumni import Place
from storage.demo.reading import rows
from storage.tables import Appointment, Person


async def add_people(session: Session, place: Place) -> dict[str, Person]:
    """Add everybody who talks with the bot, and their appointments; return them by e-mail."""
    people = {
        row["email"]: Person(
            email=row["email"],
            name=row["name"],
            title_sv=row["title_sv"],
            title_en=row["title_en"],
            unit_id=place.units[row["unit"]].id,
            locale=row.get("locale"),
            zone="Europe/Stockholm",
            asked_unit=True,
        )
        for row in rows("people", "person")
    }
    session.add_all(people.values())
    await session.flush()
    session.add_all(
        Appointment(
            person_id=people[row["person"]].id if row.get("person") else None,
            unit_id=place.units[row["unit"]].id,
            role=row["role"],
            percent=row.get("percent"),
            valid_from=row["valid_from"],
            deputy_id=people[row["deputy"]].id if row.get("deputy") else None,
        )
        for row in rows("people", "appointment")
    )
    await session.flush()
    return people
