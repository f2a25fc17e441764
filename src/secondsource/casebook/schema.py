"""The tables as SQLAlchemy sees them. Their making is in `migrations`; a test holds the two together."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint

metadata = MetaData()

book = Table("record_book", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))
report = Table(
    "record_report",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String, unique=True, nullable=False),
    Column("body", String, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("media_type", String, nullable=False),
)


def _versions(name: str) -> Table:
    """A table whose rows are bodies in order, several of them for one id where it changed."""
    return Table(
        name,
        metadata,
        Column("seq", Integer, primary_key=True, autoincrement=True),
        Column("id", String, index=True, nullable=False),
        Column("body", String, nullable=False),
    )


source = _versions("record_source")
decision = _versions("record_decision")
journal = Table(
    "record_journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("payload", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)
identity = Table(
    "vault_identity",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("body", String, nullable=False),
)
reading = Table(
    "reading_report",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("report_id", String, nullable=False),
    Column("reader", String, nullable=False),
    Column("body", String, nullable=False),
    UniqueConstraint("report_id"),
    Index("ix_reading_report_reader", "report_id", "reader"),
    sqlite_autoincrement=True,
)
"""`seq` grows with every reading, so that those made since some moment are known."""
name = Table(
    "reading_name",
    metadata,
    Column("name", String, primary_key=True),
    Column("reading", Integer, primary_key=True, index=True),
)
"""Claims and voices to the reading that found them."""
account = Table(
    "reading_account",
    metadata,
    Column("generation", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("counted", Boolean, nullable=False),
    Column("linked", Boolean, nullable=False),
    Column("id", String, nullable=False, index=True),
    Column("report_id", String, nullable=False, index=True),
    Column("incident_id", String),
)
description = Table(
    "reading_description",
    metadata,
    Column("generation", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("body", String, nullable=False),
)
linking = Table(
    "reading_linking",
    metadata,
    Column("generation", Integer, primary_key=True),
    Column("name", String, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""What linking knows besides: bytes that it alone understands, each name in parts that follow one another."""
incident = Table(
    "reading_incident",
    metadata,
    Column("generation", Integer, primary_key=True),
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("body", String, nullable=False),
    Index("ix_reading_incident_position", "generation", "position"),
)
verdict = Table(
    "reading_verdict",
    metadata,
    Column("generation", Integer, primary_key=True),
    Column("id", String, primary_key=True),
    Column("body", String, nullable=False),
    Column("marks", String, nullable=False),
)
"""The rest of an incident: what rates and priors make of it, and what they make it from."""
state = Table(
    "reading_state", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False)
)
