"""Who there is: households, brokers and officers of the border counties, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from secondsource.world import chance
from secondsource.world.parameters import Rates, Scale, Spec

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bytes = NDArray[np.int8]

FREE, TURNED, JAILED = 0, 1, 2
"""What a broker can be."""
TOLERATE, ARREST, MANUFACTURE = 0, 1, 2
"""What an officer can do in a week."""
SIZES = np.cumsum([0.4, 0.35, 0.15, 0.1])
"""One to four persons go together."""
BELIEVED = 0.5
"""What officers believe at first: how many set-ups catch somebody."""


class Society(NamedTuple):
    """One row an entity. Households, brokers and officers of one county stand together, in the counties' order."""

    seed: np.uint64
    # Households.
    house_county: Ints
    house_officer: Ints
    house_broker: Ints
    house_line: Bytes
    """1 where its money comes through its broker."""
    house_wealth: Floats
    house_trust: Floats
    house_reach: Floats
    """How much of the talk of its county it hears, 0 to 1."""
    house_size: Ints
    house_fear: Floats
    house_back: Ints
    """The week from which somebody lives there (again)."""
    # Brokers.
    broker_loyalty: Floats
    broker_state: Bytes
    broker_until: Ints
    broker_houses: Ints
    """(brokers, 2): the first of its households, and the one after the last."""
    # Officers.
    officer_county: Ints
    officer_cost: Floats
    officer_lines: Floats
    officer_made: Floats
    officer_seen: Floats
    """Persons who set out on the beat in a week, as the officer remembers it."""
    officer_now: Floats
    officer_choice: Bytes
    officer_broker: Ints
    """The broker of a set-up that is being prepared, -1 where there is none."""
    officer_due: Ints
    # Counties.
    county_houses: Ints
    county_brokers: Ints
    county_success: Floats
    county_warned: Ints
    """The week of the last warning."""


def settle(spec: Spec, rates: Rates, seed: int, scale: Scale) -> Society:
    """The society of a seed. Entities have the same nature in every scenario."""
    key = np.uint64(seed)
    parts = np.array([c.share for c in spec.counties])
    houses = _shares(parts, scale.households)
    brokers = np.maximum(1, houses // scale.households_per_broker)
    officers = np.maximum(1, houses // scale.households_per_officer)
    county = np.repeat(np.arange(len(parts)), houses)
    within = np.arange(len(county)) - _first(houses)[county]
    n, b, o = len(county), int(brokers.sum()), int(officers.sum())
    house_broker = _first(brokers)[county] + within * brokers[county] // houses[county]
    house_officer = _first(officers)[county] + within % officers[county]
    line = chance.uniforms(key, chance.LINE, n) < rates.line_share
    return Society(
        seed=key,
        house_county=county.astype(np.int32),
        house_officer=house_officer.astype(np.int32),
        house_broker=house_broker.astype(np.int32),
        house_line=line.astype(np.int8),
        house_wealth=rates.wealth_median
        * np.exp(rates.wealth_sigma * chance.normals(key, chance.WEALTH, chance.WEALTH2, n)),
        house_trust=rates.trust_mean + rates.trust_sd * chance.normals(key, chance.TRUST, chance.TRUST2, n),
        house_reach=chance.uniforms(key, chance.REACH, n),
        house_size=(1 + np.searchsorted(SIZES[:-1], chance.uniforms(key, chance.SIZE, n), side="right")).astype(np.int32),
        house_fear=np.zeros(n),
        house_back=np.zeros(n, np.int32),
        broker_loyalty=rates.loyalty_sd * chance.normals(key, chance.LOYALTY, chance.LOYALTY2, b),
        broker_state=np.zeros(b, np.int8),
        broker_until=np.zeros(b, np.int32),
        broker_houses=_blocks(np.bincount(house_broker, minlength=b)),
        officer_county=np.repeat(np.arange(len(parts)), officers).astype(np.int32),
        officer_cost=rates.manufacture_cost
        * np.exp(rates.cost_sigma * chance.normals(key, chance.COST, chance.COST2, o)),
        officer_lines=np.bincount(house_officer, weights=line, minlength=o),
        officer_made=np.zeros(o),
        officer_seen=np.zeros(o),
        officer_now=np.zeros(o),
        officer_choice=np.zeros(o, np.int8),
        officer_broker=np.full(o, -1, np.int32),
        officer_due=np.zeros(o, np.int32),
        county_houses=_blocks(houses),
        county_brokers=_blocks(brokers),
        county_success=np.full(len(parts), BELIEVED),
        county_warned=np.full(len(parts), -10_000, np.int32),
    )


def _shares(parts: Floats, total: int) -> NDArray[np.int64]:
    """`total` split by `parts`, at least one each; what rounding leaves goes to the largest."""
    counts: NDArray[np.int64] = np.maximum(1, np.floor(parts / parts.sum() * total)).astype(np.int64)
    counts[np.argmax(parts)] += max(0, total - counts.sum())
    return counts


def _first(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts)[:-1]])


def _blocks(counts: NDArray[np.int64]) -> Ints:
    """(first, after the last) of each block."""
    ends = np.cumsum(counts)
    return np.stack([ends - counts, ends], axis=1).astype(np.int32)
