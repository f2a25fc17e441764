"""`pairs`: judging which reports tell of one incident. `link`: linking anew, and estimating what it weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from secondsource.cli import show
from secondsource.cli.app import REFUSED, BookPath, Json, app, fail, opened
from secondsource.cli.review import Reviewer, _login
from secondsource.cli.secrets import KeyFile, PassphraseFd

if TYPE_CHECKING:
    from secondsource.model import Account, Link, Report
    from secondsource.pipeline import Book

NONE = ("", "")
Two = tuple[str, str]


@app.command()
def pairs(
    path: BookPath,
    link: Annotated[Two, typer.Option(metavar="A B", help="These two accounts are one incident.")] = NONE,
    unlink: Annotated[Two, typer.Option(metavar="A B", help="These two are two.")] = NONE,
    unsure: Annotated[Two, typer.Option(metavar="A B", help="Nobody can tell: do not ask again.")] = NONE,
    why: Annotated[str, typer.Option(help="The reason.")] = "",
    reviewer: Reviewer = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many pairs.")] = 10,
    json: Json = False,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """List the pairs of accounts whose judgement would help most, or judge one of them."""
    chosen = {kind: pair for kind, pair in (("link", link), ("unlink", unlink), ("unsure", unsure)) if pair != NONE}
    if len(chosen) > 1:
        fail("one of --link, --unlink, --unsure at a time")
    with opened(path, key_file, passphrase_fd) as book:
        if not chosen:
            _print(book, limit, json=json)
            return
        from secondsource.model import DecisionKind

        ((kind, pair),) = chosen.items()
        known = [account.id for incident in book.outlines() for account in incident.accounts]
        targets = [_one(beginning, known) for beginning in pair]
        made = book.decide(DecisionKind(kind), targets, who=reviewer or _login(), why=why)
        if json:
            show.as_json(made)
        else:
            show.out.print(show.plain(f"{made.id}: {made.kind} {', '.join(made.targets)}"))
            show.err.print("It counts from the next update on.")


@app.command("link")
def link_command(
    path: BookPath,
    engine: Annotated[str, typer.Option(help="auto, memory, duckdb or spark.")] = "auto",
    estimate: Annotated[
        bool, typer.Option("--estimate", help="First estimate the probabilities on this book and its decisions.")
    ] = False,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Link all reports anew. The engines give the same links; duckdb and spark are for many."""
    from secondsource import linking

    chosen = linking.named(engine)
    with opened(path, key_file, passphrase_fd) as book:
        if estimate:
            found = book.estimate()
            show.out.print(
                f"estimated on about {found.pairs:.0f} pairs of one incident, {found.linked} of them linked by a person"
            )
        try:
            done = book.update(read_new=False, engine=chosen)
        except linking.EngineError as error:
            fail(error)
    for subject, reason in done.failed:
        show.problem(f"{subject}: {reason}")
    show.out.print(f"{done.incidents} incidents and practices")
    if done.failed:
        raise typer.Exit(REFUSED)


def _one(beginning: str, known: list[str]) -> str:
    found = [account for account in known if account.startswith(beginning)]
    if len(found) != 1:
        fail(f"{beginning}: " + ("there is no such account" if not found else f"{len(found)} accounts begin so"))
    return found[0]


def _print(book: Book, limit: int, *, json: bool) -> None:
    found = book.doubtful(limit)
    if json:
        show.as_json(found)
        return
    where = {account.id: one.id for one in book.outlines() for account in one.accounts}
    told = {where[one] for link in found for one in (link.a, link.b)}
    accounts = {account.id: account for one in told for account in book.incident(one).accounts}
    for link in found:
        a, b = accounts[link.a], accounts[link.b]
        rows = [(f.name, f"{f.weight:+.1f}", f.why) for f in link.factors]
        title = f"{_named(a, book.report(a.report_id))}\n{_named(b, book.report(b.report_id))}\n{_bits(link)}"
        show.table(title, ("factor", "bits", "why"), rows)
    if not found:
        show.out.print("No pair is in doubt.")


def _bits(link: Link) -> str:
    return f"{link.weight:+.1f} bits: " + ("linked, by little" if link.weight > 0 else "not linked, but nearly")


def _named(account: Account, report: Report) -> str:
    return f"{account.id}: {report.outlet or report.id}, {report.title or report.text[:60]!r}"
