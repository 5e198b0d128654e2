"""Change how the bot talks with one: the language, the digest, its pause, the quiet hours."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from actions.access import COORDINATORS, EVERYBODY
from actions.action import Action
from actions.change_settings.chats import chats_card
from actions.quiet_hours import quiet_hours_said, quiet_told
from actions.reply import Button, Card, Fact, Field, Form, Kind, Reply
from actions.request import Request
from actions.weekly_times import due_in_week
from actions.words import Listed, Text, _, lines
from nlu.times import find
from storage import Session
from storage.folding import fold
from storage.queries.digests import waiting_digests
from storage.queries.people import appointments_of, person_by_id
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
_NOT = re.compile(r"\b(inte|ej|not|dont|don't)\b")  # "svara inte på engelska"
_DIGEST = ("digest", "sammanfattning", "summary", "veckobrev", "veckomejl", "notis", "notif")
_PAUSE = re.compile(r"\b(pausa\w*|paus|pause|tyst\w*|mute|stopp\w*|stop)\b")
_RESUME = re.compile(r"\b(ateruppta\w*|fortsatt\w*|starta|resume|unpause|igen)\b")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip
_NUMBERS = {
    "en": 1, "a": 1, "one": 1, "tva": 2, "two": 2, "tre": 3, "three": 3, "fyra": 4, "four": 4,
}  # fmt: skip
_LENGTH = re.compile(rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS)}) (veck\w*|week\w*|dag\w*|day\w*)")
_QUIET = ("quiet_from", "quiet_to")
_NO_END = timedelta(days=28)
_EXPIRY = timedelta(hours=72)


@action.asked
async def change(request: Request, session: Session) -> Reply:
    """Change what was named at once, or show what is chosen and can be changed."""
    said = fold(request.text)
    for language, words in _WORDS.items():
        if any(word in said for word in words):
            other: Literal["sv", "en"] = "sv" if language == "en" else "en"
            meant = other if _NOT.search(said) else language
            return await _spoken(request, session, meant)
    quiet = quiet_hours_said(request.text, said)
    if quiet is not None:
        return await _keep(request, session, quiet_from=quiet[0], quiet_to=quiet[1])
    changed = _week_said(request, said) if _has_week(request) else {}
    return await (_keep(request, session, **changed) if changed else _shown(request, session))


def _week_said(request: Request, said: str) -> dict[str, object]:
    """Return what a message changes of the digest."""
    if _RESUME.search(said) and not _PAUSE.search(said):
        return {"paused_until": None}
    if _PAUSE.search(said):
        until = _until(request)
        return {"paused_until": until} if until else {}
    when = find(request.text, request.now, tz=request.actor.zone, lang=request.locale)
    changed: dict[str, object] = {}
    if any(word in said for word in _DIGEST) and when.kind != "none":
        at = when.first or next(iter(when.values or ()), None)
        day = _weekday(when.rrule, at)
        if day is not None:
            changed["digest_weekday"] = day
        if when.has_time and isinstance(at, datetime):
            changed["digest_time"] = at.time()
    return changed


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
        day, at, paused, *quiet = request.value.split(",")
        before = {
            "digest_weekday": min(max(int(day), 0), 6),
            "digest_time": time.fromisoformat(at),
            "paused_until": date.fromisoformat(paused) if paused else None,
            **dict(
                zip(_QUIET, (time.fromisoformat(q) if q else None for q in quiet), strict=False)
            ),
        }
    except ValueError:
        return await _shown(request, session)
    return replace(await _keep(request, session, **before), updates=True)


@action.pressed("settings.form")
async def form(request: Request, session: Session) -> Reply:
    """Open the form with what is chosen now."""
    chosen = await choices_of(session, request.actor.id)
    fields = (
        *(_digest_fields(chosen) if _has_week(request) else ()),
        Field(
            "quiet_from", Kind.TIME, _("Quiet from"), required=False, value=_hm(chosen.quiet_from)
        ),
        Field("quiet_to", Kind.TIME, _("Quiet to"), required=False, value=_hm(chosen.quiet_to)),
    )
    title = _("My week") if _has_week(request) else _("Quiet hours")
    text = _("When shall messages come?")
    return Reply(text, (Form("settings.save", title, fields),))


def _digest_fields(chosen: Choices) -> tuple[Field, ...]:
    days = tuple((str(n), day) for n, day in enumerate(_DAYS[:5]))
    paused = chosen.paused_until.isoformat() if chosen.paused_until else ""
    return (
        Field("day", Kind.CHOICE, _("Day"), value=str(chosen.digest_weekday), options=days),
        Field("time", Kind.TIME, _("Time"), value=_hm(chosen.digest_time)),
        Field("pause", Kind.DATE, _("Pause until"), required=False, value=paused),
    )


def _has_week(request: Request) -> bool:
    return bool(request.actor.roles & COORDINATORS)


def _hm(at: time | None) -> str:
    return at.strftime("%H:%M") if at else ""


@action.submitted("settings.save")
async def save(request: Request, session: Session) -> Reply:
    """Keep what the form says; quiet hours of which one end is missing are none."""
    given = request.submission
    try:
        changed: dict[str, object] = {}
        if _has_week(request):
            changed = {
                "digest_weekday": min(max(int(given.get("day", "0")), 0), 6),
                "digest_time": time.fromisoformat(given.get("time", "")),
                "paused_until": date.fromisoformat(given["pause"]) if given.get("pause") else None,
            }
        if set(_QUIET) & set(given):
            ends = [time.fromisoformat(given[q]) for q in _QUIET if given.get(q)]
            whole = len(ends) == len(_QUIET) and ends[0] != ends[1]
            changed |= dict(zip(_QUIET, ends if whole else (None, None), strict=True))
    except ValueError:
        return await form(request, session)
    return await _keep(request, session, **changed)


async def _keep(request: Request, session: Session, **changed: object) -> Reply:
    if not _has_week(request) and not changed.keys() <= set(_QUIET):
        changed = {name: value for name, value in changed.items() if name in _QUIET}
    before = await choices_of(session, request.actor.id)
    after = await choose(session, request.actor.id, **changed)
    for row in await waiting_digests(session, request.actor.id, request.now):
        monday = date.fromisoformat(row.payload["monday"])
        due = due_in_week(monday, after.digest_weekday, after.digest_time, request.actor.zone)
        if due > request.now:  # one whose new hour has passed keeps its old one this week
            row.due_utc, row.expires_utc = due, due + _EXPIRY
    undo = Button(_("Undo"), "settings.digest", _packed(before))
    quiet = (before.quiet_from, before.quiet_to) != (after.quiet_from, after.quiet_to)
    week = _has_week(request) and (not quiet or not changed.keys() <= set(_QUIET))
    meanwhile = await _meanwhile(after, request, session) if week else None
    told = lines(
        _told(after, request) if week else None, meanwhile, quiet_told(after) if quiet else None
    )
    return Reply(told if week or quiet else quiet_told(after), (undo,), private=False)


def _told(chosen: Choices, request: Request) -> Text:
    if chosen.paused_until is not None and chosen.paused_until > request.local_now.date():
        return _(
            "Your weekly digest is paused and comes again from {day}.", day=chosen.paused_until
        )
    return _(
        "Your weekly digest comes every {day} at {time}.",
        day=_DAYS[chosen.digest_weekday],
        time=chosen.digest_time,
    )


async def _meanwhile(chosen: Choices, request: Request, session: Session) -> Text | None:
    """Return who decides what waits while the digest is paused; None where nobody is named."""
    today = request.local_now.date()
    if chosen.paused_until is None or chosen.paused_until <= today:
        return None
    posts = await appointments_of(session, request.actor.id, today)
    ids = {post.deputy_id for post in posts if post.deputy_id not in {None, request.actor.id}}
    people = [await person_by_id(session, who) for who in sorted(filter(None, ids))]
    if not people:
        return None
    names = Listed(tuple(person.name for person in people))
    return _("Until then {names} can decide what waits for you.", names=names)


def _packed(chosen: Choices) -> str:
    paused = chosen.paused_until.isoformat() if chosen.paused_until else ""
    quiet = f"{_hm(chosen.quiet_from)},{_hm(chosen.quiet_to)}"
    return f"{chosen.digest_weekday},{_hm(chosen.digest_time)},{paused},{quiet}"


def _until(request: Request) -> date | None:
    """Return until when the digest pauses; None for a pause that is to begin later."""
    today = request.local_now.date()
    when = find(request.text, request.now, tz=request.actor.zone, lang=request.locale)
    start, end = _day(when.start), _day(when.end)
    if start is not None and end is not None:
        return end if start <= today else None
    named = start or _day(next(iter(when.values or ()), None))
    return named or today + _long(fold(request.text))


def _day(moment: date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _long(said: str) -> timedelta:
    found = _LENGTH.search(said)
    if found is None:
        return _NO_END
    n = _NUMBERS.get(found[1]) or int(found[1])
    return timedelta(weeks=n) if found[2].startswith(("v", "w")) else timedelta(days=n)


def _weekday(rrule: str | None, day: date | None) -> int | None:
    if rrule:
        parts = dict(part.split("=", 1) for part in rrule.split(";"))
        if parts.get("BYDAY") in _WEEKDAYS:
            return _WEEKDAYS.index(parts["BYDAY"])
    return day.weekday() if day is not None else None


async def _shown(request: Request, session: Session) -> Reply:
    chosen = await choices_of(session, request.actor.id)
    button = Button(_("Change"), "settings.form")
    if not _has_week(request):
        card = Card(_("Quiet hours"), quiet_told(chosen), buttons=(button,))
        text = _("Your settings. The language and your quiet hours can be changed:")
    else:
        quiet = Fact(_("Quiet hours"), quiet_told(chosen))
        card = Card(_("My week"), None, (Fact(_("When"), _told(chosen, request)), quiet), (button,))
        text = _("Your settings. The language and your week can be changed:")
    chats = await chats_card(session, request.actor.id)
    return Reply(text, (card, chats, *_choices()), private=False)


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
