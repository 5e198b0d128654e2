"""Set a reminder: what, when, for whom; at once for oneself, confirmed for others."""

import re

from actions.access import EVERYBODY
from actions.action import Action
from actions.drafting import DraftForm, Filled, Slot, Unread, begin
from actions.moments import Moment, echo, next_three
from actions.reminder_list import show_reminders
from actions.reminder_receivers import members, names_of
from actions.reply import Button, Card, Fact, Field, Kind, Reply
from actions.request import Request
from actions.set_reminder.hearing import OPENS, bare_task, heard_task, heard_when, without_time
from actions.set_reminder.receiving import heard_who, read_who
from actions.set_reminder.timing import read_when, shown_when
from actions.words import Text, _, lines, ngettext, plain
from storage import Session
from storage.queries.reminding import came_last, muting, receive
from storage.queries.schedules import promise
from storage.tables import Person

action = Action(
    "set_reminder",
    for_=EVERYBODY,
    title=_("Set a reminder"),
    example=_("Remind me on Friday at 9 to call Volvo"),
)

LONGEST_TASK = 300
_GROUP = re.compile(
    r"^(?:(?:hej|hi|please|snälla|kan\sdu|can\syou)[\s,!.]*)*(?:påminna?|paminna?|remind)\s+"
    r"(?:alla\s+|all\s+(?:the\s+)?|the\s+)?(?:alumni?\s?)?"
    r"(?:koordinator|coordinators?\b|\w*nätverket\b|network\b)",
    re.IGNORECASE,
)
_UNREAD = re.compile(r"oläst|inte (?:har )?läst|unread|not (?:yet )?read|n't read", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:igen|again)\b", re.IGNORECASE)


async def _read_task(
    raw: str, _request: Request, _session: Session, filled: Filled
) -> Unread | None:
    task = bare_task(raw).strip(" .,:–-")
    if not task:
        return Unread(_("What shall I remind you of?"))
    if len(task) > LONGEST_TASK:
        return Unread(_("That is too long: {n} characters at most.", n=LONGEST_TASK))
    filled["task"] = task
    return None


async def _preview(request: Request, session: Session, filled: Filled) -> Card:
    moment = Moment.from_filled(filled["when"]) if filled.get("when") else None
    card = _card(filled.get("task"), moment)
    who = filled.get("who")
    if not who:
        return card
    people = await members(session, who, request.actor, request.local_now.date())
    refusing = await muting(session, request.actor.id)
    facts = [*card.facts, Fact(_("To"), _counted([p for p in people if p.id not in refusing]))]
    if muted := [p for p in people if p.id in refusing]:
        facts.append(Fact(_("Takes no reminders from you"), names_of(muted)))
    return Card(card.title, facts=tuple(facts))


async def _save(request: Request, session: Session, filled: Filled) -> Reply:
    moment = Moment.from_filled(filled["when"])
    who, anchor = filled.get("who"), filled.get("anchor")
    payload = {"task": filled["task"]}
    if who:
        payload["to"] = who
    if anchor:
        payload["offset"] = anchor["offset"]
    ids = []
    for at in moment.at:
        schedule = await promise(
            session,
            kind="reminder",
            owner_id=request.actor.id,
            payload=payload,
            dtstart=at,
            zone=request.actor.zone,
            rrule=moment.rrule,
            now=request.now,
            subject=anchor["subject"] if anchor else None,
        )
        ids.append(schedule.id)
    told = await _told(request, session, who, ids)
    await show_reminders(request, session, ids)
    undo = Button(_("Undo"), "reminder.undo", ",".join(map(str, ids)))
    card = _card(filled["task"], moment)
    follows = _("If it moves, the reminder moves with it.") if anchor else None
    return Reply(
        lines(told, _guess(moment) if not anchor else None, follows, by=" "),
        (Card(card.title, facts=card.facts, buttons=(undo,)),),
    )


async def _told(request: Request, session: Session, who: Filled | None, ids: list[int]) -> Text:
    if not who:
        return _("I will remind you.")
    people = await members(session, who, request.actor, request.local_now.date())
    refusing = await muting(session, request.actor.id)
    taking = [person for person in people if person.id not in refusing]
    for schedule_id in ids:
        await receive(session, schedule_id, [person.id for person in taking])
    return _("I will remind {names}.", names=_counted(taking))


def _counted(people: list[Person]) -> Text:
    if len(people) == 1:
        return plain(people[0].name)
    return ngettext(
        "{n} person: {names}", "{n} people: {names}", len(people), names=names_of(people)
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
            heard_task,
            prose=True,
            orders=True,
            called=("uppgift", "task"),
        ),
        Slot(
            Field("when", Kind.LINE, _("When, for example “Friday at 9”")),
            _("When shall I remind you?"),
            read_when,
            heard_when,
            marked=True,
            also=("anchor",),
            show=shown_when,
        ),
        Slot(
            Field("who", Kind.LINE, _("To (leave empty for yourself)"), required=False),
            _("Whom shall I remind?"),
            read_who,
            heard_who,
            called=("mottagare", "receiver"),
            show=lambda filled: (filled.get("who") or {"said": ""})["said"],
        ),
    ),
    preview=_preview,
    save=_save,
    at_once=lambda _request, filled: not filled.get("who"),
    opens=OPENS,
    rest=without_time,
    shown_first=True,  # whom it reaches is named before others are reminded
)


@action.asked
async def remind(request: Request, session: Session) -> Reply:
    """Begin a reminder; what reaches others is confirmed first.

    "påminn mig igen på torsdag" is about the one that came last.
    """
    if _AGAIN.search(request.text) and heard_task(request) is None:
        schedule = await came_last(session, request.actor.id, request.now)
        if schedule is not None:
            return await begin(form, request, session, {"task": schedule.payload["task"]})
    return await begin(form, request, session)


@action.ordered(_GROUP)
async def remind_a_group(request: Request, session: Session) -> Reply | None:
    """Begin a reminder to a group; those who have not read an announcement are no such group."""
    return None if _UNREAD.search(request.text) else await remind(request, session)


@action.pressed("reminder.mine")
async def remind_me_instead(request: Request, session: Session) -> Reply:
    """Remind the asker of what she wanted others to be reminded of (from older messages)."""
    return await begin(form, request, session, {"task": request.value})
