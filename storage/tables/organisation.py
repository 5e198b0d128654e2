"""The university as a tree of units, and the words its people use: programmes, fields, cities."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base


class Unit(Base):
    """A university, its central unit, a faculty or a department; the tree is effective-dated."""

    __tablename__ = "unit"

    key: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(12))  # university, central, faculty, department
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    name_sv: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    names: Mapped[list["UnitName"]] = relationship(
        back_populates="unit", cascade="all, delete-orphan", lazy="raise"
    )

    def name(self, locale: str) -> str:
        """Return the unit's name in `sv` or `en`."""
        return self.name_en if locale == "en" else self.name_sv


class UnitName(Base):
    """One of the names by which people call a unit: official, short, colloquial."""

    __tablename__ = "unit_name"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(120), index=True)

    unit: Mapped[Unit] = relationship(back_populates="names", lazy="raise")


class Programme(Base):
    """A degree programme; `short` holds the other names people use."""

    __tablename__ = "programme"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    name_sv: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str] = mapped_column(String(160))
    short: Mapped[list[str]]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    def name(self, locale: str) -> str:
        """Return the programme's name in `sv` or `en`."""
        return self.name_en if locale == "en" else self.name_sv


class Field(Base):
    """A subject, industry or competence; a broader field includes its narrower ones."""

    __tablename__ = "field"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    name_sv: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    broader_id: Mapped[int | None] = mapped_column(ForeignKey("field.id"), index=True)

    names: Mapped[list["FieldName"]] = relationship(
        back_populates="field", cascade="all, delete-orphan", lazy="raise"
    )

    def name(self, locale: str) -> str:
        """Return the field's name in `sv` or `en`."""
        return self.name_en if locale == "en" else self.name_sv


class FieldName(Base):
    """One of the words for a field, in either language."""

    __tablename__ = "field_name"

    field_id: Mapped[int] = mapped_column(ForeignKey("field.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(120), index=True)

    field: Mapped[Field] = relationship(back_populates="names", lazy="raise")


class City(Base):
    """A town with its region and country, so that "Skåne" includes Malmö."""

    __tablename__ = "city"

    name_sv: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(80))
    region_sv: Mapped[str] = mapped_column(String(80))
    region_en: Mapped[str] = mapped_column(String(80))
    aliases: Mapped[list[str]]
    areas: Mapped[list[str]]  # every name of the regions and countries that it lies in

    def name(self, locale: str) -> str:
        """Return the city's name in `sv` or `en`."""
        return self.name_en if locale == "en" else self.name_sv
