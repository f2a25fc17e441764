"""Chance by counter: each draw is a function of (seed, purpose, entity, week) alone.

So a run has the same bits on any number of processes, and two scenarios of one seed meet the same luck wherever
they do not differ (common random numbers). Counter-based generation after Salmon et al. 2011 ("Parallel random
numbers: as easy as 1, 2, 3"); the mixing is that of SplitMix64 (Steele, Lea and Flood 2014).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from secondsource.world.compiled import compiled_once

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_A, _B, _C, _TOP = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 2.0**-53

# Purposes: what a draw is for. Two draws of one entity and week need two of them.
WEALTH, WEALTH2, TRUST, TRUST2, REACH, SIZE, LINE, LOYALTY, LOYALTY2, COST, COST2 = range(1, 12)
INSPECTION, CHOICE, WHICH_BROKER, YIELDS, JAILED, PLAN, WHOM, SPARED, CHECKS, SHOWN, ACCEPTS, CAUGHT = range(20, 32)
WISH, HEARS, TRUSTS, SERVES, BETRAYED, SEEN, PATROL, SOUTH, WARNED = range(40, 49)
LEARNS, LEARNT, FREED, FREED_WHEN, TELLS, LEAKS, LEAKED, PRINTED, REPORTED, PRINTED_LATE, REPORTED_WHEN = range(60, 71)


@compiled_once("uint64(uint64)")
def mix(x: np.uint64) -> np.uint64:
    x = (x ^ (x >> _A)) * _FIRST
    x = (x ^ (x >> _B)) * _SECOND
    return x ^ (x >> _C)


@compiled_once("uint64(uint64, int64, int64)")
def stream(seed: np.uint64, purpose: int, week: int) -> np.uint64:
    """The key from which the entities of one week draw for one purpose."""
    return mix(mix(seed + np.uint64(purpose) * _STEP) + np.uint64(week) * _STEP)


@compiled_once("float64(uint64, int64)")
def drawn(key: np.uint64, entity: int) -> float:
    """A number in [0, 1): SplitMix64 at the entity's place in the stream."""
    return float(mix(key + np.uint64(entity) * _STEP) >> _TOP) * _UNIT


@compiled_once("float64(uint64, int64, int64, int64)")
def uniform(seed: np.uint64, purpose: int, entity: int, week: int) -> float:
    """A number in [0, 1)."""
    return drawn(stream(seed, purpose, week), entity)


@compiled_once("int64(uint64, int64, int64, int64, float64)")
def delay(seed: np.uint64, purpose: int, entity: int, week: int, mean: float) -> int:
    """Whole weeks, at least one, geometric with that mean."""
    if mean <= 1.0:
        return 1
    u = uniform(seed, purpose, entity, week)
    return 1 + int(math.log(1.0 - u) / math.log(1.0 - 1.0 / mean))


@compiled_once("float64[:](uint64, int64, int64)")
def uniforms(seed: np.uint64, purpose: int, count: int) -> NDArray[np.float64]:
    """One number in [0, 1) for each of `count` entities."""
    out = np.empty(count)
    for entity in range(count):
        out[entity] = uniform(seed, purpose, entity, 0)
    return out


@compiled_once("float64[:](uint64, int64, int64, int64)")
def weekly(seed: np.uint64, purpose: int, entity: int, weeks: int) -> NDArray[np.float64]:
    """One number in [0, 1) for each week of an entity."""
    out = np.empty(weeks)
    for week in range(weeks):
        out[week] = uniform(seed, purpose, entity, week)
    return out


@compiled_once("float64(float64)")
def sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))


def normals(seed: np.uint64, purpose: int, second: int, count: int) -> NDArray[np.float64]:
    """Standard normal, one for each entity (Box and Muller 1958)."""
    u, v = uniforms(seed, purpose, count), uniforms(seed, second, count)
    made: NDArray[np.float64] = np.sqrt(-2.0 * np.log(1.0 - u)) * np.cos(2.0 * np.pi * v)
    return made
