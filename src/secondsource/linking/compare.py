"""Two accounts held against each other: which level each comparison reaches, and what that weighs."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from secondsource import edtf
from secondsource.model import Account, Factor, Link, Report
from secondsource.packs import Pack
from secondsource.scripts import Signal, observe, signals

LevelAndWhy = tuple[str, str]
"""The level's name in linking.yaml, and why it was reached."""

NARROW_DAYS = 45
"""A date interval no wider than this says which incident is meant; a wider one hardly does."""
BESIDE_DAYS, APART_DAYS = 7, 49
"""Days between two dates: tellings of one incident often miss by a few, hardly ever by more than weeks."""
SHINGLE = {"ko": 2, "ja": 2, "zh": 2}
"""Characters to a shingle; in other languages words are compared."""
COPY, CLOSE, SOME = 0.60, 0.36, 0.22
"""Cosine of TF-IDF vectors at which two texts are copies, close, or have something in common."""
DETAILS = (("high", 0.40), ("good", 0.35), ("middle", 0.30), ("low", 0.25), ("little", 0.20))
"""Cosine of the same over coded details, in whatever languages, at which a level begins."""
IMAGINED = 50
"""Reports that the pack's rarities speak of: they count beside those of the collection."""
FEW = 10
"""With fewer texts of a language, common words look rare: only copies are believed."""


class Comparer:
    """Compares accounts of one collection: how rare a word or a detail is depends on the collection."""

    def __init__(self, accounts: Sequence[Account], reports: Mapping[str, Report], pack: Pack) -> None:
        self._pack = pack
        self._reports = reports
        told = {a.report_id for a in accounts}
        words = {r: _shingles(reports[r]) for r in told}
        marks = signals(pack)
        details = {a.id: Counter([*a.details, *_signals(a, reports[a.report_id], pack, marks)]) for a in accounts}
        self._texts = Counter(reports[r].language for r in told)
        self._words = _Tfidf(words)
        self._details = _Tfidf(details, pack.linking.rarity)
        self._table: list[tuple[str, Callable[[Account, Account], LevelAndWhy]]] = [
            ("reprint", self._reprint),
            ("when", self._when),
            ("place", self._place),
            ("acts", self._acts),
            ("victims", self._victims),
            ("sums", self._sums),
            ("perpetrators", self._perpetrators),
            ("details", self._same_details),
            ("text", self._text),
        ]

    def link(self, a: Account, b: Account) -> Link:
        prior = self._pack.linking.prior
        factors = [Factor(name="prior", weight=math.log2(prior / (1 - prior)), why="two accounts taken at random")]
        for name, compare in self._table:
            levels = self._pack.linking.comparisons.get(name)
            if not levels:
                continue
            level, why = compare(a, b)
            weight = math.log2(levels[level].same / levels[level].other)
            factors.append(Factor(name=name, weight=round(weight, 3), why=why))
        return Link(a=a.id, b=b.id, weight=round(sum(f.weight for f in factors), 3), factors=tuple(factors))

    def _reprint(self, a: Account, b: Account) -> LevelAndWhy:
        x, y = self._reports[a.report_id], self._reports[b.report_id]
        declared = (x.reprint_of is not None and x.reprint_of == y.ref) or (
            y.reprint_of is not None and y.reprint_of == x.ref
        )
        return (
            ("declared", "one is given as a reprint of the other")
            if declared
            else ("undeclared", "neither reprints the other")
        )

    def _when(self, a: Account, b: Account) -> LevelAndWhy:
        if a.when is None or b.when is None:
            return "unknown", "one has no date"
        why = f"{a.when} and {b.when}"
        meets = edtf.overlap(a.when, b.when)
        if meets is None:
            return "unknown", why
        if not meets:
            gap = edtf.days_apart(a.when, b.when)
            if gap is None or gap > APART_DAYS:
                return "far", why
            return ("beside" if gap <= BESIDE_DAYS else "apart"), why
        if edtf.parse(a.when).yearless or edtf.parse(b.when).yearless:
            return "same_day_of_year", why
        return ("same" if max(_width(a.when), _width(b.when)) <= NARROW_DAYS else "near"), why

    def _place(self, a: Account, b: Account) -> LevelAndWhy:
        here, there = self._fine(a), self._fine(b)
        if not here or not there:
            return "unknown", "one names no place where it happened"
        shared = here & there
        if shared:
            return "same", f"both in {self._pack.canonical(sorted(shared)[0])}"
        chains_a = {q for p in here for q in self._pack.within(p)}
        chains_b = {q for p in there for q in self._pack.within(p)}
        common = {q for q in chains_a & chains_b if self._pack.places[q].kind != "country"}
        if common:
            return "within", f"both in {self._pack.canonical(sorted(common)[0])}"
        if all(self._pack.places[p].kind in {"river", "border", "country"} for p in here) or all(
            self._pack.places[p].kind in {"river", "border", "country"} for p in there
        ):
            return "unknown", "one names no place finer than a river or country"
        return "elsewhere", f"{', '.join(sorted(here))} and {', '.join(sorted(there))}"

    def _fine(self, account: Account) -> set[str]:
        """Where it happened, districts raised to their county or city."""
        found = set()
        for mention in account.places:
            chain = [
                p for p in self._pack.within(mention.place) if self._pack.places[p].kind not in {"district", "site"}
            ]
            if chain:
                found.add(chain[0])
        finer = {p for p in found if self._pack.places[p].kind in {"county", "city"}}
        return finer or found

    def _acts(self, a: Account, b: Account) -> LevelAndWhy:
        shared, either = set(a.acts) & set(b.acts), set(a.acts) | set(b.acts)
        ratio = len(shared) / len(either) if either else 0.0
        level = "most" if ratio >= 0.6 else "some" if ratio >= 0.3 else "few"
        return level, f"{len(shared)} of {len(either)} kinds of act in both"

    def _victims(self, a: Account, b: Account) -> LevelAndWhy:
        x, y = a.victims, b.victims
        if x.low is None or y.low is None:
            return "unknown", "one gives no number of people"
        why = f"{x.low}-{x.high or '…'} and {y.low}-{y.high or '…'} people"
        if (x.low, x.high) == (y.low, y.high) and x.high is not None:
            return "same", why
        big = 10**9
        meets = x.low <= (y.high or big) and y.low <= (x.high or big)
        return ("meets" if meets else "differs"), why

    def _sums(self, a: Account, b: Account) -> LevelAndWhy:
        x = {(s.amount, s.currency) for s in a.sums}
        y = {(s.amount, s.currency) for s in b.sums}
        if not x or not y:
            return "unknown", "one names no sum"
        if x & y:
            amount, currency = max(x & y)
            return "shared", f"both name {amount:,.0f} {currency}"
        return "differ", "other sums"

    def _perpetrators(self, a: Account, b: Account) -> LevelAndWhy:
        x, y = set(a.perpetrators), set(b.perpetrators)
        if not x or not y:
            return "unknown", "one names nobody who did it"
        shared = x & y
        return ("shared", f"both name {', '.join(sorted(shared))}") if shared else ("differ", "other perpetrators")

    def _same_details(self, a: Account, b: Account) -> LevelAndWhy:
        if not a.details or not b.details:
            return "unknown", "one has no coded details"
        cosine = self._details.cosine(a.id, b.id)
        why = f"details alike by {cosine:.2f}: " + ", ".join(self._details.shared(a.id, b.id)[:4])
        return next((level for level, floor in DETAILS if cosine >= floor), "none"), why

    def _text(self, a: Account, b: Account) -> LevelAndWhy:
        language = self._reports[a.report_id].language
        if language != self._reports[b.report_id].language:
            return "not_comparable", "in two languages"
        cosine = self._words.cosine(a.report_id, b.report_id)
        why = f"texts alike by {cosine:.2f}"
        for level, floor in (("copy", COPY), ("close", CLOSE), ("some", SOME)):
            if cosine >= floor and (level == "copy" or self._texts[language] >= FEW):
                return level, why
        return ("little" if self._texts[language] >= FEW else "not_comparable"), why


class _Tfidf:
    """Cosine similarity of weighted bags; rarity is counted over the collection."""

    def __init__(self, bags: Mapping[str, Counter[str]], rarity: Mapping[str, float] | None = None) -> None:
        """`rarity`: by the part of a word before its colon, how many of fifty imagined bags hold it."""
        count: Counter[str] = Counter()
        for bag in bags.values():
            count.update(bag.keys())
        total = len(bags) + (IMAGINED if rarity else 0)
        before = rarity or {}
        self._vectors: dict[str, dict[str, float]] = {}
        for key, bag in bags.items():
            vector = {
                w: (1 + math.log(n)) * math.log((total + 1) / (count[w] + before.get(w.split(":")[0], 0.0) + 0.5))
                for w, n in bag.items()
            }
            norm = math.sqrt(sum(x * x for x in vector.values())) or 1.0
            self._vectors[key] = {w: x / norm for w, x in vector.items()}

    def cosine(self, a: str, b: str) -> float:
        x, y = self._vectors[a], self._vectors[b]
        if len(x) > len(y):
            x, y = y, x
        return sum(value * y.get(word, 0.0) for word, value in x.items())

    def shared(self, a: str, b: str) -> list[str]:
        """What both have, most telling first."""
        x, y = self._vectors[a], self._vectors[b]
        return sorted((w for w in x if w in y), key=lambda w: -x[w] * y[w])


def _signals(account: Account, report: Report, pack: Pack, marks: Mapping[str, Signal]) -> list[str]:
    """What is observable of how it was done, as details: a trap about money is no trap at the river."""
    seen = observe(pack, account.claims, {report.id: report.text}, {report.id: report.language}, marks)
    return [f"signal:{code}" for code in seen]


def _shingles(report: Report) -> Counter[str]:
    size = SHINGLE.get(str(report.language))
    text = report.text.casefold()
    if size is None:
        return Counter(re.findall(r"[^\W_]+", text))
    packed = re.sub(r"[\W_]+", "", text)
    return Counter(packed[i : i + size] for i in range(len(packed) - size + 1))


def _width(when: str) -> int:
    interval = edtf.parse(when)
    if interval.earliest is None or interval.latest is None:
        return 10**6
    return (interval.latest - interval.earliest).days
