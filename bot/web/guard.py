"""Who may talk with the page: this machine's own browser, from the page itself."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.middleware.trustedhost import TrustedHostMiddleware

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
Handler = Callable[[Request], Awaitable[Response]]


def guard(app: FastAPI) -> None:
    """Put the checks before every route of the page, and the headers on every answer."""
    app.middleware("http")(_checked)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS))


async def _checked(request: Request, handler: Handler) -> Response:
    refusal = None if request.method in _READING else _refused(request)
    response = refusal or await handler(request)
    for name, value in HEADERS.items():
        response.headers[name] = value
    if not request.url.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-store"
    return response


def _refused(request: Request) -> Response | None:
    if not _from_here(request):
        return PlainTextResponse("This did not come from the page itself.", 403)
    length = request.headers.get("content-length", "")
    # Without a length the body could grow without end.
    if not (length.isascii() and length.isdigit()):
        return PlainTextResponse("Content-Length is missing.", 411)
    if len(length) > len(str(LARGEST_BODY)) or int(length) > LARGEST_BODY:
        return PlainTextResponse("That is too much at once.", 413)
    return None


def _from_here(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return site == "same-origin"
    return urlsplit(origin).netloc == request.headers.get("host")
