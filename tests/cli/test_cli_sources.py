"""Sources, grades and who is who, on a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from secondsource.cli import show
from secondsource.cli.app import app
from secondsource.pipeline import Book

PHRASE = "a long enough phrase"
TEXT = "Three women were arrested by border guards in Hyesan on March 3, 2019, a source in Ryanggang Province said."


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    (folder / "key").write_text(PHRASE + "\n")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    with Book.new(folder / "b.book", passphrase=PHRASE) as made:
        made.add([folder / "a.txt"])
        made.update()
    return folder / "b.book"


@pytest.fixture
def run(book: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def go(command: str, *arguments: str, stdin: str = "") -> tuple[int, str, str]:
        result = CliRunner().invoke(
            app, [command, str(book), *arguments, "--key-file", str(book.parent / "key")], input=stdin
        )
        return result.exit_code, result.stdout, str(result.exception or "")

    monkeypatch.setattr(show.out, "_file", None)
    return go


def ids(book: Path) -> tuple[str, str]:
    """The voice and a claim of the book's only report."""
    with Book.open(book, passphrase=PHRASE) as opened:
        (reading,) = opened.readings()
        return reading.voices[0].id, next(c.id for i in opened.incidents() for c in i.claims)


def test_a_source_is_set_down_graded_and_listed(book: Path, run: Any) -> None:
    voice, _ = ids(book)
    assert run("source", "Heron", "--voice", voice, "--reliability", "B", "--public", "a trader")[0] == 0
    assert run("grade", "Heron", "C", "--why", "twice wrong", "--as", "ana")[0] == 0
    with Book.open(book, passphrase=PHRASE) as opened:
        source = next(s for s in opened.sources() if s.pseudonym == "Heron")
        assert (source.voices, source.reliability, source.public) == ((voice,), "B", "a trader")
        opened.update()
        (incident,) = opened.incidents()
        assert {s.grade.reliability for f in incident.findings for s in f.support} == {"C"}
    listed = json.loads(run("sources", "--json")[1])
    assert "Heron" in [s["pseudonym"] for s in listed["sources"]]
    assert [v["id"] for v in listed["voices"]] == [voice]


def test_the_identity_goes_to_the_vault_alone(book: Path, run: Any) -> None:
    assert run("source", "Owl", "--identity", stdin="Mrs Real Name\n")[0] == 0
    assert "Real Name" not in run("sources")[1] + run("sources", "--json")[1]
    with Book.open(book, passphrase=PHRASE) as opened:
        assert all("Real Name" not in entry.payload for entry in opened.journal())


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        ("grade", ["CLAIM", "1"], "independent"),
        ("grade", ["VOICE", "3"], "digits grade claims"),
        ("grade", ["CLAIM", "B"], "letters grade sources"),
        ("grade", ["CLAIM", "9"], "a grade is"),
        ("source", ["Wren", "--heard-from", "Nobody"], ""),
        ("source", ["Wren", "--reliability", "G"], ""),
        ("source", ["Wren", "--voice", "v_nowhere"], "no report"),
        ("same", ["VOICE", "VOICE"], ""),
    ],
)
def test_what_cannot_be_is_refused(book: Path, run: Any, command: str, arguments: list[str], said: str) -> None:
    voice, claim = ids(book)
    code, _, error = run(command, *[{"CLAIM": claim, "VOICE": voice}.get(a, a) for a in arguments])
    assert code != 0
    assert said in error
