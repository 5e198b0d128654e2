"""The conversation's page and everything that can be done on it."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from actions.words import _
from bot.translation import Locale
from bot.web import gestures
from bot.web.rendering import remember_locale
from bot.web.site import VisitHere
from bot.web.telling import fragment, told, whole_page
from bot.web.travel import destination

router = APIRouter(prefix="/chat/{person_id}")
_FIELD = "field."  # before the names of a form's own fields


@router.get("")
async def show(visit: VisitHere) -> Response:
    """Show the whole conversation; an empty one is begun by the bot."""
    await gestures.greet(visit)
    return whole_page(visit)


@router.get("/news")
async def news(visit: VisitHere, after: int = 0) -> Response:
    """Give what was said after a step."""
    return fragment(visit, after)


@router.post("/say")
async def say(visit: VisitHere, request: Request) -> Response:
    """Take a message."""
    text = _string(await request.form(), "text").replace("\r\n", "\n")
    if not text.strip():
        return told(visit, request, problem="empty")
    if len(text) > gestures.LONGEST_SAID:
        return told(visit, request, problem="too_long", text=text)
    answer = await gestures.say(visit, text.strip())
    return told(visit, request, switched=answer.reply.locale)


@router.post("/press")
async def press(visit: VisitHere, request: Request) -> Response:
    """Take a pressed button; its id and value travel as one, parted by a bar."""
    form = await request.form()
    press_id, _bar, value = _string(form, "pressed").partition("|")
    answer = await gestures.press(visit, _string(form, "entry"), press_id, value)
    return told(visit, request, switched=answer.reply.locale)


@router.post("/submit")
async def submit(visit: VisitHere, request: Request) -> Response:
    """Take a filled form."""
    form = await request.form()
    filled = gestures.Submission(
        entry_id=_string(form, "entry"),
        submit=_string(form, "submit"),
        value=_string(form, "value"),
        values=_fields(form),
    )
    answer = await gestures.submit(visit, filled)
    return told(visit, request, switched=answer.reply.locale)


@router.post("/clock")
async def clock(visit: VisitHere, request: Request) -> Response:
    """Move the bot's time forward and let it do what falls due until then."""
    form = await request.form()
    choice, at = _string(form, "to"), _string(form, "at")
    moment = destination(choice, at, visit.now, visit.me.zone)
    bot = visit.site.bot
    if moment is None or not await bot.time.move_to(moment):
        return told(visit, request, problem="clock_wrong")
    now = await bot.time.now()
    here = now.astimezone(visit.me.zone).replace(tzinfo=None)
    visit.talk.add("note", _("The clock is now {time}.", time=here), now, visit.locale)
    await bot.work_until_idle(now)
    return told(replace(visit, now=now), request)


@router.post("/language")
async def language(visit: VisitHere, request: Request) -> Response:
    """Choose the language of the page and of the bot's answers to this person."""
    chosen: Locale = "en" if _string(await request.form(), "language") == "en" else "sv"
    await gestures.choose_language(visit, chosen)
    response = RedirectResponse(f"/chat/{visit.me.id}#latest", 303)
    remember_locale(response, chosen)
    return response


def _string(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _fields(form: FormData) -> dict[str, str]:
    """Return a form's own fields; several choices of one field are joined by commas."""
    given: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if name.startswith(_FIELD) and isinstance(value, str):
            given.setdefault(name.removeprefix(_FIELD), []).append(value)
    return {name: ",".join(value for value in values if value) for name, values in given.items()}
