"""Find the acts a report tells of: what was done to somebody, by the trigger words of a pack.

Here only words are found. Whether they state that something happened is `modality`'s to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from secondsource.model import OrgMention, PeopleMention, Span
from secondsource.packs import Act, compile_cached
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

_MARKS = re.compile(r"\.\.\.|\{\w+\}|[*\s'’]+")
_OPTIONAL = re.compile(r"\([^)]*\)")
_CHOICE = re.compile(r"\[([^\]]*)\]")


class _Words:
    """Patterns of one kind, found fast: one is only tried where its longest plain piece stands in the text."""

    def __init__(self, keyed: Iterable[tuple[str, str]], language: str) -> None:
        self._language = language
        self._keyed = list(keyed)

    def within(self, lowered: str) -> _Words:
        """Those that may stand in a text at all."""
        return _Words([pair for pair in self._keyed if pair[0] in lowered], self._language)

    def spans(self, text: str, lowered: str) -> list[tuple[int, int]]:
        """Where they stand; `lowered` is `text` in lower case."""
        tried = dict.fromkeys([pattern for key, pattern in self._keyed if key in lowered])
        found: list[tuple[int, int]] = []
        for pattern in tried:
            expression = compile_cached((pattern,), self._language)
            if expression:
                found += [match.span() for match in expression.finditer(text)]
        return found


def _keys(pattern: str) -> tuple[str, ...]:
    """Pieces of plain text of which one stands wherever a pattern matches."""
    bare = _MARKS.sub(" ", _OPTIONAL.sub(" ", pattern.lower()))
    plain = _CHOICE.sub(" ", bare).split()
    if plain:
        return (max(plain, key=len),)
    choices = [options.split("|") for options in _CHOICE.findall(bare)]
    keyed = [tuple(max(option.split(), key=len, default="") for option in options) for options in choices]
    return max(keyed, key=lambda keys: min(map(len, keys)), default=("",))


@lru_cache(maxsize=1024)
def _words(patterns: tuple[str, ...], language: str) -> _Words:
    return _Words([(key, pattern) for pattern in dict.fromkeys(patterns) for key in _keys(pattern)], language)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of one act in one language."""

    act: str
    triggers: _Words
    weak: _Words
    needs: _Words
    unless: _Words

    @classmethod
    def of(cls, act: Act, language: str) -> _Vocabulary:
        fields = (act.triggers, act.weak, act.needs, act.unless)
        return cls(act.code, *(_words(tuple(field.get(language, ())), language) for field in fields))

    def within(self, lowered: str) -> _Vocabulary:
        """The words that may stand in a text at all."""
        fields = (self.triggers, self.weak, self.needs, self.unless)
        return _Vocabulary(self.act, *(field.within(lowered) for field in fields))

    def spans(self, text: str, lowered: str) -> list[tuple[int, int]]:
        """Triggers that count, first first and apart; of overlapping ones the longest of the first."""
        found = self.triggers.spans(text, lowered)
        weak = self.weak.spans(text, lowered)
        if weak and self.needs.spans(text, lowered):
            found += weak
        if not found:
            return []
        blocked = self.unless.spans(text, lowered)
        kept: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            covered = any(a <= start and end <= b for a, b in blocked)
            if not covered and (not kept or start >= kept[-1][1]):
                kept.append((start, end))
        return kept[:MOST_PER_SENTENCE]


def find(text: Text) -> list[ActHit]:
    """All triggers in the body and in the headlines above it, in the order of the text.

    Hits of one act never overlap.
    """
    lowered = text.raw.lower()
    vocabularies = [_Vocabulary.of(act, text.language).within(lowered) for act in text.pack.acts.values()]
    hits: list[ActHit] = []
    in_body = False
    for sentence in text.sentences:
        in_body = in_body or sentence.kind is Kind.BODY
        if sentence.kind is Kind.BODY or (sentence.kind is Kind.HEADLINE and not in_body):
            hits.extend(_in_sentence(sentence, vocabularies))
    return hits


def _in_sentence(sentence: Sentence, vocabularies: Sequence[_Vocabulary]) -> list[ActHit]:
    lowered, offset = sentence.text.lower(), sentence.span.start
    hits = [
        ActHit(words.act, Span(start=offset + start, end=offset + end), sentence)
        for words in vocabularies
        for start, end in words.spans(sentence.text, lowered)
    ]
    return sorted(hits, key=lambda hit: (hit.trigger.start, hit.trigger.end, hit.act))
