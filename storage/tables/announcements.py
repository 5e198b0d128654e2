"""Announcements: what was sent to whom, and who has read it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base
from storage.tables.people import Person


class Announcement(Base):
    """A message to many; state: sent (confirmed, now or for due_utc), recalled or cancelled.

    key: of the draft it came from, so that a second click sends nothing. audience: ids and limits
    only. How far it has come is not kept: it is counted from the receivers' outbox rows.
    """

    __tablename__ = "announcement"

    key: Mapped[str] = mapped_column(String(40), unique=True)
    sender_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    text_sv: Mapped[str | None] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    audience: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10))
    due_utc: Mapped[datetime]
    valid_to: Mapped[date | None]
    contact: Mapped[str | None] = mapped_column(String(200))
    remind_after_days: Mapped[int | None]
    created_at: Mapped[datetime]
    corrected_at: Mapped[datetime | None]
    recalled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    sender: Mapped[Person] = relationship(foreign_keys=[sender_id], lazy="joined")
    recalled_by: Mapped[Person | None] = relationship(foreign_keys=[recalled_by_id], lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own form)

    def text(self, locale: str) -> str:
        """Return the text in `sv` or `en`; where there is only one, that one."""
        first, other = (
            (self.text_en, self.text_sv) if locale == "en" else (self.text_sv, self.text_en)
        )
        return first or other or ""


class AnnouncementReceiver(Base):
    """One person whom an announcement was sent to; outbox_id is the row of her newest copy."""

    __tablename__ = "announcement_receiver"
    __table_args__ = (UniqueConstraint("announcement_id", "person_id"),)

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"), index=True)
    copies: Mapped[int] = mapped_column(default=1)
    read_at: Mapped[datetime | None]
    reminded_on: Mapped[date | None]
