"""One person in several chats: a code from one chat, written in the other, ties the two.

Who is known by the same e-mail in both needs no code.
"""

import re

from actions.change_settings.chats import WHERE_LAST, chats_card, chats_of, where_told
from actions.change_settings.settings import action
from actions.reply import Button, Reply
from actions.request import Request
from actions.words import _, lines, plain
from storage import Session
from storage.queries.drafts import open_drafts
from storage.queries.linking import code_of, is_stranger, merge, new_code, used_code
from storage.queries.people import person_by_id
from storage.queries.preferences import choose
from storage.tables import Person

_CONNECT = re.compile(
    r"\b(?:koppla|knyt|länka)\s+(?:ihop|samman|in)?\b.*\b(?:slack|teams|konto\w*|chatt\w*)\b"
    r"|\b(?:connect|link)\b.*\b(?:slack|teams|accounts?|chats?)\b",
    re.IGNORECASE | re.DOTALL,
)
_CODE = re.compile(r"^\s*(\d{4})[ -]?(\d{4})\s*$")
_NO_SUCH = _(
    "That code is not valid any more. Ask me for a new one in the other chat: “connect my chats”."
)


@action.ordered(_CONNECT)
async def ordered(request: Request, session: Session) -> Reply | None:
    """Give a code when it is asked for in so many words."""
    return await give(request, session)


@action.pressed("settings.link")
async def give(request: Request, session: Session) -> Reply:
    """Give a code to be written in the other chat."""
    code = await new_code(session, request.actor.id, request.now)
    return Reply(
        lines(
            _("Write this code to me in the other chat within ten minutes:"),
            plain(f"{code[:4]} {code[4:]}"),
            _("Then I know that it is you in both. Give the code to nobody."),
            by="\n\n",
        )
    )


@action.ordered(_CODE)
async def written(request: Request, session: Session) -> Reply | None:
    """Ask whether the other account is hers too; eight digits may be something else as well."""
    code = "".join(_CODE.findall(request.text)[0])
    other = await code_of(session, code, request.now)
    if other is None:
        live = await open_drafts(session, request.actor.id, request.now)
        asked_for = any(row.kind == "form" for row in live)
        return None if asked_for else Reply(_NO_SUCH, private=False)
    if other.id == request.actor.id:
        return Reply(_("I already know that you are the same person here."), private=False)
    question = _(
        "That code was given to {name} ({email}). Is that you as well? Whoever has the one account "
        "then sees all that the other may see.",
        name=other.name,
        email=other.email,
    )
    yes = Button(_("Yes, that's me"), "settings.linked", code, "primary")
    return Reply(question, (yes, Button(_("No"), "settings.not_linked", code)))


@action.pressed("settings.not_linked")
async def not_me(request: Request, session: Session) -> Reply:
    """Void the code."""
    await used_code(session, request.value, request.now)
    return Reply(_("Good. The code no longer works."), private=False, updates=True)


@action.pressed("settings.linked")
async def linked(request: Request, session: Session) -> Reply:
    """Make one person of two, unless the university knows both as different ones."""
    me = await person_by_id(session, request.actor.id)
    other = await used_code(session, request.value, request.now)
    if other is None or other.id == me.id:
        return Reply(_NO_SUCH, private=False, updates=True)
    pair = await _kept_and_gone(session, me, other)
    if pair is None:
        text = _(
            "The university knows {one} and {other} as two persons, so I can't make them one. Ask "
            "the central unit to correct the staff file.",
            one=me.email,
            other=other.email,
        )
        return Reply(text, updates=True)
    kept, gone = pair
    name = kept.name
    await merge(session, kept, gone, request.local_now.date())
    return Reply(
        _(
            "Done. I know you as {name} in both chats now, and what you begin in the one you can "
            "finish in the other.",
            name=name,
        ),
        updates=True,
    )


@action.pressed("settings.chat")
async def choose_chat(request: Request, session: Session) -> Reply:
    """Choose where messages come."""
    mine = await chats_of(session, request.actor.id)
    if request.value != WHERE_LAST and request.value not in mine:
        return Reply(_("You have not written to me there yet."), private=False)
    chosen = None if request.value == WHERE_LAST else request.value
    await choose(session, request.actor.id, chat=chosen)
    text = _("All right. What I send by myself comes in {chat}.", chat=where_told(chosen))
    return Reply(text, (await chats_card(session, request.actor.id),), private=False, updates=True)


async def _kept_and_gone(
    session: Session, me: Person, other: Person
) -> tuple[Person, Person] | None:
    if await is_stranger(session, me):
        return other, me
    return (me, other) if await is_stranger(session, other) else None
