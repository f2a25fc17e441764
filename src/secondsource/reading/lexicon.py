"""All phrases of one concern, found in one pass over a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from secondsource.packs import Pack, to_regex
from secondsource.packs.literals import Literals, literals, needs
from secondsource.packs.once import once

_EDGE = r"(?<![\w])"
"""What every Latin pattern begins with: tried once for all of them, it fails fast inside words."""
_END = r"(?![\w])"
_CHOICE = re.compile(r"\[([^\]]*)\]|\(([^)]*)\)\s*")
_SLOT = re.compile(r"\{(\w+)\}")
CJK = frozenset({"ko", "ja", "zh"})
_FEW = 8
"""Patterns that are tried one by one sooner than all of them at once."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a text: the group of the pack that it belongs to, and where it stands."""

    group: str
    start: int
    end: int


class Lexicon:
    """Groups of patterns as one expression. Of two that start together the longer pattern counts.

    Patterns are gathered by what they begin with, so that most places in a text cost one comparison; a text
    that holds none of the words they need is not searched, and one that holds words of a few only for those."""

    def __init__(self, groups: Mapping[str, tuple[str, ...]], language: str, slots: Mapping[str, str], known: Literals):
        self._groups: list[str] = []
        self._sources: list[str] = []
        self._needs: list[list[tuple[str, ...]]] = []
        pairs = sorted(
            {(one, group) for group, patterns in groups.items() for pattern in patterns for one in _spread(pattern)},
            key=lambda pair: (-len(pair[0]), pair),
        )
        signs = [pair for pair in pairs if language not in CJK and not (pair[0][0].isalnum() or pair[0][0] == "{")]
        words = [pair for pair in pairs if pair not in signs]
        edge = "" if language in CJK else _EDGE
        first, second = (self._either(part, language, slots, before) for part, before in ((words, edge), (signs, "")))
        self._expression = re.compile(f"{edge}(?:{first})|{second}", re.IGNORECASE)
        heads = frozenset(pattern[0].lower() for pattern, _ in pairs)
        self._first = heads if heads.isdisjoint("{'") else frozenset()
        """What all phrases begin with; empty where a slot or one of two apostrophes may."""
        self._likely = Likely(self._needs, self._sources, known)

    def _either(self, pairs: list[tuple[str, str]], language: str, slots: Mapping[str, str], edge: str) -> str:
        """The patterns as alternatives, one group each; signs such as "-" and "$" may touch a word."""
        by_head: dict[str, list[tuple[str, str, list[tuple[str, ...]]]]] = defaultdict(list)
        for pattern, group in pairs:
            source = to_regex(pattern, language, slots).removeprefix(_EDGE)
            if not (pattern[-1].isalnum() or pattern[-1] in "])}*"):
                source = source.removesuffix(_END)
            slot = _SLOT.match(pattern)
            head = f"(?:{slots[slot.group(1)]})" if slot else re.escape(pattern[0].lower())
            tail = source[len(head) :] if source.lower().startswith(head.lower()) else None
            need = needs(pattern, language in CJK)
            by_head[head if tail is not None else ""].append((source if tail is None else tail, group, need))
        sources = []
        for head, tails in sorted(by_head.items(), key=lambda item: item[0].startswith("(?:")):
            self._groups.extend(group for _, group, _ in tails)
            self._needs.extend(need for _, _, need in tails)
            self._sources.extend(f"{edge}{head}(?:{tail})" for tail, _, _ in tails)
            sources.append(f"{head}(?:{'|'.join(f'({tail})' for tail, _, _ in tails)})")
        return "|".join(sources) or "(?!)"

    def scan(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Phrases in [start, end), first first, none inside another."""
        likely = self._likely.within(text)
        if likely is None:
            return self._at_once(text, start, len(text) if end is None else end)
        return self._singly(likely, text, start, len(text) if end is None else end) if likely else iter(())

    def _singly(self, likely: Sequence[int], text: str, start: int, end: int) -> Iterator[Hit]:
        for number, span in self._likely.scan(likely, text, start, end):
            yield Hit(self._groups[number], *span)

    def _at_once(self, text: str, start: int, end: int) -> Iterator[Hit]:
        for found in self._expression.finditer(text, start, end):
            yield Hit(self._groups[(found.lastindex or 1) - 1], found.start(), found.end())

    def at(self, text: str, position: int, end: int | None = None) -> Hit | None:
        """The phrase that starts exactly here."""
        if self._first and text[position : position + 1].lower() not in self._first:
            return None
        found = self._expression.match(text, position, len(text) if end is None else end)
        return Hit(self._groups[(found.lastindex or 1) - 1], found.start(), found.end()) if found else None


class Likely:
    """Many patterns, of which only those are tried in a text whose words stand in it. Where several match, the
    leftmost counts, and of those the first in order, as if they were one expression."""

    def __init__(
        self,
        required: Sequence[list[tuple[str, ...]]],
        sources: Sequence[str],
        words: Literals,
        flags: int = re.IGNORECASE,
        few: int = _FEW,
    ) -> None:
        self._few = few
        self._words = words
        self._flags = flags
        self._sources = sources
        self._ready: dict[int, re.Pattern[str]] = {}
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        self._rest = [[words_of for words_of in some[1:] if words.known.issuperset(words_of)] for some in required]
        for number, some in enumerate(required):
            if words.known.issuperset(some[0]):
                for word in some[0]:
                    self._by_word[word].append(number)
            else:
                self._always.append(number)

    def within(self, text: str) -> Sequence[int] | None:
        """The numbers of the patterns that may match, in order; None where they are too many to be tried singly."""
        if len(self._always) > self._few:
            return None
        there = self._words.within(text)
        if self._by_word.keys().isdisjoint(there):
            return self._always
        maybe = {number for word in self._by_word.keys() & there for number in self._by_word[word]}
        found = {n for n in maybe if not any(there.isdisjoint(words) for words in self._rest[n])}
        found.update(self._always)
        return sorted(found) if len(found) <= self._few else None

    def first(self, numbers: Sequence[int], text: str, start: int, end: int) -> tuple[int, int] | None:
        """The leftmost match of these patterns in [start, end)."""
        found = [(span[0], number, span[1]) for number in numbers if (span := self._next(number, text, start, end))]
        if not found:
            return None
        first, _, last = min(found)
        return first, last

    def scan(self, numbers: Sequence[int], text: str, start: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
        """What these patterns match in [start, end), first first, none inside another."""
        waiting = [(found, number) for number in numbers if (found := self._next(number, text, start, end))]
        while waiting:
            (first, stop), number = min(waiting, key=lambda pair: (pair[0][0], pair[1]))
            yield number, (first, stop)
            start = max(stop, first + 1)
            waiting = [
                (found, n)
                for span, n in waiting
                if (found := span if span[0] >= start else self._next(n, text, start, end))
            ]

    def _next(self, number: int, text: str, start: int, end: int) -> tuple[int, int] | None:
        found = self._expression(number).search(text, start, end)
        return found.span() if found else None

    def _expression(self, number: int) -> re.Pattern[str]:
        if number not in self._ready:
            self._ready[number] = re.compile(self._sources[number], self._flags)
        return self._ready[number]


def _spread(pattern: str) -> list[str]:
    """A pattern that begins with a choice as one pattern for each."""
    pattern = pattern.strip()
    choice = _CHOICE.match(pattern)
    if not choice:
        return [pattern] if pattern else []
    rest = pattern[choice.end() :]
    if choice.group(1) is not None:
        return [found for option in choice.group(1).split("|") for found in _spread(option.strip() + rest)]
    joint = " " if pattern[choice.end() - 1] == " " else ""
    return [*_spread(choice.group(2) + joint + rest), *_spread(rest)]


@once(most=2_000)
def lexicon(pack: Pack, /, concern: str, language: str, only: tuple[str, ...], **slots: str) -> Lexicon:
    """The phrases of `phrases/<concern>.yaml` in one language, of the groups so named or whose name has one of
    these as its first word ("month" takes in "month -1")."""
    groups = tuple(
        (name, tuple(by_language[language]))
        for name, by_language in pack.phrases.get(concern, {}).items()
        if by_language.get(language) and (name in only or name.split(" ")[0] in only)
    )
    return Lexicon(dict(groups), language, slots, literals(pack, language))
