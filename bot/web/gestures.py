"""What a visitor does, carried to the bot and written into the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from actions.request import Locale
from actions.words import Text, _, plain
from bot.conversation import Answer, Gesture
from bot.web.replies import forms_of, has_errors
from bot.web.site import Visit

LONGEST_SAID = 4_000  # characters
_CONVERSATION = "page"
_OWN_NAMES: Mapping[Locale, Text] = {"sv": plain("Svenska"), "en": plain("English")}


@dataclass(frozen=True, slots=True)
class Submission:
    """A filled form: where it stood, its id and value, and the fields by name."""

    entry_id: str
    submit: str
    value: str
    values: Mapping[str, str]


async def greet(visit: Visit) -> None:
    """Let the bot begin an empty conversation with its menu."""
    if not visit.talk.entries:
        answer = await _asked(visit, Gesture(visit.me.id, press="intent.help"))
        visit.talk.answer(answer.reply, visit.now, answer.locale)


async def say(visit: Visit, text: str) -> Answer:
    """Say something that is neither empty nor too long."""
    visit.talk.add("said", plain(text), visit.now, visit.locale)
    answer = await _asked(visit, Gesture(visit.me.id, text=text))
    visit.talk.answer(answer.reply, visit.now, answer.locale)
    return answer


async def press(visit: Visit, entry_id: str, press_id: str, value: str) -> Answer:
    """Press a button of a message; the bot decides whether it may be pressed."""
    entry = visit.talk.entry(entry_id)
    label = entry.label_of(press_id, value) if entry else None
    answer = await _asked(visit, Gesture(visit.me.id, press=press_id, value=value))
    if answer.reply.updates and _renewed(visit, entry_id, answer):
        return answer
    if label is not None:
        visit.talk.add("done", label, visit.now, entry.locale if entry else answer.locale)
    visit.talk.answer(answer.reply, visit.now, answer.locale)
    return answer


async def submit(visit: Visit, filled: Submission) -> Answer:
    """Send a form; one with errors is shown again where it stood."""
    gesture = Gesture(visit.me.id, submit=filled.submit, value=filled.value, values=filled.values)
    answer = await _asked(visit, gesture)
    in_place = has_errors(answer.reply) or answer.reply.updates
    if in_place and _renewed(visit, filled.entry_id, answer):
        return answer
    _note_sent(visit, filled)
    visit.talk.answer(answer.reply, visit.now, answer.locale)
    return answer


async def choose_language(visit: Visit, locale: Locale) -> None:
    """Have the bot answer in a language, unless it already does by the person's choice."""
    if visit.me.locale == locale:
        return
    gesture = Gesture(visit.me.id, press="settings.language", value=locale)
    answer = await _asked(visit, gesture)
    visit.talk.add("done", _OWN_NAMES[locale], visit.now, locale)
    visit.talk.answer(answer.reply, visit.now, answer.locale)


async def _asked(visit: Visit, gesture: Gesture) -> Answer:
    silent = visit.me.locale is None and not visit.me.spoken and gesture.text is None
    # Who has neither chosen a language nor written in one is spoken to in the page's.
    locale = visit.locale if silent else None
    whole = replace(gesture, conversation=_CONVERSATION, locale=locale)
    return await visit.site.bot.conversation.answer(whole, visit.now)


def _renewed(visit: Visit, entry_id: str, answer: Answer) -> bool:
    return visit.talk.renew(entry_id, answer.reply, visit.now, answer.locale)


def _note_sent(visit: Visit, filled: Submission) -> None:
    entry = visit.talk.entry(filled.entry_id)
    if entry is None or entry.reply is None:
        return
    form = next((f for f in forms_of(entry.reply) if f.submit == filled.submit), None)
    if form is None:
        return
    sent = _("Sent: {form}", form=form.title)
    # A form that was shown with errors has nothing more to say once it is taken.
    if not (has_errors(entry.reply) and visit.talk.close(entry.id, sent)):
        visit.talk.add("done", sent, visit.now, entry.locale)
