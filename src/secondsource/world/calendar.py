"""What is given from outside: seasons, how tight the border is, when inspection teams are where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from secondsource.world import chance
from secondsource.world.parameters import Rates, Scale, Spec
from secondsource.world.scenarios import Scenario
from secondsource.world.society import Floats, Table

WEEKS = 52
QUARTER = 13
"""Weeks of a quarter, at the end of which the quota is due."""


DAY = np.dtype(
    [
        ("season", "f8"),  # how passable the river is
        ("inspected", "i8"),  # 1 while a team is there
        ("pressed", "i8"),  # 1 while a team is there or announced
    ]
)


class Calendar(NamedTuple):
    tight: Floats
    """(weeks,)"""
    days: Table
    """(counties, weeks) of DAY"""


class Visit(NamedTuple):
    """An inspection that a scenario sets: the county's place in the list of counties, its first week, how many."""

    county: int
    week: int
    weeks: int


def draw(spec: Spec, rates: Rates, seed: int, scale: Scale, tight: Floats, visits: Sequence[Visit] = ()) -> Calendar:
    weeks = WEEKS * scale.years
    month = (np.arange(weeks) % WEEKS) * 12 // WEEKS
    days = np.zeros((len(spec.counties), weeks), DAY)
    days["season"] = [[spec.seasons[c.river][m] for m in month] for c in spec.counties]
    stay = round(rates.inspection_weeks)
    drawn = [Visit(c, w, stay) for c in range(len(spec.counties)) for w in _arrivals(rates, seed, c, weeks)]
    for visit in (*drawn, *visits):
        end = visit.week + visit.weeks
        days["inspected"][visit.county, visit.week : end] = 1
        days["pressed"][visit.county, max(0, visit.week - round(rates.notice_weeks)) : end] = 1
    return Calendar(tight, days)


def _arrivals(rates: Rates, seed: int, county: int, weeks: int) -> list[int]:
    """Weeks in which a team comes; none while one is there."""
    found: list[int] = []
    free = 0
    drawn = chance.weekly(np.uint64(seed), chance.INSPECTION, county, weeks)
    for week in np.flatnonzero(drawn < rates.inspections_per_year / WEEKS).tolist():
        if week >= free:
            found.append(week)
            free = week + round(rates.inspection_weeks)
    return found


def tightness(spec: Spec, years: int, start: int | None, level: float | None) -> Floats:
    """By week: a constant, or the border's history from the year `start` on."""
    if start is None:
        return np.full(WEEKS * years, spec.border.stable if level is None else level)
    history = sorted(spec.border.history, key=lambda t: t.year)
    by_year = [[t for t in history if t.year <= start + n][-1:] or history[:1] for n in range(years)]
    return np.repeat([t[0].tightness for t in by_year], WEEKS).astype(float)


def visits(spec: Spec, scenario: Scenario, scale: Scale) -> list[Visit]:
    """The inspections that a scenario sets. ValueError for a county that the world has not."""
    places = [c.place for c in spec.counties]
    found = []
    for one in scenario.inspections:
        if one.place not in places:
            raise ValueError(f"{one.place}: no county of the world")
        if one.week >= WEEKS * scale.years:
            raise ValueError(f"an inspection in week {one.week} of a run of {WEEKS * scale.years}")
        found.append(Visit(places.index(one.place), one.week, one.weeks))
    return found
