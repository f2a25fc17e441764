"""Forms by which people set down who is who: sources, their grades, and which voices are one person or two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from secondsource.model import DecisionKind, Report, Source, Voice, content_id
from secondsource.web import desk, listing
from secondsource.web.contract import Book
from secondsource.web.dates import N_
from secondsource.web.words import CONNECTION, CREDIBILITY, RELIABILITY

router = APIRouter()
posts = APIRouter(prefix="/sources", dependencies=[Depends(desk.from_our_form)])
Opened = Annotated[Book, Depends(desk.opened)]
Text = Annotated[str, Form(max_length=2000)]
NO_NAME = N_("Say first who judges: enter your name on the review page.")
NO_REASON = N_("Say why, so that others can follow it.")
TWO = N_("Choose two different voices or sources.")
LONGEST = 200


@router.get("/sources")
async def sources(request: Request, book: Opened, page: str = "1", done: str = "") -> HTMLResponse:
    return _page(request, book, page, done="done" if done else "")


def _page(request: Request, book: Book, page: str = "1", *, done: str = "", problem: str = "") -> HTMLResponse:
    titles = {r.id: r for r in book.reports()}
    cited: list[tuple[Voice, Report]] = [(v, titles[v.report_id]) for v in book.voices() if v.report_id in titles]
    cited.sort(key=lambda pair: (pair[0].outlet or pair[1].outlet or "", pair[1].published or "", not pair[0].spans))
    shown = listing.paged(cited, page)
    outlets: defaultdict[str, list[tuple[Voice, Report]]] = defaultdict(list)
    for voice, of in shown.items:
        outlets[voice.outlet or of.outlet or ""].append((voice, of))
    known = book.sources()
    words = desk.words(request, book)
    return desk.render(
        request,
        "sources.html",
        400 if problem else 200,
        words=words,
        sources=known,
        source_of={voice: s for s in known for voice in s.voices},
        page=shown,
        outlets=outlets,
        voices={v.id: v for v, _ in cited},
        counted=Counter(v.outlet or r.outlet or "" for v, r in cited),
        grades=_grades(book),
        done=done,
        problem=words._(problem) if problem else "",
        back="/sources",
    )


def _grades(book: Book) -> dict[str, str]:
    """The last letter that was given to each source or voice."""
    given = [d for d in book.judgements().standing if d.kind is DecisionKind.GRADE and d.value in RELIABILITY]
    return {target: str(d.value) for d in given for target in d.targets}


# --- what the forms do ----------------------------------------------------------------------


@posts.post("/set")
async def set_down(
    request: Request,
    book: Opened,
    pseudonym: Text = "",
    source: Text = "",
    heard_from: Text = "",
    connection: Text = "99",
    public: Text = "",
    identity: Text = "",
) -> Response:
    """A new source, or what is newly known of one. The identity goes to the vault and is shown nowhere."""

    def act() -> None:
        if connection not in CONNECTION:
            raise HTTPException(400)
        before = next((s for s in book.sources() if s.id == source), None)
        name = " ".join(pseudonym.split())[:LONGEST]
        one = before or Source(id=content_id("s", name), pseudonym=name)
        changed = {"heard_from": heard_from or None, "connection": connection}
        if name:
            changed["pseudonym"] = name
        if public.strip():
            changed["public"] = public.strip()[:LONGEST]
        book.set_source(one.model_copy(update=changed), identity=identity.strip() or None)

    return _done(request, book, act)


@posts.post("/voice")
async def voice(request: Request, book: Opened, voice: Text = "", source: Text = "") -> Response:
    """Sets a voice down as a source's, or (no source) as nobody's."""

    def act() -> None:
        known = {s.id: s for s in book.sources()}
        for one in known.values():
            if voice in one.voices and one.id != source:
                book.set_source(one.model_copy(update={"voices": tuple(v for v in one.voices if v != voice)}))
        if source:
            if source not in known:
                raise HTTPException(400)
            one = known[source]
            book.set_source(one.model_copy(update={"voices": tuple(dict.fromkeys((*one.voices, voice)))}))

    return _done(request, book, act)


@posts.post("/grade")
async def grade(
    request: Request, book: Opened, target: Text = "", value: Text = "", why: Text = "", back: Text = ""
) -> Response:
    def act() -> None:
        if value not in (*RELIABILITY, *CREDIBILITY):
            raise HTTPException(400)
        book.decide(DecisionKind.GRADE, [target], who=_who(request), why=_why(why), value=value)

    return _done(request, book, act, back)


@posts.post("/same")
async def same(
    request: Request, book: Opened, a: Text = "", b: Text = "", relation: Text = "", why: Text = ""
) -> Response:
    kinds = {"same": DecisionKind.SAME_SOURCE, "different": DecisionKind.DIFFERENT_SOURCE}

    def act() -> None:
        if relation not in kinds:
            raise HTTPException(400)
        known = {v.id for v in book.voices()} | {s.id for s in book.sources()}
        if a == b or not {a, b} <= known:
            raise ValueError(TWO)
        book.decide(kinds[relation], [a, b], who=_who(request), why=_why(why))

    return _done(request, book, act)


router.include_router(posts)


def _done(request: Request, book: Book, act: Callable[[], None], back: str = "") -> Response:
    """Acts and goes back; where it cannot be done, the page again with the reason."""
    try:
        act()
    except ValueError as error:
        return _page(request, book, problem=str(error))
    known = {i.id for i in book.outlines()} if back.startswith("/incidents/") else set()
    wanted = back.removeprefix("/incidents/")
    where = f"/incidents/{quote(wanted, safe='')}" if wanted in known else "/sources"
    return RedirectResponse(f"{where}?done=1", status_code=303)


def _who(request: Request) -> str:
    name = desk.desk(request).reviewer
    if not name:
        raise ValueError(NO_NAME)
    return name


def _why(why: str) -> str:
    if not why.strip():
        raise ValueError(NO_REASON)
    return why.strip()
