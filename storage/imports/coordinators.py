"""Coordinators and management: who is appointed to what, and which posts are vacant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from storage.database import Session
from storage.folding import fold
from storage.imports.bulk import delete_rows, insert_rows, table, update_rows
from storage.imports.cells import (
    Read,
    day,
    lower_email,
    needed,
    one_of,
    or_none,
    whole,
)
from storage.imports.columns import Column
from storage.imports.faults import BadRow
from storage.imports.kind import Kind
from storage.imports.lookups import unit_names
from storage.imports.outcome import Outcome
from storage.tables import Appointment, Person, Unit

_ROLES = {
    "coordinator": "coordinator",
    "koordinator": "coordinator",
    "alumnkoordinator": "coordinator",
    "management": "management",
    "ledning": "management",
    "chef": "management",
}
_COLUMNS = {"percent": "percent", "valid_from": "from", "valid_to": "to", "deputy_id": "deputy"}
STILL_FILLED = "a vacancy stands beside a filled post; if she has left it, give her row a “to”"
_Post = tuple[int, str, int | None]  # unit, role, person


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post: whose it is (None: vacant), and what the file says of it, by table column."""

    post: _Post
    label: str
    said: dict[str, Any]

    @property
    def since(self) -> date | None:
        """The first day, or None where the file does not say."""
        return self.said.get("valid_from")


class Coordinators(Kind[PostRow]):
    """Posts of coordinators and management, by unit, role and person."""

    columns = (
        Column("email", ("e-post", "epost", "e-postadress", "mejl", "mail"), required=True),
        Column("unit", ("enhet", "institution", "fakultet", "department"), required=True),
        Column("role", ("roll",)),
        Column("percent", ("procent", "andel", "omfattning", "share")),
        Column("from", ("från", "gäller från", "valid from")),
        Column("to", ("till", "gäller till", "valid to")),
        Column("deputy", ("ersättare", "ställföreträdare")),
    )
    told = "posts"
    at_once = True

    async def prepare(self, session: Session) -> None:
        """Load the names of units, and the staff by e-mail."""
        self._unit = await unit_names(session)
        keys = await session.execute(select(Unit.id, Unit.key))
        self._unit_keys = dict(keys.tuples().all())
        people = await session.execute(select(Person.email, Person.id))
        self._people = dict(people.tuples().all())

    def readers(self) -> Mapping[str, Read]:
        """Return how each column's cells are read."""
        person = or_none(self._person)
        return {
            "email": person,
            "unit": needed(self._unit.find),
            "role": _role,
            "percent": or_none(whole(1, 100)),
            "from": or_none(day),
            "to": or_none(day),
            "deputy": person,
        }

    def row(self, cells: Sequence[Any]) -> PostRow:
        """Return a post made of its cells; without an e-mail it is a vacancy."""
        values = self.named(cells)
        since, until = values.get("from"), values.get("to")
        if since is not None and until is not None and until < since:
            raise BadRow("to: lies before from")
        person, deputy = values["email"], values.get("deputy")
        if person is not None and deputy == person:
            raise BadRow("deputy: nobody can be her own deputy")
        said = {
            c: values[name][1] if c == "deputy_id" and values[name] else values[name]
            for c, name in _COLUMNS.items()
            if name in values
        }
        if since is None:
            said.pop("valid_from", None)
        who, person_id = person or ("vacancy", None)
        label = f"{who}, {self._unit_keys[values['unit']]}"
        return PostRow((values["unit"], values.get("role", "coordinator"), person_id), label, said)

    def key(self, row: PostRow) -> str:
        """Return the post and its first day."""
        return f"{row.post} {row.since}"

    async def settle(self, session: Session, rows: Sequence[PostRow]) -> list[Outcome | str]:
        """Compare with the database, and write what differs."""
        standing = await _standing(session, {row.post[0] for row in rows})
        written = _Written([], [], [])
        vacant = {row.post[:2] for row in rows if row.post[2] is None}
        outcomes: list[Outcome | str] = []
        for row in rows:
            old = self._same(row, standing.get(row.post, []))
            if old is not None:
                outcomes.append(_compared(row, old, written))
                continue
            written.new.append(self._new(row))
            outcomes.append(Outcome("new", row.label))
            self._fill_vacancy(row, standing, vacant, written)
        if self.errand.write:
            await delete_rows(session, table(Appointment), written.gone)
            await update_rows(session, table(Appointment), written.changed)
            await insert_rows(session, table(Appointment), written.new)
        return outcomes

    def _person(self, cell: str) -> tuple[str, int]:
        email = lower_email(cell)
        if email not in self._people:
            raise BadRow("nobody on the staff has this address; import the staff first")
        return email, self._people[email]

    def _same(self, row: PostRow, old: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
        """Return the post that a row speaks of: of the same first day, else the one that lasts."""
        exact = [post for post in old if post["valid_from"] == row.since]
        at = row.since or self.errand.today
        lasting = [post for post in old if post["valid_to"] is None or post["valid_to"] >= at]
        return next(iter([*exact, *lasting]), None)

    def _new(self, row: PostRow) -> dict[str, Any]:
        unit_id, role, person_id = row.post
        empty = dict.fromkeys(_COLUMNS)
        first = {"valid_from": self.errand.today}
        post = {"unit_id": unit_id, "role": role, "person_id": person_id}
        return {**empty, **first, **row.said, **post}

    def _fill_vacancy(
        self,
        row: PostRow,
        standing: Mapping[_Post, Sequence[dict[str, Any]]],
        vacant: set[tuple[int, str]],
        written: "_Written",
    ) -> None:
        """End the vacancy that somebody fills, unless the file says that one is left."""
        unit_id, role, person_id = row.post
        if person_id is None:
            filled = [post for key in standing for post in standing[key] if key[:2] == row.post[:2]]
            if any(post["valid_to"] is None for post in filled):
                self.errand.notes[STILL_FILLED] += 1
            return
        if (unit_id, role) in vacant:
            return
        last = (row.since or self.errand.today) - timedelta(days=1)
        for post in standing.get((unit_id, role, None), []):
            if post["valid_from"] > last:
                written.gone.append(post["id"])
            elif post["valid_to"] is None or post["valid_to"] > last:
                kept = {column: post[column] for column in _COLUMNS}
                written.changed.append({"row_id": post["id"], **kept, "valid_to": last})


@dataclass(frozen=True, slots=True)
class _Written:
    new: list[dict[str, Any]]
    changed: list[dict[str, Any]]
    gone: list[int]


def _role(cell: str) -> str:
    if not cell:
        return "coordinator"
    if fold(cell) == "central":
        raise BadRow("central people are appointed with “spindel admin add”")
    found: str = one_of(_ROLES)(cell)
    return found


def _compared(row: PostRow, old: Mapping[str, Any], written: _Written) -> Outcome:
    changed = [column for column, value in row.said.items() if value != old[column]]
    if not changed:
        return Outcome("unchanged", row.label)
    kept = {column: old[column] for column in _COLUMNS}
    written.changed.append({"row_id": old["id"], **kept, **row.said})
    return Outcome("changed", row.label, tuple(_COLUMNS[column] for column in changed))


async def _standing(session: Session, unit_ids: set[int]) -> dict[_Post, list[dict[str, Any]]]:
    posts = table(Appointment)
    rows = await session.execute(
        select(posts).where(posts.c.unit_id.in_(unit_ids)).order_by(posts.c.valid_from, posts.c.id)
    )
    found: dict[_Post, list[dict[str, Any]]] = {}
    for row in rows.mappings():
        found.setdefault((row["unit_id"], row["role"], row["person_id"]), []).append(dict(row))
    return found
