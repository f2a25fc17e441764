"""Who is spoken of: persons and groups, with how many, how old and what they are to the story."""

from __future__ import annotations

import re

from secondsource.model import PeopleMention
from secondsource.reading import numbers, people_cjk, people_english
from secondsource.reading.lexicon import CJK
from secondsource.reading.people_words import Draft, words_of
from secondsource.reading.text import Kind, Sentence, Text

_CROWD = 500
"""From how many on a number is of a crowd that looks on, or of a year, and no part of it is meant by a later one."""
_MOST_NAMES = 20
"""Names that are looked for again in the rest of a report."""


def find(text: Text) -> list[PeopleMention]:
    """Every person and group of a report's body and headlines, first first.

    Counts, ages, relations and names are those said; a number alone ("the three", 2명) is a mention with
    no relation, and its `scope` says how it stands to the numbers before.
    """
    language = text.language if text.language in CJK else "en"
    words = words_of(text.pack, language)
    read = people_cjk.find if language in CJK else people_english.find
    drafts: list[tuple[Sentence, Draft]] = []
    for sentence in text.sentences:
        if sentence.kind in {Kind.BODY, Kind.HEADLINE}:
            counted = numbers.find(sentence.text, language, text.pack)
            drafts += [(sentence, draft) for draft in read(sentence.text, words, counted)]
    drafts += _named_again(text, drafts)
    drafts.sort(key=lambda pair: (pair[0].index, pair[1].start))
    _settle(drafts, {"new"} if language in CJK else {"new", "all"})
    return [draft.mention(sentence.span.start) for sentence, draft in drafts]


def _named_again(text: Text, drafts: list[tuple[Sentence, Draft]]) -> list[tuple[Sentence, Draft]]:
    """Later places where somebody named before stands by name alone (Latin script, whole words)."""
    names = list(dict.fromkeys(d.name for _, d in drafts if d.name and re.match(r"[A-Z]\w+$", d.name)))[:_MOST_NAMES]
    if not names:
        return []
    first = {d.name: d for _, d in reversed(drafts) if d.name}
    expression = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b(?![ -][A-Z][a-z])")
    taken: dict[int, list[Draft]] = {}
    for sentence, draft in drafts:
        taken.setdefault(sentence.index, []).append(draft)
    found = []
    for sentence in text.sentences:
        if sentence.kind is not Kind.BODY:
            continue
        for m in expression.finditer(sentence.text):
            before = sentence.text[max(0, m.start() - 2) : m.start()]
            if any(d.start < m.end() and m.start() < d.end for d in taken.get(sentence.index, [])):
                continue
            if not re.search(r"[A-Z]-$", before):
                known = first[m.group()]
                again = Draft(m.start(), m.end(), known.relations, count=(1, 1), ages=known.ages, sex=known.sex)
                again.name = m.group()
                found.append((sentence, again))
    return found


def _settle(drafts: list[tuple[Sentence, Draft]], unsaid: set[str]) -> None:
    """Numbers that stand alone: fewer than were named before are a part of them, as many are all of them.

    So is "another" after one of them, and what the deaths and the wounded of a toll add up to is all of them.
    `unsaid` are the scopes that leave it open: English "the three" may be the rest as well as all.
    """
    largest: int | None = None
    sums = _Sums()
    for sentence, draft in drafts:
        low, high = draft.counted()
        sums.read(sentence.index, draft, low or 0, largest or 0)
        if draft.bare and draft.scope in unsaid and largest is not None and low is not None:
            if low < largest:
                draft.scope = "part"
            elif low == largest:
                draft.scope = "all"
        sums.keep(draft, low or 0)
        whole = low is not None and 1 < low < _CROWD and low == high and draft.scope in {"new", "all"}
        if sentence.kind is Kind.BODY and whole:
            largest = max(largest or 0, low or 0)


class _Sums:
    """What bare numbers of one sentence add up to: a toll (1 dead and 2 wounded), and parts (one fled, another ...)."""

    def __init__(self) -> None:
        self._toll, self._last = 0, 0
        self._pieces, self._sentence = 0, -1

    def read(self, sentence: int, draft: Draft, low: int, largest: int) -> None:
        """Settles a bare number of `low` people by those before; `largest` is the whole said so far."""
        if sentence != self._sentence:
            self._pieces, self._sentence = 0, sentence
        if not draft.bare or not low:
            return
        if draft.scope == "more" and self._pieces > 0 and self._pieces + low <= largest:
            draft.scope = "part"
        elif draft.scope in {"new", "part"} and low == self._toll:
            draft.scope = "all"
        if draft.scope == "more" and self._last:
            self._toll = self._last + low
        self._last = low if draft.scope == "new" else 0

    def keep(self, draft: Draft, low: int) -> None:
        """Remembers a part, once it is known to be one."""
        if draft.bare and draft.scope == "part":
            self._pieces += low
