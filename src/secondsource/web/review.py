"""Pages on which people judge what the machine read, the report and the queue, and what their forms do.

Every form carries the session's token and is answered with a redirect. `over` names the judgement that was in force
when the page was made: where another came in between, nothing is done and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from secondsource.model import Decision, DecisionKind, Span
from secondsource.review import find_words
from secondsource.web import claimform, desk
from secondsource.web.contract import Book
from secondsource.web.dates import N_
from secondsource.web.sheet import Sheet, Trouble, done
from secondsource.web.words import Words

router = APIRouter()
posts = APIRouter(prefix="/review", dependencies=[Depends(desk.from_our_form)])
Opened = Annotated[Book, Depends(desk.opened)]
Text = Annotated[str, Form(max_length=2000)]
NEXT = 10
"""Claims named after the one in hand."""

MEANWHILE = N_("Nothing was done: somebody has judged this claim since the page was made. Look again.")
NO_NAME = N_("Say first who judges.")
NO_REASON = N_("Say why, so that others can follow it.")


@router.get("/reports/{report_id}")
async def report(
    request: Request, book: Opened, report_id: str, correct: str = "", add: str = "", done: str = ""
) -> HTMLResponse:
    return _report(request, book, report_id, correct=correct, adding=bool(add), decision=done)


def _report(
    request: Request,
    book: Book,
    report_id: str,
    *,
    correct: str = "",
    adding: bool = False,
    decision: str = "",
    trouble: Trouble | None = None,
) -> HTMLResponse:
    words = desk.words(request, book)
    sheet = _sheet(book, report_id, words, trouble)
    return desk.render(
        request,
        "report.html",
        400 if trouble else 200,
        words=words,
        sheet=sheet,
        incidents=book.outlines([report_id]),
        correct=correct,
        adding=adding,
        done=done(book, decision),
        back=f"/reports/{quote(report_id, safe='')}",
    )


@router.get("/review")
async def queue(request: Request, book: Opened, n: str = "1", correct: str = "", done: str = "") -> HTMLResponse:
    return _queue(request, book, n, correct=correct, decision=done)


def _queue(request: Request, book: Book, n: str, *, correct: str = "", decision: str = "") -> HTMLResponse:
    words = desk.words(request, book)
    judged, total = book.progress()
    number = int(n) if n.isdecimal() and len(n) < 9 else 1
    number = min(max(number, 1), max(total - judged, 1))
    items = book.queue(limit=NEXT + 1, start=number - 1)
    return desk.render(
        request,
        "review.html",
        words=words,
        sheet=_sheet(book, items[0].report.id, words) if items else None,
        items=items,
        number=number,
        judged=judged,
        total=total,
        correct=correct,
        done=done(book, decision),
        back=f"/review?n={number}",
    )


def _sheet(book: Book, report_id: str, words: Words, trouble: Trouble | None = None) -> Sheet:
    try:
        return Sheet(book, report_id, words, trouble)
    except KeyError:
        raise HTTPException(404) from None


# --- what the forms do ----------------------------------------------------------------------


@posts.post("/who")
async def who(request: Request, _: Opened, name: Text = "", back: Text = "") -> Response:
    desk.desk(request).reviewer = " ".join(name.split())[:100]
    return _to(back)


@posts.post("/judge")
async def judge(
    request: Request,
    book: Opened,
    kind: Text = "",
    claim: Text = "",
    over: Text = "",
    why: Text = "",
    back: Text = "",
) -> Response:
    if kind not in {DecisionKind.ACCEPT, DecisionKind.REJECT}:
        raise HTTPException(400)

    def decide() -> Decision:
        _unchanged(book, claim, over)
        if kind == DecisionKind.REJECT and not why.strip():
            raise ValueError(NO_REASON)
        return book.decide(DecisionKind(kind), [claim], who=_who(request), why=why.strip())

    return _done(request, book, claim, back, decide)


@posts.post("/undo")
async def undo(
    request: Request, book: Opened, decision: Text = "", claim: Text = "", why: Text = "", back: Text = ""
) -> Response:
    return _done(
        request,
        book,
        claim,
        back,
        lambda: book.decide(DecisionKind.UNDO, [decision], who=_who(request), why=why.strip()),
    )


@posts.post("/correct")
async def correct(request: Request, book: Opened) -> Response:
    entered = await _entered(request)
    claim, back = entered.get("claim", ""), entered.get("back", "")
    words = desk.words(request, book)
    sheet = _sheet(book, entered.get("report", ""), words)
    one = next((c for c in sheet.claims if c.id == claim), None)
    if one is None:
        raise HTTPException(404)

    def decide() -> Decision:
        _unchanged(book, claim, entered.get("over", ""))
        found = claimform.changed(entered, sheet.form(one), sheet.report, words, one.span)
        if not entered.get("why", "").strip():
            raise ValueError(NO_REASON)
        return book.decide(
            DecisionKind.CORRECT,
            [claim],
            who=_who(request),
            why=entered["why"].strip(),
            value=claimform.corrected(found),
        )

    return _done(request, book, claim, back, decide, entered)


@posts.post("/add")
async def add(request: Request, book: Opened) -> Response:
    entered = await _entered(request)
    words = desk.words(request, book)
    sheet = _sheet(book, entered.get("report", ""), words)

    def decide() -> Decision:
        trigger = _trigger(entered, sheet)
        if not entered.get("act"):
            raise ValueError("which act do the words name?")
        found = claimform.changed(entered, sheet.form(None), sheet.report, words, trigger)
        return book.decide(
            DecisionKind.ADD,
            [sheet.report.id],
            who=_who(request),
            why=entered.get("why", "").strip(),
            value=claimform.added(found, trigger),
        )

    return _done(request, book, "", entered.get("back", ""), decide, entered)


@posts.post("/update")
async def update(book: Opened, back: Text = "") -> Response:
    book.relink()
    return _to(back)


router.include_router(posts)


# --- helpers --------------------------------------------------------------------------------


def _who(request: Request) -> str:
    name = desk.desk(request).reviewer
    if not name:
        raise ValueError(NO_NAME)
    return name


def _unchanged(book: Book, claim: str, over: str) -> None:
    held = book.judgements().in_force(claim)
    if (held.decision.id if held else "") != over:
        raise ValueError(MEANWHILE)


def _done(
    request: Request,
    book: Book,
    claim: str,
    back: str,
    decide: Callable[[], Decision],
    entered: dict[str, str] | None = None,
) -> Response:
    """Decides and goes back; where it cannot be, the report's page again, with what had been entered."""
    try:
        made = decide()
    except ValueError as error:
        words = desk.words(request, book)
        report_id = (entered or {}).get("report") or book.report_of(claim)
        if report_id is None:
            raise HTTPException(404) from None
        trouble = Trouble(words._(str(error)), claim, entered or {})
        wrong = claim if entered else ""
        return _report(request, book, report_id, correct=wrong, adding=bool(entered) and not claim, trouble=trouble)
    return _to(back, made.id, made.targets[0] if made.kind is not DecisionKind.UNDO else claim)


def _to(back: str, made: str = "", claim: str = "") -> Response:
    """Back to a page of ours, which is to tell of the decision; to the claim, where it shows many."""
    parts = urlsplit(back)
    local = parts.path.startswith("/") and not parts.netloc and not parts.scheme and not parts.path.startswith("//")
    path = parts.path if local and "\\" not in back else "/review"
    query = {k: v for k, v in parse_qsl(parts.query) if k in {"n", "page", "q"}}
    address = path + ("?" + urlencode(query | ({"done": made} if made else {})) if query or made else "")
    anchor = f"#about-{claim}" if claim and path.startswith("/reports/") else ""
    return RedirectResponse(quote(address, safe="/?=&%:") + anchor, status_code=303)


async def _entered(request: Request) -> dict[str, str]:
    """The form's fields, each once. Browsers send line ends of two characters."""
    form = await request.form()
    return {k: v.replace("\r\n", "\n") for k, v in form.items() if isinstance(v, str)}


def _trigger(entered: dict[str, str], sheet: Sheet) -> Span:
    """Where the words stand: by offsets where the page's script gave them, else in the sentence that was chosen."""
    typed = entered.get("words", "")
    ends = [entered.get(name, "") for name in ("start", "end")]
    if all(end.isdecimal() and len(end) < 10 for end in ends):
        span = Span(start=int(ends[0]), end=int(ends[1]))
        if desk.showable(sheet.quote(span)).strip() == desk.showable(typed).strip() != "":
            return span
    number = entered.get("sentence", "")
    near = sheet.sentences[int(number)] if number.isdecimal() and int(number) < len(sheet.sentences) else None
    return find_words(typed, sheet.report, near)
