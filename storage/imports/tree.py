"""A tree that a file describes together with the database: no loops, no loose ends."""

from collections.abc import Mapping

Parents = Mapping[str, str | None]


def broken(rows: Parents, known: Parents, refused: Mapping[str, str]) -> dict[str, str]:
    """Return why some rows cannot stand in the tree, by key, beside those refused already.

    rows: key → key of the parent, as the file has them, in place of the known ones. A row that
    is refused may leave others without a parent; they are refused too.
    """
    reasons = dict(refused)
    while True:
        left = {key: parent for key, parent in rows.items() if key not in reasons}
        whole = {**known, **left}
        found = {
            key: reason
            for key, parent in left.items()
            if (reason := _reason(key, parent, whole, reasons))
        }
        if not found:
            return reasons
        reasons.update(found)


def _reason(key: str, parent: str | None, whole: Parents, refused: Mapping[str, str]) -> str | None:
    if parent is not None and parent not in whole:
        why = "is rejected itself" if parent in refused else "does not exist"
        return f"what it belongs to, “{parent}”, {why}"
    line, at = [key], parent
    while at is not None and at not in line:
        line.append(at)
        at = whole.get(at)
    # A row above a loop hangs loose only once the loop itself is refused.
    return f"a loop: {' → '.join([*line, key])}" if at == key else None
