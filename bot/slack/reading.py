"""Slack's events, commands, presses and filled modals, read into arrivals."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.slack.arrivals import SHORTCUT, SLASH, Arrival
from bot.slack.buttons import press_of
from bot.slack.form_button import OPEN
from bot.slack.modal import context_of, submitted
from bot.slack.shortcut import PRESS, REMIND, task_of

Body = Mapping[str, Any]
_LONGEST_KEY = 120
# A person's own message; everything else with a subtype is an edit, a join, a bot.
_OWN_WORDS = frozenset({None, "file_share", "thread_broadcast"})
_MENTION = re.compile(r"<[@!][^<>]*>")
_BRACKETED = re.compile(r"<([^<>]*)>")


def event(body: Body, bot_user: str) -> Arrival | None:
    """Return a message to the bot or a mention of it; None for all that is not meant for it."""
    told = body["event"]
    channel, user = told.get("channel", ""), told.get("user", "")
    said_here = told["type"] == "app_mention" or (
        told["type"] == "message" and told.get("channel_type") == "im"
    )
    own_words = told.get("subtype") in _OWN_WORDS and not told.get("bot_id")
    if not said_here or not own_words or not user or user == bot_user:
        return None
    thread = told.get("thread_ts", "")
    if told["type"] == "app_mention":
        thread = thread or told["ts"]
    return Arrival(
        key=str(body["event_id"])[:_LONGEST_KEY],
        kind="text",
        user=user,
        own_team=told.get("user_team") or told.get("team") or "",
        channel=channel,
        thread=thread,
        text=plain_words(told.get("text") or "", bot_user),
    ).guarded()


def command(body: Body) -> Arrival:
    """Return a slash command; without words it asks for the menu."""
    text = plain_words(body.get("text") or "", "").strip()
    return Arrival(
        key=_key(SLASH, body),
        kind="text" if text else "press",
        user=body["user_id"],
        channel=body.get("channel_id", ""),
        ephemeral=True,
        asks_back=body.get("response_url", ""),
        text=text,
        press="" if text else "intent.help",
        trigger=body.get("trigger_id", ""),
    ).guarded()


def press(body: Body) -> Arrival:
    """Return a pressed button of a message or of the Home tab."""
    done, container = body["actions"][0], body.get("container") or {}
    message = body.get("message") or {}
    pressed = press_of(done.get("action_id", ""))
    at = container.get("message_ts") or message.get("ts") or ""
    home = (body.get("view") or {}).get("type") == "home" or not at
    return Arrival(
        key=_key("press:", body),
        kind="open" if pressed == OPEN else "press",
        user=body["user"]["id"],
        own_team=body["user"].get("team_id", ""),
        channel="" if home else (body.get("channel") or {}).get("id", ""),
        thread=message.get("thread_ts", ""),
        message="" if home else at,
        ephemeral=bool(container.get("is_ephemeral")),
        asks_back=body.get("response_url", ""),
        press=pressed,
        value=done.get("value") or "",
        trigger=body.get("trigger_id", ""),
    ).guarded()


def submission(body: Body) -> Arrival:
    """Return a filled modal; it belongs where the button stood that opened it."""
    view = body["view"]
    context = context_of(view)
    return Arrival(
        key=_key("submit:", body),
        kind="submit",
        user=body["user"]["id"],
        own_team=body["user"].get("team_id", ""),
        channel=context.get("channel", ""),
        thread=context.get("thread", ""),
        message=context.get("message", ""),
        submit=view.get("callback_id", ""),
        value=context.get("value", ""),
        values=submitted(view),
        trigger=body.get("trigger_id", ""),
    ).guarded()


def shortcut(body: Body) -> Arrival | None:
    """Return the shortcut on a message; its answer is for her alone, wherever the message is."""
    if body.get("callback_id") != REMIND:
        return None
    said = _MENTION.sub("", (body.get("message") or {}).get("text") or "")
    return Arrival(
        key=_key(SHORTCUT, body),
        kind="press",
        user=body["user"]["id"],
        own_team=body["user"].get("team_id", ""),
        press=PRESS,
        value=task_of(body, plain_words(said, "")),
        trigger=body["trigger_id"],
    ).guarded()


READERS: Mapping[str, Callable[[Body], Arrival | None]] = {
    "block_actions": press,
    "message_action": shortcut,
    "view_submission": submission,
}


def read(body: Body, bot_user: str) -> Arrival | None:
    """Return what a body from Slack tells somebody did, or None where nothing is to be answered."""
    if "event" in body:
        return event(body, bot_user)
    if "command" in body:
        return command(body)
    reader = READERS.get(str(body.get("type")))
    return reader(body) if reader else None


def team_of(body: Body) -> str:
    """Return the workspace that a body comes from."""
    team = body.get("team")
    return str(body.get("team_id") or (team or {}).get("id") or "")


def plain_words(text: str, bot_user: str) -> str:
    """Return a message as it was typed: Slack's brackets and entities undone."""

    def words(match: re.Match[str]) -> str:
        target, _bar, label = match.group(1).partition("|")
        if target.startswith("@"):
            return "" if target[1:] == bot_user else label or target
        if target.startswith(("#", "!")):
            return label or target
        return label or target.removeprefix("mailto:")

    bare = _BRACKETED.sub(words, text)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _key(begins: str, body: Body) -> str:
    unique = body.get("trigger_id") or body["actions"][0]["action_ts"]
    return f"{begins}{unique}"[:_LONGEST_KEY]
