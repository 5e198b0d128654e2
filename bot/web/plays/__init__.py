"""The small plays that the gallery performs: who says and presses what, in both languages."""

from bot.web.plays import announcements, contacts, digest, lectures, mentors, reminders, rest
from bot.web.plays.steps import Play

PLAYS: tuple[Play, ...] = (
    *mentors.PLAYS,
    *contacts.PLAYS,
    *lectures.PLAYS,
    *reminders.PLAYS,
    *announcements.PLAYS,
    *digest.PLAYS,
    *rest.PLAYS,
)
