"""Households: whether they plan to leave, trust a broker, set out, and what becomes of them."""

from __future__ import annotations

from secondsource.world import record as rec
from secondsource.world import seeing
from secondsource.world.brokers import catching, price, serves
from secondsource.world.calendar import WEEKS, Calendar
from secondsource.world.chance import (
    BETRAYED,
    HEARS,
    PATROL,
    SEEN,
    SOUTH,
    TRUSTS,
    WISH,
    delay,
    drawn,
    sigmoid,
    stream,
    uniform,
)
from secondsource.world.compiled import compiled
from secondsource.world.hearing import fear
from secondsource.world.parameters import Rates
from secondsource.world.record import Record
from secondsource.world.society import ARREST, JAILED, TURNED, Society


@compiled
def week_of_households(p: Rates, s: Society, k: Calendar, r: Record, week: int) -> None:
    """Those who want to leave this week try to. Nearly all draws end here, so they come before all that is read."""
    key = stream(s.seed, WISH, week)
    for county in range(len(s.counties)):
        wish = p.wish_rate / WEEKS * k.days[county, week].season
        for house in range(s.counties[county].first_house, s.counties[county].end_house):
            if drawn(key, house) < wish and s.houses[house].back <= week:
                leave(p, s, k, r, week, house)


@compiled
def leave(p: Rates, s: Society, k: Calendar, r: Record, week: int, house: int) -> None:
    """A plan of the household's own: it needs calm, trust, the price, and a broker who is free and willing."""
    county, broker = s.houses[house].county, s.houses[house].broker
    tight, inspected = k.tight[week], k.days[county, week].inspected
    if k.days[county, week].pressed and uniform(s.seed, HEARS, house, week) < p.hear_inspection:
        return
    if uniform(s.seed, TRUSTS, house, week) >= sigmoid(s.houses[house].trust - fear(p, s, house, week)):
        return
    if s.houses[house].wealth < price(p, tight) or s.brokers[broker].state == JAILED:
        return
    if serves(p, s, week, house, tight, inspected):
        set_out(p, s, k, r, week, house)


@compiled
def set_out(p: Rates, s: Society, k: Calendar, r: Record, week: int, house: int) -> None:
    """A crossing that the household wanted itself: let through for a bribe, caught, or given away."""
    county, broker, officer = s.houses[house].county, s.houses[house].broker, s.houses[house].officer
    persons = s.houses[house].size
    rec.add(r, rec.ATTEMPTS, county, week, persons)
    s.officers[officer].now += persons
    s.houses[house].back = week + int(p.away_weeks)
    if s.brokers[broker].state == TURNED and uniform(s.seed, BETRAYED, house, week) < p.betray_share:
        rec.add(r, rec.BETRAYED, county, week, persons)
        s.officers[officer].made += persons
        seeing.ordinary(p, s, r, week, rec.TIP, house, officer, broker)
    elif s.officers[officer].choice == ARREST and uniform(s.seed, SEEN, house, week) < p.arrest_skill:
        rec.add(r, rec.BY_OFFICER, county, week, persons)
        s.officers[officer].made += persons
        seeing.ordinary(p, s, r, week, rec.OFFICER, house, officer, broker)
    elif uniform(s.seed, PATROL, house, week) < catching(p, k.tight[week], k.days[county, week].inspected):
        rec.add(r, rec.BY_PATROL, county, week, persons)
        s.officers[officer].made += persons * p.handed_over
        seeing.ordinary(p, s, r, week, rec.PATROL, house, officer, broker)
    else:
        if s.officers[officer].choice != ARREST:
            r.bribes[county, week] += p.bribe_crossing * persons
        rec.add(r, rec.ESCAPED, county, week, persons)
        there = week + delay(s.seed, SOUTH, house, week, p.transit_weeks)
        if there < len(r.arrived):
            r.arrived[there] += persons * p.reach_south
