"""What a search leaves out: the named, and never those of whom nothing is known."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from storage import Database, Session
from storage.queries.leaving_out import LeftOut
from storage.queries.lectures import LectureSearch, lectures_matching
from storage.queries.mentors import MentorSearch, mentors_matching
from storage.queries.visibility import Viewer
from storage.tables import (
    Alumnus,
    City,
    Consent,
    Employment,
    Field,
    GuestLecture,
    Offer,
    Person,
    Programme,
    Study,
    Unit,
)
from tests.conftest import NOW

_ALL = Viewer(everything=True)
# Of each kind one who has it; nothing but a name is known of Noll.
_KINDS = ("cities", "employers", "fields", "units", "programmes")
_EVERYBODY = {"Noll", "Both", *_KINDS}


@dataclass
class Register:
    """values: those to leave out, by their kind; people and units by name."""

    values: dict[str, tuple[Any, ...]]
    people: dict[str, int]
    units: dict[str, int]


async def _alumnus(session: Session, name: str, unit: Unit, **more: object) -> Alumnus:
    folded = name.casefold()
    alumnus = Alumnus(
        register_id=name, given_name=name, family_name="X", folded=folded, owner_unit_id=unit.id
    )
    for key, value in more.items():
        setattr(alumnus, key, value)
    session.add(alumnus)
    await session.flush()
    session.add(
        Consent(alumnus_id=alumnus.id, purpose="guest_lecturer", given=True, at=NOW, source="test")
    )
    return alumnus


async def _university(session: Session) -> Register:
    top = Unit(key="top", kind="university", name_sv="U", name_en="U")
    law = Unit(key="law", kind="department", name_sv="J", name_en="L")
    city, other = (
        City(name_sv=name, name_en=name, region_sv="", region_en="", aliases=[], areas=[])
        for name in ("Göteborg", "Malmö")
    )
    finance = Field(key="finance", name_sv="Finans", name_en="Finance")
    art = Field(key="art", name_sv="Konst", name_en="Art")
    session.add_all([top, law, city, other, finance, art])
    await session.flush()
    read = Programme(code="P", name_sv="P", name_en="P", short=[], unit_id=top.id)
    session.add(read)
    await session.flush()
    people = {name: await _alumnus(session, name, top) for name in sorted(_EVERYBODY)}
    people["cities"].city_id = city.id
    people["Both"].city_id = other.id

    def works(name: str, employer: str, until: date | None = None) -> Employment:
        return Employment(
            alumnus_id=people[name].id, employer=employer, folded=employer, until=until
        )

    session.add_all(
        [
            works("employers", "saab"),
            works("Both", "saab", date(2020, 1, 1)),  # once: not today
            works("Both", "volvo"),
            Study(alumnus_id=people["units"].id, unit_id=law.id),
            Study(alumnus_id=people["programmes"].id, unit_id=top.id, programme_id=read.id),
        ]
    )
    for name, person in people.items():
        fields = [finance, art] if name == "fields" else [art] if name == "Both" else []
        for kind in ("mentor", "guest_lecturer"):
            session.add(
                Offer(alumnus_id=person.id, kind=kind, languages=["sv"], fields=list(fields))
            )
    values: dict[str, tuple[Any, ...]] = {
        "cities": (city.id,),
        "employers": ("saab",),
        "fields": (finance.id,),
        "units": (law.id,),
        "programmes": (read.id,),
    }
    ids = {name: person.id for name, person in people.items()}
    return Register(values, ids, {unit.key: unit.id for unit in (top, law)})


@pytest.mark.parametrize("kind", _KINDS)
async def test_a_list_leaves_out_only_who_has_the_value(database: Database, kind: str) -> None:
    async with database.begin() as session:
        register = await _university(session)
        left_out = LeftOut(**{kind: register.values[kind]})
        search = MentorSearch(left_out=left_out)
        page = await mentors_matching(session, search, _ALL, NOW, limit=20)
    assert {hit.offer.alumnus.given_name for hit in page.hits} == _EVERYBODY - {kind}
    assert page.total == len(_EVERYBODY) - 1


async def test_people_and_several_kinds_at_once_with_what_is_chosen(database: Database) -> None:
    async with database.begin() as session:
        register = await _university(session)
        left_out = LeftOut(
            people=(register.people["Noll"],),
            cities=register.values["cities"],
            employers=("saab",),
        )
        search = MentorSearch(order="name", left_out=left_out)
        page = await mentors_matching(session, search, _ALL, NOW, limit=20)
        second = await mentors_matching(session, search, _ALL, NOW, offset=2, limit=2)
    expected = sorted(_EVERYBODY - {"Noll", "cities", "employers"}, key=str.casefold)
    assert [hit.offer.alumnus.given_name for hit in page.hits] == expected
    assert [hit.offer.alumnus.given_name for hit in second.hits] == expected[2:4]


async def _lectures(session: Session, register: Register) -> None:
    registrar = Person(name="A", email="a@x.example", zone="Europe/Stockholm")
    session.add(registrar)
    await session.flush()
    lecturers = [(None, "Gäst utan register"), *((i, None) for i in register.people.values())]
    for alumnus_id, lecturer in lecturers:
        session.add(
            GuestLecture(
                alumnus_id=alumnus_id,
                lecturer=lecturer,
                topic="Ett ämne",
                unit_id=register.units["law" if alumnus_id == register.people["units"] else "top"],
                on_date=date(2026, 10, 1),
                state="approved",
                registered_by_id=registrar.id,
                created_at=NOW,
            )
        )


@pytest.mark.parametrize("kind", _KINDS)
async def test_lectures_are_left_out_by_their_lecturer_and_unit(
    database: Database, kind: str
) -> None:
    async with database.begin() as session:
        register = await _university(session)
        await _lectures(session, register)
        left_out = LeftOut(**{kind: register.values[kind]})
        found = await lectures_matching(
            session, LectureSearch(left_out=left_out), _ALL, newest_first=True, limit=20
        )
    names = {lecture.alumnus.given_name if lecture.alumnus else None for lecture in found}
    assert names == {None, *_EVERYBODY} - {kind}


async def test_a_lecture_is_left_out_by_its_topic_or_its_lecturer(database: Database) -> None:
    async with database.begin() as session:
        register = await _university(session)
        await _lectures(session, register)
        noll = register.people["Noll"]
        without = LectureSearch(left_out=LeftOut(people=(noll,)))
        rest = await lectures_matching(session, without, _ALL, newest_first=True, limit=20)
        topic = LectureSearch(left_out_words=("ämne",))
        none = await lectures_matching(session, topic, _ALL, newest_first=True, limit=20)
    assert {lecture.alumnus_id for lecture in rest} == {None, *register.people.values()} - {noll}
    assert not none
