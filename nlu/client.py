"""Rasa over HTTP: one parse, capped, timed out, and left alone for a while when it fails."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

_LOG = logging.getLogger(__name__)
LONGEST_TEXT = 600
_TIMEOUT_S = 2.0
_FAILURES = 3
_REST_S = 5.0
_LARGEST_ANSWER = 200_000
PHRASES = 16  # of one request: all of a thesaurus at once would keep parses waiting


class Unavailable(Exception):
    """Rasa did not answer in time, answered nonsense, or is being left alone."""


@dataclass(slots=True)
class Breaker:
    """Opens after three failures in a row and lets one try through every five seconds."""

    failures: int = 0
    rest_until: float = 0.0

    def check(self) -> None:
        """Raise Unavailable while Rasa is being left alone."""
        if self.failures >= _FAILURES and time.monotonic() < self.rest_until:
            raise Unavailable

    def note(self, *, ok: bool) -> None:
        """Count a success or a failure."""
        self.failures = 0 if ok else self.failures + 1
        if self.failures >= _FAILURES:
            self.rest_until = time.monotonic() + _REST_S


@dataclass(slots=True)
class RasaClient:
    """A connection to one Rasa server.

    url: its address; token: the one it was started with. Both may change when a new server
    takes over.
    """

    url: str
    token: str
    http: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(timeout=_TIMEOUT_S, trust_env=False)
    )
    breaker: Breaker = field(default_factory=Breaker)
    timed: Callable[[float], object] = float  # told of the seconds of each question

    async def parse(self, text: str) -> dict[str, Any]:
        """Return Rasa's raw answer for a text of at most LONGEST_TEXT characters.

        Raises:
            Unavailable: no answer within 2 s, an error, or an answer of the wrong form.
        """
        self.breaker.check()
        began = time.monotonic()
        try:
            answer = await self.http.post(
                f"{self.url}/model/parse", params={"token": self.token}, json={"text": text}
            )
            answer.raise_for_status()
            body = answer.json() if len(answer.content) <= _LARGEST_ANSWER else None
        except (httpx.HTTPError, ValueError) as error:
            self.breaker.note(ok=False)
            # Only the kind of error: the address carries the token.
            _LOG.warning("Rasa did not answer: %s", type(error).__name__)
            raise Unavailable from None
        finally:
            self.timed(time.monotonic() - began)
        if not isinstance(body, dict) or not isinstance(body.get("intent_ranking"), list):
            self.breaker.note(ok=False)
            raise Unavailable
        self.breaker.note(ok=True)
        return body

    async def vectors(self, phrases: list[str]) -> list[list[float]]:
        """Return what at most PHRASES short phrases mean as numbers, a row for each.

        Raises:
            Unavailable: as `parse`; also when the model has no encoder.
        """
        self.breaker.check()
        try:
            answer = await self.http.post(
                f"{self.url}/model/vectors", params={"token": self.token}, json={"phrases": phrases}
            )
            if answer.status_code == httpx.codes.NOT_FOUND:
                raise Unavailable  # an older server, or the fallback: it is well otherwise
            answer.raise_for_status()
            body = answer.json() if len(answer.content) <= _LARGEST_ANSWER else None
        except (httpx.HTTPError, ValueError) as error:
            self.breaker.note(ok=False)
            _LOG.warning("Rasa did not answer: %s", type(error).__name__)
            raise Unavailable from None
        rows = body.get("vectors") if isinstance(body, dict) else None
        if not isinstance(rows, list) or len(rows) != len(phrases):
            self.breaker.note(ok=False)
            raise Unavailable
        self.breaker.note(ok=True)
        return rows

    async def status(self) -> dict[str, Any]:
        """Return what the server says of the model it serves.

        Raises:
            Unavailable: as `parse`.
        """
        try:
            answer = await self.http.get(f"{self.url}/status", params={"token": self.token})
            answer.raise_for_status()
            body = answer.json()
        except (httpx.HTTPError, ValueError):
            raise Unavailable from None
        return body if isinstance(body, dict) else {}

    async def close(self) -> None:
        """Close the connection."""
        await self.http.aclose()
