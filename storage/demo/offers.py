"""What the demo's alumni offer: 250 mentors, and supervisors, lecturers and hosts besides."""

from typing import Any

from storage.database import Session
from storage.demo.alumni import Drawn, Place, consent
from storage.demo.reading import rows
from storage.tables import Consent, Offer

MENTORS = 250
_OTHERS = {"supervisor": 70, "guest_lecturer": 120, "study_visit": 45}
# One in thirty has offered without a consent on file: her coordinator is shown what is missing.
_WITHOUT_CONSENT = 30


async def add_offers(
    session: Session, place: Place, alumni: list[tuple[int, Drawn]], mentors: int
) -> None:
    """Add the offers of randomly chosen alumni with work; mentors: how many are still lacking."""
    working = [(alumnus_id, one) for alumnus_id, one in alumni if one.employment]
    fields_of = {row["code"]: row["fields"] for row in rows("programmes", "programme")}
    pitches = rows("mentors", "pitch")
    for kind, n in {"mentor": mentors, **_OTHERS}.items():
        for number, (alumnus_id, one) in enumerate(place.chance.sample(working, n)):
            keys = fields_of[one.code]
            session.add(_offer(place, alumnus_id, kind, one.code, keys, pitches))
            if number % _WITHOUT_CONSENT:
                purpose = "guest_lecturer" if kind == "guest_lecturer" else "mentor"
                session.add(Consent(**consent(place, alumnus_id, purpose)))
    await session.flush()


def _offer(
    place: Place,
    alumnus_id: int,
    kind: str,
    code: str,
    keys: list[str],
    pitches: list[dict[str, Any]],
) -> Offer:
    chosen = place.chance.sample(keys, min(len(keys), place.chance.choice((1, 1, 2, 2, 3))))
    pitch = place.chance.choice(_pitches(pitches, kind, chosen, code))
    return Offer(
        alumnus_id=alumnus_id,
        kind=kind,
        capacity=place.chance.choice((1, 1, 2, 2, 3, 4)),
        languages=["sv", "en"] if place.chance.random() < 0.7 else ["sv"],  # noqa: PLR2004
        pitch_sv=pitch["sv"],
        pitch_en=pitch["en"],
        fields=[place.fields[key] for key in chosen],
    )


def _pitches(
    pitches: list[dict[str, Any]], kind: str, fields: list[str], code: str
) -> list[dict[str, Any]]:
    """Return the sentences that fit: in the field if there are any, else the general ones."""
    said = [p for p in pitches if p["kind"] == kind and p.get("programme", code) == code]
    in_field = [p for p in said if p.get("field") in fields]
    return in_field or [p for p in said if "field" not in p] or [{"sv": "", "en": ""}]
