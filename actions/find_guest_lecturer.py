"""Find who has given, will give or could give guest lectures."""

import re
from datetime import date, timedelta
from typing import Any

from actions.access import PERSONS
from actions.action import Action
from actions.alumnus_words import languages, lives, works
from actions.grounding import Criteria, grounded, listed, scope_name
from actions.leaving_out import search_leaves_out, told_left_out
from actions.lecture_words import LECTURES, lecture_card
from actions.ordinals import pick
from actions.refining import (
    first_left_out,
    kept_names,
    name_from,
    offers_wanted,
    turn_of,
    widened,
)
from actions.reply import Button, Card, Element, Fact, Reply
from actions.request import Request
from actions.turns import applied, narrowed_less
from actions.words import Named, Text, _, lines, ngettext, plain
from storage import Session
from storage.folding import fold
from storage.queries.drafts import list_shown, show_list
from storage.queries.lectures import LectureSearch, lectures_matching, topic_words
from storage.queries.mentors import MentorHit, mentor_hit, mentors_matching
from storage.queries.vocabulary import with_narrower
from storage.tables import Draft, GuestLecture

action = Action(
    "find_guest_lecturer",
    for_=PERSONS,
    title=_("Find a guest lecturer"),
    example=_("Who has given a guest lecture on sustainability?"),
)

_SHOWN = 5
_COMING = re.compile("kommande|nasta|upcoming|coming|planerade|planned|framover|next|pa gang")
_PAST = re.compile("har |tidigare|forelast|past|has given|previous|forra|earlier|who gave")
_COULD = re.compile("kan |skulle kunna|could|can |villig|lamplig|forslag|tips")


@action.asked
async def search(request: Request, session: Session) -> Reply:
    """Answer with lectures held or coming, and with who could."""
    found = await grounded(request, session)
    criteria: dict[str, Any] = {**found.criteria, "named": kept_names(found)}
    if "unit" not in criteria:
        criteria |= {"unit": request.actor.home_id, "presumed": True}
    criteria["wanted"] = _wanted(request) or "both"
    criteria["period"] = _period(request)
    criteria, unknown = await first_left_out(request, session, criteria)

    async def count(criteria: Criteria) -> int:
        held, could = await _both(request, session, criteria, 0)
        return len(held) + len(could)

    criteria, notes = await widened(criteria, found, count, session)
    return await _shown(request, session, criteria, 0, [*found.unknown, *unknown, *notes])


@action.refined
async def refine(request: Request, session: Session, shown: Draft) -> Reply | None:
    """Answer "och kommande?", "bara i Malmö", "fler", "nummer 2" about the list shown."""
    turn = await turn_of(request, session, shown.filled)
    wanted, period = _wanted(request), _period(request)
    if turn.page is not None:
        offset = max(0, int(shown.filled.get("offset", 0)) + turn.page * _SHOWN)
        return await _shown(request, session, shown.filled, offset, turn.notes)
    if wanted is not None:
        turn.changes |= {"wanted": wanted, "period": None}
    if period is not None:
        turn.changes["period"] = period
    chosen = pick(request.text, shown.filled["items"])
    if chosen is not None and not turn.asks_more:
        hit = await mentor_hit(session, chosen, request.actor.viewer, request.now)
        filled = {**shown.filled, "one": chosen}
        await show_list(session, request.actor.id, action.name, filled, request.now)
        if hit is None:
            return None
        return Reply(_("Here is {name}:", name=hit.offer.alumnus.name), (_card(hit),))
    if not turn:
        return None
    return await _shown(request, session, applied(shown.filled, turn), 0, turn.notes)


@action.pressed("lecturer.everywhere")
async def everywhere(request: Request, session: Session) -> Reply:
    """Widen the list shown last to the whole university."""
    return await _without("unit", request, session)


@action.pressed("lecturer.without")
async def without(request: Request, session: Session) -> Reply:
    """Drop one filter of the list shown last."""
    return await _without(request.value, request, session)


async def _without(key: str, request: Request, session: Session) -> Reply:
    shown = await list_shown(session, request.actor.id, {action.name}, request.now)
    if shown is None:
        return Reply(_("That list is no longer open. Ask again and I will look afresh."))
    return await _shown(request, session, narrowed_less(shown.filled, key), 0, [])


async def _shown(
    request: Request,
    session: Session,
    criteria: dict[str, Any],
    offset: int,
    notes: list[Text],
) -> Reply:
    held, could = await _both(request, session, criteria, offset)
    items = [hit.offer.id for hit in could]
    one = items[0] if len(items) == 1 else None
    await show_list(
        session,
        request.actor.id,
        action.name,
        {
            **criteria,
            "offset": offset,
            "items": items,
            "one": one,
            LECTURES: [lecture.id for lecture in held],
        },
        request.now,
    )
    scope = await scope_name(session, criteria.get("unit"))
    named = criteria.get("named", {})
    names = [plain(name_from(name)) for key, name in named.items() if key != "unit"]
    left_out = await told_left_out(request, session, criteria)
    text = lines(
        *notes,
        _headline(held, could, request.local_now.date(), offset),
        lines(scope, *names, left_out.words, by=" · "),
    )
    again = left_out.buttons("lecturer.without", empty=not held and not could)
    return Reply(text, (*_elements(criteria, held, could), *again))


def _elements(
    criteria: dict[str, Any], held: list[GuestLecture], could: list[MentorHit]
) -> tuple[Element, ...]:
    named = criteria.get("named", {})
    elements: list[Element] = [lecture_card(lecture) for lecture in held]
    if could:
        elements.append(_("Willing to give a guest lecture:"))
        elements.extend(_card(hit) for hit in could)
    if criteria.get("unit") is not None:
        elements.append(Button(_("Show the whole university"), "lecturer.everywhere"))
    if not held and not could:
        elements.extend(
            Button(_("Without {filter}", filter=name_from(name)), "lecturer.without", key)
            for key, name in named.items()
            if key != "unit"
        )
    return tuple(elements)


async def _both(
    request: Request, session: Session, criteria: dict[str, Any], offset: int
) -> tuple[list[GuestLecture], list[MentorHit]]:
    """Return the lectures that fit and those who could give one, as far as each is wanted."""
    fields = criteria.get("fields") or []
    narrower = tuple(await with_narrower(session, fields)) if fields else ()
    wanted = criteria["wanted"]
    held = await _held(request, session, criteria, narrower, offset) if wanted != "could" else []
    if wanted == "coming":
        return held, []
    return held, await _could(request, session, criteria, narrower, offset)


async def _held(
    request: Request,
    session: Session,
    criteria: dict[str, Any],
    narrower: tuple[int, ...],
    offset: int,
) -> list[GuestLecture]:
    since, until = _between(criteria, request.local_now.date())
    words = await topic_words(session, list(narrower)) if narrower else ()
    left_out = search_leaves_out(criteria)
    not_words = await topic_words(session, list(left_out.fields)) if left_out.fields else ()
    coming = criteria["wanted"] == "coming"
    return await lectures_matching(
        session,
        LectureSearch(
            since,
            until,
            criteria.get("unit"),
            narrower,
            words,
            cities=tuple(criteria.get("cities") or ()),
            employers=tuple(criteria.get("employers") or ()),
            programme_id=criteria.get("programme"),
            left_out=left_out,
            left_out_words=not_words,
        ),
        request.actor.viewer,
        newest_first=not coming,
        limit=_SHOWN,
        offset=offset,
    )


async def _could(
    request: Request,
    session: Session,
    criteria: dict[str, Any],
    narrower: tuple[int, ...],
    offset: int,
) -> list[MentorHit]:
    wanted = offers_wanted(criteria, ("guest_lecturer",), narrower)
    page = await mentors_matching(
        session, wanted, request.actor.viewer, request.now, offset=offset, limit=_SHOWN
    )
    return page.hits


def _period(request: Request) -> list[str] | None:
    """Return the first and last day of the time that is said, as a list keeps them."""
    when = request.understanding.when if request.understanding else None
    if when is not None and when.kind == "range" and when.start and when.end:
        return [_day(when.start), _day(when.end)]
    if when is not None and when.kind in {"date", "instant"} and when.values:
        return [_day(when.values[0]), _day(when.values[-1])]
    return None


def _between(criteria: dict[str, Any], today: date) -> tuple[date | None, date | None]:
    if criteria.get("period"):
        first, last = map(date.fromisoformat, criteria["period"])
        return first, last
    if criteria["wanted"] == "coming":
        return today, None
    return None, today - timedelta(days=1)


def _day(value: date) -> str:
    return value.isoformat()[:10]


def _wanted(request: Request) -> str | None:
    said = f"{fold(request.text)} "
    if _COMING.search(said):
        return "coming"
    if _PAST.search(said):
        return "held"
    return "could" if _COULD.search(said) else None


def _headline(held: list[GuestLecture], could: list[MentorHit], today: date, offset: int) -> Text:
    if not held and not could and offset:
        return _("There are no more.")
    if not held and not could:
        return _("I found nothing that fits.")
    if not held:
        return ngettext(
            "Here is 1 person who has offered to lecture.",
            "Here are {n} people who have offered to lecture.",
            len(could),
        )
    if all(lecture.on_date >= today for lecture in held):
        return ngettext("The next guest lecture:", "The next {n} guest lectures:", len(held))
    return ngettext("The latest guest lecture:", "The latest {n} guest lectures:", len(held))


def _card(hit: MentorHit) -> Card:
    person = hit.offer.alumnus
    fields = listed(*(Named(f.name_sv, f.name_en) for f in hit.offer.fields))
    facts = (
        Fact(_("Fields"), plain(fields)),
        works(person),
        lives(person),
        languages(hit.offer.languages),
    )
    value = f"{person.id}:guest_lecturer"
    ask = Button(_("Ask for contact"), "contact.ask", value, "primary")
    buttons = () if hit.availability == "closed" else (ask,)
    subtitle = plain(Named(hit.offer.pitch_sv, hit.offer.pitch_en))
    return Card(plain(person.name), subtitle, tuple(f for f in facts if f), buttons)
