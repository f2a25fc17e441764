"""The page of doubtful pairs: two reports side by side, what speaks for their being one, and a person's word on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from secondsource.model import Account, Decision, DecisionKind, Incident, Link, Report
from secondsource.web import desk
from secondsource.web.contract import Book
from secondsource.web.dates import N_
from secondsource.web.review import NO_NAME, NO_REASON

router = APIRouter()
posts = APIRouter(prefix="/pairs", dependencies=[Depends(desk.from_our_form)])
Opened = Annotated[Book, Depends(desk.opened)]
Text = Annotated[str, Form(max_length=2000)]
SHOWN = 10
QUOTE = 400
"""Characters of a report's beginning that are shown."""
ON_PAIRS = {
    DecisionKind.LINK: N_("One incident"),
    DecisionKind.UNLINK: N_("Two incidents"),
    DecisionKind.UNSURE: N_("Cannot be told"),
}
FACTOR = {
    "prior": N_("before anything is compared"),
    "reprint": N_("reprint"),
    "when": N_("when"),
    "place": N_("where"),
    "acts": N_("what was done"),
    "victims": N_("how many people"),
    "ages": N_("ages"),
    "relations": N_("who they are to each other"),
    "sums": N_("sums"),
    "perpetrators": N_("by whom"),
    "details": N_("details"),
    "rare": N_("rare details"),
    "text": N_("words"),
    "story": N_("words alone"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two accounts, with its report and the incident that it stands in."""

    account: Account
    report: Report
    incident: Incident


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two accounts to be judged."""

    link: Link
    sides: tuple[Side, Side]

    @property
    def together(self) -> bool:
        return self.sides[0].incident.id == self.sides[1].incident.id


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word on a pair that stands. A side is None where its account is no longer told."""

    decision: Decision
    sides: tuple[Side | None, ...]


@router.get("/pairs")
async def pairs(request: Request, book: Opened, a: str = "", b: str = "", done: str = "") -> HTMLResponse:
    return _page(request, book, a, b, done=done)


@posts.post("/judge")
async def judge(
    request: Request, book: Opened, kind: Text = "", a: Text = "", b: Text = "", why: Text = "", one: Text = ""
) -> Response:
    """`one`: the form came from the page of that pair alone, to which a refusal goes back."""
    if kind not in set(ON_PAIRS):
        raise HTTPException(400)
    try:
        if not desk.desk(request).reviewer:
            raise ValueError(NO_NAME)
        if not why.strip():
            raise ValueError(NO_REASON)
        made = book.decide(DecisionKind(kind), [a, b], who=desk.desk(request).reviewer, why=why.strip())
    except ValueError as error:
        words = desk.words(request, book)
        shown = (a, b) if one else ("", "")
        return _page(request, book, *shown, trouble=words._(str(error)), about=(a, b))
    return RedirectResponse(f"/pairs?done={made.id}", status_code=303)


router.include_router(posts)


def _page(
    request: Request,
    book: Book,
    a: str,
    b: str,
    *,
    done: str = "",
    trouble: str = "",
    about: tuple[str, str] = ("", ""),
) -> HTMLResponse:
    where = {account.id: one.id for one in book.outlines() for account in one.accounts}
    links = _links(book, where, a, b) if a else book.doubtful(SHOWN)
    if a and not links:
        raise HTTPException(404)
    judged = [d for d in reversed(book.judgements().standing) if d.kind in ON_PAIRS]
    named = {one for link in links for one in (link.a, link.b)}.union(*(d.targets for d in judged))
    sides = _sides(book, {where[one] for one in named if one in where})
    return desk.render(
        request,
        "pairs.html",
        400 if trouble else 200,
        words=desk.words(request, book),
        doubts=[Doubt(k, (sides[k.a], sides[k.b])) for k in links if k.a in sides and k.b in sides],
        judged=[Word(d, tuple(sides.get(t) for t in d.targets)) for d in judged],
        kinds=ON_PAIRS,
        factors=FACTOR,
        one=a,
        quote=QUOTE,
        done=next((d for d in judged if d.id == done), None),
        trouble=trouble,
        about=about,
        back="/pairs",
    )


def _links(book: Book, where: Mapping[str, str], a: str, b: str) -> Sequence[Link]:
    """Those between two accounts: `where` says in which incidents they are."""
    pair = {a, b}
    own = book.incident(where[a]).links if a in where and where[a] == where.get(b) else ()
    return [link for link in (*own, *book.doubtful(SHOWN * SHOWN)) if {link.a, link.b} == pair][:1]


def _sides(book: Book, incidents: Iterable[str]) -> Mapping[str, Side]:
    """Every account of some incidents, by id."""
    return {
        account.id: Side(account, book.report(account.report_id), incident)
        for incident in map(book.incident, sorted(incidents))
        for account in incident.accounts
    }
