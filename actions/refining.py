"""What a follow-up asks of a list: another page, an order, a filter more, less or other."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from actions.grounding import Criteria, Grounded, grounded, of_one_kind, scope_name
from actions.request import Request
from actions.words import Named, Text, _
from storage import Session
from storage.folding import fold
from storage.queries.mentors import MentorSearch

_NEXT = re.compile(
    r"^(?:visa |show |se |ge mig )?(?:nagra |lite |de |the )?"
    r"(?:fler|flera|(?:mer|more)(?! (?:om|info|about|detalj|detail))|resten|rest|"
    r"(?:nasta|next)(?! (?:vecka|manad|termin|ar|lasar|week|"
    r"month|term|year|spring|autumn|host|var|\w+dag|\w+day)))\b|\bnext page\b|\bnasta sida\b|"
    r"\b(?:nasta|next)$|\b(?:nasta|next) (?:\d+|tva|tre|fem|tio|two|three|five|ten)\b|"
    r"\b(?:nagra|nagon|any|some) (?:fler|till|more|others)\b|^en till\b"
)
_BEFORE = re.compile(r"\b(?:foregaende|forra sidan|bakat|previous|page back|go back|sidan innan)\b")
_AGAIN = re.compile(
    r"\btillbaka till (?:listan|mentorerna|alla)\b|\bback to the (?:list|mentors)\b|"
    r"\b(?:visa|show) (?:listan|den|the list|it) (?:igen|again)\b|"
    r"\bvilka var det\b|\bwhich were they\b|^tillbaka$|^back$"
)
_SORT = re.compile(
    r"\b(?:sorter\w*|ordna\w*|bokstavsordning|alfabet\w*|sort\w*|order\w*|alphabet\w*|"
    r"kontaktade? forst|contacted first)"
)
_ORDERS = {
    "contact": ("kontakt", "contact", "talat", "senast", "spoken"),
    "city": ("ort", "stad", "city", "town"),
    "fit": ("relevan", "passar", "traff", "relevance", "fit", "best"),
}
_EVERYWHERE = re.compile(
    r"\b(?:hela (?:universitetet|uni|larosatet)|alla (?:enheter|fakulteter|institutioner)|"
    r"(?:the )?whole (?:university|uni)|entire university|all (?:units|faculties|departments)|"
    r"oavsett (?:enhet|fakultet|institution)|any (?:unit|faculty|department))\b"
)
_LESS = (
    r"\b(?:alla|vilken som helst|vilka som helst|oavsett|strunta i|skippa|ta bort|slopa|utan|"
    r"spelar ingen roll|all|any|regardless of|drop|remove|skip|forget|without|no)\b.*?"
)
_FILTERS = {
    "cities": r"(?:stad\w*|ort(?:er\w*|en)?\b|cit(?:y|ies)|town\w*|region\w*|plats(?:er|en)?\b)",
    "fields": r"(?:omrade\w*|amne\w*|field\w*|subject\w*)",
    "employers": r"(?:foretag\w*|arbetsgivar\w*|compan\w*|employer\w*)",
    "programme": r"(?:program\w*|utbildning\w*)",
    "unit": r"(?:enhet\w*|fakultet\w*|institution\w*|unit\b|faculty|department)",
    "language": r"(?:sprak\w*|language\w*)",
}
_ALL_FILTERS = re.compile(r"\b(?:alla filter|rensa|nollstall|all filters|clear|reset|start over)\b")
_ANYWHERE = re.compile(
    r"\b(?:var som helst|anywhere|overallt|everywhere|annanstans|elsewhere|"
    r"hela (?:landet|sverige)|(?:whole|entire) country|all of sweden|"
    r"(?:andra|other) (?:stader|orter|cities|towns))\b"
)
_ADDS = re.compile(
    r"\b(?:aven|ocksa|oxa|plus|samt|also|as well|too)\b|^(?:och|and) (?!pa|at\b).*\btoo$"
)
_OPEN = re.compile(
    r"\b(?:lediga?|(?:har|med) plats|plats kvar|tillgangliga|kan nu|available|have room|with room|"
    r"are free|is free)\b"
)
_SPEAKS = re.compile(
    r"\b(?:pa|in|speak\w*|talar|pratar|kan) (engelsk|svensk|english|swedish)|"
    r"\b(engelsk|svensk|english|swedish)\w*[ -]?(?:talande|sprakig\w*|speaking|speakers?)"
)
_LANGUAGES = {"engelsk": "en", "english": "en", "svensk": "sv", "swedish": "sv"}
_KEYS = {
    "cities": "city", "fields": "field", "employers": "company", "programme": "programme",
    "unit": "unit",
}  # fmt: skip


@dataclass(slots=True)
class Turn:
    """What a follow-up changes: the page (+1, -1, 0 = the same again) or the criteria.

    changes and named: as of `Grounded`; a value of None drops a filter. adds: what is named
    comes on top of what was. without: values of a filter that shall go, with their names.
    """

    page: int | None = None
    changes: Criteria = field(default_factory=dict)
    named: dict[str, Any] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)
    adds: bool = False
    without: dict[str, tuple[list[Any], str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether it asks anything of the list."""
        asks = self.changes or self.without or self.notes
        return self.page is not None or bool(asks)


async def turn_of(request: Request, session: Session) -> Turn:
    """Return what a message asks of the list shown last; an empty turn asks nothing of it."""
    said = fold(request.text)
    page = _page(said)
    if page is not None:
        return Turn(page)
    found = await grounded(request, session)
    turn = Turn(notes=found.unknown, adds=_ADDS.search(said) is not None)
    if _SORT.search(said):
        turn.changes["order"] = _order(said)
    language = spoken_language(request.text)
    if language:
        turn.changes["language"] = language
    if _OPEN.search(said):
        turn.changes["open"] = True
    turn.changes |= dict.fromkeys(_dropped(said))
    if _EVERYWHERE.search(said):
        turn.changes["unit"] = None
        turn.notes = []
        found.criteria.pop("unit", None)
    turn.changes |= found.criteria
    turn.named = kept_names(found)
    for key, entity in _KEYS.items():
        for words in request.denied(entity):
            denied = await of_one_kind(entity, words, session)
            turn.without[key] = (denied.criteria.get(key) or [], words)
    return turn


def applied(criteria: Criteria, turn: Turn) -> Criteria:
    """Return the criteria after a turn, with the names of the filters that hold."""
    after, named = dict(criteria), dict(criteria.get("named", {}))
    for key, value in turn.changes.items():
        before = criteria.get(key)
        if turn.adds and isinstance(value, list) and isinstance(before, list):
            after[key] = [*before, *(v for v in value if v not in before)]
            named[key] = _joined(named.get(key), turn.named.get(key))
        else:
            after[key] = value
            named[key] = turn.named.get(key)
    for key, (values, words) in turn.without.items():
        _left_out(after, named, key, values, words)
    if "unit" in {*turn.changes, *turn.without}:
        after["presumed"] = False
    after["named"] = {key: name for key, name in named.items() if name and after.get(key)}
    return after


def offers_wanted(
    criteria: Criteria, kinds: tuple[str, ...], fields: tuple[int, ...]
) -> MentorSearch:
    """Return the search that a list's criteria mean.

    kinds: as Offer.kind. fields: those of the criteria, with all that they include.
    """
    return MentorSearch(
        kinds=kinds,
        unit_id=criteria.get("unit"),
        fields=fields,
        cities=tuple(criteria.get("cities") or ()),
        employers=tuple(criteria.get("employers") or ()),
        programme_id=criteria.get("programme"),
        language=criteria.get("language"),
        open_only=bool(criteria.get("open")),
        order=criteria.get("order") or "fit",
    )


Count = Callable[[Criteria], Awaitable[int]]


async def widened(
    criteria: Criteria, found: Grounded, count: Count, session: Session
) -> tuple[Criteria, list[Text]]:
    """Drop what was only taken for granted or mentioned in passing, where it empties the result.

    count: how many fit some criteria.
    """
    presumed = criteria.get("presumed") and criteria.get("unit") is not None
    notes: list[Text] = []
    wider = criteria
    for key in (*found.soft, *(("unit",) if presumed else ())):
        if wider.get(key) is None or await count(wider):
            continue
        name = found.named.get(key) or await scope_name(session, wider[key])
        notes.append(_("I found nobody at {name}, so I looked further.", name=name))
        wider = applied(wider, Turn(changes={key: None}))
    if not notes or not await count(wider):
        return criteria, []
    return wider, notes


def unmet(criteria: Criteria, turn: Turn) -> list[Text]:
    """Return notes on what shall go but was never chosen: a list can only be narrowed to."""
    return [
        _("I can't leave out {words}, only choose what to show.", words=words)
        for key, (_values, words) in turn.without.items()
        if not criteria.get(key)
    ]


def spoken_language(text: str) -> str | None:
    """Return the language that somebody shall speak: "på engelska" → "en"."""
    match = _SPEAKS.search(fold(text))
    return _LANGUAGES[match.group(1) or match.group(2)] if match else None


def kept_names(found: Grounded) -> dict[str, Any]:
    """Return names as a list keeps them in JSON: a name in two languages is a pair."""
    return {key: [name.sv, name.en] for key, name in found.named.items()}


def name_from(kept: Any) -> Named | str:
    """Return a name that was kept with a list: one string, or a pair of languages."""
    return Named(*kept) if isinstance(kept, list) else str(kept)


def _page(said: str) -> int | None:
    if _NEXT.search(said):
        return 1
    if _BEFORE.search(said):
        return -1
    return 0 if _AGAIN.search(said) else None


def _order(said: str) -> str:
    for order, words in _ORDERS.items():
        if any(re.search(rf"\b{word}", said) for word in words):
            return order
    return "name"


def _dropped(said: str) -> list[str]:
    """Return the filters that a message takes away, by their kind or by their value."""
    if _ALL_FILTERS.search(said):
        return [*_FILTERS, "open"]
    dropped = [key for key, words in _FILTERS.items() if re.search(_LESS + words, said)]
    if _ANYWHERE.search(said):
        dropped.extend(("cities", "unit"))
    return dropped


def _left_out(
    after: Criteria, named: dict[str, Any], key: str, values: list[Any], words: str
) -> None:
    """Take some values out of a filter; a filter of a single value goes altogether."""
    before = after.get(key)
    left = [v for v in before if v not in values] if isinstance(before, list) else []
    after[key] = left or None
    if left and isinstance(named.get(key), list):
        said = fold(words)
        named[key] = [
            ", ".join(n for n in name.split(", ") if fold(n) != said) for name in named[key]
        ]


def _joined(one: Any, other: Any) -> Any:
    if not one or not other:
        return one or other
    first, second = (n if isinstance(n, list) else [n, n] for n in (one, other))
    return [f"{a}, {b}" for a, b in zip(first, second, strict=True)]
