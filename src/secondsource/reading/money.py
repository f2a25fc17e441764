"""Sums of money: 20,000 yuan, RMB 2,000, 3만 5천 위안, 한화 약 326만 원, $2,786, 約33万円.

A vague sum ("tens of thousands of yuan") is no sum. Of a range both ends are given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from secondsource.model import Span, SumMention
from secondsource.reading import numbers
from secondsource.reading.lexicon import Lexicon, lexicon
from secondsource.reading.numbers import Number
from secondsource.reading.text import Text

_BEFORE = 32
"""How far before a number the words may begin that say which money it is, in characters."""
_SPACE = re.compile(r"[ \t\u00a0\u3000]{0,3}")
_SAYS = re.compile(r"\s?[(（]\s?")
_OPENS = re.compile(r"(?:\s\w{1,10})?[\s,，]*[(（\[]")


@dataclass(frozen=True, slots=True)
class _Sum:
    start: int
    end: int
    amount: float
    currency: str
    restated: str
    """The currency that it is where it restates another sum: a bare won is then the South's."""


def find(text: Text) -> list[SumMention]:
    """Every sum, first first. Amounts are in whole units of the currency (ISO 4217)."""
    sums: list[_Sum] = []
    for sentence in text.sentences:
        offset = sentence.span.start
        sums.extend(
            replace(one, start=one.start + offset, end=one.end + offset) for one in _in_sentence(sentence.text, text)
        )
    equals = lexicon(text.pack, "money", text.language, ("equals",))
    mentions = []
    for position, one in enumerate(sums):
        converts = position > 0 and _restates(text.raw, sums[position - 1], one, equals)
        mentions.append(
            SumMention(
                span=Span(start=one.start, end=one.end),
                amount=one.amount,
                currency=one.restated if converts else one.currency,
                converts=converts,
            )
        )
    return mentions


def _in_sentence(text: str, page: Text) -> list[_Sum]:
    found = numbers.find(text, page.language, page.pack)
    units = lexicon(page.pack, "money", page.language, ("unit", "either"))
    before = lexicon(page.pack, "money", page.language, ("sign", "said"))
    between = lexicon(page.pack, "money", page.language, ("range",))
    abroad = next(lexicon(page.pack, "money", page.language, ("abroad",)).scan(text), None) is not None
    sums: list[_Sum] = []
    previous = 0
    for position, number in enumerate(found):
        if number.about and not number.digits and number.low != number.high and number.value >= 10:
            continue
        one = _sum(text, number, previous, units, before, abroad=abroad)
        lower = found[position - 1] if position else None
        if one is None and sums and lower and sums[-1].end == lower.end and _is_range(text, lower, number, between):
            one = replace(sums[-1], start=number.start, end=number.end, amount=number.value)
        if one is None:
            continue
        if lower and lower.end > previous and _is_range(text, lower, number, between):
            sums.append(_Sum(lower.start, lower.end, _scaled(text, lower, number), one.currency, one.restated))
        sums.append(one)
        previous = one.end
    return sums


def _sum(text: str, number: Number, previous: int, units: Lexicon, before: Lexicon, *, abroad: bool) -> _Sum | None:
    """The sum that a number is, with the words for its money before or after it (3천 원(중국돈)). `abroad` is
    where the sentence speaks of means of payment that there are only abroad."""
    unit = units.at(text, _SPACE.match(text, number.end).end())  # type: ignore[union-attr]
    start = max(previous, number.start - _BEFORE)
    heads = [h for h in before.scan(text, start, number.start) if len(text[h.end : number.start].strip()) <= 14]
    head = heads[-1] if heads else None
    if head and head.group.startswith("sign") and text[head.end : number.start].strip():
        head = None
    if unit is None:
        if head is None or not head.group.startswith("sign"):
            return None
        currency = head.group.split(" ")[1]
        return _Sum(head.start, number.end, number.value, currency, currency)
    kind, *currencies = unit.group.split(" ")
    opens = _SAYS.match(text, unit.end)
    if kind == "either" and opens and (said := before.at(text, opens.end())) and said.group.startswith("said"):
        currency = said.group.split(" ")[1]
        return _Sum(number.start, unit.end, number.value, currency, currency)
    if kind == "either" and abroad:
        currencies = currencies[-1:]
    begin = number.start
    if head and (kind == "either" or head.group.split(" ")[1] == currencies[0]):
        currencies, begin = head.group.split(" ")[1:], head.start
    return _Sum(begin, unit.end, number.value, currencies[0], currencies[-1])


def _is_range(text: str, low: Number, high: Number, between: Lexicon) -> bool:
    gap = text[low.end : high.start]
    hit = between.at(text, low.end + len(gap) - len(gap.lstrip()), high.start)
    return hit is not None and not text[hit.end : high.start].strip(" $¥€£約约약") and low.value < high.value


def _scaled(text: str, low: Number, high: Number) -> float:
    """The lower end of a range; in "3~5만" the scale word of the upper one is its own too."""
    digits = re.match(numbers.DIGITS, text[high.start : high.end])
    if not digits or low.end - low.start > 4:
        return low.value
    said = float(re.sub("[,，]", "", digits.group()).replace("．", "."))
    scale = high.value / said if said else 1
    return low.value * scale if scale > 1 and low.value < said else low.value


def _restates(raw: str, first: _Sum, second: _Sum, equals: Lexicon) -> bool:
    """Whether a sum in brackets, or after "or about", says the same in another money."""
    gap = raw[first.end : second.start]
    if len(gap) > 40 or "\n" in gap or first.restated == second.restated == first.currency == second.currency:
        return False
    if _OPENS.match(gap) and not re.search(r"[)）\]]", gap):
        return True
    stripped = len(gap) - len(gap.lstrip(" ,，、"))
    hit = equals.at(raw, first.end + stripped, second.start)
    return hit is not None and len(raw[hit.end : second.start].strip()) <= 14
