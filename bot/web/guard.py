"""Who may talk with the page: this machine's own browser, from the page itself."""

from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ("127.0.0.1", "localhost")
LARGEST_BODY = 300_000  # bytes
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not no-referrer: with it browsers send "Origin: null" even to the page's own address.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_READING = frozenset({"GET", "HEAD"})
# What the chats post to is not the page's, and each judges by itself who posts.
_OWN_GATE = frozenset({"/slack/events", "/api/messages"})


def guard(app: FastAPI) -> None:
    """Put the checks before every route of the page, and the headers on every answer."""
    app.add_middleware(_Guard)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS))


class _Guard:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if not scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        reading = scope["method"] in _READING
        judged = reading or scope["path"] in _OWN_GATE
        refusal = None if judged else _refused(Headers(scope=scope))
        await (refusal or self._app)(scope, receive, marked)


def _refused(headers: Headers) -> Response | None:
    if not _from_here(headers):
        return PlainTextResponse("This did not come from the page itself.", 403)
    length = headers.get("content-length", "")
    # Without a length the body could grow without end.
    if not (length.isascii() and length.isdigit()):
        return PlainTextResponse("Content-Length is missing.", 411)
    if len(length) > len(str(LARGEST_BODY)) or int(length) > LARGEST_BODY:
        return PlainTextResponse("That is too much at once.", 413)
    return None


def _from_here(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = headers.get("origin")
    if origin is None:
        return site == "same-origin"
    return urlsplit(origin).netloc == headers.get("host")
