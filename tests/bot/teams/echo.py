"""A small bot on the SDK alone: what the harness is tried against, none of it Spindel's."""

import warnings
from typing import Any

from fastapi import FastAPI

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of parts in preview
    from microsoft_teams.api.models.adaptive_card import AdaptiveCardActionCardResponse
    from microsoft_teams.apps import App, FastAPIAdapter
    from microsoft_teams.cards import AdaptiveCard

Json = dict[str, Any]


def _card(*body: Json, actions: tuple[Json, ...] = ()) -> Json:
    return {"type": "AdaptiveCard", "version": "1.5", "body": body, "actions": actions}


def _text(text: str) -> Json:
    return {"type": "TextBlock", "text": text, "wrap": True}


FORM = _card(
    _text("Vad heter du?"),
    {"type": "Input.Text", "id": "name", "label": "Namn", "isRequired": True},
    {"type": "Input.Date", "id": "day", "label": "Dag", "value": "2026-11-26"},
    actions=(
        {"type": "Action.Submit", "title": "Skicka", "data": {"kind": "form"}},
        {"type": "Action.Execute", "title": "Utför", "verb": "do", "data": {"kind": "form"}},
        {"type": "Action.Submit", "title": "Strunta", "data": {}, "associatedInputs": "None"},
    ),
)


class Echo:
    """Answers what comes and keeps it. web: to be served. came: the activities, in order."""

    def __init__(self) -> None:
        self.web = FastAPI()
        self.came: list[Any] = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its own use of what it has deprecated
            self.app = App(
                http_server_adapter=FastAPIAdapter(self.web),
                dangerously_allow_unauthenticated_requests=True,
                fetch_user_token=False,
            )
        self.app.on_message(self._message)
        self.app.on_card_action(self._execute)
        self.app.on_install_add(self._installed)
        self.app.on_install_remove(self._removed)

    async def start(self) -> None:
        """Take the end point; the SDK's own server is never started."""
        await self.app.initialize()

    async def call(self, method: str, place: Json, path: str, body: Json | None = None) -> Json:
        """Call the connector about a conversation."""
        address = f"{place['service']}/v3/conversations/{place['id']}/{path}"
        answer = await self.app.api.http.request(method, address, json=body)
        return dict(answer.json()) if answer.content else {}

    async def _message(self, ctx: Any) -> None:
        activity = ctx.activity
        self.came.append(activity)
        place = {"service": activity.service_url, "id": activity.conversation.id}
        if activity.value is not None:
            changed = _message_of(_card(_text(f"Fick {activity.value}")))
            await self.call("PUT", place, f"activities/{activity.reply_to_id}", changed)
        elif activity.text == "formulär":
            await self.call("POST", place, "activities", _message_of(FORM))
        else:
            await self.call("POST", place, "activities", {"type": "typing"})
            await self.call(
                "POST", place, "activities", {"type": "message", "text": f"Du sa {activity.text}"}
            )

    async def _execute(self, ctx: Any) -> AdaptiveCardActionCardResponse:
        self.came.append(ctx.activity)
        told = _card(_text(f"Utförde {ctx.activity.value.action.data}"))
        return AdaptiveCardActionCardResponse(value=AdaptiveCard.model_validate(told))

    async def _installed(self, ctx: Any) -> None:
        self.came.append(ctx.activity)

    async def _removed(self, ctx: Any) -> None:
        self.came.append(ctx.activity)


def _message_of(card: Json) -> Json:
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return {"type": "message", "attachments": [attachment]}
