"""The checks of `spindel doctor`: each a finding with its cure."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from actions.words import Text, _, plain
from bot.diagnosis_of_promises import backup_of, undelivered
from bot.findings import Finding
from bot.rasa.embedded import MODELS, NoModel, current_model, interpreter
from bot.settings import Settings
from bot.slack.diagnosis import check_messages_tab, check_slack
from bot.teams.diagnosis import check_teams
from nlu.client import RasaClient, Unavailable
from storage import Database, Unreachable, schema
from storage.queries.cleaning import overdue
from storage.queries.settings import DEMO, read_setting
from storage.queries.standing import standing

_SKEW_S = 5


async def diagnose(settings: Settings, write_to: str | None) -> list[Finding]:
    """Return every finding; a check that cannot run is a finding too.

    write_to: the e-mail of somebody who gets a test message in Slack.
    """
    checks: tuple[Callable[[Settings], Awaitable[list[Finding]]], ...] = (
        _database,
        _model,
        check_slack,
        check_teams,
    )
    findings = [finding for check in checks for finding in await check(settings)]
    if write_to is not None:
        findings.append(await check_messages_tab(settings, write_to))
    return findings


async def _database(settings: Settings) -> list[Finding]:
    what = _("Database")
    try:
        return await _opened(what, settings)
    except Unreachable:
        return [
            Finding(
                what,
                "ill",
                _("it cannot be opened"),
                _("Check SPINDEL_DATABASE_URL, that the server runs and that the disk has room."),
            )
        ]


async def _opened(what: Text, settings: Settings) -> list[Finding]:
    stands, wanted = await asyncio.to_thread(schema.revisions, settings.database_url)
    if stands is None:
        return [Finding(what, "ill", _("it is empty"), _("Run: spindel db upgrade"))]
    if stands != wanted:
        found = _(
            "its schema is {stands}, this program needs {wanted}",
            stands=stands,
            wanted=wanted or "–",
        )
        return [Finding(what, "ill", found, _("Make a backup, then run: spindel db upgrade"))]
    database = Database(settings.database_url)
    try:
        return [Finding(what, "ok", _("schema {n}", n=stands)), *await _contents(database)]
    finally:
        await database.close()


async def _contents(database: Database) -> list[Finding]:
    skew = abs((await database.now() - datetime.now(UTC)).total_seconds())
    async with database.begin() as session:
        demo = await read_setting(session, DEMO)
        waiting = await overdue(session, datetime.now(UTC))
        stands = await standing(session, datetime.now(UTC))
    clock = _("Clock")
    findings = [
        Finding(clock, "ok", _("the database and this machine agree"))
        if skew < _SKEW_S
        else Finding(
            clock,
            "ill",
            _("this machine and the database differ by {n} seconds", n=round(skew)),
            _("Let both keep their time by NTP; until then the database's time counts."),
        )
    ]
    if demo is not None:
        findings.append(Finding(_("People"), "note", _("the demo university, all invented")))
    if waiting:
        findings.append(
            Finding(
                _("Outbox"),
                "note",
                _("waiting for more than a minute: {n}", n=waiting),
                _("They are sent when the bot runs: spindel run"),
            )
        )
    findings += undelivered(stands)
    return findings if demo is not None else [*findings, backup_of(stands, datetime.now(UTC))]


async def _model(settings: Settings) -> list[Finding]:
    what = _("Language model")
    if not settings.rasa_url:
        try:
            interpreter()
            return [Finding(what, "ok", _trained(current_model().name.removesuffix(".tar.gz")))]
        except NoModel:
            return [
                Finding(what, "ill", _("it is not installed or not trained"), _("Run: make setup"))
            ]
    client = RasaClient(settings.rasa_url, settings.rasa_token.get_secret_value())
    try:
        status = await client.status()
    except Unavailable:
        return [
            Finding(
                what,
                "ill",
                _("Rasa does not answer at the address in SPINDEL_RASA_URL"),
                _("Start it, and check SPINDEL_RASA_TOKEN on both sides."),
            )
        ]
    finally:
        await client.close()
    return [_serving(what, str(status.get("fingerprint", "")))]


def _serving(what: Text, fingerprint: str) -> Finding:
    try:
        wanted = json.loads((MODELS / "current.json").read_text())["fingerprint"]
    except (OSError, ValueError, KeyError):
        return Finding(what, "ok", _trained(fingerprint))
    if fingerprint == wanted:
        return Finding(what, "ok", _trained(fingerprint))
    return Finding(
        what,
        "ill",
        _("Rasa serves another model than the one trained here"),
        _("Restart Rasa with the model that make setup made."),
    )


def _trained(fingerprint: str) -> Text:
    return plain(fingerprint[:12])
