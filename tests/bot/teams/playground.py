"""The Teams that the tests talk to: Microsoft's Agents Playground, on loopback, without a browser.

Its interface is documented nowhere; this is what version 0.2.28 does, read in its code and tried:

| | |
|---|---|
| personal chat, group chat, a channel and its posts | yes; a channel's message becomes a post |
| who writes | `currentUser` alone; others by an activity of our own making (see the driver) |
| who presses (Action.Submit, Action.Execute) | anybody in the conversation, also the others |
| who is a member of what | her own chat; all six the group and the team |
| a member asked for | e-mail, userPrincipalName, aadObjectId, tenantId; none called guest |
| a chat that the bot opens with somebody else | yes, but what is said there is shown to nobody |
| installed, removed | sent as Teams does; the bot may write before and after all the same |
| a message in another's place | yes, of one part; not with several attachments |
| a message taken away | no: 501 |
| typing | shown |
| several parts in one message | made into several, answered 202 without an id |
| Action.Execute | the bot's answer takes the card's place; no answer: 502 |
| file consent, task modules, sign-in | the first by an activity of our own, the others no |
| limits: 429, message size, who may be written to | none; the proxy makes them |
| an activity that the bot refuses | lost: it is not sent again |
| theme, language | the page is light; every activity says en-US |
"""

import asyncio
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

Json = dict[str, Any]

PEERS = Path(__file__).resolve().parents[2] / "peers"
_PROGRAM = PEERS / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
_START_S = 60

TENANT = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
BOT, BOT_NAME = "28:spindel", "Spindel"
GROUP = "19:alumnigruppen@thread.v2"
CHANNEL = "19:mentorer@thread.tacv2"


@dataclass(frozen=True)
class Person:
    """Somebody in the tenant. key: what her ids are made from."""

    key: str
    given: str
    family: str

    @property
    def id(self) -> str:
        """Who she is in Teams."""
        return f"29:{self.key}"

    @property
    def entra(self) -> str:
        """Who she is in Entra."""
        return str(uuid5(NAMESPACE_DNS, f"{self.key}.nordhamn.example"))

    @property
    def name(self) -> str:
        """Her name as the directory writes it."""
        return f"{self.given} {self.family}"

    @property
    def chat(self) -> str:
        """Her chat with the bot, if she is the one who sits at the page."""
        return f"a:{self.key}"

    def told(self) -> Json:
        """Return what the configuration says of her."""
        plain = f"{self.given}.{self.family}".lower().translate(str.maketrans("åäöé", "aaoe"))
        address = f"{plain}@nordhamn.example"
        return {
            "id": self.id,
            "name": self.name,
            "userPrincipleName": address,
            "aadObjectId": self.entra,
            "givenName": self.given,
            "surname": self.family,
            "email": address,
        }


JOHAN = Person("johan", "Johan", "Ek")
ALMA = Person("alma", "Alma", "Berg")
KARIN = Person("karin", "Karin", "Lind")
MARIA = Person("maria", "Maria", "Holm")
PERNILLA = Person("pernilla", "Pernilla", "Åkesson")
NOVA = Person("nova", "Nova", "Ny")  # the university knows nobody of that name
PEOPLE = (JOHAN, ALMA, KARIN, MARIA, PERNILLA, NOVA)


def playground_missing() -> str | None:
    """Say what this machine lacks, or None."""
    if shutil.which("node") is None or not _PROGRAM.exists():
        return "the Teams peer is not installed: make peers"
    return None


def tenant(me: Person) -> Json:
    """Return the configuration of a tenant in which one person sits at the page."""
    return {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": BOT, "name": BOT_NAME},
        "currentUser": me.told(),
        "users": [person.told() for person in PEOPLE if person is not me],
        "personalChat": {"id": me.chat},
        "groupChat": {"id": GROUP, "name": "Alumnigruppen"},
        "team": {
            "id": "19:alumni@thread.tacv2",
            "name": "Alumni",
            "aadGroupId": "31000000-0000-4000-8000-000000000000",
            "channels": [{"id": CHANNEL, "name": "Mentorer"}],
        },
    }


@dataclass(frozen=True)
class Playground:
    """A running peer, its address and who sits at its page."""

    url: str
    me: Person
    folder: Path
    process: asyncio.subprocess.Process

    @staticmethod
    async def start(folder: Path, me: Person, bot: str, service: str) -> "Playground":
        """Start a peer and wait until it answers.

        bot: the end point that it posts to. service: where the bot shall send its own calls.
        """
        (folder / "tenant.yml").write_text(json.dumps(tenant(me)))  # JSON is YAML, too
        log = (folder / "output").open("wb")
        process = await asyncio.create_subprocess_exec(
            *_arguments(bot, service),
            cwd=folder,
            env=_environment(folder),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        log.close()
        peer = Playground(await _address(process), me, folder, process)
        if not peer.url:
            await peer.stop()
            raise AssertionError(f"the playground does not start:\n{peer.log()}")
        return peer

    async def stop(self) -> None:
        """End the peer."""
        if self.process.returncode is None:
            self.process.terminate()
        await self.process.communicate()

    def log(self) -> str:
        """Return what the peer has written, for whoever looks for a mistake."""
        written = [self.folder / "output", self.folder / "playground.log"]
        return "\n".join(path.read_text() for path in written if path.exists())


def _arguments(bot: str, service: str) -> list[str]:
    node = shutil.which("node")
    assert node is not None
    options = ["start", "-e", bot, "-c", "msteams", "-p", "0", "--service-url", service]
    return [node, str(_PROGRAM), *options, "--disable-telemetry"]


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "NODE_OPTIONS": f"--require={PEERS / 'loopback.cjs'}",
        "TEAMSAPPTESTER_BROWSER": "none",
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(folder / "tenant.yml"),
        "M365_AGENTS_PLAYGROUND_LOGFILE": str(folder / "playground.log"),
        "APPLICATION_INSIGHTS_NO_STATSBEAT": "true",
        "TZ": "Europe/Stockholm",
    }


async def _address(process: asyncio.subprocess.Process) -> str:
    """Return where a peer that is starting listens; empty: it ended instead."""
    assert process.stdout is not None
    async with asyncio.timeout(_START_S):
        line = (await process.stdout.readline()).decode().strip()
    port = line.removeprefix("Listening on ")
    return f"http://127.0.0.1:{port}" if port.isdigit() else ""
