"""Figures over judged sentences: shares with their uncertainty, F1, scope, calibration."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from spindel_nlu.judging.sentences import OUT_OF_SCOPE, Judged, Mark

NORMAL_95 = 1.96


class Share(NamedTuple):
    """How many of how many, with the 95 % interval of the share."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share; 0 of 0 is 0."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval: it holds for small samples and near 0 and 1."""
        if not self.of:
            return 0.0, 1.0
        z, n, p = NORMAL_95, self.of, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


class Score(NamedTuple):
    """Entities of one kind: marked and found, found but not marked, marked but not found."""

    hits: int
    extra: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 when there is nothing."""
        total = 2 * self.hits + self.extra + self.missed
        return 2 * self.hits / total if total else 0.0


class ScopeAt(NamedTuple):
    """What happens when the bot acts only above a confidence."""

    threshold: float
    refused: Share  # of the sentences out of scope
    acted: Share  # of those in scope, with whatever intent
    rightly: Share  # of those in scope, with the right one
    wrong: Share  # of all sentences, acted on with a wrong intent


def accuracy(sentences: Iterable[Judged], among: int = 1) -> Share:
    """Return how often the right intent is among the first few."""
    hits = [s.intent in [name for name, _ in s.ranking[:among]] for s in sentences]
    return Share(sum(hits), len(hits))


def by(
    key: Callable[[Judged], str], sentences: Sequence[Judged], among: int = 1
) -> dict[str, Share]:
    """Return the accuracy of each group, in the order of their names."""
    groups = sorted({key(s) for s in sentences})
    return {g: accuracy([s for s in sentences if key(s) == g], among) for g in groups}


def confusions(sentences: Iterable[Judged]) -> list[tuple[str, str, int]]:
    """Return (meant, understood, times), the most frequent first."""
    pairs = Counter((s.intent, s.answer) for s in sentences if not s.right)
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(meant, understood, times) for (meant, understood), times in ordered]


def entity_scores(sentences: Iterable[Judged], *, exact: bool = False) -> dict[str, Score]:
    """Return a score for each kind of entity; by overlap, or only exact places count."""
    rows = entity_rows(sentences, exact=exact)
    return {kind: whole(rows[kind]) for kind in sorted(rows)}


def entity_rows(sentences: Iterable[Judged], *, exact: bool = False) -> dict[str, list[Score]]:
    """Return for each kind of entity the scores of the sentences that have it, one by one."""
    rows: dict[str, list[Score]] = {}
    for sentence in sentences:
        for kind, score in _scores_in(sentence, exact=exact).items():
            rows.setdefault(kind, []).append(score)
    return rows


def _scores_in(sentence: Judged, *, exact: bool) -> dict[str, Score]:
    hits, extra, left = Counter[str](), Counter[str](), list(sentence.marks)
    for mark in sentence.found:
        match = next((m for m in left if _matches(m, mark, exact=exact)), None)
        if match is None:
            extra[mark.entity] += 1
        else:
            left.remove(match)
            hits[mark.entity] += 1
    missed = Counter(mark.entity for mark in left)
    kinds = {*hits, *extra, *missed}
    return {kind: Score(hits[kind], extra[kind], missed[kind]) for kind in kinds}


def _matches(marked: Mark, found: Mark, *, exact: bool) -> bool:
    return marked == found if exact else marked.overlaps(found)


def whole(scores: Iterable[Score]) -> Score:
    """Return several scores as one."""
    rows = list(scores)
    return Score(*(sum(column) for column in zip(*rows, strict=True))) if rows else Score(0, 0, 0)


def scope_curve(sentences: Sequence[Judged], thresholds: Iterable[float]) -> list[ScopeAt]:
    """Return what the bot would do at each confidence that it might ask for."""
    outside = [s for s in sentences if s.intent == OUT_OF_SCOPE]
    inside = [s for s in sentences if s.intent != OUT_OF_SCOPE]
    curve = []
    for threshold in thresholds:
        acted = {id(s) for s in sentences if _acts(s, threshold)}
        refused = Share(sum(id(s) not in acted for s in outside), len(outside))
        begun = Share(sum(id(s) in acted for s in inside), len(inside))
        right = Share(sum(id(s) in acted and s.right for s in inside), len(inside))
        wrong = Share(sum(id(s) in acted and not s.right for s in sentences), len(sentences))
        curve.append(ScopeAt(threshold, refused, begun, right, wrong))
    return curve


def _acts(sentence: Judged, threshold: float) -> bool:
    return sentence.answer != OUT_OF_SCOPE and sentence.confidence >= threshold


class Acting(NamedTuple):
    """What the bot did with the sentences, whose bands are known."""

    acted: Share  # of those in scope, at first, with whatever intent
    wrong: Share  # of all, acted on with a wrong intent
    refused: Share  # of those out of scope, refused or asked about
    right_or_offered: Share  # of all, the right intent first or among those offered


def acting(sentences: Sequence[Judged]) -> Acting | None:
    """Return what came of the bands; None where only the model was asked."""
    if not any(s.band for s in sentences):
        return None
    inside = [s for s in sentences if s.intent != OUT_OF_SCOPE]
    outside = [s for s in sentences if s.intent == OUT_OF_SCOPE]
    wrong = [s.band == "act" and not s.right for s in sentences]
    right = [s.right or s.intent in s.offered for s in sentences]
    return Acting(
        acted=Share(sum(s.band == "act" for s in inside), len(inside)),
        wrong=Share(sum(wrong), len(wrong)),
        refused=Share(sum(s.band != "act" for s in outside), len(outside)),
        right_or_offered=Share(sum(right), len(right)),
    )


def scope_ranking(sentences: Sequence[Judged]) -> float:
    """Return how often a sentence out of scope looks more so than one in scope (AUROC)."""
    odds = [(dict(s.ranking).get(OUT_OF_SCOPE, 0.0), s.intent == OUT_OF_SCOPE) for s in sentences]
    outside = [share for share, out in odds if out]
    inside = [share for share, out in odds if not out]
    if not (outside and inside):
        return 0.5
    wins = sum((a > b) + (a == b) / 2 for a in outside for b in inside)
    return wins / (len(outside) * len(inside))
