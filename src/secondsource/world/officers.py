"""Officers: each week they tolerate for bribes, arrest those who cross, or have an escape made."""

from __future__ import annotations

import math

from secondsource.world import record as rec
from secondsource.world import seeing
from secondsource.world.brokers import hand_over, turn
from secondsource.world.calendar import QUARTER, WEEKS, Calendar
from secondsource.world.chance import CHOICE, PLAN, uniform
from secondsource.world.compiled import compiled
from secondsource.world.parameters import Rates
from secondsource.world.record import Record
from secondsource.world.society import ARREST, MANUFACTURE, TOLERATE, Society

MEMORY = 0.05
"""Share of the last week in what an officer remembers of his beat."""
MEAN_SIZE = 1.95
"""Persons that go together, on average (society.SIZES)."""


@compiled
def worth(p: Rates, pressure: float, left: int) -> float:
    """What a missing arrest that is made `left` weeks before the deadline is worth, thousand yuan."""
    if p.quota <= 0.0:
        return 0.0
    return p.quota_value * pressure * math.exp(-left / p.urgency_weeks)


@compiled
def gain(p: Rates, each: float, persons: float, short: float) -> float:
    """What so many arrests are worth to an officer who is `short` of the quota."""
    useful = min(persons, short)
    return each * (useful + p.beyond_quota * (persons - useful))


@compiled
def payoffs(
    p: Rates,
    seen: float,
    lines: float,
    made: float,
    cost: float,
    success: float,
    reports: int,
    pressed: int,
    inspected: int,
    left: int,
) -> tuple[float, float, float]:
    """What to tolerate, to arrest and to manufacture is expected to bring in this week, thousand yuan.

    `seen`: persons who set out on the beat in a week. `left`: weeks to the deadline after this one.
    A set-up is arrested only weeks later: beyond the deadline it counts for the next quota.
    """
    pressure = 1.0 + p.inspection_pressure * pressed
    keeps = 1.0 - p.bribe_fear * inspected
    lines_pay = lines * p.remittances_per_year / WEEKS * p.bribe_remittance * keeps
    short = max(p.quota - made, 0.0)
    tolerate = seen * p.bribe_crossing * keeps + lines_pay
    arrest = lines_pay * (1.0 - p.arrest_scares) + gain(p, worth(p, pressure, left), seen * p.arrest_skill, short)
    then = left - int(p.plan_weeks)
    if then < 0:
        then, short = then + QUARTER, p.quota
    fake = gain(p, worth(p, pressure, then), MEAN_SIZE * success, short) + p.money_taken * success
    exposed = min(1.0, p.exposure_base + p.exposure_per_report * reports)
    return tolerate, arrest, tolerate + fake - cost - exposed * p.exposure_penalty


@compiled
def choose(a: float, b: float, c: float, temperature: float, u: float) -> int:
    """One of three by logit (McFadden 1974)."""
    top = max(a, b, c)
    x, y, z = math.exp((a - top) / temperature), math.exp((b - top) / temperature), math.exp((c - top) / temperature)
    u *= x + y + z
    return 0 if u < x else 1 if u < x + y else 2


@compiled
def decide(p: Rates, s: Society, k: Calendar, r: Record, week: int) -> None:
    """Every officer's choice of the week, in the order of their numbers."""
    left = QUARTER - 1 - week % QUARTER
    reports, last = 0, -1
    for o in range(len(s.officers)):
        county = s.officers[o].county
        if county != last:
            reports, last = seeing.recent(r, county, week), county
        if week % QUARTER == 0:
            s.officers[o].made = 0.0
        pressed, inspected = k.days[county, week].pressed, k.days[county, week].inspected
        tolerate, arrest, make = payoffs(
            p,
            s.officers[o].seen,
            s.officers[o].lines,
            s.officers[o].made,
            s.officers[o].cost,
            s.counties[county].success,
            reports,
            pressed,
            inspected,
            left,
        )
        if p.quota <= 0.0 or s.officers[o].broker >= 0:
            make = -1e9
        choice = choose(tolerate, arrest, make, p.temperature, uniform(s.seed, CHOICE, o, week))
        s.officers[o].choice = choice
        rec.tick(r, rec.TOLERATING + choice, county, week)
        paid = s.officers[o].lines * p.remittances_per_year / WEEKS * p.bribe_remittance
        r.bribes[county, week] += paid * (1.0 - p.arrest_scares * (choice == ARREST))
        if choice == MANUFACTURE:
            prepare(p, s, r, week, o)


@compiled
def prepare(p: Rates, s: Society, r: Record, week: int, o: int) -> None:
    """Turns a broker, and sets the week of the lure. Without a broker nothing comes of it."""
    broker = turn(p, s, r, week, o)
    if broker >= 0:
        longest = max(1, int(2.0 * p.plan_weeks) - 1)
        s.officers[o].broker = broker
        s.officers[o].due = week + 1 + int(uniform(s.seed, PLAN, o, week) * longest)


@compiled
def spring(p: Rates, s: Society, r: Record, week: int) -> None:
    """The set-ups that are due: the broker invites, and those who come are arrested."""
    for o in range(len(s.officers)):
        if s.officers[o].broker < 0 or s.officers[o].due > week:
            continue
        county = s.officers[o].county
        caught = hand_over(p, s, r, week, o, s.officers[o].broker)
        s.officers[o].made += caught
        s.counties[county].success += MEMORY * ((caught > 0) - s.counties[county].success)
        s.officers[o].broker = -1


@compiled
def remember(s: Society) -> None:
    """What officers saw on their beats this week."""
    for o in range(len(s.officers)):
        s.officers[o].seen += MEMORY * (s.officers[o].now - s.officers[o].seen)
        s.officers[o].now = 0.0


__all__ = ["TOLERATE", "choose", "decide", "payoffs", "remember", "spring", "worth"]
