"""The first schema: record, journal, vault, reading, search."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WRITE_ONCE = ("record_report", "record_source", "record_decision", "record_journal")


def upgrade() -> None:
    op.create_table(
        "record_book",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )
    op.create_table(
        "record_report",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String, unique=True, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
    )
    for table in ("record_source", "record_decision"):
        op.create_table(
            table,
            sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
            sa.Column("id", sa.String, index=True, nullable=False),
            sa.Column("body", sa.String, nullable=False),
        )
    op.create_table(
        "record_journal",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("payload", sa.String, nullable=False),
        sa.Column("previous", sa.String, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
    )
    op.create_table(
        "vault_identity",
        sa.Column("source_id", sa.String, primary_key=True),
        sa.Column("body", sa.String, nullable=False),
    )
    op.create_table(
        "reading_report",
        sa.Column("report_id", sa.String, primary_key=True),
        sa.Column("reader", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
    )
    op.create_table(
        "reading_incident",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("body", sa.String, nullable=False),
    )
    op.create_table(
        "reading_state",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )
    op.execute("CREATE VIRTUAL TABLE search USING fts5(report_id UNINDEXED, title, text, tokenize='trigram')")
    for table in WRITE_ONCE:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is written once'); END"
            )


def downgrade() -> None:
    raise NotImplementedError("a record is never taken back")
