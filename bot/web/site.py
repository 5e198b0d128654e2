"""What every route of the page stands on: the bot, its conversations, who the visitor is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, HTTPException, Path, Request

from bot.assembly import Bot
from bot.translation import Locale
from bot.web.channel import PageChannel
from bot.web.gallery import Gallery
from bot.web.history import Talk
from bot.web.people import Somebody, somebody
from bot.web.rendering import Templates, page_locale


@dataclass(frozen=True, slots=True)
class Site:
    """The parts that all visits share."""

    bot: Bot
    channel: PageChannel
    templates: Templates
    gallery: Gallery


@dataclass(frozen=True, slots=True)
class Visit:
    """One request made as somebody; now: business time, aware, UTC."""

    site: Site
    me: Somebody
    talk: Talk
    locale: Locale
    now: datetime


def site_of(request: Request) -> Site:
    """Return the parts of the application that serves a request."""
    site: Site = request.app.state.site
    return site


SiteHere = Annotated[Site, Depends(site_of)]
LocaleHere = Annotated[Locale, Depends(page_locale)]


PersonId = Annotated[int, Path(ge=1, le=2**31 - 1)]


async def _visit(person_id: PersonId, site: SiteHere, locale: LocaleHere) -> Visit:
    now = await site.bot.time.now()
    me = await somebody(site.bot.database, person_id, now)
    if me is None:
        raise HTTPException(404)
    talk = site.channel.talks[me.id]
    talk.name = me.name
    # The page speaks the language of whom one has become, if she has chosen one.
    return Visit(site, me, talk, me.locale or locale, now)


VisitHere = Annotated[Visit, Depends(_visit)]
