"""Messages that were answered by a question, kept masked for a person to label.

Off unless the university asks for it: `SPINDEL_COLLECT_UNSURE`. See docs/nlu.md.
"""

from datetime import datetime

from bot.tasks import Tasks
from nlu import Understanding
from nlu.masking import mask_names
from storage import Database
from storage.folding import fold
from storage.queries.learning import keep_unsure, note_choice, words_of_names


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
            known = await words_of_names(session)
        persons = [(e.start, e.end) for e in understood.entities if e.entity == "person"]
        return mask_names(
            understood.text,
            lambda word: bool(known.intersection(fold(word).split())),
            persons,
        )
