"""Which words of a pack stand in a text: one pass tells it, and most patterns need not be tried at all.

Every pattern holds plain words, one of which stands in whatever it matches: its *keys*. A text is taken
apart into its runs of two or three characters once; a key can only be there where its rarest run is. In Latin
script words are held between spaces, so that "he" is not found in "the".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from operator import add
from typing import TYPE_CHECKING

from secondsource.packs.once import once
from secondsource.packs.patterns import CJK

if TYPE_CHECKING:
    from secondsource.packs.model import ByLanguage, Pack

_GAP = re.compile(r"\s*\.\.\.\s*")
_LOOSE = re.compile(r"(?:(?<=^)|(?<=\s))\([^)]*\)\s*")
"""Optional words with a space before them, or none where the pattern begins."""
_OPTIONAL = re.compile(r"\([^)]*\)\s*")
_CHOICE = re.compile(r"\[([^\]]*)\]")
_UNKNOWN = re.compile(r"[*\x00]|\{\w+\}")
_APART = re.compile(r"[\W_]+")
_CJK_APART = re.compile(r"[\s'’]+")
_TELLING, _TELLING_CJK = 3, 2
"""Characters of a word from which on it tells one text from another."""
_MOST_NEEDS = 4
_RUN = 3
"""Characters of the runs that a text in Latin script is taken apart into."""
_LONGEST = 4_000
"""Characters of a text whose words are remembered."""


def words_of(text: str, cjk: bool) -> str:
    """A text as keys are looked for in it."""
    return text.lower() if cjk else f" {_APART.sub(' ', text.lower())} "


def keys(pattern: str, cjk: bool) -> tuple[str, ...]:
    """Words of which one stands wherever the pattern matches; ("",) where nothing must."""
    return needs(pattern, cjk)[0]


def needs(pattern: str, cjk: bool) -> list[tuple[str, ...]]:
    """Sets of words of each of which one stands wherever the pattern matches; the most telling first."""
    bare = _OPTIONAL.sub("\x00", _loosened(_GAP.sub(" ", pattern.lower().strip())))
    found: list[tuple[str, ...]] = [(piece,) for piece in _pieces(_CHOICE.sub("\x00", bare), cjk)]
    found += [_options(choice, bare, cjk) for choice in _CHOICE.finditer(bare)]
    ranked = sorted(((min(map(_weight, words)), words) for words in found), key=lambda one: (-one[0], len(one[1])))
    enough = [words for weight, words in ranked if weight >= (_TELLING_CJK if cjk else _TELLING)]
    return enough[:_MOST_NEEDS] or [words for weight, words in ranked if weight][:1] or [("",)]


def _weight(key: str) -> int:
    return len(key.strip())


def _loosened(pattern: str) -> str:
    while (found := _LOOSE.search(pattern)) is not None:
        pattern = pattern[: found.start()] + pattern[found.end() :]
    return pattern


def _options(choice: re.Match[str], bare: str, cjk: bool) -> tuple[str, ...]:
    left = " " if bare[choice.start() - 1 : choice.start()] in {"", " "} else "\x00"
    right = " " if bare[choice.end() : choice.end() + 1] in {"", " "} else "\x00"
    options = [f"{left}{option.strip()}{right}" for option in choice.group(1).split("|")]
    return tuple(max(_pieces(option, cjk), key=_weight, default="") for option in options)


def _pieces(bare: str, cjk: bool) -> list[str]:
    """Runs of plain characters; in Latin script with a space where a word is known to begin or end."""
    if cjk:
        return [piece for part in _UNKNOWN.split(bare) for piece in _CJK_APART.split(part) if piece]
    found: list[str] = []
    for part in _UNKNOWN.sub("\x00", f" {bare} ").split("\x00"):
        spaced = _APART.sub(" ", part)
        words = spaced.split(" ")
        last = len(words) - 1
        found += [f"{' ' * (i > 0)}{word}{' ' * (i < last)}" for i, word in enumerate(words) if word]
    return [piece for piece in found if len(piece) >= _RUN]


class Literals:
    """Many words, and which of them a text holds."""

    def __init__(self, words: Iterable[str], cjk: bool) -> None:
        self.cjk = cjk
        self.known = frozenset(words) - {""}
        common = Counter(run for word in self.known for run in _runs(word, cjk))
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.known):
            found[min(_runs(word, cjk), key=lambda run: (-len(run), common[run], run))].append(word)
        self._by_run = {run: tuple(words) for run, words in found.items()}
        self._runs = frozenset(self._by_run)
        self._remembered = lru_cache(maxsize=1024)(self._within)

    def within(self, text: str) -> frozenset[str]:
        """Those of the words that a text holds."""
        return self._remembered(text) if len(text) <= _LONGEST else self._within(text)

    def _within(self, text: str) -> frozenset[str]:
        said = words_of(text, self.cjk)
        found: set[str] = set()
        for run in self._runs.intersection(_runs(said, self.cjk)):
            found.update([word for word in self._by_run[run] if word in said])
        return frozenset(found)


def _runs(text: str, cjk: bool) -> Iterable[str]:
    """Every character and pair of a Korean, Japanese or Chinese text; every three characters of another."""
    if cjk:
        return chain(text, map(add, text, text[1:]))
    return map(add, map(add, text, text[1:]), text[2:])


@once(most=32)
def literals(pack: Pack, language: str) -> Literals:
    """The keys of all patterns that a pack has in a language."""
    cjk = language in CJK
    return Literals((word for one in _patterns(pack, language) for words in needs(one, cjk) for word in words), cjk)


def _patterns(pack: Pack, language: str) -> Iterable[str]:
    fields: list[ByLanguage] = []
    for act in pack.acts.values():
        fields += [act.triggers, act.weak, act.needs, act.unless]
    for relation in pack.relations.values():
        fields += [relation.names, relation.plurals, relation.unless]
    for groups in pack.phrases.values():
        fields += groups.values()
    return (pattern for field in fields for pattern in field.get(language, ()))
