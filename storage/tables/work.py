"""The daily work: contact requests, guest lectures, the approved texts."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.alumni import Alumnus
from storage.tables.base import Base
from storage.tables.organisation import Unit
from storage.tables.people import Person


class ContactRequest(Base):
    """A wish to be put in touch with an alumnus; the purpose is its legal ground.

    state: sent, approved, declined, contacted, answered or withdrawn.
    handler_id: the coordinator whose turn it is; level counts how often it has moved on.
    """

    __tablename__ = "contact_request"

    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    alumnus_id: Mapped[int] = mapped_column(ForeignKey("alumnus.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    handler_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))  # as Offer.kind, or "contact"
    purpose: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), index=True)
    level: Mapped[int] = mapped_column(default=0)
    suggested_id: Mapped[int | None] = mapped_column(ForeignKey("alumnus.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    asker: Mapped[Person] = relationship(foreign_keys=[asker_id], lazy="raise")
    handler: Mapped[Person] = relationship(foreign_keys=[handler_id], lazy="raise")
    alumnus: Mapped[Alumnus] = relationship(foreign_keys=[alumnus_id], lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own form)


class ContactStep(Base):
    """One step in the life of a contact request: who did what, when, with which note."""

    __tablename__ = "contact_step"

    request_id: Mapped[int] = mapped_column(
        ForeignKey("contact_request.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


class GuestLecture(Base):
    """A guest lecture, past, coming or proposed; its times are the university's wall clock.

    lecturer: the name for this lecture only, when the lecturer is not in the register; it is
    erased when `keep_name_until` has passed.
    state: proposed, approved, declined or cancelled.
    """

    __tablename__ = "guest_lecture"

    alumnus_id: Mapped[int | None] = mapped_column(ForeignKey("alumnus.id"), index=True)
    lecturer: Mapped[str | None] = mapped_column(String(120))
    keep_name_until: Mapped[date | None]
    topic: Mapped[str] = mapped_column(String(200))
    course: Mapped[str | None] = mapped_column(String(120))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    on_date: Mapped[date] = mapped_column(index=True)
    starts: Mapped[time | None]
    ends: Mapped[time | None]
    room: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10), index=True)
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    alumnus: Mapped[Alumnus | None] = relationship(lazy="raise")
    unit: Mapped[Unit] = relationship(lazy="raise")
    registered_by: Mapped[Person] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own form)


class Statement(Base):
    """An approved text about alumni work, in both languages, with its owner and last day."""

    __tablename__ = "statement"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    title_sv: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(120))
    body_sv: Mapped[str] = mapped_column(Text)
    body_en: Mapped[str] = mapped_column(Text)
    asks: Mapped[list[str]]  # words that lead here, both languages
    owner_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    valid_to: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    asked: Mapped[int] = mapped_column(default=0)

    owner_unit: Mapped[Unit] = relationship(lazy="raise")

    def title(self, locale: str) -> str:
        """Return the title in `sv` or `en`."""
        return self.title_en if locale == "en" else self.title_sv

    def body(self, locale: str) -> str:
        """Return the text in `sv` or `en`."""
        return self.body_en if locale == "en" else self.body_sv
