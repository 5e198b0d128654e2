"""Whatever a reply says and offers is said and offered in Slack, Teams, the page, the terminal."""

from hypothesis import Phase, given, settings

from actions.reply import Reply
from bot.translation import Locale
from tests.bot.slack.strategies import locales, replies
from tests.parity import same_everywhere


# Whole replies shrink for minutes; what is missing is named anyway.
@settings(deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate], max_examples=25)
@given(replies, locales)
def test_every_word_and_button_is_in_every_channel(reply: Reply, locale: Locale) -> None:
    same_everywhere(reply, locale)
