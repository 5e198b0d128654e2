"""The gallery's page: each reply as this page draws it, as Slack would and as Teams would."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from actions.words import Text, _, plain
from bot.slack.render import modal, rendered
from bot.teams.render import rendered as teams_rendered
from bot.translation import Locale, render
from bot.web.drawing import drawn_elements
from bot.web.plays.rest import OUTSIDE
from bot.web.replies import forms_of
from bot.web.site import LocaleHere, SiteHere
from bot.web.stage import Line, Scene
from storage.copying import NotCopied

router = APIRouter()


@router.get("/gallery")
async def gallery(site: SiteHere, locale: LocaleHere) -> Response:
    """Show every play; the first visit in a language performs them, which takes a moment."""
    values: dict[str, Any] = {"back": "/gallery", "me": None}
    try:
        scenes = await site.gallery.scenes(locale)
    except NotCopied:
        return site.templates.page("gallery_nowhere.html", locale, values, 501)
    titles = {OUTSIDE: _("Outside what it does")} | {
        a.name: a.title for a in site.bot.conversation.routes.actions.values()
    }
    values["chapters"] = list(_chapters(scenes, titles, locale))
    values["unshown"] = site.gallery.unshown()
    return site.templates.page("gallery.html", locale, values)


def _chapters(
    scenes: Iterable[Scene], titles: dict[str, Text], locale: Locale
) -> Iterable[dict[str, Any]]:
    for name, own in groupby(scenes, key=lambda scene: scene.play.action):
        title = titles.get(name, plain(name))
        drawn = [_scene(scene, locale) for scene in own]
        yield {"name": name, "title": title, "scenes": drawn}


def _scene(scene: Scene, locale: Locale) -> dict[str, Any]:
    lines = [_line(line, locale) for line in scene.lines]
    return {"title": scene.play.title, "lines": lines, "stuck": scene.stuck}


def _line(line: Line, locale: Locale) -> dict[str, Any]:
    told = {"who": line.who, "text": render(line.text, locale), "action": line.action}
    if line.reply is None:
        return {**told, "kind": "done"}
    return {
        **told,
        "kind": "reply",
        "groups": drawn_elements(line.reply, locale),
        "messages": [message.blocks for message in rendered(line.reply, locale).messages()],
        "cards": [message.card for message in teams_rendered(line.reply, locale).messages()],
        "modals": [modal(form, locale) for form in forms_of(line.reply)],
    }
