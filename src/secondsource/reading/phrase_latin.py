"""The phrase of a head in English: where it begins, what its determiner says, and the place that belongs to it."""

from __future__ import annotations

import re

from secondsource.reading.citation import MARKS, Page
from secondsource.reading.lexicon import Hit

_WORD_BEFORE = re.compile(r"([\w'’.-]+)\s+$")
_PREFIX = re.compile(r"[a-z]+-$")
_OF = re.compile(r" of (?:one|two|three|some|a|an|the|his|her|[A-Z])\b")
_WHOSE = frozenset({"her", "his", "their", "its", "my"})
_SOMEBODY = frozenset({"someone", "somebody", "one who", "those familiar", "those close", "those with"})


def phrase_before(page: Page, hit: Hit) -> tuple[int, set[str]]:
    """Where the phrase of a head begins, and what its determiner says."""
    start, marks = hit.start, {"one"} if page.s[hit.start : hit.end].lower() in _SOMEBODY else set[str]()
    prefix = _PREFIX.search(page.s, max(0, start - 12), start)
    start = prefix.start() if prefix else start
    determiners = page.lexicon(*MARKS)
    noun = page.s[hit.start : hit.end].lower()
    if noun.endswith(("s", "men", "children")) and not noun.endswith("ss") and hit.group != "document":
        marks.add("plural")
    for _ in range(7):
        before = _WORD_BEFORE.search(page.s, max(0, start - 24), start)
        if not before:
            break
        word = before.group(1)
        if word.lower() == "our" and page.lexicon("staff").at(page.s, hit.start) is None:
            return before.start(1), marks | {"one"}
        determiner = determiners.at(page.s, before.start(1), start)
        if determiner:
            marks.add("whose" if _is_of(page, hit, determiner, marks) else determiner.group)
            start = before.start(1)
            if page.s[:start].lower().endswith("one of "):
                return start - 7, marks - {"the", "plural"} | {"one"}
            if determiner.group in {"one", "the"} and determiner.end - determiner.start < 5:
                break
        elif word.endswith(("'s", "’s", "s'", "s’")):
            start, mark = _owned(page, hit, before)
            return start, marks | {mark}
        elif word.lower() in _WHOSE:
            return before.start(1), marks | {"whose"}
        elif word == "own" and hit.group == "source":
            return before.start(1), marks | {"own"}
        elif not _describes(page, word, before.start(1)):
            break
        else:
            start = before.start(1)
    return start, marks


def _owned(page: Page, hit: Hit, owner: re.Match[str]) -> tuple[int, str]:
    """Where the phrase of somebody's sister, friend or reporter begins, and what it says of who that is."""
    start, word = owner.start(1), owner.group(1)
    outlet = next((h for h in page.outlets if h.start < owner.end(1) <= h.end + 2), None)
    person = outlet is None and hit.group in {"witness", "actor"}
    if person and word[0].isupper() and not _placed(page, owner):
        return start, "whose"
    if page.lexicon("ours").at(page.s, start):
        return _phrase_of_owner(page, start), "one"
    if person and word[0].islower():
        return _phrase_of_owner(page, start), "whose"
    return (outlet.start if outlet else start), "the"


def _phrase_of_owner(page: Page, start: int) -> int:
    """Where the phrase of the one whose relative it is begins ("the dead woman's sister")."""
    for _ in range(3):
        before = _WORD_BEFORE.search(page.s, max(0, start - 24), start)
        if not before or not _describes(page, before.group(1), before.start(1)):
            break
        start = before.start(1)
        if page.lexicon(*MARKS).at(page.s, start) or before.group(1).lower() in _WHOSE:
            break
    return start


def _is_of(page: Page, hit: Hit, determiner: Hit, marks: set[str]) -> bool:
    """Whether "the" only says whose somebody is ("the brother of one of the men")."""
    person = hit.group in {"witness", "actor"} and "plural" not in marks
    return person and determiner.group == "the" and _OF.match(page.s, hit.end) is not None


def _placed(page: Page, word: re.Match[str]) -> bool:
    return any(start < word.end(1) and word.start(1) < end for start, end, _ in page.places)


def _describes(page: Page, word: str, start: int) -> bool:
    """Whether a word before a head can belong to its phrase: no verb, preposition or conjunction."""
    if word.endswith((".", ",")) or page.lexicon("follows", "stop", "tell", "according").at(page.s, start):
        return word[0].isupper() and not word.endswith(",")
    return True


def base_after(page: Page, start: int, hit: Hit) -> str | None:
    """The place inside the phrase or right after it ("in the city of X in the province of Y")."""
    inside = next((place for a, b, place in page.places if start <= a and b <= hit.start), None)
    if inside:
        return inside
    base = page.lexicon("base")
    found: list[str] = []
    reached = hit.end
    for a, b, place in page.places:
        if a < hit.end or page.s[b : b + 4] == " of ":
            continue
        gap = page.s[reached:a]
        if len(gap) > 45 or page.tells_between(hit.end, a):
            break
        if not (_akin(page, found[-1], place) if found else base.at(gap.lstrip(" ,"), 0)):
            break
        found.append(place)
        reached = b
    return max(found, key=lambda place: len(page.text.pack.within(place)), default=None)


def _akin(page: Page, a: str, b: str) -> bool:
    return a in page.text.pack.within(b) or b in page.text.pack.within(a)
