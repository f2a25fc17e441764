"""Reports grouped by their texts alone: for general news in which the pack's vocabulary finds no act.

Words are weighed by rarity (TF-IDF; Salton and Buckley 1988), those of the beginning and what looks like names and
numbers more, and groups made by average linkage. Then once more within each group of look-alikes: there, what
all of them say tells nothing, and the names, numbers and places by which two earthquakes differ decide.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

LEAD, EARLY = 3.0, 2.0
"""How much a word of the first line, and of the next two, counts against one of the rest."""
NAME, NUMBER = 4.0, 3.0
"""The same for a capitalised word within a sentence, and a number, against other words."""
POWER = 1.5
"""To which rarity is raised."""
ALIKE = 0.06
"""Mean cosine from which reports are of one kind."""
WITHIN = 0.5
"""Share of the second look in what two reports have in common."""
ONE = 0.09
"""Mean likeness from which they are of one event."""
FEWEST = 4
_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")

Floats = npt.NDArray[np.float64]


def stories(texts: Sequence[str]) -> list[list[int]]:
    """Numbers of texts of one language by the event that they tell of, in the order of their first texts.

    Quadratic in the number of texts: for up to some thousands.
    """
    bags = [weighed_words(text) for text in texts]
    whole = _likeness(bags)
    alike = np.zeros_like(whole)
    for kind in average_linkage(whole, ALIKE):
        inside = np.ix_(kind, kind)
        near = _likeness([bags[n] for n in kind]) if len(kind) >= FEWEST else whole[inside]
        alike[inside] = (1 - WITHIN) * whole[inside] + WITHIN * near
    return average_linkage(alike, ONE)


def weighed_words(text: str) -> dict[str, float]:
    """Word to how often it stands in the text, a line's place and the look of the word counted in."""
    counts: defaultdict[str, float] = defaultdict(float)
    for number, line in enumerate(text.split("\n")):
        place = LEAD if number == 0 else EARLY if number < 3 else 1.0
        for position, match in enumerate(_WORD.finditer(line)):
            word = match.group()
            look = NAME if position and word[0].isupper() else NUMBER if word[0].isdigit() else 1.0
            counts[word.casefold()] += place * look
    return dict(counts)


def _likeness(bags: Sequence[dict[str, float]]) -> Floats:
    """Cosine of each with each; rarity is counted over these bags."""
    from scipy import sparse

    held = Counter(word for bag in bags for word in bag)
    columns = {word: n for n, word in enumerate(held)}
    rarity = {word: math.log((len(bags) + 1) / (n + 0.5)) ** POWER for word, n in held.items()}
    row, column, value = [], [], []
    for number, bag in enumerate(bags):
        for word, n in bag.items():
            row.append(number)
            column.append(columns[word])
            value.append((1 + math.log(n)) * rarity[word])
    matrix: Any = sparse.csr_matrix((value, (row, column)), shape=(len(bags), max(len(columns), 1)))
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scaled = sparse.diags(1 / np.where(norms > 0, norms, 1.0)) @ matrix
    found: Floats = (scaled @ scaled.T).toarray()
    return found


def average_linkage(likeness: Floats, least: float) -> list[list[int]]:
    """Groups whose members are alike by at least so much on the average, each in order."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(likeness) < 2:
        return [[n] for n in range(len(likeness))]
    apart = np.clip(1 - (likeness + likeness.T) / 2, 0, None)
    np.fill_diagonal(apart, 0)
    labels = fcluster(linkage(squareform(apart, checks=False), "average"), 1 - least, "distance")
    groups: dict[int, list[int]] = {}
    for number, label in enumerate(labels.tolist()):
        groups.setdefault(label, []).append(number)
    return sorted(groups.values())
