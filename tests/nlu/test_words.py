"""Exact words, languages, masks and names, without a model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.exact import exact_intent
from nlu.gazetteer import Gazetteer, beside, named, trimmed
from nlu.language import language_of
from nlu.masking import has_personnummer, mask
from nlu.result import Entity
from nlu.understanding import as_known

NAMES = Gazetteer(
    [
        ("unit", "Handelshögskolan"),
        ("unit", "Handels"),
        ("unit", "IT"),
        ("city", "Malmö"),
        ("city", "Göteborg"),
        ("field", "hållbarhet"),
        ("company", "WHO"),
        ("company", "Volvo Cars"),
    ]
)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("Ja", "confirm"), ("ja tack!", "confirm"), ("ok", "confirm"), ("Nej.", "decline"),
        ("strunta i det", "decline"), ("?", "help"), ("hjälp", "help"),
        ("ja, men byt till fredag", None), ("nej, torsdagen", None), ("", None),
    ],
)  # fmt: skip
def test_exact_words(said: str, intent: str | None) -> None:
    assert exact_intent(said) == intent


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("vem kan vara mentor", "sv"), ("who can mentor", "en"), ("Malmö", "sv"), ("Volvo", None),
        ("paminn mig pa fredag", "sv"), ("remind me on Friday", "en"),
    ],
)  # fmt: skip
def test_language(said: str, language: str | None) -> None:
    assert language_of(said) == language


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("850709-9805", True), ("19850709-9805", True), ("8507099805", True),
        ("850769-9802", True), ("850709-9806", False), ("FEK101 2026-03-12", False),
        ("faktura 1234567890", False), ("ring 031-786 00 00", False),
    ],
)  # fmt: skip
def test_personnummer(said: str, is_one: bool) -> None:  # noqa: FBT001
    assert has_personnummer(said) is is_one


@given(st.text(max_size=300))
def test_masking_keeps_every_offset(text: str) -> None:
    assert len(mask(text)) == len(text)


def test_masking_hides_mail_and_phone() -> None:
    hidden = mask("skriv till anna.svensson@gu.example eller ring 070-123 45 67 om AI")
    assert "anna" not in hidden
    assert "123" not in hidden
    assert hidden.endswith("om AI")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("mentorer på handelshögskolans program i malmo", ["handelshögskolans", "malmo"]),
        ("handelshogskolan", ["handelshogskolan"]),
        ("Handelhögskolan i Götebrog", ["Handelhögskolan", "Götebrog"]),
        ("who works at WHO", ["WHO"]),
        ("it is late", []),
        ("någon på Volvo Cars om hållbarhet", ["Volvo Cars", "hållbarhet"]),
    ],
)
def test_names_are_found_inflected_and_misspelt(said: str, found: list[str]) -> None:
    assert [e.value for e in NAMES.find(said)] == found
    for entity in NAMES.find(said):
        assert said[entity.start : entity.end] == entity.value


@given(st.text(max_size=200))
def test_names_never_leave_the_text(text: str) -> None:
    for entity in NAMES.find(text):
        assert text[entity.start : entity.end] == entity.value


def test_nothing_is_named_inside_a_task() -> None:
    said = "påminn mig att åka till Malmö"
    task = Entity("task", "åka till Malmö", 15, 29)
    assert beside(NAMES.find(said), (task,)) == ()


def test_a_longer_piece_is_what_the_model_says() -> None:
    said = "alumner på Göteborgs stad"
    company = Entity("company", "Göteborgs stad", 11, 25)
    assert beside(NAMES.find(said), (company,)) == ()


def test_a_name_that_stands_alone_is_what_the_database_says() -> None:
    guessed = (Entity("field", "Handels", 11, 18),)
    names = beside(NAMES.find("mentorer på Handels"), ())
    assert [n.entity for n in names] == ["unit"]
    said = "mentorer i Handels"
    unit = beside(NAMES.find(said), guessed)
    assert [(e.entity, e.value) for e in as_known(guessed, unit)] == [("unit", "Handels")]


def test_only_written_names_are_sure() -> None:
    names = tuple(NAMES.find("malmö, Göteborg och hållbarhet"))
    assert [n.value for n in named(names)] == ["Göteborg"]


def test_small_words_stay_outside() -> None:
    entity = trimmed(Entity("unit", "at the faculty of arts", 0, 22))
    assert entity is not None
    assert (entity.value, entity.start) == ("faculty of arts", 7)


def test_what_units_share_makes_none_alike() -> None:
    units = Gazetteer([("unit", "Institutionen för finansiell ekonomi")])
    assert units.find("institutionen för trolleri") == []
    assert [n.entity for n in units.find("instituionen för finansiel ekonomi")] == ["unit"]
    assert [n.entity for n in units.find("institutionen för finansiel ekonomi")] == ["unit"]


def test_a_whole_name_beats_its_parts() -> None:
    regions = Gazetteer([("city", "Västra Götaland")])
    said = "och i Västra Götaland?"
    parts = (Entity("city", "Västra", 6, 12), Entity("city", "Götaland", 13, 21))
    names = beside(regions.find(said), parts)
    assert [e.value for e in as_known(parts, names)] == ["Västra Götaland"]


@pytest.mark.parametrize(
    ("said", "narrowed"),
    [
        ("alla koordinatorer", False), ("samtliga lokala koordinatorer", False),
        ("the whole network", False), ("all koordinatorer", False), ("våra alumner", False),
        ("koordinatorer på halvtid", True), ("nya koordinatorer", True), ("major donors", True),
    ],
)  # fmt: skip
def test_only_a_narrowed_group_is_an_audience(said: str, *, narrowed: bool) -> None:
    assert (trimmed(Entity("audience", said, 0, len(said))) is not None) == narrowed
