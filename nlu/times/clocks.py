"""Times of day: kl 9, halv tre, tio över halv nio, 0900, half past three, 13-15."""

import re

from nlu.times.pieces import Clock, Form, Found, Hours, Part, Production

NUMBER = r"(?:N|W|ETT)=[0-9]+ "
_HOUR = rf"(?:{NUMBER}|N=[0-9]+ )"
# "kl 13 i två timmar" is a time and a duration; only some numbers are minutes to the hour.
_FEW = r"(?:N|W)=(?:5|05|10|15|20|25) "
_MINUTES = (
    rf"(?:(?:QUARTER |(?:N|W)=[0-9]+ (?:UNIT=minute )?)(?:PAST |AFTER )"
    rf"|(?:QUARTER |{_FEW}(?:UNIT=minute )?)(?:I |TO ))(?:HALF )?{_HOUR}(?!UNIT)"
)
_FACE = (
    rf"(?:HM=[0-9:]+ |W=[0-9]+ W=[1-5][0-9] |HD=[0-9:]+ |N4=[0-9]{{4}} |N3=[0-9]{{3}} |CLK=[0-9:]+ "
    rf"|HALF {_HOUR}|HALFPAST {_HOUR}|{_MINUTES}|{_HOUR})"
)
TIME = rf"(?:(?:AT |KL |THE )*(?:AT|KL) )?{_FACE}(?:(?:DASH )?OCLOCK )?(?:AMPM=[ap]m )?"

SINGLE = re.compile(TIME)
RANGE = re.compile(
    rf"(?:FROM |BETWEEN )?(?P<start>{TIME})(?:DASH |TO |UNTIL |AND )(?P<end>{TIME})"
    r"(?!MON=|OF MON=|UNIT=|WEEK )"
)
_FIVES = (5, 10, 15, 20, 25)
_HALF_DAY = 12
_END_OF_DAY = 17
_MORNING = 7
_NIGHT = 22
_BARE = re.compile(r"(?:N|N3|N4|W)=[0-9]+ ")
_OF_THE_DAY = ("IN THE PART=", "ON PART=", "AT PART=")
_BEFORE_HOURS = frozenset(
    ("WD", "WDA", "WD2", "WDS", "REL", "DM", "DMY", "ISO", "N6", "N8", "MON", "N4", "HOL", "PART",
     "DAYPART", "UNIT", "N", "AND", "OR", "COMMA", "ORD", "WORKDAYS", "BY", "TO", "DASH", "UNTIL")
)  # fmt: skip
_PAST_FORM = re.compile(
    rf"(?P<minute>QUARTER |(?:N|W)=[0-9]+ )(?:UNIT=minute )?(?P<side>PAST|AFTER|I|TO) "
    rf"(?P<half>HALF )?(?P<hour>{_HOUR})"
)


def clock(symbols: str) -> Clock | None:
    """Return the time of day that a match of TIME says, or None if it says none after all."""
    body = re.sub(r"(?:AT|KL|THE|DASH|OCLOCK) ", "", symbols)
    half_day = re.search(r"AMPM=([ap])m ", body)
    body = re.sub(r"AMPM=[ap]m ", "", body)
    found = _face(body)
    if found is None or half_day is None:
        return found
    if not 1 <= found.hour <= _HALF_DAY:
        return None
    hour = found.hour % _HALF_DAY + (_HALF_DAY if half_day[1] == "p" else 0)
    return Clock(hour, found.minute, "exact")


def _face(body: str) -> Clock | None:
    if match := _PAST_FORM.fullmatch(body):
        return _past_form(match)
    if body.startswith(("HALF ", "HALFPAST ")):
        hour = value(body)
        if not 1 <= hour <= _HALF_DAY:
            return None
        return _words(hour * 60 + (30 if body.startswith("HALFPAST") else -30))
    if spelt := re.fullmatch(r"W=([0-9]+) W=([0-9]+) ", body):  # nine thirty
        return Clock(int(spelt[1]), int(spelt[2]), _form(spelt[1]))
    name, _, digits = body.strip().partition("=")
    if name in ("HM", "HD"):
        hours, minutes = digits.split(":")
        return Clock(int(hours), int(minutes), _form(hours))
    if name == "CLK":
        return Clock(int(digits[:2]), int(digits[3:]))
    if name in ("N3", "N4"):
        hours = digits[:-2]
        return Clock(int(hours), int(digits[-2:]), "exact" if name == "N4" else _form(hours))
    return Clock(int(digits), 0, _form(digits))


def _form(hours: str) -> Form:
    bare = 1 <= int(hours) <= _HALF_DAY and not hours.startswith("0")
    return "digits" if bare else "exact"


def _past_form(match: re.Match[str]) -> Clock | None:
    minute = 15 if match["minute"].startswith("QUARTER") else value(match["minute"])
    hour = value(match["hour"])
    digits = match["minute"].startswith("N=")
    # "10 to 12" in digits is a range, "3 i 5" a score.
    if not 1 <= hour <= _HALF_DAY or not 1 <= minute < 30:  # noqa: PLR2004
        return None
    if digits and (match["side"] in ("TO", "AFTER") or minute not in _FIVES):
        return None
    signed = minute if match["side"] in ("PAST", "AFTER") else -minute
    return _words(hour * 60 + signed - (30 if match["half"] else 0))


def _words(minutes: int) -> Clock:
    hour, minute = divmod(minutes, 60)
    return Clock(hour % _HALF_DAY or _HALF_DAY, minute, "words")


def value(symbols: str) -> int:
    """Return the number in the first symbol that has one."""
    digits = re.search(r"=([0-9]+)", symbols)
    return int(digits[1]) if digits else 0


def hours(match: re.Match[str]) -> Hours | None:
    """Return the stretch of hours of a match of RANGE; its half of the day may be said once."""
    start, end = clock(match["start"]), clock(match["end"])
    listed = " AND " in match[0] and not match[0].startswith("BETWEEN")
    if start is None or end is None or listed:
        return None
    said = "AMPM=" in match["end"] and "AMPM=" not in match["start"]
    if said and start.form == "digits" and start.hour < _HALF_DAY <= end.hour:
        afternoon = start.hour + _HALF_DAY
        start = Clock(afternoon if afternoon < end.hour else start.hour, start.minute)
    return Hours(start, end)


def _single(match: re.Match[str]) -> Found | None:
    found = clock(match[0])
    article = match[0] in ("ETT=1 ", "AT ETT=1 ")  # "vid ett möte"
    if found is None or article or (_BARE.fullmatch(match[0]) and not _beside_a_time(match)):
        return None
    parted = match.string.startswith(_OF_THE_DAY, match.end())
    return Found(found, weak=not (parted or _strong(match[0]) or _rounded(match[0])))


def _rounded(symbols: str) -> bool:
    """Tell whether 9.30 is more likely a time than a section or a price."""
    dotted = re.fullmatch(r"HD=([0-9]+):([0-9]+) ", symbols)
    if dotted is None:
        return False
    return _MORNING <= int(dotted[1]) < _NIGHT and int(dotted[2]) % 5 == 0


def _beside_a_time(match: re.Match[str]) -> bool:
    """Tell whether a bare number is an hour by its neighbours: "fredag 15", "8 in the evening"."""
    return _after_a_time(match) or match.string.startswith(_OF_THE_DAY, match.end())


def _after_a_time(match: re.Match[str]) -> bool:
    """Tell whether a bare number follows a day or another time: "fredag 15", "kl 9 och 13"."""
    names = match.string[: match.start()].split()[-1:]
    return bool(names) and names[0].partition("=")[0] in _BEFORE_HOURS


def _range(match: re.Match[str]) -> Found | None:
    if re.match(rf"{_FEW}TO W", match[0]) and match[0].startswith("W="):
        return None  # "ten to twelve" is a time
    found = hours(match)
    dotted = match[0].count("HD=") > 1
    strong = match[0].startswith("BETWEEN ") or dotted or _strong(match[0])
    return Found(found, weak=not strong) if found else None


def _strong(symbols: str) -> bool:
    """Tell whether the symbols say by themselves that they are a time of day."""
    marks = (
        "AT ",
        "KL ",
        "HM=",
        "CLK=",
        "HALF",
        "QUARTER",
        "PAST ",
        "AMPM=",
        "OCLOCK ",
        "N4=0",
        " I ",
    )
    return any(mark in symbols for mark in marks) or bool(re.match(r"W=[0-9]+ TO ", symbols))


def _part(match: re.Match[str]) -> Found:
    name = {"am": "morning", "pm": "afternoon"}.get(match["name"], match["name"])
    return Found(Part(name), weak=not match["preposition"])


def _said_word(match: re.Match[str]) -> Found | None:
    """Lunch, midnight, end of the working day; lunch is a meal unless a day stands beside it."""
    name = match["name"]
    if name == "MIDNIGHT":
        return Found(Clock(24, midnight=True))
    if name == "EOD":
        return Found(Clock(_END_OF_DAY))
    side = match["side"] or ""
    if not side and not _after_a_time(match):
        return None
    hour = _HALF_DAY + ("AFTER" in side) - ("BEFORE" in side)
    return Found(Clock(hour), weak=not side)


PRODUCTIONS: tuple[Production, ...] = (
    Production(RANGE, _range),
    Production(SINGLE, _single),
    Production(
        re.compile(
            r"(?P<side>AT |KL |TO |BY |AFTER |BEFORE )?(?:THE )?(?P<name>LUNCH|MIDNIGHT|EOD) "
        ),
        _said_word,
    ),
    Production(
        re.compile(
            r"(?P<preposition>(?:ON|IN|AT|I|UNDER|TO|BY) )?(?:THE )?(?:PART|AMPM)=(?P<name>[a-z]+) "
        ),
        _part,
    ),
)
