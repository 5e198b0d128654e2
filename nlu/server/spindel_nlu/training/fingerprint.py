"""What a model is made of, as one number: the same inputs need no new training.

The standard library only: this runs at every start, before anything heavy is imported.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

SERVER = Path(__file__).resolve().parents[2]
DATA = SERVER / "data"
TAUGHT = SERVER.parent.parent / "data" / "nlu"  # what the university has labelled itself
# Everything that decides what is learnt; how a model is served or judged does not.
CODE = ("spindel_nlu/components", "spindel_nlu/encoder", "spindel_nlu/training")


def fingerprint(config: Path, data: Path = DATA, taught: Path | None = None) -> str:
    """Return the SHA-256 over sentences, configuration, code and locked versions, in hex.

    taught: a second folder of sentences, which may be missing.

    Raises:
        FileNotFoundError: when the configuration or the sentences are missing.
    """
    if not any(sentence_files(data)):
        raise FileNotFoundError(f"there are no training sentences in {data}")
    digest = hashlib.sha256()
    for name, path in _ingredients(config, data, taught):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def sentence_files(data: Path) -> list[Path]:
    """Return the training files, <language>/<intent>.yml, in a fixed order."""
    return sorted(data.glob("*/*.yml"))


def _ingredients(config: Path, data: Path, taught: Path | None) -> Iterator[tuple[str, Path]]:
    yield "config", config
    yield "lock", SERVER / "uv.lock"
    for folder in CODE:
        for path in sorted((SERVER / folder).glob("*.py")):
            yield path.relative_to(SERVER).as_posix(), path
    for path in sentence_files(data):
        yield path.relative_to(data).as_posix(), path
    if taught is not None:
        for path in sentence_files(taught):
            yield f"taught/{path.relative_to(taught).as_posix()}", path
