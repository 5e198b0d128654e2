"""Which handler answers a button or a form: a draft's, a row's inside a list, an action's own."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from actions import drafting
from actions.access import authorize
from actions.action import Action
from actions.reply import Element, Form, Reply
from actions.request import Request, row_id
from actions.words import _
from bot import refusals
from storage import Session
from storage.queries.drafts import draft_by_id
from storage.tables import Draft

Asked = Callable[[str, Request, Session], Awaitable[tuple[str, Reply]]]


class Pressing:
    """The actions by their buttons and forms; asked: what answers an intent by its name."""

    def __init__(self, actions: Mapping[str, Action], asked: Asked) -> None:
        self._actions = actions
        self._ask = asked
        self._presses = {p: action for action in actions.values() for p in action.presses}
        self._submits = {s: action for action in actions.values() for s in action.submissions}
        self._arounds = {a: action for action in actions.values() for a in action.arounds}

    async def pressed(self, request: Request, session: Session) -> tuple[str, Reply]:
        """Answer a button; one that no longer works says so."""
        if request.press.startswith("draft."):
            return await self._draft_pressed(request, session)
        if request.press.startswith("intent."):
            name = request.press.removeprefix("intent.")
            meant = request.understanding
            if meant is not None:  # she said herself what her words are about
                request = request.with_(understanding=replace(meant, intent=name))
            return await self._ask(name, request, session)
        if request.press in self._arounds:
            return await self._inside(request.press, request, session)
        action = self._presses.get(request.press)
        if action is None:
            return "help", Reply(
                _("That button no longer works. Write “help” to see what I can do.")
            )
        if not authorize(request.actor, action.press_for[request.press]):
            return action.name, refusals.not_for_you(request)
        return action.name, await action.presses[request.press](request, session)

    async def _inside(
        self, around: str, request: Request, session: Session, *, filled: bool = False
    ) -> tuple[str, Reply]:
        """Let a row's own capability answer; what replaces a message replaces only the row.

        filled: it is a form that a row has asked with.
        """
        own, _sep, value = request.value.partition("|")
        if own in self._arounds:  # no row is a larger message
            own, value = "", ""
        if filled:
            name, reply = await self.submitted(request.with_(value=value), own, session)
        else:
            name, reply = await self.pressed(request.with_(press=own, value=value), session)
        return name, await self._kept_around(around, request, reply, session)

    async def _kept_around(
        self, around: str, request: Request, reply: Reply, session: Session
    ) -> Reply:
        """Keep the larger message around what its row has become, and around what a row asks."""
        outer = self._arounds[around]
        if not authorize(request.actor, outer.for_):
            return reply
        if reply.updates:
            return await outer.arounds[around](request, session, reply)
        return replace(reply, elements=tuple(self._asked_within(e, around) for e in reply.elements))

    def _asked_within(self, element: Element, around: str) -> Element:
        if not isinstance(element, Form) or element.submit not in self._submits:
            return element
        return replace(element, submit=around, value=f"{element.submit}|{element.value}")

    async def submitted(self, request: Request, submit: str, session: Session) -> tuple[str, Reply]:
        """Answer a filled form; one that is no longer in use says so."""
        if submit in self._arounds:
            return await self._inside(submit, request, session, filled=True)
        for action in self._actions.values():
            if action.form is not None and action.form.submit == submit:
                if not authorize(request.actor, action.for_):
                    return action.name, refusals.not_for_you(request)
                return action.name, await drafting.submit(action.form, request, session)
        owner = self._submits.get(submit)
        if owner is None:
            return "help", Reply(
                _("That form is no longer in use. Write “help” to see what I can do.")
            )
        if not authorize(request.actor, owner.for_):
            return owner.name, refusals.not_for_you(request)
        return owner.name, await owner.submissions[submit](request, session)

    async def _draft_pressed(self, request: Request, session: Session) -> tuple[str, Reply]:
        number, _sep, rest = request.value.partition(":")
        draft = await draft_by_id(session, request.actor.id, row_id(number), request.now)
        action = self._actions.get(draft.action) if draft else None
        if draft is None or action is None or action.form is None:
            return "help", Reply(
                _("That draft is gone: it was saved, discarded or more than a day old.")
            )
        if not authorize(request.actor, action.for_):
            return action.name, refusals.not_for_you(request)
        if request.press == "draft.save":
            return action.name, await drafting.confirm(action.form, draft, request, session)
        if request.press == "draft.discard":
            return action.name, await discard(draft, session)
        if request.press == "draft.choose":
            name, _sep, raw = rest.partition(":")
            return action.name, await drafting.choose(
                action.form, draft, request, session, name, raw
            )
        return action.name, await drafting.resume(action.form, draft, request, session)


async def discard(draft: Draft, session: Session) -> Reply:
    """Drop a draft."""
    await session.delete(draft)
    return Reply(_("Discarded. Nothing was saved."), private=False)
