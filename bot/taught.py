"""Sentences that the university has labelled itself, beside the database and not in the program.

An upgrade of the program leaves them alone, and training reads them in addition to its own.
"""

import json
from pathlib import Path

from bot.settings import ROOT

TAUGHT = ROOT / "data" / "nlu"
SHIPPED = ROOT / "nlu" / "server" / "data"
_HEAD = 'version: "3.1"\nnlu:\n- intent: {intent}\n  examples:\n'
# Entities are not marked in it: it teaches what is meant, not where the names stand.
_SENTENCE = "  - text: {text}\n    metadata:\n      marked: false\n"


def intents() -> list[str]:
    """Return the intents that there are."""
    return sorted(path.stem for path in (SHIPPED / "sv").glob("*.yml"))


def teach(text: str, lang: str, intent: str, folder: Path = TAUGHT) -> Path:
    """Add a sentence to the training data of an intent; return the file.

    lang: sv or en. intent: one of `intents`.
    """
    path = folder / lang / f"{intent}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    # Brackets would be read as a marked entity; a JSON text is a YAML text.
    plain = text.translate(str.maketrans("[]", "()"))
    with path.open("a", encoding="utf-8") as file:
        if file.tell() == 0:
            file.write(_HEAD.format(intent=intent))
        file.write(_SENTENCE.format(text=json.dumps(plain, ensure_ascii=False)))
    return path
