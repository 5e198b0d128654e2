"""The guest lectures of the weekly digest: to approve, and coming."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from actions.access import DECIDING, Actor
from actions.digest_rows import Part
from actions.lecture_words import lecture_card, own_buttons
from actions.register_guest_lecturer.registering import action
from actions.register_guest_lecturer.telling import waiting_card
from actions.words import _
from storage import Session
from storage.queries.lectures import LectureSearch, lectures_matching, to_approve
from storage.tables import GuestLecture

_AHEAD = timedelta(days=14)


@action.digest(20, for_=DECIDING)
async def waiting(receiver: Actor, _now: datetime, session: Session) -> Part | None:
    """Tell the lectures that she decides on, also for somebody who is away."""
    units = receiver.unit_ids | receiver.away_unit_ids
    lectures = await to_approve(session, units, everything=receiver.central)
    cards = tuple(waiting_card(one) for one in lectures if _shown(one))
    return Part(_("Guest lectures to approve"), cards, len(cards))


@action.digest(30)
async def coming(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell the lectures of her units in two weeks."""
    today = now.astimezone(ZoneInfo(receiver.zone)).date()
    units = frozenset() if receiver.central else receiver.unit_ids
    search = LectureSearch(since=today, until=today + _AHEAD, units=units)
    found = await lectures_matching(session, search, receiver.viewer, newest_first=False, limit=100)
    hers = [one for one in found if receiver.answers_for(one.unit_id)]
    cards = tuple(lecture_card(one, *own_buttons(one)) for one in hers)
    return Part(_("Guest lectures in the next two weeks"), cards, len(cards))


def _shown(lecture: GuestLecture) -> bool:
    return lecture.alumnus is None or not lecture.alumnus.protected
