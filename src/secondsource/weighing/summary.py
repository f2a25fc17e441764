"""An incident in a few words: acts, perpetrators, places, dates and victims of all its accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from secondsource import edtf
from secondsource.model import HAPPENED, Account, Count
from secondsource.packs import Pack

FINENESS = ("site", "district", "city", "county", "prefecture", "province", "river", "border", "country")


def by_accounts(codes: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Codes by how many accounts have them, then as first told."""
    counts: Counter[str] = Counter()
    for told in codes:
        counts.update(dict.fromkeys(told, 1))
    order = list(counts)
    return tuple(sorted(order, key=lambda code: (-counts[code], order.index(code))))


def places(accounts: Iterable[Account], pack: Pack) -> tuple[str, ...]:
    """Where it happened, best attested first, then finest; what only holds a finer one is left out."""
    named = [dict.fromkeys(m.place for m in a.places if m.role in HAPPENED) for a in accounts]
    told = by_accounts([*one] for one in named)
    count = Counter(place for one in named for place in one)
    covering = {outer for place in told for outer in pack.within(place)[1:]}
    fineness = {kind: rank for rank, kind in enumerate(FINENESS)}
    kept = [p for p in told if p not in covering]
    return tuple(sorted(kept, key=lambda p: (-count[p], fineness[pack.places[p].kind] if p in pack.places else 99)))


def when(accounts: Iterable[Account]) -> str | None:
    """The days that all dates can mean; where some exclude each other, the shortest interval with them all."""
    dates = list(dict.fromkeys(a.when for a in accounts if a.when))
    if not dates:
        return None
    dates.sort(key=_width)
    common, apart = dates[0], []
    for date in dates[1:]:
        meets = edtf.overlap(common, date)
        if meets:
            common = edtf.intersect(common, date) or common
        elif meets is False:
            apart.append(date)
    for date in apart:
        common = edtf.hull(common, date) or common
    return common


def _width(date: str) -> tuple[bool, int, str]:
    parsed = edtf.parse(date)
    return parsed.yearless, parsed.days or 10**9, date


def victims(accounts: Iterable[Account]) -> Count:
    """The number that all counts allow; where some exclude each other, from the least to the most told."""
    counts = [a.victims for a in accounts if a.victims.low is not None or a.victims.high is not None]
    if not counts:
        return Count()
    lows = [c.low for c in counts if c.low is not None]
    highs = [c.high for c in counts if c.high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        return Count(low=min([*lows, *highs]), high=max([*lows, *highs]))
    return Count(low=low, high=high)
