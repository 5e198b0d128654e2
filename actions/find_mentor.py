"""Find alumni who can be mentors, supervise theses or host study visits."""

import re
from typing import Any

from actions.access import PERSONS
from actions.action import Action
from actions.alumnus_words import languages, lives, studied, works
from actions.grounding import Grounded, grounded, scope_name
from actions.ordinals import pick
from actions.reply import Button, Card, Element, Fact, Reply
from actions.request import Request, row_id
from actions.words import Listed, Named, Text, _, lines, ngettext, plain
from storage import Session
from storage.folding import fold
from storage.queries.drafts import open_drafts, show_list
from storage.queries.mentors import (
    MentorHit,
    MentorPage,
    MentorSearch,
    mentor_hit,
    mentors_matching,
)
from storage.queries.vocabulary import with_narrower
from storage.tables import Alumnus, Draft

action = Action(
    "find_mentor",
    for_=PERSONS,
    title=_("Find a mentor"),
    example=_("Which alumni are mentors in sustainability?"),
)

PAGE = 5
# The words for what an alumnus is wanted for, by the beginning they share.
_KINDS = {
    "supervisor": ("handled", "uppsats", "exjobb", "examensarbet", "supervis", "thesis"),
    "study_visit": ("studiebesok", "foretagsbesok", "study visit", "host", "vard"),
    "mentor": ("mentor",),
}
_LANGUAGES = {"engelsk": "en", "english": "en", "svensk": "sv", "swedish": "sv"}
_MORE = re.compile(r"^(visa )?(fler|mer|flera|more|next|nasta)\b|\bnext page\b|\bnasta sida\b")


@action.asked
async def suggest(request: Request, session: Session) -> Reply:
    """Answer a new question."""
    found = await grounded(request, session)
    criteria = dict(found.criteria)
    criteria["kinds"] = _kinds(request)
    criteria["language"] = _language(request.text)
    criteria["named"] = _kept_names(found)
    if "unit" not in criteria and "programme" not in criteria:
        criteria["unit"] = request.actor.home_id
    return await _page(request, session, criteria, 0, found.unknown)


@action.refined
async def refine(request: Request, session: Session, shown: Draft) -> Reply | None:
    """Answer "only in Malmö", "more", "number 2" against the list shown last."""
    if _MORE.search(fold(request.text)):
        return await _page(request, session, shown.filled, int(shown.filled["offset"]) + PAGE)
    chosen = pick(request.text, shown.filled["items"])
    if chosen is not None:
        return await _one(request, session, chosen)
    found = await grounded(request, session)
    language = _language(request.text)
    if not found.criteria and not language:
        return None
    criteria = {**shown.filled, **found.criteria}
    criteria["language"] = language or criteria.get("language")
    criteria["named"] = {**criteria.get("named", {}), **_kept_names(found)}
    return await _page(request, session, criteria, 0, found.unknown)


@action.pressed("mentor.more")
async def more(request: Request, session: Session) -> Reply:
    """Show the next page of the list shown last."""
    return await _again(request, session, {}, row_id(request.value))


@action.pressed("mentor.everywhere")
async def everywhere(request: Request, session: Session) -> Reply:
    """Widen the list shown last to the whole university."""
    return await _again(request, session, {"unit": None}, 0)


@action.pressed("mentor.without")
async def without(request: Request, session: Session) -> Reply:
    """Drop one filter of the list shown last."""
    return await _again(request, session, {request.value: None}, 0)


async def _one(request: Request, session: Session, offer_id: int) -> Reply:
    hit = await mentor_hit(session, offer_id, request.actor.viewer, request.now)
    if hit is None:
        return Reply(_("I can no longer show that person."))
    return Reply(plain(hit.offer.alumnus.name), (mentor_card(hit),))


async def _again(request: Request, session: Session, changes: dict[str, Any], offset: int) -> Reply:
    live = await open_drafts(session, request.actor.id, request.now)
    shown = next((d for d in live if d.kind == "list" and d.action == action.name), None)
    if shown is None:
        return Reply(_("That list is no longer open. Ask again and I will look afresh."))
    criteria = {**shown.filled, **changes}
    criteria["named"] = {
        key: name for key, name in criteria.get("named", {}).items() if key not in changes
    }
    return await _page(request, session, criteria, offset)


async def _page(
    request: Request,
    session: Session,
    criteria: dict[str, Any],
    offset: int,
    notes: list[Text] | None = None,
) -> Reply:
    search = await _search(session, criteria)
    page = await mentors_matching(
        session, search, request.actor.viewer, request.now, offset=offset, limit=PAGE
    )
    await show_list(
        session,
        request.actor.id,
        action.name,
        {**criteria, "offset": offset, "items": [hit.offer.id for hit in page.hits]},
        request.now,
    )
    scope = await scope_name(session, search.unit_id)
    head = lines(*(notes or []), _headline(criteria, page, offset), _reach(criteria, scope))
    cards = tuple(mentor_card(hit) for hit in page.hits)
    return Reply(head, (*cards, *_onward(criteria, page, offset)))


async def _search(session: Session, criteria: dict[str, Any]) -> MentorSearch:
    fields = criteria.get("fields") or []
    return MentorSearch(
        kinds=tuple(criteria["kinds"]),
        unit_id=criteria.get("unit"),
        fields=tuple(await with_narrower(session, fields)) if fields else (),
        cities=tuple(criteria.get("cities") or ()),
        employers=tuple(criteria.get("employers") or ()),
        programme_id=criteria.get("programme"),
        language=criteria.get("language"),
    )


def _headline(criteria: dict[str, Any], page: MentorPage, offset: int) -> Text:
    if not page.total:
        return _nothing(criteria)
    if not page.hits:
        return _("There are no more. I have shown all {n}.", n=page.total)
    if page.total <= PAGE:
        return _found(criteria, page.total)
    last = offset + len(page.hits)
    return lines(
        _found(criteria, page.total),
        _("Showing {first}–{last}.", first=offset + 1, last=last),
        by=" ",
    )


def _found(criteria: dict[str, Any], n: int) -> Text:
    kind = criteria["kinds"][0]
    if kind == "supervisor":
        return ngettext("I found 1 thesis supervisor.", "I found {n} thesis supervisors.", n)
    if kind == "study_visit":
        return ngettext("I found 1 study visit host.", "I found {n} study visit hosts.", n)
    return ngettext("I found 1 mentor.", "I found {n} mentors.", n)


def _nothing(criteria: dict[str, Any]) -> Text:
    kind = criteria["kinds"][0]
    if kind == "supervisor":
        return _("I found no thesis supervisor for that.")
    if kind == "study_visit":
        return _("I found no study visit host for that.")
    return _("I found no mentor for that.")


def _reach(criteria: dict[str, Any], scope: Text) -> Text:
    names = criteria.get("named", {})
    shown = [
        name_from(names[key])
        for key in ("fields", "cities", "employers", "programme")
        if key in names and criteria.get(key)
    ]
    language = {"en": _("in English"), "sv": _("in Swedish")}.get(criteria.get("language") or "")
    parts = [scope, *(plain(name) for name in shown), *([language] if language else [])]
    return lines(*parts, by=" · ")


def _onward(criteria: dict[str, Any], page: MentorPage, offset: int) -> tuple[Element, ...]:
    buttons: list[Element] = []
    rest = page.total - offset - len(page.hits)
    if rest > 0 and page.hits:
        label = ngettext("Show 1 more", "Show {n} more", min(rest, PAGE))
        buttons.append(Button(label, "mentor.more", str(offset + PAGE)))
    if criteria.get("unit") is not None:
        buttons.append(Button(_("Show the whole university"), "mentor.everywhere"))
    if not page.total:
        buttons.extend(
            Button(_("Without {filter}", filter=name_from(name)), "mentor.without", key)
            for key, name in criteria.get("named", {}).items()
            if criteria.get(key) and key != "unit"
        )
    return tuple(buttons)


def mentor_card(hit: MentorHit) -> Card:
    """Return the card of one offer; it names no contact details, to anybody."""
    person = hit.offer.alumnus
    facts = [
        Fact(
            _("Fields"), plain(Listed(tuple(Named(f.name_sv, f.name_en) for f in hit.offer.fields)))
        ),
        works(person),
        lives(person),
        studied(person),
        languages(hit.offer.languages),
        Fact(_("Capacity"), _capacity(hit)),
        _last_contact(person),
    ]
    if not hit.consent:
        facts.append(
            Fact(
                _("Consent"),
                _("Missing: only the unit's coordinator and the central unit see this"),
            )
        )
    ask = Button(_("Ask for contact"), "contact.ask", f"{person.id}:{hit.offer.kind}", "primary")
    return Card(
        title=plain(person.name),
        subtitle=plain(Named(hit.offer.pitch_sv, hit.offer.pitch_en)),
        facts=tuple(fact for fact in facts if fact),
        buttons=() if hit.availability == "closed" else (ask,),
    )


def _capacity(hit: MentorHit) -> Text:
    person = hit.offer.alumnus
    if person.paused_until is not None and hit.availability == "closed":
        return _("Paused until {day}", day=person.paused_until)
    return {
        "open": _("Open"),
        "limited": _("Limited: partly taken already"),
        "closed": _("Full for now"),
    }[hit.availability]


def _last_contact(person: Alumnus) -> Fact | None:
    return Fact(_("Last contact"), plain(person.last_contact)) if person.last_contact else None


def _kinds(request: Request) -> list[str]:
    words = fold(" ".join(request.said("role")) or request.text)
    for kind, beginnings in _KINDS.items():
        if any(f" {beginning}" in f" {words}" for beginning in beginnings):
            return [kind]
    return ["mentor"]


def _language(text: str) -> str | None:
    match = re.search(
        r"\b(?:pa|in|speak\w*|talar|pratar) (engelsk|svensk|english|swedish)", fold(text)
    )
    return _LANGUAGES[match.group(1)] if match else None


def _kept_names(found: Grounded) -> dict[str, Any]:
    # The list is kept as JSON, where a name in two languages is a pair.
    return {
        key: [name.sv, name.en] if isinstance(name, Named) else name
        for key, name in found.named.items()
    }


def name_from(kept: Any) -> Named | str:
    """Return a name that was kept with a list: one string, or a pair of languages."""
    return Named(*kept) if isinstance(kept, list) else str(kept)
