"""Remind somebody of something: once or by a rule, at the time promised."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.access import EVERYBODY, Actor
from actions.action import Action
from actions.changing import at_that_hour, changed
from actions.drafting import DraftForm, Filled, Slot, Unread, begin
from actions.moments import Moment, echo, next_three, read_moment
from actions.reminder_list import show_reminders
from actions.reply import Button, Card, Fact, Field, Kind, Reply
from actions.request import Request, row_id
from actions.words import Text, _, lines, plain
from nlu.times import find
from nlu.understanding import without
from storage import Session
from storage.queries.outbox import REMINDER_EXPIRY, enqueue
from storage.queries.schedules import promise, schedule_of
from storage.tables import Occurrence, Outbox, Schedule

action = Action(
    "set_reminder",
    for_=EVERYBODY,
    title=_("Set a reminder"),
    example=_("Remind me on Friday at 9 to call Volvo"),
)

LONGEST_TASK = 300
_SNOOZED_TO = time(8)
_LEAD = re.compile(
    r"""^(?:(?:hej|hallå|hello|hi|please|snälla|kan\sdu|can\syou|could\syou)[\s,!.]*)*
    (?:påminna?|paminna?|påmin|remind|säg\still|sag\still|ping|pinga|tell)\s+(?:mig|mej|me)\b|
    ^(?:kom\sihåg|remember|glöm\sinte|don't\sforget|dont\sforget|don't\slet\sme\sforget)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LINK = re.compile(r"^[\s,.:–-]*(?:om\satt|om|att|to|about|that|of|då|when)\b[\s:]*", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:påminn|paminn|remind)\s+(?!mig\b|mej\b|me\b|om\b|att\b|about\b|på\b|i\b|kl\b)\w+",
    re.IGNORECASE,
)


async def _read_task(
    raw: str, _request: Request, _session: Session, filled: Filled
) -> Unread | None:
    task = " ".join(raw.split()).strip(" .,:–-")
    if not task:
        return Unread(_("What shall I remind you of?"))
    if len(task) > LONGEST_TASK:
        return Unread(_("That is too long: {n} characters at most.", n=LONGEST_TASK))
    filled["task"] = task
    return None


async def _read_when(
    raw: str, request: Request, _session: Session, filled: Filled
) -> Unread | None:
    offered = [o.value.split(":", 2)[-1] for o in request.offered if ":when:" in o.value]
    asked = at_that_hour(raw, offered, request) if not filled.get("when") else None
    if asked is not None:
        return asked
    before = filled.get("when")
    found = (
        changed(Moment.from_filled(before), raw, request) if before else read_moment(raw, request)
    )
    if isinstance(found, Unread):
        return found
    filled["when"] = found.to_filled()
    return None


def _heard_task(request: Request) -> str | None:
    marked = request.said("task")
    if marked:
        return marked[0]
    lead = _LEAD.search(request.text)
    if lead is None:
        return None
    rest = request.text
    when = request.understanding.when if request.understanding else None
    spans = when.spans if when else ()
    for start, end in sorted((*spans, lead.span()), reverse=True):
        rest = rest[:start] + " " + rest[end:]
    rest = _LINK.sub("", re.sub(r"^\s*(?:på|on|den|i|the|in)\s*(?=\s|$)", "", rest.strip()))
    return rest.strip(" ,.!?:") or None


def _heard_when(request: Request) -> str | None:
    understood = request.understanding
    if understood is None or understood.when is None:
        return None
    outside = without(request.text, [e for e in understood.entities if e.entity == "task"])
    # Sometimes the whole sentence was taken for the task; its time still counts.
    found = find(outside, request.now, tz=request.actor.zone)
    return request.text if found.kind == "none" else outside


def _without_time(request: Request) -> str:
    when = request.understanding.when if request.understanding else None
    text = request.text
    for start, end in sorted(when.spans if when else (), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split())


async def _preview(_request: Request, _session: Session, filled: Filled) -> Card:
    moment = Moment.from_filled(filled["when"]) if filled.get("when") else None
    return _card(filled.get("task"), moment)


async def _save(request: Request, session: Session, filled: Filled) -> Reply:
    moment = Moment.from_filled(filled["when"])
    ids = []
    for at in moment.at:
        schedule = await promise(
            session,
            kind="reminder",
            owner_id=request.actor.id,
            payload={"task": filled["task"]},
            dtstart=at,
            zone=request.actor.zone,
            rrule=moment.rrule,
            now=request.now,
        )
        ids.append(schedule.id)
    await show_reminders(request, session, ids)
    undo = Button(_("Undo"), "reminder.undo", ",".join(map(str, ids)))
    card = _card(filled["task"], moment)
    return Reply(
        lines(_("I will remind you."), _guess(moment), by=" "),
        (Card(card.title, facts=card.facts, buttons=(undo,)),),
    )


def _card(task: str | None, moment: Moment | None) -> Card:
    facts = []
    if moment is not None:
        facts.append(Fact(_("When"), echo(moment)))
        coming = next_three(moment)
        if coming is not None:
            facts.append(Fact(_("Next"), coming))
    return Card(plain(task) if task else _("Reminder"), facts=tuple(facts))


def _guess(moment: Moment) -> Text | None:
    return _("You gave no time of day, so I chose one.") if moment.guessed else None


form = action.form = DraftForm(
    action="set_reminder",
    submit="reminder.save",
    title=_("Reminder"),
    slots=(
        Slot(
            Field("task", Kind.LINE, _("What")),
            _("What shall I remind you of?"),
            _read_task,
            _heard_task,
            prose=True,
            orders=True,
            called=("uppgift", "task"),
        ),
        Slot(
            Field("when", Kind.LINE, _("When")),
            _("When shall I remind you?"),
            _read_when,
            _heard_when,
            marked=True,
            show=lambda filled: (filled.get("when") or {"at": [""]})["at"][0],
        ),
    ),
    preview=_preview,
    save=_save,
    at_once=lambda _request, _filled: True,
    opens=_LEAD,
    rest=_without_time,
)


@action.asked
async def remind_me(request: Request, session: Session) -> Reply:
    """Begin a reminder for oneself; to remind others is still to come, and it says so."""
    if _OTHERS.search(request.text):
        mine = Button(_("Remind me instead"), "reminder.mine", request.text[:LONGEST_TASK])
        return Reply(_("So far I can only remind you, not others."), (mine,), private=False)
    return await begin(form, request, session)


@action.pressed("reminder.mine")
async def remind_me_instead(request: Request, session: Session) -> Reply:
    """Remind the asker of what she wanted others to be reminded of."""
    return await begin(form, request, session, {"task": request.value})


@action.pressed("reminder.undo")
async def undo(request: Request, session: Session) -> Reply:
    """Take back reminders that were set just now."""
    found = 0
    for number in request.value.split(","):
        schedule = await _own(number, request, session)
        if schedule is not None and schedule.state == "active":
            schedule.state, schedule.next_due_utc = "cancelled", None
            found += 1
    if not found:
        return Reply(_("That reminder is gone already."), updates=True)
    return Reply(_("Undone. I will not remind you."), updates=True)


@action.pressed("reminder.done")
async def done(request: Request, session: Session) -> Reply:
    """Note that what was reminded of is done."""
    schedule = await _own(request.value, request, session)
    if schedule is None:
        return Reply(_("That reminder is gone already."), updates=True)
    return Reply(_("Done: {task}", task=schedule.payload["task"]), updates=True)


@action.pressed("reminder.hour")
async def in_an_hour(request: Request, session: Session) -> Reply:
    """Come back in an hour."""
    return await _snooze(request, session, request.local_now + timedelta(hours=1))


@action.pressed("reminder.tomorrow")
async def tomorrow(request: Request, session: Session) -> Reply:
    """Come back tomorrow at eight."""
    day = request.local_now.date() + timedelta(days=1)
    return await _snooze(request, session, datetime.combine(day, _SNOOZED_TO))


async def _snooze(request: Request, session: Session, at: datetime) -> Reply:
    schedule = await _own(request.value, request, session)
    if schedule is None:
        return Reply(_("That reminder is gone already."), updates=True)
    await promise(
        session,
        kind="reminder",
        owner_id=request.actor.id,
        payload=schedule.payload,
        dtstart=at.replace(second=0, microsecond=0),
        zone=request.actor.zone,
        now=request.now,
    )
    return Reply(
        _("I will remind you again on {day}: {task}", day=at, task=schedule.payload["task"]),
        updates=True,
    )


async def _own(number: str, request: Request, session: Session) -> Schedule | None:
    schedule = await schedule_of(session, row_id(number))
    if schedule is None or schedule.owner_id != request.actor.id or schedule.kind != "reminder":
        return None
    return schedule


@action.fired("reminder")
async def fire(schedule: Schedule, occurrence: Occurrence, session: Session) -> None:
    """Promise the message of one occurrence to the owner."""
    await enqueue(
        session,
        person_id=schedule.owner_id,
        kind="reminder.due",
        payload={"schedule": schedule.id},
        cause="reminder",
        dedupe_key=f"reminder:{schedule.id}:{occurrence.due_utc.isoformat()}",
        due=occurrence.due_utc,
        expires_in=REMINDER_EXPIRY,
        occurrence_id=occurrence.id,
    )


@action.due("reminder.due")
async def remind(row: Outbox, receiver: Actor, session: Session) -> Reply | None:
    """Render a reminder when it is sent; a cancelled one is not."""
    schedule = await schedule_of(session, row.payload["schedule"])
    if schedule is None or schedule.state == "cancelled":
        return None
    value = str(schedule.id)
    due = row.due_utc.astimezone(ZoneInfo(receiver.zone)).replace(tzinfo=None)
    return Reply(
        _("Reminder: {task}", task=schedule.payload["task"]),
        (
            Fact(_("Due"), plain(due)),
            Button(_("Done"), "reminder.done", value, "primary"),
            Button(_("In an hour"), "reminder.hour", value),
            Button(_("Tomorrow at 8"), "reminder.tomorrow", value),
        ),
    )
