"""Which reports hang together: reprints, near copies, one outlet in two languages, one that cites the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from secondsource.model import Report, Voice
from secondsource.packs import Pack, compile_cached

READ = 6_000
"""Characters of a text that are compared."""
SHINGLE = {"ko": 5, "ja": 6, "zh": 5}
"""Characters to a shingle; in other languages it is three words."""
COPY = 0.4
"""Share of the shorter text's shingles that the longer one has, from which one is a near copy (Broder 1997)."""

SHORTEST_NAME = 5
"""Characters of an outlet's name that are looked for in other texts: shorter ones are words."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two reports may rest on one source. `same` is True where one only repeats the other."""

    why: str
    same: bool


class Families:
    """Outlets known by their publisher, whatever language and whichever mirror they appear in."""

    def __init__(self, pack: Pack) -> None:
        self._outlets = _names(pack, "outlets")
        self._agencies = {k: v for k, v in _names(pack, "agencies").items() if k != "pseudonym"}

    def of(self, name: str) -> frozenset[str]:
        """The families that an outlet's name names; the name itself where it is unknown."""
        known = {f for f, names in (self._outlets | self._agencies).items() if _named(names, name)}
        return frozenset(known) or frozenset({"".join(_WORD.findall(name.casefold()))} - {""})

    def cited(self, text: str) -> frozenset[str]:
        return frozenset(f for f, names in self._outlets.items() if _named(names, text))


class Ties:
    """What is known of how the reports of one incident hang together."""

    def __init__(self, reports: Mapping[str, Report], voices: Mapping[str, Iterable[Voice]], pack: Pack) -> None:
        self._reports = reports
        families = Families(pack)
        self._own: dict[str, frozenset[str]] = {}
        self._through: dict[str, frozenset[str]] = {}
        for report_id, report in reports.items() if len(reports) > 1 else ():
            own = families.of(report.outlet) if report.outlet else frozenset[str]()
            cited = families.cited(f"{report.title or ''}\n{report.text[:READ]}")
            spoken = {f for v in voices.get(report_id, ()) if v.outlet for f in families.of(v.outlet)}
            self._own[report_id] = own
            self._through[report_id] = (cited | spoken) - own

    def between(self, a: str, b: str) -> Tie | None:
        """How two reports, by id, hang together; None where nothing shows that they do."""
        one, other = self._reports[a], self._reports[b]
        if _reprints(one, other):
            return Tie("one reprints the other", True)
        if near_copy(one, other):
            return Tie("one text is a near copy of the other", True)
        if _one_name(one.outlet, other.outlet):
            if one.language != other.language:
                return Tie("one outlet told it in two languages", True)
            return Tie("both are of one outlet", False)
        if self._own[a] & self._own[b] or _names_other(one.outlet, other.outlet):
            return Tie("both are of one publisher, or one outlet is a mirror of the other", True)
        if (
            self._own[a] & self._through[b]
            or self._own[b] & self._through[a]
            or _cites(one, other)
            or _cites(other, one)
        ):
            return Tie("one cites the other's outlet", True)
        if self._through[a] & self._through[b]:
            return Tie("both cite one outlet", True)
        return None


def _one_name(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and _words(a) == _words(b)


def _names_other(a: str | None, b: str | None) -> bool:
    """Whether one outlet's name holds the other's, word for word ("Harbour Post (via Ridge Weekly)")."""
    if not a or not b:
        return False
    return f" {_words(a)} " in f" {_words(b)} " or f" {_words(b)} " in f" {_words(a)} "


def _cites(a: Report, b: Report) -> bool:
    """Whether the text of one names the other's outlet, with or without the word for its edition."""
    name, told = _words(b.outlet or ""), _words(a.text[:READ])
    if len(name) < SHORTEST_NAME and name.isascii():
        return False
    if not name.isascii():
        return bool(name) and name in told
    shorter = name.rsplit(" ", 1)[0]
    return f" {name} " in f" {told} " or (" " in shorter and f" {shorter} " in f" {told} ")


def _words(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold()))


def near_copy(a: Report, b: Report) -> bool:
    if a.language != b.language:
        return False
    one, other = (_shingles(r.text[:READ], str(r.language)) for r in (a, b))
    least = min(len(one), len(other))
    return len(one & other) >= COPY * least if least else a.text.strip() == b.text.strip()


def _reprints(a: Report, b: Report) -> bool:
    if a.reprint_of is not None and a.reprint_of in (b.ref, b.reprint_of, b.id):
        return True
    return b.reprint_of is not None and b.reprint_of in (a.ref, a.id)


def _names(pack: Pack, concern: str) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    groups = pack.phrases.get(concern, {})
    return {f: tuple((lang, tuple(names)) for lang, names in by.items()) for f, by in groups.items()}


def _named(names: tuple[tuple[str, tuple[str, ...]], ...], text: str) -> bool:
    expressions = (compile_cached(patterns, language) for language, patterns in names)
    return any(e is not None and e.search(text) is not None for e in expressions)


@lru_cache(maxsize=512)
def _shingles(text: str, language: str) -> frozenset[str]:
    if language in SHINGLE:
        run, size = "".join(_WORD.findall(text)), SHINGLE[language]
        return frozenset(run[i : i + size] for i in range(len(run) - size + 1))
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + 3]) for i in range(len(words) - 2))
