"""Many runs: seeds by scenarios, on this machine's cores or on a Dask cluster, resumable after a kill.

Work is cut into chunks, each a function of its own arguments alone; results come in the order of the chunks,
whoever made them. With a folder each chunk is a file there, written at once or not at all, and a chunk whose
file is there is not made again.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import as_completed as all_completed
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from secondsource import fingerprint
from secondsource.world import calendar, parameters
from secondsource.world.scenarios import Scenario

Row = dict[str, Any]
"""`seed`, `values` by outcome (None where nothing stands behind it), `yearly`."""
Progress = Callable[[int, int], None]
CHUNK = 10
"""Seeds to a chunk: few enough that a kill costs seconds."""
CONNECT_SECONDS = 15


@dataclass(frozen=True)
class Chunk:
    """Some seeds of one scenario with some changes. Plain enough to be sent to another machine."""

    scenario: Scenario
    seeds: tuple[int, ...]
    years: int | None = None
    households: int | None = None
    changes: Mapping[str, float] = field(default_factory=dict)
    pack: str = "nk_border"

    def check(self) -> Chunk:
        """Itself. ValueError where it cannot be played, before hours went into the others."""
        spec = parameters.load(self.pack)
        self.scenario.rates(spec, self.changes)
        calendar.visits(spec, self.scenario, self.scenario.scale(spec, self.years, self.households))
        return self

    def name(self) -> str:
        """Of its file: another one when the scenario, the numbers or the code differ."""
        parts = [
            fingerprint.of("world"),
            parameters.load(self.pack).model_dump_json(),
            self.scenario.model_dump_json(),
            json.dumps([self.seeds, self.years, self.households, sorted(self.changes.items())]),
        ]
        return sha256("\0".join(parts).encode()).hexdigest()[:24] + ".json"


def chunks(
    scenario: Scenario,
    seeds: Sequence[int],
    *,
    years: int | None = None,
    households: int | None = None,
    changes: Mapping[str, float] | None = None,
    pack: str = "nk_border",
    size: int = CHUNK,
) -> list[Chunk]:
    """ValueError where they cannot be played."""
    return [
        Chunk(scenario, tuple(seeds[at : at + size]), years, households, dict(changes or {}), pack).check()
        for at in range(0, len(seeds), size)
    ]


def play_chunk(chunk: Chunk) -> list[Row]:
    """A row for each seed. Opens nothing and writes nothing."""
    from secondsource.world import engine
    from secondsource.world.outcomes import outcome

    spec = parameters.load(chunk.pack)
    size = {"years": chunk.years, "households": chunk.households}
    rows = []
    for seed in chunk.seeds:
        found = outcome(engine.play_scenario(spec, chunk.scenario, seed=seed, changes=chunk.changes, **size))
        values = {name: None if math.isnan(value) else value for name, value in found.values.items()}
        rows.append({"seed": seed, "values": values, "yearly": found.yearly})
    return rows


def play(
    work: Sequence[Chunk],
    *,
    folder: Path | None = None,
    workers: int = 1,
    dask: str | None = None,
    progress: Progress | None = None,
) -> Iterator[list[Row]]:
    """The rows of each chunk, in the order of `work`. With a `folder` no more than one chunk's are in memory.

    `dask`: address of a scheduler; nothing is sent anywhere without it.
    """
    held: dict[int, list[Row]] = {}
    paths = [folder / chunk.name() for chunk in work] if folder is not None else []
    todo = [n for n in range(len(work)) if not paths or _kept(paths[n], work[n]) is None]
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    done = len(work) - len(todo)
    tell = progress or (lambda *_: None)
    tell(done, len(work))
    for number, rows in _played({n: work[n] for n in todo}, workers, dask):
        if paths:
            _keep(paths[number], rows)
        else:
            held[number] = rows
        done += 1
        tell(done, len(work))
    for number in range(len(work)):
        yield (_kept(paths[number], work[number]) or []) if paths else held.pop(number)


def _played(todo: Mapping[int, Chunk], workers: int, dask: str | None) -> Iterable[tuple[int, list[Row]]]:
    if dask is not None:
        return _on_dask(todo, dask)
    if workers <= 1 or len(todo) <= 1:
        return ((number, play_chunk(chunk)) for number, chunk in todo.items())
    return _on_cores(todo, workers)


def _on_cores(todo: Mapping[int, Chunk], workers: int) -> Iterator[tuple[int, list[Row]]]:
    alone = threading.active_count() == 1 and "fork" in multiprocessing.get_all_start_methods()
    if alone:
        import secondsource.world.warm  # noqa: F401  (compiled before the fork, once for all)
    context = multiprocessing.get_context("fork" if alone else "spawn")
    with ProcessPoolExecutor(min(workers, len(todo)), context, _end_with, (os.getpid(),)) as pool:
        waiting = {pool.submit(play_chunk, chunk): number for number, chunk in todo.items()}
        for one in all_completed(waiting):
            yield waiting.pop(one), one.result()


def _end_with(parent: int) -> None:
    """Ends this process soon after the one that started it: a killed run must not leave others waiting for ever."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _on_dask(todo: Mapping[int, Chunk], address: str) -> Iterator[tuple[int, list[Row]]]:
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise ValueError("Dask is not installed here: pip install 'dask[distributed]'") from error
    try:
        client = Client(address, timeout=CONNECT_SECONDS)
    except OSError as error:
        raise ValueError(f"{address}: no Dask scheduler answers there") from error
    with client:
        waiting = {client.submit(play_chunk, chunk, pure=False): number for number, chunk in todo.items()}
        for one in as_completed(list(waiting)):
            yield waiting.pop(one), one.result()


def _kept(path: Path, chunk: Chunk) -> list[Row] | None:
    """What is there of a chunk; None where nothing is, or something else or a broken file stands in its place."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        seeds = [row["seed"] for row in rows if row["values"] and row["yearly"]]
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None
    return rows if seeds == list(chunk.seeds) else None


def _keep(path: Path, rows: list[Row]) -> None:
    """Written beside and moved into place: a killed run leaves no half file under the name. OSError names it."""
    draft = None
    try:
        with NamedTemporaryFile("w", dir=path.parent, prefix=".part-", delete=False, encoding="utf-8") as file:
            draft = Path(file.name)
            json.dump(rows, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        if draft is not None:
            draft.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error
