"""What is accepted stays, what was changed shows, and the file gives nothing away."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from secondsource import casebook
from secondsource.casebook import schema
from secondsource.casebook.store import Casebook
from secondsource.model import Corroboration, Decision, DecisionKind, Incident, Reading, Report, Source

PASSPHRASE = "a long enough phrase"


def report(number: int, body: str = "A family was held near Musan.", **more: str) -> Report:
    return Report.model_validate(
        {"id": f"r_{number}", "text": body, "language": "en", "received": "2026-01-01T00:00:00+00:00", **more}
    )


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    made = casebook.create(tmp_path / "case.book", PASSPHRASE, pack="nk_border")
    yield made
    made.close()


def add(book: Casebook, *reports: Report) -> list[Report]:
    return book.add_reports([(r, r.text.encode(), "text/plain") for r in reports])


def tamper(book: Casebook, *statements: str) -> None:
    """Changes the file as somebody would who has the passphrase and wants to hide that."""
    with book._engine.begin() as connection:
        for table in ("record_report", "record_journal", "record_decision", "record_source"):
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
        for statement in statements:
            connection.execute(text(statement))


def test_a_report_comes_back_as_it_went_in(book: Casebook) -> None:
    one = report(1, "회령에서 일가족이 붙잡혔다.", title="제목", outlet="강변통신", published="2024-05")
    assert add(book, one) == [one]
    assert book.report("r_1") == one
    assert book.original("r_1") == (one.text.encode(), "text/plain")


def test_the_same_report_twice_is_one(book: Casebook) -> None:
    add(book, report(1))
    assert add(book, report(1), report(2), report(2)) == [report(2)]
    assert [r.id for r in book.reports()] == ["r_1", "r_2"]


@pytest.mark.parametrize("table", ["record_report", "record_journal"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET seq = seq + 100"])
def test_the_record_cannot_be_rewritten(book: Casebook, table: str, statement: str) -> None:
    add(book, report(1))
    with pytest.raises(DBAPIError, match="written once"), book._engine.begin() as connection:
        connection.execute(text(statement.format(table)))


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE record_report SET body = replace(body, 'Musan', 'Onsong') WHERE id = 'r_2'", "record_report r_2"),
        ("UPDATE record_report SET data = x'00' WHERE id = 'r_2'", "record_report r_2"),
        ("DELETE FROM record_report WHERE id = 'r_3'", "record_report r_3"),
        ("UPDATE record_journal SET at = '2020' WHERE seq = 2", "journal entry 2"),
        ("DELETE FROM record_journal WHERE seq = 3", "journal entry 4"),
        ("INSERT INTO record_report (id, body, data, media_type) VALUES ('r_9', '{}', x'', 't')", "record_report r_9"),
    ],
)
def test_verify_names_what_was_changed(book: Casebook, statement: str, fault: str) -> None:
    add(book, report(1), report(2), report(3))
    assert book.verify() == []
    tamper(book, statement)
    assert fault in {found.where for found in book.verify()}


def test_a_noted_head_shows_that_an_older_copy_was_put_back(book: Casebook, tmp_path: Path) -> None:
    add(book, report(1))
    early = book.head()
    add(book, report(2))
    assert book.verify(early) == []
    late = book.head()
    tamper(book, "DELETE FROM record_report WHERE id = 'r_2'", "DELETE FROM record_journal WHERE seq = 3")
    assert book.verify() == []
    assert [f.where for f in book.verify(late)] == ["noted head"]
    assert [f.where for f in book.verify("nonsense")] == ["noted head"]


def test_a_wrong_passphrase_is_refused_plainly(book: Casebook) -> None:
    add(book, report(1))
    with pytest.raises(casebook.WrongPassphrase, match="does not open it") as caught:
        casebook.open_file(book.path, "another")
    assert "another" not in str(caught.value)


def test_what_is_no_casebook_is_refused_plainly(tmp_path: Path) -> None:
    with pytest.raises(casebook.NotACasebook, match=r"nothing\.book"):
        casebook.open_file(tmp_path / "nothing.book", PASSPHRASE)
    (tmp_path / "text").write_text("a" * 9000)
    with pytest.raises(casebook.WrongPassphrase):
        casebook.open_file(tmp_path / "text", PASSPHRASE)


def test_a_new_book_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with pytest.raises(FileExistsError):
        casebook.create(tmp_path / "x", PASSPHRASE, pack="nk_border")
    assert (tmp_path / "x").read_text() == "mine"


def test_the_bytes_on_disk_hold_nothing_of_the_text(book: Casebook, tmp_path: Path) -> None:
    add(book, report(1, "The ledger of the Wiyon boathouse. 무산 창고"))
    book.set_source(Source(id="s1", pseudonym="Heron"), identity="Her name is in the vault")
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert book.path in files
    for path in files:
        data = path.read_bytes()
        for secret in ("ledger", "boathouse", "무산", "Heron", "vault", "record_report", PASSPHRASE):
            assert secret.encode() not in data
            assert secret.encode("utf-16-le") not in data


def test_the_file_is_its_owners_alone(book: Casebook) -> None:
    assert book.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([["회령"]], ["r_1"]),
        ([["会寧"]], ["r_2"]),
        ([["MUSAN"]], ["r_3"]),
        ([["회령", "会寧"]], ["r_1", "r_2"]),
        ([["Musan"], ["family"]], ["r_3"]),
        ([["Musan"], ["회령"]], []),
        ([["100%"]], ["r_4"]),
        ([["%"]], ["r_4"]),
        ([['" OR text:']], []),
        ([["NEAR("]], []),
        ([[" "]], []),
    ],
)
def test_search_finds_words_of_any_script_and_length(book: Casebook, words: list[list[str]], found: list[str]) -> None:
    add(
        book,
        report(1, "함경북도 회령에서 붙잡혔다"),
        report(2, "会寧で逮捕された"),
        report(3, "A family near Musan"),
        report(4, "100% of it"),
    )
    hits = book.search(words)
    assert [h.report_id for h in hits] == found


def test_a_hit_says_where(book: Casebook) -> None:
    add(book, report(1, "x" * 300 + " Musan " + "y" * 300))
    hit = book.search([["musan"]])[0]
    assert hit.starts == (301,)
    assert "Musan" in hit.snippet
    assert hit.snippet.startswith("…")


def test_the_latest_version_of_a_source_counts_and_the_earlier_stays(book: Casebook) -> None:
    book.set_source(Source(id="s1", pseudonym="Heron"))
    book.set_source(Source(id="s1", pseudonym="Heron", reliability="B"), identity="N. N.")
    assert book.sources() == [Source(id="s1", pseudonym="Heron", reliability="B")]
    assert [e.kind for e in book.journal()] == ["source.set", "source.set", "book.new"]
    assert not any("N. N." in e.payload for e in book.journal())


def test_decisions_are_kept_in_order(book: Casebook) -> None:
    made = [
        Decision(id=f"d{n}", kind=DecisionKind.LINK, targets=("a", "b"), who="editor", at="2026", why="same ledger")
        for n in range(3)
    ]
    for decision in made:
        book.add_decision(decision)
    assert book.decisions() == made


def test_the_reading_is_replaced_and_the_record_is_not(book: Casebook) -> None:
    add(book, report(1), report(2))
    book.save_readings([Reading(report_id="r_1", reader="1"), Reading(report_id="r_2", reader="1")])
    book.save_readings([Reading(report_id="r_1", reader="2")])
    assert book.readers() == {"r_1": "2", "r_2": "1"}
    incident = Incident(id="i1", accounts=(), corroboration=Corroboration(value="no", reason="one"))
    draft = book.draft(book.state())
    draft.incidents([(0, incident.id, incident.model_dump_json(exclude={"hints"}))])
    draft.verdicts([(incident.id, incident.model_dump_json(include={"hints"}), "{}")])
    assert (book.incidents(), book.made_from()) == ([], None)
    draft.commit({"made_from": "state 1"})
    assert (book.incidents(), book.made_from()) == ([incident], "state 1")
    draft = book.draft(book.state())
    draft.drop_incidents(["i1"])
    draft.commit({"made_from": "state 2"})
    assert (book.incidents(), book.made_from()) == ([], "state 2")
    assert len(book.journal()) == 3


def test_migrations_make_the_tables_that_the_code_uses(book: Casebook) -> None:
    with book._engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    ours = [d for d in differences if "search" not in str(d) and "alembic" not in str(d)]
    assert ours == []


@pytest.mark.parametrize("seed", range(6))
def test_a_flipped_bit_is_found(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "case.book"
    made = casebook.create(path, PASSPHRASE, pack="nk_border")
    add(made, *(report(n, "A family was held near Musan. " * 40) for n in range(20)))
    made.close()
    data = bytearray(path.read_bytes())
    # Past the salt, spread over the file; the same places in every run.
    data[16 + (seed * 7919 + 4096) % (len(data) - 16)] ^= 1 << (seed % 8)
    path.write_bytes(data)
    try:
        opened = casebook.open_file(path, PASSPHRASE)
    except (casebook.WrongPassphrase, casebook.Unusable):
        return
    try:
        assert opened.verify()
    finally:
        opened.close()


def test_errors_of_the_store_hold_no_text(book: Casebook) -> None:
    add(book, report(1))
    with pytest.raises(DBAPIError) as caught, book._engine.begin() as connection:
        connection.execute(schema.report.insert().values(id="r_1", body="SECRET", data=b"SECRET", media_type="t"))
    assert "SECRET" not in str(caught.value)


def test_a_full_disk_is_said_plainly_and_costs_nothing_that_was_there(book: Casebook) -> None:
    add(book, report(1))
    with book._engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    # A book that may not grow stands for a disk that is full.
    event.listen(book._engine, "checkout", lambda raw, *_: raw.execute(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(casebook.Unusable) as caught:
        add(book, report(2, "A ledger lay in the boathouse. " * 5000))
    assert (caught.value.filename, caught.value.strerror) == (str(book.path), "the disk is full")
    assert [r.id for r in book.reports()] == ["r_1"]
    assert book.verify() == []


def test_a_book_that_may_not_be_written_to_can_be_read_where_the_system_allows_it(book: Casebook) -> None:
    add(book, report(1))
    event.listen(book._engine, "checkout", lambda raw, *_: raw.execute("PRAGMA query_only = ON"))
    assert len(book.reports()) == 1
    with pytest.raises(casebook.Unusable, match="may not be written to"):
        add(book, report(2))


@pytest.mark.parametrize(
    "words", [[["a\0b"]], [["\0"]], [["\udcff"]], [["Musan"], ["\ud800"]]], ids=["inside", "alone", "byte", "second"]
)
def test_what_no_text_holds_is_not_found(book: Casebook, words: list[list[str]]) -> None:
    add(book, report(1))
    assert book.search(words) == []


def test_a_search_of_many_words_is_answered_or_refused(book: Casebook) -> None:
    add(book, report(1))
    assert len(book.search([["Musan"]] * 1000)) == 1
    assert book.search([[f"word{n}"] for n in range(200)]) == []
    with pytest.raises(ValueError, match="at most 200 words"):
        book.search([[f"word{n}"] for n in range(201)])


def test_a_passphrase_opens_from_every_keyboard(tmp_path: Path) -> None:
    casebook.create(tmp_path / "x.book", unicodedata.normalize("NFD", "비밀 é"), pack="nk_border").close()
    casebook.open_file(tmp_path / "x.book", unicodedata.normalize("NFC", "비밀 é")).close()


def test_an_empty_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="empty passphrase"):
        casebook.create(tmp_path / "x.book", "", pack="nk_border")
    assert list(tmp_path.iterdir()) == []
