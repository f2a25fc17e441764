"""All phrases of one concern, found in one pass over a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from secondsource.packs import Pack, to_regex

_EDGE = r"(?<![\w])"
"""What every Latin pattern begins with: tried once for all of them, it fails fast inside words."""
_END = r"(?![\w])"
_CHOICE = re.compile(r"\[([^\]]*)\]|\(([^)]*)\)\s*")
_SLOT = re.compile(r"\{(\w+)\}")
CJK = frozenset({"ko", "ja", "zh"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a text: the group of the pack that it belongs to, and where it stands."""

    group: str
    start: int
    end: int


class Lexicon:
    """Groups of patterns as one expression. Of two that start together the longer pattern counts.

    Patterns are gathered by what they begin with, so that most places in a text cost one comparison."""

    def __init__(self, groups: Mapping[str, tuple[str, ...]], language: str, slots: Mapping[str, str]):
        self._groups: list[str] = []
        pairs = sorted(
            {(one, group) for group, patterns in groups.items() for pattern in patterns for one in _spread(pattern)},
            key=lambda pair: (-len(pair[0]), pair),
        )
        signs = [pair for pair in pairs if language not in CJK and not (pair[0][0].isalnum() or pair[0][0] == "{")]
        words = [pair for pair in pairs if pair not in signs]
        edge = "" if language in CJK else _EDGE
        first, second = (self._either(part, language, slots) for part in (words, signs))
        self._expression = re.compile(f"{edge}(?:{first})|{second}", re.IGNORECASE)

    def _either(self, pairs: list[tuple[str, str]], language: str, slots: Mapping[str, str]) -> str:
        """The patterns as alternatives, one group each; signs such as "-" and "$" may touch a word."""
        by_head: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for pattern, group in pairs:
            source = to_regex(pattern, language, slots).removeprefix(_EDGE)
            if not (pattern[-1].isalnum() or pattern[-1] in "])}*"):
                source = source.removesuffix(_END)
            slot = _SLOT.match(pattern)
            head = f"(?:{slots[slot.group(1)]})" if slot else re.escape(pattern[0].lower())
            tail = source[len(head) :] if source.lower().startswith(head.lower()) else None
            by_head[head if tail is not None else ""].append((source if tail is None else tail, group))
        sources = []
        for head, tails in sorted(by_head.items(), key=lambda item: item[0].startswith("(?:")):
            self._groups.extend(group for _, group in tails)
            sources.append(f"{head}(?:{'|'.join(f'({tail})' for tail, _ in tails)})")
        return "|".join(sources) or "(?!)"

    def scan(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Phrases in [start, end), first first, none inside another."""
        for found in self._expression.finditer(text, start, len(text) if end is None else end):
            yield Hit(self._groups[(found.lastindex or 1) - 1], found.start(), found.end())

    def at(self, text: str, position: int, end: int | None = None) -> Hit | None:
        """The phrase that starts exactly here."""
        found = self._expression.match(text, position, len(text) if end is None else end)
        return Hit(self._groups[(found.lastindex or 1) - 1], found.start(), found.end()) if found else None


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


_READY: dict[tuple[object, ...], tuple[Pack, Lexicon]] = {}
_MOST_READY = 2_000


def lexicon(pack: Pack, concern: str, language: str, only: tuple[str, ...], **slots: str) -> Lexicon:
    """The phrases of `phrases/<concern>.yaml` in one language, of the groups so named or whose name has one of
    these as its first word ("month" takes in "month -1")."""
    key = (id(pack), concern, language, only, *slots.items())
    ready = _READY.get(key)
    if ready is not None:
        return ready[1]
    groups = tuple(
        (name, tuple(by_language[language]))
        for name, by_language in pack.phrases.get(concern, {}).items()
        if by_language.get(language) and (name in only or name.split(" ")[0] in only)
    )
    if len(_READY) >= _MOST_READY:
        _READY.clear()
    # The pack is kept with it, so that no other can get its id.
    _READY[key] = (pack, _built(groups, language, tuple(sorted(slots.items()))))
    return _READY[key][1]


@lru_cache(maxsize=256)
def _built(
    groups: tuple[tuple[str, tuple[str, ...]], ...], language: str, slots: tuple[tuple[str, str], ...]
) -> Lexicon:
    return Lexicon(dict(groups), language, dict(slots))
