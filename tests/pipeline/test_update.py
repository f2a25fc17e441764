"""One report that the reader fails on costs nothing but its own reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import secondsource
from secondsource import reading
from secondsource.model import DecisionKind, Reading, Report
from secondsource.packs import Pack
from secondsource.pipeline import Book

TEXTS = {
    "a": "A source said that on May 3, 2021 border guards arrested a family of four near Musan.",
    "b": "POISON. A source said that on June 9, 2021 border guards arrested two women near Hoeryong.",
    "c": "A source said that on July 1, 2021 police arrested a broker in Hyesan.",
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    with secondsource.new(str(tmp_path / "case.book"), passphrase="a long enough phrase") as made:
        made.add([folder])
        yield made


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The reader raises on one report, and its error quotes the text."""
    whole = reading.read

    def read(report: Report, pack: Pack) -> Reading:
        if "POISON" in report.text:
            raise IndexError(report.text)
        return whole(report, pack)

    monkeypatch.setattr(reading, "read", read)
    return monkeypatch


def by_text(book: Book, word: str) -> str:
    return next(r.id for r in book.reports() if word in r.text)


def test_the_others_are_read_and_the_reason_quotes_nothing(book: Book, poison: pytest.MonkeyPatch) -> None:
    done = book.update()
    bad = by_text(book, "POISON")
    assert (done.read, [report_id for report_id, _ in done.failed]) == (2, [bad])
    assert "IndexError, test_update.py line" in done.failed[0][1]
    assert "POISON" not in done.failed[0][1]
    assert book.reading(bad) is None
    assert {r for i in book.incidents() for r in i.reports} == {by_text(book, "Musan"), by_text(book, "Hyesan")}
    assert bad in {r.id for r in book.reports()}
    assert book.verify() == []


def test_it_is_tried_again_by_the_next_update(book: Book, poison: pytest.MonkeyPatch) -> None:
    before = book.update()
    assert book.update().failed == before.failed
    poison.undo()
    done = book.update()
    assert (done.read, done.failed) == (1, [])
    assert len({r for i in book.incidents() for r in i.reports}) == 3


def test_what_an_older_reader_read_stays_when_a_newer_one_fails(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.update()
    incidents = book.incidents()

    def read(report: Report, pack: Pack) -> Reading:
        raise RecursionError

    monkeypatch.setattr(reading, "read", read)
    monkeypatch.setattr(reading, "version", lambda pack: "a newer reader")
    assert len(book.update().failed) == 3
    assert book.incidents() == incidents


def test_an_update_that_ends_half_way_leaves_the_incidents_as_they_were(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.update()
    incidents = book.incidents()
    (tmp_path / "d.txt").write_text("A source said that on August 2, 2021 police arrested three men in Rason.")
    book.add([tmp_path / "d.txt"])

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "weigh":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        book.update(stop)
    assert book.incidents() == incidents
    assert len(book.reports()) == 4
    book.update()
    assert len({r for i in book.incidents() for r in i.reports}) == 4


def test_what_a_person_rejected_stays_out_when_all_is_read_anew(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.update()
    incident = next(i for i in book.incidents() if by_text(book, "Hyesan") in i.reports)
    book.decide(DecisionKind.REJECT, [c.id for c in incident.claims], who="editor", why="a rumour")
    for version in ("as it was", "a later reader"):
        monkeypatch.setattr(reading, "version", lambda pack, version=version: version)
        book.update()
        assert incident.id not in {i.id for i in book.incidents()}
        assert len(book.incidents()) == 2
    assert book.journal()[0].kind == "decision"
    assert book.verify() == []
