"""How a sentence states an act: as a fact, with reserve, from hearsay, denied, planned, or not at all.

The phrases are the pack's (`phrases/modality.yaml`), where `{act}` stands for the words of the trigger.
A phrase with `{act}` is held against the words around the trigger, one without it against the sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from secondsource.model import Modality, OrgMention
from secondsource.packs import compile_patterns
from secondsource.reading.acts import ActHit
from secondsource.reading.text import Text

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

    def says(group: str) -> bool:
        tied, free = _phrases(tuple(text.pack.phrase("modality", group, text.language)), text.language)
        return _found(free, words) or _found(tied, near)

    if says("void") and not says("real"):
        return None
    practice = says("practice") and not _on_one_occasion(text, words)
    attempt = text.pack.acts[hit.act].kind == "attempt"
    for group, modality in _ORDER:
        # Who was preparing to do it has attempted it.
        if not (attempt and modality is Modality.PLANNED) and says(group):
            return modality, practice
    return Modality.ASSERTED, practice


def _on_one_occasion(text: Text, words: str) -> bool:
    """Whether a sentence says when, other than when somebody told it."""
    _, told = _phrases(tuple(text.pack.phrase("modality", "told", text.language)), text.language)
    _, single = _phrases(tuple(text.pack.phrase("modality", "single", text.language)), text.language)
    return _found(single, told.sub(" ", words) if told else words)


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
    tied, _ = _phrases(tuple(text.pack.phrase("modality", group, text.language)), text.language)
    sentence = text.sentence_at(org.span.start)
    if sentence is None:
        return False
    start, end = max(org.span.start - _AROUND, sentence.span.start), min(org.span.end + _AROUND, sentence.span.end)
    return _found(tied, text.raw[start : org.span.start] + _SLOT + text.raw[org.span.end : end])


@lru_cache(maxsize=128)
def _phrases(patterns: tuple[str, ...], language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Those tied to the words in question, and those that speak for the whole sentence."""
    tied = compile_patterns([p for p in patterns if "{" in p], language, {"act": _SLOT, "org": _SLOT})
    return tied, compile_patterns([p for p in patterns if "{" not in p], language)


@lru_cache(maxsize=4096)
def _found(expression: re.Pattern[str] | None, words: str) -> bool:
    return expression is not None and expression.search(words) is not None
