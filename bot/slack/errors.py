"""Slack's errors as what they mean for a message: again later, never, or perhaps it arrived."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.transport import TransportError

_LOG = logging.getLogger(__name__)
# Slack may have done it before it failed.
_AMBIGUOUS = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
# The whole workspace is closed to the bot until somebody mends its token: no row is to blame.
_CLOSED = frozenset(
    {
        "accesslimited",
        "invalid_auth",
        "missing_scope",
        "not_authed",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
_CLOSED_WAIT_S = 60.0
_DEFAULT_WAIT_S = 30.0


@contextmanager
def as_transport_errors() -> Iterator[None]:
    """Turn what the SDK raises into TransportError.

    Raises:
        TransportError: the call failed; it says whether trying again can help.
    """
    try:
        yield
    except SlackApiError as error:
        raise _refused(error.response) from error
    except SlackRequestError as error:
        raise TransportError("upload refused") from error  # its own words name the file
    except aiohttp.ClientConnectorError as error:
        raise TransportError("unreachable") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise TransportError(type(error).__name__, ambiguous=True) from error


def _refused(response: Any) -> TransportError:
    # A body that is no JSON leaves the raw HTTP response, which tells a status only.
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
    data = getattr(response, "data", None)
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429 or code in {"ratelimited", "rate_limited"}:  # noqa: PLR2004
        return TransportError("ratelimited", retry_after=_wait(response.headers))
    if code in _AMBIGUOUS or status >= 500 or not code:  # noqa: PLR2004
        return TransportError(code or f"HTTP {status}", ambiguous=True)
    if code in _CLOSED:
        _LOG.error("Slack refuses the bot's token: %s", code)
        return TransportError(code, retry_after=_CLOSED_WAIT_S, closed=True)
    return TransportError(code, permanent=True)


def _wait(headers: Any) -> float:
    try:
        return max(float(headers.get("Retry-After", _DEFAULT_WAIT_S)), 0.0)
    except ValueError:
        return _DEFAULT_WAIT_S
