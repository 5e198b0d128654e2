"""The gallery's page: each reply as this page draws it and as Slack would."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from actions.words import plain
from bot.slack.modal import modal
from bot.slack.render import rendered
from bot.translation import Locale
from bot.web.drawing import drawn_elements, forms_of
from bot.web.site import LocaleHere, SiteHere
from bot.web.stage import Line, Scene
from storage.copying import NotCopied

router = APIRouter()


@router.get("/gallery")
async def gallery(site: SiteHere, locale: LocaleHere) -> Response:
    """Show every play; the first visit in a language performs them, which takes a moment."""
    E
