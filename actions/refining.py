"""What a follow-up asks of a list: another page, an order, a filter more, less or other."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from actions.denying import unnamed
from actions.grounding import Criteria, Grounded, grounded, scope_name
from actions.leaving_out import (
    PEOPLE,
    leavings,
    people_back,
    reach,
    search_leaves_out,
    unknown,
)
from actions.request import Request
from actions.turns import Turn, applied, narrowed_less
from actions.words import Named, Text, _
from nlu.understanding import without as blanked
from storage import Session
from storage.folding import fold
from storage.queries.mentors import MentorSearch

_NEXT = re.compile(
    r"^(?:visa |show |se |ge mig )?(?:nagra |lite |de |the )?"
    r"(?:fler|flera|(?:mer|more)(?! (?:om|info|about|detalj|detail))|resten|rest|"
    r"(?:nasta|next)(?! (?:vecka|manad|termin|ar|lasar|week|"
    r"month|term|year|spring|autumn|host|var|\w+dag|\w+day)))\b|\bnext page\b|\bnasta sida\b|"
    r"\b(?:nasta|next)$|\b(?:nasta|next) (?:\d+|tva|tre|fem|tio|two|three|five|ten)\b|"
    r"\b(?:nagra|nagon|any|some) (?:fler|till|more|others)\b|^en till\b|"
    r"\b(?:inga|ingen|nagra|nagon|nan|no|anyone|anybody|nobody) (?:andra|annan|others?|else)\W*$"
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
    r"spelar ingen roll|all|any|regardless of|drop|remove|skip|forget|without|no)\b.*?\b"
)
_FILTERS = {
    "cities": (
        r"(?:(?:hem)?stad\w*|(?:hem|bostads)?ort(?:er\w*|en)?\b|cit(?:y|ies)|town\w*|region\w*|"
        r"plats(?:er|en)?\b)"
    ),
    "fields": r"(?:(?:amnes)?omrade\w*|amne\w*|field\w*|subject\w*)",
    "employers": r"(?:foretag\w*|arbetsgivar\w*|compan\w*|employer\w*)",
    "programme": r"(?:(?:utbildnings)?program\w*|utbildning\w*)",
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
_NOT = re.compile(r"\b(?:inte|ej|not|utan|without)(?: (?:de|den|som|those|who))*\s*$")
_LANGUAGES = {"engelsk": "en", "english": "en", "svensk": "sv", "swedish": "sv"}
_INCLUDES = re.compile(r"\b(?:ta med|inkludera|include)\b")
_ONCE_MORE = re.compile(r"\b(?:igen|ater|again|ta tillbaka|bring back)\b")


async def turn_of(request: Request, session: Session, shown: Criteria) -> Turn:
    """Return what a message asks of the list shown last; an empty turn asks nothing of it."""
    said, unheard = fold(request.text), unnamed(request.text, request.marked)
    left_out, strangers = await leavings(request, session, shown)
    page = _page(said)
    if page is not None and not left_out:
        return Turn(page, notes=strangers or ([unknown(unheard)] if unheard else []))
    found = await grounded(request, session)
    turn = Turn(notes=found.unknown, adds=bool(_ADDS.search(said) or _INCLUDES.search(said)))
    turn.back = turn.adds or _ONCE_MORE.search(said) is not None
    _settings(said, request, turn)
    if _EVERYWHERE.search(said):
        turn.notes = []
        found.criteria.pop("unit", None)
    turn.changes |= found.criteria
    turn.named = kept_names(found)
    turn.reach = await reach(found.criteria, session)
    turn.reach |= await people_back(request, session, shown)
    turn.left_out = left_out
    turn.notes.extend(strangers)
    if unheard and not turn:
        turn.notes.append(unknown(unheard))
    return turn


def _settings(said: str, request: Request, turn: Turn) -> None:
    """Note the order, the language and the filters that go, as far as they are said."""
    if _SORT.search(said):
        turn.changes["order"] = _order(said)
    language = spoken_language(request.text)
    if language:
        turn.changes["language"] = language
    if _OPEN.search(said):
        turn.changes["open"] = True
    # "Utan ekonomprogrammet" lets no filter of programmes go.
    names = [entity for entity, _how in request.denials]
    turn.freed = frozenset(_dropped(fold(blanked(request.text, names))))
    if _EVERYWHERE.search(said):
        turn.freed |= {"unit"}
    turn.changes |= dict.fromkeys(turn.freed)


async def first_left_out(
    request: Request, session: Session, criteria: Criteria
) -> tuple[Criteria, list[Text]]:
    """Return the criteria of a new question with what it leaves out, and notes on unknown names."""
    found, notes = await leavings(request, session, {})
    unheard = unnamed(request.text, request.marked)
    if unheard and unheard[0].isupper():
        notes.append(unknown(unheard))
    return applied(criteria, Turn(left_out=found)) if found else criteria, notes


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
        left_out=search_leaves_out(criteria),
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
        wider = narrowed_less(wider, key)
    if not notes or not await count(wider):
        return criteria, []
    return wider, notes


def spoken_language(text: str) -> str | None:
    """Return the language that somebody shall speak: "på engelska" → "en"."""
    said = fold(text)
    match = _SPEAKS.search(said)
    if match and _NOT.search(said[: match.start()]):
        return None
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
        return [*_FILTERS, "open", PEOPLE]
    dropped = [key for key, words in _FILTERS.items() if re.search(_LESS + words, said)]
    if _ANYWHERE.search(said):
        dropped.extend(("cities", "unit"))
    return dropped
