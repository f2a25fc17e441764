"""The next question: the unknown step whose answer would tell the hypotheses apart most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from secondsource.model import Hypothesis, Question
from secondsource.packs import Pack
from secondsource.scripts import Observed
from secondsource.weighing.knowledge import Floats, knowledge

WORTH = 0.005
"""Expected bits below which an answer would tell nothing."""
MOST_APART = 3


def next_question(ranked: Sequence[Hypothesis], seen: Observed, pack: Pack) -> Question | None:
    """By expected information gain (Lindley 1956) over the posterior of `ranked`; None where nothing is left to ask.

    A step that is only hinted at is not known, and may be asked for.
    """
    known = knowledge(pack)
    codes = list(known.signals)
    open_ = [n for n, code in enumerate(codes) if code not in seen.shown and known.signals[code].question]
    if not ranked or not open_:
        return None
    by_script = {h.script: h.posterior for h in ranked}
    before = np.array([by_script.get(code, 0.0) for code in known.scripts])
    gains = information(before, known.true[:, open_])
    best = max(range(len(open_)), key=lambda n: (gains[n], codes[open_[n]]))
    if gains[best] < WORTH:
        return None
    code = codes[open_[best]]
    return Question(
        signal=code,
        text=known.signals[code].question,
        gain=round(float(gains[best]), 3),
        between=_apart(list(known.scripts), before, known.true[:, open_[best]]),
    )


def information(before: Floats, rates: Floats) -> Floats:
    """Expected bits that a yes or no tells of the scripts, for each column of `rates` (scripts, questions)."""
    yes, no = before[:, None] * rates, before[:, None] * (1 - rates)
    after = yes.sum(axis=0) * _entropy(yes) + no.sum(axis=0) * _entropy(no)
    gain: Floats = _entropy(before[:, None]) - after
    return gain


def _entropy(weights: Floats) -> Floats:
    """In bits, of each column, whose weights need not sum to 1."""
    shares = weights / np.maximum(weights.sum(axis=0), 1e-300)
    found: Floats = -(shares * np.log2(np.maximum(shares, 1e-300))).sum(axis=0)
    return found


def _apart(scripts: Sequence[str], before: Floats, rates: Floats) -> tuple[str, ...]:
    """The scripts whose share the answer moves most, likeliest first."""
    moved = before * np.abs(rates - (before * rates).sum())
    chosen = sorted(range(len(scripts)), key=lambda n: -moved[n])[:MOST_APART]
    return tuple(scripts[n] for n in sorted(chosen, key=lambda n: -before[n]))
