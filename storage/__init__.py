"""The room that remembers: tables, queries, the outbox, migrations, import and the demo."""

from storage.database import Database, Effect, Session, Unreachable

__all__ = ["Database", "Effect", "Session", "Unreachable"]
