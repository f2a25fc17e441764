"""Which signals a set of claims shows, and by which claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from secondsource.model import HAPPENED, Claim
from secondsource.packs import Pack, to_regex
from secondsource.packs.model import ByLanguage
from secondsource.scripts.load import signals
from secondsource.scripts.model import Condition, Signal

REACH = 400
"""How many characters beyond the claim its line is read at most: one endless line is no paragraph."""
HEAD = 300
"""How many characters of short lines at the top of a report are its headline."""
SHORT = {"ko": 70, "ja": 60, "zh": 60}
"""Characters up to which a line can be a headline; 140 in other languages."""

MOST_INDEXES = 16384
"""Sets of patterns, by language, that are kept ready: many times what one pack has."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Observed:
    """`shown`: signal to the ids of the claims that show it, in the order of the claims. `hinted`: signals that
    no claim shows although their words stand in a report: reading may have missed them."""

    shown: dict[str, tuple[str, ...]]
    hinted: frozenset[str]


def observe(
    pack: Pack,
    claims: Sequence[Claim],
    texts: Mapping[str, str],
    languages: Mapping[str, str],
    marks: Mapping[str, Signal] | None = None,
) -> dict[str, tuple[str, ...]]:
    """Signal to the ids of the claims that show it, in the order of `claims`; signals not seen are left out.

    `texts` and `languages` go by report id. `marks` spares loading the pack's signals again.
    """
    marks = signals(pack) if marks is None else marks
    return _shown(pack, claims, _pages(claims, texts, languages), marks)


def look(
    pack: Pack,
    claims: Sequence[Claim],
    texts: Mapping[str, str],
    languages: Mapping[str, str],
    marks: Mapping[str, Signal] | None = None,
) -> Observed:
    """What `observe` finds, and what the words alone hint at."""
    marks = signals(pack) if marks is None else marks
    pages = _pages(claims, texts, languages)
    shown = _shown(pack, claims, pages, marks)
    hinted = {
        code
        for code, signal in marks.items()
        if code not in shown and any(page.hints(signal) for page in pages.values())
    }
    return Observed(shown, frozenset(hinted))


def _pages(claims: Sequence[Claim], texts: Mapping[str, str], languages: Mapping[str, str]) -> dict[str, _Page]:
    told = dict.fromkeys(claim.report_id for claim in claims)
    return {r: _Page(texts.get(r, ""), str(languages.get(r, "und"))) for r in told}


def _shown(
    pack: Pack, claims: Sequence[Claim], pages: Mapping[str, _Page], marks: Mapping[str, Signal]
) -> dict[str, tuple[str, ...]]:
    acts: dict[str, set[str]] = {}
    for claim in claims:
        acts.setdefault(claim.report_id, set()).add(claim.act)
    found: dict[str, tuple[str, ...]] = {}
    for code, signal in marks.items():
        possible = {r: [c for c in signal.any if not c.text or page.spans(c.text)] for r, page in pages.items()}
        showing = tuple(
            claim.id
            for claim in claims
            if any(
                _holds(c, claim, pages[claim.report_id], acts[claim.report_id], pack) for c in possible[claim.report_id]
            )
        )
        if showing:
            found[code] = tuple(dict.fromkeys(showing))
    return found


class _Page:
    """A report's text and language; what stands where is found once for each set of patterns."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.folded = text.casefold()
        self.language = language
        self._found: dict[int, tuple[ByLanguage, list[Span]]] = {}
        self._lines: dict[Span, Span] = {}
        self.head = self._headline()

    def line(self, start: int, end: int) -> Span:
        """The line around [start, end), no more than REACH characters beyond it on either side."""
        if (start, end) not in self._lines:
            left = max(self.text.rfind("\n", max(0, start - REACH), start) + 1, start - REACH, 0)
            right = self.text.find("\n", end, end + REACH)
            self._lines[start, end] = (left, min(len(self.text), end + REACH) if right < 0 else right)
        return self._lines[start, end]

    def _headline(self) -> int:
        """Where the headline ends: the short lines before the first long one."""
        end = 0
        for line in self.text[: HEAD + 1].split("\n"):
            if len(line) > SHORT.get(self.language, 140) or end + len(line) > HEAD:
                break
            end += len(line) + 1
        return end

    def has(self, patterns: ByLanguage, start: int, end: int) -> bool:
        return any(start <= a and b <= end for a, b in self.spans(patterns))

    def hints(self, signal: Signal) -> bool:
        """Whether words of a signal stand anywhere, in a line that does not rule them out. Words that mean it only
        in a claim of certain acts hint at nothing without one."""
        return bool(self.spans(signal.hints)) or any(
            not (condition.unless and self.has(condition.unless, *self.line(start, end)))
            for condition in signal.any
            if condition.text and not condition.act
            for start, end in self.spans(condition.text)
        )

    def spans(self, patterns: ByLanguage) -> list[Span]:
        """Where they stand, found once. Kept with the patterns, so that no others can come to have their id."""
        if id(patterns) not in self._found:
            self._found[id(patterns)] = patterns, list(self._scan(_index(patterns, self.language)))
        return self._found[id(patterns)][1]

    def _scan(self, index: _Index) -> Iterable[Span]:
        folded = self.folded
        rows = {row for word, held in index.anchors.items() if word in folded for row in held}
        for row in sorted(rows.union(index.always)):
            needs, pattern = index.patterns[row]
            if all(any(word in folded for word in choice) for choice in needs):
                yield from (m.span() for m in _compiled(pattern, self.language).finditer(self.text))


_PART = re.compile(r"\[([^\]]*)\]|\([^)]*\)|\{\w*\}|[^\[({]+")


@lru_cache(maxsize=16384)
def _compiled(pattern: str, language: str) -> re.Pattern[str]:
    return re.compile(to_regex(pattern, language), re.IGNORECASE)


def _needs(pattern: str) -> tuple[tuple[str, ...], ...]:
    """For each part of a pattern the words of which every match holds one: most patterns are nowhere in a text,
    and looking for plain words first tells so quickly, before they are even compiled."""
    needs = []
    for part in _PART.finditer(pattern.casefold()):
        options = part.group(1).split("|") if part.group(1) is not None else [part.group()]
        if part.group()[0] not in "({":
            needs.append(tuple(_longest(option) for option in options))
    return tuple(needs)


@dataclass(frozen=True, slots=True)
class _Index:
    """Patterns of one language. `anchors`: words to the patterns that can only match where one of these stands, so
    that a text is asked for each word once, not for each pattern; `always`: the patterns that need none."""

    patterns: tuple[tuple[tuple[tuple[str, ...], ...], str], ...]
    anchors: dict[str, tuple[int, ...]]
    always: tuple[int, ...]


_indexes: dict[tuple[int, str], tuple[ByLanguage, _Index]] = {}


def _index(patterns: ByLanguage, language: str) -> _Index:
    """Of one set of patterns made once. It is kept with the patterns, so that no others can come to have their id."""
    found = _indexes.get((id(patterns), language))
    if found is None or found[0] is not patterns:
        if len(_indexes) >= MOST_INDEXES:
            _indexes.clear()
        found = _indexes[id(patterns), language] = patterns, _indexed(patterns.get(language, ()))
    return found[1]


def _indexed(patterns: Iterable[str]) -> _Index:
    needed = tuple((_needs(pattern), pattern) for pattern in patterns)
    anchors: dict[str, list[int]] = {}
    always = []
    for row, (choices, _) in enumerate(needed):
        needs = [choice for choice in choices if all(choice)]
        if not needs:
            always.append(row)
            continue
        for word in min(needs, key=lambda choice: (len(choice), -min(map(len, choice)))):
            anchors.setdefault(word, []).append(row)
    return _Index(needed, {word: tuple(dict.fromkeys(rows)) for word, rows in anchors.items()}, tuple(always))


def _longest(words: str) -> str:
    """The longest run that stands in every match of these words as it is written."""
    return max(re.split(r"\([^)]*\)|[\s*.'-]", words), key=len)


def _holds(condition: Condition, claim: Claim, page: _Page, acts: set[str], pack: Pack) -> bool:
    if condition.act and claim.act not in condition.act:
        return False
    if claim.modality not in condition.modality:
        return False
    if (condition.beside and not acts.intersection(condition.beside)) or acts.intersection(condition.without):
        return False
    if condition.by and not any(m.org in condition.by for m in claim.perpetrators):
        return False
    relations = {r for m in claim.victims for r in m.relations}
    if (condition.of and not relations.intersection(condition.of)) or relations.intersection(condition.of_none):
        return False
    happened = [m for m in claim.places if m.role in HAPPENED]
    if condition.place_in and not any(p in condition.place_in for m in happened for p in pack.within(m.place)):
        return False
    return _worded(condition, claim, page)


def _worded(condition: Condition, claim: Claim, page: _Page) -> bool:
    """Whether the words around a claim, or those of its report's headline, are as the condition says."""
    if not condition.text and not condition.unless:
        return True
    start, end = claim.span.start, claim.span.end
    if condition.within != "claim":
        start, end = page.line(start, end)
    if condition.within == "near":
        start, end = page.line(max(start - 2, 0), end)[0], page.line(start, min(end + 2, len(page.text)))[1]
    places = [(start, end), (0, page.head)] if condition.act and condition.text else [(start, end)]
    for left, right in places:
        if condition.text and not page.has(condition.text, left, right):
            continue
        if not (condition.unless and page.has(condition.unless, left, right)):
            return True
    return False
