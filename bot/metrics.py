"""What Prometheus may ask on a private port: counts and seconds, never a name or a text."""

from datetime import UTC, datetime

from fastapi import FastAPI, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.assembly import Bot
from bot.serving import PrivateServer
from storage import Unreachable
from storage.queries.standing import standing

PATH = "/metrics"
_LAG_S = (0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 5)
_PARSE_S = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2)


class Meters:
    """The figures of one process; those of the database are the same in every replica."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self.registry = CollectorRegistry()
        self._database = self._gauge("spindel_database_up", "1 when the database answers")
        self._oldest = self._gauge(
            "spindel_outbox_oldest_due_seconds", "how long the oldest message that is due waits"
        )
        self._rows = Gauge(
            "spindel_outbox_rows",
            "messages that wait (pending), or were not delivered in the last 7 days (dead)",
            ["state"],
            registry=self.registry,
        )
        self._merged = self._gauge(
            "spindel_missed_catchups", "due times in an outage that a later one stood in for"
        )
        self._backup = self._gauge(
            "spindel_backup_age_seconds", "since the last backup; NaN when there is none"
        )
        self._draining = self._gauge("spindel_draining", "1 once the process is asked to stop")
        self._lag = self._histogram("spindel_loop_lag_seconds", "lateness of the loop", _LAG_S)
        self._parse = self._histogram("spindel_parse_seconds", "one question to Rasa", _PARSE_S)
        replies = Counter(
            "spindel_replies",
            "gestures answered; failed: by the apology",
            ["outcome"],
            registry=self.registry,
        )
        bot.pulse.late = self._lag.observe
        bot.nlu.rasa.timed = self._parse.observe
        bot.conversation.told = lambda outcome: replies.labels(outcome).inc()

    def _gauge(self, name: str, told: str) -> Gauge:
        return Gauge(name, told, registry=self.registry)

    def _histogram(self, name: str, told: str, steps: tuple[float, ...]) -> Histogram:
        return Histogram(name, told, buckets=steps, registry=self.registry)

    async def collect(self) -> bytes:
        """Return all figures in Prometheus' text form."""
        self._draining.set(self._bot.pulse.draining)
        try:
            await self._ask()
        except Unreachable:
            self._database.set(0)
        return generate_latest(self.registry)

    async def _ask(self) -> None:
        now = await self._bot.time.now()
        async with self._bot.database.begin() as session:
            stands = await standing(session, now)
        self._database.set(1)
        self._oldest.set(stands.oldest_due_s)
        self._rows.labels("pending").set(stands.pending)
        self._rows.labels("dead").set(stands.undelivered)
        self._merged.set(stands.merged)
        age = datetime.now(UTC) - stands.backed_up if stands.backed_up else None
        self._backup.set(age.total_seconds() if age else float("nan"))


def metrics_side(bot: Bot, host: str, port: int) -> PrivateServer:
    """Return a server of the figures, to be started and stopped beside the bot."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    meters = Meters(bot)

    @app.get(PATH)
    async def metrics() -> Response:
        return Response(await meters.collect(), media_type=CONTENT_TYPE_LATEST)

    return PrivateServer(app, host, port)
