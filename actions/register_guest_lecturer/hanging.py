"""Lectures as what a reminder hangs on: "två veckor före gästföreläsningen med Anna"."""

import re
from datetime import datetime, time, timedelta

from actions.anchors import Anchor, finds_anchors
from actions.lecture_words import LECTURES
from actions.register_guest_lecturer.following import subject
from actions.register_guest_lecturer.telling import protected
from actions.request import Request
from storage import Session
from storage.folding import fold
from storage.queries.drafts import list_shown
from storage.queries.lectures import coming_for, lecture_by_id
from storage.tables import GuestLecture

_JUST_NOW = timedelta(minutes=30)
_WITH = re.compile(r"\b(?:med|with|av|by)\s+([A-ZÅÄÖ][\w-]+(?:\s+[A-ZÅÄÖ][\w-]+)*)")
_OTHER = re.compile(
    r"\b(?:\w*möte\w*|\w*träff(?:en|ar|arna)?|\w*meetings?|event\w*|evenemang\w*|reunions?|"
    r"\w*mingel\w*|alumn\w*dag\w*|alumni day)\b",
    re.IGNORECASE,
)


@finds_anchors
async def lectures_meant(request: Request, session: Session) -> list[Anchor]:
    """Return the coming lectures that a message may mean: by name, the newest, or those shown."""
    if _OTHER.search(request.text):
        return []
    known = await _known(request, session)
    shown, since = await _shown(request, session)
    every = list({lecture.id: lecture for lecture in (*known, *shown)}.values())
    named = named_in(request.text, every)
    if named is not None or not request.text:
        return [_anchor(lecture, request) for lecture in (every if named is None else named)]
    own = [lecture for lecture in known if lecture.registered_by_id == request.actor.id]
    just = [lecture for lecture in own if request.now - lecture.created_at <= _JUST_NOW]
    newest = max(just, key=lambda lecture: (lecture.created_at, lecture.id), default=None)
    if newest is not None and (since is None or newest.created_at >= since):
        return [_anchor(newest, request)]
    return [_anchor(lecture, request) for lecture in shown or own]


async def _known(request: Request, session: Session) -> list[GuestLecture]:
    """Return the coming lectures that she registered or answers for."""
    actor = request.actor
    units = None if actor.central else actor.unit_ids
    coming = await coming_for(session, actor.id, units, request.local_now.date())
    return [lecture for lecture in coming if not protected(lecture)]


async def _shown(request: Request, session: Session) -> tuple[list[GuestLecture], datetime | None]:
    """Return the coming lectures of a list shown lately, and when it was shown."""
    row = await list_shown(session, request.actor.id, {"find_guest_lecturer"}, request.now)
    if row is None or request.now - row.touched_at > _JUST_NOW:
        return [], None
    found = [await lecture_by_id(session, number) for number in row.filled.get(LECTURES, ())]
    today = request.local_now.date()
    coming = [
        lecture
        for lecture in found
        if lecture is not None
        and lecture.on_date >= today
        and lecture.state == "approved"
        and not protected(lecture)
    ]
    return coming, row.touched_at if coming else None


def named_in(text: str, lectures: list[GuestLecture]) -> list[GuestLecture] | None:
    """Return the lectures of whom a text names ("med Anna Berg"); None = it names nobody."""
    named = _WITH.search(text)
    if named is None:
        return None
    words = set(fold(named.group(1)).split())
    return [lecture for lecture in lectures if words <= set(_words(lecture))]


def _words(lecture: GuestLecture) -> list[str]:
    name = lecture.alumnus.name if lecture.alumnus is not None else lecture.lecturer or ""
    return fold(name).split()


def _anchor(lecture: GuestLecture, request: Request) -> Anchor:
    name = lecture.alumnus.name if lecture.alumnus is not None else lecture.lecturer or ""
    told = "the guest lecture with" if request.locale == "en" else "gästföreläsningen med"
    starts = datetime.combine(lecture.on_date, lecture.starts or time())
    return Anchor(subject(lecture), starts, f"{told} {name}".strip())
