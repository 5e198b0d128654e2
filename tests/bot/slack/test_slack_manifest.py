"""The app's manifest asks for what the code uses, and for nothing else."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

import bot.slack
from bot.slack import assistant, listeners, shortcut

HERE = Path(bot.slack.__file__).parent
DOCS = HERE.parents[1] / "docs" / "slack.md"
# What each method needs, by Slack's reference of methods.
SCOPES = {
    "apps_connections_open": set(),  # connections:write, of the app-level token
    "assistant_threads_setSuggestedPrompts": {"assistant:write"},
    "auth_test": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_delete": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"im:history"},  # of direct messages only
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "files_upload_v2": {"files:write"},
    "users_info": {"users:read", "users:read.email"},
    "users_lookupByEmail": {"users:read.email"},
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
}
# What each listener needs: the event in the manifest and its scopes.
EVENTS = {
    "app_home_opened": ("app_home_opened", set()),
    "app_mention": ("app_mention", {"app_mentions:read"}),
    "message": ("message.im", {"im:history"}),
    "assistant_thread_started": ("assistant_thread_started", {"assistant:write"}),
    "assistant_thread_context_changed": ("assistant_thread_context_changed", {"assistant:write"}),
}
# Bolt's own name for a method of the Web API.
ALIASES = {"set_suggested_prompts": "assistant_threads_setSuggestedPrompts"}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((HERE / "manifest.json").read_text())
    return loaded


def methods_called() -> set[str]:
    known = {name for name in dir(AsyncWebClient) if not name.startswith("_")}
    found: set[str] = set()
    for path in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                found |= {node.func.attr} & known
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found |= {ALIASES[node.func.id]} if node.func.id in ALIASES else set()
    return {name for name in found if "_" in name}


def heard() -> set[str]:
    return {*listeners.EVENTS, *assistant.EVENTS}


def test_every_method_called_is_known() -> None:
    assert methods_called() == set(SCOPES)


def test_every_event_heard_is_subscribed_and_no_other(manifest: dict[str, Any]) -> None:
    subscribed = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(subscribed) == sorted(EVENTS[name][0] for name in heard())


def test_the_scopes_are_those_of_methods_events_and_command(manifest: dict[str, Any]) -> None:
    needed = {scope for method in methods_called() for scope in SCOPES[method]}
    needed |= {scope for name in heard() for scope in EVENTS[name][1]}
    needed |= {"commands"}
    assert manifest["oauth_config"]["scopes"]["bot"] == sorted(needed)


def test_every_scope_has_its_reason_in_the_docs(manifest: dict[str, Any]) -> None:
    told = DOCS.read_text()
    for scope in manifest["oauth_config"]["scopes"]["bot"]:
        assert f"| `{scope}` |" in told


def test_it_has_the_command_the_tabs_and_socket_mode(manifest: dict[str, Any]) -> None:
    features, settings = manifest["features"], manifest["settings"]
    assert [c["command"] for c in features["slash_commands"]] == [listeners.COMMAND]
    assert [(s["type"], s["callback_id"]) for s in features["shortcuts"]] == [
        ("message", shortcut.REMIND)
    ]
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"]["is_enabled"] is True


def test_it_is_within_slacks_limits(manifest: dict[str, Any]) -> None:
    told = manifest["display_information"]
    assert len(told["name"]) <= 35
    assert len(told["description"]) <= 140
    assert 175 <= len(told["long_description"]) <= 4_000
    for offered in manifest["features"]["shortcuts"]:
        assert len(offered["name"]) <= 24
        assert len(offered["description"]) <= 150
    assert len(manifest["features"]["bot_user"]["display_name"]) <= 80
    assert len(manifest["features"]["assistant_view"]["assistant_description"]) <= 300
