"""Scripts held against an incident (analysis of competing hypotheses, Heuer 1999): how it may have been done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from secondsource.model import Claim, Hypothesis, Manufactured, Modality, Report, StepEvidence
from secondsource.packs import Pack
from secondsource.scripts import Observed, Script, look
from secondsource.weighing.knowledge import Floats, Knowledge, knowledge
from secondsource.weighing.probability import words

SUSPECT = 0.20
"""Posterior from which a manufactured script is suspected: where ICD 203's 'very unlikely' ends."""
EVEN = 0.5
"""Posterior from which words without a claim are enough for a suspicion: more likely than not."""
CERTAIN = 0.95
"""Posterior from which no mark of another thing excludes a script: where ICD 203's 'almost certain' begins."""
INDUCING = frozenset({"instrumental_precondition", "initiation"})
"""Scenes in which others are brought to what they would not have done."""
EXPLAINED = 0.01
"""Posterior below which the steps of a hypothesis are not listed."""
DOUBLED = 2.0
"""By what a prior is divided and multiplied for the range of a posterior."""


def observed(claims: Sequence[Claim], reports: Mapping[str, Report], pack: Pack) -> Observed:
    told = {c.report_id: reports[c.report_id] for c in claims}
    texts = {r: report.text for r, report in told.items()}
    languages = {r: str(report.language) for r, report in told.items()}
    return look(pack, claims, texts, languages, knowledge(pack).signals)


def hypotheses(seen: Observed, pack: Pack, reports: int = 1) -> tuple[Hypothesis, ...]:
    """All scripts, likeliest first; posteriors sum to 1. Empty where the pack has none.

    `reports`: how many reports the observations come from.
    """
    known = knowledge(pack)
    if not known.scripts:
        return ()
    levels = known.scorer.levels(seen.shown, seen.hinted)
    bits = known.scorer.each(levels, reports).sum(axis=1)
    shares = known.share(bits)
    codes = list(known.scripts)
    order = sorted(range(len(codes)), key=lambda row: (-shares[row], codes[row]))
    weights = known.weights(levels, reports)
    top = order[0]
    return tuple(
        Hypothesis(
            script=codes[row],
            posterior=float(shares[row]),
            low=_with_prior(float(shares[row]), 1 / DOUBLED),
            high=_with_prior(float(shares[row]), DOUBLED),
            words=words(min(float(shares[row]), 1.0)),
            steps=_steps(row, seen, weights, reports, known) if rank < 3 or shares[row] >= EXPLAINED else (),
            linchpin=_linchpin(seen, bits, levels, top, reports, known) if rank == 0 else None,
            overturn=_overturn(shares, order, row),
        )
        for rank, row in enumerate(order)
    )


def _with_prior(share: float, factor: float) -> float:
    """The posterior had the prior been `factor` times as high, those of the others as they are."""
    return share * factor / (share * factor + 1 - share)


def _overturn(shares: Floats, order: Sequence[int], row: int) -> float | None:
    if len(order) < 2:
        return None
    rival = order[1] if row == order[0] else order[0]
    return float(f"{shares[rival] / max(shares[row], 1e-12):.3g}")


def _steps(row: int, seen: Observed, weights: Floats, reports: int, known: Knowledge) -> tuple[StepEvidence, ...]:
    steps = list(known.unseen(reports)[row])
    for code in {*seen.shown, *seen.hinted}:
        for at in known.steps[row].get(code, ()):
            steps[at] = StepEvidence(
                step=steps[at].step,
                claims=seen.shown.get(code, ()),
                weight=float(weights[row, known.scorer.column[code]]),
                hinted=code in seen.hinted,
            )
    return tuple(steps)


def _linchpin(
    seen: Observed, bits: Floats, levels: npt.NDArray[np.intp], top: int, reports: int, known: Knowledge
) -> str | None:
    """The claim without which another script comes first; of several, the one whose loss costs most."""
    carried: dict[str, list[int]] = {}
    for code, ids in seen.shown.items():
        if len(ids) == 1 and code in known.scorer.column:
            carried.setdefault(ids[0], []).append(known.scorer.column[code])
    if not carried:
        return None
    claims = sorted(carried)
    table = known.scorer.table(reports)
    loss = np.stack([(table[0][:, c] - table[levels[c], :, c].T).sum(axis=1) for c in map(carried.__getitem__, claims)])
    after = known.share(bits + loss)
    codes = np.array(list(known.scripts))
    best = np.array([min(np.flatnonzero(row == row.max()), key=lambda i: codes[i]) for row in after])
    fallen = [n for n in range(len(claims)) if best[n] != top]
    return claims[min(fallen, key=lambda n: (after[n, top], claims[n]))] if fallen else None


class Stated(Protocol):
    """What is looked at of a claim."""

    @property
    def id(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def modality(self) -> Modality: ...


def manufactured(ranked: Sequence[Hypothesis], seen: Observed, claims: Sequence[Stated], pack: Pack) -> Manufactured:
    """Whether the state side made the offence that it punished.

    Yes where such a script comes first and its decisive steps are established; suspected where it is not to be
    ruled out though parts are missing, hedged or doubted, or where the signals of its `suspected_by` are all there.
    That others were brought to the offence must be told in some way: without it nothing is suspected, however much
    looks arranged; and nothing where a mark of its `excluded_by` is told, unless it is
    almost certain all the same.
    """
    known = knowledge(pack)
    by_id = {c.id: c for c in claims}
    verdict = Manufactured.NO
    for rank, hypothesis in enumerate(ranked):
        script = known.scripts[hypothesis.script]
        excluded = hypothesis.posterior < CERTAIN and any(code in seen.shown for code in script.excluded_by)
        if excluded or not script.manufactured:
            continue
        if rank == 0 and _established(script, seen.shown, by_id):
            doubted = any(code in seen.shown for code in script.doubted_by)
            return Manufactured.SUSPECTED if doubted else Manufactured.YES
        known_of = {*seen.shown, *seen.hinted} if hypothesis.posterior >= EVEN else set(seen.shown)
        told = [step for step in script.steps if step.decisive is not None and step.signal in known_of]
        partly = len({step.decisive for step in told}) >= 2 and any(step.scene in INDUCING for step in told)
        hinted = bool(script.suspected_by) and all(code in seen.shown for code in script.suspected_by)
        if hinted or (hypothesis.posterior >= SUSPECT and partly):
            verdict = Manufactured.SUSPECTED
    return verdict


def _established(script: Script, shown: Mapping[str, tuple[str, ...]], claims: Mapping[str, Stated]) -> bool:
    """Whether each decisive word has a step asserted, and the inducement is claimed as an act of its own:
    words beside another claim's sentence are a mark, no statement."""
    asserted: dict[str, bool] = {}
    induced = False
    for step in script.steps:
        if step.decisive is None:
            continue
        told = [claims[i] for i in shown.get(step.signal or "", ())]
        own = [c for c in told if c.act == step.act]
        firm = any(c.modality is Modality.ASSERTED for c in own or told)
        asserted[step.decisive] = asserted.get(step.decisive, False) or firm
        induced = induced or (step.scene in INDUCING and bool(own) and firm)
    return bool(asserted) and all(asserted.values()) and induced
