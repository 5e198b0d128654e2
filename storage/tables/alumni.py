"""The alumni: what they studied, where they work, what they offer and what they consented to."""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base
from storage.tables.organisation import City, Field, Programme, Unit

offer_field = Table(
    "offer_field",
    Base.metadata,
    Column("offer_id", ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True),
    Column("field_id", ForeignKey("field.id"), primary_key=True, index=True),
)


class Alumnus(Base):
    """A former student as the alumni register tells it; the register is the master.

    arrived_on: the day on which an import first brought her; None where nobody noted it.
    protected: protected identity (skyddade personuppgifter): appears nowhere, for nobody.
    yearly_cap: the most contact requests a year, over all units, before she is left in peace.
    """

    __tablename__ = "alumnus"
    __table_args__ = (
        Index("ix_alumnus_folded", "folded"),
        # What the weekly digest asks of each unit, answered by the index alone.
        Index("ix_alumnus_left_alone", "owner_unit_id", "last_contact", "protected"),
        Index("ix_alumnus_arrived", "owner_unit_id", "arrived_on"),
        Index("ix_alumnus_arrived_on", "arrived_on"),
    )

    register_id: Mapped[str] = mapped_column(String(60), unique=True)
    given_name: Mapped[str] = mapped_column(String(80))
    family_name: Mapped[str] = mapped_column(String(80))
    folded: Mapped[str] = mapped_column(String(170))
    email: Mapped[str | None] = mapped_column(String(254))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"), index=True)
    owner_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    protected: Mapped[bool] = mapped_column(default=False)
    paused_until: Mapped[date | None]
    yearly_cap: Mapped[int] = mapped_column(default=4)
    last_contact: Mapped[date | None]
    arrived_on: Mapped[date | None]

    city: Mapped[City | None] = relationship(lazy="raise")
    owner_unit: Mapped[Unit] = relationship(lazy="raise")
    studies: Mapped[list["Study"]] = relationship(back_populates="alumnus", lazy="raise")
    employments: Mapped[list["Employment"]] = relationship(back_populates="alumnus", lazy="raise")
    offers: Mapped[list["Offer"]] = relationship(back_populates="alumnus", lazy="raise")

    @property
    def name(self) -> str:
        """The name as people say it."""
        return f"{self.given_name} {self.family_name}"


class Study(Base):
    """Studies of one alumnus: a programme at a unit, and the year of the degree."""

    __tablename__ = "study"

    alumnus_id: Mapped[int] = mapped_column(
        ForeignKey("alumnus.id", ondelete="CASCADE"), index=True
    )
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    year: Mapped[int | None]

    alumnus: Mapped[Alumnus] = relationship(back_populates="studies", lazy="raise")
    programme: Mapped[Programme | None] = relationship(lazy="raise")


class Employment(Base):
    """Where an alumnus works or worked; `until` is None for today's."""

    __tablename__ = "employment"

    alumnus_id: Mapped[int] = mapped_column(
        ForeignKey("alumnus.id", ondelete="CASCADE"), index=True
    )
    employer: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(120), index=True)
    title_sv: Mapped[str] = mapped_column(String(120), default="")
    title_en: Mapped[str] = mapped_column(String(120), default="")
    until: Mapped[date | None]

    alumnus: Mapped[Alumnus] = relationship(back_populates="employments", lazy="raise")


class Offer(Base):
    """What an alumnus is willing to do: mentor, supervisor, guest_lecturer or study_visit.

    capacity: assignments a year; languages: ISO 639-1 codes.
    """

    __tablename__ = "offer"

    alumnus_id: Mapped[int] = mapped_column(
        ForeignKey("alumnus.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(16), index=True)
    capacity: Mapped[int] = mapped_column(default=1)
    languages: Mapped[list[str]]
    pitch_sv: Mapped[str] = mapped_column(Text, default="")
    pitch_en: Mapped[str] = mapped_column(Text, default="")

    alumnus: Mapped[Alumnus] = relationship(back_populates="offers", lazy="raise")
    fields: Mapped[list[Field]] = relationship(secondary=offer_field, lazy="raise")

    def pitch(self, locale: str) -> str:
        """Return the offer in the alumnus' own words, in `sv` or `en`."""
        return self.pitch_en if locale == "en" else self.pitch_sv


class Consent(Base):
    """A yes or a no for one purpose; rows are only ever added and the newest counts.

    purpose: mentor, guest_lecturer, contact or picture.
    """

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_newest", "alumnus_id", "purpose", "at"),)

    alumnus_id: Mapped[int] = mapped_column(ForeignKey("alumnus.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(16))
    given: Mapped[bool]
    at: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(60))
