"""Those who talk with the bot: staff, coordinators, the central unit, management."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base
from storage.tables.organisation import Unit


class Person(Base):
    """A member of staff, known by the verified e-mail of the directory."""

    __tablename__ = "person"

    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    name: Mapped[str] = mapped_column(String(120))
    title_sv: Mapped[str] = mapped_column(String(120), default="")
    title_en: Mapped[str] = mapped_column(String(120), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    locale: Mapped[str | None] = mapped_column(String(2))  # None: answer as she writes
    spoken: Mapped[str | None] = mapped_column(String(2))  # the language she wrote last
    zone: Mapped[str] = mapped_column(String(40), default="Europe/Stockholm")
    asked_unit: Mapped[bool] = mapped_column(default=False)  # the unknown are asked once
    left_on: Mapped[date | None]

    unit: Mapped[Unit | None] = relationship(lazy="raise")


class Account(Base):
    """A person's identity in one chat: who she is there and where messages reach her.

    by_code: tied by a code she typed, which says more than the e-mail of the chat's directory.
    """

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("channel", "tenant", "external_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str] = mapped_column(String(10))  # slack, teams, page, terminal
    tenant: Mapped[str] = mapped_column(String(80), default="")
    external_id: Mapped[str] = mapped_column(String(120))
    address: Mapped[str | None] = mapped_column(String(500))  # once known; each chat has its form
    seen_at: Mapped[datetime]
    by_code: Mapped[bool] = mapped_column(default=False)


class LinkCode(Base):
    """A code that ties a person's account in another chat to her; only its hash is kept."""

    __tablename__ = "link_code"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]


class Appointment(Base):
    """An assignment in the network; without a person it is a vacancy."""

    __tablename__ = "appointment"

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))  # coordinator, central, management
    percent: Mapped[int | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], lazy="raise")
    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id], lazy="raise")
    unit: Mapped[Unit] = relationship(lazy="raise")
