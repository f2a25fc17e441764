"""What codes of the review are called, and what a claim rests on: the words behind every part of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from secondsource.model import Claim, DecisionKind, FactKind, Modality, Report, Span, Voice
from secondsource.packs import Pack, compile_cached, compile_patterns
from secondsource.review import Item, Why
from secondsource.web.dates import N_
from secondsource.web.words import MODALITY_NOUN, Words

JUDGED = {
    "machine": N_("read by machine"),
    "accepted": N_("accepted"),
    "corrected": N_("corrected"),
    "added": N_("added by a person"),
}
DECIDED = {
    DecisionKind.ACCEPT: N_("Accepted"),
    DecisionKind.CORRECT: N_("Corrected"),
    DecisionKind.REJECT: N_("Rejected"),
    DecisionKind.ADD: N_("Added"),
    DecisionKind.UNDO: N_("Taken back"),
}
FIELD = {
    "act": N_("act"),
    "modality": N_("how it is said"),
    "practice": N_("practice or event"),
    "background": N_("this case or another"),
    "perpetrators": N_("who"),
    "victims": N_("how many"),
    "place": N_("where"),
    "when": N_("when"),
    "voice": N_("according to"),
    "heard_from": N_("heard from"),
}
WHY = {
    Why.CORROBORATION: N_("It is all that one source says of what two barely corroborate: %(fact)s."),
    Why.LINCHPIN: N_("Without it, “%(script)s” would no longer be the likeliest explanation."),
    Why.DECISIVE: N_("It alone stands for a step that decides whether this was “%(script)s”: %(step)s."),
    Why.STEP: N_("It is taken for a step of “%(script)s”: %(step)s."),
    Why.HEDGED: N_("The text hedges it, or has it from hearsay."),
    Why.REST: N_("Nobody has judged it yet."),
}
_SLOT = "\ua66e"
"""Stands in for the words of the act in a sentence: a letter that no living language writes."""
_AROUND = 160
_DOUBT = {Modality.DENIED: "denied", Modality.PLANNED: "planned", Modality.HEARD: "heard", Modality.HEDGED: "hedged"}


def reason(item: Item, words: Words) -> str:
    """Why a claim stands where it does in the queue, in the reader's language."""
    one = item.ranked
    kind = one.kind or FactKind.ACT
    fact = words.value(kind, one.about) if one.why is Why.CORROBORATION else ""
    if kind is not FactKind.ACT:
        fact = f"{words.of_fact(kind)}: {fact}"
    return words.of(WHY, one.why) % {
        "fact": fact,
        "script": words.script(one.about),
        "step": words.step(one.about, one.step),
    }


@dataclass(frozen=True, slots=True)
class Ground:
    """Words that a part of a claim rests on. `far`: they stand outside the claim's own sentence."""

    part: str
    quote: str
    means: str
    far: bool = False


def grounds(claim: Claim, report: Report, voices: Mapping[str, Voice], words: Words) -> list[Ground]:
    """All that a claim rests on, the act first. A part that a person set may rest on the whole sentence."""
    _ = words._

    def at(part: str, span: Span, means: str) -> Ground:
        return Ground(part, span.of(report.text), means, not claim.span.covers(span))

    found = [at(_("act"), claim.trigger, words.act(claim.act))]
    if doubt := _doubt(claim, report, words.pack):
        found.append(at(_("how it is said"), doubt, words.of(MODALITY_NOUN, claim.modality)))
    found += [at(_("who"), m.span, words.org(m.org)) for m in claim.perpetrators]
    found += [at(_("whom"), m.span, words.person(m)) for m in claim.victims]
    for place in claim.places:
        role = place.role.value.replace("_", " ")
        found.append(at(_("where"), place.span, f"{words.place(place.place)} ({role})"))
    if claim.when:
        found.append(at(_("when"), claim.when.span, words.date(claim.when.edtf)))
    found += [at(_("money"), m.span, words.sum(m.amount, m.currency)) for m in claim.sums]
    voice = voices.get(claim.voice or "")
    if voice and voice.spans:
        before = [s for s in voice.spans if s.start <= claim.trigger.start]
        near = min(
            voice.spans, key=lambda s: (not claim.span.covers(s), s not in before, abs(s.start - claim.span.end))
        )
        found.append(at(_("according to"), near, words.voice(voice)))
        first = voices.get(voice.heard_from or "")
        if first and first.spans:
            found.append(at(_("heard from"), first.spans[0], words.voice(first)))
    return [g for g in found if g.quote]


def pattern(claim: Claim, report: Report, pack: Pack) -> str | None:
    """The pack's pattern by which the act was known; None where none fits those very words."""
    act, language = pack.acts.get(claim.act), str(report.language)
    if act is None:
        return None
    words = claim.trigger.of(report.text)
    for known in (*act.triggers.get(language, ()), *act.weak.get(language, ())):
        expression = compile_cached((known,), language)
        if expression and expression.fullmatch(words):
            return str(known)
    return None


def _doubt(claim: Claim, report: Report, pack: Pack) -> Span | None:
    """The words by which the text withholds itself from the claim, where the pack's phrases find them."""
    group = _DOUBT.get(claim.modality)
    if group is None:
        return None
    text, span = report.text, claim.span
    start, end = max(span.start, claim.trigger.start - _AROUND), min(span.end, claim.trigger.end + _AROUND)
    near = text[start : claim.trigger.start] + _SLOT + text[claim.trigger.end : end]
    language = str(report.language)
    expression = _compiled(tuple(pack.phrase("modality", group, language)), language)
    match = expression.search(near) if expression else None
    if match is None:
        return None
    longer = claim.trigger.end - claim.trigger.start - len(_SLOT)
    first, last = (start + at + (longer if start + at > claim.trigger.start else 0) for at in match.span())
    return Span(start=first, end=last)


@lru_cache(maxsize=64)
def _compiled(phrases: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    return compile_patterns(phrases, language, {"act": _SLOT, "org": _SLOT})
