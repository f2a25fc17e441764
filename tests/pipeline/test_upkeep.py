"""A book kept up to date step by step is the book that is made at once, and a change makes anew only what it must."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from what_people_do import STEPS, WHO

from secondsource import casebook, making, packs, reading, rerating, weighing
from secondsource.model import DecisionKind, Incident, Reading, Report, Source
from secondsource.pipeline import Book
from secondsource.upkeep import Upkeep
from secondsource.world.readings import readings

PACK = packs.load("nk_border")
PASSPHRASE = "a long enough phrase"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys made without effort; and rarity counted over a beginning already in a small book."""

    def key(passphrase: str, salt: bytes) -> str:
        return hashlib.sha256(passphrase.encode() + salt).hexdigest() + salt.hex()

    monkeypatch.setattr("secondsource.casebook.file.derive_key", key)
    monkeypatch.setattr("secondsource.linking.rarity.EXACT", 6)


@pytest.fixture(scope="module")
def told() -> list[tuple[Report, Reading]]:
    return list(readings(PACK, incidents=9, seed=11, reader=reading.version(PACK)))[:18]


@pytest.fixture
def book(tmp_path: Path, told: list[tuple[Report, Reading]]) -> Iterator[Book]:
    with made(tmp_path / "x.book") as one:
        put(one, told[:12])
        one.relink()
        yield one


def made(path: Path) -> Book:
    return Book.new(path, passphrase=PASSPHRASE)


def put(book: Book, some: list[tuple[Report, Reading]]) -> None:
    book._store.add_reports([(report, report.id.encode(), "text/plain") for report, _ in some])
    book._store.save_readings(one for _, one in some)


def path_of(book: Book) -> Path:
    return book._store.path


def at_once(book: Book) -> tuple[list[Incident], list[Any]]:
    """What a book of the same record makes of it from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.book"
        # Everything that was written stands in the file itself only after this.
        with book._store._engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        shutil.copy(path_of(book), copy)
        with Book.open(copy, passphrase=PASSPHRASE) as other:
            with other._store._engine.begin() as connection:
                connection.execute(text("DELETE FROM reading_state WHERE key NOT IN ('links', 'incidents')"))
            other.pack = book.pack
            other.relink()
            return other.incidents(), other.doubtful(1000)


def same(book: Book) -> None:
    incidents, doubtful = at_once(book)
    assert book.incidents() == incidents
    assert book.doubtful(1000) == doubtful


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_in_any_order_and_steps_with_judgements_between_it_is_as_if_made_at_once(
    told: list[tuple[Report, Reading]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(told))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.book"
        made(path).close()
        start = 0
        while start < len(order):
            end = start + data.draw(st.integers(1, 8))
            # Another opening each time: nothing is known but what the file holds.
            with Book.open(path, passphrase=PASSPHRASE) as book:
                put(book, order[start:end])
                book.relink()
                for step in data.draw(st.lists(st.sampled_from(STEPS), max_size=3)):
                    step(book, data)
                if data.draw(st.booleans()):
                    book.relink()
            start = end
        with Book.open(path, passphrase=PASSPHRASE) as book:
            assert book.update(read_new=False).failed == []
            same(book)
            assert book.verify() == []


# --- what is made anew, and what is not


class Seen:
    """What was weighed, weighed anew by rates alone, and linked from nothing."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.weighed: list[str] = []
        self.rated = self.linked = 0
        weigh, rated, everything = weighing.weigh, rerating.rated, Upkeep._link_all

        def weighing_(incident_id: str, *rest: Any, **more: Any) -> Incident:
            self.weighed.append(incident_id)
            return weigh(incident_id, *rest, **more)

        def rating(*rest: Any, **more: Any) -> str:
            self.rated += 1
            return rated(*rest, **more)

        def linking_(upkeep: Upkeep, *rest: Any) -> Any:
            self.linked += 1
            return everything(upkeep, *rest)

        patch.setattr(weighing, "weigh", weighing_)
        patch.setattr(rerating, "rated", rating)
        patch.setattr(Upkeep, "_link_all", linking_)


def test_nothing_new_makes_nothing_anew(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, before = Seen(monkeypatch), book._store.made_from()
    book.relink()
    assert (seen.weighed, seen.rated, seen.linked) == ([], 0, 0)
    assert book._store.made_from() == before


def test_a_new_report_makes_its_own_incident_alone_anew(
    book: Book, told: list[tuple[Report, Reading]], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Seen(monkeypatch)
    rows = dict(book._store.descriptions(range(100)))
    put(book, told[12:13])
    book.relink()
    mine = {i.id for i in book.incidents() if told[12][0].id in i.reports}
    assert set(seen.weighed) == mine
    assert (seen.rated, seen.linked) == (0, 0)
    assert {n: row for n, row in book._store.descriptions(range(100)).items() if n in rows} == rows
    same(book)


def test_a_judged_claim_makes_its_incidents_alone_anew(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Seen(monkeypatch)
    claim = book.incidents()[0].claims[0]
    beside = {r for i in book.incidents() if claim.report_id in i.reports for r in i.reports}
    book.decide(DecisionKind.REJECT, [claim.id], **WHO)
    book.relink()
    assert set(seen.weighed) <= {i.id for i in book.incidents() if beside & set(i.reports)}
    assert (seen.rated, seen.linked) == (0, 0)
    same(book)


def test_a_graded_source_makes_the_incidents_that_it_speaks_in_anew(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Seen(monkeypatch)
    incident = book.incidents()[1]
    voice = incident.accounts[0].voices[0].id
    book.set_source(Source(id="s", pseudonym="Heron", reliability="E", voices=(voice,)))
    book.relink()
    assert seen.weighed == [incident.id]
    book.set_source(Source(id="s", pseudonym="Heron", reliability="B"))
    book.relink()
    assert seen.weighed == [incident.id] * 2
    same(book)


def other_rates(book: Book) -> None:
    book.pack = PACK.model_copy(update={"weighing": PACK.weighing.model_copy(update={"tempering": 0.5})})


def test_other_rates_weigh_all_anew_without_a_text(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, before = Seen(monkeypatch), book.incidents()
    monkeypatch.setattr("secondsource.weighing.observed", lambda *_: pytest.fail("a text was looked at"))
    other_rates(book)
    book.relink()
    assert (seen.weighed, seen.rated, seen.linked) == ([], len(before), 0)
    assert [i.hypotheses for i in book.incidents()] != [i.hypotheses for i in before]
    assert book.incidents() == list(weighing.reweigh(before, book.pack))


@pytest.mark.parametrize(
    ("part", "value", "stays"),
    [
        ("weighing", PACK.weighing.model_copy(update={"tempering": 0.5}), True),
        ("linking", PACK.linking.model_copy(update={"prior": 0.01}), True),
        ("scripts", {}, True),
        ("signals", {}, True),
        ("context", [], True),
        ("phrases", PACK.phrases | {"independence": {}}, True),
        ("phrases", PACK.phrases | {"money": {}}, False),
        ("acts", dict(list(PACK.acts.items())[1:]), False),
    ],
)
def test_reports_are_read_anew_only_for_what_reading_uses(part: str, value: Any, stays: bool) -> None:
    changed = PACK.model_copy(update={part: value})
    assert (reading.version(changed) == reading.version(PACK)) is stays


# --- what goes wrong


def test_a_linker_that_fails_costs_nothing_that_was_there(
    book: Book, told: list[tuple[Report, Reading]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = book.incidents()

    def failing(*_: Any) -> None:
        raise ZeroDivisionError(told[12][0].text)

    put(book, told[12:14])
    with monkeypatch.context() as patch:
        patch.setattr("secondsource.linking.collection.parts", failing)
        done = book.update(read_new=False)
    ((subject, reason),) = done.failed
    assert subject == "all reports" and "ZeroDivisionError" in reason and told[12][0].text not in reason
    assert done.incidents == len(before) and book.incidents() == before
    assert book.update(read_new=False).failed == []
    same(book)


SPOILT = [
    "UPDATE reading_linking SET data = x'00'",
    "UPDATE reading_linking SET data = zeroblob(24) WHERE name = 'keys'",
    "UPDATE reading_linking SET data = CAST('{}' AS BLOB) WHERE name = 'rarity'",
    "DELETE FROM reading_linking WHERE name = 'bits'",
    "DELETE FROM reading_description",
    "UPDATE reading_description SET body = '[]'",
    "UPDATE reading_description SET body = '{\"id\": 1}'",
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_linking_kept_and_cannot_read_is_made_anew(
    book: Book, told: list[tuple[Report, Reading]], spoil: str
) -> None:
    with book._store._engine.begin() as connection:
        connection.execute(text(spoil))
    put(book, told[12:14])
    assert book.update(read_new=False).failed == []
    same(book)


@pytest.mark.parametrize("change", ["more", "rates"])
def test_a_kill_before_the_end_leaves_what_stood(
    book: Book, told: list[tuple[Report, Reading]], change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, doubtful = book.incidents(), book.doubtful(1000)
    if change == "more":
        put(book, told[12:])
    else:
        other_rates(book)
    monkeypatch.setattr("secondsource.casebook.draft.AT_ONCE", 1)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(casebook.Draft, "commit", killed)
    with pytest.raises(KeyboardInterrupt):
        book.relink()
    assert book.incidents() == before and book.doubtful(1000) == doubtful
    monkeypatch.setattr(casebook.Draft, "commit", COMMIT)
    pack = book.pack
    with Book.open(path_of(book), passphrase=PASSPHRASE) as again:
        again.pack = pack
        again.relink()
        same(again)
        for table in ("reading_incident", "reading_account"):
            with again._store._engine.connect() as connection:
                generations = connection.execute(text(f"SELECT DISTINCT generation FROM {table}")).scalars().all()
            assert len(generations) == 1


COMMIT = casebook.Draft.commit


def test_what_failed_once_is_tried_again_and_nothing_else_is(
    book: Book, told: list[tuple[Report, Reading]], monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = making.entries
    bad = told[12][0].id

    def failing(some: Any, *rest: Any) -> Any:
        faults = rest[-1]
        faults.append((bad, "failed")) if bad in {r.report_id for _, r in some} else None
        return entries([(s, r) for s, r in some if r.report_id != bad], *rest)

    monkeypatch.setattr(making, "entries", failing)
    put(book, told[12:14])
    assert book.update(read_new=False).failed == [(bad, "failed")]
    assert bad not in {r for i in book.incidents() for r in i.reports}
    assert book.update(read_new=False).failed == [(bad, "failed")]
    monkeypatch.setattr(making, "entries", entries)
    assert book.update(read_new=False).failed == []
    assert bad in {r for i in book.incidents() for r in i.reports}
    same(book)


def test_of_two_programs_the_later_takes_up_what_the_first_made(
    book: Book, told: list[tuple[Report, Reading]], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(book, told[12:13])
    state = casebook.Casebook.state
    raced: list[bool] = []

    def racing(store: casebook.Casebook) -> dict[str, str]:
        found = state(store)
        if not raced:
            raced.append(True)
            put(book, told[13:15])
            with Book.open(path_of(book), passphrase=PASSPHRASE) as other:
                other.relink()
        return found

    monkeypatch.setattr(casebook.Casebook, "state", racing)
    book.relink()
    assert {r.id for r, _ in told[:15]} >= {r for i in book.incidents() for r in i.reports}
    same(book)
