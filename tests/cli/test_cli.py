"""The commands as a stranger uses them: what they print, what they refuse, and how they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from secondsource.cli import show

SAMPLES = Path(__file__).parents[2] / "samples"
COUNT = len((SAMPLES / "reports.jsonl").read_text(encoding="utf-8").splitlines())


def run(*arguments: str | Path, stdin: str = "", pass_fds: tuple[int, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from secondsource.cli import main; main()", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        pass_fds=pass_fds,
        env=os.environ | {"COLUMNS": "200"},
    )


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    path.write_text("a long enough phrase\n")
    return path


@pytest.fixture
def opened(demo_path: Path) -> tuple[str, ...]:
    """What follows a command's name to open the casebook of the samples."""
    return (str(demo_path), "--key-file", str(demo_path.parent / "key"))


def results(*arguments: str) -> Any:
    done = run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_folder_becomes_incidents(tmp_path: Path, key: Path) -> None:
    book, folder = tmp_path / "case.book", tmp_path / "reports"
    folder.mkdir()
    (folder / "one.txt").write_text(
        "Family held at the river\n\nA source in North Hamgyong Province said that on May 3, 2021 border guards "
        "arrested a family of four who were trying to cross the Tumen River near Musan.\n"
    )
    (folder / "two.pdf").write_bytes(b"this is no pdf")
    assert run("new", book, "--key-file", key).returncode == 0
    added = run("add", book, folder, "--key-file", key)
    assert added.returncode == 1
    assert "two.pdf" in added.stderr
    assert "1 new, 0 already there, 1 refused" in added.stdout
    assert run("update", book, "--key-file", key).returncode == 0
    found = results("incidents", str(book), "--key-file", str(key))
    assert len(found) == 1
    assert found[0]["when"] == "2021-05-03"
    assert "Musan" in found[0]["places"][0]
    assert found[0]["victims"] == {"low": 4, "high": 4}
    assert found[0]["corroborated"] == "no"


def test_new_never_overwrites(tmp_path: Path, key: Path) -> None:
    (tmp_path / "x").write_text("mine")
    done = run("new", tmp_path / "x", "--key-file", key)
    assert done.returncode == 2
    assert (tmp_path / "x").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("incidents", "{book}", "--key-file", "{wrong}"), 3, "does not open it"),
        (("incidents", "{tmp}/none", "--key-file", "{key}"), 2, "there is no casebook here"),
        (("incidents", "{book}", "--key-file", "{tmp}/none"), 2, "No such file"),
        (("incidents", "{book}", "--key-file", "{empty}"), 2, "first line is empty"),
        (("incidents", "{book}", "--key-file", "{key}", "--passphrase-fd", "0"), 2, "not both"),
        (("show", "{book}", "i_none", "--key-file", "{key}"), 2, "no such incident"),
        (("show", "{book}", "i_", "--key-file", "{key}"), 2, "incidents begin so"),
        (("evaluate", "{tmp}/none", "{tmp}/none"), 2, "No such file"),
        (("evaluate", "{wrong}", "{wrong}"), 2, "line 1"),
        (("packs", "{tmp}/none"), 4, "no pack here"),
    ],
)
def test_what_is_wrong_is_one_plain_line(
    tmp_path: Path, demo_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    (tmp_path / "wrong").write_text("not the passphrase")
    (tmp_path / "empty").write_text("\n")
    known = {
        "book": demo_path,
        "key": demo_path.parent / "key",
        "wrong": tmp_path / "wrong",
        "empty": tmp_path / "empty",
        "tmp": tmp_path,
    }
    done = run(*(a.format(**known) for a in arguments))
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert "not the passphrase" not in done.stderr + done.stdout


def test_a_passphrase_comes_by_a_file_descriptor_too(demo_path: Path) -> None:
    read, write = os.pipe()
    os.write(write, b"a long enough phrase\n")
    os.close(write)
    done = run("reports", demo_path, "--passphrase-fd", str(read), "--json", pass_fds=(read,))
    os.close(read)
    assert len(json.loads(done.stdout)) == COUNT


def test_no_command_takes_a_passphrase_as_an_argument() -> None:
    import typer.main

    from secondsource.cli.app import app

    for command in typer.main.get_command(app).commands.values():  # type: ignore[attr-defined]
        options = {o for p in command.params for o in p.opts}
        assert "--passphrase" not in options
        assert "--password" not in options


def test_incidents_and_one_of_them(opened: tuple[str, ...]) -> None:
    table = run("incidents", *opened)
    first = results("incidents", *opened)[0]
    assert first["id"] in table.stdout
    one = run("show", opened[0], first["id"][:12], "--why", *opened[1:])
    assert "Who says what" in one.stdout
    assert "hypotheses, not verdicts" in one.stdout
    assert results("show", opened[0], first["id"], *opened[1:])["id"] == first["id"]


@pytest.mark.parametrize("query", ["Hoeryong", "회령", "会寧"])
def test_a_place_is_found_under_all_its_names(opened: tuple[str, ...], query: str) -> None:
    hits = results("search", opened[0], query, *opened[1:])
    reports = {r["id"]: r["language"] for r in results("reports", *opened)}
    assert {reports[h["report_id"]] for h in hits} >= {"en", "ko"}


def test_verify_prints_a_head_that_verify_takes(opened: tuple[str, ...]) -> None:
    head = results("verify", *opened)["head"]
    assert run("verify", *opened, "--head", head).returncode == 0
    assert run("verify", *opened, "--head", "3:" + "0" * 64).returncode == 4


def test_trend_says_what_it_counts(opened: tuple[str, ...]) -> None:
    assert "reported" in run("trend", *opened).stdout
    assert results("trend", *opened)["cells"]


def test_alerts_name_counties_days_and_incidents_and_nothing_else(opened: tuple[str, ...]) -> None:
    found = results("alerts", *opened, "--lapsed", "--on", "2030-01-01")
    ids = {one["id"] for one in results("incidents", *opened)}
    for one in found:
        assert not one["stands"] and len(one["incidents"]) >= one["different"] >= 2
        assert {i["id"] for i in one["incidents"]} <= ids
        assert results("alerts", *opened, "--on", one["since"])[0]["stands"]
    shown = run("alerts", *opened, "--lapsed")
    assert shown.returncode == 0 and f": {len(found)}" in shown.stdout


def test_alerts_refuse_what_is_no_day(opened: tuple[str, ...]) -> None:
    done = run("alerts", *opened, "--on", "yesterday")
    assert done.returncode == 2 and "yesterday" in done.stderr


def test_export_writes_what_can_be_published(opened: tuple[str, ...], tmp_path: Path) -> None:
    first = results("incidents", *opened)[0]
    done = run("export", opened[0], first["id"], "--out", tmp_path / "out", *opened[1:])
    assert done.returncode == 0, done.stderr
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"incident.md", "incident.json"}


def test_evaluate_writes_predictions_in_the_labels_own_format(tmp_path: Path) -> None:
    arguments = ["evaluate", str(SAMPLES / "reports.jsonl"), str(SAMPLES / "labels.jsonl")]
    more = ["--near-misses", str(SAMPLES / "near_misses.tsv"), "--predictions", str(tmp_path / "said.jsonl")]
    result = results(*arguments, *more)
    assert set(result) == {"reading", "false_corroborated", "manufactured", "linking"}
    said = [json.loads(line) for line in (tmp_path / "said.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(said) == COUNT
    fields = {"incident_id", "acts", "perpetrator_orgs", "victims", "places", "date", "n_distinct_sources", "money"}
    assert all(fields <= set(incident) for row in said for incident in row["incidents"])


def test_packs_are_listed_and_sound() -> None:
    done = run("packs", "--json")
    assert done.returncode == 0, done.stderr
    assert [p["name"] for p in json.loads(done.stdout)["packs"]] == ["general", "nk_border"]


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path, key: Path) -> None:
    book, evil = tmp_path / "case.book", tmp_path / "a\x1b[31m[bold]b.txt"
    evil.write_bytes(b"\x00\x01\x02")
    run("new", book, "--key-file", key)
    done = run("add", book, evil, "--key-file", key)
    assert done.returncode == 1
    assert "\x1b[31m" not in done.stderr
    assert "[bold]" in done.stderr.replace("\n", "")


def test_the_world_lists_its_numbers() -> None:
    found = {p["code"]: p for p in results("world", "parameters")}
    assert found["quota"]["low"] <= found["quota"]["default"] <= found["quota"]["high"]
    assert "persons per officer" in run("world", "parameters").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("compare", "shared_secret", "shared_secret"), "one code"),
        (("compare", "shared_secret", "--set", "quotas=1"), "did you mean quota"),
        (("run", "--set", "quota"), "NAME=NUMBER"),
        (("sweep", "--method", "guess"), "neither morris nor sobol"),
        (("reports", "--out", "/dev/null/x"), "/dev/null/x"),
    ],
)
def test_the_world_refuses_before_it_plays(arguments: tuple[str, ...], says: str) -> None:
    done = run("world", *arguments)
    assert done.returncode == 2
    assert says in done.stderr and "Traceback" not in done.stderr


def test_the_world_writes_a_labelled_set(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    for out in (first, second):
        assert run("world", "reports", "--out", out, "--seed", "7", "--cases", "5", "--scripts").returncode == 0
    assert (first / "reports.jsonl").read_bytes() == (second / "reports.jsonl").read_bytes()
    assert run("evaluate", first / "reports.jsonl", first / "labels.jsonl").returncode == 0


def run_with_faulty_reader(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    patched = (
        "from secondsource import reading\n"
        "def read(report, pack): raise IndexError(report.text)\n"
        "reading.read = read\n"
        "from secondsource.cli import main; main()"
    )
    command = [sys.executable, "-c", patched, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_report_that_cannot_be_read_is_named_without_its_text(tmp_path: Path, key: Path) -> None:
    book = tmp_path / "case.book"
    (tmp_path / "one.txt").write_text("A source said that border guards arrested a family of four near Musan.")
    run("new", book, "--key-file", key)
    run("add", book, tmp_path / "one.txt", "--key-file", key)
    done = run_with_faulty_reader("update", book, "--key-file", key)
    assert done.returncode == 1
    assert "0 reports read" in done.stdout
    assert "the reader failed on it (IndexError" in done.stderr
    assert "Musan" not in done.stdout + done.stderr
    assert "not read yet" in run("reports", book, "--key-file", key).stdout


def test_a_release_is_for_its_owners_eyes_until_it_is_published(tmp_path: Path, opened: tuple[str, ...]) -> None:
    incident = next(i for i in results("incidents", *opened) if not i["practice"])
    out = tmp_path / "release"
    for _ in range(2):
        assert run("export", opened[0], incident["id"], "--out", out, *opened[1:]).returncode == 0
    assert {p.name: p.stat().st_mode & 0o777 for p in out.iterdir()} == {"incident.md": 0o600, "incident.json": 0o600}
    assert out.stat().st_mode & 0o777 == 0o700


def test_a_damaged_book_is_one_plain_line(tmp_path: Path, demo_path: Path, key: Path) -> None:
    data = demo_path.read_bytes()
    (tmp_path / "half.book").write_bytes(data[: len(data) // 2])
    done = run("reports", tmp_path / "half.book", "--key-file", key)
    assert done.returncode == 2
    assert done.stderr.rstrip().endswith("half.book: it is damaged")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("head", ["²:a", "9" * 30 + ":a", "9" * 5000 + ":a", "1", ":"])
def test_a_head_that_is_none_is_said_plainly(opened: tuple[str, ...], head: str) -> None:
    done = run("verify", opened[0], "--head", head, *opened[1:])
    assert done.returncode == 4
    assert "NUMBER:HASH" in done.stderr


def test_many_refusals_do_not_bury_the_rest(tmp_path: Path, key: Path) -> None:
    (tmp_path / "table.csv").write_text("id,text\n" + "1,\n" * 1500)
    run("new", tmp_path / "case.book", "--key-file", key)
    done = run("add", tmp_path / "case.book", tmp_path / "table.csv", "--key-file", key)
    assert done.returncode == 1
    assert done.stderr.count("error:") == 1001
    assert "and 500 more" in done.stderr


def test_no_core_file_holds_what_was_read() -> None:
    script = (
        "from secondsource.cli.secrets import keep_memory_private\n"
        "import resource\n"
        "keep_memory_private()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(0, 0)"


def test_json_steers_no_terminal_and_stays_json(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"회령": "\x1b[2J \x9b \u202e \udcff [bold]x[/] \U000e0041 会寧" + " x" * 200}
    show.as_json(value)
    printed = capsys.readouterr().out
    assert json.loads(printed) == value
    assert not set(printed) & set("\x1b\x9b\u202e\udcff\U000e0041")
    assert "회령" in printed
    assert "会寧" in printed
