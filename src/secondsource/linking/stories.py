"""Reports grouped by their texts alone: for news of any field, in which the pack's vocabulary finds few acts or none.

Words are weighed by rarity (TF-IDF; Salton and Buckley 1988), those of the beginning and what looks like names and
numbers more, and groups made by average linkage. Then once more within each group of look-alikes: there, what
all of them say tells nothing, and the names, numbers and places by which two earthquakes differ decide.

Everything is a function of the texts in their order. Work and memory grow with what texts have in common, which is
bounded: a word that more than `COMMON` of them hold is not compared, and likeness below `FLOOR` is none.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from secondsource.linking.bags import Bag, weighed_words
from secondsource.linking.cluster import NEVER, agglomerate
from secondsource.packs.model import Stories

COMMON = 1000
"""Texts: a word that more of them hold says little of any, and comparing by it would grow with their square."""
FLOOR = 0.01
"""Likeness below which two texts have nothing in common."""
FEWEST = 4
"""Texts of one kind from which on it can be told what all of them say."""
STRETCH = 500
"""Texts that are held against all others at a time."""
DENSE = 3000
"""Members of a part whose whole table of likeness is held at once."""
FAR = 1e6
"""Distance of two that cannot be one."""

Apart: TypeAlias = Callable[[Sequence[int]], Iterable[tuple[int, int]]]
"""Those pairs of some texts that can never be of one event."""
Sparse: TypeAlias = Any
"""A scipy.sparse matrix."""


def stories(texts: Sequence[str], spec: Stories | None = None, language: str = "en") -> list[list[int]]:
    """Numbers of texts of one language by the event that they tell of, in the order of their first texts."""
    spec = spec or Stories()
    return grouped([weighed_words(text, language, spec) for text in texts], spec)


def grouped(
    bags: Sequence[Bag],
    spec: Stories,
    together: Iterable[Sequence[int]] = (),
    apart: Apart = lambda _: (),
) -> list[list[int]]:
    """The same of texts as `weighed_words` made them. `together`: those that are known to be one; where that and
    `apart` disagree, `apart` counts."""
    same = [list(group) for group in together if len(group) > 1] + _copies(bags)
    alike = likeness(bags, spec, same)
    return average_linkage(alike, spec.one, same, apart)


def likeness(bags: Sequence[Bag], spec: Stories, together: Sequence[Sequence[int]] = ()) -> Sparse:
    """How alike texts are, two by two; those of two kinds not at all."""
    whole = _cosines(bags)
    near = _blank(len(bags))
    kinds = average_linkage(whole, spec.alike, together)
    kind_of = np.empty(len(bags), dtype=np.int64)
    for number, kind in enumerate(kinds):
        kind_of[kind] = number
    rows, columns, values = [], [], []
    for kind in kinds:
        if len(kind) >= FEWEST:
            inside = _cosines([bags[n] for n in kind]).tocoo()
            members = np.array(kind)
            rows.append(members[inside.row])
            columns.append(members[inside.col])
            values.append(inside.data)
    if rows:
        near = _matrix(np.concatenate(rows), np.concatenate(columns), np.concatenate(values), len(bags))
    few = np.array([len(kinds[k]) < FEWEST for k in kind_of], dtype=bool)
    table = whole.tocoo()
    kept = kind_of[table.row] == kind_of[table.col]
    row, column = table.row[kept], table.col[kept]
    share = np.where(few[row], 1.0, 1 - spec.within)
    return _matrix(row, column, table.data[kept] * share, len(bags)) + spec.within * near


def _copies(bags: Sequence[Bag]) -> list[list[int]]:
    """Texts of the same words: were there thousands, all of their words would be too common to compare."""
    same: dict[frozenset[tuple[str, float]], list[int]] = {}
    for number, bag in enumerate(bags):
        if bag:
            same.setdefault(frozenset(bag.items()), []).append(number)
    return [group for group in same.values() if len(group) > 1]


def _cosines(bags: Sequence[Bag]) -> Sparse:
    """Cosine of each with each that it has something in common with; rarity is counted over these bags."""
    from scipy import sparse

    held = Counter(word for bag in bags for word in bag)
    columns = {word: n for n, word in enumerate(w for w, count in held.items() if 1 < count <= COMMON)}
    rarity = {word: math.log((len(bags) + 1) / (n + 0.5)) for word, n in held.items()}
    row, column, value = [], [], []
    norms = np.ones(len(bags))
    for number, bag in enumerate(bags):
        weights = {word: (1 + math.log(n)) * rarity[word] for word, n in bag.items() if held[word] <= COMMON}
        norms[number] = math.sqrt(math.fsum(w * w for w in weights.values())) or 1.0
        for word, weight in weights.items():
            if word in columns:
                row.append(number)
                column.append(columns[word])
                value.append(weight / norms[number])
    matrix: Any = sparse.csr_matrix((value, (row, column)), shape=(len(bags), max(len(columns), 1)))
    other = matrix.T.tocsr()
    found = [_clean(matrix[start : start + STRETCH] @ other, start) for start in range(0, len(bags), STRETCH)]
    return sparse.vstack(found).tocsr() if found else _blank(0)


def _clean(part: Sparse, start: int) -> Sparse:
    """Some rows of a table of likeness from row `start` on, without what is next to none, and themselves."""
    from scipy import sparse

    table = part.tocoo()
    kept = (table.data >= FLOOR) & (table.row + start != table.col)
    return sparse.csr_matrix((table.data[kept], (table.row[kept], table.col[kept])), shape=part.shape)


def _matrix(row: npt.NDArray[Any], column: npt.NDArray[Any], value: npt.NDArray[Any], size: int) -> Sparse:
    from scipy import sparse

    return sparse.csr_matrix((value, (row, column)), shape=(size, size))


def _blank(size: int) -> Sparse:
    from scipy import sparse

    return sparse.csr_matrix((size, size))


def average_linkage(
    alike: Sparse, least: float, together: Iterable[Sequence[int]] = (), apart: Apart = lambda _: ()
) -> list[list[int]]:
    """Groups whose members are alike by at least so much on the average, each in order. `alike`: a symmetric table,
    sparse or not."""
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    alike = sparse.csr_matrix(alike)
    held = _edges(together, alike.shape[0])
    # Two parts with nothing of `least` between them can never average it.
    count, part_of = connected_components((alike >= least) + held.astype(bool), directed=False)
    order = np.argsort(part_of, kind="stable")
    bounds = np.searchsorted(part_of[order], np.arange(count + 1)).tolist()
    groups: list[list[int]] = []
    for first, last in itertools.pairwise(bounds):
        members = order[first:last]
        if len(members) == 1:
            groups.append(members.tolist())
            continue
        place = {n: k for k, n in enumerate(members.tolist())}
        within = held[members][:, members]
        never = [(place[i], place[j]) for i, j in apart(list(place))]
        link = _dense if len(members) <= DENSE else _sparse
        made = link(alike[members][:, members], within, least, never)
        groups += [members[group].tolist() for group in made]
    return sorted(groups)


def _edges(together: Iterable[Sequence[int]], size: int) -> Sparse:
    edges = np.array([(group[0], other) for group in together for other in group[1:]], dtype=np.int64).reshape(-1, 2)
    return _matrix(edges[:, 0], edges[:, 1], np.ones(len(edges)), size)


def _dense(alike: Sparse, same: Sparse, least: float, never: Iterable[tuple[int, int]]) -> list[list[int]]:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial.distance import squareform

    far = np.clip(1 - (alike + alike.T).toarray() / 2, 0, None)
    _, one = connected_components(same, directed=False)
    far[one[:, None] == one[None, :]] = 0
    for i, j in never:
        far[i, j] = far[j, i] = FAR
    labels = fcluster(linkage(squareform(far, checks=False), "average"), 1 - least, "distance")
    groups: dict[int, list[int]] = {}
    for number, label in enumerate(labels.tolist()):
        groups.setdefault(label, []).append(number)
    return list(groups.values())


def _sparse(alike: Sparse, same: Sparse, least: float, never: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The same without a table of all: those that have nothing in common are as far as can be."""
    from scipy import sparse

    table = sparse.triu(alike, 1).tocoo()
    pairs = zip(table.row.tolist(), table.col.tolist(), table.data.tolist(), strict=True)
    weights = {(i, j): value - least for i, j, value in pairs}
    for i, j in zip(*(numbers.tolist() for numbers in same.nonzero()), strict=True):
        weights[min(i, j), max(i, j)] = math.inf
    weights |= {(min(pair), max(pair)): NEVER for pair in never}
    return agglomerate(range(alike.shape[0]), weights, missing=-least)
