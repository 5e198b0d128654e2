"""Canary persons over every action, role and surface: who must never be seen, is not."""

import json

import pytest
from sqlalchemy import select

from bot.terminal.json_lines import JsonChat
from storage.tables import Alumnus, Inbound, Outbox
from tests.dialogue import ALMA, JOHAN, KARIN, MARIA, Dialogue, buttons

PROTECTED = ("Vestlund", "ALU-100006", "vestlund")
ELSEWHERE = "niklas.bjork@nordhamn.example"  # coordinator of another faculty
QUESTIONS = (
    "Vilka alumner är mentorer inom socialt arbete i Nordhamn?",
    "Vilka alumner är mentorer på socionomprogrammet?",
    "Who can mentor at Nordhamns kommun?",
    "Vem har gästföreläst om socialt arbete?",
    "Vem kan gästföreläsa om socialt arbete?",
    "Jag vill komma i kontakt med Nora",
    "Jag vill komma i kontakt med Nora V",
    "Lägg in Nora som gästföreläsare om socialt arbete den 12 mars",
    "Vem är alumnkoordinator på socialt arbete?",
    "visa mina påminnelser",
    "hjälp",
    "Vad är en alumn?",
)


@pytest.mark.parametrize("surface", ["direct", "private", "public"])
@pytest.mark.parametrize("who", [JOHAN, ALMA, KARIN, MARIA, ELSEWHERE])
async def test_protected_identity_is_in_no_answer(chat: JsonChat, who: str, surface: str) -> None:
    talk = Dialogue(chat, who)
    for question in QUESTIONS:
        answer = await talk.say(question, surface=surface)
        for button in buttons(answer):
            if button["press"] in {"mentor.more", "mentor.everywhere", "lecturer.everywhere"}:
                answer = {
                    "replies": answer["replies"]
                    + (await talk.press(button["press"], button["value"]))["replies"]
                }
        words = json.dumps(answer["replies"], ensure_ascii=False)
        assert not [canary for canary in PROTECTED if canary in words], question


@pytest.mark.parametrize("who", [JOHAN, ALMA, KARIN])
async def test_no_answer_reveals_that_she_exists(chat: JsonChat, who: str) -> None:
    for pattern in (
        "Jag vill komma i kontakt med {}",
        "Lägg in {} som gästföreläsare om trafik den 12 mars 13-15",
    ):
        told = []
        for name in ("Nora Vestlund", "Tora Qvestlund"):
            talk = Dialogue(chat, who)
            answer = await talk.say(pattern.format(name))
            told.append(json.dumps(answer["replies"]).replace(name, "X"))
            await talk.say("avbryt")
        ids = [json.loads(t) for t in told]
        for replies in ids:
            for reply in replies:
                reply.pop("message_id")
                reply["elements"] = [
                    {k: v for k, v in e.items() if k != "value"} for e in reply["elements"]
                ]
        assert ids[0] == ids[1]


async def test_a_guessed_number_reveals_nothing(chat: JsonChat) -> None:
    async with chat.bot.database.begin() as session:
        nora = await session.scalar(select(Alumnus.id).where(Alumnus.register_id == "ALU-100006"))
    for press, value in (("contact.ask", f"{nora}:mentor"),):
        for who in (JOHAN, KARIN):
            answer = await Dialogue(chat, who).press(press, value)
            assert not [c for c in PROTECTED if c in json.dumps(answer["replies"])]
            assert "alumnus" not in answer["draft"]["filled"]


@pytest.mark.parametrize("who", [JOHAN, ELSEWHERE])
async def test_without_consent_nobody_outside_the_unit_sees_her(chat: JsonChat, who: str) -> None:
    talk = Dialogue(chat, who)
    for question in (
        "Vilka alumner är mentorer inom HR?",
        "Vilka alumner är mentorer på Skatteverket?",
        "Jag vill komma i kontakt med Hanna Å",
    ):
        answer = await talk.say(question)
        more = [b for b in buttons(answer) if b["press"] == "mentor.everywhere"]
        everything = answer["replies"] + (
            (await talk.press("mentor.everywhere", ""))["replies"] if more else []
        )
        assert "Åström" not in json.dumps(everything, ensure_ascii=False).replace("Hanna Å”", "")


async def test_central_sees_that_consent_is_missing(chat: JsonChat) -> None:
    answer = await Dialogue(chat, KARIN).say("Vilka alumner är mentorer på Skatteverket?")
    assert "Hanna Åström" in answer["replies"][0]["text"]
    assert "Samtycke" in answer["replies"][0]["text"]


@pytest.mark.parametrize("who", [JOHAN, MARIA])
async def test_staff_never_see_contact_details(chat: JsonChat, who: str) -> None:
    talk = Dialogue(chat, who)
    for question in QUESTIONS:
        answer = await talk.say(question)
        assert "@alumn.example" not in json.dumps(answer["replies"])


async def test_in_a_channel_nothing_personal_is_said(chat: JsonChat) -> None:
    for surface in ("private", "public"):
        talk = Dialogue(chat, ALMA)
        for question in ("Vilka alumner är mentorer?", "visa mina påminnelser"):
            answer = await talk.say(question, surface=surface)
            here = [r for r in answer["replies"] if r["to"]["where"] == "here"]
            assert all(not r["elements"] for r in here), question


@pytest.mark.parametrize("number", ["850709-9805", "19850709-9805", "8507099805", "198507099805"])
async def test_personnummer_is_refused_and_not_kept(chat: JsonChat, number: str) -> None:
    johan = Dialogue(chat, JOHAN)
    answer = await johan.say(f"Lägg in {number} Anna Svensson som gästföreläsare")
    assert answer["effects"] == []
    assert number not in json.dumps(answer["replies"])
    begun = await johan.press("contact.ask", "1:mentor")
    typed = await johan.submit("contact.save", str(begun["draft"] and ""), purpose=f"om {number}")
    assert typed["effects"] == []
    await chat.bot.database.engine.dispose()
    file = chat.bot.database.url.removeprefix("sqlite:///")
    with open(file, "rb") as database:  # noqa: PTH123, ASYNC230 (every byte of it)
        assert number.encode() not in database.read()


async def test_what_is_answered_or_sent_keeps_no_words(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("Påminn mig på fredag kl 9 att ringa kanariefågeln", event_id="e1")
    await chat.line('{"now": "2026-11-27T09:00:05+01:00"}')
    async with chat.bot.database.begin() as session:
        events = list(await session.scalars(select(Inbound)))
        rows = list(await session.scalars(select(Outbox)))
    assert [(e.payload, e.reply, e.state) for e in events] == [(None, None, "answered")]
    assert "kanarie" not in json.dumps([row.payload for row in rows])
