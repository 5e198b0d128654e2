"""Which handler answers: the draft or list being spoken of, a button, a form, or an intent."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from actions import drafting
from actions.access import authorize
from actions.action import Action
from actions.people_shown import wants_contact
from actions.reply import Button, Reply
from actions.request import Request
from actions.words import Text, _, lines
from bot import offers, orders, refusals, subject
from bot.pressing import Pressing, discard
from nlu.exact import UNDO, bare
from nlu.result import Understanding
from storage import Session
from storage.queries.drafts import open_drafts
from storage.tables import Draft

_LONGEST_ORDER = 300  # characters; what is longer is no order to the bot
_EVEN = 0.5
_CERTAIN = 0.95
_READS = ("find_", "show_", "list_", "explain_", "help")  # what changes nothing

_OF_SOMETHING_OPEN = {"confirm", "decline", "refine"}
_NO_ORDERS = {"confirm", "decline", "refine", "out_of_scope"}


class Gestured(Protocol):
    """The part of a gesture that tells what kind it is."""

    @property
    def text(self) -> str | None:
        """What was typed."""

    @property
    def submit(self) -> str | None:
        """The id of the form."""

    @property
    def press(self) -> str | None:
        """The id of the button."""


class Routes:
    """The actions by what triggers them."""

    def __init__(self, actions: Sequence[Action]) -> None:
        self.actions = {action.name: action for action in actions}
        self._titles = orders.titles(actions)
        self.digest_parts = [part for action in actions for part in action.digest_parts]
        self._pressing = Pressing(self.actions, self._asked)

    async def answer(
        self, request: Request, gesture: Gestured, session: Session
    ) -> tuple[str, Reply]:
        """Return the action's name and its reply."""
        if gesture.press is not None:
            return await self._pressing.pressed(request, session)
        if gesture.submit is not None:
            return await self._pressing.submitted(request, gesture.submit, session)
        return await self._said(request, session)

    def draft_line(self, live: Sequence[Draft]) -> dict[str, Any] | None:
        """Return the draft being spoken of as the command line's contract tells it."""
        draft = next((d for d in live if d.kind == "form"), None)
        form = self.actions[draft.action].form if draft else None
        if draft is None or form is None:
            return None
        return {
            "action": draft.action,
            "filled": {
                k: v for k, v in draft.filled.items() if v is not None and k != drafting.UNREAD
            },
            "missing": form.missing(draft.filled),
            "awaiting": "confirm" if draft.awaiting == "confirm" else "field",
        }

    async def _said(self, request: Request, session: Session) -> tuple[str, Reply]:
        understood = request.understanding
        assert understood is not None  # noqa: S101 (a text was always looked at)
        live = await open_drafts(session, request.actor.id, request.now)
        request = request.with_(offered=offers.choices(live))
        said = await orders.ordered(self.actions.values(), live, request, session)
        if said is not None and understood.source != "down":
            return said
        if (
            titled := self._titles.get(orders.as_title(request.text))
        ) is not None:  # as its button says it
            return await self._asked(titled, request, session)
        of_old = await self._of_what_is_open(live, request, understood, session)
        if of_old is not None:
            return of_old
        if understood.source == "down":
            return "help", self.menu(request, _DOWN)
        clear = understood.band == "act" or not understood.offered
        if understood.intent in _OF_SOMETHING_OPEN and clear:
            return understood.intent, self._about_nothing(live, request, understood)
        planned = understood.intent not in self.actions and understood.confidence < _CERTAIN
        ordered = self._opened(request) if planned else None
        if ordered is not None and understood.intent not in _NO_ORDERS:
            return await self._asked(ordered.name, request, session)
        if understood.band == "ask" and understood.offered:
            return await self._unsure(live, request, understood, session)
        if understood.band == "no" or understood.intent == "out_of_scope":
            return "out_of_scope", self.menu(request, _CANNOT)
        return await self._asked(understood.intent, request, session)

    def _about_nothing(
        self, live: Sequence[Draft], request: Request, understood: Understanding
    ) -> Reply:
        """Answer a yes, a no or a follow-up that nothing open can take."""
        if bare(request.text) in UNDO:
            return Reply(_NOTHING_TO_UNDO, private=False)
        listed = any(row.kind == "list" for row in offers.talked_of(live))
        if understood.intent == "refine" and listed:
            return Reply(_NOT_OF_THE_LIST, private=False)
        return self.menu(request, _NOTHING_OPEN)

    async def _of_what_is_open(
        self,
        live: Sequence[Draft],
        request: Request,
        understood: Understanding,
        session: Session,
    ) -> tuple[str, Reply] | None:
        """Read a message against the question, drafts and lists that are open, newest first."""
        waiting = offers.question(live)
        if waiting is not None and not subject.asks_or_orders(understood, request.text):
            return await self._answered(waiting, request, understood, session)
        rows = offers.talked_of(live)
        if rows and rows[0].kind == "list" and await wants_contact(request, session):
            return await self._asked("request_contact", request, session)
        forms = [(r, f) for r in rows if (f := self.actions[r.action].form) and r.kind == "form"]
        resumed = subject.resumed(understood, request.text, forms)
        awaited = [row for row, form in forms if subject.is_awaited(form, row, request)]
        for row in [*awaited[:1], *rows] if resumed is None else [resumed]:
            action = self.actions[row.action]
            if not authorize(request.actor, action.for_):
                continue
            if row is resumed and action.form is not None:
                return row.action, await drafting.resume(action.form, row, request, session)
            about = await self._about(
                row, request, understood, session, newest=row in (rows[0], *awaited)
            )
            if about is not None:
                return row.action, about
        if not forms and subject.goes_back(request.text):
            return "refine", self.menu(request, _NOTHING_OPEN)
        return None

    async def _asked(self, name: str, request: Request, session: Session) -> tuple[str, Reply]:
        action = self.actions.get(name)
        if action is None:
            return name, refusals.planned(request)
        if not authorize(request.actor, action.for_):
            return name, refusals.not_for_you(request)
        if action.form is not None and action.on_asked is None:
            return name, await drafting.begin(action.form, request, session)
        assert action.on_asked is not None  # noqa: S101 (held by the house rules test)
        return name, await action.on_asked(request, session)

    def _opened(self, request: Request) -> Action | None:
        """Return the capability that a message orders in so many words: "påminn alla …"."""
        forms = ((action, action.form) for action in self.actions.values())
        return next((a for a, f in forms if f and f.opens and f.opens.match(request.text)), None)

    async def _answered(
        self,
        waiting: dict[str, str],
        request: Request,
        understood: Understanding,
        session: Session,
    ) -> tuple[str, Reply]:
        """Take a message as the answer to a form of one question."""
        if subject.gives_up(understood, request.text) or bare(request.text) in UNDO:
            return understood.intent, Reply(_NOTHING_DONE, private=False)
        filled = {waiting["field"]: request.text}
        answered = request.with_(value=waiting["value"], submission=filled)
        return await self._pressing.submitted(answered, waiting["submit"], session)

    async def _about(
        self,
        row: Draft,
        request: Request,
        understood: Understanding,
        session: Session,
        *,
        newest: bool,
    ) -> Reply | None:
        """Read a message against one draft or list; None = it is about something else."""
        action = self.actions[row.action]
        if row.kind == "list":
            if action.on_refined is None or not subject.about_a_list(
                row, understood, request.text, newest=newest
            ):
                return None
            return await action.on_refined(request, session, row)
        form = action.form
        asked = self.actions.get(understood.intent)
        if form is None or subject.changes_subject(form, row, request, understood, asked):
            return None
        if not newest and not subject.may_answer(form, row, request, understood):
            return None
        slot = subject.may_be_new(form, row, request, understood, asked) if newest else None
        if asked is not None and slot is not None and len(request.text) <= _LONGEST_ORDER:
            return await drafting.ask_whether(row, slot, request, asked.name, asked.title)
        return await _in_draft(form, row, request, understood, session, newest=newest)

    def with_left_behind(self, reply: Reply, live: Sequence[Draft]) -> Reply:
        """Add what reminds of a draft that a reply is not about."""
        draft = next((row for row in live if row.kind == "form"), None)
        form = self.actions[draft.action].form if draft else None
        if draft is None or form is None or drafting.about(reply, draft):
            return reply
        elements = (*reply.elements, *drafting.left_behind(form, draft))
        return replace(reply, elements=elements)

    def menu(self, request: Request, head: Text) -> Reply:
        """Return what this person can do here, as buttons, under a first line."""
        mine = [a for a in self.actions.values() if authorize(request.actor, a.for_)]
        shown = [a for a in mine if a.name not in {"smalltalk", "help"}][:6]
        return Reply(head, tuple(Button(a.title, f"intent.{a.name}") for a in shown), private=False)

    async def _unsure(
        self,
        live: Sequence[Draft],
        request: Request,
        understood: Understanding,
        session: Session,
    ) -> tuple[str, Reply]:
        """Ask which was meant of what she may do; the only one that it can be is answered."""
        known = (self.actions[i] for i in understood.offered if i in self.actions)
        offered = [action for action in known if authorize(request.actor, action.for_)]
        likely = understood.confidence >= _EVEN
        top = self.actions.get(understood.intent)
        if likely and top is not None and not authorize(request.actor, top.for_):
            return top.name, refusals.not_for_you(request)
        if len(offered) == 1 and offered[0] is not top:
            if understood.intent in _OF_SOMETHING_OPEN:
                return understood.intent, self._about_nothing(live, request, understood)
            return "out_of_scope", self.menu(request, _CANNOT)
        if len(offered) == 1 and likely and understood.intent.startswith(_READS):
            return await self._asked(understood.intent, request, session)
        # "Something else" opens the help.
        shown = [action for action in offered if action.name != "help"]
        if not shown:
            return "out_of_scope", self.menu(request, _CANNOT)
        return "ask", _did_you_mean(request, shown)


_DOWN = _("I can't read free text right now, but these buttons work.")
_NOTHING_OPEN = _("We have nothing under way right now. Here is what I can do.")
_NOT_OF_THE_LIST = _(
    "I'm not sure what you want to change. You can write for example “only in Malmö”, “except in "
    "Malmö”, “more”, “number 2” or “sort by name”."
)
_NOTHING_DONE = _("All right, nothing was changed.")
_NOTHING_TO_UNDO = _(
    "There is nothing to undo right now. What is saved can be changed with its buttons, or write "
    "for example “show my reminders”."
)
_CANNOT = _("I can't help with that. This is what I can do.")


def _did_you_mean(request: Request, shown: Sequence[Action]) -> Reply:
    buttons = (Button(a.title, f"intent.{a.name}", request.text[:1900]) for a in shown)
    none = Button(_("Something else"), "intent.help")
    return Reply(_("Did you mean …?"), (*buttons, none), private=False)


async def _in_draft(
    form: drafting.DraftForm,
    draft: Draft,
    request: Request,
    understood: Understanding,
    session: Session,
    *,
    newest: bool,
) -> Reply:
    sure = subject.confirms(understood, request.text)
    if sure and newest:
        return await drafting.confirm(form, draft, request, session)
    ends = subject.gives_up(understood, request.text)
    if ends and newest:
        return await discard(draft, session)
    # Yes, no and stop, said while something else stands between: the draft is shown first.
    if sure or ends or (understood.intent == "decline" and understood.source == "words"):
        shown = await drafting.resume(form, draft, request, session)
        if bare(request.text) not in UNDO:
            return shown
        return replace(shown, text=lines(_("Nothing is saved yet."), shown.text, by=" "))
    return await drafting.go_on(form, draft, request, session)
