"""All accounts of a collection, linked: built at once, or report by report with the same result.

The state is a function of the accounts in the order of receipt. Rarity and the sizes of blocks are counted
over a beginning of them (`rarity.counted`), so a new account is compared with those of its blocks only;
when that beginning changes, everything is compared anew. A part (accounts that likely pairs hold together)
is grouped by itself, each of its pairs weighed, so the groups depend on nothing but the part.
"""

from __future__ import annotations

import itertools
import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from secondsource.linking.blocks import Blocking, Key, Tokens
from secondsource.linking.cluster import MISSING, NEVER, THRESHOLD, Pair, agglomerate, join, parts
from secondsource.linking.compare import Scorer, rarity_of
from secondsource.linking.describe import Description
from secondsource.linking.levels import impossible
from secondsource.linking.rarity import Rarity, counted
from secondsource.linking.rows import Entry, Keys, Rows, Told
from secondsource.packs import Pack

DOUBTFUL = -4.0
"""Bits: likelier pairs are kept, to be asked about."""
WHOLLY = 800
"""Members of a part in which each is held against each; in a larger one only those that share a block."""
DIGITS = 6
"""Of a weight that count: engines add in other orders, and the last digits must decide nothing."""
ALONE = -1
NO_KEYS = array("q")

Judged = Mapping[frozenset[str], bool | None]
"""Pairs of account ids that a person linked (True), unlinked (False) or was unsure of (None)."""
Pairs = dict[Pair, float]
"""Likely pairs of row numbers that can be one, the smaller first, and their bits."""
Engine = Callable[[Rows, Sequence[Sequence[Key]], Scorer, float], Pairs]
"""Compares all rows that share a key and can be one; gives those pairs that weigh more than a floor."""
Numbers: TypeAlias = npt.NDArray[np.int64]


def memory(rows: Rows, keys: Sequence[Sequence[Key]], scorer: Scorer, floor: float) -> Pairs:
    """The engine of this process: for collections of up to some thousands."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    found: Pairs = {}
    for number, own in enumerate(keys):
        others: set[int] = set()
        for key in own:
            others.update(blocks[key])
            blocks[key].append(number)
        for other in others:
            if not impossible(rows[other].told, rows[number].told, scorer.spec.limits):
                weight = scorer.weight(rows[other], rows[number])
                if weight > floor:
                    found[other, number] = weight
    return found


@dataclass
class Known:
    """What a collection knows, to be kept and to go on from. Lists are by account number."""

    told: Told = field(default_factory=Told)
    ranks: list[int] = field(default_factory=list)
    counted: list[bool] = field(default_factory=list)
    linked: list[bool] = field(default_factory=list)
    number: dict[str, int] = field(default_factory=dict)
    """Of the accounts that are linked, by id."""
    rarity: Rarity | None = None
    """None before anything was counted."""
    sizes: npt.NDArray[np.uint32] | None = None
    keys: Keys = field(default_factory=Keys)
    pairs: Numbers = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))
    bits: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    leaders: list[int] = field(default_factory=list)
    """The first account of each one's group; ALONE of one that is not linked, or not grouped yet."""
    judged: Judged = field(default_factory=dict)
    """The judgements under which they were grouped."""


class Collection:
    """Accounts being linked. `left_out`: how many of them some block was too large for, with nothing to split it by."""

    def __init__(
        self,
        pack: Pack,
        rows: Iterable[Description | Entry] = (),
        engine: Engine = memory,
        known: Known | None = None,
    ) -> None:
        """`engine` does the comparing where everything is compared. `known`: what an earlier one knew."""
        self._pack = pack
        self._engine = engine
        self.known = known or Known()
        self.left_out = 0
        self.recounted = False
        """Whether all was compared anew, so that every weight may be another."""
        self.since = (len(self.known.told), len(self.known.pairs))
        """How many accounts and pairs of what is known were known before."""
        self._touched: set[int] = set()
        if self.known.rarity is None:
            self._enter(rows)
            self._recount()
        else:
            self._restore(self.known.rarity)
            self.add(rows)

    @property
    def pairs(self) -> Pairs:
        """Likely pairs that can be one."""
        lefts, rights = self.known.pairs.T.tolist() if len(self.known.pairs) else ([], [])
        return dict(zip(zip(lefts, rights, strict=True), self.known.bits.tolist(), strict=True))

    @property
    def keys(self) -> Keys:
        return self.known.keys

    def add(self, rows: Iterable[Description | Entry], changed: Mapping[int, tuple[bool, bool]] | None = None) -> None:
        """More accounts. `changed`: by number, whether one that is there is counted, and linked, from now on; who is
        neither is forgotten, and who was not linked before cannot be again."""
        start, changed = len(self.known.told), changed or {}
        before = {n: self.known.counted[n] for n in changed}
        self._take_out(changed)
        self._enter(rows)
        news = [n for n in range(start, len(self.known.told)) if self.known.counted[n]]
        lost = [n for n, was in before.items() if was and not self.known.counted[n]]
        machine = sum(self.known.counted)
        last = self._last
        if counted(machine) != self._counted or any(self.known.ranks[n] <= last for n in (*news, *lost)):
            self._recount()
        else:
            self._compare(range(start, len(self.known.told)))

    def _enter(self, rows: Iterable[Description | Entry]) -> None:
        known = self.known
        for row in rows:
            number = len(known.told)
            told, rank, is_counted, is_linked = row if isinstance(row, Entry) else Entry(row, number)
            known.told.append(told)
            known.ranks.append(rank)
            known.counted.append(is_counted)
            known.linked.append(is_linked)
            known.leaders.append(ALONE)
            if is_linked:
                known.number[told.id] = number
                self._touched.add(number)

    def _take_out(self, changed: Mapping[int, tuple[bool, bool]]) -> None:
        known = self.known
        parted = {n for n, (_, is_linked) in changed.items() if known.linked[n] and not is_linked}
        self._touched |= self._reached(parted, self._said(known.judged))
        self._touched -= parted
        known.number = {one: n for one, n in known.number.items() if n not in parted} if parted else known.number
        for number, (is_counted, is_linked) in changed.items():
            known.counted[number], known.linked[number] = is_counted, is_linked
            known.leaders[number] = known.leaders[number] if is_linked else ALONE
            if not is_counted and not is_linked:
                known.told.forget(number)
        if parted:
            gone = np.isin(known.pairs, list(parted))
            kept = ~(gone[:, 0] | gone[:, 1])
            self.since = (self.since[0], int(kept[: self.since[1]].sum()))
            known.pairs, known.bits = known.pairs[kept], known.bits[kept]

    # --- comparing

    def _restore(self, rarity: Rarity) -> None:
        spec = self._pack.linking
        self.scorer = Scorer(spec, rarity)
        self.rows = Rows(self.known.told, self.scorer)
        self._counted = rarity.accounts
        machine = sorted(r for r, is_counted in zip(self.known.ranks, self.known.counted, strict=True) if is_counted)
        self._last = machine[self._counted - 1] if self._counted else ALONE
        self._blocking = Blocking(spec.blocks, self._pack)
        if self.known.sizes is not None:
            self._blocking.restore(self._counted, self.known.sizes)

    def _recount(self) -> None:
        """Counts anew, and compares all that are linked."""
        known = self.known
        known.told.need(n for n in range(len(known.told)) if known.counted[n] or known.linked[n])
        order = sorted((n for n in range(len(known.told)) if known.counted[n]), key=known.ranks.__getitem__)
        self._restore(rarity_of([known.told[n] for n in order], self._pack.linking))
        tokens = [self._blocking.tokens(row) for row in self.rows]
        self._blocking.count([tokens[n] for n in order[: self._counted]])
        known.rarity, known.sizes = self.scorer.rarity, self._blocking.sizes
        known.keys, self.left_out = Keys(), 0
        for number, one in enumerate(tokens):
            self._enter_keys(number, one)
        del tokens
        pairs = self._engine(self.rows, known.keys, self.scorer, DOUBTFUL) if known.number else {}
        known.pairs, known.bits = _arrays(pairs)
        known.leaders = [ALONE] * len(known.told)
        self._touched = set(known.number.values())
        self.recounted, self.since = True, (0, 0)

    def _enter_keys(self, number: int, tokens: Tokens) -> list[Key]:
        keys, lost = self._blocking.keys(tokens) if self.known.linked[number] else (NO_KEYS, False)
        self.known.keys.append(keys)
        self.left_out += lost
        return list(keys)

    def _compare(self, numbers: Sequence[int]) -> None:
        """New accounts with all that are in their blocks."""
        known = self.known
        own = {n: self._enter_keys(n, self._blocking.tokens(self.rows[n])) for n in numbers}
        blocks = known.keys.holding(key for keys in own.values() for key in keys)
        others = {
            n: sorted({m for key in keys for m in blocks[key] if m < n and known.linked[m]}) for n, keys in own.items()
        }
        known.told.need({m for found in others.values() for m in found})
        pairs: Pairs = {}
        for number, found in others.items():
            for other in found:
                if not self._impossible(other, number):
                    weight = self.scorer.weight(self.rows[other], self.rows[number])
                    if weight > DOUBTFUL:
                        pairs[other, number] = weight
        if pairs:
            more, bits = _arrays(pairs)
            known.pairs, known.bits = np.concatenate([known.pairs, more]), np.concatenate([known.bits, bits])

    def _impossible(self, i: int, j: int) -> bool:
        return impossible(self.known.told[i], self.known.told[j], self._pack.linking.limits)

    # --- grouping

    def groups(self, judged: Judged) -> list[list[int]]:
        """Row numbers by incident, in the order of their first accounts. Parts that stayed as they were are not
        grouped again."""
        known, said = self.known, self._said(judged)
        for pair in known.judged.keys() | judged.keys():
            if known.judged.get(pair, pair) != judged.get(pair, pair):
                self._touched |= {known.number[a] for a in pair if a in known.number}
        if self._touched:
            self._regroup(self._reached(self._touched, said), said)
        known.judged, self._touched = dict(judged), set()
        found: dict[int, list[int]] = {}
        for number in np.argsort(np.array(known.ranks, dtype=np.int64), kind="stable").tolist():
            if known.linked[number]:
                found.setdefault(known.leaders[number], []).append(number)
        return list(found.values())

    def _regroup(self, area: set[int], said: Mapping[Pair, bool]) -> None:
        """Groups the parts that these accounts are; an account of no part is alone."""
        known = self.known
        inside = np.zeros(len(known.told), dtype=bool)
        inside[list(area)] = True
        within = inside[known.pairs].all(axis=1) if len(known.pairs) else np.zeros(0, dtype=bool)
        lefts, rights = known.pairs[within].T.tolist()
        weights = dict(zip(zip(lefts, rights, strict=True), known.bits[within].tolist(), strict=True))
        held = {pair: weight for pair, weight in weights.items() if weight > THRESHOLD}
        own = {pair: together for pair, together in said.items() if pair[0] in area and pair[1] in area}
        held |= {pair: math.inf if together else NEVER for pair, together in own.items()}
        for number in area:
            known.leaders[number] = number
        for part in parts(held):
            for group in self._group(part, weights, own):
                for number in group:
                    known.leaders[number] = group[0]

    def _reached(self, numbers: set[int], said: Mapping[Pair, bool]) -> set[int]:
        """These accounts and all of the parts that they are in."""
        if not numbers:
            return set()
        reached = np.zeros(len(self.known.told), dtype=bool)
        reached[list(numbers)] = True
        edges = self.known.pairs[self.known.bits > THRESHOLD]
        edges = np.concatenate([edges, np.array(list(said), dtype=np.int64).reshape(-1, 2)])
        while True:
            ends = reached[edges]
            fresh = ends.any(axis=1) & ~ends.all(axis=1)
            if not fresh.any():
                return set(np.flatnonzero(reached).tolist())
            reached[edges[fresh]] = True

    def _said(self, judged: Judged) -> dict[Pair, bool]:
        said = {}
        for pair, together in judged.items():
            known = sorted(self.known.number[a] for a in pair if a in self.known.number)
            if len(known) == 2 and together is not None:
                said[known[0], known[1]] = together
        return said

    def _group(self, part: Sequence[int], weights: Pairs, said: Mapping[Pair, bool]) -> list[list[int]]:
        """One part, its members taken in the order of receipt."""
        members = sorted(part, key=self.known.ranks.__getitem__)
        self.known.told.need(members)
        own = [set(self.keys[n]) for n in members] if len(members) > WHOLLY else None
        found: Pairs = {}
        asked: dict[Pair, bool] = {}
        for a, b in itertools.combinations(range(len(members)), 2):
            pair = min(members[a], members[b]), max(members[a], members[b])
            if pair in said:
                asked[a, b] = said[pair]
            if said.get(pair) is False or self._impossible(*pair):
                found[a, b] = NEVER
            elif pair in weights:
                found[a, b] = weights[pair]
            elif own is None or not own[a].isdisjoint(own[b]):
                found[a, b] = round(self.scorer.weight(self.rows[pair[0]], self.rows[pair[1]]), DIGITS)
            else:
                found[a, b] = MISSING
        linked = [pair for pair, together in asked.items() if together]
        parted = [pair for pair, together in asked.items() if not together]
        groups = join(agglomerate(range(len(members)), found), linked, parted)
        return [[members[n] for n in group] for group in groups]

    def doubtful(self, judged: Judged, limit: int | None = None) -> list[Pair]:
        """Pairs that nobody judged, the most doubtful first: nearly linked, or linked by little. The earlier account
        of each is first."""
        self.groups(judged)
        known = self.known
        if not len(known.pairs):
            return []
        ranks, leaders = np.array(known.ranks, dtype=np.int64), np.array(known.leaders, dtype=np.int64)
        apart = leaders[known.pairs[:, 0]] != leaders[known.pairs[:, 1]]
        chosen = np.flatnonzero(apart | (known.bits < -DOUBTFUL))
        pairs, bits = known.pairs[chosen], np.abs(known.bits[chosen])
        pairs = np.where((ranks[pairs[:, 0]] > ranks[pairs[:, 1]])[:, None], pairs[:, ::-1], pairs)
        order = np.lexsort((ranks[pairs[:, 1]], ranks[pairs[:, 0]], bits))
        asked = {frozenset(known.number[a] for a in pair if a in known.number) for pair in judged}
        left = ((i, j) for i, j in pairs[order].tolist() if frozenset((i, j)) not in asked)
        return list(itertools.islice(left, limit))


def _arrays(pairs: Pairs) -> tuple[Numbers, npt.NDArray[np.float64]]:
    order = sorted(pairs)
    numbers = np.array(order, dtype=np.int64).reshape(-1, 2)
    return numbers, np.array([pairs[pair] for pair in order], dtype=np.float64).round(DIGITS)
