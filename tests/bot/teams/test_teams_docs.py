"""What docs/teams.md says agrees with the code."""

import re

from bot.settings import ROOT, Settings
from bot.teams.diagnosis import _ENTRA
from bot.teams.gate import PATH

DOCS = (ROOT / "docs" / "teams.md").read_text(encoding="utf-8")
SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "teams").glob("*.py")
)


def test_every_setting_of_teams_is_explained() -> None:
    for name, field in Settings.model_fields.items():
        if name.startswith("teams_") and "tests point elsewhere" not in str(field.description):
            assert str(field.validation_alias or f"SPINDEL_{name.upper()}") in DOCS


def test_every_variable_named_is_a_setting() -> None:
    known = {
        str(field.validation_alias or f"SPINDEL_{name.upper()}")
        for name, field in Settings.model_fields.items()
    }
    assert set(re.findall(r"\b(?:SPINDEL_|TEAMS_)[A-Z_]+\b", DOCS)) <= known


def test_the_reasons_of_the_table_are_those_of_the_log() -> None:
    reasons = re.findall(r'"refused: ([^"]+)"', DOCS)
    assert len(reasons) >= 7
    for reason in reasons:
        assert any(reason in line for line in SOURCES.splitlines()), reason


def test_entras_numbers_of_the_table_are_known_to_the_doctor() -> None:
    rows = [line for line in DOCS.splitlines() if line.startswith("| AADSTS")]
    assert {int(each) for row in rows for each in re.findall(r"\d{5,}", row)} <= set(_ENTRA)


def test_the_end_point_is_the_codes() -> None:
    assert f"POST https://your-host{PATH}" in DOCS
