"""The labelled development set: every labelled field, and the spans."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from nlu.times import TermCalendar, find
from nlu.times.terms import EXAMPLE

DATA = Path(__file__).parent / "data"
LINES = [json.loads(line) for line in (DATA / "time_dev.jsonl").read_text("utf-8").splitlines()]
CALENDAR = TermCalendar.from_json(json.loads((DATA / "term_calendar.json").read_text("utf-8")))

# The preposition belongs to every other labelled span ("i mellandagarna", "på måndag").
SPANS_OTHERWISE = {"sv-108": ["i läsperiod 2"]}


def _found(line: dict[str, Any]) -> dict[str, Any]:
    ref = datetime.fromisoformat(line["ref"])
    found = find(line["text"], ref, tz=line["tz"], lang=line["lang"], calendar=CALENDAR)
    pieces = [line["text"][start:end] for start, end in found.spans]
    return found.to_json() | {"pieces": pieces}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_kind_and_every_labelled_field(line: dict[str, Any]) -> None:
    found = _found(line)
    labelled = {"kind": line["kind"]} | (line["expected"] or {})
    assert {name: found.get(name) for name in labelled} == labelled


@pytest.mark.parametrize(
    "line", [line for line in LINES if line["kind"] != "none"], ids=lambda line: line["id"]
)
def test_pieces_are_those_labelled(line: dict[str, Any]) -> None:
    labelled = line["span"] if isinstance(line["span"], list) else [line["span"]]
    assert _found(line)["pieces"] == SPANS_OTHERWISE.get(line["id"], labelled)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_language_is_found_where_it_is_not_told(line: dict[str, Any]) -> None:
    assert find(line["text"], datetime.fromisoformat(line["ref"])).lang == line["lang"]


def test_example_calendar_is_the_one_of_the_data() -> None:
    assert dict(EXAMPLE.terms) == dict(CALENDAR.terms)
    assert dict(EXAMPLE.periods) == dict(CALENDAR.periods)
