"""The doctor's lines on dead letters and backups, read in both languages."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from bot.diagnosis_of_promises import backup_of, undelivered
from bot.findings import Finding
from bot.settings import ROOT
from bot.translation import render
from storage import schema
from storage.queries.standing import Standing
from tests.conftest import NOW

WELL = Standing(0.0, 0, {}, 0, NOW - timedelta(hours=5))


def told(finding: Finding) -> list[str]:
    return [f"{render(finding.what, lang)}: {render(finding.found, lang)}" for lang in ("sv", "en")]


def test_a_fresh_backup_is_well() -> None:
    finding = backup_of(WELL, NOW)
    assert finding.state == "ok"
    assert told(finding) == ["Säkerhetskopia: 5 timmar gammal", "Backup: 5 hours old"]


def test_an_old_or_missing_backup_is_noted_with_its_cure() -> None:
    old = backup_of(Standing(0.0, 0, {}, 0, NOW - timedelta(hours=49)), NOW)
    assert old.state == "note"
    assert told(old)[0] == "Säkerhetskopia: 49 timmar gammal"
    never = backup_of(Standing(0.0, 0, {}, 0, None), NOW)
    assert told(never) == ["Säkerhetskopia: ingen har tagits", "Backup: none was ever taken"]
    assert never.cure is not None
    assert "spindel db backup" in render(never.cure, "sv")


def test_dead_letters_are_counted() -> None:
    assert undelivered(WELL) == []
    (finding,) = undelivered(Standing(0.0, 0, {"no account": 2, "expired": 1}, 0, None))
    assert told(finding) == [
        "Kunde inte levereras: 3 meddelanden de senaste 7 dagarna",
        "Could not be delivered: 3 messages in the last 7 days",
    ]


def test_doctor_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'spindel.db'}"
    schema.upgrade(url)
    run = subprocess.run(
        [sys.executable, "-m", "bot", "doctor", "--lang", "sv"],
        env={**os.environ, "SPINDEL_DATABASE_URL": url, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Säkerhetskopia: ingen har tagits" in run.stdout
    assert "schema" in run.stdout
