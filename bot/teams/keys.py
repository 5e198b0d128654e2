"""The keys with which the Bot Framework signs, fetched as seldom as can be."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from bot.teams.loopback import leads_here

ISSUER = "https://api.botframework.com"
_LOG = logging.getLogger(__name__)
_FRESH_S = 24 * 3600
_USABLE_S = 5 * 24 * 3600  # as long as Microsoft's own SDK keeps them
_PAUSE_S = 300  # between two fetches for a kid that is not there: anybody can invent one
_AWAY_S = 10  # between two tries while there is no key at all
_TIMEOUT_S = 5
_FEWEST_BITS = 2048
# The network's faults, and those of a document that is no list of keys.
_NO_LIST = (
    httpx.HTTPError,
    httpx.InvalidURL,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
)


class KeysAway(Exception):
    """The keys cannot be fetched, so nobody's token can be judged."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, and the channels (`msteams`, …) for which it may sign."""

    public: RSAPublicKey
    endorsements: frozenset[str]


class Keys:
    """The keys by their id.

    metadata_url: the OpenID document that names where they are. monotonic: seconds.
    """

    def __init__(
        self, metadata_url: str, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        if not _is_safe(metadata_url, loopback_too=True):
            raise ValueError("keys are fetched by https only")
        self._metadata_url = metadata_url
        self._monotonic = monotonic
        self._http = httpx.AsyncClient(timeout=_TIMEOUT_S, follow_redirects=False)
        self._keys: Mapping[str, Key] = {}
        self._fetched: float | None = None
        self._failed: float | None = None
        self._fetching = asyncio.Lock()

    async def key(self, kid: str) -> Key | None:
        """Return the key with an id; None when the Bot Framework has no such key.

        Raises:
            KeysAway: that cannot be known now.
        """
        known = self._keys.get(kid)
        if known is not None and self._is_younger_than(_FRESH_S):
            return known  # nobody who knows a key waits for the guesses of others
        async with self._fetching:
            if self._is_time(kid):
                await self._refresh()
            if not self._is_younger_than(_USABLE_S):
                raise KeysAway
            found = self._keys.get(kid)
            if found is None and self._failed is not None:
                raise KeysAway  # it may be a new key
            return found

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def _is_time(self, kid: str) -> bool:
        usable = self._is_younger_than(_USABLE_S)
        if self._failed is not None:
            pause = _PAUSE_S if usable else _AWAY_S
            return self._monotonic() - self._failed >= pause
        if not self._is_younger_than(_FRESH_S):
            return True
        return kid not in self._keys and not self._is_younger_than(_PAUSE_S)

    def _is_younger_than(self, age_s: float) -> bool:
        return self._fetched is not None and self._monotonic() - self._fetched < age_s

    async def _refresh(self) -> None:
        try:
            self._keys = await self._all()
        except _NO_LIST as error:
            self._failed = self._monotonic()
            _LOG.warning("the Bot Framework's keys cannot be fetched: %s", type(error).__name__)
            return
        self._fetched = self._monotonic()
        self._failed = None

    async def _all(self) -> dict[str, Key]:
        metadata = await self._json(self._metadata_url)
        if metadata["issuer"] != ISSUER:
            raise ValueError("the metadata is another issuer's")
        address = metadata["jwks_uri"]
        if not _is_safe(address, loopback_too=leads_here(self._metadata_url)):
            raise ValueError("keys are fetched by https only")
        listed = (await self._json(address))["keys"]
        found = {str(each["kid"]): key for each in listed if (key := _read(each)) is not None}
        if not found:
            raise ValueError("no key")
        return found

    async def _json(self, address: str) -> dict[str, Any]:
        answer = await self._http.get(address, headers={"Accept": "application/json"})
        if answer.status_code != httpx.codes.OK:
            raise ValueError(f"status {answer.status_code}")
        read: dict[str, Any] = answer.json()
        return read


def _is_safe(address: str, *, loopback_too: bool) -> bool:
    scheme = urlsplit(address).scheme
    return scheme == "https" or (loopback_too and scheme == "http" and leads_here(address))


def _read(listed: Mapping[str, Any]) -> Key | None:
    """Read a key of the list; None for one that is not for RS256 signatures."""
    if listed.get("kty") != "RSA" or listed.get("use", "sig") != "sig":
        return None
    if listed.get("alg", "RS256") != "RS256" or not isinstance(listed.get("kid"), str):
        return None
    try:
        public = jwt.PyJWK(dict(listed), algorithm="RS256").key
    except jwt.PyJWTError:
        return None
    if not isinstance(public, RSAPublicKey) or public.key_size < _FEWEST_BITS:
        return None
    endorsed = listed.get("endorsements")
    return Key(public, frozenset(endorsed if isinstance(endorsed, list) else ()))
