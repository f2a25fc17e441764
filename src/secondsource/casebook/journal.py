"""The journal: every change of the record, each entry's hash covering the one before.

An entry that was changed, dropped or put in between breaks the chain. A whole file set back to an
earlier day does not: against that, note the head (`seq:hash`) elsewhere and give it to `verify`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from secondsource.casebook import schema
from secondsource.model import JournalEntry

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the file that is not as it was written. `where` names the row, `what` the fault."""

    where: str
    what: str


def canonical(value: object) -> str:
    """JSON in one form only: sorted keys, no spaces, text as it is."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(data: bytes | str) -> str:
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def entry_hash(seq: int, at: str, kind: str, subject: str, payload: str, previous: str) -> str:
    return digest(canonical([seq, at, kind, subject, payload, previous]))


def append(connection: Connection, kind: str, subject: str, payload: object) -> JournalEntry:
    """Writes an entry in the transaction that makes the change it speaks of, so that both stand or fall."""
    last = connection.execute(
        select(schema.journal.c.seq, schema.journal.c.hash).order_by(schema.journal.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, GENESIS)
    at, body = now(), canonical(payload)
    entry = JournalEntry(
        seq=seq,
        at=at,
        kind=kind,
        subject=subject,
        payload=body,
        previous=previous,
        hash=entry_hash(seq, at, kind, subject, body, previous),
    )
    connection.execute(schema.journal.insert().values(**entry.model_dump()))
    return entry


def check_chain(connection: Connection) -> list[Fault]:
    faults: list[Fault] = []
    previous, expected = GENESIS, 1
    for row in connection.execute(select(schema.journal).order_by(schema.journal.c.seq)):
        where = f"journal entry {row.seq}"
        if row.seq != expected:
            faults.append(Fault(where, f"entry {expected} should stand here"))
        if row.previous != previous:
            faults.append(Fault(where, "does not follow from the entry before it"))
        if row.hash != entry_hash(row.seq, row.at, row.kind, row.subject, row.payload, row.previous):
            faults.append(Fault(where, "was changed after it was written"))
        previous, expected = row.hash, row.seq + 1
    return faults


def head(connection: Connection) -> str:
    """`seq:hash` of the newest entry: what to note elsewhere."""
    row = connection.execute(
        select(schema.journal.c.seq, schema.journal.c.hash).order_by(schema.journal.c.seq.desc()).limit(1)
    ).first()
    return f"{row.seq}:{row.hash}" if row else f"0:{GENESIS}"


def check_head(connection: Connection, noted: str) -> list[Fault]:
    """Whether a head that was noted before is still part of the chain."""
    seq, _, wanted = noted.partition(":")
    if not seq.isdecimal() or len(seq) > 15 or not wanted:
        return [Fault("noted head", "must have the form NUMBER:HASH")]
    found = connection.execute(select(schema.journal.c.hash).where(schema.journal.c.seq == int(seq))).scalar()
    if int(seq) == 0 and wanted == GENESIS:
        return []
    if found is None:
        count = connection.execute(select(func.count()).select_from(schema.journal)).scalar()
        return [Fault("noted head", f"entry {seq} is missing: the book has only {count} (was an older copy put back?)")]
    return [] if found == wanted else [Fault("noted head", f"entry {seq} is another one: the past was rewritten")]
