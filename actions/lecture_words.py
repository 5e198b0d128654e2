"""How a guest lecture is told: one card for every capability that shows one."""

from datetime import date, time

from actions.grounding import name_of
from actions.reply import Button, Card, Fact
from actions.words import Text, _, plain
from storage.tables import GuestLecture

# Under this name a list that was shown keeps the ids of its lectures.
LECTURES = "lectures"
STATES: dict[str, Text] = {
    "proposed": _("Waiting for approval"),
    "approved": _("Approved"),
    "declined": _("Declined"),
    "cancelled": _("Cancelled"),
}


def lecturer_of(lecture: GuestLecture) -> Text:
    """Return who lectures; a name that was kept for one lecture only is erased after it."""
    if lecture.alumnus is not None:
        return plain(lecture.alumnus.name)
    return plain(lecture.lecturer) if lecture.lecturer else _("Name erased")


def lecture_card(lecture: GuestLecture, *buttons: Button, state: bool = False) -> Card:
    """Return the card of a lecture: who, topic, when, where, which unit."""
    facts = [Fact(_("When"), lecture_time(lecture)), Fact(_("Unit"), plain(name_of(lecture.unit)))]
    if lecture.course:
        facts.append(Fact(_("Course"), plain(lecture.course)))
    if lecture.room:
        facts.append(Fact(_("Room"), plain(lecture.room)))
    if state:
        facts.append(Fact(_("State"), STATES[lecture.state]))
    return Card(lecturer_of(lecture), plain(lecture.topic), tuple(facts), buttons)


def own_buttons(lecture: GuestLecture) -> tuple[Button, Button]:
    """Return what its registrar and coordinator may do with a coming lecture."""
    value = str(lecture.id)
    return (
        Button(_("Change the lecture"), "lecture.change", value),
        Button(_("Cancel the lecture"), "lecture.cancel", value),
    )


def lecture_time(lecture: GuestLecture) -> Text:
    """Return the day with its week, and the hours if they are known."""
    return day_and_hours(lecture.on_date, lecture.starts, lecture.ends)


def day_and_hours(on_date: date, starts: time | None, ends: time | None) -> Text:
    """Return a day with its week, and hours if there are any."""
    week = on_date.isocalendar().week
    if starts is None:
        return _("{day} (week {week})", day=on_date, week=week)
    if ends is None:
        return _("{day}, {starts} (week {week})", day=on_date, week=week, starts=starts)
    return _(
        "{day}, {starts}–{ends} (week {week})", day=on_date, week=week, starts=starts, ends=ends
    )
