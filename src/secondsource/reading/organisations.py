"""Which organisations a report names, by the codes of the pack, whatever the language of the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from secondsource.model import OrgMention, Span
from secondsource.packs import Pack, compile_cached
from secondsource.packs.literals import Literals
from secondsource.packs.lookup import folds
from secondsource.packs.once import once
from secondsource.reading.text import Text

CONCERN = "organisations"
_MARKS = re.compile(r"\.\.\.|\([^)]*\)|\{\w+\}|\*")
_CHOICE = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class _Name:
    org: str | None
    """None for words in whose span `blocks` is not meant."""
    blocks: str | None
    needles: tuple[str, ...]
    """One of these stands in every text that the pattern matches."""
    others: tuple[str, ...]
    """And all of these."""
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    rank: int
    """Place of the organisation in the pack: the first counts where two names are equally long."""
    org: str


def find(text: Text) -> list[OrgMention]:
    """Every organisation that is named, and its people where their title names it too; in order, none
    overlapping, the longest name where several begin in one place."""
    folded = text.raw.translate(folds(text.pack))
    names = _names(text.pack)
    found: dict[str, list[_Found]] = {}
    blocked: dict[str, list[tuple[int, int]]] = {}
    for rank, name in names.within(folded):
        spans = [m.span() for m in name.pattern.finditer(folded)]
        if name.org is not None:
            found.setdefault(name.org, []).extend(_Found(start, end, rank, name.org) for start, end in spans)
        elif name.blocks is not None:
            blocked.setdefault(name.blocks, []).extend(spans)
    allowed = [f for org, named in found.items() for f in _allowed(named, blocked.get(org, []))]
    readings = _readings(text.pack, folded, text.language)
    return [
        OrgMention(span=Span(start=f.start, end=f.end), org=readings.get(_first_word(folded, f), f.org))
        for f in _longest(allowed)
    ]


def _first_word(folded: str, found: _Found) -> str:
    return folded[found.start : found.end].split(maxsplit=1)[0]


def _allowed(found: list[_Found], blocked: list[tuple[int, int]]) -> Iterator[_Found]:
    """Those that no blocking span covers. Both in order: one walk over each."""
    spans = sorted(blocked)
    i, reach = 0, -1
    for f in sorted(found, key=lambda f: f.start):
        while i < len(spans) and spans[i][0] <= f.start:
            reach = max(reach, spans[i][1])
            i += 1
        if f.end > reach:
            yield f


def _longest(found: list[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    for f in sorted(found, key=lambda f: (f.start, -f.end, f.rank)):
        if kept and f.start < kept[-1].end:
            if f.end - f.start > kept[-1].end - kept[-1].start:
                kept[-1] = f
            continue
        kept.append(f)
    return kept


def _readings(pack: Pack, folded: str, language: str) -> dict[str, str]:
    """Abbreviation, or word for people of several bodies, to the organisation that it means in this text, where
    full names tell."""
    table = folds(pack)
    spelled: dict[str, list[str]] = {}
    for group, names in pack.phrases.get(CONCERN, {}).items():
        _, abbreviation, org = group.split("_", 2)
        own = language if language in names else "en"
        abbreviation = abbreviation.translate(table)
        pattern = compile_cached(tuple(name.translate(table) for name in names.get(own, ())), own)
        if abbreviation in folded and pattern and pattern.search(folded):
            spelled.setdefault(abbreviation, []).append(org)
    return {abbreviation: orgs[0] for abbreviation, orgs in spelled.items() if len(orgs) == 1}


class _Names:
    """All names of a pack in order, by their needles."""

    def __init__(self, names: Iterable[_Name]) -> None:
        self._by_needle: dict[str, list[tuple[int, _Name]]] = {}
        for rank, name in enumerate(names):
            for needle in name.needles:
                self._by_needle.setdefault(needle, []).append((rank, name))
        self._needles = Literals(self._by_needle, cjk=True)

    def within(self, folded: str) -> list[tuple[int, _Name]]:
        """Those that may stand in a text, with their places among all."""
        there = [*self._needles.within(folded), ""]
        said = folded.lower()
        found = {rank: (rank, name) for n in there for rank, name in self._by_needle.get(n, ())}
        return sorted((one for one in found.values() if all(piece in said for piece in one[1].others)), key=_rank)


def _rank(ranked: tuple[int, _Name]) -> int:
    return ranked[0]


@once(most=8)
def _names(pack: Pack) -> _Names:
    return _Names(_read(pack))


def _read(pack: Pack) -> Iterator[_Name]:
    table = folds(pack)
    for org in pack.organisations.values():
        for words, code, blocks in (
            (org.names, org.code, None),
            (org.members, org.code, None),
            (org.unless, None, org.code),
        ):
            for language, patterns in words.items():
                for raw in patterns:
                    folded = raw.translate(table)
                    pattern = compile_cached((folded,), language)
                    if pattern is not None:
                        yield _Name(code, blocks, _needles(folded), tuple(_pieces(folded)), pattern)


def _pieces(pattern: str) -> list[str]:
    """Pieces of a pattern that have no marks."""
    bare = _MARKS.sub("\x00", _CHOICE.sub("\x00", pattern.lower()))
    return [piece for part in bare.split("\x00") for piece in re.split(r"[\s'’\-]+", part) if piece]


def _needles(pattern: str) -> tuple[str, ...]:
    """The longest piece of a pattern that has no marks; the options of a choice if it has none."""
    if pieces := _pieces(pattern):
        return (max(pieces, key=len),)
    choice = _CHOICE.search(pattern)
    options = choice.group(1).split("|") if choice else []
    return tuple(max(re.split(r"[\s'’\-()*]+", option), key=len).lower() for option in options) or ("",)
