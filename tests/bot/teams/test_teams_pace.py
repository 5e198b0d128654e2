"""A message in several parts: each has a turn of its own in its conversation."""

from types import SimpleNamespace
from typing import Any

from actions.reply import Reply
from actions.words import plain
from bot.teams.channel import TeamsChannel
from bot.transport import Outgoing, Sent

HERE = "https://smba.trafficmanager.net/emea a:alma"


class Log:
    """Stands for the pace and the connector, and writes down what they are asked for."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def turn(self, channel: str) -> None:
        assert channel == HERE
        self.said.append("turn")

    async def post(self, _place: object, _activity: object) -> str:
        self.said.append("post")
        return str(len(self.said))

    async def update(self, _place: object, message: str, _activity: object) -> None:
        self.said.append(f"update {message}")


def long_for(log: Log) -> tuple[TeamsChannel, Outgoing]:
    """Return a channel and a message of three parts."""
    channel = TeamsChannel(log, "", 50)  # type: ignore[arg-type]
    channel._pace = log  # type: ignore[assignment]
    channel.open()
    nothing: Any = SimpleNamespace(address=HERE)
    reply = Reply(plain("ord " * 14_000))
    return channel, Outgoing(nothing, nothing, "sv", reply, "help", nothing)


async def test_the_parts_after_the_first_wait_for_their_turn() -> None:
    log = Log()
    channel, outgoing = long_for(log)
    await channel.send(outgoing)
    assert log.said == ["post", "turn", "post", "turn", "post"]


async def test_so_do_parts_that_a_longer_text_adds() -> None:
    log = Log()
    channel, outgoing = long_for(log)
    await channel.edit(outgoing, Sent(HERE, "a"))
    assert log.said == ["update a", "turn", "post", "turn", "post"]
