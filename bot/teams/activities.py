"""Teams' activities, read into arrivals; whatever is odd in them is dropped, never raised."""

import html
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from bot.teams.arrivals import DECLINED, Arrival, Scope
from bot.teams.place import Place
from bot.teams.reading import submitted

Activity = Mapping[str, Any]
_TAG = re.compile(r"<at\b[^>]*>(.*?)</at>", re.DOTALL | re.IGNORECASE)
_SPACES = re.compile(r"[ \t\u00a0]+")
_CONSENT = "fileConsent/invoke"
_LONGEST = 4_000  # characters of one message that are read
_CLOSED = frozenset({"private", "shared"})


def read(activity: Activity) -> Arrival | None:
    """Return what an activity tells somebody did, or None where nothing is to be answered."""
    kind = activity.get("type")
    if kind == "message":
        return _message(activity)
    if kind == "invoke" and activity.get("name") == _CONSENT:
        return _consented(activity)
    if kind == "installationUpdate" and _string(activity, "action").startswith("add"):
        return _came(activity)
    if kind == "conversationUpdate" and _added(activity, _string(activity, "recipient", "id")):
        return _came(activity)
    return None


def went(activity: Activity) -> tuple[str, Place] | None:
    """Return who took the bot away, and from where; None: nobody did."""
    kind, gone = activity.get("type"), _string(activity, "action").startswith("remove")
    if kind != "installationUpdate" or not gone or _scope(activity) != "personal":
        return None
    return _user(activity), _place(activity)


def _message(activity: Activity) -> Arrival | None:
    value = activity.get("value")
    if isinstance(value, dict):
        return _pressed(activity, value)
    text = plain_words(activity)
    if not text:
        return None
    return _arrival(activity, "message", kind="text", text=text).guarded()


def _pressed(activity: Activity, value: Mapping[str, Any]) -> Arrival | None:
    done = submitted(value)
    if done is None:
        return None
    return _arrival(
        activity,
        "press",
        kind="submit" if done.submit else "press",
        message=_string(activity, "replyToId"),
        press=done.press,
        submit=done.submit,
        value=done.value,
        values=done.values,
    ).guarded()


def _consented(activity: Activity) -> Arrival | None:
    """Return the press that makes a file once more, with where it may be put; or her no."""
    value = activity.get("value")
    told = value if isinstance(value, dict) else {}
    done = submitted(context) if isinstance(context := told.get("context"), dict) else None
    where = told.get("uploadInfo")
    if told.get("action") == "decline":
        what: dict[str, Any] = {"press": DECLINED, "value": _string(told, "context", "file")}
    elif told.get("action") == "accept" and done and done.press and isinstance(where, dict):
        what = {"press": done.press, "value": done.value, "consent": where}
    else:
        return None
    message = _string(activity, "replyToId")
    return _arrival(activity, "consent", kind="press", message=message, **what).guarded()


def _came(activity: Activity) -> Arrival | None:
    if _scope(activity) != "personal":
        return None
    # An installation is told twice, in two ways, and greeted once that day.
    day = _string(activity, "timestamp")[:10]
    return _arrival(activity, "came", kind="came", unique=day)


def _arrival(activity: Activity, begins: str, unique: str = "", **more: Any) -> Arrival:
    conversation = _string(activity, "conversation", "id")
    told = sha256(f"{conversation}\n{unique or _string(activity, 'id')}".encode()).hexdigest()
    return Arrival(
        key=f"{begins}:{told}",
        user=_user(activity),
        member=_string(activity, "from", "id"),
        name=_string(activity, "from", "name")[:120],
        channel=conversation,
        service=_string(activity, "serviceUrl"),
        scope=_scope(activity),
        locale=_string(activity, "locale"),
        **more,
    )


def plain_words(activity: Activity) -> str:
    """Return a message as it was typed: the bot's own mention gone, others as names."""
    text = _string(activity, "text")[: 2 * _LONGEST]
    own = {
        _string(entity, "text")
        for entity in _list(activity.get("entities"))
        if _string(entity, "mentioned", "id") == _string(activity, "recipient", "id")
    }
    for mention in own - {""}:
        text = text.replace(mention, " ")
    bare = html.unescape(_TAG.sub(r"\1", text))
    lines = (_SPACES.sub(" ", line).strip() for line in bare.splitlines())
    return "\n".join(lines).strip()[:_LONGEST]


def _scope(activity: Activity) -> Scope:
    kind = _string(activity, "conversation", "conversationType")
    if kind in {"", "personal"}:
        return "personal"
    if kind != "channel":
        return "group"
    closed = _string(activity, "channelData", "channel", "type").lower() in _CLOSED
    return "closed" if closed else "channel"


def _added(activity: Activity, bot: str) -> bool:
    return any(_string(member, "id") == bot for member in _list(activity.get("membersAdded")))


def _user(activity: Activity) -> str:
    return (_string(activity, "from", "aadObjectId") or _string(activity, "from", "id"))[:120]


def _place(activity: Activity) -> Place:
    return Place(_string(activity, "serviceUrl"), _string(activity, "conversation", "id"))


def _string(activity: Any, *path: str) -> str:
    found = activity
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
