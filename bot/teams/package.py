"""The app package that is uploaded to Teams: manifest, Swedish, two icons, checked and zipped."""

import io
import json
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.settings import Settings
from bot.teams.ids import is_guid
from bot.teams.manifest import COLOR, OUTLINE, SWEDISH, manifest, swedish

_ICONS = Path(__file__).parent / "icons"
_MANIFEST = "manifest.json"
_SIZES = {COLOR: (192, 192), OUTLINE: (32, 32)}
_PNG = b"\x89PNG\r\n\x1a\n"
_WITH_ALPHA = 6  # colour type of a PNG
_VERSION = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", re.ASCII)
_DATE = (1980, 1, 1, 0, 0, 0)  # the same files make the same package
_LONGEST = {
    "name.short": 30,
    "name.full": 100,
    "description.short": 80,
    "description.full": 4_000,
    "title": 32,
    "description": 128,
    "developer.name": 32,
}
_MOST_COMMANDS = 10
_LONGEST_URL = 2_048

Files = Mapping[str, bytes]


def files(settings: Settings, version: str) -> Files:
    """Return the files of the package by name; version: three numbers by points."""
    return {
        _MANIFEST: _json(manifest(settings, version)),
        SWEDISH: _json(swedish()),
        **{name: (_ICONS / name).read_bytes() for name in _SIZES},
    }


def zipped(contents: Files) -> bytes:
    """Return the package."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def problems(contents: Files) -> list[str]:
    """Return what Teams would refuse, each naming the setting where one is wrong."""
    told: dict[str, Any] = json.loads(contents[_MANIFEST])
    return [
        *_of_ids(told),
        *_of_developer(told["developer"]),
        *_of_texts(told, json.loads(contents[SWEDISH])),
        *(problem for name, size in _SIZES.items() for problem in _of_icon(name, size, contents)),
    ]


def _of_ids(told: Mapping[str, Any]) -> Iterator[str]:
    if not is_guid(told["id"]) or any(bot["botId"] != told["id"] for bot in told["bots"]):
        yield "TEAMS_APP_ID is no application ID (a GUID such as 5f1c9a0e-3c1d-4b5e-9a43-…)."
    if not _VERSION.fullmatch(told["version"]):
        yield f"the version {told['version']} is not three numbers."
    if not told["validDomains"]:
        yield "SPINDEL_TEAMS_PUBLIC_URL is not the address of a host (https://…)."


def _of_developer(developer: Mapping[str, str]) -> Iterator[str]:
    if not 0 < len(developer["name"].strip()) <= _LONGEST["developer.name"]:
        yield "SPINDEL_TEAMS_DEVELOPER is empty or longer than 32 characters."
    site, privacy = developer["websiteUrl"], developer["privacyUrl"]
    if not is_https(site):
        yield "SPINDEL_TEAMS_WEBSITE or SPINDEL_TEAMS_PUBLIC_URL is not an https:// address."
    if privacy != site and not is_https(privacy):
        yield "SPINDEL_TEAMS_PRIVACY_URL is not an https:// address."


def _of_texts(told: Mapping[str, Any], translated: Mapping[str, str]) -> Iterator[str]:
    english = _texts(told)
    for language, texts in (("en", english), ("sv", translated)):
        for place, text in texts.items():
            longest = _LONGEST.get(place) or _LONGEST[place.rpartition(".")[2]]
            if not 0 < len(text) <= longest:
                yield f"{language} {place} has {len(text)} characters; 1 to {longest} may stand."
    if english.keys() != translated.keys():
        yield f"{SWEDISH} does not translate exactly what the manifest says."
    for each in told["bots"][0]["commandLists"]:
        if len(each["commands"]) > _MOST_COMMANDS:
            yield f"more than {_MOST_COMMANDS} commands in one list."


def _texts(told: Mapping[str, Any]) -> dict[str, str]:
    found = {
        f"{what}.{size}": told[what][size]
        for what in ("name", "description")
        for size in ("short", "full")
    }
    for list_, each in enumerate(told["bots"][0]["commandLists"]):
        for place, command in enumerate(each["commands"]):
            for part, text in command.items():
                found[f"bots[0].commandLists[{list_}].commands[{place}].{part}"] = text
    return found


def _of_icon(name: str, size: tuple[int, int], contents: Files) -> Iterator[str]:
    image = contents.get(name, b"")
    if image[:8] != _PNG or image[12:16] != b"IHDR":
        yield f"{name} is no PNG."
        return
    width, height, _depth, colour = struct.unpack(">IIBB", image[16:26])
    if (width, height) != size:
        yield f"{name} is {width} × {height}; it must be {size[0]} × {size[1]}."
    if name == OUTLINE and colour != _WITH_ALPHA:
        yield f"{name} is not transparent."


def is_https(url: str) -> bool:
    """Whether an address is https, names a host and is not endless."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and len(url) <= _LONGEST_URL


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
