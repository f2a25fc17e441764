"""People in English sentences whom no noun of the pack stands for: a surname alone, a trade told beside kin."""

from __future__ import annotations

import re
from functools import lru_cache

from secondsource.packs import Pack
from secondsource.reading.people_words import Draft, Words

_BEFORE = r"(?:(?<=^)|(?<=[.!?:;,a-z\d\"“”‘’(—–] )|(?<=[\"“‘(]))"
_AFTER = r"(?=[,.;:!?)]|\s+[a-z(]|$)"
_WITH_KIN = re.compile(
    r"\b(?:an?|one) (?:[a-z-]{1,20} ){0,3}?(?P<trade>[a-z-]{3,20}),? (?:and|with|together with|along with) (?:his|her) "
)


def found(text: str, heads: list[Draft], words: Words) -> list[Draft]:
    """Those of one sentence; `heads` are the people found by their nouns."""
    taken = [(h.start, h.end) for h in heads]

    def free(start: int, end: int) -> bool:
        return not any(a < end and start < b for a, b in taken)

    words_too = words.pack.phrase("people", "words_too", "en")
    drafts = [
        Draft(m.start(), m.end(), count=(1, 1), name=m.group())
        for m in _surnames(words.pack).finditer(text)
        if free(m.start(), m.end()) and (text[: m.start()].rstrip(" ")[-1:].isalpha() or m.group() not in words_too)
    ]
    person = words.pack.relations.get("person")
    for m in _WITH_KIN.finditer(text):
        start, end = m.start(), m.end("trade")
        kin = any(h.start >= end and h.start - m.end() <= 0 for h in heads)
        if person is not None and kin and free(start, end):
            drafts.append(Draft(start, end, (person,), count=(1, 1)))
    return drafts


@lru_cache(maxsize=8)
def _expression(surnames: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_BEFORE + "(?:" + "|".join(map(re.escape, surnames)) + ")" + _AFTER if surnames else "(?!)")


def _surnames(pack: Pack) -> re.Pattern[str]:
    return _expression(tuple(pack.phrase("people", "surnames", "en")))
