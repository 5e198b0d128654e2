"""The Rasa server that a command talks to: the one named in the settings, or one of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.commands.failure import SetUpError
from bot.rasa.embedded import EmbeddedRasa, NoModel
from bot.settings import Settings
from nlu.client import RasaClient


@asynccontextmanager
async def rasa_for(settings: Settings, *, follow: bool = False) -> AsyncIterator[RasaClient]:
    """Give a client of a server that answers; one that was started here is stopped again.

    follow: let one that is started here take up newer models.

    Raises:
        SetUpError: there is no trained model, or the server does not start.
    """
    if settings.rasa_url:
        client = RasaClient(settings.rasa_url, settings.rasa_token.get_secret_value())
        try:
            yield client
        finally:
            await client.close()
        return
    try:
        embedded = await EmbeddedRasa.start(follow=follow)
    except NoModel as error:
        raise SetUpError(str(error)) from error
    try:
        yield embedded.client
    finally:
        await embedded.stop()
