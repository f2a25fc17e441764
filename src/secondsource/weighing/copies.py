"""Which reports hang together: reprints, near copies, one outlet in two languages, one that cites the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from secondsource.model import Account, Report, Voice, VoiceKind
from secondsource.packs import Pack, compile_cached
from secondsource.packs.once import once
from secondsource.weighing import minhash
from secondsource.weighing.retold import retold, telling

READ = 30_000
"""Characters of a text that are compared: a digest may hold the copy far down."""
SHINGLE = {"ko": 5, "ja": 6, "zh": 5}
"""Characters to a shingle; in other languages it is three words."""
COPY = 0.4
"""Share of the shorter text's shingles that the longer one has, from which one is a near copy (Broder 1997)."""

HEAD, TAIL = 80, 60
"""Characters at the beginning and the end of a text where a wire names itself."""

FEW = 8
"""Reports of one language of which every pair is compared; of more, signatures say which pairs are worth it."""
SHORTEST_NAME = 5
"""Letters of an outlet's name that are looked for in other texts: shorter ones are words, unless all are capitals."""

_WORD = re.compile(r"\w+")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]+")


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
        self.of = lru_cache(maxsize=4096)(self._of)
        self.cited = lru_cache(maxsize=512)(self._cited)
        self.wired = lru_cache(maxsize=4096)(self._wired)

    def _of(self, name: str) -> frozenset[str]:
        """The families that an outlet's name names; the name itself where it is unknown."""
        known = {f for f, names in (self._outlets | self._agencies).items() if _named(names, name)}
        return frozenset(known) or frozenset({_words(name).replace(" ", "")} - {""})

    def _wired(self, edge: str) -> frozenset[str]:
        """The agencies whose copy a text is, by its dateline or its last line."""
        return frozenset(f for f, names in self._agencies.items() if _named(names, edge))

    def _cited(self, text: str) -> frozenset[str]:
        """The outlets that a text names."""
        return frozenset(f for f, names in self._outlets.items() if _named(names, text))


@once(most=8)
def families_of(pack: Pack) -> Families:
    """Those that a pack knows."""
    return Families(pack)


class Ties:
    """What is known of how the reports of one incident hang together."""

    def __init__(
        self,
        reports: Mapping[str, Report],
        voices: Mapping[str, Iterable[Voice]],
        pack: Pack,
        accounts: Sequence[Account] = (),
    ) -> None:
        self._reports = reports
        self._near = near_copies(reports.values())
        told: dict[str, list[Account]] = {}
        for account in accounts:
            told.setdefault(account.report_id, []).append(account)
        self._tellings = {report_id: telling(own) for report_id, own in told.items()} if len(reports) > 1 else {}
        families = families_of(pack)
        self._own: dict[str, frozenset[str]] = {}
        self._through: dict[str, frozenset[str]] = {}
        for report_id, report in reports.items() if len(reports) > 1 else ():
            own = families.of(report.outlet) if report.outlet else frozenset[str]()
            cited = families.cited(f"{report.title or ''}\n{report.text[:READ]}")
            spoken = {f for v in voices.get(report_id, ()) for name in _outlets(v) for f in families.of(name)}
            spoken |= families.wired(report.text[:HEAD]) | families.wired(report.text[-TAIL:])
            self._own[report_id] = own
            self._through[report_id] = (cited | spoken) - own

    def between(self, a: str, b: str) -> Tie | None:
        """How two reports, by id, hang together; None where nothing shows that they do."""
        one, other = self._reports[a], self._reports[b]
        if _reprints(one, other):
            return Tie("one reprints the other", True)
        if frozenset((a, b)) in self._near:
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
        if one.language != other.language and retold(self._tellings.get(a, ()), self._tellings.get(b, ())):
            return Tie("one tells the other's rare details in the same order, in another language", True)
        return None


def _outlets(voice: Voice) -> tuple[str, ...]:
    """Through which outlets a voice speaks; one that is cited itself goes by the words that cite it."""
    own = (voice.descriptor,) if voice.kind is VoiceKind.OUTLET else ()
    return (*own, voice.outlet) if voice.outlet else own


def _one_name(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and _words(a) == _words(b)


def _names_other(a: str | None, b: str | None) -> bool:
    """Whether one outlet's name holds the other's, word for word ("Harbour Post (via Ridge Weekly)")."""
    if not a or not b:
        return False
    return f" {_words(a)} " in f" {_words(b)} " or f" {_words(b)} " in f" {_words(a)} "


def _cites(a: Report, b: Report) -> bool:
    """Whether the text of one names the other's outlet."""
    naming = _naming(b.outlet or "")
    return naming is not None and naming.search(a.text, 0, READ) is not None


@lru_cache(maxsize=4096)
def _naming(outlet: str) -> re.Pattern[str] | None:
    """An outlet's name in a text: with or without the word for its edition, in one word too (as in an address). None
    of a name that other words look like."""
    name = _words(outlet)
    if not name.isascii():
        return re.compile(_spaced(name), re.IGNORECASE)
    if len(name) < SHORTEST_NAME:
        plain = outlet.strip()
        return re.compile(_alone(plain)) if _ACRONYM.fullmatch(plain) else None
    shorter = name.rsplit(" ", 1)[0]
    names = (name, shorter) if " " in shorter else (name,)
    return re.compile("|".join(_alone(_spaced(one)) for one in names), re.IGNORECASE)


def _spaced(name: str) -> str:
    return r"[\W_]{0,3}".join(map(re.escape, name.split()))


def _alone(pattern: str) -> str:
    """Not as a part of a longer word; what Korean and Japanese put after a name without a space is none of it."""
    return rf"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])"


def _words(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold())).removeprefix("the ")


def near_copies(reports: Iterable[Report]) -> set[frozenset[str]]:
    """Pairs of report ids, of one language, whose texts are near copies. Of many reports, MinHash signatures say
    which pairs are compared shingle by shingle."""
    languages: dict[str, list[Report]] = {}
    for report in reports:
        languages.setdefault(str(report.language), []).append(report)
    found = set()
    for language, same in languages.items():
        shingles = [_shingles(r.text[:READ], language) for r in same] if len(same) > 1 else []
        pairs: Iterable[tuple[int, int]] = combinations(range(len(same)), 2)
        if len(same) > FEW:
            pairs = minhash.likely([minhash.signature(s) for s in shingles], [len(s) for s in shingles], COPY)
        for i, j in pairs:
            least = min(len(shingles[i]), len(shingles[j]))
            alike = (
                len(shingles[i] & shingles[j]) >= COPY * least
                if least
                else same[i].text.strip() == same[j].text.strip()
            )
            if alike:
                found.add(frozenset((same[i].id, same[j].id)))
    return found


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


@lru_cache(maxsize=256)
def _shingles(text: str, language: str) -> frozenset[str]:
    if language in SHINGLE:
        run, size = "".join(_WORD.findall(text)), SHINGLE[language]
        return frozenset(run[i : i + size] for i in range(len(run) - size + 1))
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + 3]) for i in range(len(words) - 2))
