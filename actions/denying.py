"""What is said not to be meant: a cue word before a name decides, in both languages."""

import re
from collections.abc import Sequence
from enum import StrEnum

from actions.ordinals import number_in
from nlu.result import Entity

DENIABLE = frozenset({"person", "city", "field", "company", "unit", "programme", "course"})


class Denial(StrEnum):
    """How a name is denied.

    NOT: "inte", "utom", "except". AWAY: "ta bort", "skippa", "drop", which also undoes a choice.
    NOT_ONLY: "inte bara": the others too.
    """

    NOT = "not"
    AWAY = "away"
    NOT_ONLY = "not_only"


_PLAIN = r"inte|ej|icke|not|never"
_NONE = r"ingen|inga|nobody|no one|none"
_EXCEPT = (
    r"utan|utom|förutom|undantaget|exklusive|utanför|minus|exkludera|undanta|uteslut|bortse från|"
    r"hoppa över|välj bort|annat än|annan än|andra än|without|except(?: for)?|excluding|exclude|"
    r"outside|other than|apart from|aside from|leave out|"
    r"(?:anyone|anybody|everyone|everybody|all|anywhere|everywhere) but|"
    r"do(?:n['’]?t| not) (?:show|include|want)"
)
_TAKE = (
    r"ta bort|plocka bort|skippa|stryk|slopa|släng|remove|drop|skip|take (?:away|out)|get rid of"
)
# What may stand between the cue and the name. "Utan erfarenhet i Göteborg" leaves no Göteborg out.
_SMALL = (
    r"(?:i|på|från|hos|vid|inom|om|av|med|den|det|de|dem|dom|som|är|jobbar|arbetar|bor|kommer|"
    r"läste|läst|studerat|någon|några|nån|alla|allt|alumner\w*|mentorer\w*|föreläsare|"
    r"gästföreläsare|handledare|folk|personer|hon|han|ha|visa|kursen|programmet|företaget|"
    r"in|at|from|on|within|about|of|with|the|those|that|who|are|is|works?|working|lives?|living|"
    r"based|any|anyone|anybody|people|ones?|mentors|alumni|lecturers|speakers|she|he|course)"
)
_BETWEEN = rf"(?:\s+{_SMALL}){{0,5}}\s+$"
_CUE = re.compile(
    rf"\b(?:(?P<only>(?:{_PLAIN})\s+(?:bara|enbart|endast|only|just))|(?P<plain>{_PLAIN}|{_NONE})|"
    rf"(?P<other>{_EXCEPT})|(?P<away>{_TAKE})){_BETWEEN}",
    re.IGNORECASE,
)
# "Inte Malmö utan Göteborg": here the second word says "but".
_BUT = re.compile(rf"\b(?:inte|ej)\b.*\butan{_BETWEEN}", re.IGNORECASE | re.DOTALL)
# "Finns det inte någon i Göteborg?" asks for her.
_ASKS = re.compile(
    rf"\b(?:finns|fanns|är|har|kan|kunde|skulle|hittar|hittade|känner|is|are|do|did)\s+"
    rf"(?:det|där|du|ni|vi|man|there|you|we)\s+(?:verkligen\s+)?"
    rf"(?:inte|ingen|inga|not|no one|nobody|none){_BETWEEN}",
    re.IGNORECASE,
)
# "Mentorer utan erfarenhet av AI"; of students it tells what they shall meet.
_UNVERSED = re.compile(
    r"\b(?:mentor|alumn|föreläs|gästföreläs|handled|lectur|speaker|supervis)\w*\s+(?:utan|without)\s+"
    r"(?:\w+\s+)?(?:erfarenhet|kunskap|bakgrund|experience|knowledge|background)\w*\s+"
    r"(?:av|inom|i|om|från|of|in|with|from|about)\s+$",
    re.IGNORECASE,
)
_AND = re.compile(rf"^\s*(?:,|och|eller|samt|and|or|nor|&)(?:\s+{_SMALL})*\s+$", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;.!?]")
_UNNAMED = re.compile(
    rf"\b(?:{_EXCEPT}|{_TAKE})(?:\s+{_SMALL})*\s+(?P<words>\S+(?:\s+\S+){{0,2}})[\s.!]*$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    rf"^\s*(?:{_PLAIN}|{_EXCEPT}|{_TAKE})(?:\s+[^\s,;]+){{1,4}}[\s.!]*$", re.IGNORECASE
)
_AGAIN = re.compile(
    r"^\s*(?:(?:visa|show)\b.*\b(?:igen|again)[\s.!]*$|ta med\b|ta tillbaka\b|inkludera\b|"
    r"include\b|bring back\b)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:första|sista|first|last)\s+(?:två|tre|fyra|two|three|four|\d)", re.IGNORECASE
)
_HER = re.compile(
    rf"\b(?:{_PLAIN}|{_EXCEPT}|{_TAKE})\s+(?:hon|henne|han|honom|hen|she|her|he|him)"
    r"(?:\s+(?:där|här|igen|again|then|då))?[\s.!?]*$",
    re.IGNORECASE,
)
_PRONOUNS = frozenset(
    """den det dem dom dessa listan hon henne han honom
    it that them this these she her he him""".split()
)


def denials(text: str, entities: Sequence[Entity]) -> dict[Entity, Denial]:
    """Return which of the names in a text are said not to be meant, and how."""
    found: dict[Entity, Denial] = {}
    before: Entity | None = None
    for entity in sorted(entities, key=lambda e: e.start):
        if entity.entity not in DENIABLE:
            continue
        how = _denied(text, entity.start)
        if how is None and before in found and _goes_on(text, before, entity):
            how = found[before]
        if how is not None:
            found[entity] = how
        before = entity
    return found


def unnamed(text: str, entities: Sequence[Entity]) -> str | None:
    """Return what a message leaves out at its end where no name was recognised."""
    found = _UNNAMED.search(text)
    if found is None or found.group("words").casefold().rstrip(".!?") in _PRONOUNS:
        return None
    start, end = found.span("words")
    taken = any(e.start < end and start < e.end for e in entities)
    return None if taken else found.group("words").rstrip(".!?")


def begins_by_denying(text: str, entities: Sequence[Entity]) -> bool:
    """Whether a message is an order to leave names out: "ta bort Anna", "inte AI"."""
    first = min(denials(text, entities), key=lambda e: e.start, default=None)
    cue = _CUE.search(text[: first.start]) if first is not None else None
    return cue is not None and len(text[: cue.start()].split()) <= 1


def names_again(text: str, entities: Sequence[Entity]) -> bool:
    """Whether a message takes names back into a list: "visa Anna igen", "include Malmö"."""
    named = any(entity.entity in DENIABLE for entity in entities)
    return named and _AGAIN.match(text) is not None


def denies_a_place(text: str) -> bool:
    """Whether a message leaves out what stands at a place: "ta bort den andra"."""
    several = _SEVERAL.search(text) is not None
    return not several and _PLACE.match(text) is not None and number_in(text) is not None


def denies_her(text: str) -> bool:
    """Whether a message leaves out the one who was spoken of: "inte hon", "anyone but her"."""
    return _HER.search(text) is not None


def _denied(text: str, start: int) -> Denial | None:
    before = text[:start]
    clause = _CLAUSE.split(before)[-1]
    cue = _CUE.search(clause)
    if cue is None:
        return Denial.NOT if _UNVERSED.search(clause) else None
    if _BUT.search(before) or _ASKS.search(clause):
        return None
    if cue.lastgroup == "only":
        return Denial.NOT_ONLY
    return Denial.AWAY if cue.lastgroup == "away" else Denial.NOT


def _goes_on(text: str, before: Entity | None, entity: Entity) -> bool:
    """Whether a name stands in one row with the one before: "utom Göteborg och Malmö"."""
    if before is None or before.entity != entity.entity:
        return False
    between = text[before.end : entity.start]
    # "Inte Göteborg, Malmö" corrects; "utom Göteborg, Malmö" goes on.
    clause = _CLAUSE.split(text[: before.start])[-1]
    cue = _CUE.search(clause)
    if between.lstrip().startswith(",") and (cue is None or cue.lastgroup == "plain"):
        return cue is None and _AND.match(between) is not None
    return _AND.match(between) is not None
