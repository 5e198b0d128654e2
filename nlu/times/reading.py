"""The pieces of a message put together: moments, what ties them, and how often."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nlu.times.pieces import (
    Anchor,
    Clock,
    Day,
    Days,
    Duration,
    Every,
    Hours,
    Link,
    Offset,
    Part,
    Piece,
    What,
)  # fmt: skip

Joint = Literal["one", "and", "or", "range", "beside"]
_RANGES = frozenset(("range", "to", "until"))
_FLAGS = frozenset(("from", "since", "by", "before", "after"))


@dataclass(frozen=True, slots=True)
class Said:
    """One moment as said: a day, a time of day, a part of the day, a duration."""

    link: str | None = None
    day: Day | None = None
    days: Days | None = None
    clock: Clock | None = None
    hours: Hours | None = None
    part: Part | None = None
    duration: Duration | None = None

    def plus(self, what: What) -> "Said | None":
        """Return this with one more thing said, or None if that contradicts it."""
        if isinstance(what, Day) and self.days is None:
            joined = self.day.joined(what) if self.day else what
            return replace(self, day=joined) if joined else None
        if isinstance(what, Days) and self.days is None and self.day is None:
            return replace(self, days=what)
        if isinstance(what, Clock | Hours) and self.clock is None and self.hours is None:
            clock = isinstance(what, Clock)
            return replace(self, clock=what) if clock else replace(self, hours=what)  # type: ignore[arg-type]
        if isinstance(what, Part) and self.part in (None, what):
            return replace(self, part=what)
        if isinstance(what, Duration) and self.duration is None:
            return replace(self, duration=what)
        return None

    def merged(self, other: "Said") -> "Said | None":
        """Return both as one moment, or None if they contradict each other."""
        merged: Said | None = self
        for what in (other.day, other.days, other.clock, other.hours, other.part, other.duration):
            if what is not None and merged is not None:
                merged = merged.plus(what)
        return merged

    @property
    def timed(self) -> bool:
        """Whether a time of day was said."""
        return self.clock is not None or self.hours is not None

    @property
    def dated(self) -> bool:
        """Whether a day was said."""
        return self.day is not None or self.days is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says of time; leftover pieces did not fit in.

    With every, the moments are as they were said, each with the link before it.
    """

    moments: tuple[Said, ...] = ()
    joint: Joint = "one"
    flags: frozenset[str] = frozenset()
    every: Every | None = None
    offset: Offset | None = None
    anchor: Anchor | None = None
    leftover: tuple[Piece, ...] = ()


def put_together(pieces: Sequence[Piece]) -> Reading:
    """Return the reading of a message's pieces in their order."""
    every: Every | None = None
    offset: Offset | None = None
    anchor: Anchor | None = None
    leftover, rest = list[Piece](), list[Piece]()
    for piece in pieces:
        what = piece.found.what
        if isinstance(what, Every) and (joined := every.joined(what) if every else what):
            every = joined
        elif isinstance(what, Every) or (offset and isinstance(what, Offset)):
            leftover.append(piece)
        elif isinstance(what, Offset):
            offset = what
            anchor = anchor or next((a for a in piece.found.also if isinstance(a, Anchor)), None)
        elif isinstance(what, Anchor):
            anchor = anchor or what
        else:
            rest.append(piece)
    moments, unfit = _moments(rest, listed=every is not None)
    unused = (*leftover, *unfit)
    if every:
        return Reading(tuple(moments), every=every, leftover=unused)
    flags, tied, joint = _tied(moments)
    return Reading(tied, joint, flags, offset=offset, anchor=anchor, leftover=unused)


def _moments(pieces: Sequence[Piece], *, listed: bool) -> tuple[list[Said], list[Piece]]:
    """Cut the pieces at the links; listed: weekdays in a row are a list, as in "mån ons fre"."""
    moments: list[Said] = []
    leftover: list[Piece] = []
    link: str | None = None
    for piece in pieces:
        what = piece.found.what
        if isinstance(what, Link):
            link = what.name if what.name != "comma" or link is None else link
            continue
        extended = None
        if moments and link in (None, "comma"):
            extended = _extended(moments[-1], what, piece)
        if extended:
            moments[-1] = extended
        elif fresh := _extended(Said(), what, piece):
            if moments and link is None and not listed:
                leftover.append(piece)
            else:
                moments.append(replace(fresh, link="and" if link == "comma" else link))
        link = None
    return moments, leftover


def _extended(said: Said, what: What, piece: Piece) -> Said | None:
    extended = said.plus(what)
    for also in piece.found.also:
        extended = extended.plus(also) if extended else None
    return extended


def _a_weekday(said: Said) -> bool:
    """Tell whether only a weekday, or the first or last of them, was said."""
    names = said.day.said() if said.day else frozenset()
    return "weekday" in names and names <= {"weekday", "nth", "nth_unit", "perhaps_prev"}


def _tied(moments: Sequence[Said]) -> tuple[frozenset[str], tuple[Said, ...], Joint]:
    """Merge what belongs to one moment; tell how the others hang together."""
    flags: set[str] = set()
    out: list[Said] = []
    for said in moments:
        if said.link in ("before", "after") and said.day and len(out) == 1 and _a_weekday(out[0]):
            return frozenset(), (out[0], said), "beside"
        if said.link in _FLAGS or (said.link and not out):
            flags.add(said.link)
            merged = out[-1].merged(said) if len(out) == 1 else None
            if merged and said.link != "until":
                out[-1] = merged
                continue
        out.append(said)
    links = {said.link for said in out[1:]}
    if not links:
        return frozenset(flags), tuple(out), "one"
    if links <= _RANGES and len(out) == 2:  # noqa: PLR2004
        return frozenset(flags), tuple(out), "range"
    if "between" in flags and links == {"and"} and len(out) == 2:  # noqa: PLR2004
        return frozenset(flags), tuple(out), "range"
    return frozenset(flags), tuple(out), "or" if "or" in links else "and"
