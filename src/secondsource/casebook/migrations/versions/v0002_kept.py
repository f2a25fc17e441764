"""What linking knows is kept, so that new reports need not have all linked anew.

What was made of the record bears a generation: rows of a new one can be written at leisure, and are seen only once
the state names it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _readings()
    _incidents()
    op.create_table(
        "reading_account",
        sa.Column("generation", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("counted", sa.Boolean, nullable=False),
        sa.Column("linked", sa.Boolean, nullable=False),
        sa.Column("id", sa.String, nullable=False, index=True),
        sa.Column("report_id", sa.String, nullable=False, index=True),
        sa.Column("incident_id", sa.String, nullable=True),
    )
    op.create_table(
        "reading_description",
        sa.Column("generation", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("body", sa.String, nullable=False),
    )
    op.create_table(
        "reading_linking",
        sa.Column("generation", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    # So that accounts can be named before the next update has made them anew.
    op.execute(
        "INSERT INTO reading_account SELECT 0, row_number() OVER (ORDER BY i.position, a.key) - 1, 0, 1, 1, "
        "json_extract(a.value, '$.id'), json_extract(a.value, '$.report_id'), i.id "
        "FROM reading_incident AS i, json_each(i.body, '$.accounts') AS a"
    )


def _readings() -> None:
    op.rename_table("reading_report", "reading_report_before")
    op.create_table(
        "reading_report",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("report_id", sa.String, nullable=False),
        sa.Column("reader", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.UniqueConstraint("report_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reading_report_reader", "reading_report", ["report_id", "reader"])
    op.execute(
        "INSERT INTO reading_report (report_id, reader, body) "
        "SELECT b.report_id, b.reader, b.body FROM reading_report_before AS b "
        "JOIN record_report AS r ON r.id = b.report_id ORDER BY r.seq"
    )
    op.drop_table("reading_report_before")
    op.create_table(
        "reading_name",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("reading", sa.Integer, primary_key=True, index=True),
    )
    op.execute(
        "INSERT OR IGNORE INTO reading_name SELECT json_extract(n.value, '$.id'), r.seq "
        "FROM reading_report AS r, (SELECT '$.claims' AS path UNION SELECT '$.voices') AS p, "
        "json_each(r.body, p.path) AS n"
    )


def _incidents() -> None:
    op.rename_table("reading_incident", "reading_incident_before")
    op.create_table(
        "reading_incident",
        sa.Column("generation", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("body", sa.String, nullable=False),
    )
    op.create_index("ix_reading_incident_position", "reading_incident", ["generation", "position"])
    op.execute("INSERT INTO reading_incident SELECT 0, id, position, body FROM reading_incident_before")
    op.drop_table("reading_incident_before")
    op.create_table(
        "reading_verdict",
        sa.Column("generation", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("body", sa.String, nullable=False),
        sa.Column("marks", sa.String, nullable=False),
    )
    op.execute(
        "INSERT INTO reading_verdict "
        "SELECT 0, id, json_object('manufactured', json_extract(body, '$.manufactured')), '{}' FROM reading_incident"
    )


def downgrade() -> None:
    raise NotImplementedError("a record is never taken back")
