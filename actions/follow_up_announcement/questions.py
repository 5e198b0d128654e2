"""What is asked before many copies are touched, naming how many it concerns."""

import re
from collections import Counter
from typing import Literal

from actions.announcement_words import local
from actions.reply import Button, Card, Fact, Reply
from actions.request import Request
from actions.words import Text, _, ngettext, plain
from storage.queries.announcements import Receipt
from storage.tables import Announcement

_REMIND = re.compile(r"\b(?:påminn|knuffa|remind|nudge)", re.IGNORECASE)
_RECALL = re.compile(r"\b(?:återkalla|dra tillbaka|recall|withdraw|take back)", re.IGNORECASE)
CANCEL = re.compile(r"\b(?:avbryt|ställ in|stoppa|cancel|stop|call off)\b", re.IGNORECASE)
_RESEND = re.compile(r"\b(?:skicka om|skicka igen|resend|send again)\b", re.IGNORECASE)
# What is asked, the button's label, id and style.
Question = tuple[Text, Text, str, Literal["primary", "danger"]]


def asked_first(meant: Announcement, request: Request, rows: list[Receipt]) -> Reply | None:
    """Return the question before what was ordered in words, naming how many it concerns."""
    found = _ordered(request.text, Counter(row.state for row in rows))
    if found is None or found[0].values["n"] == 0:
        return None
    return question(meant, request, found)


def question(meant: Announcement, request: Request, found: Question) -> Reply:
    """Return a question with its one button, over the beginning of the text."""
    words, label, press, style = found
    day = local(meant.due_utc, request.actor).date()
    text = Fact(_("Text"), plain(meant.text(request.locale)[:80]))
    button = Button(label, press, str(meant.id), style)
    return Reply(words, (Card(_("Announcement of {day}", day=day), facts=(text,)), button))


def _ordered(said: str, count: Counter[str]) -> Question | None:
    """Return the question, the button's label, id and style for what a message orders."""
    if _REMIND.search(said):
        question = ngettext(
            "Remind {n} person who has not read this?",
            "Remind {n} people who have not read this?",
            count["delivered"],
        )
        return question, _("Remind the unread"), "announcement.remind", "primary"
    if _RESEND.search(said):
        question = ngettext(
            "Send this again to {n} person whom it did not reach?",
            "Send this again to {n} people whom it did not reach?",
            count["failed"],
        )
        return question, _("Resend to the failed"), "announcement.resend", "primary"
    if CANCEL.search(said) is not None:
        return stopping(count)
    if _RECALL.search(said):
        return _recalling(count)
    return None


def stopping(count: Counter[str]) -> Question:
    """Return the question before it is cancelled, or recalled where it has reached anybody."""
    if not count["read"] + count["delivered"] and count["waiting"]:
        question = ngettext(
            "Cancel this before it goes to {n} person?",
            "Cancel this before it goes to {n} people?",
            count["waiting"],
        )
        return question, _("Cancel it"), "announcement.cancel", "danger"
    return _recalling(count)


def _recalling(count: Counter[str]) -> Question:
    question = ngettext(
        "Recall this from {n} person?", "Recall this from {n} people?", count.total()
    )
    return question, _("Recall"), "announcement.recall", "danger"
