"""Households: whether they plan to leave, trust a broker, set out, and what becomes of them."""

from __future__ import annotations

import math

from secondsource.world import record as rec
from secondsource.world import seeing
from secondsource.world.brokers import catching, price, serves
from secondsource.world.calendar import WEEKS, Calendar
from secondsource.world.chance import BETRAYED, HEARS, PATROL, SEEN, SOUTH, TRUSTS, WISH, delay, sigmoid, uniform
from secondsource.world.compiled import compiled
from secondsource.world.parameters import Rates
from secondsource.world.record import Record
from secondsource.world.society import ARREST, JAILED, TURNED, Society


@compiled
def week_of_households(p: Rates, s: Society, k: Calendar, r: Record, week: int) -> None:
    """Fear fades and word goes round; those who want to leave this week try to."""
    fades = math.exp(-math.log(2.0) / p.fear_halflife_weeks)
    for county in range(len(s.county_houses)):
        talk = p.gossip_effect * r.released[county, week]
        wish = p.wish_rate / WEEKS * k.season[county, week]
        for house in range(s.county_houses[county, 0], s.county_houses[county, 1]):
            s.house_fear[house] = s.house_fear[house] * fades + talk * s.house_reach[house]
            if s.house_back[house] <= week and uniform(s.seed, WISH, house, week) < wish:
                leave(p, s, k, r, week, house)


@compiled
def leave(p: Rates, s: Society, k: Calendar, r: Record, week: int, house: int) -> None:
    """A plan of the household's own: it needs calm, trust, the price, and a broker who is free and willing."""
    county, broker = s.house_county[house], s.house_broker[house]
    tight, inspected = k.tight[week], k.inspected[county, week]
    if k.pressed[county, week] and uniform(s.seed, HEARS, house, week) < p.hear_inspection:
        return
    if uniform(s.seed, TRUSTS, house, week) >= sigmoid(s.house_trust[house] - s.house_fear[house]):
        return
    if s.house_wealth[house] < price(p, tight) or s.broker_state[broker] == JAILED:
        return
    if serves(p, s, week, house, tight, inspected):
        set_out(p, s, k, r, week, house)


@compiled
def set_out(p: Rates, s: Society, k: Calendar, r: Record, week: int, house: int) -> None:
    """A crossing that the household wanted itself: let through for a bribe, caught, or given away."""
    county, broker, officer = s.house_county[house], s.house_broker[house], s.house_officer[house]
    persons = s.house_size[house]
    rec.add(r, rec.ATTEMPTS, county, week, persons)
    s.officer_now[officer] += persons
    s.house_back[house] = week + int(p.away_weeks)
    if s.broker_state[broker] == TURNED and uniform(s.seed, BETRAYED, house, week) < p.betray_share:
        rec.add(r, rec.BETRAYED, county, week, persons)
        s.officer_made[officer] += persons
        seeing.ordinary(p, s, r, week, rec.TIP, house, officer, broker)
    elif s.officer_choice[officer] == ARREST and uniform(s.seed, SEEN, house, week) < p.arrest_skill:
        rec.add(r, rec.BY_OFFICER, county, week, persons)
        s.officer_made[officer] += persons
        seeing.ordinary(p, s, r, week, rec.OFFICER, house, officer, broker)
    elif uniform(s.seed, PATROL, house, week) < catching(p, k.tight[week], k.inspected[county, week]):
        rec.add(r, rec.BY_PATROL, county, week, persons)
        s.officer_made[officer] += persons * p.handed_over
        seeing.ordinary(p, s, r, week, rec.PATROL, house, officer, broker)
    else:
        if s.officer_choice[officer] != ARREST:
            r.bribes[county, week] += p.bribe_crossing * persons
        rec.add(r, rec.ESCAPED, county, week, persons)
        there = week + delay(s.seed, SOUTH, house, week, p.transit_weeks)
        if there < len(r.arrived):
            r.arrived[there] += persons * p.reach_south
