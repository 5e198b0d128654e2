"""Take new messages from the code into the Swedish catalogue, and drop those that are gone."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

_HERE = Path(__file__).parent
_ROOT = _HERE.parent.parent
CATALOGUE = _HERE / "sv" / "LC_MESSAGES" / "spindel.po"
_WIDTH = 100


def extracted() -> Catalog:
    """Return every message of the code, without places: they would change with every line."""
    catalogue = Catalog(project="spindel", version="")
    for room in ("actions", "bot"):
        for _file, _line, message, comments, context in extract_from_dir(
            _ROOT / room, [("**.py", "python")]
        ):
            # A message of places only ("{value}") reads the same in every language.
            catalogue.add(message, None, auto_comments=comments, context=context)
    return catalogue


def merged() -> Catalog:
    """Return the Swedish catalogue brought up to the code."""
    if CATALOGUE.exists():
        with CATALOGUE.open("rb") as file:
            swedish = read_po(file, locale="sv")
    else:
        swedish = Catalog(locale="sv", project="spindel", version="")
    for part in sorted((_HERE / "sv" / "parts").glob("*.po")):
        with part.open("rb") as file:
            for message in read_po(file, locale="sv"):
                if message.id and message.string:
                    # An entry that stands there already, empty, would keep its emptiness.
                    swedish.delete(message.id)
                    swedish.add(message.id, message.string)
    swedish.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    swedish.obsolete.clear()
    return swedish


def missing(catalogue: Catalog) -> list[str]:
    """Return the messages without a Swedish form."""
    lacking = []
    for message in catalogue:
        strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        if message.id and not all(strings):
            lacking.append(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)
    return lacking


def main() -> int:
    """Write the catalogue; return how many messages still lack Swedish."""
    catalogue = merged()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=_WIDTH, sort_output=True, no_location=True)
    lacking = missing(catalogue)
    sys.stderr.write(f"{len(catalogue)} messages, {len(lacking)} without Swedish\n")
    return len(lacking)


if __name__ == "__main__":
    sys.exit(bool(main()))
