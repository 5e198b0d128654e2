"""Talking with the bot in Slack: direct messages, buttons, the slash command, channels."""

from tests.bot.slack.driver import Driver, labels, words
from tests.bot.slack.peer import JOHAN


async def test_help_in_a_direct_message(slack: Driver) -> None:
    await slack.say(JOHAN, "hjälp")
    told = await slack.told(JOHAN)
    assert len(told) == 1
    assert "Johan" in told[0]["text"]
    print(labels(told[0]["blocks"]), words(told[0]["blocks"]))
