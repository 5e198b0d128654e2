"""The answer of the time grammar."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Kind = Literal["instant", "date", "recurring", "range", "ambiguous", "none", "past", "invalid"]
Lang = Literal["sv", "en"]
Moment = date | datetime

_LISTED = ("instant", "date", "past")
_TIMED = ("instant", "date", "past", "recurring", "range", "ambiguous")


@dataclass(frozen=True, slots=True)
class When:
    """What a text says of time: naive wall time (or a date) in the user's zone.

    span: code points [start, end) of the text as given, from the first to the last claimed piece;
    spans are the pieces themselves. values: of instant, date and past. alt: the other reading of
    a guessed hour. daypart: morning, forenoon, afternoon, evening or night. rrule, first, next:
    of recurring. start, end: of a range, end inclusive for dates, None where it is open; of a
    recurrence the two ends of its first occurrence. candidates, default: of ambiguous, and of a
    recurrence whose first week is to be asked. anchor, offset: "event" and an ISO 8601 duration
    before (-) or after it; at is then the clock time "HH:MM". action: "refuse" for past.
    reason: why it is ambiguous or invalid, in English for logs. suggest: a possible time instead.
    """

    kind: Kind
    span: tuple[int, int] | None = None
    lang: Lang = "sv"
    values: tuple[Moment, ...] = ()
    has_time: bool = False
    alt: tuple[datetime, ...] = ()
    daypart: str | None = None
    rrule: str | None = None
    first: Moment | None = None
    next: tuple[Moment, ...] = ()
    start: Moment | None = None
    end: Moment | None = None
    candidates: tuple[Moment, ...] = ()
    default: Moment | None = None
    anchor: str | None = None
    offset: str | None = None
    at: str | None = None
    action: Literal["refuse"] | None = None
    reason: str | None = None
    suggest: Moment | None = None
    spans: tuple[tuple[int, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the fields of the command line's contract, without those that say nothing."""
        out: dict[str, Any] = {"kind": self.kind, "span": None, "lang": self.lang}
        if self.span:
            out["span"] = {"start": self.span[0], "end": self.span[1]}
        if self.kind in _LISTED:
            out["values"] = [_iso(value) for value in self.values]
        if self.kind in _LISTED and len(self.values) == 1:
            out["value"] = _iso(self.values[0])
        if self.kind in _TIMED:
            out["has_time"] = self.has_time
        if self.candidates or self.kind == "ambiguous":
            out["candidates"] = [_iso(value) for value in self.candidates]
            out["default"] = _iso(self.default) if self.default else None
        return out | self._said()

    def _said(self) -> dict[str, Any]:
        moments = {"first": self.first, "start": self.start, "end": self.end}
        moments["suggest"] = self.suggest
        lists = {"alt": self.alt, "next": self.next}
        texts = {
            "daypart": self.daypart, "rrule": self.rrule, "anchor": self.anchor, "at": self.at,
            "offset": self.offset, "action": self.action, "reason": self.reason,
        }  # fmt: skip
        return (
            {name: text for name, text in texts.items() if text}
            | {name: _iso(value) for name, value in moments.items() if value}
            | {name: [_iso(value) for value in many] for name, many in lists.items() if many}
        )


def _iso(value: Moment) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat()
