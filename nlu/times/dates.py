"""Single days: imorgon, tisdag, den 3 mars, 12/5, första måndagen, midsommarafton."""

import re
from typing import Literal

from nlu.times.clocks import value
from nlu.times.pieces import Day, Days, Every, Found, Part, Production

YEAR = r"(?:(?:COMMA |OF )?N4=(?P<year>(?:19|20)[0-9]{2}) )?"
_IN_THE = r"(?:ON |I |IN )?(?:THE )?"
_NUM = r"(?:N|ORD)=(?P<day>[0-9]+) "
_WHICH = r"(?:(?P<which>NEXT|NEXTNEXT|THIS|COMING|PREV|LASTEN|LAST) )"
_SEVENTH = 7
_CENTURY = 2000


# After these a word that may be no time is meant as one.
_BINDING = (
    "UNTIL", "BY", "SINCE", "BEFORE", "AFTER", "BETWEEN", "FROM", "DASH", "EDGE", "AT", "EVERY"
)  # fmt: skip


def bound(match: re.Match[str]) -> bool:
    """Whether the word before a match says that a time follows."""
    names = match.string[: match.start()].split()[-1:] or [""]
    return names[0].partition("=")[0] in _BINDING


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _relative(match: re.Match[str]) -> Found:
    return Found(Day(offset=int(match["days"])))


def _daypart(match: re.Match[str]) -> Found:
    return Found(Day(offset=0), also=(Part(match["part"]),))


def _past_part(match: re.Match[str]) -> Found:
    last_night = match["part"] == "evening"
    return Found(Day(offset=-1 if last_night else 0, which="past"), also=(Part(match["part"]),))


def _weekday(match: re.Match[str]) -> Found | None:
    said = match["which"] or ""
    weekday = int(match["weekday"])
    if said in ("LAST", "LASTEN"):
        prev = True if said == "LASTEN" else None
        return Found(Day(nth=-1, nth_unit="weekday", weekday=weekday, perhaps_prev=prev))
    if said == "NEXTNEXT":
        return Found(Day(weekday=weekday, unit="week", steps=2))
    which: dict[str, Literal["next", "this", "prev"]] = {
        "NEXT": "next", "THIS": "this", "PREV": "prev"
    }  # fmt: skip
    weeks = value(match["later"]) or 1 if match["later"] else None
    weak = "WDA=" in match[0] and not match["preposition"] and not said and not bound(match)
    return Found(Day(weekday=weekday, which=which.get(said), weeks=weeks), weak=weak)


def _weekday_part(match: re.Match[str]) -> Found:
    part = Part(match["part"])
    if match["many"]:
        return Found(Every("week", None, (int(match["weekday"]),), daypart=part.name))
    return Found(Day(weekday=int(match["weekday"])), also=(part,))


def _weeks_from(match: re.Match[str]) -> Found:
    count = 2 if "fortnight" in match[0] else value(match["count"])
    return Found(Day(weekday=int(match["weekday"]), weeks=count))


def _past_weekday(match: re.Match[str]) -> Found:
    return Found(Day(weekday=int(match["weekday"]), which="past"))


def _day_month(match: re.Match[str]) -> Found:
    day, month = int(match["day"]), int(match["month"])
    return Found(Day(day=day, month=month, year=_int(match["year"])))


def _day_only(match: re.Match[str]) -> Found:
    strong = match["the"] and not match["word"]
    day = int(match["day"] or match["word"])
    return Found(Day(day=day), weak=not strong)


def _numeric(match: re.Match[str]) -> Found | None:
    numbers = [int(number) for number in re.findall(r"[0-9]+", match["digits"])]
    day, month = numbers[0], numbers[1]
    year = numbers[2] if len(numbers) > 2 else _int(match["year"])  # noqa: PLR2004
    if year is not None and year < 100:  # noqa: PLR2004
        year += _CENTURY
    return numeric_day(day, month, year)


def numeric_day(day: int, month: int, year: int | None) -> Found | None:
    """Return the day of 5/6: the day first, as Swedes write it, unless only the month fits."""
    if not (1 <= day <= 31 and 1 <= month <= 31) or min(day, month) > 12:  # noqa: PLR2004
        return None
    if month > 12:  # noqa: PLR2004
        return Found(Day(day=month, month=day, year=year, month_first=True))
    both = None if day > 12 or day == month else False  # noqa: PLR2004
    return Found(Day(day=day, month=month, year=year, month_first=both))


def _iso(match: re.Match[str]) -> Found:
    year, month, day = (int(number) for number in match["digits"].split("-"))
    return Found(Day(day=day, month=month, year=year))


def _packed(match: re.Match[str]) -> Found | None:
    digits = match["digits"]
    year, month, day = int(digits[:-4]), int(digits[-4:-2]), int(digits[-2:])
    year += _CENTURY if len(digits) == 6 else 0  # noqa: PLR2004
    plausible = 2020 <= year <= 2045 and 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004
    return Found(Day(day=day, month=month, year=year)) if plausible else None


def _two_days(match: re.Match[str]) -> Found | None:
    listed = match["joint"] == "AND " and not match[0].startswith("BETWEEN ")
    month, year = int(match["month"]), _int(match["year"])
    first = Day(day=int(match["first"]), month=month, year=year)
    last = Day(day=int(match["last"]), month=month, year=year)
    return Found(Days(first, last, "and" if listed else "range"))


def _two_days_numeric(match: re.Match[str]) -> Found | None:
    found = numeric_day(int(match["last"]), int(match["month"]), None)
    if found is None or int(match["first"]) >= int(match["last"]):
        return None
    month = int(match["month"])
    return Found(
        Days(Day(day=int(match["first"]), month=month), Day(day=int(match["last"]), month=month),
             "range")
    )  # fmt: skip


def _nth(match: re.Match[str]) -> Found | None:
    if match["which"] == "LASTEN" and not match.string.startswith(_PLACES, match.end()):
        return None  # "last week" is the one before, "last week of term" is not
    nth = int(match["nth"]) if match["nth"] else -2 if match["which"] == "LAST2" else -1
    unit = match["unit"] or ("workday" if match["workdays"] else "weekday")
    weekday = _int(match["weekday"])
    return Found(Day(nth=nth, nth_unit=unit, weekday=weekday))


def _last_day(_: re.Match[str]) -> Found:
    return Found(Day(nth=-1, nth_unit="day"))


def _holiday(match: re.Match[str]) -> Found:
    return Found(Day(holiday=match["name"], year=_int(match["year"])))


def _workday(_: re.Match[str]) -> Found:
    return Found(Day(workdays=1))


_MONTH = r"MON=(?P<month>[0-9]+) "
_ANY_WEEKDAY = r"(?:WD|WDA|WD2)=(?P<weekday>[0-6]) "
_RANGE = r"(?P<joint>DASH |TO |UNTIL |AND )(?:ON )?(?:THE )?"
_PLACES = ("OF ", "IN ", "I ", "ON ", "EVERY ", "BEFORE ", "MON=")
_NTH = r"(?:(?:ORD|OW)=(?P<nth>[0-9]+)|(?P<which>LAST2|LASTEN|LAST)) "

PRODUCTIONS: tuple[Production, ...] = tuple(
    Production(re.compile(pattern), build)
    for pattern, build in (
        (r"(?:THE (?=REL=-?2))?REL=(?P<days>-?[0-9]) ", _relative),
        (r"DAYPART=(?P<part>[a-z]+) ", _daypart),
        (r"PASTPART=(?P<part>[a-z]+) ", _past_part),
        (
            (
                rf"(?P<preposition>(?:ON |THE )*){_WHICH}?{_ANY_WEEKDAY}"
                r"(?P<later>A=1 UNIT=week |UNIT=week (?!N))?"
            ),
            _weekday,
        ),
        (
            (
                r"(?P<count>(?:N|W|A|ETT)=[0-9]+ )UNIT=(?:week|fortnight) (?:ON |FROM )"
                rf"{_ANY_WEEKDAY}"
            ),
            _weeks_from,
        ),
        (
            r"(?:ON )?WDPART(?P<many>S)?=(?P<weekday>[0-6]):(?P<part>[a-z]+) ",
            _weekday_part,
        ),
        (r"(?P<preposition>I |IN |ON )?WDP=(?P<weekday>[0-6]) ", _past_weekday),
        (rf"{_IN_THE}(?:N|ORD|OW)=(?P<day>[0-9]+) (?:OF |I )?{_MONTH}{YEAR}", _day_month),
        (rf"{_IN_THE}{_MONTH}(?:THE )?(?:ORD|N|OW)=(?P<day>[0-9]+) {YEAR}", _day_month),
        (
            (
                r"(?P<the>(?:ON )?THE (?=N|ORD))?"
                r"(?:(?:(?<=THE )N|ORD)=(?P<day>[0-9]+)|OW=(?P<word>[0-9]+)) "
            ),
            _day_only,
        ),
        (rf"{_IN_THE}(?:DM|DMY)=(?P<digits>[0-9/]+) {YEAR}", _numeric),
        (rf"{_IN_THE}ISO=(?P<digits>[0-9-]+) ", _iso),
        (rf"{_IN_THE}N[68]=(?P<digits>[0-9]+) ", _packed),
        (
            (
                rf"(?:FROM |BETWEEN )?{_IN_THE}(?:N|ORD)=(?P<first>[0-9]+) {_RANGE}"
                rf"(?:N|ORD)=(?P<last>[0-9]+) (?:OF )?{_MONTH}{YEAR}"
            ),
            _two_days,
        ),
        (
            (
                rf"(?:FROM |BETWEEN )?{_IN_THE}{_MONTH}(?:THE )?"
                rf"(?:N|ORD)=(?P<first>[0-9]+) {_RANGE}"
                rf"(?:N|ORD)=(?P<last>[0-9]+) {YEAR}"
            ),
            _two_days,
        ),
        (
            (
                rf"(?:FROM |BETWEEN )?{_IN_THE}N=(?P<first>[0-9]+) (?:DASH |TO |UNTIL )(?:THE )?"
                r"DM=(?P<last>[0-9]+)/(?P<month>[0-9]+) "
            ),
            _two_days_numeric,
        ),
        (
            (
                rf"{_IN_THE}{_NTH}(?:(?:WD|WDA)=(?P<weekday>[0-6])"
                r"|UNIT=(?P<unit>workday|day|weekend|week)|(?P<workdays>WORKDAYS)) "
            ),
            _nth,
        ),
        (
            r"(?:ON )?THE LAST (?=(?:I |IN |OF )?(?:(?:EVERY |THIS |NEXT )?UNIT=month|MON=))",
            _last_day,
        ),
        (rf"{_IN_THE}(?:THIS |NEXT |COMING )?HOL=(?P<name>[a-z_0-9]+) {YEAR}", _holiday),
        (rf"{_IN_THE}(?:NEXT|COMING) UNIT=workday ", _workday),
    )
)
