"""Keeping a casebook up to date: what it takes to link and weigh 100 new reports in a book of many.

    python bench/casebook.py [REPORTS ...]      5,000 and 20,000 unless others are given; 100000 takes half an hour

Reports come with their readings (`world.readings`), so that no text is read. Each figure is of a book that was newly
opened: seconds by the clock, and of processor, of one `update`.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from secondsource import casebook, packs, reading
from secondsource.linking.rarity import counted
from secondsource.model import DecisionKind, Reading, Report
from secondsource.packs import Pack
from secondsource.pipeline import Book
from secondsource.world.readings import readings

SIZES = (5_000, 20_000)
ADDED, BATCH = 100, 500
PER_INCIDENT = 1.5
PASSPHRASE = "a long enough phrase"


def generated(reports: int, pack: Pack) -> Iterator[tuple[Report, Reading]]:
    made = readings(pack, incidents=int(reports / PER_INCIDENT) + 100, seed=5, reader=reading.version(pack))
    return islice(made, reports)


def add(path: Path, told: Iterator[tuple[Report, Reading]], count: int) -> None:
    store = casebook.open_file(path, PASSPHRASE)
    while count and (batch := list(islice(told, min(BATCH, count)))):
        store.add_reports([(report, report.id.encode(), "text/plain") for report, _ in batch])
        store.save_readings(one for _, one in batch)
        count -= len(batch)
    store.close()


def update(what: str, path: Path, change: Callable[[Book], None] = lambda _: None) -> None:
    with Book.open(path, passphrase=PASSPHRASE) as book:
        change(book)
    with Book.open(path, passphrase=PASSPHRASE) as book:
        change_pack = getattr(change, "pack", None)
        if change_pack is not None:
            book.pack = change_pack
        clock, busy = time.perf_counter(), time.process_time()
        done = book.update(read_new=False)
        clock, busy = time.perf_counter() - clock, time.process_time() - busy
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    size = path.stat().st_size / 1024**3
    print(
        f"  {what:<34} {clock:8.2f} s ({busy:.2f} of processor); {done.incidents} incidents, {size:.2f} GB on disk,"
        f" at most {most:.2f} GB of memory",
        flush=True,
    )
    assert not done.failed, done.failed[:3]


def link(book: Book) -> None:
    one = book.doubtful(1)[0]
    book.decide(DecisionKind.LINK, [one.a, one.b], who="bench", why="the same ledger")


def judge(book: Book) -> None:
    claim = next(iter(book.readings())).claims[0]
    book.decide(DecisionKind.REJECT, [claim.id], who="bench", why="a rumour")


def rated(pack: Pack) -> Pack:
    return pack.model_copy(update={"weighing": pack.weighing.model_copy(update={"tempering": 0.8})})


def measure(reports: int, pack: Pack) -> None:
    if counted(reports) != counted(reports + 2 * ADDED):
        print(f"\n{reports:,} reports: all is compared anew within the next {2 * ADDED}")
    print(f"\n{reports:,} reports")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.book"
        casebook.create(path, PASSPHRASE, pack="nk_border").close()
        told = generated(reports + ADDED, pack)
        add(path, told, reports)
        update("all, from their readings", path)
        add(path, told, ADDED)
        update(f"{ADDED} more", path)
        update("one link that a person made", path, link)
        update("one claim that a person rejected", path, judge)
        rates = Rates(rated(pack))
        update("another rate", path, rates)
        update("nothing", path, rates)


class Rates:
    """No change of the book, but another pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __call__(self, book: Book) -> None:
        pass


def main() -> None:
    pack = packs.load("nk_border")
    for reports in [int(a) for a in sys.argv[1:]] or SIZES:
        measure(reports, pack)


if __name__ == "__main__":
    main()
