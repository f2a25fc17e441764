"""A person's word on pairs: what it does to the incidents, that it can be taken back, and a book's own weights."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from secondsource import linking, pairs
from secondsource.model import DecisionKind, Incident
from secondsource.packs import PackError
from secondsource.pipeline import Book

PASSPHRASE = "a long enough phrase"
SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def book(demo_path: Path, tmp_path: Path) -> Book:
    shutil.copy(demo_path, tmp_path / "demo.book")
    return Book.open(tmp_path / "demo.book", passphrase=PASSPHRASE)


def incident_of(book: Book, account: str) -> Incident:
    return next(i for i in book.incidents() if any(a.id == account for a in i.accounts))


def test_two_that_were_linked_can_be_parted_and_put_together_again(book: Book) -> None:
    with book:
        before = book.incidents()
        two = next(i for i in before if len(i.accounts) == 2 and not i.practice)
        a, b = (account.id for account in two.accounts)
        parted = book.decide(DecisionKind.UNLINK, [a, b], who="ana", why="two families")
        book.relink()
        assert incident_of(book, a).id != incident_of(book, b).id
        book.decide(DecisionKind.UNDO, [parted.id], who="ana", why="they are one after all")
        book.relink()
        assert book.incidents() == before


def test_a_person_can_link_what_the_machine_keeps_apart(book: Book) -> None:
    with book:
        first, second = [i for i in book.incidents() if not i.practice][:2]
        a, b = first.accounts[0].id, second.accounts[0].id
        book.decide(DecisionKind.LINK, [a, b], who="ana", why="the same ledger")
        book.relink()
        assert incident_of(book, a).id == incident_of(book, b).id
        told = incident_of(book, a)
        assert {x.id for i in (first, second) for x in i.accounts} <= {x.id for x in told.accounts}


def test_what_was_judged_or_cannot_be_told_is_not_asked_again(book: Book) -> None:
    with book:
        before = book.incidents()
        asked = book.doubtful(1000)
        assert asked
        first = asked[0]
        assert first.weight == pytest.approx(sum(f.weight for f in first.factors), abs=0.02)
        book.decide(DecisionKind.UNSURE, [first.a, first.b], who="ana", why="nobody says the day")
        assert {(x.a, x.b) for x in book.doubtful(1000)} == {(x.a, x.b) for x in asked[1:]}
        book.relink()
        assert (first.a, first.b) not in {(x.a, x.b) for x in book.doubtful(1000)}
        assert [i.id for i in book.incidents()] == [i.id for i in before]


@pytest.mark.parametrize(
    ("targets", "why", "reason"),
    [
        (("a_no", "a_one"), "because", "no such account"),
        (("a_no",), "because", "two accounts"),
        (("a_no", "a_one"), " ", "say why"),
    ],
)
def test_a_word_on_a_pair_needs_two_accounts_and_a_reason(
    book: Book, targets: tuple[str, ...], why: str, reason: str
) -> None:
    with book, pytest.raises(ValueError, match=reason):
        book.decide(DecisionKind.LINK, targets, who="ana", why=why)


def test_a_books_own_weights_count_for_it_and_can_be_removed(book: Book) -> None:
    own = pairs.own_file(book._store.path)
    with book:
        spec = book.pack.linking
        own.write_text(pairs.text_of(spec.model_copy(update={"prior": 1e-9, "others": 1e-6})))
    with Book.open(own.with_name("demo.book"), passphrase=PASSPHRASE) as again:
        again.update()
        assert sum(len(i.accounts) > 1 for i in again.incidents()) < sum(len(i.accounts) > 1 for i in book_before(own))
    own.unlink()
    with Book.open(own.with_name("demo.book"), passphrase=PASSPHRASE) as again:
        assert again.pack.linking == spec


def book_before(own: Path) -> list[Incident]:
    own.unlink()
    with Book.open(own.with_name("demo.book"), passphrase=PASSPHRASE) as plain:
        plain.update()
        found = plain.incidents()
    own.write_text("")
    return found


@pytest.mark.parametrize("text", ["comparisons: [", "prior: 7", "prior: 0.1", "\x00"])
def test_weights_that_cannot_be_read_are_named(book: Book, text: str) -> None:
    own = pairs.own_file(book._store.path)
    book.close()
    own.write_text(text)
    with pytest.raises(PackError, match=r"linking\.yaml"):
        Book.open(own.with_name("demo.book"), passphrase=PASSPHRASE)


def test_the_file_of_weights_is_read_as_it_is_written(book: Book) -> None:
    with book:
        written = yaml.safe_load(pairs.text_of(book.pack.linking))
        assert type(book.pack.linking).model_validate(written) == book.pack.linking


def test_what_is_added_to_an_open_book_is_linked_as_if_all_had_come_at_once(tmp_path: Path) -> None:
    lines = (SAMPLES / "reports.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[:9]
    (tmp_path / "first.jsonl").write_text("".join(lines[:5]), encoding="utf-8")
    (tmp_path / "later.jsonl").write_text("".join(lines[5:]), encoding="utf-8")
    with Book.new(tmp_path / "grown.book", passphrase=PASSPHRASE) as grown:
        for name in ("first.jsonl", "later.jsonl"):
            grown.add([tmp_path / name])
            grown.update()
        stepwise = grown.incidents()
    with Book.open(tmp_path / "grown.book", passphrase=PASSPHRASE) as again:
        again.update(engine=linking.named("memory"))
        assert again.incidents() == stepwise
