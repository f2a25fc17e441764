"""Who sees what, who speaks, and when it is in print. Reports come late, and of few cases."""

from __future__ import annotations

from secondsource.world import record as rec
from secondsource.world.chance import (
    FREED,
    FREED_WHEN,
    LEAKED,
    LEAKS,
    LEARNS,
    LEARNT,
    PRINTED,
    PRINTED_LATE,
    REPORTED,
    REPORTED_WHEN,
    TELLS,
    WARNED,
    delay,
    uniform,
)
from secondsource.world.compiled import compiled
from secondsource.world.hearing import frighten
from secondsource.world.parameters import Rates
from secondsource.world.record import Record
from secondsource.world.society import Society

WINDOW = 52
"""Weeks whose reports count for warnings and an officer's exposure."""


@compiled
def set_up(p: Rates, s: Society, r: Record, week: int, house: int, officer: int, broker: int) -> None:
    """A family was lured and arrested: whether it learns how, gets out and tells, or a holder does."""
    county, seed = s.houses[house].county, s.seed
    learnt, released, printed, via = rec.NONE, rec.NONE, rec.NONE, rec.NOBODY
    if uniform(seed, LEARNS, house, week) < p.learn_share:
        learnt = week + delay(seed, LEARNT, house, week, p.learn_weeks)
        rec.tick(r, rec.LEARNT, county, learnt)
    if uniform(seed, FREED, house, week) < p.release_share:
        released = week + delay(seed, FREED_WHEN, house, week, p.release_weeks)
        if learnt >= 0:
            released = max(released, learnt)
            if released < r.released.shape[1]:
                r.released[county, released] += 1.0
            if uniform(seed, TELLS, house, week) < p.tell_share:
                printed = released + delay(seed, PRINTED, house, week, p.outlet_weeks)
                via = rec.FAMILY
                rec.tick(r, rec.REPORTS, county, printed)
    if uniform(seed, LEAKS, house, week) < p.leak_share:
        leaked = week + delay(seed, LEAKED, house, week, p.leak_weeks)
        leaked += delay(seed, PRINTED_LATE, house, week, p.outlet_weeks)
        rec.tick(r, rec.REPORTS, county, leaked)
        if printed < 0 or leaked < printed:
            printed, via = leaked, rec.HOLDER
    if printed >= 0:
        rec.tick(r, rec.REPORTED, county, printed)
    persons = s.houses[house].size
    rec.note(r, week, county, rec.LURED, house, officer, broker, persons, learnt, released, printed, via)


@compiled
def ordinary(p: Rates, s: Society, r: Record, week: int, kind: int, house: int, officer: int, broker: int) -> None:
    """An ordinary arrest. A broker's own arrest has no household (-1)."""
    entity = house if house >= 0 else len(s.houses) + broker
    county = s.officers[officer].county
    printed, via = rec.NONE, rec.NOBODY
    if uniform(s.seed, REPORTED, entity, week) < p.ordinary_reported:
        printed = week + delay(s.seed, REPORTED_WHEN, entity, week, p.ordinary_weeks)
        via = rec.HOLDER
        rec.tick(r, rec.OTHER_REPORTS, county, printed)
    persons = s.houses[house].size if house >= 0 else 1
    rec.note(r, week, county, kind, house, officer, broker, persons, rec.NONE, rec.NONE, printed, via)


@compiled
def recent(r: Record, county: int, week: int) -> int:
    """Reports of set-ups that were printed within the year before `week`."""
    total = 0
    for earlier in range(max(0, week - WINDOW), week):
        total += r.counts[rec.REPORTS, county, earlier]
    return total


@compiled
def alert(p: Rates, s: Society, r: Record, week: int) -> None:
    """An alert stands where enough set-ups became known within its weeks, and lapses its weeks after the last."""
    for county in range(len(s.counties)):
        if week > 0 and r.counts[rec.REPORTED, county, week - 1] > 0:
            known = 0
            for earlier in range(max(0, week - int(p.alert_within_weeks)), week):
                known += r.counts[rec.REPORTED, county, earlier]
            if known >= p.alert_after or s.counties[county].alerted >= week:
                s.counties[county].alerted = week - 1 + int(p.alert_lasts_weeks)
        if s.counties[county].alerted >= week:
            r.counts[rec.ALERT, county, week] = 1


@compiled
def warn(p: Rates, s: Society, r: Record, week: int) -> None:
    """Warnings go out where enough was reported within a year."""
    for county in range(len(s.counties)):
        reports = recent(r, county, week)
        if p.warning_after > 0.0 and reports >= p.warning_after:
            if week - s.counties[county].warned < p.warning_repeat_weeks:
                continue
            s.counties[county].warned = week
            r.counts[rec.WARNINGS, county, week] = 1
            for house in range(s.counties[county].first_house, s.counties[county].end_house):
                if uniform(s.seed, WARNED, house, week) < p.warning_reach:
                    frighten(p, s, house, week, p.warning_effect)
