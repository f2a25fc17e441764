"""Scripts held against an incident: how it was done, what decides, and what to ask next."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from secondsource.model import Claim, Hypothesis, Incident, Manufactured, Modality, Report, StepEvidence
from secondsource.packs import Pack
from secondsource.scripts import Scorer, Script, Signal, load, observe, posterior, shown, signals
from secondsource.weighing.probability import words

TEMPERING = 0.7
"""Exponent on the likelihood. Signals of one script are told together more often than independence would
have it (one good source tells all), so their bits are taken for less (Hand and Yu 2001 on naive Bayes)."""
SUSPECT = 0.20
"""Posterior from which a manufactured script is suspected: where ICD 203's 'very unlikely' ends."""
INDUCING = frozenset({"instrumental_precondition", "initiation"})
"""Scenes in which others are brought to what they would not have done."""
EXPLAINED = 0.01
"""Posterior below which the steps of a hypothesis are not listed."""

Observed = Mapping[str, tuple[str, ...]]


class Knowledge:
    """A pack's scripts and signals, ready for use."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.scripts: dict[str, Script] = load(pack)
        self.signals: dict[str, Signal] = signals(pack)
        self.priors = {code: script.prior for code, script in self.scripts.items()}

    @cached_property
    def scorer(self) -> Scorer:
        return Scorer(self.scripts, self.signals)

    def posterior(self, observed: Collection[str], priors: Mapping[str, float] | None = None) -> dict[str, float]:
        return posterior(self.scorer.bits(observed), priors or self.priors, TEMPERING)


_known: dict[int, Knowledge] = {}


def knowledge(pack: Pack) -> Knowledge:
    """Of one pack made once: packs are immutable, but hold maps and so cannot be keys themselves."""
    found = _known.get(id(pack))
    if found is None or found.pack is not pack:
        if len(_known) >= 8:
            _known.clear()
        found = _known[id(pack)] = Knowledge(pack)
    return found


def observed(claims: Sequence[Claim], reports: Mapping[str, Report], pack: Pack) -> dict[str, tuple[str, ...]]:
    told = {c.report_id: reports[c.report_id] for c in claims}
    texts = {r: report.text for r, report in told.items()}
    languages = {r: str(report.language) for r, report in told.items()}
    return observe(pack, claims, texts, languages, knowledge(pack).signals)


def hypotheses(seen: Observed, pack: Pack) -> tuple[Hypothesis, ...]:
    """All scripts, likeliest first; posteriors sum to 1. Empty where the pack has none."""
    known = knowledge(pack)
    if not known.scripts:
        return ()
    after = known.posterior(seen)
    scored = {s.script: s.steps for s in known.scorer.score(seen)}
    ranked = sorted(after, key=lambda code: (-after[code], code))
    found = []
    for rank, code in enumerate(ranked):
        low, high = (known.posterior(seen, known.priors | {code: known.priors[code] * f})[code] for f in (0.5, 2.0))
        steps: tuple[StepEvidence, ...] = ()
        if after[code] >= EXPLAINED or rank < 3:
            steps = tuple(
                StepEvidence(
                    step=step.code, claims=seen.get(step.signal or "", ()), weight=round(scored[code][step.code], 3)
                )
                for step in known.scripts[code].steps
            )
        found.append(
            Hypothesis(
                script=code,
                posterior=after[code],
                low=low,
                high=high,
                words=words(min(after[code], 1.0)),
                steps=steps,
                linchpin=_linchpin(seen, code, known) if rank == 0 else None,
            )
        )
    return tuple(found)


def _linchpin(seen: Observed, top: str, known: Knowledge) -> str | None:
    """The claim without which another script comes first; of several, the one whose loss costs most."""
    alone = {ids[0] for ids in seen.values() if len(ids) == 1}
    costs = {}
    for claim in sorted(alone):
        after = known.posterior([code for code, ids in seen.items() if ids != (claim,)])
        if min(after, key=lambda code: (-after[code], code)) != top:
            costs[claim] = after[top]
    return min(costs, key=lambda claim: (costs[claim], claim)) if costs else None


def manufactured(ranked: Sequence[Hypothesis], seen: Observed, claims: Sequence[Claim], pack: Pack) -> Manufactured:
    """Whether the state side made the offence that it punished.

    Yes where such a script comes first and its decisive steps are established; suspected where it is not to be
    ruled out though parts are missing, hedged or doubted, or where the signals of its `suspected_by` are all there.
    """
    known = knowledge(pack)
    by_id = {c.id: c for c in claims}
    verdict = Manufactured.NO
    for rank, hypothesis in enumerate(ranked):
        script = known.scripts[hypothesis.script]
        if not script.manufactured:
            continue
        if rank == 0 and _established(script, seen, by_id):
            doubted = any(code in seen for code in script.doubted_by)
            return Manufactured.SUSPECTED if doubted else Manufactured.YES
        decisive = [step for step in script.steps if step.decisive is not None]
        told = {step.decisive for step in decisive if seen.get(step.signal or "")}
        hinted = bool(script.suspected_by) and all(code in seen for code in script.suspected_by)
        if hinted or (hypothesis.posterior >= SUSPECT and len(told) >= 2):
            verdict = Manufactured.SUSPECTED
    return verdict


def _established(script: Script, seen: Observed, claims: Mapping[str, Claim]) -> bool:
    """Whether each decisive word has a step asserted, and the inducement is claimed as an act of its own:
    words beside another claim's sentence are a mark, no statement."""
    asserted: dict[str, bool] = {}
    induced = False
    for step in script.steps:
        if step.decisive is None:
            continue
        told = [claims[i] for i in seen.get(step.signal or "", ())]
        own = [c for c in told if c.act == step.act]
        firm = any(c.modality is Modality.ASSERTED for c in own or told)
        asserted[step.decisive] = asserted.get(step.decisive, False) or firm
        induced = induced or (step.scene in INDUCING and bool(own) and firm)
    return bool(asserted) and all(asserted.values()) and induced


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask next. `text` by language; `gain` is what the answer tells of the scripts, in expected bits."""

    signal: str
    text: dict[str, str]
    gain: float


def next_question(incident: Incident, pack: Pack) -> Question | None:
    """The signal not yet seen whose answer would separate the hypotheses best (expected information gain)."""
    known = knowledge(pack)
    before = {h.script: h.posterior for h in incident.hypotheses if h.script in known.scripts}
    if not before:
        return None
    seen = {
        step.signal
        for h in incident.hypotheses
        if h.script in known.scripts
        for evidence, step in zip(h.steps, known.scripts[h.script].steps, strict=False)
        if evidence.claims
    }
    true = {code: shown(known.scripts[code], known.signals, told=False) for code in before}
    gains = {
        signal: _gain(before, {code: true[code][signal] for code in before})
        for signal, mark in known.signals.items()
        if signal not in seen and mark.question
    }
    if not gains:
        return None
    best = max(gains, key=lambda signal: (gains[signal], signal))
    return Question(best, known.signals[best].question, gains[best])


def _gain(before: Mapping[str, float], rates: Mapping[str, float]) -> float:
    yes = {code: p * rates[code] for code, p in before.items()}
    no = {code: p * (1 - rates[code]) for code, p in before.items()}
    return _entropy(before) - sum(sum(part.values()) * _entropy(part) for part in (yes, no))


def _entropy(weights: Mapping[str, float]) -> float:
    total = sum(weights.values())
    shares = [w / total for w in weights.values() if w > 0 and total > 0]
    return -sum(s * math.log2(s) for s in shares)
