"""Phrases by somebody who saw only the list of kinds and the policy, never the grammar."""

import json
from pathlib import Path

import pytest

from benchmarks.times import verdict

DATA = Path(__file__).parent / "data" / "independent.jsonl"
LINES = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
# What is asked about although its author thought it clear; never acted on.
ASKED = {
    "ind-sv-029": "the day before Christmas Eve: one candidate, to be confirmed",
    "ind-sv-064": "every other Tuesday asks which week it begins",
    "ind-sv-065": "every other Friday likewise",
    "ind-sv-066": "Tuesday or Wednesday: which of them",
    "ind-en-017": "10 in the afternoon's answer could still be tonight",
    "ind-en-034": "the hours of 'office hours' are a unit word left over",
    "ind-en-051": "the figures of '1:1' are left over",
    "ind-en-053": "4/5 is a mark here, and a date elsewhere",
}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_exact_or_asked_about(line: dict[str, str]) -> None:
    assert verdict(line) == ("asked" if line["id"] in ASKED else "exact")
