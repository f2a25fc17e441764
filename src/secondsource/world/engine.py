"""One run of the world, week by week. Numba compiles it at the first call, in a few seconds.

run = play(spec, scenario_rates, seed=7, scale=spec.scale, tight=...)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secondsource.world import calendar, record, society
from secondsource.world.brokers import come_back
from secondsource.world.calendar import Calendar, Visit
from secondsource.world.compiled import compiled
from secondsource.world.hearing import talk
from secondsource.world.households import week_of_households
from secondsource.world.officers import decide, remember, spring
from secondsource.world.parameters import Rates, Scale, Spec, as_record
from secondsource.world.record import Record
from secondsource.world.scenarios import Scenario
from secondsource.world.seeing import alert, warn
from secondsource.world.society import Floats, Society


@dataclass(frozen=True, slots=True)
class Run:
    """What happened. `record` has the counts; `calendar` what was given from outside."""

    seed: int
    scale: Scale
    rates: Rates
    calendar: Calendar
    record: Record


def play(
    spec: Spec,
    rates: Rates,
    *,
    seed: int,
    scale: Scale,
    tight: Floats,
    visits: Sequence[Visit] = (),
    room: int = 0,
    inspections: int | None = None,
) -> Run:
    """Plays `scale.years` years. `tight`: tightness by week. `room`: how many arrests are kept one by one.
    `inspections`: a seed for their calendar, where it is not to be the run's own.

    The same arguments give the same bits, in whatever process.
    """
    people = society.settle(spec, rates, seed, scale)
    around = calendar.draw(spec, rates, seed if inspections is None else inspections, scale, tight, visits)
    left = record.blank(len(spec.counties), len(tight), room)
    _weeks(as_record(rates), people, around, left)
    return Run(seed, scale, rates, around, left)


def play_scenario(
    spec: Spec,
    scenario: Scenario,
    *,
    seed: int,
    years: int | None = None,
    households: int | None = None,
    changes: Mapping[str, float] | None = None,
    inspections: int | None = None,
) -> Run:
    """Plays a scenario, with room for every arrest there can be. ValueError where its numbers are out of range."""
    scale = scenario.scale(spec, years, households)
    rates = scenario.rates(spec, changes)
    tight = calendar.tightness(spec, scale.years, scenario.history_from, scenario.tightness)
    return play(
        spec,
        rates,
        seed=seed,
        scale=scale,
        tight=tight,
        visits=calendar.visits(spec, scenario, scale),
        room=_most_arrests(spec, rates, scale),
        inspections=inspections,
    )


def _most_arrests(spec: Spec, rates: Rates, scale: Scale) -> int:
    """No household is arrested again before another stands in its place, and no broker before his time is over."""
    weeks = calendar.WEEKS * scale.years
    households = scale.households + len(spec.counties)
    brokers = households // scale.households_per_broker + len(spec.counties)
    return households * (weeks // int(rates.away_weeks) + 1) + brokers * (weeks // int(rates.jail_weeks) + 1)


@compiled
def _weeks(p: Rates, s: Society, k: Calendar, r: Record) -> None:
    for week in range(len(k.tight)):
        come_back(s, week)
        alert(p, s, r, week)
        warn(p, s, r, week)
        decide(p, s, k, r, week)
        spring(p, s, r, week)
        talk(p, s, r, week)
        week_of_households(p, s, k, r, week)
        remember(s)
