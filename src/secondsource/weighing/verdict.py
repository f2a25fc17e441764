"""What rates and priors decide of an incident, from the marks that were seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.model import Hypothesis, Manufactured, Question
from secondsource.packs import Pack
from secondsource.scripts import Observed
from secondsource.weighing.hypotheses import Stated, hypotheses, manufactured
from secondsource.weighing.questions import next_question


@dataclass(frozen=True, slots=True)
class Verdict:
    hypotheses: tuple[Hypothesis, ...]
    question: Question | None
    manufactured: Manufactured


def verdict(seen: Observed, claims: Sequence[Stated], reports: int, pack: Pack) -> Verdict:
    """`claims`: at least those that show a mark. `reports`: how many reports there are."""
    ranked = hypotheses(seen, pack, reports)
    return Verdict(ranked, next_question(ranked, seen, pack), manufactured(ranked, seen, claims, pack))
