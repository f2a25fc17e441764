"""Find the acts a report tells of: what was done to somebody, by the trigger words of a pack.

Here only words are found. Whether they state that something happened is `modality`'s to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from secondsource.model import OrgMention, PeopleMention, Span
from secondsource.packs import ByLanguage, compile_cached
from secondsource.reading.text import Kind, Sentence, Text


@dataclass(frozen=True, slots=True)
class ActHit:
    """Words that name an act, and the sentence they stand in."""

    act: str
    trigger: Span
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Roles:
    """Who did the act of one hit, and to whom, as far as grammar tells."""

    perpetrators: tuple[OrgMention, ...] = ()
    victims: tuple[PeopleMention, ...] = ()


MOST_PER_SENTENCE = 4
"""Hits of one act in one sentence. More is no report, and would only cost time."""

_MARKS = re.compile(r"\.\.\.|\([^)]*\)|\{\w+\}|[*\s'’]+")


@dataclass(frozen=True)
class _Rule:
    """One pattern, and pieces of plain text of which one must stand wherever it matches.

    Looking for those first is what makes thousands of patterns cheap.
    """

    pattern: str
    language: str

    @cached_property
    def keys(self) -> tuple[str, ...]:
        bare = _MARKS.sub(" ", re.sub(r"\([^)]*\)", " ", self.pattern.lower()))
        plain = [piece for piece in re.sub(r"\[[^\]]*\]", " ", bare).split() if piece]
        if plain:
            return (max(plain, key=len),)
        choices = [choice.split("|") for choice in re.findall(r"\[([^\]]*)\]", bare)]
        keyed = [tuple(max(option.split(), key=len, default="") for option in options) for options in choices]
        return max(keyed, key=lambda keys: min(map(len, keys)), default=("",))

    @cached_property
    def expression(self) -> re.Pattern[str] | None:
        return compile_cached((self.pattern,), self.language)

    def spans(self, text: str, lowered: str) -> list[tuple[int, int]]:
        if not any(key in lowered for key in self.keys) or self.expression is None:
            return []
        return [match.span() for match in self.expression.finditer(text)]


@lru_cache(maxsize=1024)
def _rules(patterns: tuple[str, ...], language: str) -> tuple[_Rule, ...]:
    return tuple(_Rule(pattern, language) for pattern in dict.fromkeys(patterns))


def _spans(patterns: ByLanguage, language: str, text: str, lowered: str) -> list[tuple[int, int]]:
    rules = _rules(tuple(patterns.get(language, ())), language)
    return [span for rule in rules for span in rule.spans(text, lowered)]


def find(text: Text) -> list[ActHit]:
    """All triggers in the body and in the headlines above it, in the order of the text.

    Hits of one act never overlap; of overlapping ones the first, and of those the longest, stands.
    """
    hits: list[ActHit] = []
    in_body = False
    for sentence in text.sentences:
        in_body = in_body or sentence.kind is Kind.BODY
        if sentence.kind is Kind.BODY or (sentence.kind is Kind.HEADLINE and not in_body):
            hits.extend(_in_sentence(text, sentence))
    return hits


def _in_sentence(text: Text, sentence: Sentence) -> list[ActHit]:
    words, lowered, language = sentence.text, sentence.text.lower(), text.language
    hits: list[ActHit] = []
    for act in text.pack.acts.values():
        found = _spans(act.triggers, language, words, lowered)
        weak = _spans(act.weak, language, words, lowered)
        if weak and _spans(act.needs, language, words, lowered):
            found += weak
        if not found:
            continue
        blocked = _spans(act.unless, language, words, lowered)
        found = [f for f in found if not any(b[0] <= f[0] and f[1] <= b[1] for b in blocked)]
        start = sentence.span.start
        for a, b in _apart(found)[:MOST_PER_SENTENCE]:
            hits.append(ActHit(act.code, Span(start=start + a, end=start + b), sentence))
    return sorted(hits, key=lambda hit: (hit.trigger.start, hit.trigger.end, hit.act))


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
