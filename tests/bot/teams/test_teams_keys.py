"""The Bot Framework's keys are fetched seldom, by nobody's guess, and never guessed at."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from bot.teams.gate import Gate
from bot.teams.keys import Key, Keys, KeysAway
from tests.bot.teams.forged import Call
from tests.bot.teams.issuer import KID, NOW_S, OLD_KID, Issuer, claims, jwk, signed
from tests.bot.teams.test_teams_gate import sent, served

MINUTE_S, DAY_S = 60, 24 * 3600


class Watch:
    """A clock that is set by hand; seconds."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def keys(issuer: Issuer, watch: Watch) -> AsyncIterator[Keys]:
    made = Keys(issuer.metadata_url, monotonic=watch)
    yield made
    await made.close()


def short_modulus() -> str:
    """Return a modulus of 1,024 bits: a good key once."""
    short = generate_private_key(65537, 1024).public_key()  # noqa: S505 (it is refused)
    return str(jwt.algorithms.RSAAlgorithm.to_jwk(short, as_dict=True)["n"])


def fetches(issuer: Issuer) -> int:
    return issuer.asked.count("v1/.well-known/openidconfiguration")


async def test_a_key_is_fetched_once_for_all(issuer: Issuer, keys: Keys) -> None:
    found = await asyncio.gather(*(keys.key(KID) for _ in range(50)))
    assert all(isinstance(key, Key) and "msteams" in key.endorsements for key in found)
    assert issuer.asked == ["v1/.well-known/openidconfiguration", "v1/.well-known/keys"]


async def test_forged_kids_cannot_hammer(issuer: Issuer, keys: Keys, watch: Watch) -> None:
    await keys.key(KID)
    for place in range(1_000):
        watch.at += 1
        assert await keys.key(f"forged{place}") is None
    assert fetches(issuer) == 4  # the first, and one in five minutes


async def test_a_new_key_is_found(issuer: Issuer, keys: Keys, watch: Watch) -> None:
    assert await keys.key("new") is None
    issuer.keys = [jwk("new", "new", endorsements=["msteams"])]
    watch.at += 5 * MINUTE_S
    assert await keys.key("new") is not None
    assert await keys.key(KID) is None  # it was taken back


async def test_the_list_is_read_again_after_a_day(issuer: Issuer, keys: Keys, watch: Watch) -> None:
    await keys.key(KID)
    issuer.keys = [jwk("old", OLD_KID, endorsements=["msteams"])]
    watch.at += DAY_S - 1
    assert await keys.key(KID) is not None
    watch.at += 1
    assert await keys.key(KID) is None


async def test_known_keys_last_while_the_issuer_is_away_but_not_for_ever(
    issuer: Issuer, keys: Keys, watch: Watch
) -> None:
    await keys.key(KID)
    issuer.away = True
    watch.at += DAY_S
    assert await keys.key(KID) is not None
    tried = fetches(issuer)
    for _ in range(100):
        assert await keys.key(KID) is not None
        with pytest.raises(KeysAway):  # it may be a new one
            await keys.key("unknown")
    assert fetches(issuer) == tried
    watch.at += 4 * DAY_S
    with pytest.raises(KeysAway):
        await keys.key(KID)
    issuer.away = False
    watch.at += 10
    assert await keys.key(KID) is not None


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://sts.windows.net/common/"},
        {"jwks_uri": "http://login.botframework.example/keys"},
        {"jwks_uri": "ftp://127.0.0.1/keys"},
        {"jwks_uri": "//127.0.0.1/keys"},
        {"jwks_uri": "https://[::1/keys"},
        {"jwks_uri": "https://login.botframework.example/\x00"},
        {"jwks_uri": None},
        {"jwks_uri": 7},
    ],
)
async def test_strange_metadata_is_not_followed(
    issuer: Issuer, keys: Keys, metadata: dict[str, Any]
) -> None:
    issuer.metadata = metadata
    with pytest.raises(KeysAway):
        await keys.key(KID)
    assert issuer.asked == ["v1/.well-known/openidconfiguration"]


@pytest.mark.parametrize(
    "changes",
    [
        {"kty": "oct", "k": "c2VjcmV0"},
        {"kty": "EC"},
        {"use": "enc"},
        {"alg": "RS512"},
        {"alg": "none"},
        {"kid": 7},
        {"n": "AQAB"},  # a modulus of 17 bits
        {"n": short_modulus()},
        {"n": "!"},
        {"n": 7},
        {"e": None},
    ],
)
async def test_a_key_of_another_kind_is_left_out(
    issuer: Issuer, keys: Keys, changes: dict[str, Any]
) -> None:
    issuer.keys = [{**jwk("teams", KID), **changes}, jwk("old", OLD_KID)]
    assert await keys.key(KID) is None
    found = await keys.key(OLD_KID)
    assert found is not None
    assert found.endorsements == frozenset()


async def test_while_no_key_can_be_had_nobody_comes_in(issuer: Issuer) -> None:
    issuer.away = True
    watch = Watch()
    gate = Gate(
        issuer.settings(),
        keys=Keys(issuer.metadata_url, monotonic=watch),
        clock=lambda: float(NOW_S),
    )
    async with served(gate) as client:
        for token in (signed(claims()), signed(claims(), key="forger")):
            answer = await sent(client, Call(token=token))
            assert answer.status_code == 503
            assert answer.headers["retry-after"] == "30"
            assert answer.content == b""
        assert fetches(issuer) == 1
        assert (await sent(client, Call(token=None))).status_code == 401
        issuer.away = False
        watch.at += 10
        assert (await sent(client, Call())).status_code == 200
    await gate.close()


async def test_nobody_who_is_known_waits_for_a_guess(issuer: Issuer, watch: Watch) -> None:
    """A fetch that hangs, begun by a forged kid, does not hold up a good token."""
    keys = Keys(issuer.metadata_url, monotonic=watch)
    await keys.key(KID)
    watch.at += 5 * MINUTE_S
    issuer.hold()
    guess = asyncio.create_task(keys.key("forged"))
    await issuer.held()
    assert await keys.key(KID) is not None
    assert not guess.done()
    issuer.release()
    assert await guess is None
    await keys.close()


async def test_redirects_are_not_followed(issuer: Issuer) -> None:
    keys = Keys(f"{issuer.url}/moved")
    with pytest.raises(KeysAway):
        await keys.key(KID)
    assert issuer.asked == ["moved"]
    await keys.close()


async def test_an_address_that_nobody_answers_is_away(issuer: Issuer) -> None:
    url = issuer.metadata_url
    await issuer.stop()
    keys = Keys(url)
    with pytest.raises(KeysAway):
        await keys.key(KID)
    await keys.close()
    await issuer.start()
