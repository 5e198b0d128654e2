"""The walk of a message: order, redelivery, Rasa away, drafts that outlive their welcome."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from actions.request import Surface
from bot.assembly import Bot, assembled
from bot.conversation import Gesture
from bot.terminal.channel import TerminalChannel
from bot.terminal.json_lines import JsonChat
from nlu.client import RasaClient
from storage import Database
from storage.queries.people import person_by_email
from storage.queries.settings import write_setting
from tests.conftest import NOW
from tests.dialogue import ALMA, JOHAN, Dialogue, buttons, text
from tests.published import PRESSES


async def test_the_same_event_three_times_has_one_effect(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    answers = [
        await johan.say("Påminn mig på fredag kl 9 att ringa Volvo", event_id="Ev1")
        for _time in range(3)
    ]
    assert [len(a["effects"]) for a in answers] == [1, 0, 0]
    assert [len(a["replies"]) for a in answers] == [1, 0, 0]


async def test_quick_messages_of_one_person_keep_their_order(demo_bot: Bot) -> None:
    async with demo_bot.database.begin() as session:
        johan = await person_by_email(session, JOHAN)
    assert johan is not None
    said = ["Påminn mig på fredag kl 9 att ringa Volvo", "visa mina påminnelser"] * 3
    answers = await asyncio.gather(
        *(
            demo_bot.conversation.answer(Gesture(johan.id, Surface.DIRECT, text=words), NOW)
            for words in said
        )
    )
    shown = [len(a.reply.elements) for a in answers if a.action == "list_reminders"]
    assert shown == [1, 2, 3]


@pytest.fixture
async def deaf(demo_url: str) -> AsyncIterator[Bot]:
    """Give a bot whose Rasa is nowhere."""
    rasa = RasaClient("http://127.0.0.1:9", "none")
    bot = await assembled(Database(demo_url), rasa, [TerminalChannel()], movable=True, frozen=NOW)
    yield bot
    await bot.close()


async def test_without_rasa_buttons_forms_yes_and_no_go_on(deaf: Bot) -> None:
    channel = TerminalChannel()
    deaf.delivery.channels[:] = [channel]
    chat = JsonChat(deaf, channel)
    johan = Dialogue(chat, JOHAN)
    free = await johan.say("Vilka alumner är mentorer?")
    assert free["understood"]["source"] == "down"
    assert buttons(free)
    asked = await johan.press("intent.find_mentor", "")
    assert buttons(asked)
    await johan.submit("lecture.save", lecturer="Sofia Testgren", topic="Handel")
    stays = await johan.say("den 12 mars 13-15")
    assert stays["draft"]["awaiting"] == "confirm"
    asked = await johan.say("vilka mentorer finns inom AI?")
    assert asked["draft"]["filled"]["topic"] == "Handel"
    assert buttons(asked)
    saved = await johan.say("ja")
    assert any(e["table"] == "guest_lecture" for e in saved["effects"])


_ODD = ("9" * 100, "²", "-1", "x:y:z", "")
_ANSWERS_ANYTHING = ("settings.", "reminder.mine", "contact.ask", "mentor.", "lecturer.")


async def test_an_unknown_or_crafted_button_gets_a_polite_reply(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    pairs = [("gone.since.2019", "1"), ("draft.save", "999"), ("intent.nonsense", "")]
    for press in sorted(PRESSES | {"draft.save", "draft.choose", "draft.discard"}):
        if not press.startswith(_ANSWERS_ANYTHING):
            pairs.extend((press, value) for value in _ODD)
    for press, value in pairs:
        answer = await johan.press(press, value)
        assert text(answer)
        assert answer["replies"][0]["action"], (press, value)
        assert answer["effects"] == []


async def test_nobody_touches_another_ones_draft(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("Lägg in Sofia Testgren som gästföreläsare om handel den 12 mars 13–15")
    value = next(b["value"] for b in buttons(johan.answers[-1]) if b["press"] == "draft.save")
    stolen = await Dialogue(chat, ALMA).press("draft.save", value)
    assert stolen["effects"] == []


async def test_a_draft_is_gone_after_a_day(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("Lägg in Sofia Testgren som gästföreläsare om handel den 12 mars 13–15")
    await chat.line('{"now": "2026-11-25T12:00:00+01:00"}')
    late = await johan.say("ja")
    assert not any(e["table"] == "guest_lecture" for e in late["effects"])


async def test_bad_lines_are_answered_and_the_next_goes_on(chat: JsonChat) -> None:
    chat.as_ = JOHAN
    for line in ("", "nonsense", "[]", "{}", '{"say": 7}', '{"say": "hej", "as": "x@y.example"}'):
        answer = json.loads(await chat.line(line or "{"))
        assert set(answer["error"]) == {"code", "text"}
    backward = json.loads(await chat.line('{"id": 9, "now": "2020-01-01T00:00:00+01:00"}'))
    assert backward["id"] == 9
    assert backward["error"]["code"] == "backward"
    assert json.loads(await chat.line('{"say": "hej"}'))["replies"]


async def test_a_locked_database_is_told_and_the_next_line_is_answered(
    chat: JsonChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat.as_ = JOHAN
    with monkeypatch.context() as away:
        away.setattr(chat.bot, "database", Database("sqlite:////nowhere/at/all.db"))
        told = json.loads(await chat.line('{"id": 3, "say": "hej"}'))
        await chat.bot.database.close()
    assert told == {"id": 3, "error": {"code": "unreachable", "text": told["error"]["text"]}}
    assert "try again" in told["error"]["text"]
    assert json.loads(await chat.line('{"say": "hej"}'))["replies"]


@pytest.mark.parametrize(
    "name", ["<!channel> *Bold* _x_", "{value}", "[x](http://evil.example)", "Robert'); DROP"]
)
async def test_odd_names_stay_words(chat: JsonChat, name: str) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.submit("lecture.save", lecturer=name, topic="Handel", date="2027-03-12", unit="9")
    again = await johan.submit(
        "lecture.save", lecturer=name, topic="Handel", date="2027-03-12", unit="9"
    )
    assert name in text(again)


class _Asking(RasaClient):
    """A model that answers once somebody else could write."""

    database: Database
    wrote = 0

    async def parse(self, text: str) -> dict[str, Any]:
        async with asyncio.timeout(5), self.database.begin() as session:
            await write_setting(session, "test", "written")
        self.wrote += 1
        return await super().parse(text)


async def test_no_transaction_waits_for_the_model(demo_bot: Bot) -> None:
    known = demo_bot.nlu.rasa
    demo_bot.nlu.rasa = asking = _Asking(known.url, known.token)
    asking.database = demo_bot.database
    async with demo_bot.database.begin() as session:
        karin = await person_by_email(session, "karin.lind@nordhamn.example")
    assert karin is not None
    gesture = Gesture(karin.id, text="Vilka alumner är mentorer inom hållbarhet?")
    answer = await demo_bot.conversation.answer(gesture, NOW)
    assert answer.action == "find_mentor"
    assert asking.wrote == 1
    await known.close()
