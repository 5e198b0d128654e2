"""The figures as a page to read."""

from typing import Any

CONFUSIONS = 25
_ACTING = {
    "acted": "in scope, acted on at first",
    "wrong": "acted on wrongly, of all",
    "refused": "out of scope, not acted on",
    "right_or_offered": "right, or among the offered",
}


def as_text(content: dict[str, Any]) -> str:
    """Return the figures as a page to read."""
    parts = (_intents, _acting, _confused, _scope, _calibration, _entities, _model)
    return "\n\n".join("\n".join(lines) for part in parts if (lines := part(content))) + "\n"


def _intents(content: dict[str, Any]) -> list[str]:
    lines = ["INTENTS                          right    of  share   95 % interval"]
    lines.append(_line("all", content["accuracy"]))
    lines.append(_line("right or among three", content["among_three"]))
    for group in ("languages", "intents"):
        lines += ["", *(_line(name, share) for name, share in content[group].items())]
    return lines


def _acting(content: dict[str, Any]) -> list[str]:
    if not content["acting"]:
        return []
    shares = content["acting"].items()
    return ["AS THE BOT ACTS", *(_line(_ACTING[name], share) for name, share in shares)]


def _confused(content: dict[str, Any]) -> list[str]:
    pairs = content["confusions"][:CONFUSIONS]
    lines = ["CONFUSED (meant → understood)"]
    return lines + [f"{n:4d}  {meant} → {understood}" for meant, understood, n in pairs]


def _scope(content: dict[str, Any]) -> list[str]:
    lines = [
        "IF IT ACTED FROM    out of scope,        in scope,     acted on    acted on",
        "                    refused or asked     acted on      rightly     wrongly, of all",
    ]
    lines += [_scope_line(point) for point in content["scope"]]
    auroc = content["scope_auroc"]
    return lines if auroc is None else [*lines, f"AUROC {auroc:.3f}"]


def _calibration(content: dict[str, Any]) -> list[str]:
    lines = ["HOW SURE                       right    of  share   95 % interval"]
    for filled in content["calibration"]:
        least, mean = filled["from"], filled["confidence"]
        lines.append(_line(f"{least:.1f}-{least + 0.1:.1f}, mean {mean:.3f}", filled["right"]))
    interval = content["calibration_interval"]
    error = content["calibration_error"]
    return [*lines, f"calibration error {error:.3f} ({interval['low']:.3f}-{interval['high']:.3f})"]


def _model(content: dict[str, Any]) -> list[str]:
    """Tell in short what the model said before the bot made something of it."""
    model = content.get("model")
    if not model:
        return []
    lines = ["THE MODEL ALONE", _line("all", model["accuracy"])]
    lines.append(_line("right or among three", model["among_three"]))
    lines.append(f"calibration error {model['calibration_error']:.3f}")
    lines.append(f"out of scope, AUROC {model['scope_auroc']:.3f}")
    if model["all_entities"]:
        lines.append(f"entities, F1 overlap {model['all_entities']['f1']:.3f}")
    return lines


def _line(name: str, share: dict[str, Any]) -> str:
    interval = f"{share['low']:.3f}-{share['high']:.3f}"
    return f"{name:30s} {share['hits']:7d} {share['of']:5d}  {share['share']:.3f}   {interval}"


def _scope_line(point: dict[str, Any]) -> str:
    shares = [point[name]["share"] for name in ("refused", "acted", "rightly", "wrong")]
    return f"confidence ≥ {point['threshold']:.2f}" + "".join(f"{s:14.3f}" for s in shares)


def _entities(content: dict[str, Any]) -> list[str]:
    if content["all_entities"] is None:
        return ["ENTITIES: none are marked and none were found"]
    rows = {**content["entities"], "all": content["all_entities"]}
    lines = ["ENTITIES         F1 overlap  95 % interval   F1 exact   marked   missed    extra"]
    for kind, row in rows.items():
        interval = f"{row['low']:.3f}-{row['high']:.3f}"
        numbers = f"{row['marked']:8d} {row['missed']:8d} {row['extra']:8d}"
        lines.append(
            f"{kind:17s} {row['f1']:9.3f}  {interval:13s} {row['f1_exact']:10.3f} {numbers}"
        )
    return lines
