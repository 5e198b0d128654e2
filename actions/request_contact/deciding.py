"""The coordinator's side: approve, decline, suggest somebody else, record what came of it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from actions.access import DECIDING, Actor, authorize
from actions.alumnus_words import told_apart
from actions.reply import Fact, Field, Form, Kind, Reply
from actions.request import Request, row_id
from actions.request_cards import handled, request_card
from actions.request_contact.asking import action
from actions.words import Text, _, lines, plain
from storage import Session
from storage.queries.alumni import alumni_called
from storage.queries.contacts import add_step, contact_request
from storage.queries.outbox import enqueue
from storage.queries.schedules import cancel_about
from storage.tables import Alumnus, ContactRequest

_Decision = Callable[[ContactRequest, Request, Session], Awaitable[Reply]]


async def _decide(
    request: Request, session: Session, states: frozenset[str], decision: _Decision
) -> Reply:
    asked = await contact_request(session, row_id(request.value))
    if asked is None or not may_decide(request.actor, asked):
        return Reply(_("I can't find that request among yours."))
    if asked.state not in states:
        return Reply(_("Somebody has already acted on this."), (request_card(asked),), updates=True)
    return await decision(asked, request, session)


def may_decide(actor: Actor, asked: ContactRequest) -> bool:
    """Whether somebody may act on a request: its handler, its unit's coordinator, central.

    While the handler or the coordinator is away, her deputy may; from the day she is back, no more.
    """
    hers = asked.handler_id in {actor.id, *actor.away_ids}
    return hers or actor.decides_for(asked.unit_id)


@action.pressed("contact.approve")
async def approve(request: Request, session: Session) -> Reply:
    """Approve: the coordinator makes the contact herself, outside the bot."""

    async def approved(asked: ContactRequest, request: Request, session: Session) -> Reply:
        await _move(asked, "approved", request, session)
        facts: tuple[Fact, ...] = ()
        if asked.alumnus.email and authorize(request.actor, DECIDING):
            facts = (Fact(_("E-mail"), plain(asked.alumnus.email)),)
        card = handled(asked)
        return Reply(
            _(
                "Approved. I have told {name}. Now it is for you to make contact.",
                name=asked.asker.name,
            ),
            (replace(card, facts=(*card.facts, *facts)),),
            updates=True,
        )

    return await _decide(request, session, frozenset({"sent"}), approved)


@action.pressed("contact.decline")
async def decline(request: Request, session: Session) -> Reply:
    """Ask for a reason before declining."""

    async def asked_why(asked: ContactRequest, _request: Request, _session: Session) -> Reply:
        note = Field("note", Kind.PARAGRAPH, _("Reason (shown to whoever asked)"))
        return Reply(
            _("Why not?"),
            (Form("contact.declined", _("Decline"), (note,), str(asked.id)),),
        )

    return await _decide(request, session, frozenset({"sent"}), asked_why)


@action.submitted("contact.declined")
async def declined(request: Request, session: Session) -> Reply:
    """Decline with the reason given."""

    async def done(asked: ContactRequest, request: Request, session: Session) -> Reply:
        await _move(asked, "declined", request, session, request.submission.get("note", ""))
        return Reply(
            _("Declined. I have passed your reason on to {name}.", name=asked.asker.name),
            (request_card(asked),),
            updates=True,
        )

    return await _decide(request, session, frozenset({"sent"}), done)


@action.pressed("contact.suggest")
async def suggest(request: Request, session: Session) -> Reply:
    """Ask whom the coordinator suggests instead."""

    async def asked_whom(asked: ContactRequest, _request: Request, _session: Session) -> Reply:
        return Reply(_("Whom do you suggest instead?"), (_suggestion(asked),))

    return await _decide(request, session, frozenset({"sent"}), asked_whom)


@action.submitted("contact.suggested")
async def suggested(request: Request, session: Session) -> Reply:
    """Decline with another alumnus in place."""

    async def done(asked: ContactRequest, request: Request, session: Session) -> Reply:
        name = request.submission.get("name", "")
        actor = request.actor
        found = await alumni_called(session, name, actor.viewer, actor.home_id)
        found = [person for person in found if person.id != asked.alumnus_id]
        if len(found) != 1:
            return Reply(
                _("Whom do you suggest instead?"), (_suggestion(asked, name, _error(found)),)
            )
        asked.suggested_id = found[0].id
        await _move(asked, "declined", request, session, request.submission.get("note", ""))
        return Reply(
            _(
                "{asker} gets your suggestion: {name}.",
                asker=asked.asker.name,
                name=found[0].name,
            ),
            (request_card(asked),),
            updates=True,
        )

    return await _decide(request, session, frozenset({"sent"}), done)


@action.pressed("contact.contacted")
async def contacted(request: Request, session: Session) -> Reply:
    """Record that the alumnus was contacted."""

    async def done(asked: ContactRequest, request: Request, session: Session) -> Reply:
        asked.alumnus.last_contact = request.local_now.date()
        await _move(asked, "contacted", request, session)
        return Reply(
            _("Noted. What did {name} say?", name=asked.alumnus.given_name),
            (handled(asked),),
            updates=True,
        )

    return await _decide(request, session, frozenset({"approved"}), done)


@action.pressed("contact.yes")
async def said_yes(request: Request, session: Session) -> Reply:
    """Record a yes."""
    return await _decide(request, session, frozenset({"contacted"}), _answered("yes"))


@action.pressed("contact.no")
async def said_no(request: Request, session: Session) -> Reply:
    """Record a no."""
    return await _decide(request, session, frozenset({"contacted"}), _answered("no"))


def _answered(outcome: str) -> _Decision:
    async def done(asked: ContactRequest, request: Request, session: Session) -> Reply:
        await _move(asked, "answered", request, session, outcome)
        text = _("Done. {name} gets the answer.", name=asked.asker.name)
        return Reply(text, (request_card(asked),), updates=True)

    return done


def _suggestion(asked: ContactRequest, name: str = "", error: Text | None = None) -> Form:
    fields = (
        Field("name", Kind.LINE, _("Name of the alumnus"), value=name, error=error),
        Field("note", Kind.PARAGRAPH, _("Why (shown to whoever asked)"), required=False),
    )
    return Form("contact.suggested", _("Suggest somebody else"), fields, str(asked.id))


def _error(found: list[Alumnus]) -> Text:
    if not found:
        return _("I can't find anybody by that name.")
    return lines(_("There are several; write more of the name:"), *map(told_apart, found))


async def _move(
    asked: ContactRequest, state: str, request: Request, session: Session, note: str = ""
) -> None:
    # Whoever acts on a request answers for it from then on, and the asker is told her name.
    asked.handler_id = request.actor.id
    add_step(session, asked, state, request.now, request.actor.id, note)
    await cancel_about(session, f"contact_request:{asked.id}")
    await enqueue(
        session,
        person_id=asked.asker_id,
        kind="contact.state",
        payload={"request": asked.id, "state": state},
        cause="request",
        dedupe_key=f"contact.state:{asked.id}:{state}",
        due=request.now,
    )
