"""Remove or postpone one of one's own reminders; what was removed can be taken back."""

import re
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from actions.access import EVERYBODY
from actions.action import Action
from actions.changing import changed, says_a_time
from actions.drafting import Unread
from actions.moments import Moment, echo, read_moment
from actions.ordinals import pick
from actions.reminder_list import READ_BY, show_reminders
from actions.reminder_receivers import refuse_for, set_for_now
from actions.reply import Button, Element, Reply
from actions.request import Request, row_id
from actions.words import Text, _, lines, plain
from nlu.understanding import without
from storage import Session
from storage.folding import fold
from storage.queries.drafts import list_shown
from storage.queries.people import person_by_id
from storage.queries.schedules import promise_again, schedule_of, schedules_of
from storage.tables import Draft, Schedule

action = Action(
    "cancel_reminder",
    for_=EVERYBODY,
    title=_("Remove a reminder"),
    example=_("Remove the reminder about Volvo"),
)

_LIKENESS = 75
_MOST = 10
_POSTPONE = re.compile(
    r"\b(?:flytta|skjut|senarel|tidigarel|vänta|ändra|byt|move|postpone|push|delay|reschedule|"
    r"snooze|change)",
    re.IGNORECASE,
)
_ALL = ("alla ", "allt", "all my", "all of", "every reminder", "samtliga")
_REMOVES = re.compile(r"\b(?:ta bort|radera|stryk|avboka|slopa|remove|delete|cancel|drop)\b")
_THAT = re.compile(r"\b(?:den|det|denna|it|that|this)\b", re.IGNORECASE)
_ANY = re.compile(
    r"\b(?:en|någon|nån|a|one|some)\s+(?:(?:av|of)\s+)?(?:mina\s+|my\s+)?(?:påminnelse|reminder)",
    re.IGNORECASE,
)
_HOW = _(
    "Write which reminder to move and the new time, for example: “move the one about Volvo to "
    "Monday”."
)


@action.asked
async def cancel(request: Request, session: Session) -> Reply:
    """Remove or move the reminder that the words point at, or ask which."""
    every = await schedules_of(session, request.actor.id, "reminder")
    moving = _POSTPONE.search(request.text) is not None
    hers = [] if moving else await _from_others(request, session, every)
    if len(hers) == 1:
        return await _refused(hers[0], request, session)
    if hers:
        return _which(hers, _("Which reminder shall I remove?"))
    if not every:
        return Reply(_("You have no reminders to remove."))
    shown = await _shown(request, session)
    pointed = _pointed_at(request, every, shown, moving=moving, implied=False)
    if moving:
        return await _moved(request, session, pointed, _items(shown))
    if any(word in f"{fold(request.text)} " for word in _ALL):
        return _which(every, _("I remove one at a time, so that none goes by mistake. Which?"))
    if len(pointed) == 1:
        return await _removed(pointed[0], request, session, _items(shown))
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
    pointed = _pointed_at(request, every, shown, moving=True, implied=True)
    if len(pointed) == 1 and says_a_time(_outside_task(request), request):
        return await _moved(request, session, pointed, _items(shown))
    return None


@action.pressed("reminder.cancel")
async def cancel_one(request: Request, session: Session) -> Reply:
    """Remove the reminder of a button."""
    schedule = await _own(request, session)
    if schedule is None:
        anothers = await schedule_of(session, row_id(request.value))
        if anothers is not None and anothers.kind == "reminder":
            return await _refused(anothers, request, session)
    if schedule is None or schedule.state != "active":
        return Reply(_("That reminder is gone already."))
    return await _removed(schedule, request, session, [])


@action.pressed("reminder.restore")
async def restore(request: Request, session: Session) -> Reply:
    """Take back a removal."""
    schedule = await _own(request, session)
    if schedule is None or not promise_again(schedule, request.now):
        return Reply(_("That time has passed. Set a new reminder instead."))
    return Reply(_("It is back: {task}", task=schedule.payload["task"]), updates=True)


async def _from_others(request: Request, session: Session, own: list[Schedule]) -> list[Schedule]:
    """Return the reminders from others that the words name, where they name none of one's own."""
    found = [
        schedule for schedule, _by in await set_for_now(session, request.actor.id, request.now)
    ]
    tasks = request.said("task")
    if any(_named(schedule, request.text, tasks) for schedule in own):
        return []
    if not own and not tasks:
        return found
    return [schedule for schedule in found if _named(schedule, request.text, tasks)]


async def _refused(schedule: Schedule, request: Request, session: Session) -> Reply:
    if not await refuse_for(session, schedule, request.actor.id, request.now):
        return Reply(_("That reminder is gone already."))
    owner = await person_by_id(session, schedule.owner_id)
    return Reply(_("I won't remind you of this again. I have told {name}.", name=owner.name))


async def _removed(
    schedule: Schedule, request: Request, session: Session, kept: list[int]
) -> Reply:
    schedule.state, schedule.next_due_utc = "cancelled", None
    await show_reminders(request, session, kept or [schedule.id], schedule.id)
    undo = Button(_("Undo"), "reminder.restore", str(schedule.id))
    return Reply(_("Removed: {task}", task=schedule.payload["task"]), (undo,))


def _items(shown: Draft | None) -> list[int]:
    return list(shown.filled["items"]) if shown is not None else []


async def _moved(
    request: Request, session: Session, pointed: list[Schedule], kept: list[int]
) -> Reply:
    every = pointed or await schedules_of(session, request.actor.id, "reminder")
    to = _outside_task(request)
    moments = [(s, changed(_moment(s), to, request)) for s in every[:_MOST]]
    if len(moments) == 1:
        schedule, moment = moments[0]
        if isinstance(moment, Moment):
            return await _move(schedule, moment, request, session, kept)
        if moment.choices:
            return Reply(moment.message, _times(schedule, moment.choices))
    if not says_a_time(to, request):
        return Reply(_HOW)
    buttons: tuple[Element, ...] = tuple(
        Button(plain(s.payload["task"][:70]), "reminder.move", f"{s.id}:{_iso(moment)}")
        for s, moment in moments
        if isinstance(moment, Moment)
    )
    return Reply(_("Which reminder shall I move?"), buttons) if buttons else Reply(_HOW)


def _outside_task(request: Request) -> str:
    understood = request.understanding
    entities = understood.entities if understood else ()
    return without(request.text, [e for e in entities if e.entity == "task"])


def _times(schedule: Schedule, choices: tuple[tuple[str, Text], ...]) -> tuple[Element, ...]:
    return tuple(Button(label, "reminder.move", f"{schedule.id}:{v}") for v, label in choices)


@action.pressed("reminder.move")
async def move(request: Request, session: Session) -> Reply:
    """Move the reminder of a button to the time that was said before."""
    number, _sep, to = request.value.partition(":")
    schedule = await _own(request.with_(value=number), session)
    moment = read_moment(to, request)
    if schedule is None or schedule.state != "active" or isinstance(moment, Unread):
        return Reply(_("That reminder is gone already."))
    return await _move(schedule, moment, request, session, [])


async def _move(
    schedule: Schedule, moment: Moment, request: Request, session: Session, kept: list[int]
) -> Reply:
    schedule.dtstart, schedule.rrule = moment.at[0], moment.rrule or schedule.rrule
    cut = "offset" in schedule.payload  # a time of its own is not moved by anything else
    schedule.payload = {k: v for k, v in schedule.payload.items() if k != "offset"}
    promise_again(schedule, request.now)
    await show_reminders(request, session, kept or [schedule.id], schedule.id)
    to = plain(moment.at[0]) if schedule.rrule is None else echo(_moment(schedule))
    told = _("Moved to {day}: {task}", day=to, task=schedule.payload["task"])
    alone = _("From now on it stands by itself and moves with nothing else.") if cut else None
    return Reply(
        lines(told, alone),
        (Button(_("Remove"), "reminder.cancel", str(schedule.id)),),
    )


def _moment(schedule: Schedule) -> Moment:
    due = schedule.next_due_utc
    zone = ZoneInfo(schedule.zone)
    at = schedule.dtstart if due is None else due.astimezone(zone).replace(tzinfo=None)
    return Moment((at,), schedule.rrule)


def _iso(moment: Moment) -> str:
    return moment.at[0].isoformat(timespec="minutes")


def _pointed_at(
    request: Request, every: list[Schedule], shown: Draft | None, *, moving: bool, implied: bool
) -> list[Schedule]:
    """Return the reminders that a message means: by place, by name, by day, or the one at hand."""
    items = shown.filled["items"] if shown is not None else []
    chosen = pick(request.text, items)
    if chosen is not None:
        return [schedule for schedule in every if schedule.id == chosen]
    tasks = request.said("task")
    if len(every) == 1 and not tasks:
        return every
    named = [s for s in every if _named(s, request.text, tasks)]
    if named:
        return named
    one = shown.filled.get("one") if shown is not None else None
    if one is not None and not tasks and (implied or _THAT.search(request.text)):
        return [schedule for schedule in every if schedule.id == one]
    return [] if moving else [s for s in every if _on_the_day(s, request)]


def _named(schedule: Schedule, text: str, tasks: list[str]) -> bool:
    task = fold(schedule.payload["task"])
    if tasks and fuzz.partial_ratio(task, fold(" ".join(tasks))) >= _LIKENESS:
        return True
    said = set(fold(" ".join(tasks) or text).split())
    return any(len(word) > 3 and word in said for word in task.split())  # noqa: PLR2004


def _on_the_day(schedule: Schedule, request: Request) -> bool:
    when = request.understanding.when if request.understanding else None
    if when is None or schedule.next_due_utc is None or not when.values:
        return False
    wall = _moment(schedule).at[0].date().isoformat()
    return any(value.isoformat().startswith(wall) for value in when.values)


async def _shown(request: Request, session: Session) -> Draft | None:
    return await list_shown(session, request.actor.id, {READ_BY}, request.now)


async def _own(request: Request, session: Session) -> Schedule | None:
    schedule = await schedule_of(session, row_id(request.value))
    if schedule is None or schedule.owner_id != request.actor.id or schedule.kind != "reminder":
        return None
    return schedule


def _which(schedules: list[Schedule], question: Text) -> Reply:
    buttons: tuple[Element, ...] = tuple(
        Button(plain(s.payload["task"][:70]), "reminder.cancel", str(s.id))
        for s in schedules[:_MOST]
    )
    return Reply(question, buttons)
