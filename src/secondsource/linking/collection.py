"""All accounts of a collection, linked: built at once, or report by report with the same result.

The state is a function of the accounts in the order of receipt. Rarity and the sizes of blocks are counted
over a beginning of them (`rarity.counted`), so a new account is compared with those of its blocks only;
when that beginning moves on, everything is compared anew. A part (accounts that likely pairs hold together)
is grouped by itself, each of its pairs weighed, so the groups depend on nothing but the part.
"""

from __future__ import annotations

import itertools
import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from secondsource.linking.blocks import Blocking, Key
from secondsource.linking.cluster import MISSING, NEVER, THRESHOLD, Pair, agglomerate, join, parts
from secondsource.linking.compare import Scorer, rarity_of
from secondsource.linking.describe import Description
from secondsource.linking.levels import Row, impossible
from secondsource.linking.rarity import counted
from secondsource.packs import Pack

DOUBTFUL = -4.0
"""Bits: likelier pairs are kept, to be asked about."""
WHOLLY = 800
"""Members of a part in which each is held against each; in a larger one only those that share a block."""
KEPT = 20_000
"""Rows that are kept ready; others are made when they are needed."""

Judged = Mapping[frozenset[str], bool | None]
"""Pairs of account ids that a person linked (True), unlinked (False) or was unsure of (None)."""
Pairs = dict[Pair, float]
"""Likely pairs of row numbers that can be one, the smaller first, and their bits."""
Engine = Callable[["Rows", Sequence[Sequence[Key]], Scorer, float], Pairs]
"""Compares all rows that share a key and can be one; gives those pairs that weigh more than a floor."""


class Rows(Sequence[Row]):
    """The rows of a collection, each made when it is needed: all of a large one would fill the memory."""

    def __init__(self, told: list[Description], scorer: Scorer) -> None:
        self.told = told
        self._scorer = scorer
        self._ready: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self.told)

    def __getitem__(self, number: int) -> Row:  # type: ignore[override]
        found = self._ready.get(number)
        if found is None:
            found = self._scorer.row(self.told[number])
            if len(self._ready) < KEPT:
                self._ready[number] = found
        return found

    def __iter__(self) -> Iterator[Row]:
        return (self[n] for n in range(len(self)))


def memory(rows: Rows, keys: Sequence[Sequence[Key]], scorer: Scorer, floor: float) -> Pairs:
    """The engine of this process: for collections of up to some thousands."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    found: Pairs = {}
    for number, own in enumerate(keys):
        others: set[int] = set()
        for key in own:
            others.update(blocks[key])
            blocks[key].append(number)
        row = rows[number]
        for other in others:
            if not impossible(rows[other].told, row.told, scorer.spec.limits):
                weight = scorer.weight(rows[other], row)
                if weight > floor:
                    found[other, number] = weight
    return found


class Collection:
    """Accounts being linked. `left_out`: how many of them some block was too large for, with nothing to split it by."""

    def __init__(self, pack: Pack, rows: Iterable[Description] = (), engine: Engine = memory) -> None:
        """`engine` does the comparing where everything is compared."""
        self._pack = pack
        self._engine = engine
        self._told: list[Description] = list(rows)
        self._number = {told.id: n for n, told in enumerate(self._told)}
        self._restart()

    def _restart(self) -> None:
        spec = self._pack.linking
        self.scorer = Scorer(spec, rarity_of(self._told, spec))
        self.rows = Rows(self._told, self.scorer)
        self._counted = counted(len(self._told))
        self._blocking = Blocking(spec.blocks, self._pack)
        self.keys: list[array[int]] = []
        self.left_out = 0
        self._index: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None = None
        self._later: dict[Key, list[int]] = defaultdict(list)
        self._groups: dict[tuple[int, ...], list[list[int]]] = {}
        self._judged: Judged = {}
        tokens = [self._blocking.tokens(row) for row in self.rows]
        self._blocking.count(tokens[: self._counted])
        for one in tokens:
            self._enter(*self._blocking.keys(one))
        del tokens
        self.pairs: Pairs = self._engine(self.rows, self.keys, self.scorer, DOUBTFUL) if self._told else {}

    def _enter(self, keys: array[int], lost: bool) -> None:
        self.keys.append(keys)
        self.left_out += lost

    def add(self, rows: Iterable[Description]) -> None:
        """More accounts, received after those that are there."""
        new = list(rows)
        start = len(self._told)
        self._told += new
        self._number |= {told.id: start + n for n, told in enumerate(new)}
        if counted(len(self._told)) != self._counted:
            self._restart()
            return
        for number in range(start, len(self._told)):
            self._compare(number)

    def _compare(self, number: int) -> None:
        """A new row with all that are in its blocks."""
        row = self.rows[number]
        keys, lost = self._blocking.keys(self._blocking.tokens(row))
        others = {other for key in keys for other in self._in_block(key)}
        self._enter(keys, lost)
        for key in keys:
            self._later[key].append(number)
        for other in sorted(others):
            if not self._impossible(other, number):
                weight = self.scorer.weight(self.rows[other], row)
                if weight > DOUBTFUL:
                    self.pairs[other, number] = weight

    def _in_block(self, key: Key) -> list[int]:
        if self._index is None:
            numbers = np.repeat(np.arange(len(self.keys)), [len(keys) for keys in self.keys])
            flat = np.concatenate([np.array(k, dtype=np.int64) for k in self.keys] or [np.zeros(0, dtype=np.int64)])
            order = np.argsort(flat, kind="stable")
            self._index = flat[order], numbers[order]
        known, numbers = self._index
        first, last = np.searchsorted(known, key, "left"), np.searchsorted(known, key, "right")
        return [*numbers[first:last].tolist(), *self._later.get(key, ())]

    def _impossible(self, i: int, j: int) -> bool:
        return impossible(self._told[i], self._told[j], self._pack.linking.limits)

    def groups(self, judged: Judged) -> list[list[int]]:
        """Row numbers by incident, in the order of their first accounts. Parts that stayed as they were are not
        grouped again."""
        said = self._said(judged)
        if judged != self._judged:
            self._groups, self._judged = {}, dict(judged)
        held = {pair: weight for pair, weight in self.pairs.items() if weight > THRESHOLD}
        held |= {pair: math.inf if together else NEVER for pair, together in said.items()}
        made: dict[tuple[int, ...], list[list[int]]] = {}
        for part in parts(held):
            known = tuple(part)
            made[known] = self._groups.get(known) or self._group(part, said)
        self._groups = made
        together = [group for groups in made.values() for group in groups]
        alone = set(range(len(self._told))).difference(*made)
        return sorted(together + [[n] for n in alone])

    def _said(self, judged: Judged) -> dict[Pair, bool]:
        said = {}
        for pair, together in judged.items():
            known = sorted(self._number[a] for a in pair if a in self._number)
            if len(known) == 2 and together is not None:
                said[known[0], known[1]] = together
        return said

    def _group(self, part: Sequence[int], said: Mapping[Pair, bool]) -> list[list[int]]:
        rows = {n: self.rows[n] for n in part}
        whole = len(part) <= WHOLLY
        weights: Pairs = {}
        for i, j in itertools.combinations(part, 2):
            if said.get((i, j)) is False or self._impossible(i, j):
                weights[i, j] = NEVER
            elif whole or not set(self.keys[i]).isdisjoint(self.keys[j]):
                found = self.pairs.get((i, j))
                weights[i, j] = self.scorer.weight(rows[i], rows[j]) if found is None else found
            else:
                weights[i, j] = MISSING
        inside = {pair: together for pair, together in said.items() if pair in weights}
        linked = [pair for pair, together in inside.items() if together]
        parted = [pair for pair, together in inside.items() if not together]
        return join(agglomerate(part, weights), linked, parted)

    def doubtful(self, judged: Judged) -> list[Pair]:
        """Pairs that nobody judged, the most doubtful first: nearly linked, or linked by little."""
        number = {n: group for group, members in enumerate(self.groups(judged)) for n in members}
        asked = {pair for pair in judged if len(pair) == 2}
        found = []
        for (i, j), weight in self.pairs.items():
            doubt = number[i] != number[j] or weight < -DOUBTFUL
            if doubt and frozenset((self._told[i].id, self._told[j].id)) not in asked:
                found.append((abs(weight), i, j))
        return [(i, j) for _, i, j in sorted(found)]
