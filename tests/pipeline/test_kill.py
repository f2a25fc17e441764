"""Killed at any moment, nothing that was acknowledged is lost, and the next run finishes the work."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import secondsource

PASSPHRASE = "a long enough phrase"
COUNT = 230

ADD = """
import sys, secondsource
with secondsource.open(sys.argv[1], passphrase=sys.argv[2]) as book:
    book.add([sys.argv[3]], lambda stage, done, total: print(done, flush=True))
"""
UPDATE = """
import sys, secondsource
with secondsource.open(sys.argv[1], passphrase=sys.argv[2]) as book:
    print("started", flush=True)
    book.update(lambda stage, done, total: print(stage, done, flush=True))
"""


def make_reports(path: Path, count: int) -> str:
    rows = [
        {
            "id": f"k{n}",
            "language": "en",
            "outlet": "Tumen Wire",
            "published": "2021-05-03",
            "text": f"A source in North Hamgyong Province said that on May {n % 28 + 1} border guards arrested "
            f"{n % 5 + 2} people who tried to cross the Tumen River near Musan.",
        }
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def killed(script: str, *arguments: str, after: float) -> list[str]:
    """Runs a script and kills it (SIGKILL) so long after its first word; gives back what it had said."""
    with subprocess.Popen([sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
    return [line for line in (first + rest).splitlines() if line]


@pytest.mark.parametrize("after", [0.0, 0.004, 0.02])
def test_no_acknowledged_report_is_lost(tmp_path: Path, after: float) -> None:
    path, reports = str(tmp_path / "case.book"), make_reports(tmp_path / "reports.jsonl", COUNT)
    secondsource.new(path, passphrase=PASSPHRASE).close()
    said = killed(ADD, path, PASSPHRASE, reports, after=after)
    acknowledged = int(said[-1])
    with secondsource.open(path, passphrase=PASSPHRASE) as book:
        assert book.verify() == []
        assert len(book.reports()) >= acknowledged > 0
        added = book.add([reports])
        assert len(added.new) + len(added.known) == COUNT
        assert len(book.reports()) == COUNT


def test_an_update_that_was_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    path, other = str(tmp_path / "case.book"), str(tmp_path / "other.book")
    reports = make_reports(tmp_path / "reports.jsonl", 24)
    for where in (path, other):
        with secondsource.new(where, passphrase=PASSPHRASE) as book:
            book.add([reports])
    for after in (0.01, 0.6):
        killed(UPDATE, path, PASSPHRASE, after=after)
    with (
        secondsource.open(path, passphrase=PASSPHRASE) as book,
        secondsource.open(other, passphrase=PASSPHRASE) as whole,
    ):
        book.update()
        whole.update()
        assert book.verify() == []
        assert book.incidents() == whole.incidents()
        assert book.incidents()
