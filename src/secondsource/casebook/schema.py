"""The tables as SQLAlchemy sees them. Their making is in `migrations`; a test holds the two together."""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table

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
    Column("report_id", String, primary_key=True),
    Column("reader", String, nullable=False),
    Column("body", String, nullable=False),
)
incident = Table(
    "reading_incident",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("body", String, nullable=False),
)
state = Table(
    "reading_state", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False)
)
