"""The doctor names what is wrong with Teams, and its cure, in Swedish and English."""

from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.findings import Finding
from bot.settings import Settings
from bot.teams.diagnosis import check_teams, check_way
from bot.translation import Locale, render
from tests.bot.teams.issuer import APP, TENANT, Issuer, Json

PUBLIC = "https://spindel.invalid"  # a name that never leads anywhere
EVERYWHERE = "0.0.0.0"  # noqa: S104 (it is refused)


def told(findings: list[Finding], locale: Locale = "en") -> list[tuple[str, str, str]]:
    return [
        (finding.state, render(finding.what, locale), render(finding.found, locale))
        for finding in findings
    ]


def cures(findings: list[Finding], locale: Locale = "en") -> str:
    return "\n".join(render(finding.cure, locale) for finding in findings if finding.cure)


async def look(issuer: Issuer, **changes: Any) -> list[Finding]:
    return await check_teams(
        issuer.settings(**{"teams_login_url": issuer.url, "teams_public_url": PUBLIC, **changes})
    )


async def test_without_an_app_it_is_a_note_and_nobody_is_asked(issuer: Issuer) -> None:
    findings = await check_teams(
        Settings(_env_file=None, teams_metadata_url=issuer.metadata_url, teams_login_url=issuer.url)
    )
    assert told(findings) == [("note", "Teams", "not connected")]
    assert told(findings, "sv") == [("note", "Teams", "inte kopplat")]
    assert "docs/teams.md" in cures(findings)
    assert issuer.asked == []
    assert issuer.given == {}


async def test_all_is_well(issuer: Issuer) -> None:
    findings = await look(issuer)
    assert ("ok", "Teams' token", "Entra gives one") in told(findings)
    assert ("ok", "Teams' keys", "fetched") in told(findings)
    assert [finding.state for finding in findings].count("ill") == 0
    assert issuer.given == {
        "tenant": TENANT,
        "grant_type": "client_credentials",
        "client_id": APP,
        "client_secret": "a-secret-of-the-tests",
        "scope": "https://api.botframework.com/.default",
    }


WRONG: dict[str, tuple[Json, str, str]] = {
    "no app": ({"teams_app_id": ""}, "TEAMS_APP_ID is no GUID", "Application (client) ID"),
    "an app's name": (
        {"teams_app_id": "spindel"},
        "TEAMS_APP_ID is no GUID",
        "Application (client) ID",
    ),
    "a tenant's domain": (
        {"teams_tenant_id": "university.example"},
        "TEAMS_TENANT_ID is no GUID",
        "Directory (tenant) ID",
    ),
    "no secret": (
        {"teams_client_secret": SecretStr("")},
        "TEAMS_CLIENT_SECRET is empty",
        "client secret",
    ),
    "the secret's id": (
        {"teams_client_secret": SecretStr(APP)},
        "TEAMS_CLIENT_SECRET is the secret's ID, not its value",
        "copy its value",
    ),
}


@pytest.mark.parametrize(("changes", "found", "cure"), WRONG.values(), ids=WRONG.keys())
async def test_what_has_a_wrong_form_is_not_sent_anywhere(
    issuer: Issuer, changes: Json, found: str, cure: str
) -> None:
    findings = await look(issuer, **changes)
    assert ("ill", "Teams", found) in told(findings)
    assert cure in cures(findings)
    assert issuer.given == {}


ENTRA = {
    7000215: ("the secret is wrong", "hemligheten är fel", "copy its value"),
    7000222: ("the secret has expired", "hemligheten har gått ut", "new client secret"),
    700016: (
        "the tenant has no such app",
        "klientorganisationen har ingen sådan app",
        "TEAMS_TENANT_ID must both",
    ),
    90002: (
        "there is no such tenant",
        "klientorganisationen finns inte",
        "Directory (tenant) ID",
    ),
    900023: ("there is no such tenant", "klientorganisationen finns inte", "(tenant) ID"),
    7000112: ("the app is disabled", "appen är avstängd", "Enterprise applications"),
    7000229: ("the app has no place in the tenant", "appen saknar", "service principal"),
    53003: ("conditional access shuts the app out", "villkorsstyrd", "conditional access"),
}


@pytest.mark.parametrize(("code", "words"), ENTRA.items(), ids=[str(code) for code in ENTRA])
async def test_entras_numbers_are_told_in_words(
    issuer: Issuer, code: int, words: tuple[str, str, str]
) -> None:
    issuer.error = code
    findings = await look(issuer)
    english, swedish, cure = words
    assert ("ill", "Teams' token", f"{english} (AADSTS{code})") in told(findings)
    assert any(text.startswith(swedish) for _state, _what, text in told(findings, "sv"))
    assert cure in cures(findings)


async def test_another_number_is_told_with_where_to_look(issuer: Issuer) -> None:
    issuer.error = 50_034
    findings = await look(issuer)
    assert ("ill", "Teams' token", "AADSTS50034") in told(findings)
    assert "https://login.microsoftonline.com/error?code=50034" in cures(findings)


async def test_the_secret_is_never_told(issuer: Issuer) -> None:
    for error in (None, 7000215, 50_034):
        issuer.error = error
        findings = await look(issuer)
        for locale in ("sv", "en"):
            assert "a-secret-of-the-tests" not in str(told(findings, locale)) + cures(findings)


async def test_a_proxy_that_answers_is_not_taken_for_entra(issuer: Issuer) -> None:
    issuer.away = True
    findings = await look(issuer)
    assert ("ill", "Teams' token", "the answer is not Entra's") in told(findings)
    assert ("ill", "Teams' keys", "they cannot be fetched, so nobody can come in") in told(findings)
    assert "login.botframework.com" in cures(findings)


async def test_a_way_out_that_is_shut_is_named(issuer: Issuer) -> None:
    shut = "http://127.0.0.1:9"
    findings = await look(issuer, teams_login_url=shut, teams_metadata_url=f"{shut}/v1")
    assert ("ill", "Teams' token", "Entra cannot be reached") in told(findings)
    assert "login.microsoftonline.com on port 443" in cures(findings)


async def test_keys_in_the_clear_are_refused(issuer: Issuer) -> None:
    findings = await look(issuer, teams_metadata_url="http://login.botframework.example/")
    assert ("ill", "Teams' keys", "their address is not https") in told(findings)


@pytest.mark.parametrize(
    ("url", "state", "found"),
    [
        ("", "note", "not told, so not checked"),
        ("http://spindel.example", "ill", "it is not https"),
        ("spindel.example", "ill", "it is not https"),
        ("https://spindel.example/api/messages", "ill", "it has a path"),
        ("https://localhost", "ill", "it leads to this machine only"),
        ("https://[::1]/", "ill", "it leads to this machine only"),
        (PUBLIC, "note", f"{PUBLIC}/api/messages does not answer"),
    ],
)
async def test_the_public_address_is_looked_at(
    issuer: Issuer, url: str, state: str, found: str
) -> None:
    assert (state, "Teams' address", found) in told(await look(issuer, teams_public_url=url))


@pytest.mark.parametrize(
    ("status", "state"), [(401, "ok"), (200, "note"), (403, "note"), (404, "note"), (502, "note")]
)
async def test_only_the_gate_itself_answers_401(status: int, state: str) -> None:
    app = web.Application()

    async def messages(request: web.Request) -> web.Response:
        assert "Authorization" not in request.headers
        return web.Response(status=status)

    app.router.add_post("/api/messages", messages)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    finding = await check_way(f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()
    assert finding.state == state
    assert str(status) in render(finding.found, "en") or state == "ok"


@pytest.mark.parametrize(("host", "state"), [("127.0.0.1", "note"), (EVERYWHERE, "ill")])
async def test_the_mode_without_authentication_is_told(
    issuer: Issuer, host: str, state: str
) -> None:
    without = Settings(_env_file=None, teams_unauthenticated=True, host=host)
    (finding,) = await check_teams(without)
    assert finding.state == state
    assert "SPINDEL_TEAMS_UNAUTHENTICATED" in cures([finding], "sv")
    assert issuer.given == {}
    beside = await look(issuer, teams_unauthenticated=True, host=host)
    assert beside[0].state == state
    assert len(beside) == 5


async def test_the_package_is_looked_at(issuer: Issuer) -> None:
    assert told(await look(issuer))[-1][:2] == ("ok", "Teams' app package")
    findings = await look(issuer, teams_developer="")
    assert told(findings)[-1] == ("note", "Teams' app package", "Teams would refuse it")


async def test_everything_it_says_has_its_swedish(issuer: Issuer) -> None:
    issuer.error = 7000215
    for changes in ({}, {"teams_app_id": "x"}, {"teams_public_url": "http://x"}):
        for finding in await look(issuer, **changes):
            for text in (finding.what, finding.found, finding.cure):
                if text is not None and text.id not in {"Teams", "{value}", "version {version}"}:
                    assert render(text, "sv") != render(text, "en"), text.id
