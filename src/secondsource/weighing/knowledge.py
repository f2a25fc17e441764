"""A pack's scripts and signals, ready to be held against many incidents."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

from secondsource.packs import Pack
from secondsource.packs.once import once
from secondsource.scripts import Scorer, Script, Signal, load, shown, signals

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

    def _true(self) -> Floats:
        """Probability of each signal being true of a case: shape (scripts, signals)."""
        rates = [list(shown(s, self.signals, told=False).values()) for s in self.scripts.values()]
        return np.array(rates, dtype=float).reshape(len(self.scripts), len(self.signals))

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
