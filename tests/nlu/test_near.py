"""The nearest field on the real model, and a client whose server has no encoder."""

import asyncio
import json
import sys
from pathlib import Path

from bot.assembly import Bot
from bot.terminal.json_lines import JsonChat
from nlu.client import PHRASES as PORTION
from nlu.client import RasaClient
from nlu.near import LIKE_ENOUGH, NearFields
from nlu.near_kept import Kept
from storage.queries.vocabulary import fields_called
from tests.conftest import RasaServer
from tests.dialogue import Dialogue, buttons, text
from tests.nlu.test_client import _server

_PROBES = 4  # kept vectors that are asked again
_FEW = [
    (field, name)
    for field, names in (("Finance", "finans bank aktier lån"), ("Art", "konst måleri skulptur"))
    for name in names.split()
]
_FILE = Path(__file__).parent / "near_fields.jsonl"
PHRASES = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]
PRECISION, RECALL = 0.70, 0.45  # what was measured on this half, less the noise of 107 phrases


class _Counting(RasaClient):
    """A client that tells what it was asked, and after `most` questions has no server left."""

    def __init__(self, url: str, token: str, most: int = 1000) -> None:
        super().__init__(url, token)
        self.asked: list[str] = []
        self._left = most

    async def vectors(self, phrases: list[str]) -> list[list[float]]:
        self.asked += phrases
        self._left -= 1
        if self._left < 0:
            self.url = "http://127.0.0.1:9"
        return await super().vectors(phrases)


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
    assert "Närmast är" not in text(before)
    assert await chat.bot.learn_fields()
    swedish = await talk.say("Vilka alumner kan vara mentorer inom telefonförsäljning?")
    talk.lang = "en"
    english = await talk.say("Which alumni are mentors in vegan food?")
    nonsense = await talk.say("Which alumni are mentors in blompfelrism?")
    assert "”telefonförsäljning”. Närmast är Försäljning, så jag sökte på det" in text(swedish)
    assert any(
        b["press"] == "mentor.without" or "everywhere" in b["press"] for b in buttons(swedish)
    )
    assert "“vegan food”. The nearest is Food industry, so I searched for that" in text(english)
    assert "The nearest" not in text(nonsense)


async def test_who_asks_first_waits_for_what_is_being_learnt(chat: JsonChat) -> None:
    learning = asyncio.create_task(chat.bot.learn_fields())
    first = await Dialogue(chat, lang="sv").say("Vilka kan vara mentorer inom telefonförsäljning?")
    assert "Närmast är Försäljning" in text(first)
    assert await learning


async def test_a_start_takes_what_is_kept_and_asks_only_for_the_rest(
    rasa_server: RasaServer, tmp_path: Path
) -> None:
    file = tmp_path / "kept" / "fields.vectors"
    rasa = _Counting(rasa_server.url, rasa_server.token)
    assert await NearFields(rasa, kept=Kept(file)).learn(_FEW)
    assert sorted(rasa.asked) == sorted(name for _, name in _FEW)
    rasa.asked.clear()

    again = NearFields(rasa, kept=Kept(file))
    assert await again.learn([*_FEW, ("Law", "juridik")])
    assert rasa.asked.count("juridik") == 1
    assert len(rasa.asked) <= 1 + _PROBES < len(_FEW)
    fresh = NearFields(rasa)
    assert await fresh.learn([*_FEW, ("Law", "juridik")])
    one, other = await again.likeness("lagar"), await fresh.likeness("lagar")
    assert one is not None
    assert other is not None
    assert (one[0], round(one[1], 3)) == (other[0], round(other[1], 3))
    await rasa.close()


async def test_what_another_encoder_or_a_broken_file_kept_is_learnt_anew(
    rasa_server: RasaServer, tmp_path: Path
) -> None:
    file = tmp_path / "fields.vectors"
    rasa = _Counting(rasa_server.url, rasa_server.token)
    assert await NearFields(rasa, kept=Kept(file)).learn(_FEW)
    true = Kept(file).read()
    Kept(file).write({name: [*reversed(vector)] for name, vector in true.items()})
    assert await NearFields(rasa, kept=Kept(file)).learn(_FEW)
    assert Kept(file).read() == true
    for broken in (b"", b"[]\n", b'["a"]\nabc', b"no json\n1234", file.read_bytes()[:-8]):
        file.write_bytes(broken)
        assert Kept(file).read() == {}
        assert await NearFields(rasa, kept=Kept(file)).learn(_FEW)
        assert Kept(file).read() == true
    await rasa.close()


async def test_cut_short_it_keeps_what_it_learnt(rasa_server: RasaServer, tmp_path: Path) -> None:
    file = tmp_path / "fields.vectors"
    rasa = _Counting(rasa_server.url, rasa_server.token, most=1)
    many = [("Finance", f"finans {n}") for n in range(3 * PORTION)]
    assert not await NearFields(rasa, kept=Kept(file)).learn(many)
    assert len(Kept(file).read()) == PORTION
    await rasa.close()


async def test_a_folder_that_cannot_be_written_is_borne(
    rasa_server: RasaServer, tmp_path: Path
) -> None:
    rasa = _Counting(rasa_server.url, rasa_server.token)
    (tmp_path / "file").write_bytes(b"")
    near = NearFields(rasa, kept=Kept(tmp_path / "file" / "below"))
    assert await near.learn(_FEW)
    assert await near.likeness("aktier") is not None
    await rasa.close()
