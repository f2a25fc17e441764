"""How a sentence states an act: as a fact, with reserve, from hearsay, denied, planned, or not at all.

The phrases are the pack's (`phrases/modality.yaml`), where `{act}` stands for the words of the trigger.
A phrase with `{act}` is held against the words around the trigger, one without it against the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from secondsource.model import Modality, OrgMention
from secondsource.packs import compile_patterns
from secondsource.packs.literals import keys, literals
from secondsource.reading import korean, tense
from secondsource.reading.acts import ActHit
from secondsource.reading.lexicon import CJK
from secondsource.reading.text import Kind, Text

_SLOT = "\ua66e"
"""Stands in for the words in question: a letter that no living language writes."""
_AROUND = 160
"""Characters to either side of a trigger that can bear on it; more than any phrase spans."""

_ORDER = (
    ("denied", Modality.DENIED),
    ("planned", Modality.PLANNED),
    ("heard", Modality.HEARD),
    ("hedged", Modality.HEDGED),
)


def of(text: Text, hit: ActHit) -> tuple[Modality, bool] | None:
    """Modality of a hit, and whether it tells of a practice; None where it is no claim at all."""
    start, end = hit.trigger.start - hit.sentence.span.start, hit.trigger.end - hit.sentence.span.start
    words = hit.sentence.text
    near = words[max(0, start - _AROUND) : start] + _SLOT + words[end : end + _AROUND]

    there = literals(text.pack, text.language).within(words)

    def says(group: str) -> bool:
        phrases = _phrases(tuple(text.pack.phrase("modality", group, text.language)), text.language)
        return phrases.free.found(words, there) or phrases.tied.found(near, there)

    if says("void") and not says("real"):
        return None
    usual = says("practice") or (text.language == "ko" and korean.habitual(words, end))
    practice = usual and not _on_one_occasion(text, words)
    attempt = text.pack.acts[hit.act].kind == "attempt"
    for group, modality in _ORDER:
        # Who was preparing to do it has attempted it.
        if not (attempt and modality is Modality.PLANNED) and says(group):
            return modality, practice
    return Modality.ASSERTED, practice


def in_the_present(text: Text, hit: ActHit) -> bool:
    """Whether the body tells of a hit in the plain present: of a practice, where others show that there is one."""
    words = hit.sentence.text
    if hit.sentence.kind is not Kind.BODY:
        return False
    present = (
        (text.language == "en" and tense.english(words))
        or (text.language == "ja" and tense.japanese(words, hit.trigger.end - hit.sentence.span.start))
        or (text.language == "ko" and tense.korean(words))
    )
    return present and not _on_one_occasion(text, words)


def _on_one_occasion(text: Text, words: str) -> bool:
    """Whether a sentence says when, other than when somebody told it."""
    told = _phrases(tuple(text.pack.phrase("modality", "told", text.language)), text.language).free.expression
    single = _phrases(tuple(text.pack.phrase("modality", "single", text.language)), text.language).free
    there = literals(text.pack, text.language).within(words)
    return single.found(told.sub(" ", words) if told else words, there)


def may_act(text: Text, org: OrgMention) -> bool:
    """False where the words around an organisation say that it helped, was bribed, suffered or was not the one."""
    return had_a_hand(text, org) or not _said_of(text, org, "not_agent")


def had_a_hand(text: Text, org: OrgMention) -> bool:
    """True where an organisation is said to have waited for people, taken money or asked for arrests."""
    return _said_of(text, org, "agent") or wanted_results(text, org)


def wanted_results(text: Text, org: OrgMention) -> bool:
    """True where an organisation is said to have asked others for arrests."""
    return _said_of(text, org, "wanted")


def _said_of(text: Text, org: OrgMention, group: str) -> bool:
    tied = _phrases(tuple(text.pack.phrase("modality", group, text.language)), text.language).tied
    sentence = text.sentence_at(org.span.start)
    if sentence is None:
        return False
    start, end = max(org.span.start - _AROUND, sentence.span.start), min(org.span.end + _AROUND, sentence.span.end)
    there = literals(text.pack, text.language).within(sentence.text)
    return tied.found(text.raw[start : org.span.start] + _SLOT + text.raw[org.span.end : end], there)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases as one expression, and the words of which one stands where they do."""

    expression: re.Pattern[str] | None
    needs: frozenset[str]

    def found(self, words: str, there: frozenset[str]) -> bool:
        """Whether one of them stands in some words; `there` are the pack's words in the sentence around them."""
        if self.expression is None or ("" not in self.needs and self.needs.isdisjoint(there)):
            return False
        return _found(self.expression, words)


@dataclass(frozen=True, slots=True)
class _Group:
    """Those tied to the words in question, and those that speak for the whole sentence."""

    tied: _Phrases
    free: _Phrases


@lru_cache(maxsize=128)
def _phrases(patterns: tuple[str, ...], language: str) -> _Group:
    tied = [p for p in patterns if "{" in p]
    free = [p for p in patterns if "{" not in p]
    slots = {"act": _SLOT, "org": _SLOT}
    return _Group(*(_Phrases(compile_patterns(some, language, slots), _needs(some, language)) for some in (tied, free)))


def _needs(patterns: list[str], language: str) -> frozenset[str]:
    return frozenset(key for pattern in patterns for key in keys(pattern, language in CJK))


@lru_cache(maxsize=4096)
def _found(expression: re.Pattern[str], words: str) -> bool:
    return expression.search(words) is not None
