"""What is said of one's reminders: "ta bort tvåan", "flytta den till fredag", "alla"."""

import re

from actions.cancel_reminder.moving import moved, outside_task
from actions.cancel_reminder.pointing import is_named, items_of, pointed_at
from actions.cancel_reminder.removing import MOST, action, refused, removed
from actions.changing import says_a_time
from actions.reminder_list import READ_BY
from actions.reminder_receivers import set_for_now
from actions.reply import Button, Element, Reply
from actions.request import Request
from actions.words import Text, _, plain
from storage import Session
from storage.folding import fold
from storage.queries.drafts import list_shown
from storage.queries.schedules import schedules_of
from storage.tables import Draft, Schedule

_POSTPONE = re.compile(
    r"\b(?:flytta|skjut|senarel|tidigarel|vänta|ändra|byt|move|postpone|push|delay|reschedule|"
    r"snooze|change)",
    re.IGNORECASE,
)
_ALL = ("alla ", "allt", "all my", "all of", "every reminder", "samtliga")
_REMOVES = re.compile(r"\b(?:ta bort|radera|stryk|avboka|slopa|remove|delete|cancel|drop)\b")
_ANY = re.compile(
    r"\b(?:en|någon|nån|a|one|some)\s+(?:(?:av|of)\s+)?(?:mina\s+|my\s+)?(?:påminnelse|reminder)",
    re.IGNORECASE,
)


@action.asked
async def cancel(request: Request, session: Session) -> Reply:
    """Remove or move the reminder that the words point at, or ask which."""
    every = await schedules_of(session, request.actor.id, "reminder")
    moving = _POSTPONE.search(request.text) is not None
    hers = [] if moving else await _from_others(request, session, every)
    if len(hers) == 1:
        return await refused(hers[0], request, session)
    if hers:
        return _which(hers, _("Which reminder shall I remove?"))
    if not every:
        return Reply(_("You have no reminders to remove."))
    shown = await _shown(request, session)
    pointed = pointed_at(request, every, shown, moving=moving, implied=False)
    if moving:
        return await moved(request, session, pointed, items_of(shown))
    if any(word in f"{fold(request.text)} " for word in _ALL):
        return _which(every, _("I remove one at a time, so that none goes by mistake. Which?"))
    if len(pointed) == 1:
        return await removed(pointed[0], request, session, items_of(shown))
    return _which(pointed or every, _("Which reminder shall I remove?"))


@action.refined
async def about_them(request: Request, session: Session, shown: Draft) -> Reply | None:
    """Answer "flytta den till fredag", "kl 15 istället", "ta bort tvåan" of the ones shown."""
    every = await schedules_of(session, request.actor.id, "reminder")
    if not every:
        return None
    # "en påminnelse" is not the one that was spoken of just now.
    if _REMOVES.search(fold(request.text)) or _ANY.search(request.text):
        return await cancel(request, session)
    pointed = pointed_at(request, every, shown, moving=True, implied=True)
    if len(pointed) == 1 and says_a_time(outside_task(request), request):
        return await moved(request, session, pointed, items_of(shown))
    return None


async def _from_others(request: Request, session: Session, own: list[Schedule]) -> list[Schedule]:
    """Return the reminders from others that the words name, where they name none of one's own."""
    found = [
        schedule for schedule, _by in await set_for_now(session, request.actor.id, request.now)
    ]
    tasks = request.said("task")
    if any(is_named(schedule, request.text, tasks) for schedule in own):
        return []
    if not own and not tasks:
        return found
    return [schedule for schedule in found if is_named(schedule, request.text, tasks)]


async def _shown(request: Request, session: Session) -> Draft | None:
    return await list_shown(session, request.actor.id, {READ_BY}, request.now)


def _which(schedules: list[Schedule], question: Text) -> Reply:
    buttons: tuple[Element, ...] = tuple(
        Button(plain(s.payload["task"][:70]), "reminder.cancel", str(s.id))
        for s in schedules[:MOST]
    )
    return Reply(question, buttons)
