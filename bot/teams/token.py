"""A bearer token of the Bot Framework: read, and believed only when everything is right."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

import jwt

from bot.teams.ids import is_same_id
from bot.teams.keys import ISSUER, Keys

_SKEW_S = 300
_LONGEST = 8_000  # characters
_BEARER = re.compile(r"[Bb][Ee][Aa][Rr][Ee][Rr] ([\w-]+\.[\w-]+\.[\w-]+)", re.ASCII)
_KID = re.compile(r"[\w-]{1,128}", re.ASCII)
_ALGORITHM = "RS256"


class TokenFault(Exception):
    """A token that is not believed; its text is the reason and holds nothing of the token."""


@dataclass(frozen=True, slots=True)
class Caller:
    """What a good token says: the service that calls, and the channels its key may speak for."""

    service_url: str
    endorsements: frozenset[str]


class Tokens:
    """Judges tokens made out to an app. clock: Unix seconds."""

    def __init__(self, app_id: str, keys: Keys, clock: Callable[[], float]) -> None:
        self._app_id = app_id
        self._keys = keys
        self._clock = clock

    async def caller(self, authorization: Sequence[str]) -> Caller:
        """Return who calls, by the Authorization headers of a request.

        Raises:
            TokenFault: the token is none, or not good.
            KeysAway: nobody's token can be judged now.
        """
        token = _bearer(authorization)
        key = await self._keys.key(_kid(token))
        if key is None:
            raise TokenFault("signed with a key that is not the Bot Framework's")
        try:
            # The times are judged below, by our clock; each claim by its type, too.
            claims = jwt.decode(
                token, key.public, algorithms=[_ALGORITHM], options=_ONLY_THE_SIGNATURE
            )
        except jwt.PyJWTError as error:
            raise TokenFault("the signature is wrong") from error
        return Caller(self._believed(claims), key.endorsements)

    def _believed(self, claims: dict[str, Any]) -> str:
        """Return the service of good claims."""
        if claims.get("iss") != ISSUER:
            raise TokenFault("another issuer")
        if not is_same_id(claims.get("aud"), self._app_id):
            raise TokenFault("made out to another app")
        now = self._clock()
        expires, begins = claims.get("exp"), claims.get("nbf", 0)
        if not _is_moment(expires) or expires <= now - _SKEW_S:
            raise TokenFault("expired, or without an end")
        if not _is_moment(begins) or begins > now + _SKEW_S:
            raise TokenFault("not valid yet")
        service = claims.get("serviceurl")
        if not isinstance(service, str) or not service:
            raise TokenFault("without the claim serviceurl")
        return service


_ONLY_THE_SIGNATURE: Any = {
    "verify_signature": True,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
}


def _is_moment(value: Any) -> TypeGuard[int]:
    # A bool is an int in Python, and JSON here may hold NaN and Infinity.
    return isinstance(value, int) and not isinstance(value, bool)


def _bearer(headers: Sequence[str]) -> str:
    if len(headers) != 1 or len(headers[0]) > _LONGEST:
        raise TokenFault("not exactly one token")
    found = _BEARER.fullmatch(headers[0])
    if found is None:
        raise TokenFault("no bearer token")
    return found.group(1)


def _kid(token: str) -> str:
    """Return the id of the key that is said to have signed; it is looked up and nothing else.

    What a header says of keys elsewhere (jku, x5u, jwk, x5c) is never followed.
    """
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise TokenFault("the header cannot be read") from error
    if header.get("alg") != _ALGORITHM or "crit" in header or "b64" in header:
        raise TokenFault("another kind of signature")
    kid = header.get("kid")
    if not isinstance(kid, str) or not _KID.fullmatch(kid):
        raise TokenFault("without the id of a key")
    return kid
