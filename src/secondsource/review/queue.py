"""What to judge first: the claims on which most hangs, each with the reason why it stands where it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from secondsource.model import Claim, FactKind, Finding, Hypothesis, Incident, Manufactured, Modality, Report, Verdict
from secondsource.packs import Pack
from secondsource.scripts import Script, load

NEEDED = 2
"""Independent sources that make a fact corroborated."""


class Why(IntEnum):
    """Why a claim stands where it does, what matters most first."""

    CORROBORATION = 0
    LINCHPIN = 1
    DECISIVE = 2
    STEP = 3
    HEDGED = 4
    REST = 5


@dataclass(frozen=True, slots=True)
class Ranked:
    """A claim and its reason. `about`: of a corroboration the value of the fact (`kind`), of a hypothesis the script
    with its `step`. `weight` orders claims with the same reason, most first."""

    claim: Claim
    why: Why
    incident: str | None = None
    kind: FactKind | None = None
    about: str = ""
    step: str = ""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Item:
    """A claim that waits for a person. `reason`: why it stands there, in an English sentence."""

    claim: Claim
    report: Report
    reason: str
    ranked: Ranked


class Queue:
    """All claims of a book, what matters most first."""

    def __init__(self, incidents: Sequence[Incident], claims: Iterable[Claim], pack: Pack) -> None:
        """`claims` are all of the book, also those of no incident. A corroboration counts as hanging on a claim
        whose voice has no other beside it there."""
        self._pack = pack
        self._scripts = load(pack)
        best: dict[str, Ranked] = {}
        for incident in incidents:
            for one in (*_corroborations(incident), *_hypotheses(incident, self._scripts), *_rest(incident)):
                held = best.get(one.claim.id)
                if held is None or _order(one) < _order(held):
                    best[one.claim.id] = one
        for claim in claims:
            best.setdefault(claim.id, _other(claim, None))
        self.ranked = sorted(best.values(), key=_order)

    def reason(self, one: Ranked) -> str:
        """Why a claim stands where it does, in an English sentence."""
        match one.why:
            case Why.CORROBORATION:
                return f"It is all that one source says of {_fact(one, self._pack)}, which two barely corroborate."
            case Why.LINCHPIN:
                return f"Without it, “{self._script(one)}” would no longer be the likeliest explanation."
            case Why.DECISIVE:
                return (
                    f"It alone stands for a step that decides whether this was “{self._script(one)}”: "
                    f"{self._step(one)}."
                )
            case Why.STEP:
                return f"It is taken for a step of “{self._script(one)}”: {self._step(one)}."
            case Why.HEDGED:
                return "The text hedges it, or has it from hearsay."
            case Why.REST if one.incident is None:
                return "Nobody has judged it yet. It belongs to no incident."
            case _:
                return "Nobody has judged it yet."

    def _script(self, one: Ranked) -> str:
        return self._scripts[one.about].label.get("en", one.about) if one.about in self._scripts else one.about

    def _step(self, one: Ranked) -> str:
        steps = self._scripts[one.about].steps if one.about in self._scripts else []
        return next((s.label.get("en", s.code) for s in steps if s.code == one.step), one.step)


def _order(one: Ranked) -> tuple[int, float]:
    return one.why, -one.weight


def _corroborations(incident: Incident) -> Iterator[Ranked]:
    claims = {c.id: c for c in incident.claims}
    for finding in incident.findings:
        for claim_id in _alone(finding):
            weight = 1.0 if finding.kind is FactKind.ACT else 0.0
            yield Ranked(claims[claim_id], Why.CORROBORATION, incident.id, finding.kind, finding.value, weight=weight)


def _alone(finding: Finding) -> list[str]:
    """Claims of a barely corroborated fact that are the only one of their voice there."""
    if finding.verdict is not Verdict.CORROBORATED or finding.independence.least > NEEDED:
        return []
    voices = [s.voice_id or s.report_id for s in finding.support]
    return [s.claim_id for s, voice in zip(finding.support, voices, strict=True) if voices.count(voice) == 1]


def _hypotheses(incident: Incident, scripts: Mapping[str, Script]) -> Iterator[Ranked]:
    claims = {c.id: c for c in incident.claims}
    for place, hypothesis in enumerate(incident.hypotheses):
        if place == 0 and hypothesis.linchpin in claims:
            held = claims[hypothesis.linchpin]
            yield Ranked(held, Why.LINCHPIN, incident.id, about=hypothesis.script, weight=hypothesis.posterior)
        script = scripts.get(hypothesis.script)
        if script and script.manufactured and incident.manufactured is not Manufactured.NO:
            yield from _steps(incident, hypothesis, script, claims)


def _steps(incident: Incident, hypothesis: Hypothesis, script: Script, claims: Mapping[str, Claim]) -> Iterator[Ranked]:
    decisive = {step.code: step.decisive for step in script.steps if step.decisive}
    behind: dict[str, set[str]] = {}
    for step in hypothesis.steps:
        if step.step in decisive:
            behind.setdefault(decisive[step.step], set()).update(step.claims)
    for step in hypothesis.steps:
        only = len(behind.get(decisive.get(step.step, ""), ())) == 1
        why = Why.DECISIVE if only else Why.STEP
        for claim_id in step.claims:
            if claim_id in claims:
                yield Ranked(claims[claim_id], why, incident.id, about=script.code, step=step.step, weight=step.weight)


def _rest(incident: Incident) -> Iterator[Ranked]:
    for claim in incident.claims:
        yield _other(claim, incident.id)


def _other(claim: Claim, incident: str | None) -> Ranked:
    hedged = claim.modality in {Modality.HEDGED, Modality.HEARD}
    return Ranked(claim, Why.HEDGED if hedged else Why.REST, incident, weight=0.0 if incident is None else 1.0)


def _fact(one: Ranked, pack: Pack) -> str:
    match one.kind:
        case FactKind.ACT if one.about in pack.acts:
            return f"the act “{pack.acts[one.about].label.get('en', one.about)}”"
        case FactKind.PERPETRATOR if one.about in pack.organisations:
            return f"that {pack.organisations[one.about].label.get('en', one.about)} did it"
        case FactKind.PLACE if one.about in pack.places:
            return f"the place {pack.canonical(one.about)}"
        case FactKind.WHEN:
            return f"the date {one.about}"
        case FactKind.VICTIMS:
            return f"the number of people ({one.about})"
        case _:
            return f"the sum {one.about}" if one.kind is FactKind.SUM else one.about
