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
from secondsource.world.parameters import Rates
from secondsource.world.record import Record
from secondsource.world.society import FREE, TURNED, Society
from secondsource.world.society import JAILED as IN_JAIL

TRIES = 3
"""Brokers that an officer approaches in a week."""


@compiled
def price(p: Rates, tight: float) -> float:
    """Of one crossing, thousand yuan."""
    return p.price_base * math.exp(p.price_per_tightness * tight)


@compiled
def catching(p: Rates, tight: float, inspected: int) -> float:
    """Probability that guards catch a crossing that was paid for."""
    chance = p.patrol_catch * math.exp(p.patrol_per_tightness * tight) * (1.0 + p.patrol_inspection * inspected)
    return min(chance, 0.95)


@compiled
def serves(p: Rates, s: Society, week: int, house: int, tight: float, inspected: int) -> bool:
    """Whether a broker takes a household across, by what it pays against what it risks (logit)."""
    better = p.fee_share * price(p, tight) - catching(p, tight, inspected) * p.risk_cost
    return uniform(s.seed, SERVES, house, week) < sigmoid(better / p.broker_temperature)


@compiled
def turn(p: Rates, s: Society, r: Record, week: int, officer: int) -> int:
    """The broker whom an officer turns this week, -1 where none yields. Those who refuse may be arrested."""
    county = s.officer_county[officer]
    first, end = s.county_brokers[county]
    for attempt in range(TRIES):
        entity = officer * TRIES + attempt
        b = first + int(uniform(s.seed, WHICH_BROKER, entity, week) * (end - first))
        if s.broker_state[b] == TURNED:
            return int(b)
        if s.broker_state[b] != FREE:
            continue
        if uniform(s.seed, YIELDS, entity, week) < sigmoid(p.threat - s.broker_loyalty[b]):
            s.broker_state[b], s.broker_until[b] = TURNED, week + int(p.turned_weeks)
            return int(b)
        if uniform(s.seed, JAILED, entity, week) < p.jail_if_refused:
            s.broker_state[b], s.broker_until[b] = IN_JAIL, week + int(p.jail_weeks)
            s.officer_made[officer] += 1.0
            rec.add(r, rec.BROKERS_JAILED, county, week, 1)
            seeing.ordinary(p, s, r, week, rec.BROKER, -1, officer, b)
    return -1


@compiled
def hand_over(p: Rates, s: Society, r: Record, week: int, officer: int, broker: int) -> float:
    """A turned broker invites households that it carries money for. The number of persons arrested."""
    first, end = s.broker_houses[broker]
    for attempt in range(int(p.lure_tries)):
        entity = officer * 16 + attempt
        house = first + int(uniform(s.seed, WHOM, entity, week) * (end - first))
        if s.house_line[house] == 0 or s.house_back[house] > week:
            continue
        if comes(p, s, r, week, house):
            s.house_back[house] = week + int(p.away_weeks)
            persons = s.house_size[house]
            rec.add(r, rec.SET_UP, s.house_county[house], week, persons)
            rec.add(r, rec.SET_UPS, s.house_county[house], week, 1)
            seeing.set_up(p, s, r, week, house, officer, broker)
            return float(persons)
    return 0.0


@compiled
def comes(p: Rates, s: Society, r: Record, week: int, house: int) -> bool:
    """Whether an invited household sets out, and is caught."""
    county = s.house_county[house]
    rec.add(r, rec.INVITED, county, week, 1)
    if uniform(s.seed, SPARED, house, week) < p.warn_share:
        rec.add(r, rec.SPARED, county, week, 1)
    elif (
        uniform(s.seed, CHECKS, house, week) < p.verify_share and uniform(s.seed, SHOWN, house, week) < p.verify_works
    ):
        rec.add(r, rec.SEEN_THROUGH, county, week, 1)
    elif uniform(s.seed, ACCEPTS, house, week) < sigmoid(
        s.house_trust[house] + p.invitation_pull - s.house_fear[house]
    ):
        return uniform(s.seed, CAUGHT, house, week) < p.trap_works
    else:
        rec.add(r, rec.REFUSED, county, week, 1)
        return False
    s.house_fear[house] += 2.0
    r.released[county, week] += 1.0
    return False


@compiled
def come_back(s: Society, week: int) -> None:
    """Those whose time is over are free, or others take their place."""
    for b in range(len(s.broker_state)):
        if s.broker_state[b] != FREE and s.broker_until[b] <= week:
            s.broker_state[b] = FREE
