"""Weighed pairs into groups: average linkage, which does not chain look-alikes.

A group grows only where its members are, on the whole, likelier one than two. What cannot be one (a person
said so; two incidents of one report; dates that exclude each other) is kept apart whatever it weighs.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

THRESHOLD = 0.0
"""Bits: above it two groups are likelier one than two."""
NEVER = -1000.0
"""Bits of two that cannot be one: less than anything can make up for."""
MISSING = -6.0
"""Bits for two of a part too large for each to be held against each, that share no block."""

Pair = tuple[int, int]


def parts(weights: Mapping[Pair, float]) -> list[list[int]]:
    """The numbers that pairs above the threshold hold together, in order. Others are alone, and left out.

    Two parts with no pair above the threshold between them can never average above it, so each part is
    grouped by itself, and a new report changes only the parts that it is held to.
    """
    leader: dict[int, int] = {}

    def root(n: int) -> int:
        while leader.setdefault(n, n) != n:
            leader[n] = leader[leader[n]]
            n = leader[n]
        return n

    for (i, j), weight in weights.items():
        if weight > THRESHOLD:
            leader[root(i)] = root(j)
    together: dict[int, list[int]] = defaultdict(list)
    for n in leader:
        together[root(n)].append(n)
    return sorted(sorted(part) for part in together.values())


def agglomerate(members: Iterable[int], weights: Mapping[Pair, float], *, missing: float = MISSING) -> list[list[int]]:
    """Average linkage within one part, strongest first, until nothing is above the threshold.

    `weights` holds each pair once, the smaller number first; any other weighs `missing`.
    """
    groups = {n: [n] for n in members}
    near: dict[int, dict[int, float]] = {n: {} for n in groups}
    for (i, j), weight in weights.items():
        near[i][j] = near[j][i] = weight
    heap = [(-weight, i, j) for (i, j), weight in weights.items() if weight > THRESHOLD]
    heapq.heapify(heap)
    while heap:
        negative, i, j = heapq.heappop(heap)
        if i not in groups or j not in groups or near[i].get(j) != -negative:
            continue
        merged = _joined(near, i, j, len(groups[i]), len(groups[j]), missing)
        groups[i] += groups.pop(j)
        del near[j]
        near[i] = merged
        for k, weight in merged.items():
            near[k].pop(j, None)
            near[k][i] = weight
            if weight > THRESHOLD:
                heapq.heappush(heap, (-weight, min(i, k), max(i, k)))
    return sorted(sorted(group) for group in groups.values())


def _joined(
    near: Mapping[int, Mapping[int, float]], i: int, j: int, size_i: int, size_j: int, missing: float
) -> dict[int, float]:
    """What every other group weighs to the one made of `i` and `j`."""
    merged = {}
    for k in (near[i].keys() | near[j].keys()) - {i, j}:
        w_i, w_j = near[i].get(k, missing), near[j].get(k, missing)
        never = min(w_i, w_j) <= NEVER
        merged[k] = NEVER if never else (w_i * size_i + w_j * size_j) / (size_i + size_j)
    return merged


def join(groups: list[list[int]], linked: Iterable[Pair], parted: Collection[Pair]) -> list[list[int]]:
    """The groups, with those made one that hold a pair which a person linked: all that was thought one with either
    comes along. Not where that would bring together two that a person parted."""
    for i, j in linked:
        a, b = (next(group for group in groups if n in group) for n in (i, j))
        across = ((min(x, y), max(x, y)) for x in a for y in b)
        if a is not b and not any(pair in parted for pair in across):
            groups = [group for group in groups if group is not a and group is not b] + [sorted(a + b)]
    return sorted(groups)
