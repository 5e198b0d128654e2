"""The page as a web application."""

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as AnyHTTPException

from bot.assembly import Bot
from bot.health import health_routes
from bot.web import chat, choosing, gallery_page
from bot.web.channel import PageChannel
from bot.web.gallery import Gallery
from bot.web.guard import guard
from bot.web.rendering import HERE, Templates, page_locale
from bot.web.site import Site, site_of
from storage import Unreachable


def create_app(bot: Bot, channel: PageChannel) -> FastAPI:
    """Return the page of a bot that delivers through this channel too.

    It lets anybody be anybody: for a demo on this machine only.
    """
    app = FastAPI(title="Spindel", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = Site(bot, channel, Templates(), Gallery(bot))
    guard(app)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.include_router(choosing.router)
    app.include_router(chat.router)
    app.include_router(gallery_page.router)
    app.include_router(health_routes(bot))
    app.add_exception_handler(AnyHTTPException, _gone)
    app.add_exception_handler(RequestValidationError, _gone)
    app.add_exception_handler(Unreachable, _broken)
    return app


async def _gone(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return _sorry(request, "gone", status)


async def _broken(request: Request, _error: Exception) -> Response:
    return _sorry(request, "broken", 503)


def _sorry(request: Request, what: str, status: int) -> Response:
    values = {"what": what, "back": "/", "me": None}
    return site_of(request).templates.page("sorry.html", page_locale(request), values, status)
