"""Grades of the Admiralty code (NATO AJP-2.1): how reliable a source is, how credible a piece of information.

The axes are never merged, and no grade adds weight. Two take it away: nothing rests on a claim that was graded
improbable, nor on a source that was graded unreliable; both are shown, and count like what is only hedged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from secondsource.model import Claim, Decision, DecisionKind, FactKind, Finding, Grade, Incident, Source, Voice

RELIABILITY, CREDIBILITY = "ABCDEF", "123456"
UNJUDGED = Grade()
UNRELIABLE, IMPROBABLE, CONFIRMED = "E", "5", "1"


class GradeRefused(ValueError):
    """A grade that what is known does not allow. The message says why."""


class Grades:
    """The grades that stand: the last judgement of each target counts."""

    def __init__(self, decisions: Sequence[Decision], known: Sequence[Source] = ()) -> None:
        self._given: dict[str, str] = {}
        for source in known:
            if source.reliability != UNJUDGED.reliability:
                self._given.update(dict.fromkeys((source.id, *source.voices), source.reliability))
        of = {source.id: source.voices for source in known}
        for decision in decisions:
            if decision.kind is DecisionKind.GRADE and decision.value:
                for target in decision.targets:
                    self._given.update(dict.fromkeys((target, *of.get(target, ())), decision.value))

    def of(self, claim: Claim, voice: Voice | None) -> Grade:
        """The source's reliability beside the claim's credibility."""
        if not self._given:
            return UNJUDGED
        reliability = self._given.get(voice.id, "") if voice else ""
        credibility = self._given.get(claim.id, "")
        return Grade.model_validate(
            {
                "reliability": reliability if reliability and reliability in RELIABILITY else UNJUDGED.reliability,
                "credibility": credibility if credibility and credibility in CREDIBILITY else UNJUDGED.credibility,
            }
        )

    def doubted(self, claim: Claim, voice: Voice | None) -> bool:
        """Whether nothing may rest on the claim."""
        if not self._given:
            return False
        grade = self.of(claim, voice)
        return grade.reliability == UNRELIABLE or grade.credibility == IMPROBABLE


def check_grade(
    value: str | None, targets: Sequence[str], incidents: Iterable[Incident], known: Iterable[Source]
) -> None:
    """GradeRefused where a grade is none of the code's, or is not allowed.

    Letters grade the reliability of sources and voices, digits the credibility of claims. Credibility 1 says
    "confirmed by other independent sources": no act that the claim states may want for two of them.
    """
    if value is None or len(value) != 1 or value not in RELIABILITY + CREDIBILITY:
        raise GradeRefused("a grade is a letter A to F for a source, or a digit 1 to 6 for a claim")
    if not targets:
        raise GradeRefused("a grade needs a source, a voice or a claim that it is given to")
    everything = list(incidents)
    voices = {v.id for i in everything for a in i.accounts for v in a.voices} | {s.id for s in known}
    for target in targets:
        claimed = [i for i in everything if any(c.id == target for c in i.claims)]
        if value in RELIABILITY and target not in voices:
            raise GradeRefused(f"{target}: letters grade sources and voices, and this is none that is known")
        if value in CREDIBILITY and not claimed:
            raise GradeRefused(f"{target}: digits grade claims, and this is none that stands in an incident")
        if value == CONFIRMED:
            _refuse_unconfirmed(target, [f for i in claimed for f in i.findings])


def _refuse_unconfirmed(claim_id: str, findings: Iterable[Finding]) -> None:
    stated = [f for f in findings if f.kind is FactKind.ACT and any(s.claim_id == claim_id for s in f.support)]
    if not any(f.independence.least >= 2 and not f.conflicts for f in stated):
        why = stated[0].independence.reason if stated else "It states no act of an incident."
        raise GradeRefused(
            "credibility 1 means confirmed by other, independent sources, and none is known to stand beside this "
            f"claim. {why}"
        )
