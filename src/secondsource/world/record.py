"""What a run leaves behind: counts by county and week, and, where it is asked for, every arrest."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from secondsource.world.compiled import compiled
from secondsource.world.society import Floats, Ints

COUNTS = (
    "attempts",  # persons who set out by a plan of their own
    "escaped",  # persons who crossed
    "by_patrol",  # persons caught by guards
    "by_officer",  # persons caught by an officer on his beat
    "betrayed",  # persons given away by a turned broker on a plan of their own
    "set_up",  # persons lured and arrested
    "set_ups",  # set-ups that ended in an arrest
    "invited",  # households that a turned broker invited
    "seen_through",  # of them, those that checked and saw
    "spared",  # of them, those that the broker warned
    "refused",  # of them, those that did not trust it
    "learnt",  # set-ups whose families learn how it was done, in the week in which they do
    "reported",  # set-ups, in the week of their first report
    "reports",  # reports of set-ups
    "other_reports",  # reports of ordinary arrests
    "brokers_jailed",
    "tolerating",  # officers, by what they do in the week
    "arresting",
    "manufacturing",
    "alert",  # 1 while an alert stands
    "warnings",  # warnings published
)
(
    ATTEMPTS, ESCAPED, BY_PATROL, BY_OFFICER, BETRAYED, SET_UP, SET_UPS, INVITED, SEEN_THROUGH, SPARED, REFUSED,
    LEARNT, REPORTED, REPORTS, OTHER_REPORTS, BROKERS_JAILED, TOLERATING, ARRESTING, MANUFACTURING, ALERT, WARNINGS,
) = range(len(COUNTS))  # fmt: skip

KINDS = ("patrol", "officer", "betrayed", "set_up", "broker")
PATROL, OFFICER, TIP, LURED, BROKER = range(len(KINDS))
NONE = -1
"""Of what is not there: a week that never comes, a household that is none. (A name, not the number itself, lest
a version be compiled for every number.)"""
NOBODY, FAMILY, HOLDER = 0, 1, 2
"""By whom a case comes out."""

COLUMNS = (
    "week",
    "county",
    "kind",
    "household",
    "officer",
    "broker",
    "persons",
    "learnt",
    "released",
    "printed",
    "via",
)
LATER = 260
"""Weeks after the end for which what is on its way is kept."""


class Record(NamedTuple):
    counts: Ints
    """(COUNTS, counties, weeks + LATER)"""
    bribes: Floats
    """(counties, weeks), thousand yuan."""
    released: Floats
    """(counties, weeks + LATER): families set free, and families narrowly spared: of them people talk."""
    arrived: Floats
    """(weeks + LATER,): persons who come to the South."""
    events: Ints
    """(room, COLUMNS): one row an arrest, as many as `total` says; weeks that never come are -1."""
    total: Ints
    """(1,): how many arrests there were, with or without room."""


def blank(counties: int, weeks: int, room: int) -> Record:
    return Record(
        counts=np.zeros((len(COUNTS), counties, weeks + LATER), np.int32),
        bribes=np.zeros((counties, weeks)),
        released=np.zeros((counties, weeks + LATER)),
        arrived=np.zeros(weeks + LATER),
        events=np.empty((room, len(COLUMNS)), np.int32),
        total=np.zeros(1, np.int32),
    )


@compiled
def note(
    record: Record,
    week: int,
    county: int,
    kind: int,
    house: int,
    officer: int,
    broker: int,
    persons: int,
    learnt: int,
    released: int,
    printed: int,
    via: int,
) -> None:
    """An arrest, into the next row that has room."""
    row = record.total[0]
    record.total[0] += 1
    if row < record.events.shape[0]:
        record.events[row, 0], record.events[row, 1] = week, county
        record.events[row, 2], record.events[row, 3] = kind, house
        record.events[row, 4], record.events[row, 5], record.events[row, 6] = officer, broker, persons
        record.events[row, 7], record.events[row, 8], record.events[row, 9] = learnt, released, printed
        record.events[row, 10] = via


@compiled
def add(record: Record, what: int, county: int, week: int, amount: int) -> None:
    """What lies beyond the kept weeks is never seen."""
    if 0 <= week < record.counts.shape[2]:
        record.counts[what, county, week] += amount


@compiled
def tick(record: Record, what: int, county: int, week: int) -> None:
    """One more."""
    if 0 <= week < record.counts.shape[2]:
        record.counts[what, county, week] += 1
