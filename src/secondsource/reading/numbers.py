"""Numbers in digits and words: 20,000, 1.7 million, a dozen, 3만 5천, 열 명, 十数人, 二十多名.

Number words are data (`phrases/numbers.yaml`). In Korean, Japanese and Chinese a number in words
counts only before something that is counted, as its characters stand in too many other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from secondsource.packs import Pack
from secondsource.reading.lexicon import CJK, Hit, Lexicon, lexicon

DIGITS = r"(?<![\d.,])[0-9０-９]{1,3}(?:[,，][0-9０-９]{3}){1,5}(?:[.．][0-9０-９]{1,6})?(?![0-9０-９])" + (
    r"|(?<![0-9０-９])[0-9０-９]{1,18}(?:[.．][0-9０-９]{1,6})?(?![0-9０-９])"
)
_DIGITS = re.compile(DIGITS)
_JOINT = {"en": re.compile(r"[\s-]+(?:and\s+)?"), "ko": re.compile(r"\s?"), "ja": re.compile(""), "zh": re.compile("")}
_WORDS = ("value", "scale", "vague", "odd", "none")
_LONE = frozenset("일이삼사오육륙칠팔구조")
"""Sino-Korean digits that are far more often a syllable or a pronoun when they stand alone."""
_WOMEN = re.compile(r"여(?=[가-힣])(?!명|\s)")
"""여 in 두 여성, which begins a word and is not the "odd" of 20여 명."""
_HANGUL = re.compile(r"[가-힣]")
_BEFORE, _AFTER = 24, 12
"""How far before and after a number its qualifiers may stand, in characters."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: the characters [start, end), the number said, and the range it stands for.

    "more than 20" is value 20, low 20, high None; "20여" is 20 to 29; "up to 30" has no low."""

    start: int
    end: int
    value: float
    low: float | None
    high: float | None
    about: bool = False
    digits: bool = False
    """True where it is written in digits, at least in part."""

    @property
    def exact(self) -> bool:
        return self.low == self.high == self.value and not self.about


def find(text: str, language: str, pack: Pack) -> list[Number]:
    """Every number, first first. Years, dates and ages are numbers here too: what they count is for others to say."""
    phrases = (_WORDS, ("counters",), ("about", "at"))
    return list(_find(text, language, *(lexicon(pack, "numbers", language, groups) for groups in phrases)))


@lru_cache(maxsize=1024)
def _find(text: str, language: str, words: Lexicon, counters: Lexicon, around: Lexicon) -> tuple[Number, ...]:
    """Kept for a while: people, sums and more are looked for in the same sentences."""
    tokens = sorted(
        [Hit("digits", m.start(), m.end()) for m in _DIGITS.finditer(text)] + list(words.scan(text)),
        key=lambda hit: hit.start,
    )
    found = [n for n in _composed(text, tokens, language) if n.digits or _counts(text, n, language, counters)]
    return tuple(_qualified(text, number, around) for number in found)


def value(text: str, language: str, pack: Pack) -> float | None:
    """The first number in a text, as the counted thing may be missing."""
    words = lexicon(pack, "numbers", language, _WORDS)
    tokens = [Hit("digits", m.start(), m.end()) for m in _DIGITS.finditer(text)] + list(words.scan(text))
    return next((n.value for n in _composed(text, sorted(tokens, key=lambda hit: hit.start), language)), None)


@dataclass(slots=True)
class _Sum:
    """A number while its words come in: whole = finished big scales, part = below the next, last = just said."""

    language: str
    start: int
    end: int
    whole: float = 0
    part: float = 0
    last: float | None = None
    from_digits: bool = False
    digits: bool = False
    scale: float = 0
    low: float | None = None
    high: float | None = None
    odd: bool = False
    done: bool = field(default=False)

    def take(self, kind: str, numbers: list[float], hit: Hit) -> bool:
        """Adds a word, or says that it belongs to another number."""
        fits = not self.done and getattr(self, f"_{kind}")(numbers)
        if fits:
            self.end = hit.end
        return bool(fits)

    def _value(self, numbers: list[float]) -> bool:
        (new,) = numbers
        if self.low is not None:
            return False
        if self.last is None:
            self.last = new
        elif self.from_digits:
            return False
        elif self.language in {"ja", "zh"} and new < 10:
            self.last = self.last * 10 + new
        elif 10 <= self.last < 100 and self.last % 10 == 0 and new < 10:
            self.last += new
        else:
            return False
        self.from_digits = False
        return True

    def _digits(self, numbers: list[float]) -> bool:
        if self.last is not None or self.low is not None or (self.whole + self.part and self.language == "en"):
            return False
        self.last, self.from_digits, self.digits = numbers[0], True, True
        return True

    def _scale(self, numbers: list[float]) -> bool:
        (scale,) = numbers
        if self.low is not None:
            self.low, self.high = self.low * scale, (self.high + 1) * scale - 1 if self.high else None
            self.done = True
            return True
        nothing = self.last is None and not self.part
        if self.language == "en" and nothing:
            return False
        if scale < (10_000 if self.language in CJK else 1_000):
            if self.part and (self.scale <= scale or (self.last is None and self.language == "en")):
                return False
            self.part += (1 if self.last is None else self.last) * scale
        elif self.whole and (nothing or self.whole <= scale):
            return False
        else:
            self.whole += (1 if nothing else self.part + (self.last or 0)) * scale
            self.part = 0
        self.last, self.scale = None, scale
        return True

    def _vague(self, numbers: list[float]) -> bool:
        if numbers == [2, 9] and (self.digits or self.part) and self.low is None:
            return self._odd(numbers)
        if self.last is not None or self.whole or self.part or self.low is not None:
            return False
        self.low, self.high = numbers[0], numbers[1] if len(numbers) > 1 else None
        return True

    def _odd(self, _: list[float]) -> bool:
        self.odd = self.done = self.low is None
        return self.odd

    def _none(self, _: list[float]) -> bool:
        return False

    def number(self) -> Number:
        if self.low is not None:
            return Number(self.start, self.end, self.low, self.low, self.high, about=True)
        said = self.whole + self.part + (self.last or 0)
        high: float = said
        if self.odd:
            step = 10.0
            while said and step < said and said % (step * 10) == 0:
                step *= 10
            high = said + (self.scale or step) - 1 if said >= 10 else said
        return Number(self.start, self.end, said, said, high, about=self.odd, digits=self.digits)


def _composed(text: str, tokens: Iterable[Hit], language: str) -> list[Number]:
    joint = _JOINT.get(language, _JOINT["en"])
    found: list[Number] = []
    current: _Sum | None = None
    for hit in tokens:
        if current and hit.start < current.end:
            continue
        kind, *rest = hit.group.split(" ")
        numbers = [float(r) for r in rest]
        if kind == "digits":
            numbers = [float(re.sub("[,，]", "", text[hit.start : hit.end]).replace("．", "."))]
        joined = current is not None and joint.fullmatch(text, current.end, hit.start)
        if kind == "odd" and text[hit.start - 1 : hit.start] == " " and _WOMEN.match(text, hit.start):
            joined = False
        if current is not None and joined and current.take(kind, numbers, hit):
            continue
        if current is not None:
            found.append(current.number())
        current = _Sum(language, hit.start, hit.end)
        inside = language == "ko" and kind != "digits" and hit.start > 0 and _HANGUL.match(text, hit.start - 1)
        if inside or not current.take(kind, numbers, hit):
            current = None
    return [*found, current.number()] if current else found


def _counts(text: str, number: Number, language: str, counters: Lexicon) -> bool:
    """Whether a number in words is one: where words run together, only before a counter."""
    if language not in CJK:
        return True
    if language == "ko" and text[number.start : number.end] in _LONE:
        return False
    after = number.end + (text[number.end : number.end + 1] == " ")
    return counters.at(text, after) is not None


def _qualified(text: str, number: Number, around: Lexicon) -> Number:
    """The number with what "at least", "up to" or "about" beside it make of it."""
    start = max(0, number.start - _BEFORE)
    before = [h for h in around.scan(text, start, number.start) if not text[h.end : number.start].strip(" 的(（$€£¥₩")]
    after = [
        h for h in around.scan(text, number.end, number.end + _AFTER) if len(text[number.end : h.start].strip()) <= 2
    ]
    for hit in [h for h in before if h.group.endswith("before")] + [h for h in after if h.group.endswith("after")]:
        if hit.group.startswith("about"):
            number = replace(number, about=True)
        elif hit.group.startswith("at least"):
            number = replace(number, high=None)
        else:
            number = replace(number, low=None)
    return number
