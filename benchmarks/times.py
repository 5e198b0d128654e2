"""Shares of exact and of confidently wrong answers of the time grammar over labelled lines.

    uv run python -m benchmarks.times FILE

FILE: JSON lines {"lang", "text", "ref", "tz", "kind", "expected"}. Exact: the kind and every
labelled field agree. Wrong: not exact, though the answer is a time that would be acted on. The
rest are questions and refusals, which cost the user an answer but never a missed appointment.
"""

import json
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from nlu.times import find

_ACTED_ON = ("instant", "date", "range", "recurring")
_ROUNDS = 10


def verdict(line: dict[str, Any]) -> str:
    """Return exact, wrong or asked."""
    ref = datetime.fromisoformat(line["ref"])
    answer = find(line["text"], ref, tz=line["tz"], lang=line["lang"]).to_json()
    labelled = {"kind": line["kind"], **(line["expected"] or {})}
    if all(_alike(name, answer.get(name), value) for name, value in labelled.items()):
        return "exact"
    # A rule with candidates ("varannan tisdag") is asked about before anything is set.
    sure = answer["kind"] in _ACTED_ON and not answer.get("candidates")
    return "wrong" if sure else "asked"


def _alike(name: str, given: Any, labelled: Any) -> bool:
    if name != "rrule":
        return bool(given == labelled)
    return given is not None and set(given.split(";")) == set(labelled.split(";"))


def milliseconds(lines: list[dict[str, Any]]) -> float:
    """Return the mean time of one call."""
    refs = [datetime.fromisoformat(line["ref"]) for line in lines]
    start = time.perf_counter()
    for _ in range(_ROUNDS):
        for line, ref in zip(lines, refs, strict=True):
            find(line["text"], ref, tz=line["tz"], lang=line["lang"])
    return (time.perf_counter() - start) * 1000 / _ROUNDS / len(lines)


def main(path: Path) -> None:
    """Print the shares per language, the lines that are not exact, and the time per call."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for language in sorted({line["lang"] for line in lines}):
        spoken = [line for line in lines if line["lang"] == language]
        shares = Counter(verdict(line) for line in spoken)
        exact, wrong = (100 * shares[name] / len(spoken) for name in ("exact", "wrong"))
        print(f"{language}: {len(spoken)} lines, exact {exact:.1f} %, wrong {wrong:.1f} %")
    for line in lines:
        if (said := verdict(line)) != "exact":
            print(f"  {said}: {line['text']}")
    print(f"{milliseconds(lines):.2f} ms a call")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
