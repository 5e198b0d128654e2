"""The gate before Teams' end point: nothing is read from an activity before it is known whose.

    gate = Gate(settings)                       # refuses settings under which everybody could post

    @router.post(PATH)
    async def messages(request: Request) -> Response:
        activity = await gate.check(request)
        if isinstance(activity, Response):
            return activity
        ...

What comes after must use the dict that check returns and never parse the body again: two parsers
may read two things. The SDK's own check may then be off; it fetches its keys on the event loop.
"""

import json
import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response

from bot.commands.failure import SetUpError
from bot.settings import Settings
from bot.teams.ids import is_same_id
from bot.teams.keys import Keys, KeysAway
from bot.teams.loopback import is_loopback, leads_here
from bot.teams.token import Caller, TokenFault, Tokens

PATH = "/api/messages"
CHANNEL = "msteams"
_LOG = logging.getLogger(__name__)
_LARGEST = 256_000  # bytes
_RETRY_AFTER_S = 30
_OUTSIDE = frozenset({"guest", "anonymous"})
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "via", "origin")

Activity = dict[str, Any]


class ActivityFault(Exception):
    """An activity that is not for us; its text is the reason and holds nothing of the activity."""


class Gate:
    """Lets in what Teams sends to this bot in this tenant, and nothing else.

    clock: Unix seconds. keys: the Bot Framework's, unless given.

    Raises:
        SetUpError: the settings would let everybody in, or nobody.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        keys: Keys | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        _check(settings)
        self._open = settings.teams_unauthenticated
        self._tenant = settings.teams_tenant_id
        self._hosts = service_hosts(settings)
        self._keys = keys or _keys(settings.teams_metadata_url)
        self._tokens = Tokens(settings.teams_app_id, self._keys, clock)

    async def check(self, request: Request) -> Activity | Response:
        """Return the activity of a request that may come in, else what to answer.

        The answers are empty: 401 for the token, 403 for what a good token came with, 503 while
        the keys cannot be fetched. The log has the reason.
        """
        try:
            if self._open:
                _check_from_here(request)
                return _checked_open(await _activity(request))
            caller = await self._tokens.caller(request.headers.getlist("authorization"))
            return self._checked(await _activity(request), caller)
        except TokenFault as fault:
            _LOG.info("a call to Teams' end point was refused: %s", fault)
            return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        except ActivityFault as fault:
            _LOG.warning("an activity was refused: %s", fault)
            return Response(status_code=403)
        except KeysAway:
            return Response(status_code=503, headers={"Retry-After": str(_RETRY_AFTER_S)})

    async def close(self) -> None:
        """Close the connections."""
        await self._keys.close()

    def _checked(self, activity: Activity, caller: Caller) -> Activity:
        service = activity.get("serviceUrl")
        if not isinstance(service, str) or _bare(service) != _bare(caller.service_url):
            raise ActivityFault("another service than the token's")
        if not is_service(service, self._hosts):
            raise ActivityFault("a service that is not Microsoft's")
        if activity.get("channelId") != CHANNEL:
            raise ActivityFault("another channel than Teams")
        if CHANNEL not in caller.endorsements:
            raise ActivityFault("signed with a key that may not speak for Teams")
        self._check_people(activity)
        return activity

    def _check_people(self, activity: Activity) -> None:
        tenants = [
            _within(activity, "channelData", "tenant", "id"),
            _within(activity, "conversation", "tenantId"),
        ]
        sender = _within(activity, "from", "tenantId")
        told = [tenant for tenant in tenants if tenant is not None]
        if not told or not all(is_same_id(tenant, self._tenant) for tenant in told):
            raise ActivityFault("another tenant, or none")
        if sender is not None and not is_same_id(sender, self._tenant):
            raise ActivityFault("somebody of another tenant")
        if _within(activity, "from", "userRole") in _OUTSIDE:
            raise ActivityFault("a guest")


def service_hosts(settings: Settings) -> frozenset[str]:
    """Return the hosts at which Teams may be written to."""
    return frozenset(settings.teams_service_hosts.lower().replace(",", " ").split())


def is_service(url: str, hosts: frozenset[str]) -> bool:
    """Whether an address is one of Teams': https, exactly such a host, its own port, no user.

    Also for stored addresses, before a message is sent there.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and parts.hostname in hosts
        and port in {None, 443}
        and "@" not in parts.netloc
        and "\\" not in url
        and url.isascii()
        and url.isprintable()
    )


def _check(settings: Settings) -> None:
    if settings.teams_unauthenticated:
        if not is_loopback(settings.host):
            raise SetUpError(
                "SPINDEL_TEAMS_UNAUTHENTICATED lets everybody in who reaches the port, so it is "
                "for this machine only: set SPINDEL_HOST=127.0.0.1, or remove it."
            )
        return
    lacking = [
        name
        for name, value in (
            ("TEAMS_APP_ID", settings.teams_app_id),
            ("TEAMS_TENANT_ID", settings.teams_tenant_id),
        )
        if not value.strip()
    ]
    if lacking:
        raise SetUpError(f"For Teams set {' and '.join(lacking)}, as docs/teams.md says.")


def _keys(metadata_url: str) -> Keys:
    try:
        return Keys(metadata_url)
    except ValueError as error:
        raise SetUpError(f"SPINDEL_TEAMS_METADATA_URL cannot be used: {error}.") from error


def _check_from_here(request: Request) -> None:
    """Refuse what does not come from this machine, or only passed through it."""
    here = request.client is not None and is_loopback(request.client.host)
    named = leads_here(f"//{request.headers.get('host', '')}")
    if not here or not named or any(name in request.headers for name in _FORWARDED):
        raise ActivityFault("without authentication only this machine is let in")


def _checked_open(activity: Activity) -> Activity:
    service = activity.get("serviceUrl")
    if not isinstance(service, str) or not leads_here(service):
        raise ActivityFault("without authentication only this machine is answered")
    return activity


async def _activity(request: Request) -> Activity:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ActivityFault("no JSON")
    body = bytearray()
    async for chunk in request.stream():
        body.extend(chunk)
        if len(body) > _LARGEST:
            raise ActivityFault("too large")
    try:
        # Decoded first: json would guess UTF-16 and UTF-32.
        read = json.loads(body.decode())
    except (ValueError, RecursionError) as error:
        raise ActivityFault("no JSON") from error
    if not isinstance(read, dict):
        raise ActivityFault("no activity")
    return read


def _bare(url: str) -> str:
    return url.removesuffix("/")


def _within(activity: Activity, *path: str) -> Any:
    """Return what stands at a path; None when a part of it is lacking or no object."""
    found: Any = activity
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found
