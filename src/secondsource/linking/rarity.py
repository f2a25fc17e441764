"""How rare a detail, a word or a blocking key is: counted over the reports received first.

Rarity changes with every report, and with it every weight. So that a new report needs only to be held
against its likes, rarity is counted over a *beginning* of the collection that moves on in steps of an
eighth: it depends on what was received and on nothing else, so links are the same however it came.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from secondsource.linking.describe import Description

EXACT = 512
"""Accounts up to which all are counted."""
STEPS = 3
"""Binary digits of the number of accounts that count beyond: a step is an eighth to a quarter."""

Vector = dict[str, float]


def counted(accounts: int) -> int:
    """How many of the accounts, first received first, rarity is counted over."""
    if accounts <= EXACT:
        return accounts
    shift = accounts.bit_length() - STEPS
    return accounts >> shift << shift


@dataclass(slots=True)
class Rarity:
    """Counts over `accounts` accounts. `texts`: how many by language."""

    before: Mapping[str, float]
    """The pack's rarities: how many of `imagined` reports hold one detail of a kind."""
    imagined: int
    accounts: int = 0
    reports: int = 0
    details: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, rows: Sequence[Description], before: Mapping[str, float], imagined: int) -> Rarity:
        """Counts over the beginning of `rows`, which must be in the order of receipt."""
        made = cls(before, imagined if before else 0)
        told: set[str] = set()
        for row in rows[: counted(len(rows))]:
            made.accounts += 1
            made.details.update(set(row.details))
            if row.report not in told:
                told.add(row.report)
                made.reports += 1
                made.texts[row.language] += 1
                made.words.update(row.words.keys())
        return made

    def of_detail(self, detail: str) -> float:
        """Natural log of how rare it is; a small collection, which cannot know, starts from the pack's rarities."""
        known = self.details[detail] + self.before.get(detail.split(":", 1)[0], 0.0)
        return max(0.0, math.log((self.accounts + self.imagined + 1) / (known + 0.5)))

    def of_word(self, word: str) -> float:
        return max(0.0, math.log((self.reports + 1) / (self.words[word] + 0.5)))

    def detail_vector(self, details: Iterable[str]) -> Vector:
        return unit({d: self.of_detail(d) for d in details})

    def word_vector(self, counts: Mapping[str, float], most: int) -> Vector:
        """TF-IDF (Salton and Buckley 1988) with a damped frequency, of length 1, cut to the `most` telling words."""
        weights = {w: (1 + math.log(n)) * self.of_word(w) for w, n in counts.items()}
        whole = unit(weights)
        if len(whole) <= most:
            return whole
        return dict(sorted(whole.items(), key=lambda item: (-item[1], item[0]))[:most])


def unit(weights: Vector) -> Vector:
    """Scaled to length 1, what weighs nothing left out."""
    norm = math.sqrt(math.fsum(x * x for x in weights.values()))
    return {w: x / norm for w, x in weights.items() if x > 0} if norm else {}


def cosine(a: Vector, b: Vector) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(value * b[word] for word, value in a.items() if word in b)


def shared(a: Vector, b: Vector) -> list[str]:
    """What both have, most telling first."""
    return sorted((w for w in a if w in b), key=lambda w: (-a[w] * b[w], w))
