"""Where an answer goes: the modal, the pressed message, the thread, or a direct message."""

import asyncio
import logging
from dataclasses import dataclass, replace

from actions.reply import File, Form, Reply
from actions.words import _
from bot import spreadsheet
from bot.chats.answering import Told
from bot.conversation import Answer, kept_private
from bot.slack.arrivals import Arrival
from bot.slack.identity import SlackIdentities
from bot.slack.markup import Json
from bot.slack.modal import modal, notice
from bot.slack.opening import Opening
from bot.slack.posting import Upload
from bot.slack.render import Rendered, rendered
from bot.slack.sending import Sending
from bot.translation import render
from bot.transport import TransportError

_LOG = logging.getLogger(__name__)
_TOO_LATE = _("Slack gave me too little time to open the form. Press once more.")


@dataclass(slots=True)
class Moment:
    """What is open for moments after an arrival: a trigger, a modal that waits to be closed.

    errors: takes what Slack shall show at the fields, or None to close the modal. again: the
    answer may have been told before a crash.
    """

    opening: Opening | None = None
    errors: "asyncio.Future[Json | None] | None" = None
    again: bool = False


class Telling:
    """Sends answers; every method raises TransportError where Slack does not take one."""

    def __init__(self, sending: Sending, identities: SlackIdentities) -> None:
        self._sending = sending
        self._identities = identities

    async def tell(self, arrival: Arrival, told: Told, moment: Moment) -> None:
        """Send an answer to where it belongs."""
        if _at_the_fields(arrival, told, moment):
            return
        if moment.opening is not None and await _in_modal(arrival, told, moment.opening):
            return
        if arrival.kind == "open" and told.form is not None:
            told = replace(told, reply=Reply(_TOO_LATE, (told.form,)))
        if arrival.direct:
            await self._directly(arrival, told, moment)
        else:
            await self._in_channel(arrival, told, moment)

    async def add(self, arrival: Arrival, told: Told) -> None:
        """Send one more message directly to whoever was answered."""
        key = f"{arrival.key}:more"
        await self._sending.post(arrival.user, rendered(told.reply, told.locale).messages(), key)

    async def _directly(self, arrival: Arrival, told: Told, moment: Moment) -> None:
        here = bool(arrival.channel) and not arrival.slash
        messages = rendered(told.reply, told.locale).messages()
        if here and await self._replaced(arrival, told, messages[0]):
            messages = messages[1:]
        address = await self._sending.post(
            arrival.channel if here else arrival.user,
            messages,
            arrival.key,
            thread=arrival.thread if here else "",
            again=moment.again,
        )
        await self._hand_over(arrival, told, address, arrival.thread if here else "")
        await self._identities.keep_address(arrival.user, address)
        if arrival.slash and address != arrival.channel:
            await self._back(arrival, _notice(told))

    async def _in_channel(self, arrival: Arrival, told: Told, moment: Moment) -> None:
        if not told.reply.private:
            await self._publicly(arrival, told, moment, whispered=told.person_id is None)
            return
        await self._publicly(arrival, _notice(told), moment, whispered=arrival.kind != "text")
        address = await self._sending.post(
            arrival.user,
            rendered(told.reply, told.locale).messages(),
            arrival.key,
            again=moment.again,
        )
        await self._hand_over(arrival, told, address)
        await self._identities.keep_address(arrival.user, address)

    async def _hand_over(
        self, arrival: Arrival, told: Told, address: str, thread: str = ""
    ) -> None:
        """Upload the files of an answer after it; the reader is told of one that Slack refuses."""
        for file in (e for e in told.reply.elements if isinstance(e, File)):
            name = render(file.name, told.locale)
            content = spreadsheet.written(file.content, told.locale).encode()
            try:
                await self._sending.posts.upload(address, Upload(name, content), thread)
            except TransportError as error:
                _LOG.warning("Slack: a file was not taken: %s", error)
                refused = rendered(_refused(name), told.locale).messages()
                key = f"{arrival.key}:{name}"
                await self._sending.post(address, refused, key, thread=thread)

    async def _publicly(
        self, arrival: Arrival, told: Told, moment: Moment, *, whispered: bool
    ) -> None:
        messages = rendered(told.reply, told.locale).messages()
        thread = arrival.thread or arrival.message
        if arrival.asks_back and (arrival.ephemeral or arrival.slash):
            await self._back(arrival, told)
            return
        if whispered:
            await self._sending.whisper(arrival.channel, arrival.user, messages, arrival.thread)
            return
        if await self._replaced(arrival, told, messages[0]):
            messages = messages[1:]
        await self._sending.post(
            arrival.channel, messages, arrival.key, thread=thread, again=moment.again
        )

    async def _replaced(self, arrival: Arrival, told: Told, message: Rendered) -> bool:
        if not told.reply.updates or not arrival.message:
            return False
        return await self._sending.update(arrival.channel, arrival.message, message)

    async def _back(self, arrival: Arrival, told: Told) -> None:
        instead = told.reply.updates and arrival.ephemeral
        messages = rendered(told.reply, told.locale).messages()
        await self._sending.back(arrival.asks_back, messages, replace=instead)


def _at_the_fields(arrival: Arrival, told: Told, moment: Moment) -> bool:
    """Answer a modal that waits: with errors at its fields, or by closing it."""
    waiting = moment.errors
    if waiting is None or waiting.done():
        return False
    form = told.form
    if form is None or form.submit != arrival.submit:
        waiting.set_result(None)
        return False
    errors = {f.name: render(f.error, told.locale) for f in form.fields if f.error}
    waiting.set_result(errors or None)
    return bool(errors)


async def _in_modal(arrival: Arrival, told: Told, opening: Opening) -> bool:
    await opening.settle()
    form = told.form
    if form is not None and _opens(arrival, told.reply):
        place = {
            "channel": arrival.channel,
            "message": arrival.message,
            "thread": arrival.thread,
        }
        return await opening.show(modal(form, told.locale, place))
    if opening.waiting:
        return await opening.show(notice(told.reply.text, told.locale))
    return False


def _opens(arrival: Arrival, reply: Reply) -> bool:
    """Whether a form is shown at once: it was asked for, is all there is, or nobody sees more."""
    only = all(isinstance(element, Form) for element in reply.elements)
    return arrival.kind == "open" or only or not arrival.channel


def _notice(told: Told) -> Told:
    return replace(told, reply=kept_private(Answer(told.reply, told.locale)).reply)


def _refused(name: str) -> Reply:
    return Reply(
        _(
            "Slack did not take {name}. Press the button once more; if that does not help, tell IT "
            "that the app needs files:write.",
            name=name,
        )
    )
