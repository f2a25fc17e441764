"""One run of the world, week by week. Numba compiles it at the first call, in a few seconds.

run = play(spec, scenario_rates, seed=7, scale=spec.scale, tight=...)
"""

from __future__ import annotations

from collections.abc import Sequence
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
from secondsource.world.seeing import warn
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


@compiled
def _weeks(p: Rates, s: Society, k: Calendar, r: Record) -> None:
    for week in range(len(k.tight)):
        come_back(s, week)
        warn(p, s, r, week)
        decide(p, s, k, r, week)
        spring(p, s, r, week)
        talk(p, s, r, week)
        week_of_households(p, s, k, r, week)
        remember(s)
