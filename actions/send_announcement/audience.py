"""Read whom an announcement is for from what was said or filled in."""

import re

from actions.access import Actor
from actions.drafting import Filled, Unread
from actions.grounding import OWN_UNIT, name_of
from actions.moments import read_moment
from actions.request import Request, row_id
from actions.send_announcement.reading import CONTENT, announces
from actions.words import _, plain
from nlu.times import find
from storage import Session
from storage.queries.audiences import audience_of, left_out, persons_named
from storage.queries.units import unit_by_id, unit_if_known, units_called

_PERCENT = re.compile(
    r"(mindre än|under|högst|max|less than|at most)?\s*(?:minst|mer än|at least|över)?\s*"
    r"(\d{1,3})\s*(?:%|procent|percent)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",|;|\boch\b|\band\b|\n")
_AT_LAST = re.compile(r"(?:\s+(?:på|den|kl|on|at))?[\s.,]*$", re.IGNORECASE)
# A local coordinator's own network; the central unit's own is everybody.
_OWN = re.compile(r"\b(?:mina|våra|egna|my|our|own)\b", re.IGNORECASE)
# "nej, bara till Handels", "at least 30 %": to whom instead, in a draft that is shown.
_INSTEAD = re.compile(
    r"^\s*(?:(?:nej|nja|no|ok|okej|ja|yes|men|but|actually|förresten)\b[\s,]*)*"
    r"(?:(?:skicka|send)\s+(?:det|den|it)\s+)?(?:(?:bara|endast|enbart|only|just)\s+)?"
    r"(?:(?:till|to)\s+(?P<whom>[^:]{2,80}?)|(?P<share>(?:minst|mer än|över|högst|mindre än|under|"
    r"at least|more than|at most|less than)\s+\d{1,3}\s*(?:%|procent|percent)))[\s.!]*$",
    re.IGNORECASE,
)
_CENTRAL = re.compile(r"\b(?:central\w*)\b", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:alla|samtliga|allihopa|nätverket|all|every\w+|network|(?:alumn)?koordinator\w*|"
    r"coordinators?)\b",
    re.IGNORECASE,
)
# What says nothing about who it is; whatever else is left over must mean somebody.
_FILLER = re.compile(
    r"\b(?:skicka|meddela|informera|säg|berätta|skriv|write|utskick|ett|nytt|new|announcement|send|tell|"
    r"inform|let|message|to|till|för|for|the|de|den|som|who|with|med|har|have|på|at|in|i|inom|vid|"
    r"of|av|dem|dom|them|those|alla|samtliga|all|everyone|everybody|allihopa|hela|whole|nätverket|network|"
    r"(?:alumn)?koordinator\w*|(?:alumni )?coordinators?|alumni|lokala|local|minst|least|mindre|"
    r"än|under|högst|max|less|than|most|mer|över|procent|percent|out|ut|kan|du|can|you|please|"
    r"central\w*|och|and|i|mina|våra|egna|my|our|own)\b",
    re.IGNORECASE,
)


async def _chosen(raw: str, session: Session, filled: Filled) -> Unread | None:
    found = await unit_if_known(session, row_id(raw[5:]))
    if found is None:
        return _who(raw)
    return _take(filled, {"units": [found.id]}, found.name_sv)


async def _meant(raw: str, request: Request, session: Session, filled: Filled) -> Unread | None:
    """Tie words, a chosen unit or a list of names to an audience; nothing said is left out."""
    if raw.startswith("unit:"):
        return await _chosen(raw, session, filled)
    content = CONTENT.search(raw)
    raw = raw[: content.start()] if content and content.start() else raw
    people = await _persons(raw, session)
    if people is not None:
        return _take(filled, {"persons": people}, raw)
    spec: dict[str, object] = {}
    rest = raw
    if percent := _PERCENT.search(rest):
        spec["most" if percent.group(1) else "least"] = int(percent.group(2))
        rest = rest.replace(percent.group(0), " ")
    if _CENTRAL.search(rest):
        spec["role"] = "central"
    units, rest = await _units(rest, request, session)
    left = _left(_without_time(rest, request, filled))
    if left:
        return _who(left)
    if units:
        spec["units"] = sorted(set(units))
    if not spec and not _ALL.search(raw):
        return _who(raw)  # words without an audience never mean everybody
    said = _AT_LAST.sub("", _without_time(raw, request, {}))
    return _take(filled, spec, said.strip())


async def _units(words: str, request: Request, session: Session) -> tuple[list[int], str]:
    """Return the units that words name, and the words without them."""
    units, rest = _own_units(words, request.actor)
    whole = [rest.strip(" .,:;")] if _BETWEEN.search(rest) else []  # "Data- och …" is one
    left = _FILLER.sub(" ", rest).strip(" .,:;")
    for named in (*_before_the_text(request, "unit"), *whole, left):
        if named and (found := await units_called(session, named)):
            units.append(found[0].id)
            rest = re.sub(re.escape(named), " ", rest, flags=re.IGNORECASE)
    if not units and not request.actor.central and _OWN.search(words):
        units = sorted(request.actor.unit_ids)  # "mina koordinatorer"
    several = [] if units else await _several(rest, session)
    return (several, "") if several else (units, rest)


async def _several(words: str, session: Session) -> list[int]:
    """Return the units of a list of them, "Handels och tekfak"; none where one is unknown."""
    parts = (_FILLER.sub(" ", part).strip(" .:") for part in _BETWEEN.split(words))
    found = [await units_called(session, part) for part in parts if part]
    return [units[0].id for units in found] if len(found) > 1 and all(found) else []


def _own_units(words: str, actor: Actor) -> tuple[list[int], str]:
    """Return the units of "min enhet", and the words without it."""
    if not OWN_UNIT.search(words):
        return [], words
    own = [actor.home_id] if actor.central and actor.home_id else sorted(actor.unit_ids)
    return own, OWN_UNIT.sub(" ", words)


def _left(words: str) -> str:
    return re.sub(r"[\W_]+", " ", _FILLER.sub(" ", words)).strip()


def _without_time(words: str, request: Request, filled: Filled) -> str:
    """Return what is left without a time that was said with it; that is when it is sent."""
    if not _left(words):
        return words
    moment = read_moment(words, request)
    if isinstance(moment, Unread) or moment.rrule is not None or len(moment.at) > 1:
        return words
    filled["when"] = moment.at[0].isoformat(timespec="minutes")
    spans = find(words, request.now, tz=request.actor.zone, lang=request.locale).spans
    for start, end in sorted(spans, reverse=True):
        words = f"{words[:start]} {words[end:]}"
    return words


async def read_audience(
    raw: str, request: Request, session: Session, filled: Filled
) -> Unread | None:
    """Take an audience that the sender reaches; what is beyond her leaves the draft as it was."""
    meant: Filled = {}
    trouble = await _meant(raw, request, session, meant)
    trouble = trouble or await beyond(request, session, meant["audience"])
    if trouble is None:
        filled.update(meant)
    return trouble


async def _persons(raw: str, session: Session) -> list[int] | None:
    names = [n for n in _BETWEEN.split(raw) if n.strip()]
    found = [await persons_named(session, name) for name in names]
    if not found or any(len(each) != 1 for each in found):
        return None
    return sorted({each[0].id for each in found})


def _take(filled: Filled, spec: dict[str, object], raw: str) -> Unread | None:
    filled["audience"], filled["audience_said"] = spec, raw
    return None


def _who(words: str) -> Unread:
    return Unread(
        _(
            "I don't know who “{words}” are. Write for example “all coordinators”, a faculty, "
            "“at least 20 %” or names with commas.",
            words=words,
        )
    )


def heard_audience(request: Request) -> str | None:
    """Return what stands before the text: "skicka till alla koordinatorer på Handels"."""
    if not announces(request):
        return _heard_instead(request)
    found = CONTENT.search(request.text)
    head = request.text[: found.start()] if found else request.text
    own, whom = _OWN.search(head), _whom(request, head)
    return f"{own.group()} {whom}" if own and whom else whom


def _whom(request: Request, head: str) -> str | None:
    units = _before_the_text(request, "unit")
    if said := _before_the_text(request, "audience"):
        return " ".join([*said, *units])
    told = OWN_UNIT.search(head) or re.search(
        r"\b(?:alla|samtliga|nätverket|koordinator\w*|all|every\w+|coordinators?|network)\b",
        head,
        re.IGNORECASE,
    )
    if told:
        return head[told.start() :]
    return " ".join(units) or None


def _before_the_text(request: Request, entity: str) -> list[str]:
    """Return what is said of the audience; what the text itself names is no audience."""
    found = CONTENT.search(request.text)
    end = found.start() if found else len(request.text)
    said = request.said(entity)
    return [
        e.value for e in request.marked if e.entity == entity and e.end <= end and e.value in said
    ]


def _heard_instead(request: Request) -> str | None:
    understood = request.understanding
    found = _INSTEAD.match(request.text)
    if found is None or understood is None or understood.when is not None:
        return None
    return found.group("whom") or found.group("share")


async def beyond(request: Request, session: Session, spec: Filled) -> Unread | None:
    """Tell a local coordinator what is outside her units; nothing is narrowed in silence."""
    if request.actor.central:
        return None
    reach = request.actor.unit_ids
    if spec.get("units") and set(spec["units"]) <= reach:
        return None
    if spec.get("persons"):
        day = request.local_now.date()
        within = await audience_of(session, spec, day, reach)
        within += await left_out(session, spec, day, reach)  # the preview names them
        if len(within) == len(spec["persons"]):
            return None
    units = [await unit_by_id(session, unit) for unit in sorted(reach)][:3]
    choices = tuple((f"unit:{u.id}", plain(name_of(u))) for u in units)
    return Unread(
        _(
            "You can send to the coordinators of your own units; the central unit sends to "
            "everybody. To whom instead?"
        ),
        choices,
    )
