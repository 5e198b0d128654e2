"""A whole model, both pipelines: what comes out, and what may come in."""

import json
from pathlib import Path

import pytest

from spindel_nlu.serving.files import checked_model
from spindel_nlu.serving.model import Model

STRANGE = [
    "🎉🎉",
    "/set_reminder",
    '/set_reminder{"time": "now"}',
    "\ud800 half a character",
    "\0 zero",
    "[text](entity)",
    "ﷺ" * 600,
    "a" * 5000,
    "\u202eright to left",
    "?",
]


@pytest.mark.parametrize("text", STRANGE)
def test_strange_texts_are_parsed(model: Model, text: str) -> None:
    found = model.parse(text)
    assert json.dumps(found).encode("utf-8")
    assert sum(i["confidence"] for i in found["intent_ranking"]) == pytest.approx(1)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_blank_text_has_no_intent(model: Model, text: str) -> None:
    found = model.parse(text)
    assert found["intent"] == {"name": None, "confidence": 0.0}
    assert found["entities"] == found["intent_ranking"] == []


def test_a_slash_orders_nothing(model: Model) -> None:
    plain, slashed = model.parse("set_reminder"), model.parse("/set_reminder")
    assert slashed["intent"]["confidence"] < 0.999
    assert slashed["entities"] == plain["entities"] == []


@pytest.mark.parametrize(
    ("text", "intent", "entity", "value"),
    [
        ("Jag söker en mentor i Malmö", "find_mentor", "city", "Malmö"),
        ("any mentors in Lund?", "find_mentor", "city", "Lund"),
        ("påminn mig imorgon", "set_reminder", "time", "imorgon"),
        ("🎉 remind me tomorrow", "set_reminder", "time", "tomorrow"),
    ],
)
def test_what_was_learnt_is_found(
    model: Model, text: str, intent: str, entity: str, value: str
) -> None:
    found = model.parse(text)
    assert found["intent"]["name"] == intent
    assert found["intent_ranking"][0] == found["intent"]
    (only,) = found["entities"]
    assert (only["entity"], only["value"]) == (entity, value)
    assert text[only["start"] : only["end"]] == value
    assert 0 < only["confidence_entity"] <= 1


def test_the_whole_ranking_in_order(model: Model) -> None:
    ranking = model.parse("who can be a mentor")["intent_ranking"]
    assert sorted(i["name"] for i in ranking) == ["find_mentor", "out_of_scope", "set_reminder"]
    confidences = [i["confidence"] for i in ranking]
    assert confidences == sorted(confidences, reverse=True)


def test_texts_do_not_touch_each_other(model: Model) -> None:
    before = model.parse("any mentors in Lund?")
    model.parse("påminn mig imorgon")
    assert model.parse("any mentors in Lund?") == before


def test_a_model_knows_its_name(model: Model, model_file: Path) -> None:
    described = json.loads(model_file.with_name(f"{model.fingerprint}.json").read_text("utf-8"))
    assert described["fingerprint"] == model.fingerprint
    assert described["pipeline"] == model.pipeline
    assert described["sentences"] == {"en": 11, "sv": 11}
    assert described["entities"] == ["city", "time"]


def test_a_folder_means_its_current_model(model_file: Path, tmp_path: Path) -> None:
    manifest = model_file.with_name(model_file.name.replace(".tar.gz", ".json"))
    (tmp_path / model_file.name).write_bytes(model_file.read_bytes())
    (tmp_path / "current.json").write_bytes(manifest.read_bytes())
    assert checked_model(tmp_path) == tmp_path / model_file.name
