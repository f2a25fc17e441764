"""Writing what was made of the record so that it is seen wholly or not at all.

Rows bear a generation, and the state names the one that counts. What changes a little is written where it stands,
in one transaction. What is made anew altogether gets a generation of its own, is written as it comes, and counts
from the commit on; a run that was killed leaves rows that nobody sees, and the next one takes them away.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Executable,
    Integer,
    Table,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
)

from secondsource.casebook import schema

LINKS, INCIDENTS, VERDICTS = "links", "incidents", "verdicts"
"""What can be made anew by itself."""
TABLES: dict[str, tuple[Table, ...]] = {
    LINKS: (schema.account, schema.description, schema.linking),
    INCIDENTS: (schema.incident,),
    VERDICTS: (schema.verdict,),
}
VERSION = "version"
AT_ONCE = 500
"""Rows that are written in one transaction, or asked for at one time."""
Row = dict[str, Any]


class Superseded(Exception):
    """Another program made the incidents anew meanwhile: what was drafted rests on what is no more."""


def value(connection: Connection, key: str) -> str | None:
    return connection.execute(select(schema.state.c.value).where(schema.state.c.key == key)).scalar()


def generation(connection: Connection, what: str) -> int:
    """That of the rows that count."""
    return int(value(connection, what) or 0)


class Draft:
    """What is being made. Nothing of it is seen before `commit`."""

    def __init__(self, engine: Engine, state: Mapping[str, str]) -> None:
        """`state`: as it was before anything was looked at."""
        self._engine = engine
        self._anew: set[str] = set()
        self._waiting: dict[str, list[tuple[Executable, list[Row]]]] = {what: [] for what in TABLES}
        self._written: dict[Table, int] = {}
        self._version = state.get(VERSION)
        self._generation = {what: int(state.get(what, 0)) for what in TABLES}

    def anew(self, what: str) -> None:
        """Of LINKS, INCIDENTS or VERDICTS, nothing that stands is to be kept. Before anything of it is drafted."""
        self._sweep(what)
        self._anew.add(what)
        # Of no other that may be drafting now.
        self._generation[what] = secrets.randbits(48)

    def accounts(self, rows: Iterable[Row]) -> None:
        """Columns of `schema.account` but the generation. One of the same number is replaced."""
        self._put(LINKS, schema.account, rows)

    def descriptions(self, rows: Iterable[tuple[int, str]]) -> None:
        self._put(LINKS, schema.description, ({"number": n, "body": body} for n, body in rows))

    def forget(self, numbers: Collection[int]) -> None:
        """Accounts of these numbers."""
        for table in (schema.account, schema.description):
            self._drop(LINKS, table, "number", numbers)

    def linking(self, parts: Mapping[str, bytes], *, whole: bool) -> None:
        """What linking keeps besides, by name: `whole`, or one part more of each."""
        if whole:
            self._drop(LINKS, schema.linking, "name", list(parts))
        part = 0 if whole else 1 + self._last_part()
        self._put(LINKS, schema.linking, ({"name": n, "part": part, "data": data} for n, data in parts.items()))

    def incidents(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """Position, id and body. One of the same id is replaced."""
        self._put(INCIDENTS, schema.incident, ({"position": p, "id": i, "body": body} for p, i, body in rows))

    def verdicts(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Of incidents: id, the rest of the body, and what it was made from."""
        self._put(VERDICTS, schema.verdict, ({"id": i, "body": body, "marks": marks} for i, body, marks in rows))

    def drop_incidents(self, ids: Collection[str]) -> None:
        self._drop(INCIDENTS, schema.incident, "id", ids)
        self._drop(VERDICTS, schema.verdict, "id", ids)

    def commit(self, state: Mapping[str, str]) -> None:
        """All of it at once, and what it was made from. Superseded where another came first."""
        own = {VERSION: str(int(self._version or 0) + 1)} | {k: str(v) for k, v in self._generation.items()}
        with self._engine.begin() as connection:
            # Writing first takes the lock at once, so that nothing comes between looking and writing.
            connection.execute(text("UPDATE record_book SET value = value WHERE key = 'pack'"))
            if value(connection, VERSION) != self._version:
                raise Superseded
            for what in TABLES:
                self._write(connection, what)
            for what in self._anew:
                self._check(connection, what)
            rows = [{"key": key, "value": held} for key, held in {**state, **own}.items()]
            connection.execute(insert(schema.state).prefix_with("OR REPLACE"), rows)
        for what in self._anew:
            self._sweep(what)

    def _put(self, what: str, table: Table, rows: Iterable[Row]) -> None:
        found = [{"generation": self._generation[what], **row} for row in rows]
        self._written[table] = self._written.get(table, 0) + len(found)
        self._later(what, insert(table).prefix_with("OR REPLACE"), found)

    def _drop(self, what: str, table: Table, column: str, keys: Collection[Any]) -> None:
        if what not in self._anew:
            of = table.c.generation == self._generation[what]
            gone = delete(table).where(of, table.c[column] == bindparam("gone"))
            self._later(what, gone, [{"gone": key} for key in keys])

    def _later(self, what: str, statement: Executable, rows: list[Row]) -> None:
        if rows:
            self._waiting[what].append((statement, rows))
        # What nobody sees yet may be written at once; what is seen waits for the rest.
        if what in self._anew and sum(len(found) for _, found in self._waiting[what]) >= AT_ONCE:
            with self._engine.begin() as connection:
                self._write(connection, what)

    def _write(self, connection: Connection, what: str) -> None:
        for statement, rows in self._waiting[what]:
            connection.execute(statement, rows)
        self._waiting[what].clear()

    def _check(self, connection: Connection, what: str) -> None:
        """Another program that begins takes away what it knows nothing of."""
        for table in TABLES[what]:
            of = table.c.generation == self._generation[what]
            there = connection.execute(select(func.count()).select_from(table).where(of)).scalar_one()
            if there != self._written.get(table, 0):
                raise Superseded

    def _last_part(self) -> int:
        of = schema.linking.c.generation == self._generation[LINKS]
        with self._engine.connect() as connection:
            return connection.execute(select(func.max(schema.linking.c.part)).where(of)).scalar() or 0

    def _sweep(self, what: str) -> None:
        """Takes away the rows that nobody sees."""
        for table in TABLES[what]:
            row: ColumnElement[int] = literal_column("rowid")
            counts = select(cast(schema.state.c.value, Integer)).where(schema.state.c.key == what)
            seen = func.coalesce(counts.scalar_subquery(), 0)
            other = select(row).select_from(table).where(table.c.generation != seen)
            gone = delete(table).where(row.in_(other.limit(AT_ONCE)))
            left = True
            while left:
                with self._engine.begin() as connection:
                    left = connection.execute(gone).rowcount > 0
