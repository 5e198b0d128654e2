"""The figures, against numbers worked out by hand."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from spindel_nlu.judging import calibration, figures
from spindel_nlu.judging.figures import Score, Share
from spindel_nlu.judging.page import as_text
from spindel_nlu.judging.report import report
from spindel_nlu.judging.sentences import Judged, Mark, answered, judged, sentences_in
from spindel_nlu.judging.uncertainty import interval


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
    assert (always.refused, always.acted, always.wrong) == (Share(1, 2), Share(2, 2), Share(2, 4))
    assert (always.rightly, careful.acted) == (Share(1, 2), Share(2, 2))
    assert (careful.refused, careful.wrong) == (Share(2, 2), Share(1, 4))
    assert figures.scope_ranking(SENTENCES) == 1.0
    assert figures.scope_ranking(SENTENCES[:2]) == 0.5


def test_calibration() -> None:
    assert calibration.calibration_error([sentence("help", ("help", 1.0))]) == 0
    assert calibration.calibration_error([sentence("help", ("refine", 1.0))]) == 1


def test_bins_of_confidence() -> None:
    sure, middling = calibration.bins(SENTENCES)[-1], calibration.bins(SENTENCES)[0]
    assert (sure.least, sure.sentences, sure.confidence, sure.right) == (0.9, 1, 0.9, 1)
    assert (middling.least, middling.right) == (0.5, 0)


def test_a_figure_is_surer_the_more_there_is() -> None:
    def mean(rows: Sequence[int]) -> float:
        return sum(rows) / len(rows)

    few, many = interval([0, 1] * 10, mean), interval([0, 1] * 500, mean)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]
    assert interval([1] * 9, mean) == (1, 1)
    assert interval([], mean) == (0, 1)


def told(intent: str, band: str, confidence: float, offered: tuple[str, ...] = ()) -> Judged:
    line = {
        "intent": intent, "confidence": confidence, "band": band, "offered": list(offered),
        "runners_up": [], "entities": [],
    }  # fmt: skip
    return answered({"text": "text", "intent": "help", "lang": "sv"}, line)


def test_what_came_of_the_bands() -> None:
    bot = [
        told("help", "act", 0.9),
        told("smalltalk", "act", 0.8),
        told("smalltalk", "ask", 0.5, ("help",)),
        told("out_of_scope", "no", 0.9),
    ]
    acted = figures.acting(bot)
    assert acted is not None
    assert (acted.acted, acted.wrong) == (Share(2, 4), Share(1, 4))
    assert (acted.refused, acted.right_or_offered) == (Share(0, 0), Share(2, 4))
    content = report(bot)
    assert content["scope_auroc"] is None
    assert "AS THE BOT ACTS" in as_text(content)
    assert "THE MODEL ALONE" in as_text({**content, "model": report(SENTENCES)})


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
    assert figures.whole(overlap.values()) == Score(2, 1, 1)
    assert figures.whole(overlap.values()).f1 == pytest.approx(2 / 3)


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
