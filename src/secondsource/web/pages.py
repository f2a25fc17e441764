"""The pages. Each handler gathers what its template shows; words and layout are the template's.

All handlers are `async` without awaiting anything slow: one reader, one thread, one connection.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from secondsource.casebook import NotACasebook, WrongPassphrase
from secondsource.model import Incident, Report
from secondsource.web import competing, desk, graph, listing, story, telling
from secondsource.web.contract import Book
from secondsource.web.listing import IncidentFilter, ReportFilter

router = APIRouter()
T = TypeVar("T")
Opened = Annotated[Book, Depends(desk.opened)]
JOURNAL_SIZE = 100


@router.get("/")
async def start(request: Request) -> Response:
    return RedirectResponse("/incidents" if desk.desk(request).book else "/unlock", status_code=303)


# --- the lock -------------------------------------------------------------------------------


@router.get("/unlock")
async def unlock_form(request: Request) -> Response:
    at = desk.desk(request)
    if at.book is not None:
        return RedirectResponse("/incidents", status_code=303)
    return desk.render(request, "unlock.html", path=at.path, problem=None, wait=0)


@router.post("/unlock")
async def unlock(request: Request, passphrase: Annotated[str, Form(max_length=4000)] = "") -> Response:
    at = desk.desk(request)
    if at.path is None or at.book is not None:
        return RedirectResponse("/", status_code=303)
    if wait := at.throttle.wait():
        response = desk.render(request, "unlock.html", 429, path=at.path, problem="wait", wait=wait)
        response.headers["Retry-After"] = str(wait)
        return response
    try:
        at.book = at.opener(at.path, passphrase)
    except WrongPassphrase:
        at.throttle.failed()
        return desk.render(request, "unlock.html", 403, path=at.path, problem="wrong", wait=at.throttle.wait())
    except (NotACasebook, OSError):
        return desk.render(request, "unlock.html", 404, path=at.path, problem="missing", wait=0)
    at.throttle.succeeded()
    return RedirectResponse("/incidents", status_code=303)


@router.post("/lock")
async def lock(request: Request) -> Response:
    desk.desk(request).lock()
    return RedirectResponse("/unlock", status_code=303)


@router.post("/language")
async def choose_language(to: Annotated[str, Form(max_length=20)] = "en") -> Response:
    response = RedirectResponse("/", status_code=303)
    if to.isalpha() and to.isascii():
        response.set_cookie("lang", to, httponly=True, samesite="strict")
    return response


# --- reports --------------------------------------------------------------------------------


@router.get("/reports")
async def reports(request: Request, book: Opened, filters: Annotated[ReportFilter, Query()]) -> HTMLResponse:
    every = book.reports()
    page = listing.paged(listing.reports(every, filters), filters.page)
    readings = {report.id: book.reading(report.id) for report in page.items}
    return desk.render(
        request,
        "reports.html",
        words=desk.words(request, book),
        page=page,
        filters=filters,
        claims={key: len(one.claims) if one else None for key, one in readings.items()},
        languages_there=sorted({r.language.value for r in every}),
        outlets=sorted({r.outlet for r in every if r.outlet}),
    )


# --- incidents ------------------------------------------------------------------------------


@router.get("/incidents")
async def incidents(request: Request, book: Opened, filters: Annotated[IncidentFilter, Query()]) -> HTMLResponse:
    words = desk.words(request, book)
    every = book.outlines()
    found = listing.incidents(every, filters, book.pack, listing.hits(book, filters))
    shown = [i for i in every if i.practice == (filters.shown == "practices")]
    places = {upper for i in shown for p in i.places for upper in book.pack.within(p)}
    return desk.render(
        request,
        "incidents.html",
        words=words,
        page=listing.paged(found, filters.page),
        filters=filters,
        practices=sum(i.practice for i in every),
        happened=sum(not i.practice for i in every),
        places=sorted(((p, words.place(p)) for p in places), key=lambda pair: pair[1]),
        scripts=sorted({i.hypotheses[0].script for i in shown if i.hypotheses}, key=words.script),
    )


@router.get("/incidents/{incident_id}")
async def incident(request: Request, book: Opened, incident_id: str) -> HTMLResponse:
    one = _found(book.incident, incident_id)
    words = desk.words(request, book)
    told = telling.tell(one, _reports(book, one), words)
    heard = graph.graph(one, told.reports, book.sources(), words)
    context = book.context()
    return desk.render(
        request,
        "incident.html",
        words=words,
        competing=competing,
        incident=one,
        told=told,
        heard=heard,
        drawn=graph.draw(heard, words._("Who heard it from whom; the list below says the same in words")),
        race=competing.race(one, words),
        story=story.sentences(told, words),
        timeline=telling.timeline(told, context, words),
        map=telling.place_map(one, words),
        scenes=telling.scenes(one, words),
        nearby=telling.nearby(one, context),
    )


@router.get("/patterns")
async def patterns(request: Request, book: Opened, page: str = "1") -> HTMLResponse:
    words = desk.words(request, book)
    trend, today = book.trend(), datetime.now(UTC).date()
    titles = {one.id: words.title(one) for one in book.outlines()}
    return desk.render(
        request,
        "patterns.html",
        words=words,
        trend=trend,
        page=listing.paged(trend.cells[::-1], page),
        titles=titles,
        alerts=[one for one in book.alerts() if one.since <= today],
        today=today,
        drawing=telling.months(trend, words),
        hidden=max(0, len(trend.counties) - telling.TRACKS),
    )


# --- journal, search ---------------------------------------------------------------


@router.get("/journal")
async def journal(request: Request, book: Opened, before: str = "") -> HTMLResponse:
    start = int(before) if before.isdecimal() and len(before) < 12 else None
    entries = book.journal(limit=JOURNAL_SIZE, before=start)
    older = entries[-1].seq if len(entries) == JOURNAL_SIZE else None
    words = desk.words(request, book)
    return desk.render(request, "journal.html", words=words, entries=entries, older=older, before=start)


@router.get("/search")
async def search(request: Request, book: Opened, q: str = "", page: str = "1") -> HTMLResponse:
    asked = q.strip()[: listing.LONGEST]
    hits = book.search(asked, limit=1000) if asked else []
    shown = listing.paged(hits, page)
    found = {hit.report_id for hit in hits}
    return desk.render(
        request,
        "search.html",
        words=desk.words(request, book),
        q=asked,
        page=shown,
        reports={hit.report_id: book.report(hit.report_id) for hit in shown.items},
        incidents=book.outlines(found)[:20],
    )


# --- helpers --------------------------------------------------------------------------------


def _found(get: Callable[[str], T], key: str) -> T:
    try:
        return get(key)
    except KeyError:
        raise HTTPException(404) from None


def _reports(book: Book, one: Incident) -> dict[str, Report]:
    return {report_id: book.report(report_id) for report_id in one.reports}
