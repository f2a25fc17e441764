"""Which accounts are compared at all: those that share a block, and no block is large.

A block is what an account tells (a town, a month, a sum, a detail, a rare word). One that too many share is
split by what else they tell, one thing after the other, so comparisons grow no faster than the collection.
Only where nothing is left to split by are accounts left uncompared in it, and that is counted and said.

A block's key is a 62-bit number: the sum of the hashes of what it is made of, so that a town in a month is
the same block as a month in a town. How large a block is, is counted over the beginning of the collection
that rarity is counted over, in one table of counters that can only overstate (Cormode and Muthukrishnan
2005, with one row).
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from secondsource.linking.describe import ENDLESS
from secondsource.linking.levels import Row
from secondsource.packs import Pack
from secondsource.packs.model import Blocks

MASK = (1 << 62) - 1
LONGEST = 100
"""Days: a longer time says no month."""
WORDS = 8
"""Most telling words of a text that make blocks."""
SMALLEST, COUNTERS = 1 << 14, 64
"""Counters in the table: at least, and for each account."""
STRETCH = 50_000
"""Rows that are counted at a time."""
WHOLE = 4000
"""Accounts up to which each may have its whole budget of comparisons."""

Key = int


@lru_cache(maxsize=1 << 20)
def token(text: str) -> int:
    """The same number for the same words in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") & MASK


Tokens: TypeAlias = "tuple[array[int], tuple[array[int], ...]]"
"""What a row's blocks are made of, and for each depth what they can be split by."""


class Blocking:
    """Keys of rows, as the sizes of blocks among the first rows would have them."""

    def __init__(self, spec: Blocks, pack: Pack) -> None:
        self.spec = spec
        self.rows = 0
        self._towns = town_finder(pack)
        self._sizes, self._slots = np.zeros(SMALLEST, dtype=np.uint32).data, SMALLEST - 1

    def count(self, rows: Sequence[Tokens]) -> None:
        """Sizes of blocks among these rows: one pass for each depth to which a block can be split."""
        self.rows = len(rows)
        sizes = np.zeros(max(SMALLEST, 1 << (len(rows) * COUNTERS - 1).bit_length()), dtype=np.uint32)
        self._sizes, self._slots = sizes.data, len(sizes) - 1
        level = [base for base, _ in rows]
        for depth in range(len(self.spec.split) + 1):
            if depth:
                level = [self._deeper(keys, parts[depth - 1]) for keys, (_, parts) in zip(level, rows, strict=True)]
            for start in range(0, len(level), STRETCH):
                hits = np.concatenate([np.array(keys, dtype=np.int64) for keys in level[start : start + STRETCH]])
                np.add.at(sizes, hits & self._slots, 1)

    @property
    def sizes(self) -> npt.NDArray[np.uint32]:
        """The table of counters, to be kept; `restore` goes on from it."""
        return np.asarray(self._sizes)

    def restore(self, rows: int, sizes: npt.NDArray[np.uint32]) -> None:
        """As `count` over so many rows left it."""
        self.rows, self._sizes, self._slots = rows, sizes.data, len(sizes) - 1

    def _deeper(self, keys: array[int], parts: array[int]) -> array[int]:
        """What the keys of large blocks are split into."""
        large = (key for key in keys if self._sizes[key & self._slots] > self.spec.most)
        return array("q", {(key + more) & MASK for key in large for more in parts})

    def size(self, key: Key) -> int:
        return self._sizes[key & self._slots]

    def tokens(self, row: Row) -> Tokens:
        """None for a row without claims: there is nothing that its weight could rest on."""
        if not row.told.coded:
            return array("q"), tuple(array("q") for _ in self.spec.split)
        apart = "practice " if row.told.practice else ""

        def of(kind: str) -> list[int]:
            return [token(apart + text) for text in TOKENS[kind](row, self._towns)]

        base = {t for kind in self.spec.by for t in of(kind)}
        # Those that do not say what a block is split by are a part of their own.
        parts = (of(kind) or [token(f"no {kind}")] for kind in self.spec.split)
        return array("q", sorted(base)), tuple(array("q", part) for part in parts)

    def keys(self, tokens: Tokens) -> tuple[array[int], bool]:
        """A row's keys, in order, and whether one was left out because its block could not be split enough."""
        found: dict[Key, int] = {}
        lost = False
        for base in tokens[0]:
            for key, size in self._split(base, 0, tokens[1]):
                if size > self.spec.most:
                    lost = True
                else:
                    found[key] = size
        budget = self.spec.budget
        if self.rows > WHOLE:
            budget = max(self.spec.least_budget, budget * WHOLE // self.rows)
        chosen: list[Key] = []
        for key, size in sorted(found.items(), key=lambda item: (item[1], item[0])):
            budget -= max(size, 1)
            if budget < 0 and chosen:
                break
            chosen.append(key)
        return array("q", sorted(chosen)), lost

    def _split(self, key: Key, depth: int, parts: Sequence[array[int]]) -> Iterator[tuple[Key, int]]:
        """The key, or what it is split into, with the sizes of the blocks."""
        size = self.size(key)
        if size <= self.spec.most or depth == len(parts):
            yield key, size
            return
        for more in parts[depth]:
            yield from self._split((key + more) & MASK, depth + 1, parts)


Maker = Callable[[Row, Callable[[str], Sequence[str]]], Iterable[str]]


def _months(row: Row, *, year: bool) -> Iterator[str]:
    when = row.told.when
    if when is None or when.width > LONGEST or abs(when.first) >= ENDLESS or when.last >= ENDLESS:
        return
    for day in {when.first, when.last}:
        at = date.fromordinal(day)
        if not year:
            yield f"month {at.month}"
        elif not when.yearless:
            yield f"month {at.year} {at.month}"


TOKENS: dict[str, Maker] = {
    "place": lambda row, towns: {f"place {t}" for p in row.told.places for t in towns(p)},
    "month": lambda row, _: set(_months(row, year=False)),
    "year_month": lambda row, _: set(_months(row, year=True)),
    "sum": lambda row, _: (f"sum {s}" for s in row.told.sums),
    "detail": lambda row, _: (f"detail {d}" for d in row.told.details),
    "word": lambda row, _: (
        f"word {row.told.language} {w}" for w in sorted(row.words, key=lambda w: (-row.words[w], w))[:WORDS]
    ),
    "act": lambda row, _: (f"act {a}" for a in row.told.acts),
    "perpetrator": lambda row, _: (f"by {o}" for o in row.told.perpetrators),
    "relation": lambda row, _: (f"relation {r}" for r in row.told.relations),
    "count": lambda row, _: () if row.told.low is None else (f"count {row.told.low}",),
}
"""What makes a block, by the name that `linking.yaml` calls it."""


def town_finder(pack: Pack) -> Callable[[str], Sequence[str]]:
    @cache
    def towns(place: str) -> tuple[str, ...]:
        return tuple(p for p in pack.within(place) if pack.places[p].kind in {"county", "city"})

    return towns
