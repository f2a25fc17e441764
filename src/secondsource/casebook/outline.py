"""An incident as lists show it: taken apart by the database, because most of the time that it takes to load one goes
into claims and findings, which no list shows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, literal_column, select

from secondsource.casebook import schema
from secondsource.casebook.draft import INCIDENTS, VERDICTS

BODY = """json_object(
    'id', reading_incident.id,
    'practice', reading_incident.body -> '$.practice',
    'acts', reading_incident.body -> '$.acts',
    'perpetrators', reading_incident.body -> '$.perpetrators',
    'places', reading_incident.body -> '$.places',
    'when', reading_incident.body -> '$.when',
    'victims', reading_incident.body -> '$.victims',
    'corroboration', reading_incident.body -> '$.corroboration',
    'headline', reading_incident.body -> '$.headline',
    'manufactured', reading_verdict.body -> '$.manufactured',
    'hypotheses', CASE
        WHEN json_array_length(reading_verdict.body, '$.hypotheses')
        THEN json_array(json_set(reading_verdict.body -> '$.hypotheses[0]', '$.steps', json('[]')))
        ELSE json('[]')
    END,
    'accounts', (
        SELECT json_group_array(json_object(
            'id', one.value -> '$.id',
            'report_id', one.value -> '$.report_id',
            'claims', CASE
                WHEN json_array_length(one.value, '$.claims') THEN json_array(one.value -> '$.claims[0]')
                ELSE json('[]')
            END
        ))
        FROM json_each(reading_incident.body, '$.accounts') AS one
    )
)"""


def query() -> Select[Any]:
    """Positions and bodies; takes the generations of incidents and verdicts that count as parameters."""
    incident, verdict = schema.incident.c, schema.verdict.c
    columns = select(incident.position, literal_column(BODY).label("body"))
    return columns.join(schema.verdict, verdict.id == incident.id).where(
        incident.generation == bindparam(INCIDENTS), verdict.generation == bindparam(VERDICTS)
    )
