"""How well what was observed fits each script, and what each script's world looks like.

Naive Bayes over all signals: given the script, signals are taken as independent, and one that is absent
counts as much as one that is there, as far as it would have been reported.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from secondsource.scripts.model import Script, Signal, Step


@dataclass(frozen=True, slots=True)
class Scored:
    """`bits`: log2 of the probability of all that was and was not observed, given the script.
    `steps`: step code to bits for this script against the mean of the others."""

    script: str
    bits: float
    steps: dict[str, float]


@dataclass(frozen=True, slots=True)
class Played:
    """One case of a script: the steps that happened, in time order, and the day of each from the first's 0."""

    script: str
    steps: tuple[str, ...]
    times: dict[str, float]


def shown(script: Script, signals: Mapping[str, Signal], *, told: bool = True) -> dict[str, float]:
    """Probability of each signal in a report of such a case; with `told` False, that it is true of the case."""
    missing = {code: 1 - signal.elsewhere for code, signal in signals.items()}
    for step in script.steps:
        if step.signal in missing:
            missing[step.signal] *= 1 - step.occurs * (step.reported if told else 1.0)
    return {code: min(max(1 - rest, 1e-6), 1 - 1e-6) for code, rest in missing.items()}


class Scorer:
    """All scripts of a pack, ready to be held against observations."""

    def __init__(self, scripts: Mapping[str, Script], signals: Mapping[str, Signal]) -> None:
        self._scripts = scripts
        self._names, self._codes = list(scripts), list(signals)
        rates = [[shown(scripts[name], signals)[code] for code in self._codes] for name in self._names]
        self._rates = np.array(rates, dtype=float).reshape(len(self._names), len(self._codes))

    def bits(self, observed: Collection[str]) -> dict[str, float]:
        """Script to log2 of the probability of what was, and was not, observed."""
        seen = np.array([code in observed for code in self._codes], dtype=bool)
        sums = np.log2(np.where(seen, self._rates, 1 - self._rates)).sum(axis=1)
        return dict(zip(self._names, sums.tolist(), strict=True))

    def score(self, observed: Collection[str]) -> list[Scored]:
        """Every script against the same observations, best first (ties by code)."""
        seen = np.array([code in observed for code in self._codes], dtype=bool)
        likelihood = np.where(seen, self._rates, 1 - self._rates)
        rivals = max(len(self._names) - 1, 1)
        mean = (likelihood.sum(axis=0) - likelihood) / rivals if len(self._names) > 1 else likelihood
        weights = np.log2(likelihood / mean)
        bits = np.log2(likelihood).sum(axis=1)
        column = {code: i for i, code in enumerate(self._codes)}
        found = [
            Scored(
                name,
                float(bits[row]),
                {s.code: float(weights[row, column[s.signal]]) if s.signal in column else 0.0 for s in script.steps},
            )
            for row, (name, script) in enumerate(self._scripts.items())
        ]
        return sorted(found, key=lambda s: (-s.bits, s.script))


def score(scripts: Mapping[str, Script], signals: Mapping[str, Signal], observed: Collection[str]) -> list[Scored]:
    """Every script against the same observations, best first. `Scorer` is quicker for many."""
    return Scorer(scripts, signals).score(observed)


def posterior(bits: Mapping[str, float], priors: Mapping[str, float], tempering: float = 1.0) -> dict[str, float]:
    """Probability of each script; sums to 1. `tempering` below 1 takes the bits for less than they say."""
    if not bits:
        return {}
    bits = {script: math.log2(priors[script]) + tempering * b for script, b in bits.items()}
    highest = max(bits.values())
    weights = {name: 2.0 ** (b - highest) for name, b in bits.items()}
    total = sum(weights.values())
    return {name: w / total for name, w in weights.items()}


def sample(script: Script, rng: np.random.Generator) -> Played:
    """One case: which steps happen, each with its rate, and when, each within its days after those before it."""
    happened = {step.code for step in script.steps if rng.random() < step.occurs}
    times: dict[str, float] = {}
    for step in _in_order(script):
        start = max((times[a] for a in step.after if a in times), default=0.0)
        lag = float(rng.uniform(*step.days))
        times[step.code] = start + lag
    kept = {code: time for code, time in times.items() if code in happened}
    first = min(kept.values(), default=0.0)
    ordered = sorted(kept, key=lambda code: kept[code])
    return Played(script.code, tuple(ordered), {code: round(kept[code] - first, 3) for code in ordered})


def report(script: Script, played: Played, signals: Mapping[str, Signal], rng: np.random.Generator) -> set[str]:
    """The signals that one report of a case shows: its own steps' by their reported rates, others' by chance."""
    told = {
        step.signal
        for step in script.steps
        if step.signal is not None and step.code in played.times and rng.random() < step.reported
    }
    return told | {code for code, signal in signals.items() if rng.random() < signal.elsewhere}


def knowers(script: Script, step: str) -> tuple[str, ...]:
    """The roles in a position to know of a step. KeyError where there is no such step."""
    return tuple(script.step(step).knowers)


def _in_order(script: Script) -> list[Step]:
    """Every step after those that come before it, otherwise as written; steps in a circle come last."""
    done: list[Step] = []
    codes: set[str] = set()
    waiting = list(script.steps)
    while waiting:
        known = {s.code for s in waiting}
        free = [s for s in waiting if not known.intersection(s.after)] or waiting
        done += free
        codes |= {s.code for s in free}
        waiting = [s for s in waiting if s.code not in codes]
    return done
