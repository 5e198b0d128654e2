"""Socket Mode that stays up: on silence a watchdog builds a new connection from nothing.

The SDK reconnects by itself, but connections are known to go silent without it noticing
(bolt-python issue 417), and then nothing short of a new handler helps.
"""

import asyncio
import logging

from aiohttp import ClientWebSocketResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.markup import Json

_LOG = logging.getLogger(__name__)
_CHECK_S = 10.0
_SILENT_CHECKS = 3


class SocketLine:
    """One connection to Slack, watched.

    check_s: seconds between two looks at it; three bad ones in a row mean silence. built: how
    many connections were made so far.
    """

    def __init__(
        self, app: AsyncApp, app_token: str, api_url: str, check_s: float = _CHECK_S
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._api_url = api_url
        self._check_s = check_s
        self._handler: AsyncSocketModeHandler | None = None
        self._connecting: asyncio.Future[None] | None = None
        self._greeted: ClientWebSocketResponse | None = None
        self._watch: asyncio.Task[None] | None = None
        self.built = 0

    async def start(self) -> None:
        """Connect; where Slack is away the watchdog goes on trying."""
        await self._build()
        self._watch = asyncio.create_task(self._keep_up())

    async def stop(self) -> None:
        """Disconnect."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        await self._drop()

    async def alive(self) -> bool:
        """Whether Slack has greeted this connection and somebody still listens to it."""
        if self._handler is None:
            return False
        client = self._handler.client
        workers = (client.message_receiver, client.message_processor)
        if any(worker is None or worker.done() for worker in workers):
            return False
        greeted = self._greeted is not None and client.current_session is self._greeted
        return greeted and bool(await client.is_connected())

    async def _hear(self, client: SocketModeClient, message: Json, _raw: str | None) -> None:
        if message.get("type") == "hello":
            self._greeted = client.current_session

    async def _keep_up(self) -> None:
        silent = 0
        while True:
            await asyncio.sleep(self._check_s)
            silent = 0 if await self.alive() else silent + 1
            if silent >= _SILENT_CHECKS:
                _LOG.warning("Slack has been silent, connecting anew")
                await self._drop()
                await self._build()
                silent = 0

    async def _build(self) -> None:
        client = AsyncWebClient(base_url=self._api_url, timeout=10, retry_handlers=[])
        self._handler = AsyncSocketModeHandler(
            self._app, self._app_token, web_client=client, ping_interval=self._check_s
        )
        self._handler.client.message_listeners.append(self._hear)  # type: ignore[arg-type]
        self.built += 1
        # The SDK tries for ever to connect; the watchdog decides when that was long enough.
        self._connecting = asyncio.ensure_future(
            self._handler.client.connect()  # type: ignore[no-untyped-call]
        )
        await asyncio.wait([self._connecting], timeout=self._check_s)

    async def _drop(self) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        if self._handler is not None:
            await self._handler.client.close()  # type: ignore[no-untyped-call]
            self._handler = None
