"""Nothing gets past the gate but what Teams sent to this bot in this tenant."""

import json
import logging
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from bot.commands.failure import SetUpError
from bot.teams.gate import PATH, Gate, is_service, service_hosts
from tests.bot.teams.forged import (
    BODIES,
    ENTRA,
    ENTRA_SPECIAL,
    SERVICES,
    TOKENS,
    Call,
    Make,
    of,
    raw,
    said,
    told,
)
from tests.bot.teams.issuer import (
    APP,
    ENTRA_KID,
    NOW_S,
    OLD_KID,
    SERVICE,
    TENANT,
    Issuer,
    Json,
    activity,
    claims,
    entra_claims,
    signed,
)

HERE = ("127.0.0.1:3978", "127.0.0.1")  # Host, and from where


def served(gate: Gate, host: str = "bot.example", client: str = "203.0.113.7") -> httpx.AsyncClient:
    app = FastAPI()

    @app.post(PATH)
    async def messages(request: Request) -> Response:
        checked = await gate.check(request)
        return checked if isinstance(checked, Response) else JSONResponse(checked)

    transport = httpx.ASGITransport(app=app, client=(client, 123))
    return httpx.AsyncClient(transport=transport, base_url=f"http://{host}")


async def sent(client: httpx.AsyncClient, call: Call) -> httpx.Response:
    return await client.post(PATH, content=call.body, headers=call.headers)


@pytest.fixture
async def client(issuer: Issuer) -> AsyncIterator[httpx.AsyncClient]:
    gate = Gate(issuer.settings(), clock=lambda: float(NOW_S))
    async with served(gate) as made:
        yield made
    await gate.close()


async def test_a_good_call_comes_in(client: httpx.AsyncClient) -> None:
    answer = await sent(client, Call())
    assert answer.status_code == 200
    assert answer.json() == activity()


GOOD: dict[str, Call] = {
    "bearer in small letters": raw(f"bearer {signed(claims())}"),
    "the other key": Call(token=signed(claims(), key="old", kid=OLD_KID)),
    "expired for less than five minutes": of(exp=NOW_S - 299),
    "valid in less than five minutes": of(nbf=NOW_S + 300),
    "no beginning": of(nbf=None),
    "the app in capitals": of(aud=APP.upper()),
    "no slash in the claim": of(serviceurl=SERVICE.removesuffix("/")),
    "no slash in the body": said(serviceUrl=SERVICE.removesuffix("/")),
    "the tenant in channelData only": said(conversation={"id": "a:1"}),
    "the tenant in the conversation only": said(channelData={}),
    "the tenant in capitals": said(channelData={"tenant": {"id": TENANT.upper()}}),
    "one's own tenant with the sender": said(**{"from": {"tenantId": TENANT}}),
    "as large as may be": said(text="x" * 250_000),
}


@pytest.mark.parametrize("call", GOOD.values(), ids=GOOD.keys())
async def test_what_is_right_in_another_way_comes_in(client: httpx.AsyncClient, call: Call) -> None:
    assert (await sent(client, call)).status_code == 200


def assert_says_nothing(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status
    assert answer.content == b""


@pytest.mark.parametrize("make", TOKENS.values(), ids=TOKENS.keys())
async def test_a_forged_token_is_refused(
    client: httpx.AsyncClient, issuer: Issuer, make: Make
) -> None:
    answer = await sent(client, make(issuer))
    assert_says_nothing(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"
    assert set(issuer.asked) <= {"v1/.well-known/openidconfiguration", "v1/.well-known/keys"}
    assert (await sent(client, Call())).status_code == 200


@pytest.mark.parametrize(("iss", "tenant", "key", "kid"), ENTRA.values(), ids=ENTRA.keys())
async def test_a_token_of_entra_is_none_of_teams(
    client: httpx.AsyncClient, iss: str, tenant: str, key: str, kid: str
) -> None:
    token = signed(entra_claims(iss, tenant), key=key, kid=kid)
    assert_says_nothing(await sent(client, Call(token=token)), 401)


@pytest.mark.parametrize("made", ENTRA_SPECIAL.values(), ids=ENTRA_SPECIAL.keys())
async def test_nor_is_one_that_entra_gives_to_programs(
    client: httpx.AsyncClient, made: Json
) -> None:
    token = signed(made, key="entra", kid=ENTRA_KID)
    assert_says_nothing(await sent(client, Call(token=token)), 401)


@pytest.mark.parametrize("make", BODIES.values(), ids=BODIES.keys())
async def test_a_good_token_with_something_else_is_refused(
    client: httpx.AsyncClient, issuer: Issuer, make: Make
) -> None:
    assert_says_nothing(await sent(client, make(issuer)), 403)


@pytest.mark.parametrize("url", SERVICES.values(), ids=SERVICES.keys())
async def test_a_service_elsewhere_is_refused(client: httpx.AsyncClient, url: str) -> None:
    call = Call(token=signed(claims(serviceurl=url)), body=told(serviceUrl=url))
    assert_says_nothing(await sent(client, call), 403)
    assert not is_service(url, frozenset({"smba.trafficmanager.net"}))


async def test_the_hosts_are_those_of_the_settings(issuer: Issuer) -> None:
    url = "https://smba.infra.gcc.teams.microsoft.com/teams"
    both = "smba.trafficmanager.net, SMBA.infra.gcc.teams.microsoft.com"
    settings = issuer.settings(teams_service_hosts=both)
    gate = Gate(settings, clock=lambda: float(NOW_S))
    async with served(gate) as client:
        call = Call(token=signed(claims(serviceurl=url)), body=told(serviceUrl=url))
        assert (await sent(client, call)).status_code == 200
    assert is_service(url, service_hosts(settings))
    await gate.close()


async def test_a_body_is_not_read_before_its_token_is_good(client: httpx.AsyncClient) -> None:
    read = []

    async def body() -> AsyncIterator[bytes]:
        read.append(1)
        yield told()

    call = Call(token=signed(claims(), key="forger"))
    answer = await client.post(PATH, content=body(), headers=call.headers)
    assert answer.status_code == 401
    assert read == []


async def test_the_log_has_the_reason_and_nothing_of_token_or_person(
    client: httpx.AsyncClient, issuer: Issuer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    forged = signed(claims(aud="22222222-aaaa-4333-8444-555555555555"))
    await sent(client, Call(token=forged))
    await sent(client, BODIES["another tenant"](issuer))
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert [line.rpartition(": ")[2] for line in logged] == [
        "made out to another app",
        "another tenant, or none",
    ]
    for secret in (*forged.split("."), "22222222", "Johan", "hjälp", TENANT):
        assert secret not in "".join(logged)


@pytest.mark.parametrize("name", ["teams_app_id", "teams_tenant_id"])
def test_it_does_not_open_without_app_and_tenant(issuer: Issuer, name: str) -> None:
    with pytest.raises(SetUpError, match=name.upper()):
        Gate(issuer.settings(**{name: " "}))


def test_keys_are_not_fetched_in_the_clear(issuer: Issuer) -> None:
    for url in ("http://login.botframework.com/v1", "https://[::1", ""):
        with pytest.raises(SetUpError, match="SPINDEL_TEAMS_METADATA_URL"):
            Gate(issuer.settings(teams_metadata_url=url))


# What follows is the mode without authentication, for Microsoft's playground.


def unguarded(issuer: Issuer) -> Gate:
    return Gate(issuer.settings(teams_unauthenticated=True, teams_app_id=""))


PLAYGROUND = Call(token=None, body=told(serviceUrl="http://localhost:56150/_connector"))


EVERYWHERE = "0.0.0.0"  # noqa: S104 (it is refused)


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.0.2.7", "bot.example", "10.0.0.1", ""])
def test_without_authentication_it_serves_this_machine_only(issuer: Issuer, host: str) -> None:
    with pytest.raises(SetUpError, match="SPINDEL_TEAMS_UNAUTHENTICATED"):
        Gate(issuer.settings(teams_unauthenticated=True, host=host))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
async def test_without_authentication_the_playground_comes_in(issuer: Issuer, host: str) -> None:
    gate = Gate(issuer.settings(teams_unauthenticated=True, teams_app_id="", host=host))
    async with served(gate, *HERE) as client:
        assert (await sent(client, PLAYGROUND)).status_code == 200
    assert issuer.asked == []


ELSEWHERE: dict[str, tuple[str, str, dict[str, str]]] = {
    "another machine": ("127.0.0.1", "203.0.113.7", {}),
    "another name": ("bot.example", "127.0.0.1", {}),
    "a name that begins so": ("127.0.0.1.evil.example", "127.0.0.1", {}),
    "a name made to lead here": ("rebound.example:3978", "127.0.0.1", {}),
    "through a proxy": ("127.0.0.1", "127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}),
    "from a page": ("127.0.0.1", "127.0.0.1", {"Origin": "https://evil.example"}),
    "a broken name": ("127.0.0.1", "127.0.0.1", {"Host": "[::1"}),
}


@pytest.mark.parametrize(("host", "origin", "more"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
async def test_without_authentication_nobody_else_comes_in(
    issuer: Issuer, host: str, origin: str, more: dict[str, str]
) -> None:
    async with served(unguarded(issuer), host, origin) as client:
        headers = {"Content-Type": "application/json", **more}
        answer = await client.post(PATH, content=PLAYGROUND.body, headers=headers)
        assert_says_nothing(answer, 403)


@pytest.mark.parametrize("url", [None, SERVICE, "https://evil.example/", "http://[::1", 7])
async def test_without_authentication_only_this_machine_is_answered(
    issuer: Issuer, url: object
) -> None:
    async with served(unguarded(issuer), *HERE) as client:
        assert_says_nothing(await sent(client, said(serviceUrl=url)), 403)


async def test_without_authentication_the_body_is_limited_still(issuer: Issuer) -> None:
    async with served(unguarded(issuer), *HERE) as client:
        assert_says_nothing(await sent(client, Call(body=b"[" * 300_000)), 403)
        assert_says_nothing(await sent(client, Call(body=json.dumps([]).encode())), 403)
