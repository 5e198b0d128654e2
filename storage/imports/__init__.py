"""Files from other systems, taken in row by row: alumni, staff, units and what they refer to."""

from typing import Any

from storage.imports.alumni import Alumni
from storage.imports.coordinators import Coordinators
from storage.imports.faults import BadFile
from storage.imports.identity import suspicion
from storage.imports.kind import Errand, Kind
from storage.imports.outcome import Summary
from storage.imports.running import Import
from storage.imports.source import Source, look_at
from storage.imports.staff import Staff
from storage.imports.units import Units
from storage.imports.vocabulary import Cities, Fields, Programmes

KINDS: dict[str, type[Kind[Any]]] = {
    "alumni": Alumni,
    "staff": Staff,
    "units": Units,
    "coordinators": Coordinators,
    "programmes": Programmes,
    "fields": Fields,
    "cities": Cities,
}

__all__ = [
    "KINDS",
    "BadFile",
    "Errand",
    "Import",
    "Kind",
    "Source",
    "Summary",
    "look_at",
    "suspicion",
]
