"""What a casebook holds, in and out. Knows tables; judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, delete, insert, select, text

from secondsource.casebook import file, journal, schema
from secondsource.casebook.journal import Fault
from secondsource.casebook.made import Made, in_steps
from secondsource.model import Decision, JournalEntry, Report, Source

SNIPPET = 60
"""Characters shown on each side of what was searched for."""
MOST_WORDS = 200
"""Of one search: SQLite joins no more than 500 queries."""


_UNSTORED = re.compile("[\0\ud800-\udfff]")
"""What no text in a book holds, and no query of a database may."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that a search found. `starts` are the offsets in its text; `snippet` is around the first."""

    report_id: str
    title: str | None
    snippet: str
    starts: tuple[int, ...]


def create(path: Path, passphrase: str, *, pack: str) -> Casebook:
    """A new book at `path`, which must not exist."""
    salt = file.new_salt(path)
    try:
        engine = file.engine(path, file.derive_key(passphrase, salt))
        file.migrate(engine)
        with engine.begin() as connection:
            connection.execute(insert(schema.book).values(key="pack", value=pack))
            journal.append(connection, "book.new", "book", {"pack": pack})
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Casebook(path, engine)


def open_file(path: Path, passphrase: str) -> Casebook:
    engine = file.engine(path, file.derive_key(passphrase, file.read_salt(path)))
    file.migrate(engine)
    return Casebook(path, engine)


class Casebook(Made):
    """An opened book. Every method is one transaction; what it has returned from is on the disk."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    def close(self) -> None:
        self._engine.dispose()

    @property
    def pack(self) -> str:
        with self._engine.connect() as connection:
            return str(connection.execute(select(schema.book.c.value).where(schema.book.c.key == "pack")).scalar_one())

    # --- the record

    def add_reports(self, reports: Sequence[tuple[Report, bytes, str]]) -> list[Report]:
        """Stores those not yet there, all or none; gives back the new ones. Each is (report, bytes, media type)."""
        new: list[Report] = []
        with self._engine.begin() as connection:
            # Writing first takes the lock at once, so that two writers queue instead of failing halfway.
            connection.execute(text("UPDATE record_book SET value = value WHERE key = 'pack'"))
            known = set(
                connection.execute(
                    select(schema.report.c.id).where(schema.report.c.id.in_([r.id for r, _, _ in reports]))
                ).scalars()
            )
            for report, data, media_type in reports:
                if report.id in known:
                    continue
                known.add(report.id)
                body = report.model_dump_json()
                connection.execute(
                    insert(schema.report).values(id=report.id, body=body, data=data, media_type=media_type)
                )
                connection.execute(
                    text("INSERT INTO search (report_id, title, text) VALUES (:i, :t, :x)"),
                    {"i": report.id, "t": report.title or "", "x": report.text},
                )
                proof = {"body": journal.digest(body), "data": journal.digest(data)}
                journal.append(connection, "report.add", report.id, proof)
                new.append(report)
        return new

    def reports(self) -> list[Report]:
        """All reports in the order in which they came."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.report.c.body).order_by(schema.report.c.seq)).scalars()
            return [Report.model_validate_json(body) for body in rows]

    def report_ids(self) -> list[str]:
        """Of all reports, in the order in which they came."""
        with self._engine.connect() as connection:
            # Unsorted, so that the index answers, and not a walk past all texts.
            rows = connection.execute(select(schema.report.c.id, schema.report.c.seq)).all()
        return [row.id for row in sorted(rows, key=lambda row: row.seq)]

    def reports_of(self, ids: Iterable[str]) -> dict[str, Report]:
        """Some reports by id."""
        found: dict[str, Report] = {}
        with self._engine.connect() as connection:
            for some in in_steps(ids):
                rows = connection.execute(select(schema.report.c.body).where(schema.report.c.id.in_(some))).scalars()
                found.update((one.id, one) for one in map(Report.model_validate_json, rows))
        return found

    def report(self, report_id: str) -> Report:
        """KeyError where there is none."""
        return Report.model_validate_json(self._body(schema.report, report_id))

    def original(self, report_id: str) -> tuple[bytes, str]:
        """The bytes as received and their media type."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(schema.report.c.data, schema.report.c.media_type).where(schema.report.c.id == report_id)
            ).first()
        if row is None:
            raise KeyError(report_id)
        return bytes(row.data), str(row.media_type)

    def add_decision(self, decision: Decision) -> None:
        with self._engine.begin() as connection:
            _append(connection, schema.decision, "decision", decision.id, decision.model_dump_json())

    def decisions(self, after: int = 0) -> list[Decision]:
        """All in the order in which they were made, or those after the first so many."""
        query = select(schema.decision.c.body).order_by(schema.decision.c.seq).limit(-1).offset(after)
        with self._engine.connect() as connection:
            rows = connection.execute(query).scalars()
            return [Decision.model_validate_json(body) for body in rows]

    def set_source(self, source: Source, *, identity: str | None = None) -> None:
        """A source as it is now known; earlier versions stay. `identity` goes to the vault and nowhere else."""
        with self._engine.begin() as connection:
            _append(connection, schema.source, "source.set", source.id, source.model_dump_json())
            if identity is not None:
                connection.execute(delete(schema.identity).where(schema.identity.c.source_id == source.id))
                connection.execute(insert(schema.identity).values(source_id=source.id, body=identity))

    def sources(self) -> list[Source]:
        """The newest version of each, oldest source first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.source.c.body).order_by(schema.source.c.seq)).scalars()
            latest = {s.id: s for s in (Source.model_validate_json(body) for body in rows)}
        return list(latest.values())

    def journal(self, limit: int = 100, before: int | None = None) -> list[JournalEntry]:
        """Newest first."""
        query = select(schema.journal).order_by(schema.journal.c.seq.desc()).limit(limit)
        if before is not None:
            query = query.where(schema.journal.c.seq < before)
        with self._engine.connect() as connection:
            return [JournalEntry.model_validate(dict(row._mapping)) for row in connection.execute(query)]

    def head(self) -> str:
        with self._engine.connect() as connection:
            return journal.head(connection)

    def verify(self, noted: str | None = None) -> list[Fault]:
        """Everything in the file that is not as it was written; empty where all is well."""
        with self._engine.connect() as connection:
            pages = connection.execute(text("PRAGMA cipher_integrity_check")).scalars().all()
            faults = [Fault("file", str(page)) for page in pages]
            try:
                faults += journal.check_chain(connection)
                faults += list(_check_record(connection))
                if noted is not None:
                    faults += journal.check_head(connection, noted)
            except file.Unusable as error:
                faults.append(Fault("file", f"{error.strerror}; what comes after could not be checked"))
        return faults

    # --- search

    def search(self, words: Sequence[Sequence[str]], limit: int = 50) -> list[Hit]:
        """Reports that hold, for each inner list, one of its alternatives; anywhere, in any script.

        The trigram index answers for three characters and more; shorter words (회령) are looked for
        by reading on. ValueError for more than 200 words.
        """
        wanted = [[a for a in alternatives if a.strip()] for alternatives in words]
        wanted = [list(a) for a in dict.fromkeys(tuple(alternatives) for alternatives in wanted if alternatives)]
        if not wanted or any(_UNSTORED.search(a) for alternatives in wanted for a in alternatives):
            return []
        if len(wanted) > MOST_WORDS:
            raise ValueError(f"a search takes at most {MOST_WORDS} words")
        clauses, values = [], {}
        for number, alternatives in enumerate(wanted):
            if all(len(a) >= 3 for a in alternatives):
                clauses.append(f"search MATCH :m{number}")
                values[f"m{number}"] = " OR ".join('"' + a.replace('"', '""') + '"' for a in alternatives)
            else:
                parts = []
                for k, a in enumerate(alternatives):
                    parts.append(f"(text LIKE :l{number}_{k} ESCAPE '\\' OR title LIKE :l{number}_{k} ESCAPE '\\')")
                    values[f"l{number}_{k}"] = "%" + re.sub(r"([\\%_])", r"\\\1", a) + "%"
                clauses.append("(" + " OR ".join(parts) + ")")
        # One MATCH is allowed for each query of an FTS table, so each clause is a query of its own.
        query = " INTERSECT ".join(f"SELECT rowid FROM search WHERE {clause}" for clause in clauses)  # noqa: S608
        with self._engine.connect() as connection:
            rows = connection.execute(
                text(f"SELECT report_id, title, text FROM search WHERE rowid IN ({query}) LIMIT :limit"),  # noqa: S608
                values | {"limit": limit},
            ).all()
        return [_hit(row.report_id, row.title, row.text, wanted) for row in rows]

    def _body(self, table: Table, row_id: str) -> str:
        with self._engine.connect() as connection:
            body = connection.execute(select(table.c.body).where(table.c.id == row_id)).scalar()
        if body is None:
            raise KeyError(row_id)
        return str(body)


def _append(connection: Connection, table: Table, kind: str, subject: str, body: str) -> None:
    connection.execute(insert(table).values(id=subject, body=body))
    journal.append(connection, kind, subject, {"body": journal.digest(body)})


def _hit(report_id: str, title: str, body: str, wanted: Sequence[Sequence[str]]) -> Hit:
    pattern = re.compile("|".join(re.escape(a) for alternatives in wanted for a in alternatives), re.IGNORECASE)
    starts = tuple(m.start() for m in pattern.finditer(body))
    first = starts[0] if starts else 0
    left, right = max(0, first - SNIPPET), min(len(body), first + SNIPPET)
    snippet = ("…" if left else "") + body[left:right].replace("\n", " ") + ("…" if right < len(body) else "")
    return Hit(report_id, title or None, snippet, starts)


def _check_record(connection: Connection) -> Iterator[Fault]:
    """Each row of the record against the journal entry that brought it, in both directions."""
    entries = connection.execute(
        select(schema.journal.c.kind, schema.journal.c.subject, schema.journal.c.payload).order_by(schema.journal.c.seq)
    ).all()
    for table, kind in ((schema.report, "report.add"), (schema.decision, "decision"), (schema.source, "source.set")):
        promised = [(e.subject, e.payload) for e in entries if e.kind == kind]
        rows = connection.execution_options(yield_per=200).execute(select(table).order_by(table.c.seq))
        count = 0
        for count, row in enumerate(rows, start=1):
            proof = {"body": journal.digest(row.body)}
            if kind == "report.add":
                proof["data"] = journal.digest(bytes(row.data))
            if count > len(promised):
                yield Fault(f"{table.name} {row.id}", "stands in no journal entry")
            elif promised[count - 1] != (row.id, journal.canonical(proof)):
                yield Fault(f"{table.name} {row.id}", "is not what the journal says was written")
        for subject, _ in promised[count:]:
            yield Fault(f"{table.name} {subject}", "the journal has it, the record does not")
