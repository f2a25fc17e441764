"""`secondsource review`: judging on a terminal, by keys and by options."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import secondsource
from secondsource.cli import show
from secondsource.cli.app import FAILED, app
from secondsource.model import DecisionKind
from secondsource.pipeline import Book

PASSPHRASE = "a long enough phrase"
TEXT = (
    "A resident said that on May 3, 2021 border guards arrested a family of four near Musan. "
    "[bold red]They[/] were arrested after a broker called, he said. "
    "Guards beat them, and they were tortured in a cell. They are gone.\x1b[31m"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    (folder / "one.txt").write_text(TEXT)
    (folder / "key").write_text(PASSPHRASE + "\n")
    with secondsource.new(str(folder / "case.book"), passphrase=PASSPHRASE) as book:
        book.add([folder / "one.txt"])
        book.update()
    return folder


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    for name in ("case.book", "key"):
        shutil.copy(made / name, tmp_path / name)
    return tmp_path / "case.book"


@dataclass(frozen=True)
class Done:
    stdout: str
    stderr: str


def review(path: Path, *arguments: str, stdin: str = "", code: int = 0) -> Done:
    """The command in this process; a ValueError is what `main` makes a line of."""
    command = ["review", str(path), "--key-file", str(path.parent / "key"), *arguments]
    done = CliRunner(env={"COLUMNS": "200"}).invoke(app, command, input=stdin)
    wrong = isinstance(done.exception, ValueError)
    told = done.stderr + (f"error: {done.exception}" if wrong else "")
    assert (FAILED if wrong else done.exit_code) == code, (told, done.exception)
    return Done(done.stdout, told)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show.out, "_width", 200)


def queue(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(review(path, "--list", "--json", "--limit", "100").stdout)
    return found


def opened(path: Path) -> Book:
    return secondsource.open(str(path), passphrase=PASSPHRASE)


def test_the_queue_is_listed_with_its_reasons(path: Path) -> None:
    waiting = queue(path)
    assert waiting and all(one["reason"].endswith(".") and one["sentence"] for one in waiting)
    table = review(path, "--list").stdout
    assert waiting[0]["claim"]["id"] in table and f"0 of {len(waiting)} judged" in table


def test_keys_judge_one_claim_after_another(path: Path) -> None:
    first, second = (one["claim"]["id"] for one in queue(path)[:2])
    done = review(path, "--as", "Ana", stdin="s\nr\nno such thing\nu\nx\nr\na slip\nq\n")
    assert "[bold red]They[/]" in done.stdout and "\x1b[31m" not in done.stdout
    assert "3 judgements since" in done.stderr
    with opened(path) as book:
        kept = book.decisions()
        assert [(d.kind.value, d.who, d.why) for d in kept] == [
            ("reject", "Ana", "no such thing"),
            ("undo", "Ana", ""),
            ("reject", "Ana", "a slip"),
        ]
        assert kept[0].targets == kept[2].targets == (second,)
        assert [item.claim.id for item in book.queue(1)] == [first]


def test_a_correction_by_keys(path: Path) -> None:
    claim = queue(path)[0]["claim"]["id"]
    review(path, "--as", "Ana", stdin="c\ndate=2021-05-04\nvictims=4..5\n\nchecked\nq\n")
    with opened(path) as book:
        held = book.judgements().in_force(claim)
        assert held and held.judgement and held.judgement.claim.when
        assert held.judgement.claim.when.edtf == "2021-05-04"
        assert held.judgement.changed == ("victims", "when")


def test_what_is_wrong_by_keys_is_said_and_the_claim_stays(path: Path) -> None:
    done = review(path, stdin="c\ndate=soon\n\nx\nr\n\nq\n")
    assert "no EDTF" in done.stderr and "a reason is needed" in done.stderr
    with opened(path) as book:
        assert book.decisions() == []


def test_the_queue_ends_where_all_is_judged_or_skipped(path: Path) -> None:
    count = len(queue(path))
    assert f"{count} were skipped" in review(path, stdin="s\n" * count).stdout
    assert "Nothing more waits." in review(path, stdin="a\n\n" * count).stdout


def test_options_accept_correct_reject_add_and_undo(path: Path) -> None:
    claim = queue(path)[0]["claim"]
    as_ana = ("--as", "Ana", "--json")
    accepted = json.loads(review(path, "--accept", claim["id"][:10], "--why", "seen", *as_ana).stdout)
    assert (accepted["kind"], accepted["targets"], accepted["who"]) == ("accept", [claim["id"]], "Ana")
    settings = [
        f"--set={s}"
        for s in ("place=Hoeryong", "role=crossing", "perpetrators=MSS", "modality=hedged", "voice=A resident")
    ]
    review(path, "--correct", claim["id"], "--why", "checked", *settings)
    review(
        path,
        "--add",
        claim["report_id"],
        "--words",
        "They",
        "--nth",
        "2",
        "--act",
        "disappearance",
        "--set",
        "victims=4",
    )
    review(path, "--undo", accepted["id"], "--why", "too early")
    with opened(path) as book:
        assert [d.kind for d in book.decisions()] == [
            DecisionKind.ACCEPT,
            DecisionKind.CORRECT,
            DecisionKind.ADD,
            DecisionKind.UNDO,
        ]
        reading = book.reviewed(claim["report_id"])
        assert reading
        one = next(c for c in reading.claims if c.id == claim["id"])
        assert (one.places[0].place, one.places[0].role.value, one.perpetrators[0].org) == (
            "kp-hoeryong",
            "crossing",
            "MSS",
        )
        added = next(c for c in reading.claims if c.judged == "added")
        assert added.trigger.start == TEXT.index("They", TEXT.index("They") + 1)
    review(path, "--reject", claim["id"], "--why", "no")
    review(path, "--undo", claim["id"])
    with opened(path) as book:
        reading = book.reviewed(claim["report_id"])
        assert reading and claim["id"] in {c.id for c in reading.claims}
        assert book.verify() == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--accept", "{claim}", "--reject", "{claim}"), "at a time"),
        (("--accept", "{claim}", "--list"), "at a time"),
        (("--accept", "c_none"), "no such claim"),
        (("--accept", "c"), "no such claim|begin so"),
        (("--reject", "{claim}"), "needs a reason"),
        (("--correct", "{claim}", "--why", "x"), "nothing was changed"),
        (("--correct", "{claim}", "--why", "x", "--set", "date"), "FIELD=VALUE"),
        (("--correct", "{claim}", "--why", "x", "--set", "colour=red"), "FIELD=VALUE"),
        (("--correct", "{claim}", "--why", "x", "--set", "act=murdering"), "no 'murdering'"),
        (("--correct", "{claim}", "--why", "x", "--set", "victims=a..b"), "victims"),
        (("--correct", "{claim}", "--why", "x", "--set", "place=Atlantis"), "no place"),
        (("--correct", "{claim}", "--why", "x", "--set", "role=hero"), "role: one of"),
        (("--correct", "{claim}", "--why", "x", "--set", "practice=maybe"), "yes or no"),
        (("--correct", "{claim}", "--why", "x", "--set", "voice=a ghost"), "does not stand"),
        (("--undo", "{claim}"), "nobody has judged"),
        (("--add", "r_none", "--words", "They", "--act", "arrest_detention"), "no such report"),
        (("--add", "r_", "--act", "arrest_detention"), "needs --words"),
        (("--add", "r_", "--words", "Nobody", "--act", "arrest_detention"), "does not stand"),
        (("--add", "r_", "--words", "They", "--nth", "3", "--act", "arrest_detention"), "3 times"),
    ],
)
def test_what_cannot_be_is_one_plain_line(path: Path, arguments: tuple[str, ...], told: str) -> None:
    with opened(path) as book:
        claim = book.queue(1)[0].claim.id
    done = review(path, *(a.format(claim=claim) for a in arguments), code=2)
    assert any(part in done.stderr for part in told.split("|"))
    assert len(done.stderr.strip().splitlines()) <= 2 and "Traceback" not in done.stderr
    with opened(path) as book:
        assert book.decisions() == []
