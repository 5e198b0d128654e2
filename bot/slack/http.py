"""Slack's HTTP mode: one end point, and nothing gets past it without a good signature."""

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

PATH = "/slack/events"
_FRESH_S = 300
_LARGEST = 1_000_000  # bytes
_STAMP = re.compile(r"[0-9]{1,12}")


class SecretMissing(Exception):
    """HTTP mode needs Slack's signing secret: set SLACK_SIGNING_SECRET."""


class Signature:
    """Slack's signature, version 0: HMAC-SHA-256 over time and body."""

    def __init__(self, secret: str) -> None:
        if not secret.strip():
            raise SecretMissing(str(SecretMissing.__doc__))
        self._secret = secret.encode()

    def is_good(self, stamp: str, given: str, body: bytes, now: float) -> bool:
        """Whether a call was signed with the secret within five minutes; now: Unix seconds."""
        if not _STAMP.fullmatch(stamp) or abs(now - int(stamp)) > _FRESH_S:
            return False
        made = hmac.new(self._secret, b"v0:%b:%b" % (stamp.encode(), body), hashlib.sha256)
        # Compared as bytes: compare_digest refuses strings that are not ASCII.
        return hmac.compare_digest(f"v0={made.hexdigest()}".encode(), given.encode())


def router(app: AsyncApp, secret: str, clock: Callable[[], float]) -> APIRouter:
    """Return the end point that Slack posts to; clock: Unix seconds, by which Slack signs.

    Raises:
        SecretMissing: without a secret everybody could post.
    """
    signature = Signature(secret)
    made = APIRouter()

    @made.post(PATH)
    async def events(request: Request) -> Response:
        body = await _limited(request)
        if body is None:
            return Response(status_code=413)
        stamp = request.headers.get("x-slack-request-timestamp", "")
        given = request.headers.get("x-slack-signature", "")
        if not signature.is_good(stamp, given, body, clock()):
            return Response(status_code=401)
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return Response(status_code=401)
        if not _is_sound(text, request.headers.get("content-type", "")):
            return Response(status_code=400)
        asked = AsyncBoltRequest(body=text, headers=dict(request.headers))
        return _answered(await app.async_dispatch(asked))

    return made


def _is_sound(text: str, kind: str) -> bool:
    """Whether a body is what Slack sends: a JSON object, or form fields around one."""
    if not kind.startswith("application/json"):
        fields = parse_qs(text)
        if "payload" not in fields:
            return bool(fields)
        text = fields["payload"][0]
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


async def _limited(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body.extend(chunk)
        if len(body) > _LARGEST:
            return None
    return bytes(body)


def _answered(answer: BoltResponse) -> Response:
    return Response(
        content=answer.body,
        status_code=answer.status,
        headers=answer.first_headers_without_set_cookie(),
    )
