"""What is ordered in so many words: "flytta gästföreläsningen …", "påminn alla koordinatorer …"."""

from collections.abc import Iterable, Sequence

from actions.access import authorize
from actions.action import Action
from actions.reply import Kind, Reply
from actions.request import Request
from bot import offers
from bot.translation import Locale, render
from nlu.exact import bare
from storage import Session
from storage.tables import Draft

_LOCALES: tuple[Locale, ...] = ("sv", "en")


def titles(actions: Iterable[Action]) -> dict[str, str]:
    """Return the name of each capability by what stands on its button, in every language."""
    return {as_title(render(a.title, locale)): a.name for a in actions for locale in _LOCALES}


def as_title(text: str) -> str:
    """Return a message as it is compared with the titles."""
    return bare(text).rstrip("? ")


async def ordered(
    actions: Iterable[Action], live: Sequence[Draft], request: Request, session: Session
) -> tuple[str, Reply] | None:
    """Return the answer of the capability whose words these are; None = no such order.

    Where any words are an answer (a reason, a text), an order is one too.
    """
    every = list(actions)
    question = offers.question(live) or {}
    if question.get("kind") == Kind.PARAGRAPH or _writes(every, live):
        return None
    for action in every:
        for pattern, handler in action.orders:
            if pattern.search(request.text) and authorize(request.actor, action.for_):
                reply = await handler(request, session)
                if reply is not None:
                    return action.name, reply
    return None


def _writes(actions: Sequence[Action], live: Sequence[Draft]) -> bool:
    forms = {action.name: action.form for action in actions if action.form is not None}
    row = next(iter(offers.talked_of(live)), None)
    form = forms.get(row.action) if row is not None and row.kind == "form" else None
    slot = form.slot(row.awaiting) if form is not None and row is not None else None
    return slot is not None and slot.orders
