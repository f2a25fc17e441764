"""`secondsource pairs` and `link`: judging pairs and linking anew, on a terminal."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from secondsource.cli.app import FAILED, app
from secondsource.pairs import own_file


@pytest.fixture
def path(demo_path: Path, tmp_path: Path) -> Path:
    for name in ("demo.book", "key"):
        shutil.copy(demo_path.parent / name, tmp_path / name)
    return tmp_path / "demo.book"


def run(path: Path, *arguments: str, code: int = 0) -> str:
    command = [arguments[0], str(path), "--key-file", str(path.parent / "key"), *arguments[1:]]
    done = CliRunner(env={"COLUMNS": "200"}).invoke(app, command)
    told = done.stdout + done.stderr + (f"error: {done.exception}" if isinstance(done.exception, ValueError) else "")
    assert (FAILED if isinstance(done.exception, ValueError) else done.exit_code) == code, told
    return done.stdout if code == 0 else told


def test_pairs_are_listed_and_one_is_judged(path: Path) -> None:
    listed = json.loads(run(path, "pairs", "--json", "--limit", "3"))
    a, b = listed[0]["a"], listed[0]["b"]
    assert a in run(path, "pairs")
    made = json.loads(run(path, "pairs", "--unsure", a, b, "--why", "no day", "--as", "ana", "--json"))
    assert (made["kind"], made["targets"], made["who"]) == ("unsure", [a, b], "ana")
    assert [x["a"] for x in json.loads(run(path, "pairs", "--json"))][:2] == [x["a"] for x in listed[1:]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--link", "a_nothing", "a_none"), "no such account"),
        (("--link", "x", "y", "--unlink", "x", "y"), "at a time"),
    ],
)
def test_what_cannot_be_judged_is_said(path: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in run(path, "pairs", *arguments, "--why", "because", code=FAILED)


def test_linking_anew_gives_the_same_and_an_unknown_engine_is_named(path: Path) -> None:
    before = run(path, "incidents", "--json")
    run(path, "link", "--engine", "memory")
    assert run(path, "incidents", "--json") == before
    assert "no engine" in run(path, "link", "--engine", "oracle", code=FAILED)
    assert not own_file(path).exists()
