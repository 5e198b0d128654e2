"""The harness, tried with a bot that is not Spindel: what the peer does is done and seen."""

import pytest

from tests.bot.teams.cards import words
from tests.bot.teams.driver import Driver
from tests.bot.teams.echo import Echo
from tests.bot.teams.playground import ALMA, BOT, CHANNEL, GROUP, JOHAN, KARIN, NOVA, TENANT
from tests.bot.teams.proxy import Proxy

Pair = tuple[Echo, Driver]
# The SDK uses with each activity what it has itself deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*client is deprecated:DeprecationWarning")


async def test_a_message_is_answered(echo: Pair) -> None:
    bot, teams = echo
    await teams.say("hej på dig")
    assert [m.text for m in await teams.messages()] == ["Du sa hej på dig"]
    came = bot.came[0]
    assert (came.from_.id, came.from_.aad_object_id) == (ALMA.id, ALMA.entra)
    assert (came.conversation.conversation_type, came.recipient.id) == ("personal", BOT)
    assert came.conversation.tenant_id == TENANT
    assert came.service_url == teams.proxy.url
    assert ALMA.chat in teams.typing


async def test_an_installation_is_two_activities(echo: Pair) -> None:
    bot, teams = echo
    await teams.install()
    told = [(d.activity["type"], d.activity.get("action")) for d in teams.deliveries]
    assert sorted(told, key=str) == [("conversationUpdate", None), ("installationUpdate", "add")]
    added = next(d.activity for d in teams.deliveries if "membersAdded" in d.activity)
    assert [member["id"] for member in added["membersAdded"]] == [ALMA.id, BOT]
    assert [a.type for a in bot.came] == ["installationUpdate"]


async def test_somebody_else_installs_and_removes(echo: Pair) -> None:
    bot, teams = echo
    await teams.install(KARIN)
    await teams.uninstall(KARIN)
    assert [(a.from_.id, a.action) for a in bot.came] == [(KARIN.id, "add"), (KARIN.id, "remove")]
    assert {a.conversation.id for a in bot.came} == {await teams.chat(KARIN)}


async def test_a_submission_sends_what_is_filled_in_and_changes_the_card(echo: Pair) -> None:
    bot, teams = echo
    await teams.say("formulär")
    assert await teams.labels() == ["Skicka", "Utför", "Strunta"]
    assert await teams.press("Skicka", values={"Namn": "Åsa"}) == []
    assert bot.came[1].value == {"kind": "form", "name": "Åsa", "day": "2026-11-26"}
    [message] = await teams.messages()
    assert (message.edits, bot.came[1].reply_to_id) == (1, message.id)
    assert "Åsa" in words(message.cards)
    assert await teams.labels() == []


async def test_a_press_beside_a_form_sends_no_inputs(echo: Pair) -> None:
    bot, teams = echo
    await teams.say("formulär")
    await teams.press("Strunta")
    assert bot.came[1].value == {}


async def test_what_is_not_filled_in_is_not_sent(echo: Pair) -> None:
    bot, teams = echo
    await teams.say("formulär")
    assert await teams.press("Skicka") == ["name"]
    assert len(bot.came) == 1
    with pytest.raises(AssertionError, match="no button Radera"):
        await teams.press("Radera")
    with pytest.raises(AssertionError, match="no input"):
        await teams.press("Skicka", values={"Ålder": "7"})


async def test_an_execution_is_answered_with_another_card(echo: Pair) -> None:
    bot, teams = echo
    await teams.say("formulär")
    await teams.press("Utför", values={"name": "Bo"})
    assert bot.came[1].value.action.verb == "do"
    [message] = await teams.messages()
    assert message.edits == 1
    assert "Utförde" in words(message.cards)
    assert "Bo" in words(message.cards)


async def test_a_mention_in_the_group_names_the_bot(echo: Pair) -> None:
    bot, teams = echo
    await teams.say("hej", where=GROUP)
    came = bot.came[0]
    assert came.text == "<at>Spindel</at> hej"
    assert came.entities[0].mentioned.id == BOT
    assert came.conversation.conversation_type == "groupChat"
    assert [m.text for m in await teams.messages(where=GROUP)] == ["Du sa <at>Spindel</at> hej"]
    assert await teams.messages() == []


async def test_a_message_in_the_channel_begins_a_post(echo: Pair) -> None:
    bot, teams = echo
    await teams.say("hej", where=CHANNEL)
    place = bot.came[0].conversation
    assert place.conversation_type == "channel"
    assert place.id.startswith(f"{CHANNEL};messageid=")
    assert [m.where for m in await teams.messages(where=CHANNEL)] == [place.id]


async def test_somebody_else_writes_and_is_answered_alone(echo: Pair) -> None:
    bot, teams = echo
    await teams.say("hej", by=JOHAN)
    assert bot.came[0].from_.aad_object_id == JOHAN.entra
    assert [m.text for m in await teams.messages(JOHAN)] == ["Du sa hej"]
    assert await teams.messages() == []
    assert await teams.messages(KARIN) == []


async def test_somebody_else_presses_in_her_own_chat_and_in_the_group(echo: Pair) -> None:
    bot, teams = echo
    await teams.say("formulär", by=JOHAN)
    await teams.press("Skicka", by=JOHAN, values={"Namn": "J"})
    assert bot.came[1].from_.id == JOHAN.id
    [message] = await teams.messages(JOHAN)
    assert message.edits == 1
    place = {"service": teams.proxy.url, "id": GROUP}
    card = {"type": "AdaptiveCard", "actions": [{"type": "Action.Submit", "title": "Ja"}]}
    attached = [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}]
    await bot.call("POST", place, "activities", {"type": "message", "attachments": attached})
    await teams.press("Ja", by=KARIN, where=GROUP)
    assert bot.came[2].from_.id == KARIN.id


async def test_a_message_comes_after_the_turn(echo: Pair) -> None:
    bot, teams = echo
    place = {"service": teams.proxy.url, "id": ALMA.chat}
    told = await bot.call("POST", place, "activities", {"type": "message", "text": "Glöm inte!"})
    assert [(m.id, m.text) for m in await teams.messages()] == [(told["id"], "Glöm inte!")]


async def test_a_member_is_who_the_directory_says(echo: Pair) -> None:
    bot, teams = echo
    place = {"service": teams.proxy.url, "id": GROUP}
    told = await bot.call("GET", place, f"members/{NOVA.id}")
    assert told["email"] == told["userPrincipalName"] == "nova.ny@nordhamn.example"
    assert (told["aadObjectId"], told["tenantId"]) == (NOVA.entra, TENANT)


async def test_the_same_activity_comes_twice(echo: Pair) -> None:
    bot, teams = echo
    await teams.say("hej")
    await teams.send(teams.deliveries[0].activity)
    assert bot.came[0].id == bot.came[1].id


async def test_nothing_is_taken_away(echo: Pair, proxy: Proxy) -> None:
    bot, teams = echo
    await teams.say("hej")
    [message] = await teams.messages()
    with pytest.raises(Exception, match="501"):
        await bot.call(
            "DELETE", {"service": proxy.url, "id": ALMA.chat}, f"activities/{message.id}"
        )
    assert proxy.calls[-1].answer["error"]["code"] == "DeleteActivityAPINotImplemented"
