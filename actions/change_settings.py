"""Change how the bot talks with one: the language, when the digest comes, a pause of it."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from actions.access import COORDINATORS, EVERYBODY
from actions.action import Action
from actions.reply import Button, Card, Fact, Field, Form, Kind, Reply
from actions.request import Request
from actions.weekly_times import due_in_week
from actions.words import Text, _
from nlu.times import find
from storage import Session
from storage.folding import fold
from storage.queries.digests import waiting_digests
from storage.queries.people import person_by_id
from storage.queries.preferences import Choices, choices_of, choose

action = Action(
    "change_settings",
    for_=EVERYBODY,
    title=_("Settings"),
    example=_("Answer me in English"),
)

_WORDS: dict[Literal["sv", "en"], tuple[str, ...]] = {
    "en": ("engelsk", "english"),
    "sv": ("svensk", "swedish"),
}
_DIGEST = ("digest", "sammanfattning", "summary", "veckobrev", "veckomejl", "notis", "notif")
_PAUSE = re.compile(r"\b(pausa\w*|paus|pause|tyst\w*|mute|stopp\w*|stop)\b")
_RESUME = re.compile(r"\b(ateruppta\w*|fortsatt\w*|starta|resume|unpause|igen)\b")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip
_NO_END = timedelta(days=28)
_EXPIRY = timedelta(hours=72)


@action.asked
async def change(request: Request, session: Session) -> Reply:
    """Change what was named at once, or show what is chosen and can be changed."""
    said = fold(request.text)
    for language, words in _WORDS.items():
        if any(word in said for word in words):
            return await _spoken(request, session, language)
    if request.actor.roles & COORDINATORS:
        if _RESUME.search(said) and not _PAUSE.search(said):
            return await _keep(request, session, paused_until=None)
        if _PAUSE.search(said):
            return await _keep(request, session, paused_until=_until(request))
        when = find(request.text, request.now, tz=request.actor.zone, lang=request.locale)
        if any(word in said for word in _DIGEST) and when.kind != "none":
            day = _weekday(when.rrule, when.first or next(iter(when.values or ()), None))
            at = when.first or next(iter(when.values or ()), None)
            hour = at.time() if when.has_time and isinstance(at, datetime) else None
            changed: dict[str, object] = {}
            if day is not None:
                changed["digest_weekday"] = day
            if hour is not None:
                changed["digest_time"] = hour
            if changed:
                return await _keep(request, session, **changed)
    return await _shown(request, session)


@action.pressed("settings.language")
async def choose_language(request: Request, session: Session) -> Reply:
    """Take the language of a button; anything else means as one writes."""
    if request.value == "sv":
        return await _spoken(request, session, "sv")
    if request.value == "en":
        return await _spoken(request, session, "en")
    person = await person_by_id(session, request.actor.id)
    person.locale = None
    return Reply(_("I answer in the language you write in."), _choices(), private=False)


@action.pressed("settings.digest")
async def put_back(request: Request, session: Session) -> Reply:
    """Take back a change of the digest; the button carries what held before."""
    try:
        day, at, paused = request.value.split(",")
        before = {
            "digest_weekday": min(max(int(day), 0), 6),
            "digest_time": time.fromisoformat(at),
            "paused_until": date.fromisoformat(paused) if paused else None,
        }
    except ValueError:
        return await _shown(request, session)
    return replace(await _keep(request, session, **before), updates=True)


@action.pressed("settings.form")
async def form(request: Request, session: Session) -> Reply:
    """Open the form of the digest with what is chosen now."""
    chosen = await choices_of(session, request.actor.id)
    days = tuple((str(n), day) for n, day in enumerate(_DAYS[:5]))
    fields = (
        Field("day", Kind.CHOICE, _("Day"), value=str(chosen.digest_weekday), options=days),
        Field("time", Kind.TIME, _("Time"), value=chosen.digest_time.strftime("%H:%M")),
        Field(
            "pause",
            Kind.DATE,
            _("Pause until"),
            required=False,
            value=chosen.paused_until.isoformat() if chosen.paused_until else "",
        ),
    )
    return Reply(_("When shall your week come?"), (Form("settings.save", _("My week"), fields),))


@action.submitted("settings.save")
async def save(request: Request, session: Session) -> Reply:
    """Keep what the form says."""
    given = request.submission
    try:
        changed = {
            "digest_weekday": min(max(int(given.get("day", "0")), 0), 6),
            "digest_time": time.fromisoformat(given.get("time", "")),
            "paused_until": date.fromisoformat(given["pause"]) if given.get("pause") else None,
        }
    except ValueError:
        return await form(request, session)
    return await _keep(request, session, **changed)


async def _keep(request: Request, session: Session, **changed: object) -> Reply:
    if not request.actor.roles & COORDINATORS:
        return await _shown(request, session)
    before = await choices_of(session, request.actor.id)
    after = await choose(session, request.actor.id, **changed)
    for row in await waiting_digests(session, request.actor.id, request.now):
        monday = date.fromisoformat(row.payload["monday"])
        due = due_in_week(monday, after.digest_weekday, after.digest_time, request.actor.zone)
        if due > request.now:  # one whose new hour has passed keeps its old one this week
            row.due_utc, row.expires_utc = due, due + _EXPIRY
    undo = Button(_("Undo"), "settings.digest", _packed(before))
    return Reply(_told(after, request), (undo,), private=False)


def _told(chosen: Choices, request: Request) -> Text:
    if chosen.paused_until is not None and chosen.paused_until > request.local_now.date():
        return _(
            "Your weekly digest is paused and comes again from {day}.", day=chosen.paused_until
        )
    return _(
        "Your weekly digest comes on {day} at {time}.",
        day=_DAYS[chosen.digest_weekday],
        time=chosen.digest_time,
    )


def _packed(chosen: Choices) -> str:
    paused = chosen.paused_until.isoformat() if chosen.paused_until else ""
    return f"{chosen.digest_weekday},{chosen.digest_time.strftime('%H:%M')},{paused}"


def _until(request: Request) -> date:
    today = request.now.astimezone(ZoneInfo(request.actor.zone)).date()
    when = find(request.text, request.now, tz=request.actor.zone, lang=request.locale)
    named = when.start or next(iter(when.values or ()), None)
    if named is None:
        return today + _NO_END
    return named.date() if isinstance(named, datetime) else named


def _weekday(rrule: str | None, day: date | None) -> int | None:
    if rrule:
        parts = dict(part.split("=", 1) for part in rrule.split(";"))
        if parts.get("BYDAY") in _WEEKDAYS:
            return _WEEKDAYS.index(parts["BYDAY"])
    return day.weekday() if day is not None else None


async def _shown(request: Request, session: Session) -> Reply:
    if not request.actor.roles & COORDINATORS:
        return Reply(_("Which language shall I answer in?"), _choices(), private=False)
    chosen = await choices_of(session, request.actor.id)
    buttons = (Button(_("Change"), "settings.form"),)
    card = Card(_("My week"), None, (Fact(_("When"), _told(chosen, request)),), buttons)
    return Reply(
        _("Your settings. The language and your week can be changed:"),
        (card, *_choices()),
        private=False,
    )


async def _spoken(request: Request, session: Session, language: Literal["sv", "en"]) -> Reply:
    person = await person_by_id(session, request.actor.id)
    before = person.locale or "auto"
    person.locale = language
    undo = Button(_("Undo"), "settings.language", before)
    text = _("I will answer in English.") if language == "en" else _("I will answer in Swedish.")
    return Reply(text, (undo,), private=False, locale=language)


def _choices() -> tuple[Button, ...]:
    return (
        Button(_("In Swedish"), "settings.language", "sv"),
        Button(_("In English"), "settings.language", "en"),
        Button(_("As I write"), "settings.language", "auto"),
    )
