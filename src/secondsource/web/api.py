"""The same as the pages, as JSON: the nouns of the model, described by OpenAPI at /api/openapi.json."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Query
from pydantic import BaseModel

from secondsource.model import Claim, Incident, JournalEntry, Reading, Report, Source
from secondsource.web import desk, listing
from secondsource.web.contract import Book
from secondsource.web.listing import IncidentFilter, ReportFilter

T = TypeVar("T")


class Problem(BaseModel):
    """Why there is no answer."""

    detail: str


router = APIRouter(
    prefix="/api",
    responses={404: {"model": Problem}, 423: {"model": Problem}, 403: {"description": "No session (plain text)"}},
)
Opened = Annotated[Book, Depends(desk.opened)]


class Page(BaseModel, Generic[T]):
    """One page of a list. Pages are counted from 1."""

    items: list[T]
    total: int
    page: int
    pages: int


class Head(BaseModel):
    """A report without its text."""

    id: str
    title: str | None
    language: str
    outlet: str | None
    published: str | None
    received: str
    ref: str | None


class Read(BaseModel):
    """A report, what was read in it by machine, and the same as people judged it; null until it was read."""

    report: Report
    reading: Reading | None
    reviewed: Reading | None


class Waiting(BaseModel):
    """A claim that nobody has judged, and why it stands where it does in the queue."""

    claim: Claim
    report_id: str
    incident: str | None
    reason: str


class Found(BaseModel):
    """A report that a search found; `starts` are offsets in its text."""

    report_id: str
    title: str | None
    snippet: str
    starts: list[int]


@router.get("/reports")
async def reports(book: Opened, filters: Annotated[ReportFilter, Query()]) -> Page[Head]:
    found = listing.reports(book.reports(), filters)
    heads = [Head(**r.model_dump(include=set(Head.model_fields))) for r in found]
    return _page(heads, filters.page)


@router.get("/reports/{report_id}")
async def report(book: Opened, report_id: str) -> Read:
    try:
        return Read(report=book.report(report_id), reading=book.reading(report_id), reviewed=book.reviewed(report_id))
    except KeyError:
        raise HTTPException(404, "There is no such report.") from None


@router.get("/review")
async def review(
    book: Opened, limit: Annotated[int, Query(ge=1, le=1000)] = 20, start: Annotated[int, Query(ge=0, le=10**9)] = 0
) -> list[Waiting]:
    """What to judge first. Judging itself is done on the pages and by `secondsource review`."""
    return [
        Waiting(claim=i.claim, report_id=i.report.id, incident=i.ranked.incident, reason=i.reason)
        for i in book.queue(limit, start)
    ]


@router.get("/incidents")
async def incidents(book: Opened, filters: Annotated[IncidentFilter, Query()]) -> Page[Incident]:
    found = listing.incidents(book.outlines(), filters, book.pack, listing.hits(book, filters))
    shown = _page(found, filters.page)
    return shown.model_copy(update={"items": [book.incident(one.id) for one in shown.items]})


@router.get("/incidents/{incident_id}")
async def incident(book: Opened, incident_id: str) -> Incident:
    try:
        return book.incident(incident_id)
    except KeyError:
        raise HTTPException(404, "There is no such incident.") from None


@router.get("/search")
async def search(
    book: Opened, q: Annotated[str, Query(max_length=listing.LONGEST)] = "", page: str = "1"
) -> Page[Found]:
    hits = book.search(q.strip(), limit=1000) if q.strip() else []
    found = [Found(report_id=h.report_id, title=h.title, snippet=h.snippet, starts=list(h.starts)) for h in hits]
    return _page(found, page)


@router.get("/sources")
async def sources(book: Opened) -> list[Source]:
    """As set down by people. Who they are is in the vault, which no page reads."""
    return list(book.sources())


@router.get("/journal")
async def journal(
    book: Opened,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    before: Annotated[int | None, Query(ge=0, le=10**15)] = None,
) -> list[JournalEntry]:
    return list(book.journal(limit=limit, before=before))


def _page(items: Sequence[T], page: str) -> Page[T]:
    shown = listing.paged(items, page)
    return Page(items=list(shown.items), total=shown.total, page=shown.page, pages=shown.pages)
