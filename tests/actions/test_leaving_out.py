"""Leaving values out of a list: what holds afterwards, and how it is told and taken back."""

from typing import Any

import pytest

from actions.denying import Denial
from actions.grounding import Criteria
from actions.leaving_out import LEFT_OUT, Leaving, search_leaves_out
from actions.refining import spoken_language
from actions.turns import Turn, applied, narrowed_less
from bot.terminal.json_lines import JsonChat
from tests.dialogue import ALMA, KARIN, Dialogue, buttons, cards, facts, text

_GOTEBORG, _MALMO, _LUND = 1, 2, 3
_SKANE = [_MALMO, _LUND]


def _leaving(values: list[Any], name: str, how: Denial = Denial.NOT) -> Turn:
    return Turn(left_out=[Leaving("cities", values, [name, name], how)])


def _choosing(values: list[int], name: str, **more: Any) -> Turn:
    return Turn(
        changes={"cities": values},
        named={"cities": [name, name]},
        reach={"cities": values},
        **more,
    )


def _after(*turns: Turn) -> Criteria:
    criteria: Criteria = {"named": {}}
    for turn in turns:
        criteria = applied(criteria, turn)
    return criteria


def _cities(criteria: Criteria) -> tuple[Any, tuple[int, ...]]:
    return criteria.get("cities"), search_leaves_out(criteria).cities


@pytest.mark.parametrize(
    ("turns", "cities"),
    [
        ([_leaving(_SKANE, "Skåne")], (None, (_MALMO, _LUND))),
        # The last word wins, whichever it is.
        ([_leaving([_MALMO], "Malmö"), _choosing([_MALMO], "Malmö")], ([_MALMO], ())),
        ([_choosing([_MALMO], "Malmö"), _leaving([_MALMO], "Malmö")], (None, (_MALMO,))),
        ([_leaving(_SKANE, "Skåne"), _choosing([_MALMO], "Malmö")], ([_MALMO], ())),
        # A part of what is chosen, or was left out before, stands beside it.
        ([_choosing(_SKANE, "Skåne"), _leaving([_MALMO], "Malmö")], (_SKANE, (_MALMO,))),
        ([_leaving([_MALMO], "Malmö"), _choosing(_SKANE, "Skåne")], (_SKANE, (_MALMO,))),
        # "Ta bort" undoes a choice and no more.
        ([_choosing([_MALMO], "Malmö"), _leaving([_MALMO], "Malmö", Denial.AWAY)], (None, ())),
        ([_leaving([_MALMO], "Malmö", Denial.AWAY)], (None, (_MALMO,))),
        ([_choosing([_MALMO], "Malmö"), _leaving([_MALMO], "Malmö", Denial.NOT_ONLY)], (None, ())),
        # "Även Malmö", "visa Malmö igen".
        ([_leaving(_SKANE, "Skåne"), _choosing([_MALMO], "Malmö", back=True)], (None, (_LUND,))),
        ([_leaving([_MALMO], "Malmö"), _choosing([_MALMO], "Malmö", back=True)], (None, ())),
        # "Utan Malmö", "utan Skåne" is one thing; "alla städer går bra" frees all.
        ([_leaving([_MALMO], "Malmö"), _leaving(_SKANE, "Skåne")], (None, (_MALMO, _LUND))),
        ([_leaving(_SKANE, "Skåne"), _leaving([_MALMO], "Malmö")], (None, (_MALMO, _LUND))),
        ([_leaving([_MALMO], "Malmö"), Turn(freed=frozenset({"cities"}))], (None, ())),
    ],
)  # fmt: skip
def test_what_is_chosen_and_left_out_after_some_turns(
    turns: list[Turn], cities: tuple[Any, tuple[int, ...]]
) -> None:
    assert _cities(_after(*turns)) == cities


def test_one_of_several_chosen_is_no_longer_chosen() -> None:
    both = _choosing([_GOTEBORG, _MALMO], "Göteborg, Malmö")
    after = _after(both, _leaving([_MALMO], "Malmö"))
    assert _cities(after) == ([_GOTEBORG], ())
    assert after["named"]["cities"] == ["Göteborg", "Göteborg"]


def test_a_button_includes_one_again_and_a_filter_keeps_what_is_left_out() -> None:
    after = _after(_leaving([_GOTEBORG], "Göteborg"), _leaving([_MALMO], "Malmö"))
    assert _cities(narrowed_less(after, f"{LEFT_OUT}:cities:{_GOTEBORG}")) == (None, (_MALMO,))
    assert _cities(narrowed_less(after, "fields")) == (None, (_GOTEBORG, _MALMO))


def test_a_unit_that_was_only_presumed_gives_way() -> None:
    criteria: Criteria = {"unit": 7, "presumed": True, "named": {}}
    skipped = Turn(left_out=[Leaving("unit", [7, 8], ["Handels", "Business"], Denial.AWAY)])
    after = applied(criteria, skipped)
    assert (after["unit"], after["presumed"]) == (None, False)
    assert search_leaves_out(after).units == (7, 8)
    chosen = applied({**criteria, "presumed": False}, skipped)
    assert (chosen["unit"], search_leaves_out(chosen).units) == (None, ())


async def test_pages_and_orders_keep_what_is_left_out(chat: JsonChat) -> None:
    talk = Dialogue(chat, KARIN)
    await talk.say("Vilka är mentorer?")
    for said in ("utan Göteborg", "fler", "sortera efter ort", "fler"):
        answer = await talk.say(said)
        assert "utom i Göteborg" in text(answer)
        assert "Göteborg" not in {facts(card).get("Ort") for card in cards(answer)}
        assert len(cards(answer)) == 5


async def test_the_last_word_wins_in_words_too(chat: JsonChat) -> None:
    talk = Dialogue(chat, KARIN)
    await talk.say("Vilka alumner är mentorer inom AI?")
    await talk.say("inte i Göteborg")
    there = await talk.say("bara i Göteborg")
    assert {facts(card)["Ort"] for card in cards(there)} == {"Göteborg"}
    others = await talk.say("inte AI")  # short, and by itself a no
    assert "utom Artificiell intelligens" in text(others)
    assert not any("Artificiell" in facts(c)["Ämnesområden"] for c in cards(others))


async def test_a_department_is_left_out_with_its_faculty(chat: JsonChat) -> None:
    talk = Dialogue(chat, ALMA)
    answer = await talk.say("Vilka alumner är mentorer, men inte från Handels?")
    assert "utom från Handelshögskolan" in text(answer)
    assert cards(answer)
    assert not any("Ekonomprogrammet" in facts(c).get("Utbildning", "") for c in cards(answer))


async def test_a_person_goes_and_comes_back(chat: JsonChat) -> None:
    talk = Dialogue(chat, ALMA)
    first = await talk.say("Vilka är mentorer?")
    name = cards(first)[1]["title"]
    away = await talk.say("ta bort den andra")
    assert name not in {card["title"] for card in cards(away)}
    assert f"utom {name}" in text(away)
    back = await talk.say(f"visa {name} igen")
    assert name in {card["title"] for card in cards(back)}
    assert "utom" not in text(back).splitlines()[1]
    await talk.say("berätta mer om den första")
    rest = await talk.say("någon annan än hon?")
    assert f"utom {cards(back)[0]['title']}" in text(rest)


async def test_more_without_some_is_no_mere_page(chat: JsonChat) -> None:
    talk = Dialogue(chat, KARIN)
    await talk.say("Vilka är mentorer?")
    narrowed = await talk.say("visa fler, men inte i Göteborg")
    assert "utom i Göteborg" in text(narrowed)
    paged = await talk.say("visa fler, men utan pensionärer")
    assert "Jag vet inte vad ”pensionärer” är här" in text(paged)
    assert "Visar 6–10" in text(paged)


def test_a_language_that_is_denied_is_not_chosen() -> None:
    assert spoken_language("de som talar engelska") == "en"
    assert spoken_language("inte de som talar engelska") is None
    assert spoken_language("not in Swedish") is None


async def test_experience_is_no_unit_and_is_told(chat: JsonChat) -> None:
    talk = Dialogue(chat, ALMA)
    await talk.say("Vilka är mentorer?")
    answer = await talk.say("utan erfarenhet")
    assert "Handelshögskolan" in text(answer)
    assert "Jag vet inte vad ”erfarenhet” är här" in text(answer)


async def test_a_list_without_hits_offers_what_it_leaves_out(chat: JsonChat) -> None:
    talk = Dialogue(chat, KARIN, lang="en")
    await talk.say("Which alumni are mentors in law?")
    await talk.say("not from SEB")
    answer = await talk.say("only in Kiruna")
    assert not cards(answer)
    assert ("mentor.without", "left_out:employers:seb") in {
        (b["press"], b["value"]) for b in buttons(answer)
    }
    again = await talk.press("mentor.without", "left_out:employers:seb")
    assert "except" not in text(again)
