"""Patterns: where and since when incidents happen, beside what is known to have happened around them.

    by_month(incidents, pack) -> Trend
    alerts_of(incidents, reports, pack) -> list[Alert]

Counts are counts of incidents *reported*, which is no count of what happened. An incident that may
belong to several months or counties is shown as what it is: in the span of its interval, once, with
`least` and `most` for every cell. Alerts and tables speak of places and times, never of persons.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from secondsource import edtf
from secondsource.model import ContextEvent, Incident
from secondsource.packs import Pack
from secondsource.patterns.alerts import Alert, Ground, alerts_of

__all__ = ["Alert", "Cell", "Ground", "Trend", "alerts_of", "by_month"]

WIDEST_MONTHS = 12
"""An incident dated no better than this falls into no month: it is counted as undated."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Incidents in one month and county. `least`: surely there; `most`: may be there."""

    month: str
    county: str | None
    least: int
    most: int
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """`cells` by month, then county; `events` are those that touch the months shown."""

    months: tuple[str, ...]
    counties: tuple[str | None, ...]
    cells: tuple[Cell, ...]
    events: tuple[ContextEvent, ...]
    undated: tuple[str, ...]
    """Ids of incidents whose year is unknown or whose interval is wider than a year."""

    def events_in(self, month: str) -> tuple[ContextEvent, ...]:
        return tuple(e for e in self.events if edtf.overlap(e.when, month))


def by_month(incidents: Iterable[Incident], pack: Pack) -> Trend:
    """Practices are left out, which are no incidents, and stories of which nothing is coded."""
    least: dict[tuple[str, str | None], int] = defaultdict(int)
    members: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    undated: list[str] = []
    for incident in incidents:
        if incident.practice or incident.uncoded:
            continue
        months = list(_months(incident.when))
        if not months or len(months) > WIDEST_MONTHS:
            undated.append(incident.id)
            continue
        counties = _counties(incident, pack)
        for month in months:
            for county in counties:
                members[month, county].append(incident.id)
                least[month, county] += len(months) == 1 and len(counties) == 1
    cells = tuple(
        Cell(month, county, least[month, county], len(ids), tuple(ids))
        for (month, county), ids in sorted(members.items(), key=lambda item: (item[0][0], item[0][1] or ""))
    )
    shown = tuple(_every_month(sorted({c.month for c in cells})))
    return Trend(
        months=shown,
        counties=tuple(sorted({c.county for c in cells}, key=lambda c: c or "")),
        cells=cells,
        events=tuple(e for e in pack.context if shown and edtf.overlap(e.when, f"{shown[0]}/{shown[-1]}")),
        undated=tuple(undated),
    )


def _months(when: str | None) -> Iterator[str]:
    """Every calendar month that an EDTF date may lie in; none where the year or an end is unknown."""
    if when is None:
        return
    interval = edtf.parse(when)
    if interval.yearless or interval.earliest is None or interval.latest is None:
        return
    day = interval.earliest.replace(day=1)
    while day <= interval.latest:
        yield f"{day:%Y-%m}"
        day = (day + datetime.timedelta(days=32)).replace(day=1)


def _every_month(months: Sequence[str]) -> Iterator[str]:
    if months:
        yield from _months(f"{months[0]}/{months[-1]}")


def _counties(incident: Incident, pack: Pack) -> list[str | None]:
    """County or city of each place; the province where nothing finer is named; None where nothing is."""
    found: dict[str, None] = {}
    for place in incident.places:
        chain = pack.within(place)
        fine = [p for p in chain if pack.places[p].kind in {"county", "city"}]
        coarse = [p for p in chain if pack.places[p].kind in {"province", "prefecture"}]
        if fine or coarse:
            found[(fine or coarse)[0]] = None
    finer = [p for p in found if pack.places[p].kind in {"county", "city"}]
    return list(finer or found) or [None]
