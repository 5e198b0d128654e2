"""The nearest field on the real model, and a client whose server has no encoder."""

import json
import sys
from pathlib import Path

from bot.assembly import Bot
from bot.terminal.json_lines import JsonChat
from nlu.client import RasaClient
from nlu.near import LIKE_ENOUGH, NearFields
from storage.queries.vocabulary import fields_called
from tests.dialogue import Dialogue, buttons, text
from tests.nlu.test_client import _server

_FILE = Path(__file__).parent / "near_fields.jsonl"
PHRASES = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]
PRECISION, RECALL = 0.70, 0.45  # what was measured on this half, less the noise of 107 phrases


async def test_told_fields_are_mostly_right(demo_bot: Bot) -> None:
    assert await demo_bot.learn_fields()
    near = demo_bot.nlu.fields
    assert near is not None
    async with demo_bot.database.begin() as session:
        for row in PHRASES:
            assert not await fields_called(session, row["text"]), row
    told = right = nonsense = 0
    rows = [row for row in PHRASES if row["half"] == "report"]
    for row in rows:
        found = await near.nearest(row["text"])
        if found is not None:
            assert found[1] >= LIKE_ENOUGH
            told += 1
            right += found[0] in row["nearest"]
            nonsense += not row["nearest"]
    wanted = sum(bool(row["nearest"]) for row in rows)
    sys.stderr.write(f"told {told}, right {right} of {wanted}, though none was right {nonsense}\n")
    assert right / told >= PRECISION
    assert right / wanted >= RECALL


async def test_without_an_encoder_nothing_is_near_and_rasa_counts_as_well() -> None:
    async with _server(b"{}", "404 Not Found") as url:
        client = RasaClient(url, "token")
        near = NearFields(client)
        assert not await near.learn([("Finance", "finance")])
        assert await near.nearest("hedge funds") is None
        assert client.breaker.failures == 0
        await client.close()


async def test_the_nearest_field_is_searched_and_said(chat: JsonChat) -> None:
    talk = Dialogue(chat, lang="sv")
    before = await talk.say("Vilka alumner kan vara mentorer inom telefonförsäljning?")
    assert "närmast är" not in text(before)
    assert await chat.bot.learn_fields()
    swedish = await talk.say("Vilka alumner kan vara mentorer inom telefonförsäljning?")
    talk.lang = "en"
    english = await talk.say("Which alumni are mentors in vegan food?")
    nonsense = await talk.say("Which alumni are mentors in blompfelrism?")
    assert "”telefonförsäljning”; närmast är Försäljning" in text(swedish)
    assert any(
        b["press"] == "mentor.without" or "everywhere" in b["press"] for b in buttons(swedish)
    )
    assert "“vegan food”; the nearest is Food industry" in text(english)
    assert "the nearest" not in text(nonsense)
