"""Brokers: whom they serve, whether they yield when they are turned, whether they warn."""

from __future__ import annotations

import math

from secondsource.world import record as rec
from secondsource.world import seeing
from secondsource.world.chance import (
    ACCEPTS,
    CAUGHT,
    CHECKS,
    JAILED,
    SERVES,
    SHOWN,
    SPARED,
    WHICH_BROKER,
    WHOM,
    YIELDS,
    sigmoid,
    uniform,
)
from secondsource.world.compiled import compiled
from secondsource.world.hearing import SEEN_THROUGH, fear, frighten
from secondsource.world.parameters import Rates
from secondsource.world.record import Record
from secondsource.world.society import FREE, TURNED, Society
from secondsource.world.society import JAILED as IN_JAIL

TRIES = 3
"""Brokers that an officer approaches in a week."""
MOST_CAUGHT = 0.95
"""Of those who cross, by guards: no border is closed."""


@compiled
def price(p: Rates, tight: float) -> float:
    """Of one crossing, thousand yuan."""
    return p.price_base * math.exp(p.price_per_tightness * tight)


@compiled
def catching(p: Rates, tight: float, inspected: int) -> float:
    """Probability that guards catch a crossing that was paid for."""
    chance = p.patrol_catch * math.exp(p.patrol_per_tightness * tight) * (1.0 + p.patrol_inspection * inspected)
    return min(chance, MOST_CAUGHT)


@compiled
def serves(p: Rates, s: Society, week: int, house: int, tight: float, inspected: int) -> bool:
    """Whether a broker takes a household across, by what it pays against what it risks (logit)."""
    better = p.fee_share * price(p, tight) - catching(p, tight, inspected) * p.risk_cost
    return uniform(s.seed, SERVES, house, week) < sigmoid(better / p.broker_temperature)


@compiled
def turn(p: Rates, s: Society, r: Record, week: int, officer: int) -> int:
    """The broker whom an officer turns this week, -1 where none yields. Those who refuse may be arrested."""
    county = s.officers[officer].county
    first, end = s.counties[county].first_broker, s.counties[county].end_broker
    for attempt in range(TRIES):
        entity = officer * TRIES + attempt
        b = first + int(uniform(s.seed, WHICH_BROKER, entity, week) * (end - first))
        if s.brokers[b].state == TURNED:
            return int(b)
        if s.brokers[b].state != FREE:
            continue
        if uniform(s.seed, YIELDS, entity, week) < sigmoid(p.threat - s.brokers[b].loyalty):
            s.brokers[b].state, s.brokers[b].until = TURNED, week + int(p.turned_weeks)
            return int(b)
        if uniform(s.seed, JAILED, entity, week) < p.jail_if_refused:
            s.brokers[b].state, s.brokers[b].until = IN_JAIL, week + int(p.jail_weeks)
            s.officers[officer].made += 1.0
            rec.tick(r, rec.BROKERS_JAILED, county, week)
            seeing.ordinary(p, s, r, week, rec.BROKER, rec.NONE, officer, b)
    return -1


@compiled
def hand_over(p: Rates, s: Society, r: Record, week: int, officer: int, broker: int) -> float:
    """A turned broker invites households that it carries money for. The number of persons arrested."""
    first, end = s.brokers[broker].first_house, s.brokers[broker].end_house
    for attempt in range(int(p.lure_tries)):
        entity = officer * 16 + attempt
        house = first + int(uniform(s.seed, WHOM, entity, week) * (end - first))
        if s.houses[house].line == 0 or s.houses[house].back > week:
            continue
        if comes(p, s, r, week, house):
            s.houses[house].back = week + int(p.away_weeks)
            persons = s.houses[house].size
            rec.add(r, rec.SET_UP, s.houses[house].county, week, persons)
            rec.tick(r, rec.SET_UPS, s.houses[house].county, week)
            seeing.set_up(p, s, r, week, house, officer, broker)
            return float(persons)
    return 0.0


@compiled
def comes(p: Rates, s: Society, r: Record, week: int, house: int) -> bool:
    """Whether an invited household sets out, and is caught."""
    county = s.houses[house].county
    rec.tick(r, rec.INVITED, county, week)
    if uniform(s.seed, SPARED, house, week) < p.warn_share:
        rec.tick(r, rec.SPARED, county, week)
    elif uniform(s.seed, CHECKS, house, week) < p.verify_share and uniform(s.seed, SHOWN, house, week) < p.verify_works:
        rec.tick(r, rec.SEEN_THROUGH, county, week)
    elif uniform(s.seed, ACCEPTS, house, week) < sigmoid(
        s.houses[house].trust + p.invitation_pull - fear(p, s, house, week)
    ):
        return uniform(s.seed, CAUGHT, house, week) < p.trap_works
    else:
        rec.tick(r, rec.REFUSED, county, week)
        return False
    frighten(p, s, house, week, SEEN_THROUGH)
    r.released[county, week] += 1.0
    return False


@compiled
def come_back(s: Society, week: int) -> None:
    """Those whose time is over are free, or others take their place."""
    for b in range(len(s.brokers)):
        if s.brokers[b].state != FREE and s.brokers[b].until <= week:
            s.brokers[b].state = FREE
