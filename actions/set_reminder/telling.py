"""What is told of reminders for others: done, refused, not reached, called off, ended."""

from actions.access import COORDINATORS, Actor
from actions.reminder_receivers import names_of
from actions.reply import Fact, Reply
from actions.set_reminder.setting import action
from actions.words import _, ngettext
from storage import Session
from storage.queries.people import person_by_id
from storage.queries.reminding import not_reached
from storage.queries.schedules import schedule_of
from storage.tables import Outbox, Person


@action.due("reminder.ended")
async def ended(row: Outbox, hers: Actor, session: Session) -> Reply | None:
    """Tell that a group's reminder has ended because its creator has left."""
    schedule = await schedule_of(session, row.payload["schedule"])
    if schedule is None or not hers.roles & COORDINATORS:
        return None
    owner = await person_by_id(session, schedule.owner_id)
    return Reply(
        _(
            "{name} no longer works here, so their reminder to {group} has ended: {task}",
            name=owner.name,
            group=schedule.payload["to"]["said"],
            task=schedule.payload["task"],
        )
    )


@action.due("reminder.told")
async def told(row: Outbox, _receiver: Actor, session: Session) -> Reply | None:
    """Tell a creator what became of her reminder with somebody."""
    person = await session.get(Person, row.payload["person"])
    what = row.payload["what"]
    if person is None:
        return None
    name = person.name
    if what == "muted":
        return Reply(_("{name} takes no more reminders from you.", name=name))
    if what == "unmuted":
        return Reply(_("{name} takes your reminders again.", name=name))
    schedule = await schedule_of(session, row.payload["schedule"])
    if schedule is None:
        return None
    task = schedule.payload["task"]
    match what:
        case "accepted":
            return Reply(_("{name} wants your reminder after all: {task}", name=name, task=task))
        case "left":
            return Reply(
                _("{name} no longer works here, so no reminder of: {task}", name=name, task=task)
            )
        case "undelivered":
            return Reply(
                _("I could not reach {name} with your reminder: {task}", name=name, task=task)
            )
        case "done":
            return Reply(_("{name} has done it: {task}", name=name, task=task))
    return Reply(_("{name} does not want your reminder: {task}", name=name, task=task))


@action.due("reminder.unreached")
async def some_unreached(row: Outbox, _receiver: Actor, session: Session) -> Reply | None:
    """Tell a creator, in one message, whom of a group her reminder did not reach."""
    schedule = await schedule_of(session, row.payload["schedule"])
    people = await not_reached(session, row.payload["occurrence"], "reminder.due")
    if schedule is None or not people:
        return None
    text = ngettext(
        "I could not reach {n} person with your reminder: {task}",
        "I could not reach {n} people with your reminder: {task}",
        len(people),
        task=schedule.payload["task"],
    )
    return Reply(text, (Fact(_("Not reached"), names_of(people)),))


@action.due("reminder.off")
async def called_off(row: Outbox, _receiver: Actor, session: Session) -> Reply | None:
    """Tell that what a reminder hung on will not happen."""
    schedule = await schedule_of(session, row.payload["schedule"])
    if schedule is None:
        return None
    return Reply(
        _("What you were to be reminded of is called off: {task}", task=schedule.payload["task"])
    )
