"""Calls to Teams' service: messages posted, put in another's place, and who somebody is.

The SDK keeps the bot's own token and adds it; the paths are those of the Bot Connector's REST API.
"""

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of parts in preview, which are not used here
    from microsoft_teams.api.auth.cloud_environment import PUBLIC
    from microsoft_teams.apps import App
    from microsoft_teams.common import Client, ClientOptions

from bot.settings import Settings
from bot.teams.gate import service_hosts
from bot.teams.place import Place, Services
from bot.transport import TransportError

_LOG = logging.getLogger(__name__)
# The SDK gives httpx the level of its own logger, at every client that it makes; at INFO httpx
# would log addresses, and Rasa's hold a token.
logging.getLogger("microsoft_teams.common.http.client").setLevel(logging.WARNING)
_TIMEOUT_S = 10.0
_CLOSED_WAIT_S = 60.0
_DEFAULT_WAIT_S = 5.0
# Microsoft asks for another try after these; a gateway's word is not the service's.
_AGAIN = frozenset({412, 502, 503, 504})
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """Who somebody is as the directory tells it: verified addresses, the best first."""

    id: str
    name: str
    emails: tuple[str, ...]
    guest: bool
    tenant: str


class Connector:
    """Teams' service for one bot; every call raises TransportError."""

    def __init__(self, settings: Settings) -> None:
        self._services = Services(service_hosts(settings), here=settings.teams_unauthenticated)
        self._app_id = settings.teams_app_id
        self._tenant = settings.teams_tenant_id
        self._http = _client(settings)

    async def post(self, place: Place, activity: Json) -> str:
        """Post a message; return its id."""
        answer = await self._call("POST", place, ("activities",), activity)
        return str(answer.get("id") or "")

    async def update(self, place: Place, message_id: str, activity: Json) -> None:
        """Put a message in the place of one of ours."""
        await self._call("PUT", place, ("activities", message_id), {**activity, "id": message_id})

    async def remove(self, place: Place, message_id: str) -> None:
        """Take a message of ours away."""
        await self._call("DELETE", place, ("activities", message_id), None)

    async def member(self, place: Place, user_id: str) -> Member:
        """Return who somebody in a conversation is."""
        return _member(await self._call("GET", place, ("members", user_id), None))

    async def direct(self, service: str, user_id: str) -> Place:
        """Return the conversation with one person alone; it begins unless there is one."""
        wanted = {
            "bot": {"id": f"28:{self._app_id}"},
            "members": [{"id": user_id}],
            "isGroup": False,
            "tenantId": self._tenant,
            "channelData": {"tenant": {"id": self._tenant}},
        }
        answer = await self._call("POST", Place(service, ""), (), wanted)
        return Place(service, str(answer.get("id") or ""))

    async def upload(self, url: str, content: bytes) -> None:
        """Put a file where the person let the bot put it, on a host of Microsoft's."""
        self._services.check_upload(url)
        size = len(content)
        headers = {
            "Content-Range": f"bytes 0-{size - 1}/{size}",
            "Content-Type": "application/octet-stream",
        }
        with as_transport_errors():
            async with httpx.AsyncClient(timeout=_TIMEOUT_S) as client:
                answer = await client.put(url, content=content, headers=headers)
            if answer.status_code == httpx.codes.UNAUTHORIZED:
                raise TransportError("the place is closed", permanent=True)
            answer.raise_for_status()

    async def _call(
        self, method: str, place: Place, parts: tuple[str, ...], body: Json | None
    ) -> Mapping[str, Any]:
        self._services.check(place.service)
        with as_transport_errors():
            answer = await self._http.request(method, place.url(*parts).rstrip("/"), json=body)
            told = answer.json() if answer.content else {}
        return told if isinstance(told, dict) else {}


def _client(settings: Settings) -> Client:
    options = ClientOptions(timeout=_TIMEOUT_S)
    if settings.teams_unauthenticated:
        return Client(options)
    app = App(
        client=options,
        client_id=settings.teams_app_id,
        client_secret=settings.teams_client_secret.get_secret_value(),
        tenant_id=settings.teams_tenant_id,
        cloud=replace(PUBLIC, login_endpoint=settings.teams_login_url),
    )
    return app.api.http


@contextmanager
def as_transport_errors() -> Iterator[None]:
    """Turn what the SDK raises into TransportError.

    Raises:
        TransportError: the call failed; it says whether trying again can help.
    """
    try:
        yield
    except httpx.HTTPStatusError as error:
        raise _refused(error.response) from error
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise TransportError("unreachable") from error
    except httpx.HTTPError as error:
        raise TransportError(type(error).__name__, ambiguous=True) from error
    except ValueError as error:
        # What the SDK raises where Entra gives no token; no message is to blame.
        _LOG.error("Teams: no token for the bot (see spindel doctor)")
        raise TransportError("no token", retry_after=_CLOSED_WAIT_S, closed=True) from error


def _refused(response: httpx.Response) -> TransportError:
    status = response.status_code
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return TransportError("HTTP 429", retry_after=_wait(response.headers))
    if status == httpx.codes.UNAUTHORIZED:
        _LOG.error("Teams refuses the bot's token: HTTP 401")
        return TransportError("HTTP 401", retry_after=_CLOSED_WAIT_S, closed=True)
    if status in _AGAIN:
        return TransportError(f"HTTP {status}")
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return TransportError(f"HTTP {status}", ambiguous=True)
    return TransportError(f"HTTP {status}", permanent=True)


def _wait(headers: httpx.Headers) -> float:
    try:
        return max(float(headers.get("Retry-After", _DEFAULT_WAIT_S)), 0.0)
    except ValueError:
        return _DEFAULT_WAIT_S


def _member(told: Mapping[str, Any]) -> Member:
    named = (told.get("email"), told.get("mail"), told.get("userPrincipalName"))
    emails = [str(name).strip().lower() for name in named if name and "@" in str(name)]
    role = str(told.get("userRole") or "").lower()
    outside = any("#ext#" in email for email in emails)
    return Member(
        id=str(told.get("aadObjectId") or told.get("objectId") or told.get("id") or ""),
        name=str(told.get("name") or "")[:120],
        emails=tuple(dict.fromkeys(emails)),
        guest=outside or role in {"guest", "anonymous"},
        tenant=str(told.get("tenantId") or ""),
    )
