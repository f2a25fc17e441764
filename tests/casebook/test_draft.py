"""What was made of the record: seen wholly or not at all, and brought along to a newer schema."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from secondsource import casebook
from secondsource.casebook import INCIDENTS, VERDICTS, Casebook, Draft, Superseded, file
from secondsource.model import Account, Corroboration, Incident, Language, Reading, Report, Voice

PASSPHRASE = "a long enough phrase"
REPORT = Report(id="r_1", text="A family was held near Musan.", language=Language.EN, received="2026")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "derive_key", lambda _, salt: 64 * "0" + salt.hex())


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    made = casebook.create(tmp_path / "case.book", PASSPHRASE, pack="nk_border")
    yield made
    made.close()


def drafted(book: Casebook, *names: str, anew: bool = False) -> Draft:
    draft = book.draft(book.state())
    if anew:
        draft.anew(INCIDENTS)
        draft.anew(VERDICTS)
    for number, name in enumerate(names):
        one = Incident(id=name, accounts=(), corroboration=Corroboration(value="no", reason="one"))
        draft.incidents([(number, name, one.model_dump_json(exclude={"hints"}))])
        draft.verdicts([(name, one.model_dump_json(include={"hints"}), "{}")])
    return draft


def ids(book: Casebook) -> list[str]:
    return [incident.id for incident in book.incidents()]


def test_what_is_made_anew_is_seen_wholly_or_not_at_all(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secondsource.casebook.draft.AT_ONCE", 1)
    drafted(book, "i1", "i2").commit({})
    drafted(book, "i3", anew=True)
    assert ids(book) == ["i1", "i2"]
    other = drafted(book, "i4", "i5", "i6", anew=True)
    other.commit({})
    assert ids(book) == ["i4", "i5", "i6"]
    with book._engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM reading_incident")).scalar() == 3


@pytest.mark.parametrize("anew", [True, False])
def test_of_two_drafts_the_second_to_be_committed_is_refused(book: Casebook, anew: bool) -> None:
    drafted(book, "i1").commit({})
    first, second = drafted(book, "i2", anew=anew), drafted(book, "i3")
    second.commit({})
    with pytest.raises(Superseded):
        first.commit({})
    assert ids(book) == ["i1", "i3"] or ids(book) == ["i3", "i1"]


def test_a_draft_that_another_took_rows_from_is_refused(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secondsource.casebook.draft.AT_ONCE", 1)
    first = drafted(book, "i1", "i2", anew=True)
    drafted(book, anew=True)
    with pytest.raises(Superseded):
        first.commit({})
    assert ids(book) == []


def test_a_book_of_the_first_schema_is_brought_up_with_all_that_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "old.book"
    engine = file.engine(path, file.derive_key(PASSPHRASE, file.new_salt(path)))
    config = Config()
    config.set_main_option("script_location", str(Path(file.__file__).parent / "migrations"))
    account = Account(id="a1", report_id="r_1", claims=())
    incident = Incident(id="i1", accounts=(account,), corroboration=Corroboration(value="no", reason="one"))
    voice = Voice(id="v1", report_id="r_1", descriptor="a source", spans=())
    read = Reading(report_id="r_1", reader="1", voices=(voice,))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for table, values in (
            ("record_book", {"key": "pack", "value": "nk_border"}),
            ("record_report", {"seq": 1, "id": "r_1", "body": REPORT.model_dump_json(), "data": b"", "media": ""}),
            ("reading_report", {"id": "r_1", "reader": "1", "body": read.model_dump_json()}),
            ("reading_incident", {"id": "i1", "position": 0, "body": incident.model_dump_json()}),
            ("reading_state", {"key": "decided", "value": "0"}),
        ):
            marks = ", ".join(f":{name}" for name in values)
            connection.execute(text(f"INSERT INTO {table} VALUES ({marks})"), values)
    engine.dispose()
    opened = casebook.open_file(path, PASSPHRASE)
    assert opened.incidents() == [incident] and opened.reading("r_1") == read
    assert opened.accounts_known(["a1", "a2"]) == {"a1"} and opened.incidents_of(["r_1"]) == {"i1"}
    assert opened.reports_with(["v1"]) == {"r_1"}
    opened.close()


def test_the_newest_schema_is_the_one_that_is_looked_for() -> None:
    scripts = ScriptDirectory(str(Path(file.__file__).parent / "migrations"))
    assert scripts.get_current_head() == file.HEAD


def test_several_books_can_be_made_at_once(tmp_path: Path) -> None:
    failed: list[Exception] = []

    def make(n: int) -> None:
        try:
            casebook.create(tmp_path / f"{n}.book", PASSPHRASE, pack="nk_border").close()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=make, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
