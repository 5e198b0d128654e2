"""Perform the gallery's plays with the real bot, in a copy of the demo's database."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from actions.access import Role
from actions.action import Action
from bot.assembly import Bot, assembled
from bot.terminal.channel import TerminalChannel
from bot.translation import Locale, render
from bot.web.plays import PLAYS
from bot.web.plays.steps import ALMA, JOHAN, KARIN, MARIA, Fill, Play, Press, Say
from bot.web.stage import Scene, Stage
from storage import Database
from storage.copying import copy_database

_BY_ROLE = (
    (Role.STAFF, JOHAN),
    (Role.COORDINATOR, ALMA),
    (Role.CENTRAL, KARIN),
    (Role.MANAGEMENT, MARIA),
)


class Gallery:
    """Every action's replies; performed once for each language, then kept."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._actions = list(bot.conversation.routes.actions.values())
        self._kept: dict[Locale, list[Scene]] = {}
        self._one_at_a_time = asyncio.Lock()

    async def scenes(self, locale: Locale) -> list[Scene]:
        """Return the plays performed in a language.

        Raises:
            NotCopied: the demo's database is not an SQLite file.
        """
        async with self._one_at_a_time:
            if locale not in self._kept:
                self._kept[locale] = await self._performed(locale)
        return self._kept[locale]

    def unshown(self) -> list[str]:
        """Return the ids of buttons and forms that no play uses."""
        declared = {press for action in self._actions for press in action.presses}
        declared |= {submit for action in self._actions for submit in action.submissions}
        declared |= {action.form.submit for action in self._actions if action.form}
        steps = [step for play in PLAYS for step in play.steps]
        used = {step.press for step in steps if isinstance(step, Press)}
        used |= {step.submit for step in steps if isinstance(step, Fill)}
        return sorted(declared - used)

    async def _performed(self, locale: Locale) -> list[Scene]:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "gallery.db"
            url = await asyncio.to_thread(copy_database, self._bot.database.url, target)
            database = Database(url)
            channel = TerminalChannel()
            try:
                bot = await assembled(
                    database,
                    self._bot.nlu.rasa,
                    [channel],
                    actions=self._actions,
                    movable=True,
                    frozen=await self._bot.time.now(),
                )
                stage = Stage(bot, channel, locale)
                return [await stage.perform(play) for play in plays(self._actions)]
            finally:
                await database.close()


def plays(actions: Sequence[Action]) -> list[Play]:
    """Return the written plays, and for an action that has none its own example."""
    written = {play.action for play in PLAYS}
    examples = [_example(action) for action in actions if action.name not in written]
    order = {action.name: place for place, action in enumerate(actions)}
    return sorted((*PLAYS, *examples), key=lambda play: order.get(play.action, len(order)))


def _example(action: Action) -> Play:
    who = next(email for role, email in _BY_ROLE if role in action.for_)
    said = Say(render(action.example, "sv"), render(action.example, "en"))
    return Play(action.name, action.title, who, (said,))
