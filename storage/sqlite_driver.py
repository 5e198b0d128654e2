"""SQLite without blocking the loop: a thread for each connection, one errand for each statement.

SQLAlchemy's own adapter sends a statement's cursor, execution, rows and closing to the thread one
by one, and BEGIN as a statement too: some 140 errands for one message. Here a statement travels
with the BEGIN that it may need and comes back with its rows. See docs/decisions/0009.
"""

import asyncio
import sqlite3
import weakref
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy.connectors.asyncio import (
    AsyncAdapt_dbapi_connection,
    AsyncAdapt_dbapi_cursor,
    AsyncAdapt_dbapi_module,
    AsyncAdapt_terminate,
)
from sqlalchemy.util.concurrency import await_

_Result = TypeVar("_Result")
_Errands = SimpleQueue[tuple["asyncio.Future[Any]", Callable[[], Any]] | None]
_BEGIN = "BEGIN IMMEDIATE"


class Courier:
    """A thread that does one errand after the other, until it is stopped or forgotten."""

    def __init__(self) -> None:
        errands: _Errands = SimpleQueue()
        self._errands = errands
        self.stop = weakref.finalize(self, errands.put, None)
        Thread(target=_work, args=(errands,), name="sqlite", daemon=True).start()

    async def run(self, errand: Callable[[], _Result]) -> _Result:
        """Return what an errand gives. Cancelled, it is still done, before the next one."""
        future: asyncio.Future[_Result] = asyncio.get_running_loop().create_future()
        self._errands.put((future, errand))
        return await future


def _work(errands: _Errands) -> None:
    while (task := errands.get()) is not None:
        future, errand = task
        try:
            _settle(future, future.set_result, errand())
        except BaseException as error:  # noqa: BLE001 (it is raised where the errand is awaited)
            _settle(future, future.set_exception, error)
        del task, future, errand


def _settle(future: "asyncio.Future[Any]", settle: Callable[[Any], None], outcome: Any) -> None:
    def unless_cancelled() -> None:
        if not future.done():
            settle(outcome)

    # Where the loop has ended nobody waits any longer.
    with suppress(RuntimeError):
        future.get_loop().call_soon_threadsafe(unless_cancelled)


@dataclass(frozen=True, slots=True)
class Told:
    """What one statement gave, all of it."""

    rows: Sequence[Any] = ()
    description: Any = None
    lastrowid: int | None = None
    rowcount: int = -1


class Cursor(AsyncAdapt_dbapi_cursor):
    """The rows of one statement, all fetched, and what SQLite told about it."""

    __slots__ = ("_told", "arraysize")

    def __init__(self, adapt_connection: "Connection") -> None:
        self._adapt_connection: Connection = adapt_connection
        self._rows = deque()
        self.arraysize = 1
        self._told = Told()

    @property
    def description(self) -> Any:
        """The columns of the rows, or None for a statement that gives none."""
        return self._told.description

    @property
    def lastrowid(self) -> Any:
        """The key of the row inserted last."""
        return self._told.lastrowid

    @property
    def rowcount(self) -> int:
        """How many rows were changed; -1 for a statement that changes none."""
        return self._told.rowcount

    def execute(self, operation: Any, parameters: Any = None) -> Any:
        """Run one statement and fetch its rows."""
        self._run(operation, parameters or (), many=False)
        return self

    def executemany(self, operation: Any, seq_of_parameters: Any) -> Any:
        """Run one statement for each row of parameters."""
        self._run(operation, seq_of_parameters, many=True)
        return self

    def _run(self, operation: str, parameters: Any, *, many: bool) -> None:
        self._told = self._adapt_connection.send(operation, parameters, many=many)
        self._rows = deque(self._told.rows)

    def close(self) -> None:
        """Forget the rows."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Nothing of it is open any longer."""


class Connection(AsyncAdapt_terminate, AsyncAdapt_dbapi_connection):
    """One SQLite connection and its thread."""

    __slots__ = ("_begin", "_courier", "_sqlite")
    _cursor_cls: Any = Cursor
    isolation_level = None  # as `_opened` has it

    def __init__(self, driver: "Driver", courier: Courier, sqlite: sqlite3.Connection) -> None:
        self.dbapi = driver
        self._begin = False
        self._courier = courier
        self._connection: Any = sqlite
        self._sqlite = sqlite

    def begin(self) -> None:
        """Begin an immediate transaction together with the statement that comes next."""
        self._begin = True

    def send(self, operation: str, parameters: Any, *, many: bool) -> Told:
        """Run a statement in the thread; return all that it gives."""
        sqlite, begin = self._sqlite, self._begin

        def errand() -> Told:
            if begin and not sqlite.in_transaction:
                sqlite.execute(_BEGIN)
            run = sqlite.executemany if many else sqlite.execute
            cursor = run(operation, parameters)
            rows = cursor.fetchall()  # before the count, which is right only then
            told = Told(rows, cursor.description, cursor.lastrowid, cursor.rowcount)
            cursor.close()
            return told

        return self._wait(errand)

    def commit(self) -> None:
        """Commit; without a statement there is nothing to end."""
        self._end(self._sqlite.commit)

    def rollback(self) -> None:
        """Roll back; the pool asks for it after each commit too, when there is nothing."""
        self._end(self._sqlite.rollback)

    def create_function(self, *given: Any, **named: Any) -> None:
        """Teach SQLite a function of SQLAlchemy's."""
        self._wait(lambda: self._sqlite.create_function(*given, **named))

    def close(self) -> None:
        """Close the connection and end its thread."""
        await_(self._terminate_graceful_close())

    def _end(self, end: Callable[[], None]) -> None:
        self._begin = False
        if self._sqlite.in_transaction:
            self._wait(end)

    def _wait(self, errand: Callable[[], _Result]) -> _Result:
        return await_(self._courier.run(errand))

    async def _terminate_graceful_close(self) -> None:
        if self._courier.stop.alive:
            try:
                await self._courier.run(self._sqlite.close)
            finally:
                self._courier.stop()

    def _terminate_force_close(self) -> None:
        self._courier.stop()


def _opened(database: str, **named: Any) -> sqlite3.Connection:
    # Without a level the driver sends no BEGIN of its own, which would come too late (after
    # SELECT) and lose updates.
    opened: sqlite3.Connection = sqlite3.connect(database, isolation_level=None, **named)
    return opened


class Driver(AsyncAdapt_dbapi_module):
    """What SQLAlchemy takes for its SQLite driver."""

    paramstyle = "qmark"
    has_stop = True

    def __init__(self) -> None:
        super().__init__(sqlite3, dbapi_module=sqlite3)
        self.sqlite = sqlite3

    def __getattr__(self, name: str) -> Any:
        """Return what the standard library's driver calls so: its errors, its version."""
        return getattr(sqlite3, name)

    def connect(self, database: str, **named: Any) -> Connection:
        """Open a database in a thread of its own."""
        courier = Courier()
        try:
            sqlite = await_(courier.run(partial(_opened, database, **named)))
        except BaseException:
            courier.stop()
            raise
        return Connection(self, courier, sqlite)
