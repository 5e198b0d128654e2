"""The figures as JSON."""

from collections.abc import Sequence
from typing import Any

from spindel_nlu.judging import figures
from spindel_nlu.judging.calibration import Bin, bins, calibration_error
from spindel_nlu.judging.figures import Score, Share
from spindel_nlu.judging.sentences import Judged
from spindel_nlu.judging.uncertainty import interval

OFFERED = 3  # intents that the bot offers when it is not sure
THRESHOLDS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9)


def report(sentences: Sequence[Judged]) -> dict[str, Any]:
    """Return all figures: shares as {hits, of, share, low, high}.

    scope_auroc needs the whole ranking, which only the model tells; of a bot it is None.
    """
    acting = figures.acting(sentences)
    return {
        "acting": _shares(acting._asdict()) if acting else None,
        "accuracy": _share(figures.accuracy(sentences)),
        "among_three": _share(figures.accuracy(sentences, OFFERED)),
        "languages": _shares(figures.by(lambda s: s.lang, sentences)),
        "intents": _shares(figures.by(lambda s: s.intent, sentences)),
        "intents_by_language": _shares(figures.by(lambda s: f"{s.intent} {s.lang}", sentences)),
        "confusions": figures.confusions(sentences),
        "calibration_error": round(calibration_error(sentences), 4),
        "calibration_interval": _ends(interval(sentences, calibration_error)),
        "calibration": [_bin(filled) for filled in bins(sentences)],
        "scope_auroc": None if acting else figures.scope_ranking(sentences),
        "scope": [_point(point) for point in figures.scope_curve(sentences, THRESHOLDS)],
        **_entity_figures(sentences),
    }


def _entity_figures(sentences: Sequence[Judged]) -> dict[str, Any]:
    overlap = figures.entity_rows(sentences)
    exact = figures.entity_scores(sentences, exact=True)
    every = [score for rows in overlap.values() for score in rows]
    kinds = {kind: _score(overlap[kind], exact.get(kind)) for kind in sorted(overlap)}
    total = _score(every, figures.whole(exact.values())) if every else None
    return {"entities": kinds, "all_entities": total}


def _share(share: Share) -> dict[str, Any]:
    counts = {"hits": share.hits, "of": share.of, "share": round(share.value, 4)}
    return {**counts, **_ends(share.interval)}


def _shares(shares: dict[str, Share]) -> dict[str, Any]:
    return {name: _share(share) for name, share in shares.items()}


def _point(point: figures.ScopeAt) -> dict[str, Any]:
    shares = {
        name: _share(getattr(point, name)) for name in ("refused", "acted", "rightly", "wrong")
    }
    return {"threshold": point.threshold, **shares}


def _bin(filled: Bin) -> dict[str, Any]:
    right = _share(Share(filled.right, filled.sentences))
    return {"from": filled.least, "confidence": round(filled.confidence, 4), "right": right}


def _ends(ends: tuple[float, float]) -> dict[str, float]:
    return {"low": round(ends[0], 4), "high": round(ends[1], 4)}


def _score(rows: Sequence[Score], exact: Score | None) -> dict[str, Any]:
    overlap = figures.whole(rows)
    marked = overlap.hits + overlap.missed
    f1 = {"f1": round(overlap.f1, 4), **_ends(interval(rows, lambda r: figures.whole(r).f1))}
    counts = {"marked": marked, "missed": overlap.missed, "extra": overlap.extra}
    return {**f1, "f1_exact": round(exact.f1, 4) if exact else 0.0, **counts}
