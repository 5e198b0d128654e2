"""Remove or postpone one of one's own reminders; what was removed can be taken back."""

from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from actions.access import EVERYBODY
from actions.action import Action
from actions.drafting import Unread
from actions.moments import Moment, read_moment
from actions.ordinals import number_in
from actions.reply import Button, Element, Reply
from actions.request import Request, row_id
from actions.words import Text, _, plain
from storage import Session
from storage.folding import fold
from storage.queries.drafts import open_drafts
from storage.queries.schedules import promise_again, schedule_of, schedules_of
from storage.tables import Schedule

action = Action(
    "cancel_reminder",
    for_=EVERYBODY,
    title=_("Remove a reminder"),
    example=_("Remove the reminder about Volvo"),
)

_LIKENESS = 75
_MOST = 10
_POSTPONE = (
    "flytta",
    "skjut",
    "senarelagg",
    "vanta",
    "move",
    "postpone",
    "push",
    "delay",
    "reschedule",
    "snooze",
    "andra",
)
_ALL = ("alla ", "allt", "all my", "all of", "every reminder", "samtliga")


@action.asked
async def cancel(request: Request, session: Session) -> Reply:
    """Remove or move the reminder that the words point at, or ask which."""
    every = await schedules_of(session, request.actor.id, "reminder")
    if not every:
        return Reply(_("You have no reminders to remove."))
    pointed = await _pointed_at(request, session, every)
    if any(word in fold(request.text) for word in _POSTPONE):
        return await _moved(request, session, pointed)
    if any(word in f"{fold(request.text)} " for word in _ALL):
        return _which(every, _("I remove one at a time, so that none goes by mistake. Which?"))
    if len(pointed) == 1:
        return _removed(pointed[0])
    return _which(pointed or every, _("Which reminder shall I remove?"))


@action.pressed("reminder.cancel")
async def cancel_one(request: Request, session: Session) -> Reply:
    """Remove the reminder of a button."""
    schedule = await _own(request, session)
    if schedule is None or schedule.state != "active":
        return Reply(_("That reminder is gone already."))
    return _removed(schedule)


@action.pressed("reminder.restore")
async def restore(request: Request, session: Session) -> Reply:
    """Take back a removal."""
    schedule = await _own(request, session)
    if schedule is None or not promise_again(schedule, request.now):
        return Reply(_("That time has passed. Set a new reminder instead."))
    return Reply(_("It is back: {task}", task=schedule.payload["task"]), updates=True)


def _removed(schedule: Schedule) -> Reply:
    schedule.state, schedule.next_due_utc = "cancelled", None
    undo = Button(_("Undo"), "reminder.restore", str(schedule.id))
    return Reply(_("Removed: {task}", task=schedule.payload["task"]), (undo,))


async def _moved(request: Request, session: Session, pointed: list[Schedule]) -> Reply:
    moment = read_moment(request.text, request)
    if isinstance(moment, Unread):
        return Reply(
            _(
                "Write which reminder to move and the new time, for example: “move the one about "
                "Volvo to Monday”."
            )
        )
    if len(pointed) == 1:
        return _move(pointed[0], moment, request)
    every = await schedules_of(session, request.actor.id, "reminder")
    to = moment.at[0].isoformat(timespec="minutes")
    buttons: tuple[Element, ...] = tuple(
        Button(plain(s.payload["task"][:70]), "reminder.move", f"{s.id}:{to}")
        for s in (pointed or every)[:_MOST]
    )
    return Reply(_("Which reminder shall I move to {day}?", day=moment.at[0]), buttons)


@action.pressed("reminder.move")
async def move(request: Request, session: Session) -> Reply:
    """Move the reminder of a button to the time that was said before."""
    number, _sep, to = request.value.partition(":")
    schedule = await _own(request.with_(value=number), session)
    moment = read_moment(to, request)
    if schedule is None or schedule.state != "active" or isinstance(moment, Unread):
        return Reply(_("That reminder is gone already."))
    return _move(schedule, moment, request)


def _move(schedule: Schedule, moment: Moment, request: Request) -> Reply:
    schedule.dtstart, schedule.rrule = moment.at[0], moment.rrule or schedule.rrule
    promise_again(schedule, request.now)
    return Reply(
        _("Moved to {day}: {task}", day=moment.at[0], task=schedule.payload["task"]),
        (Button(_("Remove"), "reminder.cancel", str(schedule.id)),),
    )


async def _pointed_at(request: Request, session: Session, every: list[Schedule]) -> list[Schedule]:
    number = number_in(request.text)
    live = await open_drafts(session, request.actor.id, request.now)
    shown = next((d for d in live if d.action == "list_reminders"), None)
    if number is not None and shown is not None and number <= len(shown.filled["items"]):
        wanted = shown.filled["items"][number - 1]
        return [schedule for schedule in every if schedule.id == wanted]
    if len(every) == 1 and not request.said("task"):
        return every
    words = fold(" ".join(request.said("task")) or request.text)
    named = [s for s in every if _alike(fold(s.payload["task"]), words)]
    return named or [s for s in every if _on_the_day(s, request)]


def _alike(task: str, words: str) -> bool:
    if fuzz.partial_ratio(task, words) >= _LIKENESS:
        return True
    said = set(words.split())
    return any(len(word) > 3 and word in said for word in task.split())  # noqa: PLR2004


def _on_the_day(schedule: Schedule, request: Request) -> bool:
    when = request.understanding.when if request.understanding else None
    due = schedule.next_due_utc
    if when is None or due is None or not when.values:
        return False
    wall = due.astimezone(ZoneInfo(schedule.zone)).date().isoformat()
    return any(value.isoformat().startswith(wall) for value in when.values)


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
