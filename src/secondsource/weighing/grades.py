"""Grades of the Admiralty code (NATO AJP-2.1): how reliable a source is, how credible a piece of information.

The axes are never merged, and no grade adds weight. Two take it away: nothing rests on a claim that was graded
improbable, nor on a source that was graded unreliable; both are shown, and count like what is only hedged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from secondsource.model import Claim, Decision, DecisionKind, Finding, Grade, Source, Voice

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


def refuse_unconfirmed(value: str, claim_id: str, findings: Iterable[Finding]) -> None:
    """Credibility 1 says "confirmed by other independent sources". GradeRefused where no act that the claim states
    has two sources that are known to be independent."""
    if value != CONFIRMED:
        return
    stated = [f for f in findings if f.kind.value == "act" and any(s.claim_id == claim_id for s in f.support)]
    if not any(f.independence.least >= 2 and not f.conflicts for f in stated):
        why = stated[0].independence.reason if stated else "The claim stands in no incident."
        raise GradeRefused(
            f"credibility 1 means confirmed by other, independent sources, and none stands beside this claim. {why}"
        )
