"""The check that nothing of time was left out of what was understood."""

from collections.abc import Iterable, Sequence

from nlu.times.lexemes import Lexeme, Line

NEAR = 30  # code points
_TELLING = frozenset(
    ("N", "N3", "N4", "N6", "N8", "HM", "HD", "DM", "DMY", "ISO", "DEC", "ORD", "WD", "WDS", "WDP",
     "MON", "UNIT", "WORKDAYS", "WEEKENDS", "WEEK", "REL", "DAYPART", "PASTPART", "HOL", "TERM",
     "AMPM", "EVERY", "OTHER", "AY", "LP", "WEEKS", "TIMES", "SEASONP", "HALF", "MIDNIGHT",
     "EXCEPT")
)  # fmt: skip
# Short words of units are words of other meaning too (min, h, tim), and so are these.
_DOUBTFUL = frozenset(("UNIT", "MON", "EVERY", "TIMES", "HALF", "WEEK"))
_SHORT = 3
_FULL_UNITS = ("dag", "år", "day")
_SINGULAR = frozenset(
    "dag vecka månad termin timme helg år day week month term semester hour weekend year".split()
)
_NUMERIC = frozenset(("N", "W", "A", "ETT", "DEC", "ORD", "AH"))
_MODALS = ("may", "march", "mars")


def left_over(line: Line, claimed: Iterable[tuple[int, int]]) -> list[Lexeme]:
    """Return the unclaimed lexemes that speak of time near the claimed ones [start, end)."""
    taken = {place for start, end in claimed for place in range(start, end)}
    if not taken:
        return []
    return [
        lexeme
        for place, lexeme in enumerate(line.lexemes)
        if place not in taken and _tells(line.lexemes, place, taken) and _near(line, lexeme, taken)
    ]


def _tells(lexemes: Sequence[Lexeme], place: int, taken: set[int]) -> bool:
    lexeme = lexemes[place]
    before = lexemes[place - 1].name if place else ""
    if lexeme.name == "W":  # a numeral beside a time: "fredag tre"
        return place - 1 in taken or place + 1 in taken
    if lexeme.name not in _TELLING:
        return False
    if lexeme.name == "MON":
        return not (lexeme.named_like_a_person or lexeme.text.casefold() in _MODALS)
    if lexeme.name == "UNIT" and lexeme.text.casefold() in _SINGULAR and before == "X":
        return False  # "en fantastisk termin", "the alumni day"
    if lexeme.name == "UNIT" and len(lexeme.text) <= _SHORT and lexeme.text not in _FULL_UNITS:
        return before in _NUMERIC
    if lexeme.name == "WEEK":
        return False
    if lexeme.name in ("EVERY", "HALF"):
        return place - 1 in taken or place + 1 in taken
    return True


def _near(line: Line, lexeme: Lexeme, taken: set[int]) -> bool:
    return any(
        max(lexeme.start - other.end, other.start - lexeme.end) <= NEAR
        for other in (line.lexemes[place] for place in taken)
    )
