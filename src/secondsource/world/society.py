"""Who there is: households, brokers and officers of the border counties, as arrays."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from secondsource.world import chance
from secondsource.world.parameters import Rates, Scale, Spec

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Table: TypeAlias = NDArray[Any]
"""A structured array: a row is an entity, `table[row].field` reads and writes it in compiled code."""

FREE, TURNED, JAILED = 0, 1, 2
"""What a broker can be."""
TOLERATE, ARREST, MANUFACTURE = 0, 1, 2
"""What an officer can do in a week."""
SIZES = np.cumsum([0.4, 0.35, 0.15, 0.1])
"""One to four persons go together."""
BELIEVED = 0.5
"""What officers believe at first: how many set-ups catch somebody."""


HOUSE = np.dtype(
    [
        ("county", "i8"),
        ("officer", "i8"),
        ("broker", "i8"),
        ("size", "i8"),
        ("back", "i8"),  # the week from which somebody lives there (again)
        ("line", "i8"),  # 1 where its money comes through its broker
        ("wealth", "f8"),
        ("trust", "f8"),
        ("reach", "f8"),  # how much of the talk of its county it hears, 0 to 1
        ("fear", "f8"),  # of set-ups, as it was in the week `since`
        ("since", "i8"),
    ]
)
BROKER = np.dtype([("loyalty", "f8"), ("state", "i8"), ("until", "i8"), ("first_house", "i8"), ("end_house", "i8")])
OFFICER = np.dtype(
    [
        ("county", "i8"),
        ("choice", "i8"),
        ("broker", "i8"),  # of a set-up that is being prepared, -1 where there is none
        ("due", "i8"),  # the week of that
        ("cost", "f8"),
        ("lines", "f8"),  # households of the beat whose money comes through a broker
        ("made", "f8"),  # arrests that count for the running quota
        ("seen", "f8"),  # persons who set out on the beat in a week, as the officer remembers it
        ("now", "f8"),  # those of this week
    ]
)
COUNTY = np.dtype(
    [
        ("first_house", "i8"),
        ("end_house", "i8"),
        ("first_broker", "i8"),
        ("end_broker", "i8"),
        ("warned", "i8"),  # the week of the last warning
        ("alerted", "i8"),  # the last week on which an alert stands
        ("talk", "f8"),  # how much is talked of set-ups
        ("success", "f8"),  # how many set-ups catch somebody, as officers believe
    ]
)
NEVER = -10_000


class Society(NamedTuple):
    """One row an entity. Households and brokers of one county stand together, in the counties' order."""

    seed: np.uint64
    houses: Table
    brokers: Table
    officers: Table
    counties: Table


def settle(spec: Spec, rates: Rates, seed: int, scale: Scale) -> Society:
    """The society of a seed. Entities have the same nature in every scenario."""
    key = np.uint64(seed)
    parts = np.array([c.share for c in spec.counties])
    houses = _shares(parts, scale.households)
    brokers = np.maximum(1, houses // scale.households_per_broker)
    officers = np.maximum(1, houses // scale.households_per_officer)
    settled = _houses(rates, key, houses, brokers, officers)
    counties = np.zeros(len(parts), COUNTY)
    counties["first_house"], counties["end_house"] = _blocks(houses)
    counties["first_broker"], counties["end_broker"] = _blocks(brokers)
    counties["success"], counties["warned"], counties["alerted"] = BELIEVED, NEVER, NEVER
    return Society(
        seed=key,
        houses=settled,
        brokers=_brokers(rates, key, np.bincount(settled["broker"], minlength=int(brokers.sum()))),
        officers=_officers(rates, key, officers, settled),
        counties=counties,
    )


def _houses(rates: Rates, key: np.uint64, houses: Longs, brokers: Longs, officers: Longs) -> Table:
    county = np.repeat(np.arange(len(houses)), houses)
    within = np.arange(len(county)) - _blocks(houses)[0][county]
    count = len(county)
    made = np.zeros(count, HOUSE)
    made["county"] = county
    made["broker"] = _blocks(brokers)[0][county] + within * brokers[county] // houses[county]
    made["officer"] = _blocks(officers)[0][county] + within % officers[county]
    made["line"] = chance.uniforms(key, chance.LINE, count) < rates.line_share
    spread = rates.wealth_sigma * chance.normals(key, chance.WEALTH, chance.WEALTH2, count)
    made["wealth"] = rates.wealth_median * np.exp(spread)
    made["trust"] = rates.trust_mean + rates.trust_sd * chance.normals(key, chance.TRUST, chance.TRUST2, count)
    made["reach"] = chance.uniforms(key, chance.REACH, count)
    made["size"] = 1 + np.searchsorted(SIZES[:-1], chance.uniforms(key, chance.SIZE, count), side="right")
    return made


def _brokers(rates: Rates, key: np.uint64, houses: Longs) -> Table:
    made = np.zeros(len(houses), BROKER)
    made["loyalty"] = rates.loyalty_sd * chance.normals(key, chance.LOYALTY, chance.LOYALTY2, len(houses))
    made["first_house"], made["end_house"] = _blocks(houses)
    return made


def _officers(rates: Rates, key: np.uint64, officers: Longs, houses: Table) -> Table:
    count = int(officers.sum())
    made = np.zeros(count, OFFICER)
    made["county"] = np.repeat(np.arange(len(officers)), officers)
    spread = rates.cost_sigma * chance.normals(key, chance.COST, chance.COST2, count)
    made["cost"] = rates.manufacture_cost * np.exp(spread)
    made["lines"] = np.bincount(houses["officer"], weights=houses["line"], minlength=count)
    made["broker"] = -1
    return made


def _shares(parts: Floats, total: int) -> Longs:
    """`total` split by `parts`, at least one each; what rounding leaves goes to the largest."""
    counts: Longs = np.maximum(1, np.floor(parts / parts.sum() * total)).astype(np.int64)
    counts[np.argmax(parts)] += max(0, total - counts.sum())
    return counts


def _blocks(counts: Longs) -> tuple[Longs, Longs]:
    """The first of each block, and the one after its last."""
    ends = np.cumsum(counts)
    return ends - counts, ends
