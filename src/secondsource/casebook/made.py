"""What was made of the record: readings, accounts, incidents, and what linking keeps. All of it can be made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, Select, Table, bindparam, delete, func, insert, select, true

from secondsource.casebook import outline, schema
from secondsource.casebook.draft import AT_ONCE, INCIDENTS, LINKS, VERDICTS, Draft, generation, value
from secondsource.model import Incident, Link, Reading, Voice

LINKED = TypeAdapter(list[Link])
T = TypeVar("T")


class Kept(NamedTuple):
    """An account as it was linked. `number` is its own; `rank` its place in the order of receipt; `counted` and
    `linked` what linking does with it; `incident_id` where it stands, None of one that is not linked."""

    number: int
    rank: int
    counted: bool
    linked: bool
    id: str
    report_id: str
    incident_id: str | None


@dataclass(frozen=True, slots=True)
class Stored:
    """An incident in two parts, each a JSON object: `verdict` is what rates and priors make of it, from `marks`."""

    position: int
    id: str
    body: str
    verdict: str
    marks: str

    @property
    def whole(self) -> str:
        """Its JSON."""
        return f"{self.body[:-1]},{self.verdict[1:]}"


class Made:
    """The part of an opened book that is derived. Every method is one transaction."""

    _engine: Engine

    # --- readings

    def readers(self) -> dict[str, str]:
        """Report id to the reader that read it last."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.reading.c.report_id, schema.reading.c.reader))
            return {row.report_id: row.reader for row in rows}

    def save_readings(self, readings: Iterable[Reading]) -> None:
        with self._engine.begin() as connection:
            for reading in readings:
                before = select(schema.reading.c.seq).where(schema.reading.c.report_id == reading.report_id)
                connection.execute(delete(schema.name).where(schema.name.c.reading == before.scalar_subquery()))
                connection.execute(delete(schema.reading).where(schema.reading.c.report_id == reading.report_id))
                body = reading.model_dump_json()
                values = {"report_id": reading.report_id, "reader": reading.reader, "body": body}
                (seq,) = connection.execute(insert(schema.reading).values(values)).inserted_primary_key or (0,)
                names = {claim.id for claim in reading.claims} | {voice.id for voice in reading.voices}
                if names:
                    connection.execute(insert(schema.name), [{"name": n, "reading": seq} for n in sorted(names)])

    def last_reading(self) -> int:
        """The number of the newest reading; those that come later have greater ones."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.max(schema.reading.c.seq))).scalar() or 0

    def read_since(self, seq: int) -> list[str]:
        """Reports that were read after the reading of that number, in the order of receipt."""
        query = _received(schema.reading.c.report_id).where(schema.reading.c.seq > seq)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def readings(self) -> Iterator[Reading]:
        """All, in the order in which their reports came."""
        with self._engine.connect() as connection:
            rows = connection.execution_options(yield_per=AT_ONCE).execute(_received(schema.reading.c.body))
            for body in rows.scalars():
                yield Reading.model_validate_json(body)

    def readings_of(self, report_ids: Iterable[str]) -> list[tuple[int, Reading]]:
        """Those of some reports, in the order of receipt, each with its report's place in it."""
        found: list[tuple[int, Reading]] = []
        with self._engine.connect() as connection:
            for some in in_steps(report_ids):
                query = _received(schema.report.c.seq, schema.reading.c.body)
                rows = connection.execute(query.where(schema.reading.c.report_id.in_(some)))
                found += [(row.seq, Reading.model_validate_json(row.body)) for row in rows]
        return sorted(found, key=lambda one: one[0])

    def reading(self, report_id: str) -> Reading | None:
        found = self.readings_of([report_id])
        return found[0][1] if found else None

    def reading_with(self, name: str) -> Reading | None:
        """The reading in which a claim or voice was found; None where no reader finds it now."""
        for report_id in self.reports_with([name]):
            return self.reading(report_id)
        return None

    def reports_with(self, names: Iterable[str]) -> set[str]:
        """Reports in which some claim or voice, or of which some account, has one of these ids."""
        found: set[str] = set()
        with self._engine.connect() as connection:
            of = schema.account.c.generation == generation(connection, LINKS)
            read = select(schema.reading.c.report_id).join(schema.name, schema.name.c.reading == schema.reading.c.seq)
            for some in in_steps(names):
                found.update(connection.execute(read.where(schema.name.c.name.in_(some))).scalars())
                told = select(schema.account.c.report_id).where(of, schema.account.c.id.in_(some))
                found.update(connection.execute(told).scalars())
        return found

    def names_known(self, names: Iterable[str]) -> set[str]:
        """Those of the ids that are a claim's or a voice's of some reading."""
        return self._known(schema.name, "name", names)

    # --- accounts and incidents

    def draft(self, state: Mapping[str, str]) -> Draft:
        """What is to take the place of what stands, as `state` says it does."""
        return Draft(self._engine, state)

    def accounts(self) -> list[Kept]:
        """All, by number."""
        columns = [schema.account.c[name] for name in Kept._fields]
        with self._engine.connect() as connection:
            of = schema.account.c.generation == generation(connection, LINKS)
            rows = connection.execute(select(*columns).where(of).order_by(schema.account.c.number))
            return [Kept._make(row) for row in rows]

    def accounts_known(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids that are an account's."""
        return self._known(schema.account, "id", ids, LINKS)

    def incidents_of(self, report_ids: Iterable[str]) -> set[str]:
        """Ids of the incidents that some reports tell of."""
        found: set[str] = set()
        with self._engine.connect() as connection:
            of = schema.account.c.generation == generation(connection, LINKS)
            for some in in_steps(report_ids):
                query = select(schema.account.c.incident_id).where(of, schema.account.c.report_id.in_(some))
                found.update(one for one in connection.execute(query).scalars() if one is not None)
        return found

    def descriptions(self, numbers: Iterable[int]) -> dict[int, str]:
        """What accounts are linked by, as linking wrote it."""
        found: dict[int, str] = {}
        table = schema.description
        with self._engine.connect() as connection:
            of = table.c.generation == generation(connection, LINKS)
            for some in in_steps(numbers):
                rows = connection.execute(select(table.c.number, table.c.body).where(of, table.c.number.in_(some)))
                found.update((row.number, row.body) for row in rows)
        return found

    def linking(self) -> dict[str, bytes]:
        """What linking keeps besides, its parts joined."""
        table = schema.linking
        found: dict[str, list[bytes]] = {}
        with self._engine.connect() as connection:
            query = select(table.c.name, table.c.data).where(table.c.generation == generation(connection, LINKS))
            for row in connection.execute(query.order_by(table.c.name, table.c.part)):
                found.setdefault(row.name, []).append(row.data)
        return {name: b"".join(parts) for name, parts in found.items()}

    def state(self) -> dict[str, str]:
        """What was drafted last was made from."""
        with self._engine.connect() as connection:
            return {row.key: row.value for row in connection.execute(select(schema.state))}

    def made_from(self) -> str | None:
        """Something else whenever the incidents were made anew; None before they ever were."""
        with self._engine.connect() as connection:
            return value(connection, "made_from")

    def doubtful(self) -> list[Link]:
        """The pairs of accounts to be judged, as they were drafted."""
        with self._engine.connect() as connection:
            return LINKED.validate_json(value(connection, "doubtful") or "[]")

    def undecided(self) -> int:
        """How many decisions came after the incidents were made."""
        with self._engine.connect() as connection:
            count = connection.execute(select(func.count()).select_from(schema.decision)).scalar_one()
            return int(count) - int(value(connection, "decided") or 0)

    def incidents(self) -> list[Incident]:
        with self._engine.connect() as connection:
            query = _incidents(connection).order_by(schema.incident.c.position)
            rows = connection.execution_options(yield_per=AT_ONCE).execute(query)
            return [Incident.model_validate_json(Stored(*row).whole) for row in rows]

    def outlines(self, report_ids: Iterable[str] | None = None) -> list[Incident]:
        """Incidents as lists show them, all or those that some reports tell of: of each account the first claim alone,
        of the hypotheses the likeliest without its steps, and no findings, links and marks. The database takes them
        apart, for most of the time that it takes to load an incident goes into what is left out here."""
        query = outline.query()
        with self._engine.connect() as connection:
            of = {name: generation(connection, name) for name in (INCIDENTS, VERDICTS)}
            if report_ids is None:
                rows = list(connection.execute(query, of))
            else:
                wanted = in_steps(self.incidents_of(report_ids))
                chosen = query.where(schema.incident.c.id.in_(bindparam("ids", expanding=True)))
                rows = [row for ids in wanted for row in connection.execute(chosen, of | {"ids": ids})]
        return [Incident.model_validate_json(row.body) for row in sorted(rows, key=lambda row: row.position)]

    def voices(self) -> list[Voice]:
        """Whoever is cited, in the order in which their reports came."""
        cited = func.json_each(schema.reading.c.body, "$.voices").table_valued("value")
        with self._engine.connect() as connection:
            rows = connection.execute(_received(cited.c.value).join(cited, true())).scalars()
            return [Voice.model_validate_json(one) for one in rows]

    def incidents_with(self, ids: Iterable[str]) -> list[Incident]:
        """Those of the ids that there are, in their order."""
        found = sorted(self.stored(ids), key=lambda one: one.position)
        return [Incident.model_validate_json(one.whole) for one in found]

    def incident(self, incident_id: str) -> Incident:
        """KeyError where there is none."""
        for one in self.incidents_with([incident_id]):
            return one
        raise KeyError(incident_id)

    def stored(self, ids: Iterable[str]) -> list[Stored]:
        """Incidents as they were drafted, in no order."""
        found: list[Stored] = []
        with self._engine.connect() as connection:
            for some in in_steps(ids):
                rows = connection.execute(_incidents(connection).where(schema.incident.c.id.in_(some)))
                found += [Stored(*row) for row in rows]
        return found

    def verdicts(self, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        """The same, without what rates do not change: the verdict, and what it was made from."""
        found: dict[str, tuple[str, str]] = {}
        table = schema.verdict
        with self._engine.connect() as connection:
            of = table.c.generation == generation(connection, VERDICTS)
            for some in in_steps(ids):
                rows = connection.execute(select(table).where(of, table.c.id.in_(some)))
                found.update((row.id, (row.body, row.marks)) for row in rows)
        return found

    def counts(self) -> dict[str, int]:
        """How many reports, readings and incidents there are."""
        with self._engine.connect() as connection:
            incidents = schema.incident.c.generation == generation(connection, INCIDENTS)
            return {
                name: connection.execute(query).scalar_one()
                for name, query in (
                    ("reports", select(func.count()).select_from(schema.report)),
                    ("readings", select(func.count()).select_from(schema.reading)),
                    ("incidents", select(func.count()).select_from(schema.incident).where(incidents)),
                )
            }

    def _known(self, table: Table, column: str, names: Iterable[str], what: str | None = None) -> set[str]:
        found: set[str] = set()
        with self._engine.connect() as connection:
            query = select(table.c[column])
            if what is not None:
                query = query.where(table.c.generation == generation(connection, what))
            for some in in_steps(names):
                found.update(connection.execute(query.where(table.c[column].in_(some))).scalars())
        return found


def in_steps(items: Iterable[T]) -> Iterator[list[T]]:
    """The items without doubles, so many at a time as one question may name."""
    found = list(dict.fromkeys(items))
    yield from (found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE))


def _received(*columns: Any) -> Select[Any]:
    joined = select(*columns).join(schema.report, schema.report.c.id == schema.reading.c.report_id)
    return joined.select_from(schema.reading).order_by(schema.report.c.seq)


def _incidents(connection: Connection) -> Select[Any]:
    incident, verdict = schema.incident.c, schema.verdict.c
    both = verdict.id == incident.id
    columns = select(incident.position, incident.id, incident.body, verdict.body, verdict.marks)
    return columns.join(schema.verdict, both).where(
        incident.generation == generation(connection, INCIDENTS), verdict.generation == generation(connection, VERDICTS)
    )
