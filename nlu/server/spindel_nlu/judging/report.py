"""The figures as JSON and as text."""

from collections.abc import Sequence
from typing import Any

from spindel_nlu.judging import figures
from spindel_nlu.judging.figures import Score, Share
from spindel_nlu.judging.sentences import Judged

OFFERED = 3  # intents that the bot offers when it is not sure
THRESHOLDS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
CONFUSIONS = 25
_ACTING = {
    "acted": "in scope, acted on at first",
    "wrong": "acted on wrongly, of all",
    "refused": "out of scope, not acted on",
    "right_or_offered": "right, or among the offered",
}


def report(sentences: Sequence[Judged]) -> dict[str, Any]:
    """Return all figures: shares as {hits, of, share, low, high}."""
    overlap = figures.entity_scores(sentences)
    exact = figures.entity_scores(sentences, exact=True)
    acting = figures.acting(sentences)
    return {
        "acting": _shares(acting._asdict()) if acting else None,
        "accuracy": _share(figures.accuracy(sentences)),
        "among_three": _share(figures.accuracy(sentences, OFFERED)),
        "languages": _shares(figures.by(lambda s: s.lang, sentences)),
        "intents": _shares(figures.by(lambda s: s.intent, sentences)),
        "intents_by_language": _shares(figures.by(lambda s: f"{s.intent} {s.lang}", sentences)),
        "confusions": figures.confusions(sentences),
        "calibration_error": figures.calibration_error(sentences),
        "scope_auroc": figures.scope_ranking(sentences),
        "scope": [_point(point) for point in figures.scope_curve(sentences, THRESHOLDS)],
        "entities": {kind: _score(overlap[kind], exact.get(kind)) for kind in overlap},
        "all_entities": _score(figures.whole(overlap), figures.whole(exact)) if overlap else None,
    }


def _share(share: Share) -> dict[str, Any]:
    low, high = share.interval
    ends = {"low": round(low, 4), "high": round(high, 4)}
    return {"hits": share.hits, "of": share.of, "share": round(share.value, 4), **ends}


def _shares(shares: dict[str, Share]) -> dict[str, Any]:
    return {name: _share(share) for name, share in shares.items()}


def _point(point: figures.ScopeAt) -> dict[str, Any]:
    shares = {name: _share(getattr(point, name)) for name in ("refused", "acted", "wrong")}
    return {"threshold": point.threshold, **shares}


def _score(overlap: Score, exact: Score | None) -> dict[str, Any]:
    marked = overlap.hits + overlap.missed
    f1 = {"f1": round(overlap.f1, 4), "f1_exact": round(exact.f1, 4) if exact else 0.0}
    return {**f1, "marked": marked, "missed": overlap.missed, "extra": overlap.extra}


def as_text(content: dict[str, Any]) -> str:
    """Return the figures as a page to read."""
    lines = ["INTENTS                          right  of    share   95 % interval"]
    lines.append(_line("all", content["accuracy"]))
    lines.append(_line("right or among three", content["among_three"]))
    for group in ("languages", "intents"):
        lines += ["", *(_line(name, share) for name, share in content[group].items())]
    if content["acting"]:
        lines += ["", "AS THE BOT ACTS"]
        lines += [_line(_ACTING[name], share) for name, share in content["acting"].items()]
    lines += ["", "CONFUSED (meant → understood)"]
    confused = content["confusions"][:CONFUSIONS]
    lines += [f"{n:4d}  {meant} → {understood}" for meant, understood, n in confused]
    lines += ["", "OUT OF SCOPE            refused   acted on rightly   wrong actions"]
    lines += [_scope_line(point) for point in content["scope"]]
    lines += [f"AUROC {content['scope_auroc']:.3f}"]
    lines += [f"calibration error {content['calibration_error']:.3f}", "", *_entities(content)]
    return "\n".join(lines) + "\n"


def _line(name: str, share: dict[str, Any]) -> str:
    interval = f"{share['low']:.3f}-{share['high']:.3f}"
    return f"{name:30s} {share['hits']:7d} {share['of']:5d}  {share['share']:.3f}   {interval}"


def _scope_line(point: dict[str, Any]) -> str:
    shares = [point[name]["share"] for name in ("refused", "acted", "wrong")]
    return f"confidence ≥ {point['threshold']:.1f}" + "".join(f"{s:14.3f}" for s in shares)


def _entities(content: dict[str, Any]) -> list[str]:
    if content["all_entities"] is None:
        return ["ENTITIES: none are marked and none were found"]
    rows = {**content["entities"], "all": content["all_entities"]}
    lines = ["ENTITIES              F1 overlap   F1 exact   marked   missed   extra"]
    for kind, row in rows.items():
        numbers = f"{row['marked']:8d} {row['missed']:8d} {row['extra']:8d}"
        lines.append(f"{kind:20s} {row['f1']:10.3f} {row['f1_exact']:10.3f} {numbers}")
    return lines
