"""The terms and study periods (läsperioder) of one university."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class TermCalendar:
    """First and last day (inclusive) of each term, by codes such as "HT26" and "HT26 LP1"."""

    terms: Mapping[str, Span] = field(default_factory=dict)
    periods: Mapping[str, Span] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "TermCalendar":
        """Read {"terms": {code: [first, last]}, "lasperiod": {code: [first, last]}}.

        Raises:
            KeyError: there are no terms.
            ValueError: a date is not ISO 8601, or a term ends before it begins.
        """
        return cls(_spans(data["terms"]), _spans(data.get("lasperiod", {})))

    def term(self, code: str, year: int | None, today: date) -> Span | None:
        """Return the term HT or VT of a year, or else the one that runs or comes next."""
        if year is not None:
            return self.terms.get(f"{code}{year % 100:02}")
        return _coming(self.terms, today, prefix=code)

    def period(self, number: int, term: str, year: int | None, today: date) -> Span | None:
        """Return study period LP{number} of a term (code and year, either may be unsaid)."""
        suffix = f" LP{number}"
        prefix = term if year is None else f"{term}{year % 100:02}"
        return _coming(self.periods, None if year else today, prefix=prefix, suffix=suffix)

    def academic_years(self) -> dict[int, Span]:
        """Return each HT with the VT after it as one stretch, by the year in which it begins."""
        autumns = {int(code[2:]): span for code, span in self.terms.items() if code[:2] == "HT"}
        return {
            2000 + year: (span[0], self.terms[f"VT{year + 1:02}"][1])
            for year, span in autumns.items()
            if f"VT{year + 1:02}" in self.terms
        }

    def from_now(self, unit: str, steps: int, today: date) -> Span | None:
        """Return the running "term" or "period" (the next one in a gap), moved by steps."""
        spans = sorted((self.terms if unit == "term" else self.periods).values())
        running = next((i for i, (_, last) in enumerate(spans) if last >= today), None)
        if running is None or (running == 0 and spans[0][0] > today + timedelta(weeks=26)):
            return None
        here = running + steps - (1 if spans[running][0] > today and steps > 0 else 0)
        return spans[here] if 0 <= here < len(spans) else None


def _coming(
    spans: Mapping[str, Span], today: date | None, *, prefix: str = "", suffix: str = ""
) -> Span | None:
    fitting = (
        span
        for code, span in spans.items()
        if code.startswith(prefix) and code.endswith(suffix) and (not today or span[1] >= today)
    )
    return min(fitting, default=None)


def _spans(raw: Mapping[str, Any]) -> dict[str, Span]:
    spans = {
        code: (date.fromisoformat(first), date.fromisoformat(last))
        for code, (first, last) in raw.items()
    }
    if backwards := [code for code, (first, last) in spans.items() if last < first]:
        raise ValueError(f"ends before it begins: {backwards}")
    return spans


def _two_halves(code: str, first: date, numbers: tuple[int, int], weeks: int) -> dict[str, Span]:
    half = timedelta(weeks=weeks // 2)
    day = timedelta(days=1)
    return {
        f"{code} LP{numbers[0]}": (first, first + half - day),
        f"{code} LP{numbers[1]}": (first + half, first + 2 * half - day),
    }


_WEEKS = 20
_STARTS = {
    "HT25": date(2025, 9, 1), "VT26": date(2026, 1, 19),
    "HT26": date(2026, 8, 31), "VT27": date(2027, 1, 18),
}  # fmt: skip

EXAMPLE = TermCalendar(
    terms={
        code: (first, first + timedelta(weeks=_WEEKS, days=-1)) for code, first in _STARTS.items()
    },
    periods={
        period: span
        for code, first in _STARTS.items()
        for period, span in _two_halves(
            code, first, (1, 2) if code.startswith("HT") else (3, 4), _WEEKS
        ).items()
    },
)
