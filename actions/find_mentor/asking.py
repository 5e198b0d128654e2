"""A question for mentors and everything that is said of the list it gave."""

from typing import Any

from actions.access import PERSONS
from actions.action import Action
from actions.find_mentor.telling import PAGE, mentor_card, told
from actions.grounding import Criteria, Grounded, grounded, scope_name
from actions.leaving_out import told_left_out
from actions.ordinals import pick
from actions.refining import (
    first_left_out,
    kept_names,
    offers_wanted,
    spoken_language,
    turn_of,
    widened,
)
from actions.reply import Reply
from actions.request import Request, row_id
from actions.turns import applied, narrowed_less
from actions.words import Text, _
from storage import Session
from storage.folding import fold
from storage.queries.drafts import list_shown, show_list
from storage.queries.mentors import (
    MentorPage,
    mentor_hit,
    mentors_matching,
    offers_called,
)
from storage.queries.vocabulary import with_narrower
from storage.tables import Draft

action = Action(
    "find_mentor",
    for_=PERSONS,
    title=_("Find a mentor"),
    example=_("Which alumni are mentors in sustainability?"),
)

# The words for what an alumnus is wanted for, by the beginning they share.
_KINDS = {
    "supervisor": ("handled", "uppsats", "exjobb", "examensarbet", "supervis", "thesis"),
    "study_visit": ("studiebesok", "foretagsbesok", "study visit", "host", "vard"),
    "mentor": ("mentor",),
}


@action.asked
async def suggest(request: Request, session: Session) -> Reply:
    """Answer a new question."""
    found = await grounded(request, session)
    criteria = dict(found.criteria)
    criteria["kinds"] = [_kind(request) or "mentor"]
    criteria["language"] = spoken_language(request.text)
    criteria["named"] = kept_names(found)
    if "unit" not in criteria and "programme" not in criteria:
        criteria |= {"unit": request.actor.home_id, "presumed": True}
    criteria, unknown = await first_left_out(request, session, criteria)
    return await _fitting(request, session, criteria, found, [*found.unknown, *unknown])


@action.refined
async def refine(request: Request, session: Session, shown: Draft) -> Reply | None:
    """Answer "only in Malmö", "more", "number 2", "sort by name" about the list shown."""
    turn = await turn_of(request, session, shown.filled)
    kind = _kind(request)
    if kind is not None and [kind] != shown.filled["kinds"]:
        turn.changes["kinds"] = [kind]
    if turn.page is not None:
        offset = int(shown.filled["offset"]) + turn.page * PAGE
        return await _page(request, session, shown.filled, max(0, offset), turn.notes)
    meant = [] if turn.asks_more else await _meant(request, session, shown)
    if len(meant) == 1:
        return await _one(request, session, shown, meant[0])
    if meant and request.said("person"):
        return await _those(request, session, shown, meant)
    if not turn:
        return None
    criteria = applied(shown.filled, turn)
    return await _fitting(request, session, criteria, Grounded(), turn.notes)


@action.pressed("mentor.more")
async def more(request: Request, session: Session) -> Reply:
    """Show the next page of the list shown last."""
    shown = await _shown(request, session)
    if shown is None:
        return Reply(_GONE)
    return await _page(request, session, shown.filled, row_id(request.value))


@action.pressed("mentor.everywhere")
async def everywhere(request: Request, session: Session) -> Reply:
    """Widen the list shown last to the whole university."""
    return await _without("unit", request, session)


@action.pressed("mentor.without")
async def without(request: Request, session: Session) -> Reply:
    """Drop one filter of the list shown last."""
    return await _without(request.value, request, session)


_GONE = _("That list is no longer open. Ask again and I will look afresh.")


async def _without(key: str, request: Request, session: Session) -> Reply:
    shown = await _shown(request, session)
    if shown is None:
        return Reply(_GONE)
    return await _fitting(request, session, narrowed_less(shown.filled, key), Grounded(), [])


async def _shown(request: Request, session: Session) -> Draft | None:
    return await list_shown(session, request.actor.id, {action.name}, request.now)


async def _meant(request: Request, session: Session, shown: Draft) -> list[int]:
    """Return the offers that a message points at, by place or by name."""
    chosen = pick(request.text, shown.filled["items"])
    if chosen is not None:
        return [chosen]
    names = request.said("person") or [request.text]
    return await offers_called(session, shown.filled["items"], names[0])


async def _those(request: Request, session: Session, shown: Draft, offers: list[int]) -> Reply:
    """Show those of the list that share a name."""
    hits = [
        hit
        for offer_id in offers
        if (hit := await mentor_hit(session, offer_id, request.actor.viewer, request.now))
    ]
    filled = {**shown.filled, "items": [hit.offer.id for hit in hits], "one": None}
    await show_list(session, request.actor.id, action.name, filled, request.now)
    return Reply(_("There are several of that name:"), tuple(mentor_card(hit) for hit in hits))


async def _one(request: Request, session: Session, shown: Draft, offer_id: int) -> Reply:
    hit = await mentor_hit(session, offer_id, request.actor.viewer, request.now)
    if hit is None:
        return Reply(_("I can no longer show that person."))
    filled = {**shown.filled, "one": offer_id}
    await show_list(session, request.actor.id, action.name, filled, request.now)
    return Reply(_("Here is {name}:", name=hit.offer.alumnus.name), (mentor_card(hit),))


async def _fitting(
    request: Request,
    session: Session,
    criteria: Criteria,
    found: Grounded,
    notes: list[Text],
) -> Reply:
    """Show the first page; what was only presumed gives way where nothing fits."""
    page = await _found(request, session, criteria, 0)
    if page.total:
        return await _page(request, session, criteria, 0, notes, page)

    async def count(criteria: Criteria) -> int:
        return (await _found(request, session, criteria, 0)).total

    criteria, widening = await widened(criteria, found, count, session)
    return await _page(request, session, criteria, 0, [*notes, *widening])


async def _page(
    request: Request,
    session: Session,
    criteria: dict[str, Any],
    offset: int,
    notes: list[Text] | None = None,
    page: MentorPage | None = None,
) -> Reply:
    page = page or await _found(request, session, criteria, offset)
    items = [hit.offer.id for hit in page.hits]
    one = items[0] if page.total == 1 else None
    if items or not offset:  # past the end those shown last are still spoken of
        filled = {**criteria, "offset": offset, "items": items, "one": one}
        await show_list(session, request.actor.id, action.name, filled, request.now)
    scope = await scope_name(session, criteria.get("unit"))
    left_out = await told_left_out(request, session, criteria)
    return told(criteria, page, offset, scope, left_out, notes or [])


async def _found(
    request: Request, session: Session, criteria: dict[str, Any], offset: int
) -> MentorPage:
    fields = criteria.get("fields") or []
    narrower = tuple(await with_narrower(session, fields)) if fields else ()
    search = offers_wanted(criteria, tuple(criteria["kinds"]), narrower)
    return await mentors_matching(
        session, search, request.actor.viewer, request.now, offset=offset, limit=PAGE
    )


def _kind(request: Request) -> str | None:
    words = fold(" ".join(request.said("role")) or request.text)
    for kind, beginnings in _KINDS.items():
        if any(f" {beginning}" in f" {words}" for beginning in beginnings):
            return kind
    return None
