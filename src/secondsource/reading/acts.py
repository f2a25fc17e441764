"""Find the acts a report tells of: what was done to somebody, by the trigger words of a pack.

Here only words are found. Whether they state that something happened is `modality`'s to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secondsource.model import OrgMention, PeopleMention, Span
from secondsource.packs import Pack, to_regex
from secondsource.packs.literals import literals, needs
from secondsource.packs.once import once
from secondsource.reading.lexicon import CJK
from secondsource.reading.morphemes import inside_a_word
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


@dataclass(slots=True)
class _Pattern:
    """One pattern of an act; it is made an expression when it is first needed."""

    act: int
    field: int
    """Its place in `_FIELDS`."""
    source: str
    rest: list[tuple[str, ...]]
    """What else it needs, besides the word that it is found by."""
    expression: re.Pattern[str] | None = None

    def spans(self, text: str, language: str) -> list[tuple[int, int]]:
        if self.expression is None:
            self.expression = re.compile(to_regex(self.source, language), re.IGNORECASE)
        return [match.span() for match in self.expression.finditer(text)]


_FIELDS = ("triggers", "weak", "needs", "unless")
_TRIGGER, _WEAK, _NEED, _UNLESS = range(4)


class _Vocabulary:
    """The words of all acts of a pack in one language, by the plain words that they need."""

    def __init__(self, pack: Pack, language: str) -> None:
        self.language = language
        self.acts = list(pack.acts)
        self._literals = literals(pack, language)
        self._triggers: dict[str, list[_Pattern]] = {"": []}
        self._beside: list[dict[str, list[_Pattern]]] = [{"": []} for _ in self.acts]
        """For each act what its triggers need, or must not have, beside them: looked at where there is a trigger."""
        for number, act in enumerate(pack.acts.values()):
            for field, name in enumerate(_FIELDS):
                by_word = self._triggers if field in {_TRIGGER, _WEAK} else self._beside[number]
                for source in dict.fromkeys(getattr(act, name).get(language, ())):
                    first, *rest = needs(source, language in CJK)
                    pattern = _Pattern(number, field, source, rest)
                    for word in first:
                        by_word.setdefault(word, []).append(pattern)

    def spans(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Act, start and end of the triggers that count."""
        there = self._literals.within(text)
        of_act: dict[int, list[_Pattern]] = {}
        for pattern in _likely(self._triggers, there):
            of_act.setdefault(pattern.act, []).append(pattern)
        for act, triggers in of_act.items():
            yield from ((self.acts[act], start, end) for start, end in self._counting(act, triggers, there, text))

    def _counting(self, act: int, triggers: list[_Pattern], there: frozenset[str], text: str) -> list[tuple[int, int]]:
        """Triggers of one act that count, first first and apart; of overlapping ones the longest of the first."""

        def found_of(patterns: list[_Pattern], field: int) -> list[tuple[int, int]]:
            return [span for p in patterns if p.field == field for span in p.spans(text, self.language)]

        def words_of(field: int) -> list[tuple[int, int]]:
            return [span for span in found_of(triggers, field) if not inside_a_word(text, span[0], self.language)]

        found, weak = words_of(_TRIGGER), words_of(_WEAK)
        beside = _likely(self._beside[act], there) if found or weak else []
        if weak and found_of(beside, _NEED):
            found += weak
        if not found:
            return []
        blocked = found_of(beside, _UNLESS)
        kept: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            covered = any(a <= start and end <= b for a, b in blocked)
            if not covered and (not kept or start >= kept[-1][1]):
                kept.append((start, end))
        return kept[:MOST_PER_SENTENCE]


def _likely(by_word: dict[str, list[_Pattern]], there: frozenset[str]) -> list[_Pattern]:
    """Patterns of which all words stand in a text."""
    tried = {id(p): p for word in by_word.keys() & there for p in by_word[word]}
    tried |= {id(p): p for p in by_word[""]}
    return [p for p in tried.values() if not p.rest or not any(there.isdisjoint(words) for words in p.rest)]


@once(most=32)
def _vocabulary(pack: Pack, language: str) -> _Vocabulary:
    return _Vocabulary(pack, language)


def find(text: Text) -> list[ActHit]:
    """All triggers in the body and in the headlines above it, in the order of the text.

    Hits of one act never overlap.
    """
    vocabulary = _vocabulary(text.pack, text.language)
    hits: list[ActHit] = []
    in_body = False
    for sentence in text.sentences:
        in_body = in_body or sentence.kind is Kind.BODY
        if sentence.kind is Kind.BODY or (sentence.kind is Kind.HEADLINE and not in_body):
            hits.extend(_in_sentence(sentence, vocabulary))
    return hits


def _in_sentence(sentence: Sentence, vocabulary: _Vocabulary) -> list[ActHit]:
    offset = sentence.span.start
    hits = [
        ActHit(act, Span(start=offset + start, end=offset + end), sentence)
        for act, start, end in vocabulary.spans(sentence.text)
    ]
    return sorted(hits, key=lambda hit: (hit.trigger.start, hit.trigger.end, hit.act))
