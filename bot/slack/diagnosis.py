"""The doctor's look at Slack: tokens, scopes, the Messages tab, each with its cure."""

import json
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from actions.words import Text, _, plain
from bot.findings import Finding
from bot.settings import Settings

MANIFEST = Path(__file__).parent / "manifest.json"
_SLACK = _("Slack")
_SCOPES = _("Slack's scopes")


async def check_slack(settings: Settings) -> list[Finding]:
    """Return what is wrong with the connection to Slack; without a token that is a note."""
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        cure = _("To connect a workspace, follow docs/slack.md.")
        return [Finding(_SLACK, "note", _("not connected"), cure)]
    client = AsyncWebClient(token=token, base_url=settings.slack_api_url, timeout=10)
    try:
        told = await client.auth_test()
    except SlackApiError as error:
        found = plain(str(error.response.get("error")))
        cure = _("Copy the bot token again from “OAuth & Permissions” into SLACK_BOT_TOKEN.")
        return [Finding(_SLACK, "ill", found, cure)]
    except (aiohttp.ClientError, TimeoutError):
        cure = _("Check that this machine may reach slack.com on port 443.")
        return [Finding(_SLACK, "ill", _("it cannot be reached"), cure)]
    findings = [Finding(_SLACK, "ok", plain(str(told.get("team"))))]
    findings.extend(_workspace(settings, str(told.get("team_id"))))
    findings.append(_scopes(told.headers))
    findings.extend(await _socket(settings))
    return findings


def wanted_scopes() -> frozenset[str]:
    """Return the bot scopes of the manifest."""
    manifest: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return frozenset(manifest["oauth_config"]["scopes"]["bot"])


def _workspace(settings: Settings, team: str) -> list[Finding]:
    if settings.slack_team_id in {"", team}:
        return []
    found = _("the token is of {team}, SPINDEL_SLACK_TEAM_ID says another", team=team)
    return [Finding(_SLACK, "ill", found, _("Correct the one of the two that is wrong."))]


def _scopes(headers: Any) -> Finding:
    held = {scope.strip() for scope in str(_header(headers, "x-oauth-scopes")).split(",")}
    lacking = sorted(wanted_scopes() - held)
    if held == {""}:
        return Finding(_SCOPES, "note", _("Slack does not tell them"))
    if not lacking:
        return Finding(_SCOPES, "ok", _("all there"))
    cure = _("Add them under “OAuth & Permissions”, then install the app in the workspace again.")
    return Finding(_SCOPES, "ill", _lacking(lacking), cure)


def _lacking(scopes: list[str]) -> Text:
    return _("missing: {scopes}", scopes=", ".join(scopes))


def _header(headers: Any, name: str) -> str:
    return next((str(value) for key, value in headers.items() if key.lower() == name), "")


async def _socket(settings: Settings) -> list[Finding]:
    if settings.slack_mode != "socket":
        return []
    what = _("Socket Mode")
    client = AsyncWebClient(base_url=settings.slack_api_url, timeout=10)
    try:
        await client.apps_connections_open(
            app_token=settings.slack_app_token.get_secret_value() or "none"
        )
    except SlackApiError as error:
        cure = _(
            "Make an app-level token with connections:write under “Basic Information” and put it "
            "in SLACK_APP_TOKEN; switch Socket Mode on."
        )
        return [Finding(what, "ill", plain(str(error.response.get("error"))), cure)]
    except (aiohttp.ClientError, TimeoutError):
        return [Finding(what, "ill", _("it cannot be reached"))]
    return [Finding(what, "ok", _("a connection opens"))]


async def check_messages_tab(settings: Settings, email: str) -> Finding:
    """Send one test message to a person, which alone shows whether the Messages tab is on."""
    what = _("Direct messages")
    client = AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=10,
    )
    try:
        user = (await client.users_lookupByEmail(email=email))["user"]["id"]
        await client.chat_postMessage(channel=user, text="Spindel ✓")
    except SlackApiError as error:
        found = str(error.response.get("error"))
        cure = _CURES.get(found, _("Look the error up in Slack's documentation."))
        return Finding(what, "ill", plain(found), cure)
    except (aiohttp.ClientError, TimeoutError):
        return Finding(what, "ill", _("Slack cannot be reached"))
    return Finding(what, "ok", _("a test message arrived"))


_TAB = _("Switch on the Messages tab under “App Home”, and allow messages from it.")
_CURES: dict[str, Text] = {
    "cannot_dm_bot": _TAB,
    "messages_tab_disabled": _TAB,
    "users_not_found": _("Nobody in the workspace has that e-mail."),
    "missing_scope": _("Install the app in the workspace again after adding the scopes."),
}
