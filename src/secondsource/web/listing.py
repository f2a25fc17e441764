"""What a list shows: filters, order and pages. Nothing is refused: a filter that cannot be read is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from pydantic import BaseModel

from secondsource.model import Incident, Report
from secondsource.packs import Pack
from secondsource.web import dates
from secondsource.web.contract import Book

T = TypeVar("T")
SIZE = 50
LONGEST = 200
"""Characters of a search that count."""
_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
_NEVER = date.max


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of a list. Pages are counted from 1."""

    items: Sequence[T]
    total: int
    page: int
    pages: int


def paged(items: Sequence[T], page: str | int, size: int = SIZE) -> Paged[T]:
    pages = max(1, -(-len(items) // size))
    wanted = int(page) if str(page).isdecimal() and len(str(page)) < 9 else 1
    number = min(max(wanted, 1), pages)
    return Paged(items[(number - 1) * size : number * size], len(items), number, pages)


class ReportFilter(BaseModel):
    """Query of the reports: exact language code, exact outlet."""

    language: str = ""
    outlet: str = ""
    page: str = "1"


class IncidentFilter(BaseModel):
    """Query of the incidents. `since` and `until` are YYYY or YYYY-MM; `place` a gazetteer id, with all in it."""

    q: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    script: str = ""
    corroboration: str = ""
    manufactured: str = ""
    sort: str = "newest"
    shown: str = "incidents"
    """`incidents` or `practices`."""
    page: str = "1"

    @property
    def narrows(self) -> bool:
        return any((self.q, self.place, self.since, self.until, self.script, self.corroboration, self.manufactured))


def reports(found: Iterable[Report], query: ReportFilter) -> list[Report]:
    """Newest first by publication, the undated last."""
    kept = [r for r in found if query.language in {"", r.language.value} and query.outlet in {"", r.outlet}]
    return sorted(kept, key=lambda r: _recent(r.published))


def hits(book: Book, query: IncidentFilter) -> set[str] | None:
    """The reports that hold the words searched for; None where nothing is searched."""
    words = query.q.strip()[:LONGEST]
    return {hit.report_id for hit in book.search(words, limit=10_000)} if words else None


def incidents(found: Iterable[Incident], query: IncidentFilter, pack: Pack, hits: set[str] | None) -> list[Incident]:
    """`hits` are the reports that hold the words searched for, None where nothing was searched."""
    kept = [
        one
        for one in found
        if one.practice == (query.shown == "practices")
        and (hits is None or hits & set(one.reports))
        and (not query.place or any(query.place in pack.within(p) for p in one.places))
        and (not query.script or (one.hypotheses and one.hypotheses[0].script == query.script))
        and query.corroboration in {"", one.corroboration.value}
        and query.manufactured in {"", one.manufactured.value}
        and _between(one.when, query.since, query.until)
    ]
    return sorted(kept, key=ORDERS.get(query.sort, ORDERS["newest"]))


def _recent(edtf: str | None) -> tuple[int, int]:
    edges = dates.bounds(edtf)
    return (0, -edges[1].toordinal()) if edges else (1, 0)


def _long_ago(edtf: str | None) -> date:
    edges = dates.bounds(edtf)
    return edges[0] if edges else _NEVER


ORDERS: dict[str, Callable[[Incident], tuple[object, ...]]] = {
    "newest": lambda i: (*_recent(i.when), i.id),
    "oldest": lambda i: (_long_ago(i.when), i.id),
    "reports": lambda i: (-len(i.reports), *_recent(i.when), i.id),
    "people": lambda i: (-(i.victims.low or i.victims.high or 0), *_recent(i.when), i.id),
}


def _between(when: str | None, since: str, until: str) -> bool:
    """True where the date can lie in the range. The undated are in no range."""
    first, last = _month(since), _month(until)
    if first is None and last is None:
        return True
    edges = dates.bounds(when)
    if edges is None:
        return False
    return (first is None or edges[1] >= first[0]) and (last is None or edges[0] <= last[1])


def _month(text: str) -> tuple[date, date] | None:
    return dates.bounds(text.strip()) if _MONTH.fullmatch(text.strip()) else None
