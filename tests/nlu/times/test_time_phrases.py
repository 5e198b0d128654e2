"""Phrases as staff write them, each with its answer worked out by hand."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from nlu.times import find

DATA = Path(__file__).parent / "data"
REF = datetime.fromisoformat("2026-11-24T10:30:00+01:00")


def _phrases() -> list[tuple[str, str]]:
    lines = [
        line.split(" -> ")
        for name in ("phrases_sv.txt", "phrases_en.txt")
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    return [(text, answer) for text, answer in lines]


def _expected(answer: str) -> dict[str, Any]:
    """Read "kind answer; field=value ..." into the fields of the command line's contract."""
    said, *options = answer.split("; ")
    kind, _, rest = said.partition(" ")
    out: dict[str, Any] = {"kind": kind} | dict(option.split("=", 1) for option in options)
    if "alt" in out:
        out["alt"] = out["alt"].split()
    if kind in ("instant", "date", "past"):
        out["values"] = rest.split()
    elif kind == "range":
        start, end = rest.split("..")
        out |= {"start": start} | ({"end": end} if end else {})
    elif kind == "recurring":
        out["rrule"], out["first"] = rest.split()
    elif kind == "ambiguous":
        out |= {"candidates": rest.split(), "default": out.get("default")}
    elif kind == "invalid":
        out["reason"] = rest
    return out


_FREE = {"span", "lang", "value", "has_time", "next", "action"}


@pytest.mark.parametrize(("text", "answer"), _phrases())
def test_phrase(text: str, answer: str) -> None:
    expected = _expected(answer)
    found = find(text, REF).to_json()
    free = set(_FREE)
    free |= {"reason"} if expected["kind"] == "ambiguous" else set()
    free |= {"candidates", "start", "end"} if expected["kind"] == "recurring" else set()
    assert {name: value for name, value in found.items() if name not in free} == expected


def test_there_are_enough_of_them() -> None:
    assert len({text for text, _ in _phrases()}) >= 150
