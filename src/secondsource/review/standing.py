"""Which judgements hold: a later one on the same claim outranks an earlier one, and an `undo` takes one back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from secondsource.model import Decision, DecisionKind
from secondsource.review.judgement import Judgement, Value

ON_CLAIMS = frozenset({DecisionKind.ACCEPT, DecisionKind.CORRECT, DecisionKind.REJECT, DecisionKind.ADD})


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgement that holds for one claim. `judgement` is None of a bare rejection, which names an id only."""

    claim_id: str
    decision: Decision
    judgement: Judgement | None

    @property
    def rejected(self) -> bool:
        return self.decision.kind is DecisionKind.REJECT


class Judgements:
    """The decisions that stand, and those on claims by claim and by report."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self.decisions = tuple(decisions)
        """All of them, in the order in which they were made."""
        self.standing = standing(decisions)
        """All kinds of decision, without those taken back and without the taking back."""
        self._in_force: dict[str, Judged] = {}
        for decision in self.standing:
            if decision.kind in ON_CLAIMS:
                for judged in _judged(decision):
                    self._in_force.pop(judged.claim_id, None)
                    self._in_force[judged.claim_id] = judged
        self._by_report: dict[str, list[Judged]] = {}
        self.bare: set[str] = set()
        for judged in self._in_force.values():
            if judged.judgement is None:
                self.bare.add(judged.claim_id)
            else:
                self._by_report.setdefault(judged.judgement.claim.report_id, []).append(judged)

    def in_force(self, claim_id: str) -> Judged | None:
        """The judgement that holds for a claim; None where no person has judged it."""
        return self._in_force.get(claim_id)

    def of(self, report_id: str) -> list[Judged]:
        """Those on claims of one report, in the order in which they were made."""
        return self._by_report.get(report_id, [])

    def all(self) -> list[Judged]:
        """All that hold, in the order in which they were made."""
        return list(self._in_force.values())

    def __len__(self) -> int:
        return len(self._in_force)


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """Decisions that nobody took back. An `undo` that was itself undone takes nothing back."""
    undone: set[str] = set()
    kept: list[Decision] = []
    for decision in reversed(decisions):
        if decision.id in undone:
            continue
        if decision.kind is DecisionKind.UNDO:
            undone.update(decision.targets)
        else:
            kept.append(decision)
    return kept[::-1]


def _judged(decision: Decision) -> list[Judged]:
    if decision.value is None:
        bare = decision.targets if decision.kind is DecisionKind.REJECT else ()
        return [Judged(target, decision, None) for target in bare]
    judgements = _value(decision.value).judgements
    return [Judged(t, decision, j) for t, j in zip(decision.targets, judgements, strict=True)]


@lru_cache(maxsize=1 << 15)
def _value(text: str) -> Value:
    """Kept, because every judgement asks for all that came before it."""
    return Value.model_validate_json(text)
