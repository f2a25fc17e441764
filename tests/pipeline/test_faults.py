"""One incident that cannot be linked or weighed does not stop the others, and is named without its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondsource import linking, weighing
from secondsource.model import Account, Incident, Reading
from secondsource.packs import Pack
from secondsource.pipeline import Book

SECRET = "the widow from the mill was arrested"
TEXTS = {
    "a.txt": f"A source said that {SECRET} in Musan on March 3, 2019.",
    "b.txt": "Two brothers were arrested by border guards in Hyesan on May 9, 2020, a resident said.",
}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    made = Book.new(tmp_path / "b.book", passphrase="x")
    made.add([tmp_path / name for name in TEXTS])
    return made


def test_an_incident_that_cannot_be_weighed_is_named_and_kept(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    weigh = weighing.weigh

    def failing(incident_id: str, accounts: tuple[Account, ...], *rest: object, **more: object) -> Incident:
        if any("widow" in book.report(a.report_id).text for a in accounts):
            raise ZeroDivisionError(SECRET)
        return weigh(incident_id, accounts, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(weighing, "weigh", failing)
    done = book.update()
    assert done.incidents == 2
    ((failed, reason),) = done.failed
    assert "ZeroDivisionError" in reason and "widow" not in reason
    incidents = {i.id: i for i in book.incidents()}
    assert "could not be weighed" in incidents[failed].corroboration.reason
    assert any(i.hypotheses for i in incidents.values())
    monkeypatch.undo()
    assert book.update().failed == []
    assert all(i.hypotheses for i in book.incidents())


def test_a_report_whose_accounts_fail_does_not_stop_the_rest(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = linking.accounts

    def failing(reading: Reading, pack: Pack) -> list[Account]:
        if "widow" in book.report(reading.report_id).text:
            raise KeyError(SECRET)
        return accounts(reading, pack)

    monkeypatch.setattr(linking, "accounts", failing)
    done = book.update()
    assert done.incidents == 1
    assert [reason for _, reason in done.failed if "KeyError" in reason and "widow" not in reason]


def test_marks_are_taken_over_where_nothing_of_the_incident_changed(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.update()
    before = book.incidents()
    looked: list[str] = []
    monkeypatch.setattr("secondsource.weighing.observed", lambda *_: looked.append("again"))
    target = before[0].claims[0].id
    book.decide("grade", [target], who="w", why="x", value="3")  # type: ignore[arg-type]
    book.update()
    assert looked == []
    assert [i.hypotheses for i in book.incidents()] == [i.hypotheses for i in before]
