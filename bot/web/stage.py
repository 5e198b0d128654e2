"""Where a play is performed: gestures go to a bot, and what it says to whom is written down."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from actions.reply import Reply
from actions.words import Text, _, ngettext, plain
from bot.assembly import Bot
from bot.conversation import Gesture
from bot.terminal.channel import TerminalChannel
from bot.translation import Locale
from bot.web.plays.steps import Fill, Play, Press, Say, Step, Wait
from bot.web.replies import buttons_of, forms_of
from storage.queries.directory import directory
from storage.queries.drafts import open_drafts

_COPIES = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a performed play: what somebody did, or the reply that somebody got.

    action: what answered, where it was an answer; brought: it came unasked.
    """

    who: str
    text: Text
    reply: Reply | None = None
    action: str = ""
    brought: bool = False


@dataclass(slots=True)
class Scene:
    """A play as it went; stuck: the button or form that was not there to go on with."""

    play: Play
    lines: list[Line] = field(default_factory=list)
    stuck: str = ""

    @property
    def of(self) -> set[str]:
        """The actions that it is about: its own, and those that have answered in it."""
        return {self.play.action} | {line.action for line in self.lines if line.action}


def _similar(n: int) -> Text:
    return ngettext(
        "Something similar went to 1 more person",
        "Something similar went to {n} more persons",
        n,
    )


def _told(lines: list[Line], about: set[str]) -> list[Line]:
    """Leave out what the clock brings of other matters, and most copies of what many get."""
    own = [line for line in lines if not line.brought or line.action in about]
    told: list[Line] = []
    for action, same in groupby(own, key=lambda line: line.brought and line.action):
        alike = list(same)
        most = len(alike) if not action or len(alike) <= _COPIES else _COPIES
        told += alike[:most]
        if rest := len(alike) - most:
            told.append(Line("", _similar(rest)))
    return told


@dataclass(frozen=True, slots=True)
class _Got:
    person_id: int
    reply: Reply


def _within(value: str) -> str:
    """Return what a row of a larger message is pressed with, or ""."""
    press, bar, _rest = value.partition("|")
    return press if bar else ""


class Stage:
    """Performs plays in one language with a bot whose time stands still until it is moved."""

    def __init__(self, bot: Bot, channel: TerminalChannel, locale: Locale) -> None:
        self._bot = bot
        self._channel = channel
        self._locale = locale
        self._people: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._newest: list[_Got] = []

    async def perform(self, play: Play) -> Scene:
        """Perform one play from a clean table; it ends early where it gets stuck."""
        await self._set()
        scene = Scene(play)
        for step in play.steps:
            lines = _told(await self._step(step, self._people[play.who]), scene.of)
            if not lines:
                scene.stuck = getattr(step, "press", "") or getattr(step, "submit", "")
                break
            scene.lines.extend(lines)
        return scene

    async def _set(self) -> None:
        now = await self._bot.time.now()
        async with self._bot.database.begin() as session:
            for person, _posts in await directory(session, now.date()):
                self._people[person.email], self._names[person.id] = person.id, person.name
                person.locale = self._locale
                for draft in await open_drafts(session, person.id, now):
                    await session.delete(draft)
        self._newest = []

    async def _step(self, step: Step, who: int) -> list[Line]:
        match step:
            case Say(sv, en):
                text = en if self._locale == "en" else sv
                return await self._done(Gesture(who, text=text), plain(text))
            case Wait(hours, days):
                return await self._waited(hours, days)
            case Press(press):
                return await self._pressed(press)
            case Fill(submit, _values):
                return await self._filled(step, submit)

    async def _pressed(self, press: str) -> list[Line]:
        for got in self._newest:
            for button in buttons_of(got.reply):
                if press in (button.press, _within(button.value)):
                    gesture = Gesture(got.person_id, press=button.press, value=button.value)
                    return await self._done(gesture, button.label)
        return []

    async def _filled(self, step: Fill, submit: str) -> list[Line]:
        for got in self._newest:
            for form in forms_of(got.reply):
                if submit in (form.submit, _within(form.value)):
                    values = {f.name: f.value for f in form.fields}
                    values |= await self._values(step)
                    gesture = Gesture(
                        got.person_id, submit=form.submit, value=form.value, values=values
                    )
                    return await self._done(gesture, _("Sent: {form}", form=form.title))
        return []

    async def _values(self, step: Fill) -> dict[str, str]:
        today = (await self._bot.time.now()).date()
        return {
            name: value if isinstance(value, str) else (today + value).isoformat()
            for name, value in step.values.items()
        }

    async def _waited(self, hours: int, days: int) -> list[Line]:
        # Day by day, as the clock would have gone: a promise that follows from another is kept.
        for _day in range(days):
            await self._forward(timedelta(days=1))
        if days:
            later = ngettext("1 day later", "{n} days later", days)
        else:
            await self._forward(timedelta(hours=hours))
            later = ngettext("1 hour later", "{n} hours later", hours)
        return [Line("", later), *self._taken()]

    async def _forward(self, by: timedelta) -> None:
        await self._bot.time.move_to(await self._bot.time.now() + by)
        await self._bot.work_until_idle(await self._bot.time.now())

    async def _done(self, gesture: Gesture, text: Text) -> list[Line]:
        answer = await self._bot.conversation.answer(gesture, await self._bot.time.now())
        name = self._names[gesture.person_id]
        self._newest.insert(0, _Got(gesture.person_id, answer.reply))
        lines = [Line(name, text), Line(name, answer.reply.text, answer.reply, answer.action)]
        await self._bot.work_until_idle(await self._bot.time.now())
        return [*lines, *self._taken()]

    def _taken(self) -> list[Line]:
        lines = []
        for outgoing in self._channel.take():
            self._newest.insert(0, _Got(outgoing.receiver.id, outgoing.reply))
            name, reply = outgoing.receiver.name, outgoing.reply
            lines.append(Line(name, reply.text, reply, outgoing.action, brought=True))
        return lines
