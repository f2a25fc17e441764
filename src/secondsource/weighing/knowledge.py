"""A pack's scripts and signals, ready to be held against many incidents."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

from secondsource.model import StepEvidence
from secondsource.packs import Pack
from secondsource.packs.once import once
from secondsource.scripts import Scorer, Script, Signal, load, shown, signals
from secondsource.scripts.score import counted

Floats = npt.NDArray[np.float64]


class Knowledge:
    """Scripts, signals, priors and rates; rows of arrays are scripts, columns signals, both in the pack's order."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.scripts: dict[str, Script] = load(pack)
        self.signals: dict[str, Signal] = signals(pack)
        self.scorer = Scorer(self.scripts, self.signals, pack.weighing)
        self.tempering, self.lapse = pack.weighing.tempering, pack.weighing.lapse
        self.priors = {code: script.prior for code, script in self.scripts.items()}
        self.log_priors: Floats = np.log2(np.array(list(self.priors.values())))
        self._before: Floats = np.exp2(self.log_priors) / max(sum(self.priors.values()), 1e-300)
        self.true = self._true()
        self.steps = [self._showing(script) for script in self.scripts.values()]
        """By script: signal to the places of the steps that it shows."""
        self._unseen: dict[int, list[tuple[StepEvidence, ...]]] = {}

    def _true(self) -> Floats:
        """Probability of each signal being true of a case: shape (scripts, signals)."""
        rates = [list(shown(s, self.signals, told=False).values()) for s in self.scripts.values()]
        return np.array(rates, dtype=float).reshape(len(self.scripts), len(self.signals))

    def _showing(self, script: Script) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, step in enumerate(script.steps):
            if step.signal in self.signals:
                found.setdefault(step.signal, []).append(at)
        return found

    def unseen(self, reports: int) -> list[tuple[StepEvidence, ...]]:
        """The steps of each script as they weigh where no mark of them is seen, which is so of most."""
        reports = counted(reports)
        if reports not in self._unseen:
            weights = self.weights(self.scorer.levels(()), reports)
            bits = [
                {code: float(weights[row, n]) for code, n in self.scorer.column.items()} for row in range(len(weights))
            ]
            self._unseen[reports] = [
                tuple(StepEvidence(step=s.code, weight=bits[row].get(s.signal or "", 0.0)) for s in script.steps)
                for row, script in enumerate(self.scripts.values())
            ]
        return self._unseen[reports]

    def weights(self, levels: npt.NDArray[np.intp], reports: int) -> Floats:
        """Bits by which each signal's level speaks for each script: shape (scripts, signals)."""
        weights: Floats = np.round(self.tempering * self.scorer.apart(levels, reports), 3)
        return weights

    def share(self, bits: Floats) -> Floats:
        """Posterior of each script: shape as `bits`, whose last axis is scripts; each row sums to 1.

        With the probability `lapse` the marks say nothing, and the prior stands: so no posterior comes nearer to 1
        than reading deserves, however many marks agree (a lapse rate, as of psychometric functions; Wichmann and
        Hill 2001).
        """
        weight = self.log_priors + self.tempering * bits
        powers = np.exp2(weight - weight.max(axis=-1, keepdims=True))
        shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
        mixed: Floats = (1 - self.lapse) * shares + self.lapse * self._before
        return mixed

    def posterior(
        self, observed: Collection[str], hinted: Collection[str] = (), reports: int = 1
    ) -> Mapping[str, float]:
        """Script to its probability."""
        each = self.scorer.each(self.scorer.levels(observed, hinted), reports)
        return dict(zip(self.scripts, self.share(each.sum(axis=1)).tolist(), strict=True))


@once(most=8)
def knowledge(pack: Pack) -> Knowledge:
    """That of a pack."""
    return Knowledge(pack)
