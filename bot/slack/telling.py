"""Where an answer goes: the modal, the pressed message, the thread, or a direct message."""

import asyncio
from dataclasses import dataclass

from actions.reply import Form, Reply
from actions.words import _
from bot.conversation import Answer, kept_private
from bot.delivery import Sent, TransportError
from bot.slack.answering import Told
from bot.slack.arrivals import Arrival
from bot.slack.errors import patiently
from bot.slack.identity import Identities
from bot.slack.markup import Json
from bot.slack.modal import modal, notice
from bot.slack.opening import Opening
from bot.slack.posting import Posts, uid_of
from bot.slack.render import Rendered, rendered
from bot.translation import Locale, render

_TOO_LATE = _("Slack gave me too little time to open the form. Press once more.")


@dataclass(slots=True)
class Moment:
    """What is only open for moments after an arrival: a trigger, a modal that waits to close.

    errors: takes what Slack shall show at the fields, or None to close the modal.
    again: this may have been told before a crash.
    """

    opening: Opening | None = None
    errors: "asyncio.Future[Json | None] | None" = None
    again: bool = False


class Telling:
    """Sends answers; raises TransportError where Slack does not take one."""

    def __init__(self, posts: Posts, identities: Identities) -> None:
        self._posts = posts
        self._identities = identities

    async def tell(self, arrival: Arrival, told: Told, moment: Moment) -> None:
        """Send an answer to where it belongs."""
        if _at_fields(arrival, told, moment):
            return
        if moment.opening is not None:
            shown = await self._in_modal(arrival, told, moment.opening)
            moment.opening.give_up()
            if shown:
                return
        if arrival.kind == "open" and told.form is not None:
            told = Told(Reply(_TOO_LATE, (told.form,)), told.locale, told.person_id)
        if arrival.direct:
            await self._direct(arrival, told, moment)
        else:
            await self._in_channel(arrival, told, moment)

    async def _in_modal(self, arrival: Arrival, told: Told, opening: Opening) -> bool:
        form = told.form
        if form is not None and (arrival.kind == "open" or _opens(arrival, told.reply)):
            place = {"channel": arrival.channel, "message": arrival.message}
            place["thread"] = arrival.thread
            return await opening.show(modal(form, told.locale, place))
        if opening.waiting:
            return await opening.show(notice(told.reply.text, told.locale))
        return False

    async def _direct(self, arrival: Arrival, told: Told, moment: Moment) -> None:
        shown = rendered(told.reply, told.locale)
        own = arrival.channel and not arrival.asks_back.strip()
        pressed = arrival.message and not arrival.ephemeral
        if told.reply.updates and pressed and await self._updated(arrival, shown):
            await self._post(arrival, shown.rest, moment)
            return
        sent = await self._post(arrival, shown.messages(), moment)
        elsewhere = arrival.channel and sent is not None and sent.address != arrival.channel
        if elsewhere and arrival.asks_back and not own:
            await self._back(arrival, _notice(told))

    async def _in_channel(self, arrival: Arrival, told: Told, moment: Moment) -> None:
        if told.reply.private:
            await self._publicly(arrival, _notice(told), moment, whispered=bool(arrival.press))
            await self._post(arrival, rendered(told.reply, told.locale).messages(), moment)
            return
        whispered = told.person_id is None  # a no is nobody else's business
        await self._publicly(arrival, told, moment, whispered=whispered)

    async def _publicly(
        self, arrival: Arrival, told: Told, moment: Moment, *, whispered: bool
    ) -> None:
        shown = rendered(told.reply, told.locale)
        if arrival.ephemeral and arrival.asks_back:
            await self._back(arrival, told)
        elif whispered:
            for message in shown.messages():
                await patiently(
                    lambda message=message: self._posts.whisper(
                        arrival.channel, arrival.user, message, arrival.thread
                    )
                )
        elif told.reply.updates and arrival.message and await self._updated(arrival, shown):
            await self._post(arrival, shown.rest, moment, arrival.channel)
        else:
            await self._post(arrival, shown.messages(), moment, arrival.channel)

    async def _back(self, arrival: Arrival, told: Told) -> None:
        replace = told.reply.updates and bool(arrival.message)
        for message in rendered(told.reply, told.locale).messages():
            await patiently(
                lambda message=message: self._posts.back(
                    arrival.asks_back, message, replace=replace
                )
            )
            replace = False

    async def _updated(self, arrival: Arrival, shown: Rendered) -> bool:
        try:
            await patiently(
                lambda: self._posts.update(arrival.channel, arrival.message, shown), harmless=True
            )
        except TransportError as error:
            if error.permanent:  # the message is gone or too old: the answer stands on its own
                return False
            raise
        return True
