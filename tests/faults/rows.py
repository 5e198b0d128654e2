"""The table: one row for each fault and database."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_COLUMNS = (
    "fault", "db", "replicas", "injected", "promised", "sent", "lost", "doubled",
    "late_p99_s", "late_max_s", "bound", "ok",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """What one fault did. injected: how often it really happened; sent: of what was promised, how
    much arrived; late: seconds after the due time, or after the bot came back."""

    fault: str
    db: str
    replicas: int
    injected: int
    promised: int
    sent: int
    lost: int
    doubled: int
    late_p99_s: float | None
    late_max_s: float | None
    bound: str
    ok: bool


def quantile(values: Sequence[float], share: float) -> float | None:
    """Return the value below which a share of the others lies; None of none."""
    ordered = sorted(values)
    return round(ordered[math.ceil(share * len(ordered)) - 1], 2) if ordered else None


def table(rows: Sequence[Row]) -> str:
    """Return the rows as an aligned table."""
    lines = [list(_COLUMNS), *([_shown(value) for value in asdict(row).values()] for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(_COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def write(path: Path, seed: int, commit: str, rows: Sequence[Row]) -> bool:
    """Write the rows as JSON; return whether all is well."""
    ok = bool(rows) and all(row.ok for row in rows)
    told = {"seed": seed, "commit": commit, "rows": [asdict(row) for row in rows], "ok": ok}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(told, indent=1) + "\n")
    return ok


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "ok" if value else "BROKEN"
    return str(value)
