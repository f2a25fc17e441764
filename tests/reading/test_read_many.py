"""Many reports read by several processes: in order, whatever happens to one of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondsource import packs, reading
from secondsource.model import Language, Reading, Report
from secondsource.reading import many

GENERAL = packs.load("general")


def report(number: int, text: str = "") -> Report:
    said = text or f"警察は{number}人を逮捕した。"
    return Report(id=f"r{number}", text=said, language=Language.JA, received="2024-01-01T00:00:00Z")


@pytest.mark.parametrize("processes", [1, 2])
def test_readings_come_in_order_and_are_those_of_one_reader(processes: int) -> None:
    reports = [report(n) for n in range(12)]
    assert list(many.read_many(reports, "general", processes)) == [reading.read(r, GENERAL) for r in reports]


def test_reports_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def coming() -> Iterator[Report]:
        for number in range(1000):
            taken.append(number)
            yield report(number)

    found = many.read_many(coming(), "general", 2)
    next(found)
    assert len(taken) < 100
    found.close()  # type: ignore[attr-defined]


@pytest.fixture
def spoilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes in which one report raises and one ends the process, as a crash of a library would."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os\n"
        "from secondsource import reading\n"
        "whole = reading.read\n"
        "def read(report, pack):\n"
        "    if 'POISON' in report.text: raise IndexError(report.text)\n"
        "    if 'KILLER' in report.text: os._exit(9)\n"
        "    return whole(report, pack)\n"
        "reading.read = read\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def test_a_report_that_fails_or_kills_a_process_is_named_and_the_rest_is_read(spoilt: None) -> None:
    reports = [report(n, {3: "POISON", 5: "KILLER", 6: "KILLER"}.get(n, "")) for n in range(10)]
    found = list(many.read_many(reports, "general", 2))
    failed = {one.report_id: one.reason for one in found if isinstance(one, many.Failed)}
    assert [one.report_id for one in found] == [r.id for r in reports]
    assert failed.keys() == {"r3", "r5", "r6"}
    assert failed["r3"].startswith("the reader failed on it (IndexError, sitecustomize.py line")
    assert failed["r5"] == "the process that read it ended (exit code 9)"
    assert not any("POISON" in reason for reason in failed.values())


def test_it_says_so_when_no_process_starts() -> None:
    with pytest.raises(RuntimeError, match="no process"):
        list(many.read_many([report(1), report(2)], "no such pack", 2))


def test_no_process_outlives_a_reading_that_is_given_up() -> None:
    engine = many._Processes("general", 2)
    found = engine.read(report(n) for n in range(100))
    assert isinstance(next(found), Reading)
    running = [p.pid for p in engine._running if p is not None]
    found.close()  # type: ignore[attr-defined]
    for pid in running:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, signal.SIG_DFL)
