"""Words of Latin script, and the keys that names are looked up by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from secondsource.packs.romanise import loose, plain

_LATIN = "A-Za-zÀ-ɏḀ-ỿ\u0300-\u036f"
_WORD = re.compile(rf"[A-Z](?:\.[A-Z])+\.?|[{_LATIN}]+(?:['’‘ʼ`][{_LATIN}]+)*|[0-9]+")
_GAP = frozenset(" \t\n\u00a0-–—/[]()·.'’,")


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    text: str
    hyphen: bool
    """Whether a hyphen joins it to the word before."""


def split(text: str) -> Iterator[Word]:
    for m in _WORD.finditer(text):
        yield Word(m.start(), m.end(), m.group(), hyphen=text[m.start() - 1 : m.start()] in {"-", "–"})


def joined(words: Iterable[Word]) -> list[str]:
    """Keys of words, what a hyphen joins made one."""
    joined: list[str] = []
    for word in words:
        if word.hyphen and joined:
            joined[-1] += key(word.text)
        else:
            joined.append(key(word.text))
    return joined


def sound(name: str) -> str:
    return " ".join(loose(key) for key in joined(split(name)))


def key(word: str) -> str:
    key = plain(word).replace(".", "")
    return key[:-1] if word[-2:] in {"'s", "’s"} else key


def bare_end(word: Word) -> int:
    return word.end - 2 if word.text[-2:] in {"'s", "’s"} else word.end


def close(text: str, end: int, start: int) -> bool:
    return start - end <= 3 and all(char in _GAP for char in text[end:start])
