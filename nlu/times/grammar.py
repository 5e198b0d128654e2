"""The line of symbols cut into pieces, and neighbouring pieces gathered into phrases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlu.times import clocks, dates, periods, repeats, shifts
from nlu.times.lexemes import Line
from nlu.times.pieces import Anchor, Day, Duration, Every, Found, Link, Piece

_PRODUCTIONS = (
    *dates.PRODUCTIONS, *periods.PRODUCTIONS, *clocks.PRODUCTIONS, *shifts.PRODUCTIONS,
    *repeats.PRODUCTIONS,
)  # fmt: skip
_LINKS = {
    "DASH": "range", "TO": "to", "UNTIL": "until", "AND": "and", "OR": "or", "COMMA": "comma",
    "FROM": "from", "SINCE": "since", "BETWEEN": "between", "BY": "by",
    "BEFORE": "before", "AFTER": "after",
}  # fmt: skip
_FILLERS = frozenset(
    ("ON", "THE", "AT", "KL", "I", "IN", "OF", "UNDER", "FOR", "WHOLE", "A", "MY", "DET", "OM")
)
_DEAD = frozenset(("X", "NO", "STOP"))
# These stand before what they belong to; a phrase does not end with them.
_LEADING = frozenset(("from", "since", "between", "by", "before", "after", "until", "to"))
_MODALS = ("may", "march", "mar", "ht", "vt")
_BEFORE_NAMES = frozenset(("X", "NO", "TO", "FOR", "FROM", "AND", "COMMA", "MY"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Neighbouring pieces, with the links between and before them."""

    pieces: tuple[Piece, ...]

    @property
    def start(self) -> int:
        """The first lexeme."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """The lexeme after the last."""
        return self.pieces[-1].end

    def has(self, *kinds: type) -> bool:
        """Tell whether one of the pieces is of one of these kinds."""
        return any(isinstance(piece.found.what, kinds) for piece in self.pieces)


def phrases(line: Line) -> list[Phrase]:
    """Return the phrases of time of a line, from left to right."""
    runs = list(_runs(line, list(_pieces(line))))
    found = [
        Phrase(pieces)
        for run in runs
        if (pieces := _meant(run)) and any(not isinstance(p.found.what, Link) for p in pieces)
    ]
    if not found and (month := _bare_month(line, runs)):
        return [month]
    if not found and len(runs) == 1 and len(runs[0]) == 1 and _alone(line, runs[0][0]):
        return [Phrase(tuple(runs[0]))]
    return found


def _bare_month(line: Line, runs: Sequence[Sequence[Piece]]) -> Phrase | None:
    """Return a month or term named without a preposition: "helst november"."""
    for piece in (piece for run in runs for piece in run):
        what, lexeme = piece.found.what, line.lexemes[piece.start]
        about = piece.start and line.lexemes[piece.start - 1].name == "OM"
        named = about or lexeme.named_like_a_person or lexeme.text in _MODALS
        if isinstance(what, Day) and what.said() in ({"month"}, {"term"}) and not named:
            return Phrase((piece,))
    return None


def _alone(line: Line, piece: Piece) -> bool:
    """Tell whether a weak piece is all that a message says: "februari", "14.00"."""
    around = (*line.lexemes[: piece.start], *line.lexemes[piece.end :])
    ordinal = line.lexemes[piece.end - 1].name == "OW"  # "den tredje" is the third of a list
    said = not isinstance(piece.found.what, Link | Anchor | Duration) and not ordinal
    counted = isinstance(piece.found.what, Every) and piece.found.what.unit is None
    return said and not counted and all(lexeme.name in _FILLERS | {"STOP"} for lexeme in around)


def _pieces(line: Line) -> Iterator[Piece]:
    place = 0
    while place < len(line.lexemes):
        piece = None
        if line.lexemes[place].name not in _DEAD:
            piece = _longest(line, place) or _link(line, place)
        if piece:
            yield piece
        place = piece.end if piece else place + 1


def _longest(line: Line, place: int) -> Piece | None:
    best: Piece | None = None
    for pattern, build in _PRODUCTIONS:
        match = pattern.match(line.symbols, line.offsets[place])
        if match is None or (best and line.index(match.end()) <= best.end):
            continue
        found = build(match)
        if found and not _a_name(line, place, found):
            best = Piece(place, line.index(match.end()), found)
    return best


def _a_name(line: Line, place: int, found: Found) -> bool:
    """Tell whether Maj, April or Lucia is a person here: "mejla Maj", "till April"."""
    alone = isinstance(found.what, Day) and found.what.said() <= {"month", "holiday"}
    before = line.lexemes[place - 1].name if place else ""
    return alone and before in _BEFORE_NAMES and line.lexemes[place].named_like_a_person


def _link(line: Line, place: int) -> Piece | None:
    name = _LINKS.get(line.lexemes[place].name)
    return Piece(place, place + 1, Found(Link(name))) if name else None


def _runs(line: Line, pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces between which stand only small words."""
    run: list[Piece] = []
    for piece in pieces:
        between = line.lexemes[run[-1].end : piece.start] if run else ()
        if any(lexeme.name not in _FILLERS for lexeme in between):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _meant(run: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return a run without weak pieces that nothing supports, and without loose links."""
    kept = list(run)
    while True:
        said = _supported(kept)
        while said and isinstance(link := said[0].found.what, Link) and not _leads(link):
            said.pop(0)
        while said and isinstance(said[-1].found.what, Link):
            said.pop()
        if len(said) == len(kept):
            return tuple(said)
        kept = said


def _leads(link: Link) -> bool:
    return link.name in _LEADING


def _supported(run: Sequence[Piece]) -> list[Piece]:
    """Return the pieces without the weak ones that no strong one reaches through neighbours."""
    said = [piece for piece in run if not isinstance(piece.found.what, Link)]
    held = {piece.start for piece in said if not piece.found.weak}
    weekday = any(isinstance(d := p.found.what, Day) and d.weekday is not None for p in said)
    if weekday and len(said) > 1:  # "mån kväll"
        held = {piece.start for piece in said}
    for row in (said, said[::-1]):
        for before, piece in pairwise(row):
            if before.start in held:
                held.add(piece.start)
    return [piece for piece in run if isinstance(piece.found.what, Link) or piece.start in held]
