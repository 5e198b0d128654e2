"""The app package is one that Teams takes, in both languages, and what it offers is understood."""

import io
import json
import struct
import tomllib
import zipfile
import zlib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from bot.capabilities import capabilities
from bot.commands.root import cli
from bot.settings import ROOT, Settings
from bot.teams.manifest import PERSONAL, SHARED, VERSION
from bot.teams.package import files, problems, zipped
from bot.translation import Locale, render
from nlu.client import RasaClient
from nlu.gazetteer import Gazetteer
from nlu.understanding import Nlu
from tests.bot.teams.issuer import APP, Json
from tests.conftest import NOW, RasaServer

PACKAGE = ROOT / "tests" / "peers" / "node_modules" / "@microsoft" / "app-manifest"
SCHEMAS = PACKAGE / "build" / "json-schemas" / "teams" / f"v{VERSION}"
PUBLIC = "https://spindel.university.example"


def settings(**changes: Any) -> Settings:
    return Settings(_env_file=None, **{"teams_app_id": APP, "teams_public_url": PUBLIC, **changes})


def read(contents: dict[str, bytes] | Any, name: str = "manifest.json") -> Json:
    loaded: Json = json.loads(contents[name])
    return loaded


def good() -> dict[str, bytes]:
    return dict(files(settings(), "1.2.3"))


def test_a_good_package_has_no_problems() -> None:
    assert problems(good()) == []


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("manifest.json", "MicrosoftTeams.schema.json"),
        ("sv.json", "MicrosoftTeams.Localization.schema.json"),
    ],
)
def test_microsofts_schema_takes_it(name: str, schema: str) -> None:
    if not SCHEMAS.exists():
        pytest.skip("Teams' schema is not installed: make peers")
    told = json.loads((SCHEMAS / schema).read_text(encoding="utf-8-sig"))
    checker = jsonschema.Draft4Validator(told)
    assert list(checker.iter_errors(read(good(), name))) == []
    assert list(checker.iter_errors({**read(good(), name), "unheard": 1}))


def test_it_offers_the_bot_everywhere_but_in_shared_channels_and_asks_for_no_right() -> None:
    told = read(good())
    (bot,) = told["bots"]
    assert told["id"] == bot["botId"] == APP
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert [each["scopes"] for each in bot["commandLists"]] == [["personal"], ["team", "groupChat"]]
    assert bot["supportsFiles"] is True
    assert told["validDomains"] == ["spindel.university.example"]
    assert not {"permissions", "authorization", "webApplicationInfo"} & told.keys()
    assert "supportsChannelFeatures" not in told


def test_the_details_are_the_universitys() -> None:
    more = {
        "teams_developer": "Nordhamns universitet",
        "teams_website": "https://nordhamn.example/spindel",
        "teams_privacy_url": "https://nordhamn.example/gdpr",
    }
    told = read(files(settings(**more), "1.2.3"))["developer"]
    assert told["name"] == "Nordhamns universitet"
    assert told["websiteUrl"] == told["termsOfUseUrl"] == "https://nordhamn.example/spindel"
    assert told["privacyUrl"] == "https://nordhamn.example/gdpr"


WRONG: dict[str, tuple[Json, str]] = {
    "no app": ({"teams_app_id": ""}, "TEAMS_APP_ID"),
    "the secret's id": ({"teams_app_id": "hemlig"}, "TEAMS_APP_ID"),
    "no address": ({"teams_public_url": ""}, "SPINDEL_TEAMS_PUBLIC_URL"),
    "a page but no address": (
        {"teams_public_url": "", "teams_website": "https://university.example"},
        "SPINDEL_TEAMS_PUBLIC_URL is not the address of a host",
    ),
    "no https": ({"teams_public_url": "http://spindel.example"}, "https://"),
    "a page without https": ({"teams_website": "www.example"}, "SPINDEL_TEAMS_WEBSITE"),
    "a broken address": ({"teams_website": "https://[::1"}, "SPINDEL_TEAMS_WEBSITE"),
    "privacy without https": ({"teams_privacy_url": "gdpr"}, "SPINDEL_TEAMS_PRIVACY_URL"),
    "nobody": ({"teams_developer": " "}, "SPINDEL_TEAMS_DEVELOPER"),
    "a long name": ({"teams_developer": "U" * 33}, "SPINDEL_TEAMS_DEVELOPER"),
}


@pytest.mark.parametrize(("changes", "named"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_setting_is_named(changes: Json, named: str) -> None:
    assert any(named in each for each in problems(files(settings(**changes), "1.2.3")))


@pytest.mark.parametrize("version", ["1.2", "v1.2.3", "1.2.3.4", "01.2.3", ""])
def test_a_version_is_three_numbers(version: str) -> None:
    assert any("version" in each for each in problems(files(settings(), version)))


@pytest.mark.parametrize(
    ("part", "longest"),
    [
        ("name.short", 30),
        ("name.full", 100),
        ("description.short", 80),
        ("description.full", 4_000),
        ("bots[0].commandLists[0].commands[0].title", 32),
        ("bots[0].commandLists[1].commands[4].description", 128),
    ],
)
def test_a_text_is_neither_empty_nor_too_long(part: str, longest: int) -> None:
    for text, wrong in (("x" * longest, False), ("x" * (longest + 1), True), ("", True)):
        contents = good()
        contents["sv.json"] = json.dumps({**read(contents, "sv.json"), part: text}).encode()
        assert any(part in each for each in problems(contents)) is wrong


def test_the_swedish_and_the_english_stand_at_the_same_places() -> None:
    contents = good()
    swedish = read(contents, "sv.json")
    swedish.pop("name.full")
    contents["sv.json"] = json.dumps(swedish).encode()
    assert any("sv.json" in each for each in problems(contents))


def test_no_list_is_longer_than_ten() -> None:
    contents = good()
    told = read(contents)
    told["bots"][0]["commandLists"][0]["commands"] *= 2
    contents["manifest.json"] = json.dumps(told).encode()
    assert any("more than 10" in each for each in problems(contents))


def picture(width: int, height: int, colour: int = 6) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + b"\0\0\0\0"


@pytest.mark.parametrize(
    ("name", "image"),
    [
        ("color.png", picture(191, 192)),
        ("color.png", b"<svg/>"),
        ("outline.png", picture(192, 192)),
        ("outline.png", picture(32, 32, colour=2)),
        ("outline.png", b""),
    ],
)
def test_a_wrong_icon_is_named(name: str, image: bytes) -> None:
    assert any(name in each for each in problems({**good(), name: image}))


def test_the_outline_is_white_on_nothing() -> None:
    pixels = rgba(good()["outline.png"], 32)
    assert {pixel[:3] for pixel in pixels if pixel[3] == 255} == {b"\xff\xff\xff"}
    assert all(pixel[3] == 0 or pixel[:3] == b"\xff\xff\xff" for pixel in pixels)
    opaque = sum(pixel[3] > 127 for pixel in pixels)
    assert 200 < opaque < 600  # of 1,024: lines, and room between them


def rgba(png: bytes, size: int) -> list[bytes]:
    """Return the pixels of a PNG with eight bits and alpha, row by row."""
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    raw, before, pixels = zlib.decompress(data), bytearray(size * 4), list[bytes]()
    for row in range(size):
        kind, *line = raw[row * (size * 4 + 1) : (row + 1) * (size * 4 + 1)]
        done = bytearray()
        for x, value in enumerate(line):
            left = done[x - 4] if x >= 4 else 0
            corner = before[x - 4] if x >= 4 else 0
            done.append((value + predicted(kind, left, before[x], corner)) % 256)
        pixels += [bytes(done[x : x + 4]) for x in range(0, size * 4, 4)]
        before = done
    return pixels


def predicted(kind: int, left: int, above: int, corner: int) -> int:
    """Return what a filter of PNG expects of a byte by its neighbours."""
    nearest = min((left, above, corner), key=lambda each: abs(left + above - corner - each))
    return (0, left, above, (left + above) // 2, nearest)[kind]


def run(*args: str, **env: str) -> Any:
    values = {"TEAMS_APP_ID": APP, "SPINDEL_TEAMS_PUBLIC_URL": PUBLIC, **env}
    return CliRunner().invoke(cli, ["teams", "package", *args], env=values)


def test_the_command_writes_it_and_says_in_both_languages_what_is_next(tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    done = run("--out", str(out))
    assert done.exit_code == 0
    assert "Teams admin center" in done.output
    assert "administrationscentret för Teams" in done.output
    with zipfile.ZipFile(out) as archive:
        assert sorted(archive.namelist()) == [
            "color.png",
            "manifest.json",
            "outline.png",
            "sv.json",
        ]
        told = json.loads(archive.read("manifest.json"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert told["version"] == project["version"]


def test_the_same_settings_make_the_same_file() -> None:
    assert zipped(good()) == zipped(good())
    with zipfile.ZipFile(io.BytesIO(zipped(good()))) as archive:
        assert archive.testzip() is None


def test_the_command_writes_nothing_that_teams_refuses(tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    done = run("--out", str(out), TEAMS_APP_ID="hemlig", SPINDEL_TEAMS_PRIVACY_URL="x")
    assert done.exit_code == 3
    assert "TEAMS_APP_ID" in done.output
    assert "SPINDEL_TEAMS_PRIVACY_URL" in done.output
    assert not out.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = run("--out", str(tmp_path / "none" / "app.zip"))
    assert done.exit_code == 3
    assert "cannot be written" in done.output


def test_each_command_is_an_action() -> None:
    known = {action.name for action in capabilities()}
    assert {command.action for command in (*PERSONAL, *SHARED)} <= known


@pytest.mark.parametrize("locale", ["sv", "en"])
async def test_what_teams_offers_to_write_is_understood(
    rasa_server: RasaServer, locale: Locale
) -> None:
    client = RasaClient(rasa_server.url, rasa_server.token)
    nlu = Nlu(client, Gazetteer([]))
    for command in (*PERSONAL, *SHARED):
        understood = await nlu.understand(render(command.title, locale), NOW)
        assert (understood.intent, understood.band) == (command.action, "act")
    await client.close()
