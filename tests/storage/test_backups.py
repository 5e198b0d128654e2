"""Backups are whole although the bot writes, and what is put back is a working bot."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import func, select, text

from bot.assembly import assembled
from bot.terminal.channel import TerminalChannel
from bot.terminal.json_lines import JsonChat
from nlu.client import RasaClient
from storage import Database, Unreachable, backups, schema
from storage.backups import Manifest, Unfit, clients
from storage.backups.checkup import examine
from storage.backups.manifest import beside, digest, verified
from storage.backups.sqlite_file import file_of
from storage.holding import Held
from storage.queries.outbox import enqueue
from storage.queries.restored import lost_time
from storage.tables import Outbox, Person, Setting
from tests.conftest import NOW, RasaServer
from tests.postgres import Postgres

TAKEN = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LATER = TAKEN + timedelta(hours=5)
Fresh = Callable[[], str]


@pytest.fixture
def fresh(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Fresh:
    """Give what makes the address of one more empty database of the same kind."""

    def made() -> str:
        if database.sqlite:
            folder = tmp_path / f"other{len(list(tmp_path.glob('other*')))}"
            return f"sqlite:///{folder / 'spindel.db'}"
        postgres: Postgres = request.getfixturevalue("postgres")
        return postgres.url(postgres.create())

    return made


async def counted(url: str, table: type[Any]) -> int:
    opened = Database(url)
    async with opened.begin() as session:
        n = await session.scalar(select(func.count()).where(table.value.like("x%")))
    await opened.close()
    return n or 0


async def grown(database: Database, key: str) -> None:
    async with database.begin() as session:
        session.add(Setting(key=key, value="x"))


async def promised(database: Database, hours: float) -> None:
    """Promise a message that falls due so long after the backup."""
    async with database.begin() as session:
        person = await session.scalar(select(Person).where(Person.email == "a@x.example"))
        if person is None:
            person = Person(name="A", email="a@x.example", zone="Europe/Stockholm")
            session.add(person)
            await session.flush()
        await enqueue(
            session,
            person_id=person.id,
            kind="reminder",
            payload={},
            cause="reminder",
            dedupe_key=f"r{hours}",
            due=TAKEN + timedelta(hours=hours),
        )


async def test_the_copy_is_private_whole_and_described(database: Database, tmp_path: Path) -> None:
    await grown(database, "one")
    file, manifest = backups.take(database.url, tmp_path / "kept", TAKEN)
    assert file.name.startswith("spindel-20261124T093000Z.")
    assert {path.name for path in file.parent.iterdir()} == {file.name, f"{file.name}.json"}
    assert {path.stat().st_mode & 0o777 for path in file.parent.iterdir()} == {0o600}
    assert manifest.counts["setting"] == 1
    assert manifest.schema == schema.newest()
    assert verified(file) == manifest
    with pytest.raises(Unfit, match="is there already"):
        backups.take(database.url, file, TAKEN)


async def test_twelve_of_twelve_are_whole_while_the_bot_writes(
    database: Database, fresh: Fresh, tmp_path: Path
) -> None:
    done, wrote = Event(), 0

    async def write() -> None:
        nonlocal wrote
        writing = Database(database.url)
        while not done.is_set():
            async with writing.begin() as session:  # always two, or none
                session.add(Setting(key=f"a{wrote}", value="x" * 200))
                await session.flush()
                session.add(Setting(key=f"b{wrote}", value="x" * 200))
            wrote += 1
        await writing.close()

    writer = Thread(target=asyncio.run, args=(write(),))
    writer.start()
    seen = []
    try:
        for n in range(12):
            before = wrote
            file, _ = await asyncio.to_thread(
                backups.take, database.url, tmp_path / "kept", TAKEN + timedelta(seconds=n)
            )
            seen.append((file, before, wrote))
    finally:
        done.set()
        writer.join()
    assert seen[-1][2] > seen[0][1], "nothing was written meanwhile"
    for file, before, after in seen:
        url = fresh()
        await asyncio.to_thread(backups.restore, url, file, LATER, replace=False)
        n = await counted(url, Setting)
        assert n % 2 == 0
        assert before <= n / 2 <= after + 1


async def test_what_is_put_back_is_a_bot_that_answers(
    demo_database: Database,
    tmp_path: Path,
    rasa_server: RasaServer,
    request: pytest.FixtureRequest,
) -> None:
    file, manifest = backups.take(demo_database.url, tmp_path / "kept", TAKEN)
    if demo_database.sqlite:
        url = f"sqlite:///{tmp_path / 'again' / 'spindel.db'}"
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.url(postgres.create())
    restored = await asyncio.to_thread(backups.restore, url, file, TAKEN, replace=False)
    assert restored.manifest == manifest
    assert not restored.older_schema
    assert examine(url).counts == manifest.counts | {
        "setting": manifest.counts["setting"] + 1  # the note of the restore
    }
    channel = TerminalChannel()
    rasa = RasaClient(rasa_server.url, rasa_server.token)
    bot = await assembled(Database(url), rasa, [channel], movable=True, frozen=NOW)
    asked = {"say": "Vilka mentorer inom AI?", "as": "johan.ek@nordhamn.example"}
    line = json.loads(await JsonChat(bot, channel).line(json.dumps(asked)))
    assert line["replies"][0]["action"] == "find_mentor"
    assert any(element["type"] == "card" for element in line["replies"][0]["elements"])
    await bot.close()


async def test_what_may_have_been_sent_since_is_looked_for_first(
    database: Database, fresh: Fresh, tmp_path: Path
) -> None:
    for hours in (-1, 2, 20):
        await promised(database, hours)
    file, _ = backups.take(database.url, tmp_path / "kept", TAKEN)
    url = fresh()
    restored = await asyncio.to_thread(backups.restore, url, file, LATER, replace=False)
    assert restored.waiting == 2
    opened = Database(url)
    async with opened.begin() as session:
        lost = await lost_time(session)
        rows = (await session.scalars(select(Outbox).order_by(Outbox.due_utc))).all()
        assert lost is not None
        for row in rows:
            lost.doubt(row)
        assert [row.uncertain_since for row in rows] == [TAKEN, TAKEN, None]
    await opened.close()


async def test_what_is_there_is_replaced_only_when_asked_and_kept_aside(
    database: Database, tmp_path: Path
) -> None:
    await grown(database, "before")
    file, _ = backups.take(database.url, tmp_path / "kept", TAKEN)
    await grown(database, "after")
    await database.close()
    with pytest.raises(Unfit, match="not empty"):
        backups.restore(database.url, file, LATER, replace=False)
    assert await counted(database.url, Setting) == 2
    restored = backups.restore(database.url, file, LATER, replace=True)
    assert await counted(database.url, Setting) == 1
    if database.sqlite:
        assert await counted(f"sqlite:///{restored.aside}", Setting) == 2
    else:
        with schema.connected(database.url) as connection:
            assert connection.scalar(text(f"SELECT count(*) FROM {restored.aside}.setting")) == 2  # noqa: S608
    assert examine(database.url).aside == [restored.aside]
    assert not examine(database.url).drifted
    # A backup of it holds one university, not two; the next restore goes the same way.
    again, manifest = backups.take(database.url, tmp_path / "kept", LATER)
    assert manifest.counts["setting"] == 2  # with the note of the restore
    backups.restore(database.url, again, LATER + timedelta(minutes=1), replace=True)
    assert await counted(database.url, Setting) == 1
    await grown(database, "goes on")  # keys and sequences came along


async def test_an_empty_schema_is_no_obstacle(
    database: Database, fresh: Fresh, tmp_path: Path
) -> None:
    await grown(database, "one")
    file, _ = backups.take(database.url, tmp_path / "kept", TAKEN)
    url = fresh()
    schema.upgrade(url)
    assert backups.restore(url, file, LATER, replace=False).aside == ""
    assert await counted(url, Setting) == 1
    assert examine(url).aside == []


async def test_a_bot_at_work_is_never_overrun(database: Database, tmp_path: Path) -> None:
    await grown(database, "one")
    file, _ = backups.take(database.url, tmp_path / "kept", TAKEN)
    if not database.sqlite:  # its connections are open
        with pytest.raises(Unfit, match="Stop every replica"):
            backups.restore(database.url, file, LATER, replace=True)
        return
    hold = (
        "import sys; from storage.holding import Hold; hold = Hold(sys.argv[1]); "
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(  # noqa: ASYNC220
        [sys.executable, "-c", hold, database.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(Held):
            backups.restore(database.url, file, LATER, replace=True)
        other.kill()
    # Another program that only reads is in the way too.
    with closing(sqlite3.connect(file_of(database.url))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM setting").fetchone()
        with pytest.raises(Unfit, match=r"has .+ open"):
            backups.restore(database.url, file, LATER, replace=True)
    assert await counted(database.url, Setting) == 1


def damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def cut(file: Path) -> None:
    """Lose the end, and have the manifest believe it: only a look inside tells."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 3 // 4])
    replace(manifest_of(file), sha256=digest(file)).write(file)


def lying(file: Path) -> None:
    manifest = manifest_of(file)
    replace(manifest, counts=manifest.counts | {"setting": 7}).write(file)


def newer(file: Path) -> None:
    replace(manifest_of(file), schema="9999").write(file)


def foreign(file: Path) -> None:
    replace(manifest_of(file), backend="oracle").write(file)


def injected(file: Path) -> None:
    replace(manifest_of(file), counts={'setting"; DROP': 1}).write(file)


def alone(file: Path) -> None:
    beside(file).unlink()


def manifest_of(file: Path) -> Manifest:
    facts = json.loads(beside(file).read_text())
    return Manifest(**facts | {"taken_at": datetime.fromisoformat(facts["taken_at"])})


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (damaged, "is damaged"),
        (cut, "cannot be put back|damaged"),
        (lying, "manifest says"),
        (newer, "newer version"),
        (foreign, "a backup of oracle"),
        (injected, "cannot be read"),
        (alone, "a backup is two files"),
        (Path.unlink, "There is no backup"),
    ],
)
async def test_a_bad_backup_changes_nothing(
    database: Database, tmp_path: Path, spoil: Callable[[Path], None], told: str
) -> None:
    for n in range(50):
        await grown(database, f"before{n}")
    file, _ = backups.take(database.url, tmp_path / "kept", TAKEN)
    await grown(database, "after")
    await database.close()
    spoil(file)
    with pytest.raises(Unfit, match=told) as caught:
        backups.restore(database.url, file, LATER, replace=True)
    assert "before1" not in str(caught.value)
    assert await counted(database.url, Setting) == 51
    found = examine(database.url)
    assert (found.damage, found.drifted, found.aside) == ([], False, [])


def test_a_damaged_database_makes_room_for_its_backup(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'spindel.db'}"
    schema.upgrade(url)
    file, _ = backups.take(url, tmp_path / "kept", TAKEN)
    (tmp_path / "spindel.db").write_bytes(b"no database " * 1000)
    (tmp_path / "spindel.db-wal").write_bytes(b"a log that is not of the backup")
    assert examine_fails(url)
    restored = backups.restore(url, file, LATER, replace=True)
    assert Path(restored.aside).read_bytes().startswith(b"no database")
    assert examine(url).damage == []
    assert not (tmp_path / "spindel.db-wal").exists()


def examine_fails(url: str) -> bool:
    try:
        return bool(examine(url).damage)
    except Unreachable:
        return True


async def test_only_the_newest_are_kept(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    for day in range(5):
        backups.take(database.url, folder, TAKEN + timedelta(days=day))
    (folder / "letter.db").write_text("not ours")
    left = folder / ".spindel-20261101T000000Z.db.part"
    left.write_text("killed")
    os.utime(left, (0, 0))
    gone = backups.forget_old(folder, 3, LATER)
    assert len(gone) == 2
    names = sorted(path.name for path in folder.iterdir())
    assert [name[8:16] for name in names if name.endswith(".json")] == [
        "20261126",
        "20261127",
        "20261128",
    ]
    assert "letter.db" in names
    assert len(names) == 7


def test_passwords_stand_in_no_command_line(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.url(postgres.create())
    schema.upgrade(url)
    secret = url.replace("spindel@", "spindel:sesam%2Föppna@")
    seen: list[tuple[Any, dict[str, str]]] = []
    run = subprocess.run

    def watched(command: Any, **named: Any) -> Any:
        seen.append((command, named.get("env") or {}))
        return run(command, **named)

    monkeypatch.setattr(subprocess, "run", watched)
    backups.take(secret, tmp_path / "kept", TAKEN)
    dumps = [env for command, env in seen if "--format=custom" in command]
    assert [env["PGPASSWORD"] for env in dumps] == ["sesam/öppna"]
    assert not any("sesam" in str(command) for command, _ in seen)


def test_a_missing_program_is_named_with_its_cure(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.url(postgres.create())
    schema.upgrade(url)
    monkeypatch.setattr(clients, "_PLACES", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unfit, match=r"pg_dump of PostgreSQL \d+ .*postgresql-client"):
        backups.take(url, tmp_path / "kept", TAKEN)
    assert list((tmp_path / "kept").iterdir()) == []


def test_the_program_of_the_servers_version_is_taken(tmp_path: Path) -> None:
    for major in (14, 16, 17):
        path = tmp_path / str(major) / "bin" / "pg_dump"
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {major}.3'\n")
        path.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clients, "_PLACES", str(tmp_path))
        patch.setenv("PATH", "/nowhere")
        assert "/16/" in clients.client("pg_dump", 16)
        assert "/16/" in clients.client("pg_dump", 15)
        with pytest.raises(Unfit):
            clients.client("pg_dump", 18)


def test_a_full_or_closed_disk_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'spindel.db'}"
    schema.upgrade(url)
    (tmp_path / "file").write_text("")
    with pytest.raises(Unfit, match="cannot be made"):
        backups.take(url, tmp_path / "file" / "kept", TAKEN)
