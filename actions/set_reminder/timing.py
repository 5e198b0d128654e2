"""When a reminder comes: a time in words, or so long before something that has its own time."""

import re
from datetime import time

from dateutil.relativedelta import relativedelta

from actions.anchors import Anchor, anchors_meant, moment_at, offset_of
from actions.changing import at_that_hour, changed, hours_said, shift_of
from actions.drafting import Filled, Unread
from actions.moments import Moment, read_moment
from actions.request import Request
from actions.words import _, plain
from nlu.times import find
from storage import Session

_CLOCK = re.compile(
    r"\b(?:kl\.?|klockan|at)\s*\d{1,2}(?:[.:]\d{2})?(?:\s*[ap]\.?m\b\.?)?", re.IGNORECASE
)
_ANCHOR = "@"  # before the subject of an anchor, in the value of a button


def shown_when(filled: Filled) -> str:
    """Return the time as the form opens with it."""
    at: str = (filled.get("when") or {"at": [""]})["at"][0]
    return at.replace("T", " ")


async def read_when(raw: str, request: Request, session: Session, filled: Filled) -> Unread | None:
    """Take a time in words or from a button; "dagen innan" hangs on what it is before.

    What a form shows and nobody changed stays as it is, with its rule and what it hangs on.
    """
    if filled.get("when") and raw.strip() == shown_when(filled):
        return None
    offered = [o.value.split(":", 2)[-1] for o in request.offered if ":when:" in o.value]
    asked = at_that_hour(raw, offered, request) if not filled.get("when") else None
    if asked is not None:
        return asked
    before = filled.get("when")
    when = find(raw, request.now, tz=request.actor.zone, lang=request.locale)
    if raw.startswith(_ANCHOR):
        return await _chosen(raw, request, session, filled)
    shift = shift_of(when) or _with_clock_apart(raw, request)
    if shift is not None and not before:
        return await _hung(raw, shift, request, session, filled)
    found = (
        changed(Moment.from_filled(before), raw, request) if before else read_moment(raw, request)
    )
    if isinstance(found, Unread):
        return found
    filled["when"] = found.to_filled()
    filled["anchor"] = None
    return None


async def _hung(
    raw: str, shift: relativedelta, request: Request, session: Session, filled: Filled
) -> Unread | None:
    offset = offset_of(shift, _hour(raw, request))
    meant = await anchors_meant(request, session)
    filled["offset"] = offset
    if not meant:
        return Unread(_("I don't know the date of that. Which day and time?"))
    if len(meant) > 1:
        choices = tuple((f"{_ANCHOR}{a.subject}", plain(a.title)) for a in meant[:5])
        return Unread(_("Before which?"), choices)
    return _hang(meant[0], offset, request, filled)


async def _chosen(raw: str, request: Request, session: Session, filled: Filled) -> Unread | None:
    every = await anchors_meant(request.with_(text=""), session)
    found = next((a for a in every if a.subject == raw.removeprefix(_ANCHOR)), None)
    if found is None or not filled.get("offset"):
        return Unread(_("I don't know the date of that. Which day and time?"))
    return _hang(found, filled["offset"], request, filled)


def _hang(
    anchor: Anchor, offset: dict[str, object], request: Request, filled: Filled
) -> Unread | None:
    if offset["at"] is None and anchor.starts.time() == time():
        return Unread(_("That has no hour yet. Which day and time?"))
    at = moment_at(anchor.starts, offset)
    if at <= request.local_now:
        return Unread(_("{day} has already passed. When should it be instead?", day=at))
    filled["when"] = Moment((at,), guessed=offset["at"] is not None).to_filled()
    filled["anchor"] = {"subject": anchor.subject, "offset": offset}
    filled.setdefault("task", anchor.title)
    return None


def hangs(request: Request) -> bool:
    """Whether a message tells a distance to something: its task follows "att" or "to" then."""
    when = request.understanding.when if request.understanding else None
    if when is not None and when.anchor == "event":
        return True
    return _with_clock_apart(request.text, request) is not None


def _with_clock_apart(raw: str, request: Request) -> relativedelta | None:
    """Return the distance in "två veckor före gästföreläsningen med Anna kl 8"."""
    rest = _CLOCK.sub(" ", raw, count=1)
    if rest == raw:
        return None
    return shift_of(find(rest, request.now, tz=request.actor.zone, lang=request.locale))


def _hour(raw: str, request: Request) -> time | None:
    """Return the hour said with a distance: "dagen innan kl 8"."""
    found = _CLOCK.search(raw)
    hours = hours_said(found.group(), request) if found is not None else None
    return None if hours is None else hours[0]
