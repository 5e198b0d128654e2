"""The approved texts about alumni work."""

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from storage.database import Session
from storage.folding import fold
from storage.tables import Statement

_LIKENESS = 80


async def statements(session: Session) -> list[Statement]:
    """Return every approved text, by key."""
    rows = await session.scalars(
        select(Statement).options(joinedload(Statement.owner_unit)).order_by(Statement.key)
    )
    return list(rows)


async def statement_by_key(session: Session, key: str) -> Statement | None:
    """Return one approved text."""
    found: Statement | None = await session.scalar(
        select(Statement).where(Statement.key == key).options(joinedload(Statement.owner_unit))
    )
    return found


async def statements_about(session: Session, question: str) -> list[Statement]:
    """Return the texts that a question is about, best first, by the words that lead to them."""
    asked = fold(question)
    scored = [
        (max(_likeness(asked, fold(ask)) for ask in (*row.asks, *_titles(row))), row)
        for row in await statements(session)
    ]
    best = sorted((pair for pair in scored if pair[0] >= _LIKENESS), key=lambda pair: -pair[0])
    return [row for _score, row in best]


def _titles(row: Statement) -> tuple[str, str]:
    return row.title_sv.rstrip("?"), row.title_en.rstrip("?")


def _likeness(question: str, ask: str) -> float:
    # A longer phrase that fits says more than a single word that does.
    return fuzz.partial_ratio(ask, question) + min(len(ask), 40) / 10 if ask else 0.0
