"""The hours in which nobody wants to be disturbed: as they are said, and as they are told."""

import re
from datetime import time

from actions.words import Text, _
from storage.queries.preferences import Choices

_WORDS = re.compile(
    r"\b(tyst\w*|ostord|stor\w*|pling\w*|ping\w*|pinga|quiet|disturb\w*|bother\w*|silent|silence)\b",
    re.IGNORECASE,
)
_HOUR = r"(\d{1,2})(?:[:.](\d\d))?\s*([ap]m)?"
_JOINED = r"\s*(?:-|–|—|till|och|to|and|until)\s*(?:kl\.?\s*)?"
_NO_DATE = r"(?!\d|[:.]\d|\s*(?:/|jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec))"
_NO_WEEK = r"(?<![\d:./])(?<!v )(?<!v\. )(?<!vecka )(?<!week )(?<!weeks )"
_SPAN = re.compile(
    rf"{_NO_WEEK}{_HOUR}{_JOINED}{_HOUR}{_NO_DATE}",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"\b(?:efter|after)\s+(?:kl\.?\s*)?{_HOUR}{_NO_DATE}", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:inga|ta bort|stang av|sluta med|no|no more|remove|turn off|end|drop)\s+"
    r"(?:mina |de |my |the )?(?:tysta timmar\w*|quiet hours)\b"
)
_MORNING = time(8)


def quiet_hours_said(text: str, folded: str) -> tuple[time | None, time | None] | None:
    """Return from when to when somebody wants quiet; (None, None): no more; None: not said.

    "Not after 17" ends at 8 in the morning.
    """
    span = _SPAN.search(text)
    if span is None and _NONE.search(folded):
        return None, None
    if not _WORDS.search(folded):
        return None
    if span is not None:
        begin, end = _hour(*span.groups()[:3]), _hour(*span.groups()[3:])
        return None if begin is None or end is None or begin == end else (begin, end)
    after = _AFTER.search(text)
    begin = _hour(*after.groups()) if after else None
    return None if begin is None or begin == _MORNING else (begin, _MORNING)


def quiet_told(chosen: Choices) -> Text:
    """Return what the quiet hours are and what they hold back."""
    if chosen.quiet_from is None or chosen.quiet_to is None:
        return _("You have no quiet hours.")
    return _(
        "Between {begin} and {end} announcements and requests wait. "
        "Reminders and your week come all the same.",
        begin=chosen.quiet_from,
        end=chosen.quiet_to,
    )


def _hour(hour: str, minute: str | None, half: str | None) -> time | None:
    n = int(hour)
    if half:
        n = n % 12 + (12 if half.lower() == "pm" else 0)
    if n == 24:  # noqa: PLR2004 (midnight, as people write it)
        n = 0
    try:
        return time(n, int(minute or 0))
    except ValueError:
        return None
