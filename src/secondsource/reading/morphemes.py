"""The words of Korean and Japanese sentences, as their analysers part them.

What asks for the same sentence again, one after another, has it without a second analysis.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from secondsource.reading import engines

_PIECE = 400
"""Characters analysed at once: the Korean analyser's time grows faster than what it is given."""
_KEPT = 64
"""Sentences that are kept analysed."""
_HANGUL = re.compile("[가-힣]")
_JOINED = re.compile("[一-龥々ぁ-んァ-ヶー]")
_NAME = "NNP"
_DIGITS = frozenset("〇一二三四五六七八九十百千万億数")


class Token(NamedTuple):
    """A Korean morpheme: its form, tag (Sejong tag set) and place in the sentence."""

    form: str
    tag: str
    start: int
    len: int


class Word(NamedTuple):
    """A Japanese word: its surface, part of speech, dictionary form and place in the sentence.

    `parts` are the offsets at which the shorter words begin that it is made of.
    """

    surface: str
    kind: str
    lemma: str
    start: int
    end: int
    parts: tuple[int, ...]


_BEYOND = re.compile("[\U00010000-\U0010ffff\ud800-\udfff]")
"""Characters that the Korean analyser may cut in two, and then cannot give back."""
_STANDS_IN = "\ufffd"


@lru_cache(maxsize=_KEPT)
def korean(sentence: str) -> tuple[Token, ...]:
    found: list[Token] = []
    start = 0
    while start < len(sentence):
        end = len(sentence)
        if end - start > _PIECE:
            end = sentence.rfind(" ", start + 1, start + _PIECE) + 1 or start + _PIECE
        piece = _BEYOND.sub(_STANDS_IN, sentence[start:end])
        found += [Token(t.form, t.tag, start + t.start, t.len) for t in engines.korean().tokenize(piece)]
        start = end
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def japanese(sentence: str) -> tuple[Word, ...]:
    return tuple(
        Word(t.surface(), t.part_of_speech()[0], t.dictionary_form(), t.begin(), t.end(), _parts(t))
        for t in engines.japanese().tokenize(sentence)
    )


def _parts(token: Any) -> tuple[int, ...]:
    if token.end() - token.begin() < 3:
        return ()
    return tuple(part.begin() for part in token.split(engines.shortest()))


def inside_a_word(sentence: str, at: int, language: str) -> bool:
    """Whether a place lies within a word, so that what is read from there is no word: 속은 in 단속은, 出所 in 派出所.

    Names of bodies are compounds of words that mean what they say (국가안전보위부), and so are numbers (5万).
    """
    before, after = sentence[at - 1 : at], sentence[at : at + 1]
    if not at or (before.isspace() or not before.isalnum()):
        return False
    if language == "ko":
        if not (_HANGUL.match(before) and _HANGUL.match(after)):
            return False
        return any(t.start < at < t.start + t.len and t.tag != _NAME for t in korean(sentence))
    if language == "ja":
        if before.isdecimal() or before in _DIGITS or not (_JOINED.match(before) and _JOINED.match(after)):
            return False
        word = next((w for w in japanese(sentence) if w.start < at < w.end), None)
        return word is not None and at not in word.parts
    return False
