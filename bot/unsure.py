"""Messages that were answered by a question, kept masked for a person to label.

Off unless the university asks for it: `SPINDEL_COLLECT_UNSURE`. See docs/nlu.md.
"""

import asyncio
from datetime import datetime

from bot.tasks import Tasks
from nlu import Understanding
from nlu.anonymous import anonymous
from storage import Database
from storage.folding import fold
from storage.queries.learning import every_name, keep_unsure, note_choice, words_of


class Unsure:
    """Keeps beside the answer what the middle band caught; nobody waits for it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tasks = Tasks("an unsure message was not kept")

    def heard(self, understood: Understanding, now: datetime) -> None:
        """Keep a message if the model was unsure of it."""
        if understood.source == "rasa" and understood.band == "ask" and not understood.truncated:
            self._tasks.begin(self._keep(understood, now))

    def answered(self, understood: Understanding, intent: str) -> None:
        """Note which intent was pressed when these words had been asked about."""
        self._tasks.begin(self._note(understood, intent))

    async def idle(self) -> None:
        """Wait until everything is kept."""
        await self._tasks.idle()

    async def _keep(self, understood: Understanding, now: datetime) -> None:
        text = await self._masked(understood)
        async with self._database.begin() as session:
            await keep_unsure(session, text, understood.lang, understood.offered, now)

    async def _note(self, understood: Understanding, intent: str) -> None:
        text = await self._masked(understood)
        async with self._database.begin() as session:
            await note_choice(session, text, intent)

    async def _masked(self, understood: Understanding) -> str:
        async with self._database.begin() as session:
            names = await every_name(session)
        # A large register takes a moment, in which the loop answers others.
        return await asyncio.to_thread(_without_anybody, understood, names)


def _without_anybody(understood: Understanding, names: frozenset[str]) -> str:
    known = words_of(names)
    persons = [(e.start, e.end) for e in understood.entities if e.entity == "person"]
    return anonymous(
        understood.text, lambda word: not known.isdisjoint(fold(word).split()), persons
    )
