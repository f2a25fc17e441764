"""A report on the desk of somebody who judges it: claims, what they rest on, and what was decided of them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from secondsource.model import Claim, Decision, DecisionKind, Report, Span
from secondsource.review import Judged, Value
from secondsource.web import claimform, judging, marks
from secondsource.web.contract import Book
from secondsource.web.judging import Ground
from secondsource.web.words import Words

MOST_LISTED = 400
"""Sentences to choose from. Words further down are found by themselves."""
SHOWN = 90
"""Characters of a sentence in a list."""
BESIDE = 400
"""Characters shown before and after a claim's sentence."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a form was not taken, and what had been entered in it."""

    problem: str
    claim: str = ""
    entered: dict[str, str] = field(default_factory=dict)


class Sheet:
    """One report as people judged it so far. KeyError where there is none."""

    def __init__(self, book: Book, report_id: str, words: Words, trouble: Trouble | None = None) -> None:
        self.report: Report = book.report(report_id)
        self.reading = book.reviewed(report_id)
        self.claims = marks.in_order(self.reading.claims) if self.reading else []
        self.voices = {v.id: v for v in self.reading.voices} if self.reading else {}
        self.trouble = trouble
        self._book = book
        self._words = words
        self._judgements = book.judgements()

    def judged(self, claim_id: str) -> Judged | None:
        return self._judgements.in_force(claim_id)

    def over(self, claim_id: str) -> str:
        """The judgement that a form of this page replaces; '' where there is none."""
        judged = self.judged(claim_id)
        return judged.decision.id if judged else ""

    @property
    def rejected(self) -> list[Judged]:
        """What people rejected, with the claim as it stood."""
        return [j for j in self._judgements.of(self.report.id) if j.rejected]

    def marked(self) -> tuple[list[marks.Piece], list[str]]:
        """The text with its claims marked, and the kinds of acts in it."""
        kinds = sorted({self._words.act_kind(c.act) for c in self.claims})
        return marks.pieces(self.report.text, self.claims, self._words.act_kind), kinds

    def quote(self, span: Span) -> str:
        return span.of(self.report.text)

    def grounds(self, claim: Claim) -> list[Ground]:
        return judging.grounds(claim, self.report, self.voices, self._words)

    def pattern(self, claim: Claim) -> str | None:
        return judging.pattern(claim, self.report, self._words.pack) if claim.judged != "added" else None

    def form(self, claim: Claim | None) -> dict[str, str]:
        """What the fields of the correcting form hold, or of the adding one."""
        held = claimform.filled(claim, self.reading, self._words)
        if self.trouble and self.trouble.claim == (claim.id if claim else ""):
            held |= self.trouble.entered
        return held

    @cached_property
    def choices(self) -> claimform.Choices:
        return claimform.choices(self._words)

    @cached_property
    def sentences(self) -> list[Span]:
        return list(self._book.sentences(self.report.id))

    def listed(self) -> list[tuple[int, str]]:
        """Sentences to choose from: number and beginning."""
        found = []
        for number, span in enumerate(self.sentences[:MOST_LISTED]):
            said = self.quote(span)
            found.append((number, said if len(said) <= SHOWN else said[:SHOWN] + "…"))
        return found

    def around(self, claim: Claim) -> tuple[str, list[marks.Piece], str]:
        """What stands before a claim's sentence, the sentence with its words marked, and what stands after."""
        text, span = self.report.text, claim.span
        at = bisect_right([s.start for s in self.sentences], span.start) - 1
        before = self.sentences[at - 1].start if at > 0 else 0
        after = next((s.end for s in self.sentences if s.start >= span.end), len(text))
        inside = [claim.model_copy(update={"span": _moved(span, span), "trigger": _moved(claim.trigger, span)})]
        return (
            text[max(before, span.start - BESIDE) : span.start],
            marks.pieces(span.of(text), inside, self._words.act_kind),
            text[span.end : min(after, span.end + BESIDE)],
        )


def _moved(span: Span, into: Span) -> Span:
    return Span(start=max(span.start - into.start, 0), end=max(span.end - into.start, 0))


@dataclass(frozen=True, slots=True)
class Done:
    """A decision that was just made, as the page tells it."""

    id: str
    kind: DecisionKind
    acts: list[str]
    who: str


def done(book: Book, decision_id: str) -> Done | None:
    """None where there is no such decision."""
    decisions = {d.id: d for d in book.decisions()} if decision_id else {}
    one = decisions.get(decision_id)
    if one is None:
        return None
    about = [decisions[t] for t in one.targets if t in decisions] if one.kind is DecisionKind.UNDO else [one]
    return Done(one.id, one.kind, [act for d in about for act in _acts(d)], one.who)


def _acts(decision: Decision) -> list[str]:
    if decision.value is None or decision.kind not in judging.DECIDED:
        return []
    return list(dict.fromkeys(j.claim.act for j in Value.model_validate_json(decision.value).judgements))
