"""The start page: whom to be, and in which language the page speaks."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response

from bot.translation import Locale
from bot.web.people import everybody, first_and_rest, matching
from bot.web.rendering import remember_locale
from bot.web.site import LocaleHere, SiteHere
from bot.web.suggestions import WHAT_THEY_DO

router = APIRouter()
LONGEST_SEARCH = 100
_MOST_SHOWN = 50
_BACK = frozenset({"/", "/gallery"})


@router.get("/")
async def choose(
    site: SiteHere, locale: LocaleHere, q: Annotated[str, Query(max_length=LONGEST_SEARCH)] = ""
) -> Response:
    """Show the four to begin with, and everybody else who matches the search."""
    people = await everybody(site.bot.database, await site.bot.time.now())
    first, rest = first_and_rest(people)
    values = {
        "first": first,
        "what_they_do": WHAT_THEY_DO,
        "others": matching(rest, q)[:_MOST_SHOWN],
        "q": q,
        "back": "/",
        "me": None,
    }
    return site.templates.page("choose.html", locale, values)


@router.get("/chat")
async def nobody() -> Response:
    """A conversation is somebody's: send who has not chosen to the choice."""
    return RedirectResponse("/", 303)


@router.post("/language")
async def language(
    language: Annotated[str, Form()] = "sv", back: Annotated[str, Form()] = "/"
) -> Response:
    """Choose the page's language before one is anybody."""
    chosen: Locale = "en" if language == "en" else "sv"
    response = RedirectResponse(back if back in _BACK else "/", 303)
    remember_locale(response, chosen)
    return response
