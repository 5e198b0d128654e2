"""What the bot was not sure of, kept for a person to look at."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class UnsureMessage(Base):
    """A message that was answered by a question; masked, and nobody's.

    offered: the intents that were offered; chosen: the one that was pressed then, if any.
    """

    __tablename__ = "unsure_message"

    text: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2))
    offered: Mapped[list[str]]
    chosen: Mapped[str | None] = mapped_column(String(40))
    collected_at: Mapped[datetime] = mapped_column(index=True)
