"""Lectures as what a reminder hangs on: "två veckor före gästföreläsningen med Anna"."""

import re
from datetime import datetime, time, timedelta

from actions.anchors import Anchor, finds_anchors
from actions.register_guest_lecturer.following import subject
from actions.request import Request
from storage import Session
from storage.folding import fold
from storage.queries.lectures import coming_of
from storage.tables import GuestLecture

_JUST_NOW = timedelta(minutes=30)
_WITH = re.compile(r"\b(?:med|with|av|by)\s+([A-ZÅÄÖ][\w-]+(?:\s+[A-ZÅÄÖ][\w-]+)*)")
_OTHER = re.compile(r"\b(?:mötet|möte\w*|meeting|event\w*|evenemang\w*)\b", re.IGNORECASE)


@finds_anchors
async def lectures_meant(request: Request, session: Session) -> list[Anchor]:
    """Return one's own coming lectures that a message may mean: by name, or the newest."""
    if _OTHER.search(request.text):
        return []
    coming = await coming_of(session, request.actor.id, request.local_now.date())
    seen = [lecture for lecture in coming if not (lecture.alumnus and lecture.alumnus.protected)]
    named = named_in(request.text, seen)
    if named is not None:
        seen = named
    elif just := [lec for lec in seen if request.now - lec.created_at <= _JUST_NOW]:
        seen = [max(just, key=lambda lecture: (lecture.created_at, lecture.id))]
    return [_anchor(lecture, request) for lecture in seen]


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
