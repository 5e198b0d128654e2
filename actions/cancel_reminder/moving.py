"""Move one of one's own reminders: in words, or to the time that was said before."""

from actions.cancel_reminder.pointing import moment_of
from actions.cancel_reminder.removing import GONE, MOST, action, own
from actions.changing import changed, says_a_time
from actions.drafting import Unread
from actions.moments import Moment, echo, read_moment
from actions.reminder_list import show_reminders
from actions.reply import Button, Element, Reply
from actions.request import Request
from actions.words import Text, _, lines, plain
from nlu.understanding import without
from storage import Session
from storage.queries.schedules import promise_again, schedules_of
from storage.tables import Schedule

_HOW = _(
    "Write which reminder to move and the new time, for example: “move the one about Volvo to "
    "Monday”."
)


async def moved(
    request: Request, session: Session, pointed: list[Schedule], kept: list[int]
) -> Reply:
    """Move the reminder that was pointed at, or ask which."""
    every = pointed or await schedules_of(session, request.actor.id, "reminder")
    to = outside_task(request)
    moments = [(s, changed(moment_of(s), to, request)) for s in every[:MOST]]
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


def outside_task(request: Request) -> str:
    """Return what was said without the words of the task."""
    understood = request.understanding
    entities = understood.entities if understood else ()
    return without(request.text, [e for e in entities if e.entity == "task"])


def _times(schedule: Schedule, choices: tuple[tuple[str, Text], ...]) -> tuple[Element, ...]:
    return tuple(Button(label, "reminder.move", f"{schedule.id}:{v}") for v, label in choices)


@action.pressed("reminder.move")
async def move(request: Request, session: Session) -> Reply:
    """Move the reminder of a button to the time that was said before."""
    number, _sep, to = request.value.partition(":")
    schedule = await own(request.with_(value=number), session)
    moment = read_moment(to, request)
    if schedule is None or schedule.state != "active" or isinstance(moment, Unread):
        return Reply(GONE)
    return await _move(schedule, moment, request, session, [])


async def _move(
    schedule: Schedule, moment: Moment, request: Request, session: Session, kept: list[int]
) -> Reply:
    schedule.dtstart, schedule.rrule = moment.at[0], moment.rrule or schedule.rrule
    cut = "offset" in schedule.payload  # a time of its own is not moved by anything else
    schedule.payload = {k: v for k, v in schedule.payload.items() if k != "offset"}
    promise_again(schedule, request.now)
    await show_reminders(request, session, kept or [schedule.id], schedule.id)
    to = plain(moment.at[0]) if schedule.rrule is None else echo(moment_of(schedule))
    told = _("Moved to {day}: {task}", day=to, task=schedule.payload["task"])
    alone = _("From now on it stands by itself and moves with nothing else.") if cut else None
    return Reply(
        lines(told, alone),
        (Button(_("Remove"), "reminder.cancel", str(schedule.id)),),
    )


def _iso(moment: Moment) -> str:
    return moment.at[0].isoformat(timespec="minutes")
