"""What is left over near a time makes the answer a question, and what looks like time is none."""

from datetime import UTC, datetime

import pytest

from nlu.times import When, find

REF = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
CERTAIN = ("instant", "date", "range", "recurring")


@pytest.mark.parametrize(
    "text",
    [
        "påminn mig på fredag kl 9 onsdag",
        "påminn mig på fredag kl 9 och 37",
        "varje fredag kl 9 utom 18 december",
        "midsommarfirande fredag kl 12 juni",
        "tre torsdagar kl 9 i rad varannan",
        "remind me on Friday at 9 for 3 wekks",
        "fredag kl 15 eller så 16 eller 17 eller 18 fast tidigast 14",
        "alla vardagar utom fredag kl 9",
        "onsdag, inte fredag",
        "v 48 funkar inte, lägg in alumnenkäten i v 49 istället",
        "10 på fredag",
    ],
)
def test_left_over_means_ask(text: str) -> None:
    found = find(text, REF)
    assert found.kind not in CERTAIN
    assert found.kind != "none"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("fredag kl 9 i sal 14", "2026-11-27T09:00"),
        ("fredag kl 9 om klass 7", "2026-11-27T09:00"),
        ("fredag kl 9 ring 070-123 45 67", "2026-11-27T09:00"),
        ("fredag kl 9, 20 studenter", "2026-11-27T09:00"),
        ("fredag kl 9 FEK101 7,5 hp", "2026-11-27T09:00"),
        ("fredag kl 9 mejla Maj", "2026-11-27T09:00"),
        ("fredag kl 9 om 3 saker", "2026-11-27T09:00"),
        ("tack för en fantastisk termin, vi ses fredag kl 9", "2026-11-27T09:00"),
        ("I may be late on Friday at 9", "2026-11-27T09:00"),
        ("the weekly report on Friday at 9", "2026-11-27T09:00"),
        ("the alumni day report on Friday at 9", "2026-11-27T09:00"),
    ],
)
def test_what_is_no_time_is_no_residue(text: str, kept: str) -> None:
    assert find(text, REF).to_json().get("value") == kept


def test_what_has_been_is_background_when_far_from_what_is_asked() -> None:
    text = "Hej! På mötet i torsdags sa vi att jag följer upp med dem. Påminn mig på måndag kl 9"
    found = find(text, REF)
    assert found.to_json()["value"] == "2026-11-30T09:00"
    assert [text[start:end] for start, end in found.spans] == ["på måndag kl 9"]


def test_both_readings_are_offered() -> None:
    found = find("på onsdag, inte fredag", REF)
    assert [each.isoformat() for each in found.candidates] == ["2026-11-25", "2026-11-27"]


def test_a_day_and_a_time_of_different_sentences_are_asked_about() -> None:
    found = find("Jag ringer Anna på torsdag. Påminn mig kl 14", REF)
    assert found.kind == "ambiguous"
    assert found.to_json()["candidates"] == ["2026-11-26T14:00"]


def test_pieces_are_told_apart_so_that_a_task_can_be_cut_out() -> None:
    text = "on Thursday I need to call Anna, remind me at 2pm"
    found = find(text, REF)
    assert [text[start:end] for start, end in found.spans] == ["on Thursday", "at 2pm"]
    assert found.span == (0, len(text))


def test_json_says_nothing_of_what_is_absent() -> None:
    assert When("none", lang="en").to_json() == {"kind": "none", "span": None, "lang": "en"}
    assert find("kl 3", REF).to_json() == {
        "kind": "instant", "span": {"start": 0, "end": 4}, "lang": "sv", "has_time": True,
        "values": ["2026-11-24T15:00"], "value": "2026-11-24T15:00", "alt": ["2026-11-25T03:00"],
    }  # fmt: skip
    assert find("påminn mig en vecka innan eventet", REF).to_json() == {
        "kind": "ambiguous", "span": {"start": 11, "end": 33}, "lang": "sv", "has_time": False,
        "candidates": [], "default": None, "anchor": "event", "offset": "-P7D",
        "reason": "of which event?",
    }  # fmt: skip
    assert "value" not in find("kl 9 och 13 på fredag", REF).to_json()


def test_a_naive_moment_is_taken_as_utc() -> None:
    naive = REF.replace(tzinfo=None)
    assert find("om en timme", naive) == find("om en timme", REF)
