"""A file by consent, from the press to the file among her own: the yes, the no and the refusals."""

from dataclasses import dataclass
from typing import Any

import pytest

from bot.assembly import Bot
from bot.teams.place import Services
from bot.transport import TransportError
from tests.bot.teams.cards import words
from tests.bot.teams.conftest import Connect
from tests.bot.teams.driver import Driver
from tests.bot.teams.playground import JOHAN, KARIN, Person
from tests.bot.teams.proxy import FILES, Json, Proxy
from tests.conftest import NOW


@dataclass(frozen=True)
class Told:
    """What is said in a language, and what comes back."""

    send: str
    ok: str
    ask: str
    csv: str
    head: str
    no: str
    failed: str
    again: str


SV = Told(
    send="Skicka till alla koordinatorer: nya mallarna ligger på plats",
    ok="Skicka",
    ask="Vem har inte läst utskicket?",
    csv="Ladda ner som CSV",
    head="Namn;Enhet;Läge;Tid;Orsak",
    no="Okej, ”utskick-2026-11-24.csv” sparas inte.",
    failed="”utskick-2026-11-24.csv” gick inte att spara i OneDrive.",
    again="Försök igen",
)
EN = Told(
    send="Send to all coordinators: the new templates are in place",
    ok="Send",
    ask="Who hasn't read the announcement?",
    csv="Download as CSV",
    head="Name;Unit;State;Time;Reason",
    no="OK, “announcement-2026-11-24.csv” is not saved.",
    failed="“announcement-2026-11-24.csv” could not be saved in OneDrive.",
    again="Try again",
)
in_both = pytest.mark.parametrize("told", [SV, EN], ids=["sv", "en"])


def attached(proxy: Proxy, kind: str, person: Person = KARIN) -> list[Json]:
    """Return what somebody got of Teams' own kind of card."""
    name = f"application/vnd.microsoft.teams.card.file.{kind}"
    every = (a for call in proxy.posted(person.chat) for a in call.body["attachments"])
    return [each for each in every if each["contentType"] == name]


async def offered(teams: Driver, bot: Bot, told: Told) -> Json:
    """Send an announcement, ask for its report as a file; return the question that comes."""
    await teams.install()
    await teams.say(told.send)
    await teams.press(told.ok)
    await bot.work_until_idle(NOW)
    await teams.say(told.ask)
    await teams.press(told.csv)
    [question] = attached(teams.proxy, "consent")
    return question


async def answer(
    teams: Driver, question: Json, action: str, url: str = "", by: Person = KARIN
) -> None:
    """Say yes or no to a question, as Teams tells it."""
    *_, asked = [c for c in teams.proxy.posted(KARIN.chat) if question in c.body["attachments"]]
    content = question["content"]
    value: dict[str, Any] = {"type": "fileUpload", "action": action}
    value["context"] = content[f"{action}Context"]
    if action == "accept":
        value["uploadInfo"] = {
            "uploadUrl": url or f"{teams.proxy.url.removesuffix('/_connector')}/files/put.csv",
            "contentUrl": f"https://nordhamn-my.sharepoint.com/{question['name']}",
            "name": question["name"],
            "uniqueId": "b83b9f3e-0000-4000-8000-000000000000",
            "fileType": "csv",
        }
    about = {"type": "invoke", "name": "fileConsent/invoke", "replyToId": asked.answer["id"]}
    delivery = await teams.made(by, value=value, **about)
    assert delivery.status == 200
    await teams.settle()


@in_both
async def test_a_yes_puts_the_file_among_her_own(connect: Connect, bot: Bot, told: Told) -> None:
    teams = await connect(bot, KARIN)
    question = await offered(teams, bot, told)
    await answer(teams, question, "accept")
    content = teams.proxy.uploads["put.csv"]
    assert question["content"]["sizeInBytes"] == len(content)
    lines = content.decode("utf-8-sig").splitlines()
    assert (lines[0], len(lines)) == (told.head, 13)
    [shown] = attached(teams.proxy, "info")
    assert shown["name"] == question["name"]
    assert shown["contentUrl"].endswith(question["name"])
    assert shown["content"] == {
        "uniqueId": "b83b9f3e-0000-4000-8000-000000000000",
        "fileType": "csv",
    }
    assert [c.method for c in teams.proxy.calls][-1] == "DELETE"


@in_both
async def test_a_no_is_kept_and_said(connect: Connect, bot: Bot, told: Told) -> None:
    teams = await connect(bot, KARIN)
    question = await offered(teams, bot, told)
    await answer(teams, question, "decline")
    assert teams.proxy.uploads == {}
    assert attached(teams.proxy, "info") == []
    assert words(teams.proxy.edited(KARIN.chat)[-1].body["attachments"][0]["content"]) == told.no


@in_both
@pytest.mark.parametrize("status", [401, 404, 410])
async def test_an_offer_that_is_too_old_is_made_again(
    connect: Connect, bot: Bot, told: Told, status: int
) -> None:
    teams = await connect(bot, KARIN)
    question = await offered(teams, bot, told)
    teams.proxy.trouble(method="PUT", conversation=FILES, status=status)
    await answer(teams, question, "accept")
    assert told.failed in words([m.cards for m in await teams.messages()])
    await teams.press(told.again)
    again = attached(teams.proxy, "consent")
    assert [each["content"] for each in again] == [question["content"]] * 2
    await answer(teams, again[-1], "accept")
    assert "put.csv" in teams.proxy.uploads


async def test_a_stumbling_store_gets_the_file_all_the_same(connect: Connect, bot: Bot) -> None:
    teams = await connect(bot, KARIN)
    question = await offered(teams, bot, SV)
    teams.proxy.trouble(method="PUT", conversation=FILES, status=503)
    await answer(teams, question, "accept")
    assert "put.csv" in teams.proxy.uploads


async def test_a_store_that_is_away_is_told(connect: Connect, bot: Bot) -> None:
    teams = await connect(bot, KARIN)
    question = await offered(teams, bot, SV)
    teams.proxy.trouble(method="PUT", conversation=FILES, status=503, times=9)
    await answer(teams, question, "accept")
    assert SV.failed in words([m.cards for m in await teams.messages()])


async def test_somebody_elses_offer_gives_nothing(connect: Connect, bot: Bot) -> None:
    teams = await connect(bot, KARIN)
    question = await offered(teams, bot, SV)
    await answer(teams, question, "accept", by=JOHAN)
    assert teams.proxy.uploads == {}
    assert "ingår inte i din roll" in words([m.cards for m in await teams.messages(JOHAN)])


async def test_the_file_goes_to_no_strange_address(connect: Connect, bot: Bot) -> None:
    teams = await connect(bot, KARIN)
    question = await offered(teams, bot, SV)
    await answer(teams, question, "accept", url="http://files.example/put.csv")
    assert attached(teams.proxy, "info") == []
    assert SV.failed in words([m.cards for m in await teams.messages()])


@pytest.mark.parametrize(
    ("url", "here"),
    [
        (
            "https://nordhamn-my.sharepoint.com/personal/karin/_api/v2.0/drive/items/1/uploadSession",
            False,
        ),
        ("https://nordhamn.onedrive.com/up", False),
        ("http://127.0.0.1:8000/files/put.csv", True),
    ],
)
def test_where_files_may_be_put(url: str, *, here: bool) -> None:
    Services(frozenset(), here=here).check_upload(url)


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://nordhamn-my.sharepoint.com/up", False),
        ("https://sharepoint.com.example/up", False),
        ("https://evilsharepoint.com/up", False),
        ("https://x.sharepoint.com@example.org/up", False),
        ("https://127.0.0.1/up", False),
        ("http://[", False),
        ("", False),
        ("https://nordhamn-my.sharepoint.com/up", True),
    ],
)
def test_where_none_may_be_put(url: str, *, here: bool) -> None:
    with pytest.raises(TransportError) as refused:
        Services(frozenset(), here=here).check_upload(url)
    assert refused.value.permanent
