"""How long a judgement and the pages around it take in a book of many claims.

    python bench/review.py [CLAIMS]

The samples' reports, readings and incidents are stored again and again under other ids until there are so many claims.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import secondsource
from secondsource import rerating
from secondsource.model import DecisionKind, Incident, Reading, Report
from secondsource.pipeline import Book

SAMPLES = Path(__file__).parents[1] / "samples" / "reports.jsonl"
PASSPHRASE = "a long enough phrase"
JUDGED = 200


def fill(book: Book, claims: int) -> int:
    """Copies what the book holds until it has so many claims; how many it has then."""
    store = book._store
    reports, readings, incidents = store.reports(), list(store.readings()), store.incidents()
    mine = sum(len(one.claims) for one in readings)
    every: list[Incident] = list(incidents)
    copies = max(0, -(-claims // mine) - 1)
    for n in range(copies):

        def other(body: str, n: int = n) -> str:
            return re.sub(r'"([racvi]_[0-9a-f]{12})([0-9a-f]{4})"', lambda m: f'"{m[1]}{n:04x}"', body)

        batch = [Report.model_validate_json(other(r.model_dump_json())) for r in reports]
        store.add_reports([(r, r.id.encode(), "text/plain") for r in batch])
        store.save_readings(Reading.model_validate_json(other(r.model_dump_json())) for r in readings)
        every += [Incident.model_validate_json(other(i.model_dump_json())) for i in incidents]
    draft = store.draft(store.state())
    stored = [rerating.stored(one, n) for n, one in enumerate(every)]
    draft.incidents((one.position, one.id, one.body) for one in stored)
    draft.verdicts((one.id, one.verdict, one.marks) for one in stored)
    draft.commit({"made_from": "copied"})
    return mine * (copies + 1)


def timed(what: str, do: Callable[[], object], times: int = 5) -> None:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        do()
        took.append(time.perf_counter() - start)
    print(f"{what:<42} {1000 * sorted(took)[len(took) // 2]:8.0f} ms")


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with (
        tempfile.TemporaryDirectory() as folder,
        secondsource.new(str(Path(folder) / "x.book"), passphrase=PASSPHRASE) as book,
    ):
        book.add([SAMPLES])
        book.update()
        print(f"{fill(book, wanted)} claims in {len(book.reports())} reports")
        timed("the queue, first time", lambda: book.queue(11), 1)
        waiting = iter(book.queue(2000))
        first = next(waiting)

        def accept() -> None:
            book.decide(DecisionKind.ACCEPT, [next(waiting).claim.id], who="bench", why="")

        def go_on() -> None:
            accept()
            book.queue(11)
            book.progress()

        timed("a judgement", accept)
        timed("the queue after a judgement", go_on)
        for _ in range(JUDGED):
            accept()
        timed(f"the queue after {JUDGED} more", go_on)
        timed("a report as judged", lambda: book.reviewed(first.report.id))
        timed("all incidents", book.incidents, 3)


if __name__ == "__main__":
    main()
