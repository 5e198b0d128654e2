"""How often: varje fredag, varannan vecka, var 14:e dag, jämna veckor, on Mondays, once a week."""

import re

from nlu.times.clocks import value
from nlu.times.pieces import Day, Every, Found, Production
from nlu.times.rules import WORKDAYS

_UNIT = r"(?:UNIT=(?P<unit>[a-z]+)|(?P<quarter>QUARTER)) "
_FREQ = ("minute", "hour", "day", "week", "month", "quarter", "year", "halfyear")
_NTH = r"(?:(?:ORD|OW)=(?P<nth>[0-9]+) |(?P<last>LAST|LASTEN) )"
_WEEKDAY = r"(?:WD|WDA|WDS)=(?P<weekday>[0-6]) "
_WEEKEND = (5, 6)


def _every_unit(match: re.Match[str]) -> Found | None:
    interval = value(match["count"]) if match["count"] else None
    return _of_unit("quarter" if match["quarter"] else match["unit"], interval)


def _of_unit(unit: str, interval: int | None) -> Found | None:
    if interval == 0:
        return None
    if unit == "workday":
        return Found(Every("week", interval, WORKDAYS))
    if unit == "weekend":
        return Found(Every("week", interval, _WEEKEND))
    if unit == "fortnight":
        return Found(Every("week", 2))
    if unit in ("second", "halfhour"):
        return Found(Every("minute", 30)) if unit == "halfhour" else None
    return Found(Every(unit, interval))


def _every_nth(match: re.Match[str]) -> Found | None:
    """Read "var tredje vecka" as an interval, "varje sista vardag" as a place in the month."""
    if match["last"]:
        return _in_the_month(match, -1)
    nth = int(match["nth"])
    if nth == 1 and not match["unit"]:
        return _in_the_month(match, 1)
    if match["weekday"]:
        return Found(Every("week", nth, (int(match["weekday"]),)))
    return _of_unit(match["unit"], nth)


def _in_the_month(match: re.Match[str], nth: int) -> Found:
    if match["weekday"]:
        return Found(Every("month", None, (int(match["weekday"]),), nth, "weekday"))
    return Found(Every("month", nth=nth, nth_unit=match["unit"]))


def _weekday(match: re.Match[str]) -> Found:
    return Found(Every("week", None, (int(match["weekday"]),)))


def _other(match: re.Match[str]) -> Found | None:
    if match["weekday"]:
        return Found(Every("week", 2, (int(match["weekday"]),)))
    return _of_unit(match["unit"], 2)


def _workdays(match: re.Match[str]) -> Found:
    return Found(Every("week", None, WORKDAYS if "WORKDAYS" in match[0] else _WEEKEND))


def _part(match: re.Match[str]) -> Found:
    return Found(Every("day", daypart=match["part"]))


def _holiday(match: re.Match[str]) -> Found:
    return Found(Every("year", day=Day(holiday=match["name"])))


def _adverb(match: re.Match[str]) -> Found:
    if match["unit"] == "biweekly":  # twice a week to some, every second week to others
        return Found(Every("week", times=2))
    fortnight = match["unit"] == "fortnight"
    return Found(
        Every("week" if fortnight else match["unit"], 2 if fortnight else None),
        weak=match.string.startswith(("X ", "EVENT ", "NO "), match.end())
        or match.string[: match.start()].endswith("THE "),
    )


def _once(match: re.Match[str]) -> Found | None:
    return _of_unit(match["unit"], None)


def _per(match: re.Match[str]) -> Found | None:
    found = _of_unit(match["unit"], None)
    return found._replace(weak=True) if found else None


def _several(match: re.Match[str]) -> Found:
    return Found(Every(match["unit"], times=value(match["count"] or "=2")))


def _parity(match: re.Match[str]) -> Found:
    return Found(Every("week", parity=0 if match["parity"] == "EVEN" else 1))


def _count(match: re.Match[str]) -> Found:
    return Found(Every(count=value(match["count"])), weak=True)


_A = r"(?:A=1 |ETT=1 |PER |I |IN |EVERY |ON |THE )+"
_COUNT = r"(?P<count>(?:N|W)=[0-9]+ )"

PRODUCTIONS: tuple[Production, ...] = tuple(
    Production(re.compile(pattern), build)
    for pattern, build in (
        (rf"(?:I |ON |OF )?EVERY (?:WHOLE )?{_COUNT}?{_UNIT}", _every_unit),
        (
            rf"(?:ON )?(?:THE )?(?:EVERY|VAR) {_NTH}(?:{_WEEKDAY}|UNIT=(?P<unit>[a-z]+) )",
            _every_nth,
        ),
        (rf"(?:ON )?EVERY {_WEEKDAY}", _weekday),
        (rf"(?:ON |I )?OTHER (?:{_WEEKDAY}|UNIT=(?P<unit>[a-z]+) )", _other),
        (r"(?:ON |EVERY |ALL )?(?:THE )?WDS=(?P<weekday>[0-6]) ", _weekday),
        (r"(?:ON |EVERY |ALL )?(?:THE )?(?:WORKDAYS|WEEKENDS) ", _workdays),
        (r"EVERY PART=(?P<part>[a-z]+) ", _part),
        (r"(?:ON )?EVERY HOL=(?P<name>[a-z_0-9]+) ", _holiday),
        (r"FREQ=(?P<unit>[a-z]+) ", _adverb),
        (rf"ONCE {_A}UNIT=(?P<unit>[a-z]+) ", _once),
        (rf"(?:{_COUNT}TIMES|TWICE) {_A}UNIT=(?P<unit>[a-z]+) ", _several),
        (r"PER UNIT=(?P<unit>[a-z]+) ", _per),
        (
            r"(?:ON |I |IN |UNDER |EVERY )*(?P<parity>EVEN|ODD) (?:UNIT=week|WEEK) ",
            _parity,
        ),
        (rf"{_COUNT}TIMES ", _count),
    )
)
