"""Look a name up in a table of names: by index first, misspelt only when that finds nothing."""

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from storage.database import Session
from storage.folding import fold
from storage.matching import forms, matches


async def keys_called(
    session: Session,
    words: str,
    key: InstrumentedAttribute[int],
    folded: InstrumentedAttribute[str],
) -> list[int]:
    """Return the keys of the names that `words` means, best kind of match only.

    key and folded: the columns of a table of names, folded ones indexed.
    """
    for wanted in forms(fold(words)):
        found = await session.execute(select(key).where(folded.in_(wanted)).order_by(key))
        keys = list(dict.fromkeys(row[0] for row in found))
        if keys:
            return keys
    every = await session.execute(select(key, folded))
    return matches(words, ((row[0], row[1]) for row in every))
