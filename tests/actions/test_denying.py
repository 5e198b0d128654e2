"""Which names of a message are said not to be meant."""

import pytest

from actions.denying import (
    Denial,
    begins_by_denying,
    denials,
    denies_a_place,
    denies_her,
    names_again,
    unnamed,
)
from nlu.result import Entity


def _marked(text: str, *names: str) -> list[Entity]:
    marked = []
    for name in names:
        entity, value = name.split(":")
        start = text.index(value)
        marked.append(Entity(entity, value, start, start + len(value)))
    return marked


@pytest.mark.parametrize(
    ("text", "names", "denied"),
    [
        ("utan Göteborg", ["city:Göteborg"], ["Göteborg"]),
        ("inte de som jobbar på Ericsson", ["company:Ericsson"], ["Ericsson"]),
        ("alla utom ekonomi", ["field:ekonomi"], ["ekonomi"]),
        ("jag vill inte ha Malmö", ["city:Malmö"], ["Malmö"]),
        ("ingen från SEB", ["company:SEB"], ["SEB"]),
        ("everyone except those at SEB", ["company:SEB"], ["SEB"]),
        ("anyone but Ericsson", ["company:Ericsson"], ["Ericsson"]),
        ("don't show Gothenburg", ["city:Gothenburg"], ["Gothenburg"]),
        ("mentors in AI outside Lund", ["field:AI", "city:Lund"], ["Lund"]),
        ("utom Malmö, Ystad och Lund", ["city:Malmö", "city:Ystad", "city:Lund"],
         ["Malmö", "Ystad", "Lund"]),
        ("not in Malmö or Lund", ["city:Malmö", "city:Lund"], ["Malmö", "Lund"]),
        ("utom Göteborg och inom AI", ["city:Göteborg", "field:AI"], ["Göteborg"]),
        ("inte Malmö, Lund", ["city:Malmö", "city:Lund"], ["Malmö"]),
        ("inte i Malmö utan i Lund", ["city:Malmö", "city:Lund"], ["Malmö"]),
        ("inte i Malmö, utan i Lund", ["city:Malmö", "city:Lund"], ["Malmö"]),
        ("not in Malmö but in Lund", ["city:Malmö", "city:Lund"], ["Malmö"]),
        ("finns det inte någon i Lund?", ["city:Lund"], []),
        ("kan du inte visa Lund?", ["city:Lund"], []),
        ("utan erfarenhet i Göteborg", ["city:Göteborg"], []),
        ("inte förrän på fredag i Lund", ["city:Lund"], []),
        ("mentorer utan erfarenhet av AI", ["field:AI"], ["AI"]),
        ("en student utan erfarenhet av AI", ["field:AI"], []),
    ],
)  # fmt: skip
def test_a_cue_word_before_a_name_decides(text: str, names: list[str], denied: list[str]) -> None:
    found = denials(text, _marked(text, *names))
    assert [entity.value for entity in found] == denied


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("inte Lund", Denial.NOT),
        ("except Lund", Denial.NOT),
        ("ta bort Lund", Denial.AWAY),
        ("skip Lund", Denial.AWAY),
        ("inte bara i Lund", Denial.NOT_ONLY),
        ("not only in Lund", Denial.NOT_ONLY),
    ],
)
def test_how_a_name_is_denied(text: str, how: Denial) -> None:
    assert list(denials(text, _marked(text, "city:Lund")).values()) == [how]


def test_an_order_to_leave_out_begins_with_its_cue() -> None:
    for text in ("ta bort Anna Berg", "nej inte Anna Berg", "leave out Anna Berg"):
        assert begins_by_denying(text, _marked(text, "person:Anna Berg"))
    for text in ("tacka Anna Berg", "påminn mig, men inte Anna Berg"):
        assert not begins_by_denying(text, _marked(text, "person:Anna Berg"))


def test_a_place_of_the_list_is_left_out() -> None:
    assert denies_a_place("ta bort den andra")
    assert denies_a_place("not the second one")
    assert not denies_a_place("den andra")
    assert not denies_a_place("inte den andra, den första")
    assert not denies_a_place("drop the last two")


def test_the_one_spoken_of_is_left_out() -> None:
    assert denies_her("någon annan än hon?")
    assert denies_her("not her")
    assert not denies_her("inte hennes chef")
    assert unnamed("någon annan än hon?", []) is None


def test_what_nobody_knows_is_found_to_be_told() -> None:
    assert unnamed("alla utom Narnia", []) == "Narnia"
    assert unnamed("utan erfarenhet", []) == "erfarenhet"
    assert unnamed("skippa det", []) is None
    assert unnamed("utan Lund", _marked("utan Lund", "city:Lund")) is None


def test_names_are_taken_back() -> None:
    for text in ("visa Anna Berg igen", "ta med Anna Berg", "include Anna Berg again"):
        assert names_again(text, _marked(text, "person:Anna Berg"))
    assert not names_again("visa Anna Berg", _marked("visa Anna Berg", "person:Anna Berg"))
    assert not names_again("visa listan igen", [])
