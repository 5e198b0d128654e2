"""Lengths of time: om två timmar, two weeks ago, i en halvtimme, en vecka före eventet."""

import re

from nlu.times.pieces import Anchor, Day, Duration, Found, Offset, Production, Shift

_AMOUNT = r"(?:(?:N|W|A|ETT)=[0-9]+ |DEC=[0-9.,]+ |AH |COUPLE |FEW )"
_UNIT = (
    r"(?:UNIT=(?:second|minute|halfhour|hour|day|workday|week|weekend|fortnight|month|halfyear|year"
    r") |WORKDAYS |WEEK |WDA=0 |(?:QUARTER |UNIT=quarter )(?:(?:OF )?(?:A=1 )?UNIT=hour )?)"
)
_ITEM = rf"{_AMOUNT}(?:ANDHALF )?{_UNIT}(?:ANDHALF )?"
_BARE = r"(?:UNIT=halfhour |UNIT=halfyear |QUARTER (?:OF A=1 UNIT=hour )?)"
ITEMS = rf"(?:{_ITEM}|{_BARE})(?:(?:AND |COMMA )?{_ITEM}){{0,3}}"
_PARTS = re.compile(
    rf"(?P<amount>{_AMOUNT})?(?P<half>ANDHALF )?(?P<unit>{_UNIT})(?P<more>ANDHALF )?"
)
_MINUTES = {"minute": 1, "quarterhour": 15, "halfhour": 30, "hour": 60}
_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "halfyear": 6, "year": 12}
_VAGUE = {"COUPLE ": 2, "FEW ": 3}
_LIMIT = 5000  # more of a unit is no promise that anybody can keep


def shift(symbols: str) -> Shift | None:
    """Return the length that a match of ITEMS says, or None for one that nobody counts in."""
    total = Shift()
    for match in _PARTS.finditer(symbols):
        item = _item(match)
        if item is None:
            return None
        total = Shift(
            total.months + item.months, total.days + item.days, total.workdays + item.workdays,
            total.minutes + item.minutes, max(total.spread, item.spread),
        )  # fmt: skip
    return total


def _item(match: re.Match[str]) -> Shift | None:
    unit = _unit(match["unit"])
    amount = _amount(match["amount"]) + (0.5 if match["half"] or match["more"] else 0)
    if amount > _LIMIT:
        return None
    spread = 1 if match["amount"] in _VAGUE else 0
    if unit == "second":
        return Shift(minutes=max(1, round(amount / 60)))
    if unit in _MINUTES:
        return Shift(minutes=round(amount * _MINUTES[unit]), spread=spread * _MINUTES[unit])
    if unit == "day" and amount % 1:
        return Shift(minutes=round(amount * 24 * 60))
    scale = {**_MONTHS, **_DAYS, "workday": 1}[unit]
    whole = amount * scale
    if whole % 1:
        return None
    if unit in _MONTHS:
        return Shift(months=int(whole), spread=spread)
    if unit == "workday":
        return Shift(workdays=int(whole), spread=spread)
    return Shift(days=int(whole), spread=spread * scale)


def _amount(symbols: str | None) -> float:
    if symbols is None:
        return 1.0
    if symbols in _VAGUE:
        return float(_VAGUE[symbols])
    if symbols == "AH ":
        return 0.5
    return float(symbols.partition("=")[2].replace(",", "."))


def _unit(symbols: str) -> str:
    named = {"WORKDAYS ": "workday", "WEEK ": "week", "WDA=0 ": "month"}
    if symbols.startswith("QUARTER ") or symbols.endswith(" UNIT=hour "):
        return "quarterhour"
    return named.get(symbols) or symbols.strip().partition("=")[2]


def _ahead(match: re.Match[str]) -> Found | None:
    length = shift(match["items"])
    return Found(Day(shift=length, sign=1)) if length else None


def _ago(match: re.Match[str]) -> Found | None:
    length = shift(match["items"])
    return Found(Day(shift=length, sign=-1)) if length else None


def _duration(match: re.Match[str]) -> Found | None:
    length = shift(match["items"])
    return Found(Duration(length), weak=True) if length else None


def _postponed(match: re.Match[str]) -> Found | None:
    """Read "skjut upp en vecka": later than it was, which the grammar does not know."""
    length = shift(match["items"])
    return Found(Offset(length, 1)) if length else None


def _earlier(match: re.Match[str]) -> Found | None:
    length = shift(match["items"])
    return Found(Offset(length, -1)) if length else None


def _side(name: str) -> int:
    return -1 if name == "BEFORE" else 1


def _offset(match: re.Match[str]) -> Found | None:
    length = shift(match["items"])
    if length is None:
        return None
    return Found(Offset(length, _side(match["side"])), also=_anchor(match))


def _day_before(match: re.Match[str]) -> Found:
    units = {"day": Shift(days=1), "week": Shift(days=7), "month": Shift(months=1)}
    unit = match["unit"]
    length = units[unit] if unit else Shift(workdays=1) if match["workday"] else Shift(days=1)
    found = Offset(length, _side(match["side"]), match["part"], unit == "week")
    return Found(found, also=_anchor(match))


def _anchor(match: re.Match[str]) -> tuple[Anchor, ...]:
    return (Anchor(),) if match["event"] else ()


def _beside(match: re.Match[str]) -> Found:
    return Found(Anchor(_side(match["side"])))


_EVENT = r"(?P<event>(?:THE |MY |UNIT=minute |EVERY )?(?:X )?EVENT |(?:THE |MY )?X )?"
_SIDE = r"(?P<side>BEFORE|AFTER) "

_SNOOZE = r"SNOOZE (?:X |THE |DET |MY |EVENT ){0,3}(?:W=1 )?(?:I |FOR |IN |MORE )?"

PRODUCTIONS: tuple[Production, ...] = tuple(
    Production(re.compile(pattern), build)
    for pattern, build in (
        (
            rf"{_SNOOZE}(?P<items>{ITEMS})",
            _ahead,
        ),
        (
            rf"MOVE (?:X |THE |DET |MY |EVENT |ON ){{0,3}}(?:I |FOR |BY |IN )?(?P<items>{ITEMS})",
            _postponed,
        ),
        (rf"(?:IN|OM) (?P<items>{ITEMS})(?:LATER )?", _ahead),
        (rf"(?P<items>{ITEMS})LATER ", _ahead),
        (rf"(?P<items>{ITEMS})MORE ", _postponed),
        (rf"(?P<items>{ITEMS})EARLIER ", _earlier),
        (rf"(?:FOR )?(?P<items>{ITEMS})(?:AGO|SINCE) ", _ago),
        (rf"(?:I|FOR|UNDER) (?:THE )?(?P<items>{ITEMS})", _duration),
        (rf"(?P<items>{ITEMS}){_SIDE}{_EVENT}", _offset),
        (
            (
                r"(?:ON )?(?:THE )?(?:UNIT=(?P<unit>day|week|month)|PART=(?P<part>[a-z]+)"
                rf"|(?P<workday>UNIT=workday)) {_SIDE}{_EVENT}"
            ),
            _day_before,
        ),
        (rf"{_SIDE}(?:THE |MY |UNIT=minute )?(?:X )?EVENT ", _beside),
    )
)
