"""Many reports read by several processes: in order, as they come, never more in memory than are being read.

Each process is a Python of its own that is handed one report at a time through a pipe, and answers on
another (`worker.py`); nothing is pickled and no socket opened. A report on which the reader fails, or with
which a process dies, is a `Failed`; the others are read, by a new process where one died.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import Queue

from secondsource.model import Reading, Report

WORTH_IT = 48
"""Reports from which on a second process reads more than its start costs (some two seconds)."""
_AHEAD = 8
"""Reports for each process that may be read before the one that is due."""
_READY = b"ready\n"
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""The parser's algebra would take every processor in every process, and they would stand in each other's way."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A report that could not be read. The reason quotes nothing of it."""

    report_id: str
    reason: str


def fault(error: BaseException) -> str:
    """What went wrong and where in the code. Not the error's own words: they may quote the report."""
    frames = traceback.extract_tb(error.__traceback__)
    return (
        f"the reader failed on it ({type(error).__name__}, {Path(frames[-1].filename).name} line {frames[-1].lineno})"
    )


def read_many(
    reports: Iterable[Report], pack: str, processes: int = 1, *, one: Callable[[Report], Reading] | None = None
) -> Iterator[Reading | Failed]:
    """The readings of reports, in their order. `pack` is a name or a folder; 0 processes: as many as the machine
    has processors. With a single one they are read here (by `one`, if given).

    RuntimeError where no process can be started.
    """
    processes = processes or os.cpu_count() or 1
    if processes > 1:
        yield from _Processes(pack, processes).read(reports)
        return
    read = one or _here(pack)
    for report in reports:
        try:
            found: Reading | Failed = read(report)
        except Exception as error:  # one report must not stop the others
            found = Failed(report.id, fault(error))
        yield found


def _here(pack: str) -> Callable[[Report], Reading]:
    from secondsource import reading
    from secondsource.packs import load

    loaded = load(pack)
    return lambda report: reading.read(report, loaded)


_Job = tuple[int, Report] | None
_Answer = tuple[int, Reading | Failed | RuntimeError]


class _Processes:
    """One thread for each process: it hands over a report, waits for the answer, and starts a new one when it dies."""

    def __init__(self, pack: str, processes: int) -> None:
        self._pack = pack
        self._jobs: Queue[_Job] = Queue()
        self._answers: Queue[_Answer] = Queue()
        self._stopped = False
        self._running: list[subprocess.Popen[bytes] | None] = [None] * processes
        self._threads = [threading.Thread(target=self._serve, args=(n,), daemon=True) for n in range(processes)]

    def read(self, reports: Iterable[Report]) -> Iterator[Reading | Failed]:
        coming = enumerate(reports)
        waiting: dict[int, Reading | Failed] = {}
        given = due = 0
        for thread in self._threads:
            thread.start()
        try:
            while True:
                room = len(self._threads) * _AHEAD - (given - due)
                for job in islice(coming, room):
                    self._jobs.put(job)
                    given += 1
                if due == given:
                    return
                while due not in waiting:
                    number, answer = self._answers.get()
                    if isinstance(answer, RuntimeError):
                        raise answer
                    waiting[number] = answer
                yield waiting.pop(due)
                due += 1
        finally:
            self._stop()

    def _stop(self) -> None:
        self._stopped = True
        for process in self._running:
            if process is not None:
                process.kill()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self, number: int) -> None:
        process: subprocess.Popen[bytes] | None = None
        try:
            while not self._stopped and (job := self._jobs.get()) is not None:
                if process is None or process.poll() is not None:
                    process = self._running[number] = self._started()
                self._answers.put((job[0], self._asked(process, job[1])))
        except RuntimeError as error:
            self._answers.put((-1, error))
        finally:
            if process is not None:
                _end(process)

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "secondsource.reading.worker", self._pack]
        process = subprocess.Popen(  # noqa: S603 (our own module)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | _ONE_THREAD,
        )
        if process.stdout is None or process.stdout.readline() != _READY:
            _end(process)
            raise RuntimeError("no process for reading could be started")
        return process

    @staticmethod
    def _asked(process: subprocess.Popen[bytes], report: Report) -> Reading | Failed:
        answer = b""
        with suppress(OSError):  # it died before it had the whole report
            if process.stdin is not None and process.stdout is not None:
                process.stdin.write(report.model_dump_json().encode() + b"\n")
                process.stdin.flush()
                answer = process.stdout.readline()
        if answer.startswith(b"{"):
            return Reading.model_validate_json(answer)
        if answer.endswith(b"\n"):
            return Failed(report.id, answer.decode().strip())
        _end(process)
        return Failed(report.id, f"the process that read it ended (exit code {process.returncode})")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was still to be written has nowhere to go
                pipe.close()
