"""The page of doubtful pairs, by forms alone."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_client import Client, entered

from secondsource.model import DecisionKind
from secondsource.pipeline import Book

PASSPHRASE = "a long enough phrase"


@pytest.fixture
def book(demo_path: Path, tmp_path: Path) -> Iterator[Book]:
    shutil.copy(demo_path, tmp_path / "demo.book")
    with Book.open(tmp_path / "demo.book", passphrase=PASSPHRASE) as opened:
        yield opened


def fields(page: str) -> dict[str, str]:
    form = next(f for f in re.findall(r"<form[^>]*>.*?</form>", page, flags=re.S) if 'action="/pairs/judge"' in f)
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in pairs}


def client(book: Book, reviewer: str = "Ana Lee") -> Client:
    return entered(book, reviewer=reviewer)


def test_a_pair_is_shown_with_what_speaks_for_it_and_judged_with_a_reason(book: Book) -> None:
    ana = client(book)
    page = ana.get("/pairs").text
    first = book.doubtful(1)[0]
    assert html.escape(first.factors[2].why) in page and "What speaks for one" in page
    answer = ana.post("/pairs/judge", fields(page) | {"kind": "unlink", "why": "not <b>one</b>"})
    assert answer.status_code == 303
    (made,) = book.decisions()
    assert (made.kind, made.who, made.why) == (DecisionKind.UNLINK, "Ana Lee", "not <b>one</b>")
    page = ana.get(answer.headers["location"]).text
    assert "Two incidents" in page and "not &lt;b&gt;one&lt;/b&gt;" in page and 'role="status"' in page
    assert (first.a, first.b) not in {(x.a, x.b) for x in book.doubtful(100)}


@pytest.mark.parametrize(("reviewer", "why"), [("Ana Lee", " "), ("", "because")])
def test_without_a_name_or_a_reason_nothing_is_done(book: Book, reviewer: str, why: str) -> None:
    page = client(book).get("/pairs").text
    first = book.doubtful(1)[0]
    someone = client(book, reviewer)
    token = re.search(r'name="token" value="([^"]*)"', someone.get("/pairs").text)
    form = fields(page) | {"token": token[1] if token else "", "kind": "link", "why": why, "a": first.a, "b": first.b}
    answer = someone.post("/pairs/judge", form)
    assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert book.decisions() == []


def test_a_form_of_another_page_is_refused(book: Book) -> None:
    ana = client(book)
    form = fields(ana.get("/pairs").text) | {"kind": "link", "why": "because", "token": "guessed"}
    assert ana.post("/pairs/judge", form).status_code == 403
    assert ana.post("/pairs/judge", form | {"token": ""}).status_code == 403
    assert book.decisions() == []


def test_a_linked_pair_has_a_page_of_its_own_and_an_unknown_one_has_none(book: Book) -> None:
    ana = client(book)
    link = next(i.links[0] for i in book.incidents() if i.links)
    assert "taken for one now" in ana.get(f"/pairs?a={link.a}&b={link.b}").text
    assert ana.get("/pairs?a=a_1&b=a_2").status_code == 404
