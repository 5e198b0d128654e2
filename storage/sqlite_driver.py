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
            settle, outcome = _succeed, errand()
        except BaseException as error:  # noqa: BLE001 (it is raised where the errand is awaited)
            settle, outcome = _fail, error
        try:
            future.get_loop().call_soon_threadsafe(settle, future, outcome)
        except RuntimeError:  # the loop has ended: nobody waits any longer
            del outcome
        del task, future, errand


def _succeed(future: "asyncio.Future[Any]", outcome: Any) -> None:
    if not future.done():
        future.set_result(outcome)


def _fail(future: "asyncio.Future[Any]", error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)


class Cursor(AsyncAdapt_dbapi_cursor):
    """The rows of one statement, all fetched, and what SQLite told about it."""

    __slots__ = ("arraysize", "description", "lastrowid", "rowcount")

    def __init__(self, adapt_connection: "Connection") -> None:
        self._adapt_connection: Connection = adapt_connection
        self._rows = deque()
        self.arraysize = 1
        self.description: Any = None
        self.lastrowid: Any = None
        self.rowcount = -1

    def execute(self, operation: Any, parameters: Any = None) -> Any:
        """Run one statement and fetch its rows."""
        self._run(operation, parameters or (), many=False)
        return self

    def executemany(self, operation: Any, seq_of_parameters: Any) -> Any:
        """Run one statement for each row of parameters."""
        self._run(operation, seq_of_parameters, many=True)
        return self

    def _run(self, operation: str, parameters: Any, *, many: bool) -> None:
        rows, self.description, self.lastrowid, self.rowcount = self._adapt_connection.send(
            operation, parameters, many=many
        )
        self._rows = deque(rows)

    def close(self) -> None:
        """Forget the rows."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Nothing of it is open any longer."""


class Connection(AsyncAdapt_terminate, AsyncAdapt_dbapi_connection):
    """One SQLite connection and its thread."""

    __slots__ = ("_begin", "_courier", "_sqlite")
    _cursor_cls = Cursor
    isolation_level = None  # the driver never sends a BEGIN of its own

    def __init__(self, driver: "Driver", courier: Courier, sqlite: sqlite3.Connection) -> None:
        self.dbapi = driver
        self._begin = False
        self._courier = courier
        self._connection: Any = sqlite
        self._sqlite = sqlite

    def begin(self) -> None:
        """Begin an immediate transaction together with the statement that comes next."""
        self._begin = True

    def send(self, operation: str, parameters: Any, *, many: bool) -> tuple[Any, ...]:
        """Run a statement; return its rows, description, last row id and row count."""
        sqlite, begin = self._sqlite, self._begin

        def errand() -> tuple[Any, ...]:
            if begin and not sqlite.in_transaction:
                sqlite.execute(_BEGIN)
            run = sqlite.executemany if many else sqlite.execute
            cursor = run(operation, parameters)
            rows: Sequence[Any] = cursor.fetchall()
            told = (rows, cursor.description, cursor.lastrowid, cursor.rowcount)
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

    def connect(self, *given: Any, **named: Any) -> Connection:
        """Open a database in a thread of its own."""
        courier = Courier()
        try:
            sqlite = await_(
                courier.run(lambda: sqlite3.connect(*given, **named, isolation_level=None))
            )
        except BaseException:
            courier.stop()
            raise
        return Connection(self, courier, sqlite)
