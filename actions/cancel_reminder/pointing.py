"""Which of one's reminders a message means: by place, by name, by day, or the one at hand."""

import re
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from actions.moments import Moment
from actions.ordinals import pick
from actions.request import Request
from storage.folding import fold
from storage.tables import Draft, Schedule

_LIKENESS = 75
_THAT = re.compile(r"\b(?:den|det|denna|it|that|this)\b", re.IGNORECASE)


def pointed_at(
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
    named = [s for s in every if is_named(s, request.text, tasks)]
    if named:
        return named
    one = shown.filled.get("one") if shown is not None else None
    if one is not None and not tasks and (implied or _THAT.search(request.text)):
        return [schedule for schedule in every if schedule.id == one]
    return [] if moving else [s for s in every if _on_the_day(s, request)]


def is_named(schedule: Schedule, text: str, tasks: list[str]) -> bool:
    """Whether words name what a reminder is about; tasks: those that the model has marked."""
    task = fold(schedule.payload["task"])
    if tasks and fuzz.partial_ratio(task, fold(" ".join(tasks))) >= _LIKENESS:
        return True
    said = set(fold(" ".join(tasks) or text).split())
    return any(len(word) > 3 and word in said for word in task.split())  # noqa: PLR2004


def _on_the_day(schedule: Schedule, request: Request) -> bool:
    when = request.understanding.when if request.understanding else None
    if when is None or schedule.next_due_utc is None or not when.values:
        return False
    wall = moment_of(schedule).at[0].date().isoformat()
    return any(value.isoformat().startswith(wall) for value in when.values)


def moment_of(schedule: Schedule) -> Moment:
    """Return when a reminder comes next, in its own wall time, with its rule."""
    due = schedule.next_due_utc
    zone = ZoneInfo(schedule.zone)
    at = schedule.dtstart if due is None else due.astimezone(zone).replace(tzinfo=None)
    return Moment((at,), schedule.rrule)


def items_of(shown: Draft | None) -> list[int]:
    """Return the ids of the list shown last, in its order."""
    return list(shown.filled["items"]) if shown is not None else []
