"""From a message to its time: normalise, read, put together, resolve, check what was left."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal

from nlu.language import language_of
from nlu.times.combined import once
from nlu.times.context import Context
from nlu.times.grammar import Phrase, phrases
from nlu.times.lexemes import Line, read
from nlu.times.lexicon import Lang, language_of_times
from nlu.times.normal import normalised
from nlu.times.pieces import Anchor, Clock, Day, Days, Every, Hours, Offset, Part
from nlu.times.reading import Reading, put_together
from nlu.times.recurring import recurring
from nlu.times.residue import left_over
from nlu.times.terms import EXAMPLE, TermCalendar
from nlu.times.when import Moment, When
from nlu.times.zones import local, zone

_TRIMMED = frozenset(("UNDER", "FOR", "TO", "COMMA", "DASH", "AND", "OR", "OF", "WHOLE"))
_CERTAIN = ("instant", "date", "range", "recurring")
_BACKGROUND = ("past", "none", "invalid")


def find(
    text: str,
    ref: datetime,
    *,
    tz: str = "Europe/Stockholm",
    lang: Literal["sv", "en"] | None = None,
    calendar: TermCalendar = EXAMPLE,
) -> When:
    """Return what a message says of time; kind "none" where it says nothing.

    Only the first 1,000 code points are read. ref is the moment of asking (a naive one is taken
    as UTC); all answers are wall times of the zone tz. lang None: guessed. calendar: the terms
    and study periods of the university. Never raises, whatever the text.
    """
    clean, places = normalised(text)
    language = lang or language_of(clean) or language_of_times(clean)
    line = read(clean, language)
    found = phrases(line)
    if not found:
        return When("none", lang=language)
    aware = ref if ref.tzinfo else ref.replace(tzinfo=UTC)
    fold = aware.astimezone(zone(tz)).fold
    ctx = Context(local(aware, tz), tz, language, calendar, fold)
    answer, claimed = _understood(line, found, ctx)
    return _placed(answer, claimed, line, places, language)


def _placed(
    answer: When, claimed: Sequence[Phrase], line: Line, places: Sequence[int], lang: Lang
) -> When:
    spans = []
    for phrase in claimed:
        start, end = phrase.start, phrase.end
        while start < end - 1 and line.lexemes[start].name in _TRIMMED:
            start += 1
        spans.append((places[line.lexemes[start].start], places[line.lexemes[end - 1].end]))
    whole = (spans[0][0], spans[-1][1])
    return replace(answer, lang=lang, span=whole, spans=tuple(spans))


def _understood(line: Line, found: Sequence[Phrase], ctx: Context) -> tuple[When, Sequence[Phrase]]:
    chosen = _chosen(found, ctx)
    pieces = [piece for phrase in chosen for piece in phrase.pieces]
    reading = put_together(pieces)
    moved = any(lexeme.name == "CHANGE" for lexeme in line.lexemes)
    if moved and reading.joint == "range" and "from" in reading.flags:
        reading = replace(reading, moments=reading.moments[1:], joint="one", flags=frozenset())
    answer = _answer(reading, ctx)
    missed = left_over(line, [(phrase.start, phrase.end) for phrase in chosen])
    others = [_answer(put_together(p.pieces), ctx) for p in found if p not in chosen]
    rivals = [other for other in others if other.kind in _CERTAIN]
    corrected = rivals and any(lexeme.name in ("NOT", "INSTEAD") for lexeme in line.lexemes)
    unsure = reading.leftover or missed or corrected or _apart(chosen, line)
    if answer.kind in _CERTAIN and unsure:
        answer = _doubted((answer, *rivals), "; ".join(lexeme.text for lexeme in missed))
    return answer, chosen


def _answer(reading: Reading, ctx: Context) -> When:
    try:
        if reading.every:
            return recurring(reading, reading.every, ctx)
        return once(reading, ctx)
    except (OverflowError, ValueError):  # year 9999 and later, year 0
        return When("ambiguous", reason="beyond the calendar")


def _doubted(answers: Sequence[When], missed: str) -> When:
    """Return the question which of the answers is meant, when something was left over."""
    offered = [
        moment
        for answer in answers
        for moment in (*answer.values, answer.first or answer.start)
        if moment and isinstance(moment, datetime) is answers[0].has_time
    ]
    return When(
        "ambiguous", candidates=tuple(dict.fromkeys(offered)), has_time=answers[0].has_time,
        reason=f"not understood: {missed}" if missed else "several times",
    )  # fmt: skip


def _chosen(found: Sequence[Phrase], ctx: Context) -> list[Phrase]:
    """Return the main phrase and those that complete it, in the order of the text."""
    main = max(found, key=lambda phrase: _weight(phrase, ctx))
    chosen = [main]
    for phrase in sorted(found, key=lambda other: abs(other.start - main.start)):
        if phrase is not main and _completes(phrase, chosen):
            chosen.append(phrase)
    return sorted(chosen, key=lambda phrase: phrase.start)


def _weight(phrase: Phrase, ctx: Context) -> tuple[int, int]:
    """Rank a phrase: what lies ahead before what has been, the fuller the better."""
    if not phrase.has(Clock, Day, Days, Every, Hours, Offset, Part):
        return 0, 0
    answer = _answer(put_together(phrase.pieces), ctx)
    facets = sum(phrase.has(*kinds) for kinds in _FACETS[:3])
    vague = all(isinstance(p.found.what, Day) and p.found.what.vague for p in phrase.pieces)
    ended = answer.kind == "range" and answer.end is not None and _day(answer.end) < ctx.today
    return (1 if answer.kind in _BACKGROUND or vague or ended else 2), facets


_FACETS = ((Day, Days), (Clock, Hours), (Every,), (Offset,))


def _completes(phrase: Phrase, chosen: Sequence[Phrase]) -> bool:
    """Tell whether a phrase says only what the others do not: a day, a time, how often."""
    if any(other.has(Offset, Anchor) for other in chosen):
        return False
    if phrase.has(Offset):  # "deadline är 1 feb, påminn mig en vecka innan"
        after = all(other.end <= phrase.start for other in chosen)
        return after and len(phrase.pieces) == 1 and not phrase.pieces[0].found.also
    if phrase.has(Anchor):
        return False
    every = phrase.has(Every) or any(other.has(Every) for other in chosen)
    for kinds in _FACETS[:3]:
        if phrase.has(*kinds) and any(other.has(*kinds) for other in chosen):
            return False
    timed = any(other.has(Clock, Hours) for other in chosen)
    return phrase.has(Day, Days, Clock, Hours, Every) and (every or timed or _timed(phrase))


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _timed(phrase: Phrase) -> bool:
    return phrase.has(Clock, Hours)


def _apart(chosen: Sequence[Phrase], line: Line) -> bool:
    """Whether a time of day may belong to another thing than the day that stands apart from it.

    "Ring Anna på torsdag, påminn mig kl 14" is one moment; a time before the day, or in another
    sentence, may not be.
    """
    if len(chosen) < 2 or any(phrase.has(Every, Offset) for phrase in chosen):  # noqa: PLR2004
        return False
    between = line.lexemes[chosen[0].end : chosen[-1].start]
    first_is_clock = _timed(chosen[0]) and not chosen[0].has(Day, Days)
    return first_is_clock or any(lexeme.name == "STOP" for lexeme in between)
