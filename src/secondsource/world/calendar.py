"""What is given from outside: seasons, how tight the border is, when inspection teams are where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from secondsource.world import chance
from secondsource.world.parameters import Rates, Scale, Spec
from secondsource.world.society import Bytes, Floats

WEEKS = 52
QUARTER = 13
"""Weeks of a quarter, at the end of which the quota is due."""


class Calendar(NamedTuple):
    weeks: int
    tight: Floats
    """(weeks,)"""
    season: Floats
    """(counties, weeks): how passable the river is."""
    inspected: Bytes
    """(counties, weeks): 1 while a team is there."""
    pressed: Bytes
    """(counties, weeks): 1 while a team is there or announced."""


class Visit(NamedTuple):
    """An inspection that a scenario sets: the county's place in the list of counties, its first week, how many."""

    county: int
    week: int
    weeks: int


def draw(spec: Spec, rates: Rates, seed: int, scale: Scale, tight: Floats, visits: Sequence[Visit] = ()) -> Calendar:
    weeks = WEEKS * scale.years
    month = (np.arange(weeks) % WEEKS) * 12 // WEEKS
    season = np.array([[spec.seasons[c.river][m] for m in month] for c in spec.counties])
    here = np.zeros((len(spec.counties), weeks), np.int8)
    soon = np.zeros_like(here)
    notice, stay = round(rates.notice_weeks), round(rates.inspection_weeks)
    for county in range(len(spec.counties)):
        for week in _arrivals(rates, seed, county, weeks):
            here[county, week : week + stay] = 1
            soon[county, max(0, week - notice) : week + stay] = 1
    for visit in visits:
        here[visit.county, visit.week : visit.week + visit.weeks] = 1
        soon[visit.county, max(0, visit.week - notice) : visit.week + visit.weeks] = 1
    return Calendar(weeks, tight, season, here, soon)


def _arrivals(rates: Rates, seed: int, county: int, weeks: int) -> list[int]:
    """Weeks in which a team comes; none while one is there."""
    found: list[int] = []
    free = 0
    for week in range(weeks):
        u = chance.uniform(np.uint64(seed), chance.INSPECTION, county, week)
        if week >= free and u < rates.inspections_per_year / WEEKS:
            found.append(week)
            free = week + round(rates.inspection_weeks)
    return found


def tightness(spec: Spec, years: int, start: int | None, level: float | None) -> Floats:
    """By week: a constant, or the border's history from the year `start` on."""
    if start is None:
        return np.full(WEEKS * years, spec.border.stable if level is None else level)
    by_year = [
        max((t for t in spec.border.history if t.year <= start + n), key=lambda t: t.year, default=spec.border.history[0])
        for n in range(years)
    ]
    return np.repeat([t.tightness for t in by_year], WEEKS).astype(float)
