"""Posting: one message a second and channel, nothing unfurled, nobody mentioned."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.chats.pace import Pace
from bot.slack.errors import as_transport_errors
from bot.slack.markup import Json
from bot.slack.render import Rendered
from bot.transport import Sent, TransportError

_LOG = logging.getLogger(__name__)
EVENT_TYPE = "spindel_message"  # of the metadata that tells our messages again
_LOOK_BACK = 50  # messages a page
_MOST_PAGES = 20
_CLOCKS_DIFFER_S = 120.0  # between the database's and Slack's
_OK = 200
_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way."""

    name: str
    content: bytes


class Posts:
    """The ways in which a message reaches Slack. Each raises TransportError."""

    def __init__(self, client: AsyncWebClient, pace_s: float = 1.0) -> None:
        self.client = client
        self.pace = Pace(pace_s)

    async def post(
        self, channel: str, message: Rendered, uid: str, thread: str = "", *, paced: bool = False
    ) -> Sent:
        """Post to a channel, or to a person by her user id; uid: opaque, at most 64 characters.

        paced: the channel's turn was taken before.
        """
        if not paced:
            await self.pace.turn(channel)
        with as_transport_errors():
            answer = await self.client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=message.blocks,
                thread_ts=thread or None,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"id": uid}},
                **_quietly(),
            )
        return Sent(str(answer["channel"]), str(answer["ts"]))

    async def update(
        self, channel: str, ts: str, message: Rendered, *, paced: bool = False
    ) -> Sent:
        """Put a message in the place of one posted before; paced: as in `post`."""
        if not paced:
            await self.pace.turn(channel)
        with as_transport_errors():
            await self.client.chat_update(
                channel=channel, ts=ts, text=message.text, blocks=message.blocks, link_names=False
            )
        return Sent(channel, ts)

    async def whisper(self, channel: str, user: str, message: Rendered, thread: str = "") -> None:
        """Post to a channel so that only one person sees it."""
        await self.pace.turn(channel)
        with as_transport_errors():
            await self.client.chat_postEphemeral(
                channel=channel,
                user=user,
                text=message.text,
                blocks=message.blocks,
                thread_ts=thread or None,
                link_names=False,
            )

    async def back(self, url: str, message: Rendered, *, replace: bool = False) -> None:
        """Answer a slash command or an ephemeral message where it was; url: its response_url."""
        hook = AsyncWebhookClient(url, timeout=10, retry_handlers=[])
        with as_transport_errors():
            answer = await hook.send(
                text=message.text,
                blocks=message.blocks,
                response_type="ephemeral",
                replace_original=replace,
                unfurl_links=False,
                unfurl_media=False,
            )
        if answer.status_code != _OK:
            again = answer.status_code == _TOO_MANY
            raise TransportError(f"response_url {answer.status_code}", permanent=not again)

    async def upload(self, conversation: str, file: Upload, thread: str = "") -> None:
        """Put a file into a conversation, named by its own id and not by a person's."""
        await self.pace.turn(conversation)
        with as_transport_errors():
            await self.client.files_upload_v2(
                channel=conversation,
                filename=file.name,
                title=file.name,
                content=file.content,
                thread_ts=thread or None,
            )

    async def remove(self, channel: str, ts: str) -> None:
        """Take a message of ours away."""
        await self.pace.turn(channel)
        with as_transport_errors():
            await self.client.chat_delete(channel=channel, ts=ts)

    async def arrived(self, channel: str, uid: str, since: datetime | None = None) -> Sent | None:
        """Look for a message of ours by its uid, where a failure left it unknown.

        since: aware; when it can have been sent at the earliest. Without it only the newest page
        of the conversation is read.
        """
        if not channel.startswith(("D", "C", "G")):
            with as_transport_errors():
                opened = await self.client.conversations_open(users=channel)
            channel = str((opened["channel"] or {})["id"])
        oldest = f"{since.timestamp() - _CLOCKS_DIFFER_S:.6f}" if since else "0"
        cursor = ""
        for _page in range(_MOST_PAGES if since else 1):
            with as_transport_errors():
                history = await self.client.conversations_history(
                    channel=channel,
                    include_all_metadata=True,
                    limit=_LOOK_BACK,
                    oldest=oldest,
                    cursor=cursor or None,
                )
            for message in history["messages"] or ():
                metadata = message.get("metadata") or {}
                if (metadata.get("event_payload") or {}).get("id") == uid:
                    return Sent(channel, str(message["ts"]))
            cursor = str((history.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return None


def uid_of(key: str, number: int) -> str:
    """Return the opaque id of the n-th message that answers an event."""
    return hashlib.sha256(f"{key}:{number}".encode()).hexdigest()[:32]


def _quietly() -> Json:
    return {"unfurl_links": False, "unfurl_media": False, "link_names": False, "mrkdwn": False}
