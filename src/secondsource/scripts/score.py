"""How well what was observed fits each script, and what each script's world looks like.

Naive Bayes over all signals: given the script, signals are taken as independent. A signal is shown by a claim,
or only hinted at by words that stand beside none, or not there at all; what is absent counts as much as what is
there, as far as it would have been told and as far as reading would have seen it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondsource.packs.model import Weighing
from secondsource.scripts.model import Script, Signal, Step

Floats = npt.NDArray[np.float64]
ABSENT, HINTED, SHOWN = 0, 1, 2
MOST_REPORTS = 12
"""Reports of one incident beyond which a further one changes no rate."""
_LEAST = 1e-6


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
    return {code: min(max(1 - rest, _LEAST), 1 - _LEAST) for code, rest in missing.items()}


class Scorer:
    """All scripts of a pack, ready to be held against observations."""

    def __init__(
        self, scripts: Mapping[str, Script], signals: Mapping[str, Signal], weighing: Weighing | None = None
    ) -> None:
        self.scripts, self.signals = scripts, signals
        self.names, self.codes = list(scripts), list(signals)
        self.column = {code: i for i, code in enumerate(self.codes)}
        self._weighing = weighing or Weighing()
        self._tables: dict[int, Floats] = {}
        self._apart: dict[int, Floats] = {}

    def table(self, reports: int = 1) -> Floats:
        """log2 of the probability of each level of each signal given each script: shape (3, scripts, signals).

        Of several reports each tells a step with its rate, but they borrow from one another: `more_reports` says
        how much of a further one counts.
        """
        reports = counted(reports)
        if reports not in self._tables:
            logs: Floats = np.log2(self._levels(1 + self._weighing.more_reports * (reports - 1)))
            self._tables[reports] = logs
        return self._tables[reports]

    def _levels(self, reports: float) -> Floats:
        rules = self._weighing
        shape = (len(self.names), len(self.codes))
        told, seen = np.zeros(shape), np.zeros(shape)
        for row, name in enumerate(self.names):
            for step in self.scripts[name].steps:
                if step.signal in self.column:
                    at = row, self.column[step.signal]
                    read = rules.read_words if self.signals[step.signal].worded else rules.read_acts
                    told[at] = 1 - (1 - told[at]) * (1 - step.occurs * (1 - (1 - step.reported) ** reports))
                    each = 1 - (1 - step.reported * read) ** reports
                    seen[at] = 1 - (1 - seen[at]) * (1 - step.occurs * each)
        elsewhere = np.array([1 - (1 - s.elsewhere) ** reports for s in self.signals.values()])
        hinting = np.array([float(s.hinting) for s in self.signals.values()])
        full = 1 - (1 - seen) * (1 - elsewhere)
        missed = (told - seen) / np.maximum(1 - seen, _LEAST)
        stray = 1 - (1 - rules.hint_other) ** reports
        hint = hinting * (missed * rules.hint_told + (1 - missed) * stray)
        hinted = (1 - full) * hint
        levels: Floats = np.clip(np.stack([1 - full - hinted, hinted, full]), _LEAST, 1 - _LEAST)
        return levels

    def levels(self, observed: Collection[str], hinted: Collection[str] = ()) -> npt.NDArray[np.intp]:
        """The level of each signal, in the order of `codes`."""
        found = np.full(len(self.codes), ABSENT, dtype=np.intp)
        for code in hinted:
            if code in self.column and self.signals[code].hinting:
                found[self.column[code]] = HINTED
        for code in observed:
            if code in self.column:
                found[self.column[code]] = SHOWN
        return found

    def each(self, levels: npt.NDArray[np.intp], reports: int = 1) -> Floats:
        """log2 of the probability of each signal's level given each script: shape (scripts, signals)."""
        picked: Floats = np.take_along_axis(self.table(reports), levels[None, None, :], axis=0)[0]
        return picked

    def apart(self, levels: npt.NDArray[np.intp], reports: int = 1) -> Floats:
        """Bits of each signal's level for a script against the mean probability under the others; shape as `each`."""
        reports = counted(reports)
        if reports not in self._apart:
            self._apart[reports] = np.stack([_against_others(each) for each in self.table(reports)])
        picked: Floats = np.take_along_axis(self._apart[reports], levels[None, None, :], axis=0)[0]
        return picked


def counted(reports: int) -> int:
    """The number of reports that rates go by."""
    return min(max(reports, 1), MOST_REPORTS)


def _against_others(each: Floats) -> Floats:
    if len(each) < 2:
        return np.zeros_like(each)
    likelihood = np.exp2(each)
    mean = (likelihood.sum(axis=0) - likelihood) / (len(each) - 1)
    found: Floats = each - np.log2(mean)
    return found


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
