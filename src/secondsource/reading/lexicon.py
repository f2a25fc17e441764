"""All phrases of one concern, found in one pass over a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from secondsource.packs import Pack, to_regex

_EDGE = r"(?<![\w])"
"""What every Latin pattern begins with: tried once for all of them, it fails fast inside words."""
_END = r"(?![\w])"
CJK = frozenset({"ko", "ja", "zh"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a text: the group of the pack that it belongs to, and where it stands."""

    group: str
    start: int
    end: int


class Lexicon:
    """Groups of patterns as one expression. Of two that start together the longer pattern counts."""

    def __init__(self, groups: Mapping[str, tuple[str, ...]], language: str, slots: Mapping[str, str]):
        pairs = sorted(
            {(pattern, group) for group, patterns in groups.items() for pattern in patterns},
            key=lambda pair: (-len(pair[0]), pair),
        )
        signs = [pair for pair in pairs if language not in CJK and not (pair[0][0].isalnum() or pair[0][0] in "[({")]
        words = [pair for pair in pairs if pair not in signs]
        self._groups = [group for _, group in [*words, *signs]]
        edge = "" if language in CJK else _EDGE
        expression = f"{edge}(?:{_either(words, language, slots)})|{_either(signs, language, slots)}"
        self._expression = re.compile(expression, re.IGNORECASE)

    def scan(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Phrases in [start, end), first first, none inside another."""
        for found in self._expression.finditer(text, start, len(text) if end is None else end):
            yield Hit(self._groups[(found.lastindex or 1) - 1], found.start(), found.end())

    def at(self, text: str, position: int, end: int | None = None) -> Hit | None:
        """The phrase that starts exactly here."""
        found = self._expression.match(text, position, len(text) if end is None else end)
        return Hit(self._groups[(found.lastindex or 1) - 1], found.start(), found.end()) if found else None


def _either(pairs: list[tuple[str, str]], language: str, slots: Mapping[str, str]) -> str:
    """The patterns as alternatives, one group each; signs such as "-" and "$" may touch a word."""
    sources = []
    for pattern, _ in pairs:
        source = to_regex(pattern, language, slots).removeprefix(_EDGE)
        word = pattern[-1].isalnum() or pattern[-1] in "])}*"
        sources.append(f"({source if word else source.removesuffix(_END)})")
    return "|".join(sources) or "(?!)"


def lexicon(pack: Pack, concern: str, language: str, only: tuple[str, ...] | None = None, **slots: str) -> Lexicon:
    """The phrases of `phrases/<concern>.yaml` in one language; with `only`, of the groups so named or whose
    name has one of these as its first word ("month" takes in "month -1")."""
    groups = tuple(
        (name, tuple(by_language[language]))
        for name, by_language in pack.phrases.get(concern, {}).items()
        if by_language.get(language) and (only is None or name in only or name.split(" ")[0] in only)
    )
    return _built(groups, language, tuple(sorted(slots.items())))


@lru_cache(maxsize=256)
def _built(
    groups: tuple[tuple[str, tuple[str, ...]], ...], language: str, slots: tuple[tuple[str, str], ...]
) -> Lexicon:
    return Lexicon(dict(groups), language, dict(slots))
