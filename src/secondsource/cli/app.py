"""The commands. Each is a few lines: what is done stands in the pipeline, how it looks in `show`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from secondsource.cli import show
from secondsource.cli.secrets import KeyFile, PassphraseFd, SecretError, keep_memory_private, passphrase

if TYPE_CHECKING:
    from secondsource.model import Incident
    from secondsource.pipeline import Book

REFUSED, FAILED, LOCKED, FAULTY = 1, 2, 3, 4
MOST_NAMED = 1000
"""Refusals that are named one by one: a table of a million empty rows must not bury the rest."""

app = typer.Typer(
    name="secondsource",
    help="Turns reports of hidden abuses into claims, incidents and findings. Works offline.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)

BookPath = Annotated[Path, typer.Argument(metavar="BOOK", help="The casebook's file.", show_default=False)]
IncidentId = Annotated[str, typer.Argument(metavar="ID", help="An incident's id, or its beginning.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def fail(message: object, code: int = FAILED) -> NoReturn:
    show.problem(message)
    raise typer.Exit(code)


@contextmanager
def opened(path: Path, key_file: Path | None, fd: int | None) -> Iterator[Book]:
    from secondsource.pipeline import Book

    with Book.open(path, passphrase=passphrase(key_file, fd)) as book:
        yield book


def find_incident(book: Book, beginning: str) -> Incident:
    """The one incident whose id begins so."""
    matching = [i.id for i in book.outlines() if i.id.startswith(beginning)]
    if len(matching) != 1:
        fail(f"{beginning}: " + ("no such incident" if not matching else f"{len(matching)} incidents begin so"))
    return book.incident(matching[0])


@app.command()
def new(
    path: BookPath,
    pack: Annotated[str, typer.Option(help="The field's knowledge: a pack's name.")] = "nk_border",
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Make a new, empty casebook."""
    from secondsource.pipeline import Book

    if path.exists():
        fail(f"{path}: there is something here already")
    with Book.new(path, passphrase=passphrase(key_file, passphrase_fd, confirm=True), pack=pack):
        show.err.print(show.plain(f"{path}: a new casebook with the pack {pack}"))


@app.command()
def add(
    path: BookPath,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders, archives.")],
    json: Json = False,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Take reports into the casebook. What can't be read is named with its reason; the rest goes in."""
    with opened(path, key_file, passphrase_fd) as book, _progress() as step:
        added = book.add(paths, step)
    for name, reason in added.noted[:MOST_NAMED]:
        show.err.print(show.plain(f"note: {name}: {reason}"))
    for name, reason in added.refused[:MOST_NAMED]:
        show.problem(f"{name}: {reason}")
    if len(added.refused) > MOST_NAMED:
        show.problem(f"and {len(added.refused) - MOST_NAMED} more (--json names them all)")
    if json:
        show.as_json(added)
    else:
        show.out.print(f"{len(added.new)} new, {len(added.known)} already there, {len(added.refused)} refused")
    if added.refused:
        raise typer.Exit(REFUSED)


@app.command()
def update(
    path: BookPath,
    processes: Annotated[int, typer.Option(help="How many read at once; 0: one for each processor.", min=0)] = 0,
    json: Json = False,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Read what is new, link it and weigh it."""
    with opened(path, key_file, passphrase_fd) as book, _progress() as step:
        done = book.update(step, processes=processes)
    for report_id, reason in done.failed:
        show.problem(f"{report_id}: {reason}")
    if json:
        show.as_json(done)
    else:
        show.out.print(f"{done.read} reports read, {done.incidents} incidents and practices")
    if done.failed:
        raise typer.Exit(REFUSED)


@app.command()
def incidents(path: BookPath, json: Json = False, key_file: KeyFile = None, passphrase_fd: PassphraseFd = None) -> None:
    """List what happened, and apart from it, what is said to happen."""
    with opened(path, key_file, passphrase_fd) as book:
        found, pack = book.outlines(), book.pack
        reports = {r.id: r for r in book.reports()}
    if json:
        show.as_json([show.summary(i, reports, pack) for i in found])
        return
    for practice, title in ((False, "Incidents"), (True, "Practices (said to happen; no single incident)")):
        rows = [show.block(i, reports, pack) for i in found if i.practice is practice]
        if rows:
            show.table(
                f"{title}: {len(rows)}", ("incident", "what is said, and how it may have been done"), rows, lines=True
            )


@app.command("show")
def show_one(
    path: BookPath,
    incident: IncidentId,
    why: Annotated[bool, typer.Option("--why", help="Also what each link between its reports weighs.")] = False,
    json: Json = False,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """One incident: its facts, who says so, and how it was done."""
    from secondsource.cli.incident import print_incident

    with opened(path, key_file, passphrase_fd) as book:
        one = find_incident(book, incident)
        if json:
            show.as_json(one)
        else:
            print_incident(one, {r: book.report(r) for r in one.reports}, book.pack, why=why)


@app.command()
def reports(path: BookPath, json: Json = False, key_file: KeyFile = None, passphrase_fd: PassphraseFd = None) -> None:
    """List the reports and what was read in each."""
    with opened(path, key_file, passphrase_fd) as book:
        found = book.reports()
        claims = {reading.report_id: len(reading.claims) for reading in book.readings()}
    if json:
        show.as_json([r.model_dump(exclude={"text"}) | {"claims": claims.get(r.id)} for r in found])
        return
    rows = [
        (r.id, str(r.language), r.published or "?", r.outlet or "?", r.title or "", claims.get(r.id, "not read yet"))
        for r in found
    ]
    show.table(f"Reports: {len(rows)}", ("id", "language", "published", "outlet", "title", "claims"), rows)


@app.command()
def search(
    path: BookPath,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words; a place is found under all its names.")],
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="At most so many reports.")] = 50,
    json: Json = False,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Find reports by their words, in any language."""
    with opened(path, key_file, passphrase_fd) as book:
        hits = book.search(query, limit)
    if json:
        show.as_json(hits)
        return
    show.table(
        f"Found: {len(hits)}", ("report", "title", "where"), [(h.report_id, h.title or "", h.snippet) for h in hits]
    )


@app.command()
def verify(
    path: BookPath,
    head: Annotated[str | None, typer.Option(help="A head (NUMBER:HASH) noted earlier, to be found again.")] = None,
    json: Json = False,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Check that every page, record and journal entry is as it was written; print the journal's head."""
    with opened(path, key_file, passphrase_fd) as book:
        faults, now = book.verify(head), book.head()
    if json:
        show.as_json({"head": now, "faults": faults})
    else:
        for fault in faults:
            show.problem(f"{fault.where}: {fault.what}")
        show.out.print("All is as it was written." if not faults else f"{len(faults)} faults")
        show.out.print(f"head {now}", soft_wrap=True)
    if faults:
        raise typer.Exit(FAULTY)


@app.command()
def serve(
    path: BookPath,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 0,
    reviewer: Annotated[str, typer.Option("--as", metavar="NAME", help="Who judges claims; else the page asks.")] = "",
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Serve the pages on this machine only, and print the link that opens them once."""
    from secondsource.web import serve as serve_pages

    def link(url: str) -> None:
        show.out.print(f"Open {url}", soft_wrap=True)
        sys.stdout.flush()

    if key_file is None and passphrase_fd is None:
        from secondsource.casebook.file import read_salt

        read_salt(path)
        serve_pages(path, None, port, link, reviewer)
        return
    with opened(path, key_file, passphrase_fd) as book:
        serve_pages(path, book, port, link, reviewer)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    names = {"add": "taking in", "read": "reading", "link": "linking", "weigh": "weighing"}
    with show.progress() as bars:
        tasks: dict[str, object] = {}

        def step(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(names[stage], total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)  # type: ignore[arg-type]

        yield step


def main() -> None:
    """Runs a command; whatever is wrong with its input is one plain line and an exit code."""
    from secondsource.casebook import NotACasebook, WrongPassphrase
    from secondsource.packs import PackError

    keep_memory_private()
    for stream in (sys.stdout, sys.stderr):
        # Not every terminal knows every letter.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except WrongPassphrase as error:
        show.problem(error)
        raise SystemExit(LOCKED) from None
    except (NotACasebook, PackError, SecretError, ValueError) as error:
        show.problem(error)
        raise SystemExit(FAILED) from None
    except OSError as error:
        show.problem(f"{error.filename or 'file'}: {error.strerror or error}")
        raise SystemExit(FAILED) from None
    except MemoryError:
        show.problem("there is not enough memory for that")
        raise SystemExit(FAILED) from None


from secondsource.cli import measure, pairs, publish, review, sources, world  # noqa: E402, F401  (they add their commands to `app`)
