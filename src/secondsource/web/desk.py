"""What a request needs: the opened book, the words in the reader's language, and the templates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from hmac import compare_digest
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form, HTTPException, Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel
from starlette.responses import HTMLResponse

from secondsource.web import charts, judging
from secondsource.web import words as w
from secondsource.web.contract import Book, Opener
from secondsource.web.security import Throttle

_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class LockedError(Exception):
    """Nobody has opened the book yet."""


@dataclass(slots=True)
class Desk:
    """The book on the desk, shut until the passphrase is given."""

    path: Path | None
    book: Book | None
    opener: Opener
    throttle: Throttle = field(default_factory=Throttle)
    reviewer: str = ""
    """Who judges in this session; '' until it was said."""

    def lock(self) -> None:
        if self.book is not None:
            self.book.close()
        self.book = None


def desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


async def opened(request: Request) -> Book:
    """The book. Raises LockedError. (All that touches it is `async`, so it stays in one thread.)"""
    book = desk(request).book
    if book is None:
        raise LockedError
    return book


async def from_our_form(request: Request, token: Annotated[str, Form(max_length=200)] = "") -> None:
    """Lets a form through that a page of this very session held. HTTPException 403."""
    wanted = getattr(request.state, "form_token", "")
    if not wanted or not compare_digest(token.encode(), wanted.encode()):
        raise HTTPException(403)


def language(request: Request) -> str:
    """The `lang` cookie, else the browser's first language that there is a catalogue for, else English."""
    have = w.available()
    asked = [request.cookies.get("lang", "")]
    asked += [part.split(";")[0].strip() for part in request.headers.get("accept-language", "")[:200].split(",")]
    return next((tag.split("-")[0].lower() for tag in asked if tag.split("-")[0].lower() in have), "en")


def words(request: Request, book: Book) -> w.Words:
    return w.Words(book.pack, language(request))


def render(request: Request, template: str, status: int = 200, /, **values: object) -> HTMLResponse:
    chosen = language(request)
    at = desk(request)
    page = environment(chosen).get_template(template)
    around = {
        "request": request,
        "lang": chosen,
        "languages": w.available(),
        "open": at.book is not None,
        "pending": at.book.pending() if at.book else 0,
        "form_token": getattr(request.state, "form_token", ""),
        "reviewer": at.reviewer,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "section": request.url.path.split("/")[1],
    }
    return HTMLResponse(page.render(around | values), status_code=status)


@lru_cache(maxsize=16)
def environment(chosen: str) -> Environment:
    env = Environment(
        loader=PackageLoader("secondsource.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_showable,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_translations(w.translations(chosen), newstyle=True)  # type: ignore[attr-defined]
    env.filters["act_word"] = lambda code, words: words.act(code)
    env.filters["place_word"] = lambda place, words: words.place(place)
    env.filters["field_word"] = lambda name, words: words.of(judging.FIELD, name)
    env.filters["script_name"] = lambda code, words: words.script(code)
    env.globals.update(judging=judging, tables=w, query=query, bar=charts.probability_bar)
    return env


def query(filters: BaseModel | dict[str, str], **changes: object) -> str:
    """The query string of the same list with changes; what is empty is left out."""
    values = filters if isinstance(filters, dict) else filters.model_dump()
    return "?" + urlencode({k: str(v) for k, v in (values | changes).items() if v not in {"", None}})


def showable(text: str) -> str:
    """Control characters, turns of the writing direction and broken surrogates become a sign that shows, one each."""
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _showable(value: object) -> object:
    return showable(value) if type(value) is str else value
