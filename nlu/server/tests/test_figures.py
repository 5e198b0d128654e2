"""The figures, against numbers worked out by hand."""

import json
from pathlib import Path

import pytest

from spindel_nlu.judging import figures
from spindel_nlu.judging.figures import Score, Share
from spindel_nlu.judging.report import as_text, report
from spindel_nlu.judging.sentences import Judged, Mark, judged, sentences_in


def sentence(
    intent: str, *ranking: tuple[str, float], lang: str = "sv", **places: tuple[Mark, ...]
) -> Judged:
    marks, found = places.get("marks", ()), places.get("found", ())
    return Judged("text", intent, lang, marks, ranking, found)


SENTENCES = [
    sentence("help", ("help", 0.9), ("out_of_scope", 0.1)),
    sentence("help", ("smalltalk", 0.6), ("help", 0.3), ("out_of_scope", 0.1), lang="en"),
    sentence("out_of_scope", ("out_of_scope", 0.8), ("help", 0.2)),
    sentence("out_of_scope", ("help", 0.55), ("out_of_scope", 0.45), lang="en"),
]


def test_wilson() -> None:
    low, high = Share(8, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert Share(0, 10).interval[0] == 0
    assert Share(0, 0).interval == (0, 1)


def test_accuracy_and_groups() -> None:
    assert figures.accuracy(SENTENCES) == Share(2, 4)
    assert figures.accuracy(SENTENCES, among=2) == Share(4, 4)
    assert figures.by(lambda s: s.lang, SENTENCES) == {"en": Share(0, 2), "sv": Share(2, 2)}
    assert figures.confusions(SENTENCES) == [
        ("help", "smalltalk", 1),
        ("out_of_scope", "help", 1),
    ]


def test_scope() -> None:
    always, careful = figures.scope_curve(SENTENCES, (0.0, 0.58))
    assert (always.refused, always.acted, always.wrong) == (Share(1, 2), Share(1, 2), Share(2, 4))
    assert (careful.refused, careful.wrong) == (Share(2, 2), Share(1, 4))
    assert figures.scope_ranking(SENTENCES) == 1.0
    assert figures.scope_ranking(SENTENCES[:2]) == 0.5


def test_calibration() -> None:
    assert figures.calibration_error([sentence("help", ("help", 1.0))]) == 0
    assert figures.calibration_error([sentence("help", ("refine", 1.0))]) == 1


def test_entities_by_overlap_and_exactly() -> None:
    pair = sentence(
        "help",
        ("help", 1.0),
        marks=(Mark("time", 0, 9), Mark("city", 10, 15), Mark("person", 20, 25)),
        found=(Mark("time", 3, 9), Mark("city", 10, 15), Mark("city", 11, 15)),
    )
    overlap = figures.entity_scores([pair])
    assert overlap == {"city": Score(1, 1, 0), "person": Score(0, 0, 1), "time": Score(1, 0, 0)}
    assert figures.entity_scores([pair], exact=True)["time"] == Score(0, 1, 1)
    assert figures.whole(overlap) == Score(2, 1, 1)
    assert figures.whole(overlap).f1 == pytest.approx(2 / 3)


def test_the_page_names_what_was_confused() -> None:
    page = as_text(report(SENTENCES))
    assert "help → smalltalk" in page
    assert "none are marked" in page


def test_sentences_are_read_and_bad_lines_named(tmp_path: Path) -> None:
    path = tmp_path / "sentences.jsonl"
    mark = {"entity": "city", "value": "Lund", "start": 2, "end": 6}
    good = {"text": "i Lund", "intent": "refine", "lang": "sv", "entities": [mark]}
    path.write_text(json.dumps(good) + "\n\n", encoding="utf-8")
    (read,) = sentences_in([path])
    parsed = {"intent_ranking": [{"name": "refine", "confidence": 1}], "entities": [mark]}
    pair = judged(read, parsed)
    assert pair.right
    assert pair.marks == pair.found == (Mark("city", 2, 6),)
    path.write_text('{"text": "i Lund"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"sentences\.jsonl:1: text, intent and lang"):
        sentences_in([path])
