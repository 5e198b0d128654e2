"""Stretches of days: v. 42, nästa vecka, i mars, VT27, läsperiod 2, helgen, mellandagarna."""

import re
from typing import Literal

from nlu.times.dates import YEAR, bound
from nlu.times.pieces import Day, Days, Found, Production

_IN = r"(?:(?P<preposition>I|IN|ON) )?(?:WHOLE |ALL )?(?:THE |DET )?(?:WHOLE )?"
_STEPS = {
    "NEXT": 1,
    "NEXTNEXT": 2,
    "THIS": 0,
    "COMING": 1,
    "PREV": -1,
    "PAST": -1,
    "LASTEN": -1,
    "LATEST": -1,
}
_WHICH = r"(?P<which>NEXTNEXT|NEXT|THIS|COMING|PREV|LASTEN|LATEST|PAST) "
_UNIT = r"(?:UNIT=(?P<unit>week|weekend|month|quarter|year|term|period|ayear)|(?P<q>QUARTER)) "
_MAYBE = r"(?:(?P<which>NEXT|THIS|COMING|PREV|LASTEN) )?"
_LEADING = ("PAST ", "TO ", "FOR ", "UNDER ", "OF ")
_PLACE = (
    r"(?=(?:THE )?(?:NEXT |THIS |PREV |LASTEN |COMING )?(?:MON|UNIT|QUARTER|TERM|TERMA|SEASON|WEEK"
    r"|N4|YEAR|LP|VAGUE|FEAST)\b)"
)
_COUNT = r"(?:(?:N|W|A)=(?P<count>[0-9]+)|(?P<couple>COUPLE)|(?P<few>FEW)) "


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _bare(match: re.Match[str]) -> bool:
    """Whether nothing before or in the match says that a time is meant."""
    groups = match.groupdict()
    said = bound(match) or match.string[: match.start()].endswith(_LEADING)
    return not (said or groups["preposition"] or groups.get("which") or groups["year"])


def _unit(match: re.Match[str]) -> str:
    return "quarter" if match["q"] else match["unit"]


def _which(match: re.Match[str]) -> Found | None:
    unit, said = _unit(match), match["which"]
    if said == "COMING" and unit == "weekend":
        return Found(Day(unit=unit, steps=0))
    if said in ("PAST", "LATEST") and unit in ("week", "month", "year"):
        return Found(Day(ahead=-1, ahead_unit=unit))  # up to today, not the one before
    return Found(Day(unit=unit, steps=_STEPS[said]))


def _of_the(match: re.Match[str]) -> Found | None:
    """Read "i månaden", "of the week", "i helgen": the running or the coming one."""
    unit = _unit(match)
    names = match.string[: match.start()]
    led = match["preposition"] or (bound(match) and not names.endswith(("DASH ", "AT ")))
    led = led or names.endswith(_LEADING)
    if match["q"] and "THE " not in match[0]:
        return None
    if unit != "weekend" and not led:
        return None
    return Found(Day(unit=unit, steps=0, loose=True), weak=unit == "year" or not led)


def _after_next(match: re.Match[str]) -> Found:
    unit = "week" if match[0].endswith("WEEKS=2 ") else "month"
    return Found(Day(unit=unit, steps=2))


def _year_word(match: re.Match[str]) -> Found:
    return Found(Day(unit="year", steps=int(match["steps"])))


def _week(match: re.Match[str]) -> Found | None:
    first, last = int(match["first"]), _int(match["last"])
    if last is not None and last < first:
        return None
    year = _int(match["year"])
    if last is not None and (match["joint"] == "OR " or last > first + 1):
        joints: dict[str, Literal["and", "or"]] = {"AND ": "and", "OR ": "or"}
        if joint := joints.get(match["joint"]):
            return Found(Days(Day(week=first, year=year), Day(week=last, year=year), joint))
    return Found(Day(week=first, last_week=last, year=year))


def _month(match: re.Match[str]) -> Found:
    year, said = _int(match["year"]), match["which"]
    weak = _bare(match) and not match["word"]
    which = {"NEXT": "next", "PREV": "prev", "LASTEN": "prev", "THIS": "this"}.get(said or "")
    return Found(
        Day(month=int(match["month"]), year=year, which=which),  # type: ignore[arg-type]
        weak=weak,
    )


def _season(match: re.Match[str]) -> Found:
    steps = {"NEXT": 1, "PREV": -1, "LASTEN": -1}.get(match["which"] or "")
    return Found(
        Day(season=match["name"], steps=steps, year=_int(match["year"])), weak=_bare(match)
    )


def _this_season(match: re.Match[str]) -> Found:
    return Found(Day(season=match["name"], year=_int(match["year"])))


def _genitive(match: re.Match[str]) -> Found:
    return Found(Day(unit=match["unit"], steps=_STEPS[match["which"]]))


def _past_season(match: re.Match[str]) -> Found:
    return Found(Day(season=match["name"], steps=-1))


def _term(match: re.Match[str]) -> Found:
    year = _int(match["year"] or match["short"])
    steps = _STEPS.get(match["which"] or "")
    bare = match["form"] == "TERMA" and not match["short"] and _bare(match)
    return Found(Day(term=match["term"], year=year, steps=steps), weak=bare)


def _period(match: re.Match[str]) -> Found:
    return Found(Day(period=int(match["number"])))


def _study_week(match: re.Match[str]) -> Found:
    return Found(Day(study_week=int(match["number"])))


def _quarter(match: re.Match[str]) -> Found | None:
    number = int(match["number"])
    return Found(Day(quarter=number, year=_int(match["year"]))) if 1 <= number <= 4 else None  # noqa: PLR2004


def _year(match: re.Match[str]) -> Found | None:
    if not match["led"] and not match.string[: match.start()].endswith("SINCE "):
        return None  # a bare year tells when somebody graduated
    return Found(Day(year=int(match["number"])))


def _academic_year(match: re.Match[str]) -> Found:
    return Found(Day(unit="ayear", year=int(match["number"])))


def _feast(match: re.Match[str]) -> Found:
    doubtful = match["name"] in ("christmas", "new_year")  # "15 jul" is a day of July
    return Found(Day(feast=match["name"], year=_int(match["year"])), weak=doubtful and _bare(match))


def _edge(match: re.Match[str]) -> Found:
    return Found(Day(edge=match["edge"]), weak=True)


def _edge_of(match: re.Match[str]) -> Found:
    units = {"TERM": "term", "MONTH": "month", "WEEK": "week", "YEAR": "year"}
    return Found(Day(edge=match["edge"], firm_edge=True, unit=units[match["unit"]], steps=None))


def _month_turn(_: re.Match[str]) -> Found:
    return Found(Day(unit="month", edge="turn"))


def _rest(match: re.Match[str]) -> Found:
    return Found(Day(unit=_unit(match), steps=0, rest=True))


def _ahead(match: re.Match[str]) -> Found:
    count = 2 if match["couple"] else 3 if match["few"] else int(match["count"])
    forward = match["which"] in ("NEXT", "COMING")
    vague = True if match["couple"] or match["few"] else None
    unit = match["unit"] or "quarter"
    return Found(Day(ahead=count if forward else -count, ahead_unit=unit, vague=vague))


def _vague(_: re.Match[str]) -> Found:
    return Found(Day(vague=True))


_WEEK_JOINT = r"(?:(?P<joint>DASH |TO |UNTIL |AND |OR )"

PRODUCTIONS: tuple[Production, ...] = tuple(
    Production(re.compile(pattern), build)
    for pattern, build in (
        (rf"{_IN}{_WHICH}{_UNIT}", _which),
        (rf"{_IN}(?:TO |OVER |UNTIL )?(?:THE )?(?:WHOLE )?{_UNIT}(?!N=)", _of_the),
        (rf"{_IN}(?:WEEKS|MONTHS)=2 ", _after_next),
        (r"YEAR=(?P<steps>-?[0-9]) ", _year_word),
        (
            (
                rf"{_IN}(?:WEEK|UNIT=week) (?:N4=20[0-9]{{2}} )?N=(?P<first>[0-9]+) "
                rf"{_WEEK_JOINT}(?:WEEK |UNIT=week )?N=(?P<last>[0-9]+) )?{YEAR}"
            ),
            _week,
        ),
        (rf"{_IN}{_MAYBE}MON=(?P<month>[0-9]+) (?P<word>UNIT=month )?{YEAR}", _month),
        (rf"{_IN}{_MAYBE}SEASON=(?P<name>[a-z]+) {YEAR}", _season),
        (rf"SEASONI=(?P<name>[a-z]+) {YEAR}", _this_season),
        (rf"{_WHICH}UNITG=(?P<unit>week|month|year|term) ", _genitive),
        (r"SEASONP=(?P<name>[a-z]+) ", _past_season),
        (
            (
                rf"{_IN}{_MAYBE}(?P<form>TERMA|TERM)=(?P<term>HT|VT) "
                rf"(?:(?:DASH )?N=(?P<short>[0-9]{{2}}) |DASH (?=N4))?{YEAR}"
            ),
            _term,
        ),
        (rf"{_IN}(?:LP|UNIT=period) N=(?P<number>[0-9]) ", _period),
        (rf"{_IN}LW N=(?P<number>[0-9]+) ", _study_week),
        (rf"{_IN}(?:Q|UNIT=quarter) N=(?P<number>[0-9]) {YEAR}", _quarter),
        (rf"{_IN}(?:OW|ORD)=(?P<number>[0-9]) (?:UNIT=quarter|QUARTER) {YEAR}", _quarter),
        (r"(?P<led>(?:UNDER |IN |I |UNIT=year )+)?N4=(?P<number>20[0-9]{2}) ", _year),
        (r"(?:UNIT=ayear )?AY=(?P<number>20[0-9]{2}) ", _academic_year),
        (rf"{_IN}{_MAYBE}FEAST=(?P<name>[a-z_]+) {YEAR}", _feast),
        (rf"(?:I |IN |AT |ON )*(?:THE )?EDGE=(?P<edge>[a-z]+) (?:DASH )?{_PLACE}", _edge),
        (
            (
                r"(?:I |IN |AT |ON )*(?:THE )?(?P<unit>TERM|MONTH|WEEK|YEAR)EDGE="
                r"(?P<edge>[a-z]+) "
            ),
            _edge_of,
        ),
        (r"(?:I |AT |ON )*MONTHTURN ", _month_turn),
        (rf"(?:THE )?REST (?:THE )?(?:THIS )?{_UNIT}", _rest),
        (
            (
                r"(?:I |IN |UNDER )?(?:THE |DET )?"
                r"(?P<which>NEXT|COMING|PREV|LASTEN|LATEST|PAST) "
                rf"{_COUNT}UNIT=(?P<unit>day|week|month|year) "
            ),
            _ahead,
        ),
        (r"(?:ON |I |UNDER |OVER )*(?:THE )?VAGUE ", _vague),
        (r"(?:MORE|SOON) ", _vague),
    )
)
