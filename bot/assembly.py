"""The one place where the parts are put together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from actions.action import Action
from bot.business_time import BusinessTime
from bot.capabilities import capabilities
from bot.clock import Clock
from bot.conversation import Conversation
from bot.delivery import Delivery
from bot.pulse import Pulse
from bot.transport import Channel
from bot.unsure import Unsure
from nlu.client import RasaClient
from nlu.gazetteer import Gazetteer
from nlu.near import NearFields
from nlu.near_kept import Kept
from nlu.understanding import Nlu
from storage import Database
from storage.queries.restored import lost_time
from storage.queries.vocabulary import field_names, lookups

# A loop that never ends would hide a schedule that is due again at once.
_MOST_ROUNDS = 10_000


@dataclass(slots=True)
class Bot:
    """A working bot, whatever it talks through."""

    database: Database
    nlu: Nlu
    conversation: Conversation
    clock: Clock
    delivery: Delivery
    time: BusinessTime
    pulse: Pulse = field(default_factory=Pulse)

    async def work(self, now: datetime) -> int:
        """Do one round of what is due; return how much it was."""
        return await self.clock.tick(now) + await self.delivery.run_once(now)

    async def work_until_idle(self, now: datetime) -> None:
        """Do all that is due by `now`."""
        for _round in range(_MOST_ROUNDS):
            if not await self.work(now):
                return

    async def learn_names(self) -> None:
        """Carry the database's names to the understanding, again after an import."""
        self.nlu.gazetteer = await gazetteer(self.database)
        await self.learn_fields()

    async def learn_fields(self) -> bool:
        """Let the model read the thesaurus, some seconds; False when it does not answer."""
        fields = self.nlu.fields
        if fields is None:
            return True
        async with fields.learning:
            async with self.database.begin() as session:
                names = await field_names(session)
            return await fields.learn(names)

    async def close(self) -> None:
        """Give back connections."""
        if self.conversation.unsure is not None:
            await self.conversation.unsure.idle()
        await self.nlu.rasa.close()
        await self.database.close()


async def gazetteer(database: Database) -> Gazetteer:
    """Return the names that the database holds now."""
    async with database.begin() as session:
        return Gazetteer([pair async for pair in lookups(session)])


async def assembled(  # noqa: PLR0913 (the parts, all of them named)
    database: Database,
    rasa: RasaClient,
    channels: Sequence[Channel],
    *,
    actions: Sequence[Action] | None = None,
    movable: bool = False,
    frozen: datetime | None = None,
    collect_unsure: bool = False,
    at_once: int = 1,
    vectors: Path | None = None,
) -> Bot:
    """Return a bot of these parts; actions: all of the house unless a test names its own.

    collect_unsure: whether what it was not sure of is kept, masked, to learn from. at_once: how
    many messages may be on their way at the same time. vectors: the file that keeps what the model
    makes of the thesaurus.
    """
    chosen = list(actions) if actions is not None else capabilities()
    fields = NearFields(rasa, kept=Kept(vectors) if vectors is not None else None)
    nlu = Nlu(rasa, await gazetteer(database), fields)
    time = BusinessTime(database, movable=movable, frozen=frozen)
    await time.load()
    conversation = Conversation(database, nlu, chosen)
    conversation.unsure = Unsure(database) if collect_unsure else None
    delivery = Delivery(database, chosen, channels, at_once)
    async with database.begin() as session:
        delivery.lost = await lost_time(session)
    return Bot(
        database=database,
        nlu=nlu,
        conversation=conversation,
        clock=Clock(database, chosen),
        delivery=delivery,
        time=time,
    )
