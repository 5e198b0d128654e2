"""The few alumni who are always the same, one for each rule worth seeing."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from storage.database import Session
from storage.demo.alumni import Place, consent
from storage.demo.reading import rows
from storage.folding import fold
from storage.tables import Alumnus, Consent, ContactRequest, Employment, Offer, Person, Study

_PURPOSES = (
    "Mentor för en student som läser kursen Marknadsanalys med AI",
    "Mentor för två studenter inför deras första jobb inom maskininlärning",
)


async def add_fixed(session: Session, place: Place, people: dict[str, Person]) -> list[Alumnus]:
    """Add the fixed alumni with their offers, consents and this year's contact requests."""
    added = []
    for row in rows("alumni", "alumnus"):
        alumnus = _alumnus(place, row)
        place.names.taken.add(alumnus.name)
        session.add(alumnus)
        await session.flush()
        for purpose in row["consents"]:
            session.add(Consent(**consent(place, alumnus.id, purpose)))
        for purpose in row.get("withdrawn", []):
            session.add(Consent(**consent(place, alumnus.id, purpose, given=False)))
        for number in range(row.get("requests_this_year", 0)):
            session.add(_request(place, alumnus, row, people, number))
        added.append(alumnus)
    await session.flush()
    return added


def _alumnus(place: Place, row: dict[str, Any]) -> Alumnus:
    unit = place.units[row["owner"]]
    paused = row.get("paused_days")
    name = f"{row['given_name']} {row['family_name']}"
    return Alumnus(
        register_id=row["register_id"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        folded=fold(name),
        email=f"{fold(name).replace(' ', '.')}.{row['register_id'].lower()}@alumn.example",
        city_id=place.cities[row["city"]].id,
        owner_unit_id=unit.id,
        protected=row.get("protected", False),
        paused_until=place.today + timedelta(days=paused) if paused else None,
        yearly_cap=row.get("yearly_cap", 4),
        studies=[
            Study(
                programme_id=place.programmes[row["programme"]].id,
                unit_id=place.programmes[row["programme"]].unit_id,
                year=row["year"],
            )
        ],
        employments=[
            Employment(
                employer=row["employer"],
                folded=fold(row["employer"]),
                title_sv=row["title_sv"],
                title_en=row["title_en"],
            )
        ],
        offers=[_offer(place, row, kind) for kind in row["offers"]],
    )


def _offer(place: Place, row: dict[str, Any], kind: str) -> Offer:
    return Offer(
        kind=kind,
        capacity=row["capacity"],
        languages=row["languages"],
        pitch_sv=row["pitch_sv"],
        pitch_en=row["pitch_en"],
        fields=[place.fields[key] for key in row["fields"]],
    )


def _request(
    place: Place, alumnus: Alumnus, row: dict[str, Any], people: dict[str, Person], number: int
) -> ContactRequest:
    asked_on = place.today - timedelta(days=40 + 30 * number)
    return ContactRequest(
        asker_id=people["johan.ek@nordhamn.example"].id,
        alumnus_id=alumnus.id,
        unit_id=place.units[row["owner"]].id,
        handler_id=people["karin.lind@nordhamn.example"].id,
        kind=row["offers"][0],
        purpose=_PURPOSES[number % len(_PURPOSES)],
        state="contacted",
        created_at=datetime.combine(asked_on, time(9), tzinfo=UTC),
    )
