"""Who is answered: staff by their e-mail, strangers once asked, guests and others politely not."""

import pytest

from bot.assembly import Bot
from storage.queries.accounts import account_of
from storage.queries.people import person_by_email
from storage.tables import Person
from tests.bot.slack.conftest import Connect
from tests.bot.slack.driver import Driver, labels, words
from tests.bot.slack.peer import BOT, CHANNEL, FAR, GUEST, JOHAN, NOVA, TEAM, Json
from tests.bot.slack.proxy import Proxy


async def person(bot: Bot, email: str) -> Person | None:
    async with bot.database.begin() as session:
        return await person_by_email(session, email)


@pytest.mark.parametrize("told", [{"is_restricted": True}, {"is_ultra_restricted": True}])
async def test_guests_get_a_polite_no(slack: Driver, proxy: Proxy, bot: Bot, told: Json) -> None:
    proxy.people[GUEST] = told
    await slack.say(GUEST, "hjälp")
    (no,) = await slack.told(GUEST)
    assert "gäster" in words(no["blocks"])
    assert labels(no["blocks"]) == []
    assert await person(bot, "gustav.gast@nordhamn.example") is None


@pytest.mark.parametrize(
    "told", [{"team_id": "T0OTHER"}, {"is_stranger": True}, {"deleted": True}, {"is_bot": True}]
)
async def test_people_from_elsewhere_get_a_polite_no(
    slack: Driver, proxy: Proxy, bot: Bot, told: Json
) -> None:
    proxy.people[FAR] = told
    await slack.say(FAR, "hjälp")
    (no,) = await slack.told(FAR)
    assert "utifrån" in words(no["blocks"])
    assert await person(bot, "frida.fjarran@nordhamn.example") is None


async def test_the_no_in_a_channel_is_seen_by_nobody_else(slack: Driver, proxy: Proxy) -> None:
    proxy.people[GUEST] = {"is_restricted": True}
    await slack.say(GUEST, f"<@{BOT}> hjälp", CHANNEL)
    (no,) = await slack.told(GUEST, CHANNEL)
    assert (no["subtype"], no["ephemeral_to"]) == ("ephemeral", GUEST)


async def test_a_refusal_keeps_no_words(slack: Driver, proxy: Proxy, bot: Bot) -> None:
    proxy.people[GUEST] = {"is_restricted": True}
    await slack.say(GUEST, "min hemlighet är stor")
    assert "hemlighet" not in await _inbound(bot)


async def test_another_workspace_is_not_answered(slack: Driver, proxy: Proxy) -> None:
    await slack.say(JOHAN, "hjälp")
    proxy.team = "T0OTHER"
    await slack.say(JOHAN, "hjälp")
    assert len(await slack.told(JOHAN)) == 1


async def test_a_token_of_another_workspace_does_not_start(connect: Connect, bot: Bot) -> None:
    with pytest.raises(Exception, match="T0OTHER"):
        await connect(bot, slack_team_id="T0OTHER")


@pytest.mark.parametrize(
    "told", [{"profile": {"real_name": "Nova"}}, {"is_email_confirmed": False}]
)
async def test_without_a_verified_email_nobody_is_known(
    slack: Driver, proxy: Proxy, told: Json
) -> None:
    proxy.people[NOVA] = told
    await slack.say(NOVA, "hjälp")
    (no,) = await slack.told(NOVA)
    assert "e-postadress" in words(no["blocks"])


async def test_somebody_unknown_is_asked_once_for_her_unit(slack: Driver, bot: Bot) -> None:
    await slack.say(NOVA, "hjälp")
    _menu, question = await slack.told(NOVA)
    assert "Handelshögskolan" in labels(question["blocks"])
    await slack.say(NOVA, "hjälp")
    assert len(await slack.told(NOVA)) == 3
    await slack.press(NOVA, "Handelshögskolan")
    nova = await person(bot, "nova.ny@nordhamn.example")
    assert nova is not None
    assert nova.unit_id is not None
    assert "Handelshögskolan" in words((await slack.told(NOVA))[1]["blocks"])


async def test_the_answer_gives_no_rights_and_no_second_unit(slack: Driver, bot: Bot) -> None:
    await slack.say(NOVA, "hjälp")
    question = (await slack.told(NOVA))[-1]
    await slack.press(NOVA, "Handelshögskolan")
    nova = await person(bot, "nova.ny@nordhamn.example")
    # The old message is pressed again, as if it had been kept open in another window.
    medicine = next(
        e
        for b in question["blocks"]
        for e in b.get("elements", ())
        if e["text"]["text"] == "Medicinska fakulteten"
    )
    await slack.press_button(NOVA, medicine, await slack.direct(NOVA), question["ts"])
    again = await person(bot, "nova.ny@nordhamn.example")
    assert nova is not None
    assert again is not None
    assert again.unit_id == nova.unit_id
    view = await slack.open_home(NOVA)
    assert "Väntar på dig" not in words(view["blocks"])


async def test_the_imported_are_never_asked(slack: Driver) -> None:
    await slack.say(JOHAN, "hjälp")
    assert len(await slack.told(JOHAN)) == 1


async def test_the_direct_channel_is_kept_for_later(slack: Driver, bot: Bot) -> None:
    await slack.say(JOHAN, "hjälp")
    async with bot.database.begin() as session:
        account = await account_of(session, "slack", TEAM, JOHAN)
    assert account is not None
    assert account.address == await slack.direct(JOHAN)


async def test_in_the_demo_one_chooses_whom_to_be(connect: Connect, bot: Bot) -> None:
    slack = await connect(bot, demo=True)
    await slack.say(NOVA, "hej")
    (picker,) = await slack.told(NOVA)
    shown = words(picker["blocks"])
    assert all(n in shown for n in ("Johan Ek", "Alma Berg", "Karin Lind", "Maria Holm"))
    await slack.press(NOVA, "Välj")
    (menu,) = await slack.told(NOVA)  # in the picker's place
    assert "Johan Ek" in words(menu["blocks"])
    await slack.say(NOVA, "hjälp")
    assert "Hej Johan" in words((await slack.told(NOVA))[-1]["blocks"])
    assert await person(bot, "nova.ny@nordhamn.example") is None


async def test_in_the_demo_one_can_be_anybody_and_change(connect: Connect, bot: Bot) -> None:
    slack = await connect(bot, demo=True)
    await slack.say(NOVA, "hej")
    await slack.press(NOVA, "Någon annan")
    await slack.submit(NOVA, {"person": "emily.carter@nordhamn.example"})
    assert "Hello Emily" in words((await slack.told(NOVA))[-1]["blocks"])
    await slack.open_home(NOVA)
    await slack.press_home(NOVA, "Be somebody else")
    await slack.press(NOVA, "Välj")
    assert "Hej Johan" in words((await slack.open_home(NOVA))["blocks"])


async def test_in_the_demo_the_home_tab_begins_with_the_choice(connect: Connect, bot: Bot) -> None:
    slack = await connect(bot, demo=True)
    view = await slack.open_home(NOVA)
    assert "Alma Berg" in words(view["blocks"])


async def test_in_the_demo_guests_are_refused_too(connect: Connect, bot: Bot, proxy: Proxy) -> None:
    proxy.people[GUEST] = {"is_restricted": True}
    slack = await connect(bot, demo=True)
    await slack.say(GUEST, "hej")
    assert "Johan Ek" not in words((await slack.told(GUEST))[-1]["blocks"])


async def test_nobody_becomes_somebody_outside_the_demo(slack: Driver, bot: Bot) -> None:
    await slack.say(NOVA, "hjälp")
    menu = (await slack.told(NOVA))[0]
    forged = {
        "type": "button",
        "action_id": "demo.be|0",
        "value": "karin.lind@nordhamn.example",
        "text": {"type": "plain_text", "text": "Välj"},
    }
    await slack.press_button(NOVA, forged, await slack.direct(NOVA), menu["ts"])
    async with bot.database.begin() as session:
        account = await account_of(session, "slack", TEAM, NOVA)
        nova = await person_by_email(session, "nova.ny@nordhamn.example")
    assert account is not None
    assert nova is not None
    assert account.person_id == nova.id


async def _inbound(bot: Bot) -> str:
    async with bot.database.engine.connect() as connection:
        rows = await connection.exec_driver_sql("SELECT * FROM inbound")
        return str(rows.fetchall())
