"""The templates and the language of the page around the conversation."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from actions.words import Text
from bot.message_links import divided
from bot.teams.markup import unescaped
from bot.translation import Locale, render
from bot.web.chrome import words
from bot.web.mrkdwn import slack_text

HERE = Path(__file__).parent
COOKIE = "language"
_YEAR_S = 365 * 24 * 3600


@pass_context
def _show(context: Context, text: Text) -> str:
    return render(text, context["locale"])


def _linked(text: str) -> Markup:
    """Return a text as HTML in which the address of a Slack message can be followed."""
    drawn = Markup('<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>')
    return Markup("").join(
        drawn.format(piece) if is_link else piece for piece, is_link in divided(text)
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["show"] = _show
    environment.filters["slack"] = slack_text
    environment.filters["unescaped"] = unescaped
    environment.filters["linked"] = _linked
    return environment


class Templates:
    """Draws pages and fragments in the page's language."""

    def __init__(self) -> None:
        self._environment = _environment()

    def page(
        self, name: str, locale: Locale, values: dict[str, Any], status: int = 200
    ) -> HTMLResponse:
        """Return a template filled; `t` holds the page's words in it."""
        template = self._environment.get_template(name)
        html = template.render(locale=locale, t=words(locale), **values)
        return HTMLResponse(html, status, {"Content-Language": locale})


def page_locale(request: Request) -> Locale:
    """Return the language chosen on the page, else the browser's, else Swedish."""
    chosen = _known(request.cookies.get(COOKIE, ""))
    return chosen or _preferred(request.headers.get("accept-language", "").split(","))


def remember_locale(response: Response, locale: Locale) -> None:
    """Keep the page's language in the browser."""
    response.set_cookie(COOKIE, locale, max_age=_YEAR_S, httponly=True, samesite="strict")


def _preferred(languages: Sequence[str]) -> Locale:
    # Browsers put the most wanted first; the weights say nothing more.
    found = (_known(language.strip()[:2].lower()) for language in languages)
    return next((locale for locale in found if locale), "sv")


def _known(language: str) -> Locale | None:
    if language == "sv":
        return "sv"
    return "en" if language == "en" else None
