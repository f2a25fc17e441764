"""Whether one report retells another in a second language: the same rare details, told in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from secondsource.model import Account

RARE = 3
"""Rare details (sums, ages, days, numbers of people) that two tellings must share."""
SHARED, ORDERED = 0.6, 0.8
"""Share of the shorter telling that the longer one has too, and of this the share that stands in one order."""
LONGEST = 200

Telling = tuple[str, ...]


def telling(accounts: Iterable[Account]) -> Telling:
    """What one report's accounts tell, coded, in the order in which it is first told."""
    claims = sorted((c for a in accounts for c in a.claims), key=lambda c: (c.span.start, c.trigger.start))
    told: dict[str, None] = {}
    for claim in claims:
        told[f"act:{claim.act}"] = None
        told.update(dict.fromkeys(f"org:{m.org}" for m in claim.perpetrators))
        for person in claim.victims:
            if person.age_min is not None:
                told[f"age:{person.age_min // 10}"] = None
            if person.count_min is not None and person.count_min > 1:
                told[f"count:{person.count_min}"] = None
        told.update(dict.fromkeys(f"place:{m.place}" for m in claim.places))
        if claim.when is not None:
            told[f"when:{claim.when.edtf[5:]}"] = None
        told.update(dict.fromkeys(f"sum:{m.amount:g} {m.currency}" for m in claim.sums))
    return tuple(told)[:LONGEST]


def retold(a: Telling, b: Telling) -> bool:
    both = set(a) & set(b)
    rare = [d for d in both if d.split(":")[0] in {"sum", "age", "count", "when"}]
    if len(rare) < RARE or len(both) < SHARED * min(len(a), len(b)):
        return False
    return _common([d for d in a if d in both], [d for d in b if d in both]) >= ORDERED * len(both)


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence; in each of the two everything stands once."""
    place = {detail: n for n, detail in enumerate(b)}
    best: list[int] = []
    for at in (place[detail] for detail in a):
        before = max((best[k] for k in range(at) if k < len(best)), default=0)
        best += [0] * (at + 1 - len(best))
        best[at] = before + 1
    return max(best, default=0)
