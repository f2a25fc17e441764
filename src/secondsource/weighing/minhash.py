"""Which of many texts may be near copies: MinHash signatures (Broder 1997) instead of every pair of texts."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

WIDTH = 256
"""Hash functions: the share of equal ones estimates the Jaccard coefficient, with a deviation of 0.03 at most."""
SLACK = 0.15
"""How far below the wanted share an estimate may lie for the pair still to be looked at."""
_SEED = 1997
_ROWS = 64

Words32 = npt.NDArray[np.uint32]


def signature(shingles: Sequence[str] | frozenset[str]) -> Words32:
    """The least value of each hash function over the shingles: shape (WIDTH,). All ones where there are none."""
    if not shingles:
        return np.full(WIDTH, np.iinfo(np.uint32).max, dtype=np.uint32)
    values = np.fromiter((zlib.crc32(s.encode("utf-8", "surrogatepass")) for s in shingles), np.uint64)
    least = np.full(WIDTH, np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, len(values), 4096):
        block = values[start : start + 4096]
        hashed = ((_FACTORS[:, None] * block[None, :] + _SHIFTS[:, None]) >> np.uint64(32)).astype(np.uint32)
        least = np.minimum(least, hashed.min(axis=1))
    return least


def likely(signatures: Sequence[Words32], sizes: Sequence[int], share: float) -> Iterator[tuple[int, int]]:
    """Pairs (i, j), i < j, of which the smaller may have `share` of its shingles in the other; sizes are numbers of
    shingles. Containment follows from the Jaccard coefficient and the sizes."""
    if len(signatures) < 2:
        return
    every, size = np.stack(signatures), np.array(sizes, dtype=float)
    for start in range(0, len(every), _ROWS):
        rows = every[start : start + _ROWS]
        jaccard = (rows[:, None, :] == every[None, :, :]).mean(axis=2)
        both = jaccard * (size[start : start + _ROWS, None] + size[None, :]) / (1 + jaccard)
        least = np.minimum(size[start : start + _ROWS, None], size[None, :])
        for i, j in np.argwhere(both >= (share - SLACK) * np.maximum(least, 1)):
            if start + i < j:
                yield int(start + i), int(j)


_random = np.random.default_rng(_SEED)
_FACTORS = _random.integers(1, 2**63, WIDTH, dtype=np.uint64) | np.uint64(1)
_SHIFTS = _random.integers(0, 2**63, WIDTH, dtype=np.uint64)
