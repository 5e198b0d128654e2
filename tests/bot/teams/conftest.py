"""What the tests of Teams share."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.teams.issuer import Issuer


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    """Give a Bot Framework with keys of our own."""
    made = Issuer()
    await made.start()
    yield made
    await made.stop()
