"""The conversation drawn as an answer: a whole page, or what is new for the script."""

from datetime import timedelta
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.background import BackgroundTask

from actions.words import Text, ngettext
from bot.translation import Locale, shown
from bot.web.chrome import words
from bot.web.drawing import drawn
from bot.web.history import LONGEST_TALK
from bot.web.rendering import remember_locale
from bot.web.site import Visit
from bot.web.suggestions import SUGGESTIONS
from bot.web.travel import LONGEST_JUMP


def told(
    visit: Visit,
    request: Request,
    *,
    problem: str = "",
    text: str = "",
    switched: Locale | None = None,
) -> Response:
    """Answer a gesture: a fragment to the script, else the whole page anew."""
    after = request.headers.get("x-after", "")
    response: Response
    if after.isascii() and after.isdigit():
        response = fragment(visit, int(after[:18]), problem, switched)
    elif problem:
        response = whole_page(visit, problem, text, status=422)
    else:
        response = RedirectResponse(f"/chat/{visit.me.id}#latest", 303)
    if switched is not None:
        remember_locale(response, switched)
    if not problem:
        # What the gesture promised to others leaves at once, but nobody waits for it here.
        response.background = BackgroundTask(visit.site.bot.work_until_idle, visit.now)
    return response


def whole_page(visit: Visit, problem: str = "", text: str = "", status: int = 200) -> Response:
    """Draw the conversation with everything around it."""
    values = {
        **_common(visit, problem),
        "entries": [drawn(entry, visit.me.zone) for entry in visit.talk.entries],
        "full": len(visit.talk.entries) == LONGEST_TALK,
        "typed": text,
        "back": "",
    }
    visit.talk.show()
    return visit.site.templates.page("chat.html", visit.locale, values, status)


def fragment(
    visit: Visit, after: int, problem: str = "", switched: Locale | None = None
) -> Response:
    """Draw what was said after a step; switched: the language that the bot has changed to."""
    values = {
        **_common(visit, problem),
        "entries": [drawn(entry, visit.me.zone) for entry in visit.talk.since(after)],
    }
    visit.talk.show()
    response = visit.site.templates.page("fragment.html", visit.locale, values)
    response.headers["Content-Language"] = switched or visit.locale
    return response


def _common(visit: Visit, problem: str) -> dict[str, Any]:
    here = visit.now.astimezone(visit.me.zone).replace(tzinfo=None)
    new = not any(entry.kind == "said" for entry in visit.talk.entries)
    return {
        "me": visit.me,
        "step": visit.talk.step,
        "here_in_words": shown(here, visit.locale),
        "earliest": here + timedelta(minutes=1),
        "latest": here + LONGEST_JUMP,
        "suggestions": SUGGESTIONS[visit.me.role] if new else (),
        "elsewhere": [(i, _hint(talk.name, talk.unseen)) for i, talk in _waiting(visit)],
        "problem": "" if problem == "clock_wrong" else words(visit.locale).get(problem, ""),
        "clock_problem": words(visit.locale)[problem] if problem == "clock_wrong" else "",
    }


def _waiting(visit: Visit) -> list[tuple[int, Any]]:
    return list(visit.site.channel.waiting(except_for=visit.me.id))


def _hint(name: str, n: int) -> Text:
    return ngettext("1 new message for {name}", "{n} new messages for {name}", n, name=name)
