"""The rules of the house, held by the build and not by memory."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from bot.capabilities import capabilities
from bot.locale.update import merged, missing
from bot.settings import ROOT
from tests.published import OUTBOX_KINDS, PLANNED, PRESSES, SUBMITS, WITHOUT_FILE

ROOMS = ("bot", "actions", "nlu", "storage")
DATA = ROOT / "nlu" / "server" / "data"
ACTIONS = capabilities()
_LONGEST_FILE = 300
_MENU = {"help", "smalltalk"}


def sources() -> list[Path]:
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if not {".venv", "server", "versions"} & set(path.parts)
    ]


def intents() -> set[str]:
    return {path.stem for path in (DATA / "sv").glob("*.yml")}


def test_every_intent_is_an_action_planned_or_of_the_dialogue() -> None:
    built = {action.name for action in ACTIONS}
    assert built | PLANNED | WITHOUT_FILE == intents()
    assert not built & PLANNED


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_intent_has_examples(language: str) -> None:
    for intent in intents():
        data = yaml.safe_load((DATA / language / f"{intent}.yml").read_text())
        assert len(data["nlu"][0]["examples"].splitlines()) >= 50, intent


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_every_action_has_a_test(action: object) -> None:
    name = action.name  # type: ignore[attr-defined]
    assert (ROOT / "tests" / "actions" / f"test_{name}.py").exists()


def test_published_ids_are_kept_for_old_messages() -> None:
    assert {press for action in ACTIONS for press in action.presses} >= PRESSES
    forms = {action.form.submit for action in ACTIONS if action.form}
    assert forms | {submit for action in ACTIONS for submit in action.submissions} >= SUBMITS
    assert {kind for action in ACTIONS for kind in action.renderers} >= OUTBOX_KINDS


def test_new_ids_are_published() -> None:
    assert {press for action in ACTIONS for press in action.presses} <= PRESSES
    assert {kind for action in ACTIONS for kind in action.renderers} <= OUTBOX_KINDS


def test_every_message_has_its_swedish() -> None:
    assert missing(merged()) == []


def test_catalogue_is_up_to_date() -> None:
    from bot.locale.update import CATALOGUE  # noqa: PLC0415

    kept = {line for line in CATALOGUE.read_text().splitlines() if line.startswith("msgid")}
    fresh = {m.id if isinstance(m.id, str) else m.id[0] for m in merged() if m.id}
    assert len(kept) >= len(fresh)


def test_exactly_three_places_catch_everything() -> None:
    catching = [
        path.relative_to(ROOT).as_posix()
        for path in sources()
        if "except Exception" in path.read_text()
    ]
    assert catching == ["bot/clock.py", "bot/conversation.py", "bot/delivery.py"]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= _LONGEST_FILE


def test_no_room_for_leftovers() -> None:
    forbidden = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    names = {"utils", "helper", "helpers", "manager", "service", "common"}
    for path in sources():
        assert not forbidden.search(path.read_text()), path
        assert path.stem not in names, path


def test_capabilities_do_not_import_each_other() -> None:
    names = {action.name for action in ACTIONS}
    for path in (ROOT / "actions").rglob("*.py"):
        owner = path.relative_to(ROOT / "actions").parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("actions."):
                other = (node.module or "").split(".")[1]
                assert other == owner or other not in names, f"{path} imports {other}"


def test_time_is_an_argument() -> None:
    reading = re.compile(r"datetime\.now\(|date\.today\(|datetime\.utcnow\(|time\.time\(")
    for room in ("actions", "nlu", "storage"):
        for path in (ROOT / room).rglob("*.py"):
            if "server" not in path.parts:
                assert not reading.search(path.read_text()), path
