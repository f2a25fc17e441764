"""Who is who, and how far to trust them: sources, grades, and which voices are one person or two."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from secondsource.cli import show
from secondsource.cli.app import BookPath, Json, app, fail, opened
from secondsource.cli.secrets import KeyFile, PassphraseFd

if TYPE_CHECKING:
    from secondsource.model import Source
    from secondsource.pipeline import Book

By = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who judges; else the login name.")]
Why = Annotated[str, typer.Option(help="The reason, so that others can follow it.")]
RELIABILITY, CONNECTIONS = "ABCDEF", ("0101", "0102", "0103", "0201", "03", "99")


@app.command()
def sources(
    path: BookPath,
    json: Json = False,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """List the sources that people set down, and the voices that reports cite."""
    with opened(path, key_file, passphrase_fd) as book:
        known = book.sources()
        voices = book.voices()
        outlets = {r.id: r.outlet or "?" for r in book.reports()}
    if json:
        show.as_json({"sources": known, "voices": voices})
        return
    names = {s.id: s.pseudonym for s in known}
    whose = {voice: s.pseudonym for s in known for voice in s.voices}
    show.table(
        f"Sources: {len(known)}",
        ("id", "pseudonym", "reliability", "heard from", "voices"),
        [
            (s.id, s.pseudonym, s.reliability, names.get(s.heard_from or "", "nobody named"), len(s.voices))
            for s in known
        ],
    )
    show.table(
        f"Voices: {len(voices)}",
        ("id", "introduced as", "outlet", "source"),
        [(v.id, v.descriptor, outlets[v.report_id], whose.get(v.id, "")) for v in voices],
    )


@app.command()
def source(
    path: BookPath,
    pseudonym: Annotated[str, typer.Argument(help="What the source is called in this book. Never the name.")],
    voice: Annotated[list[str] | None, typer.Option(help="A voice that is this source; may be repeated.")] = None,
    heard_from: Annotated[str | None, typer.Option(help="From which source it was heard: pseudonym or id.")] = None,
    reliability: Annotated[str | None, typer.Option(help="Admiralty code, A to F.")] = None,
    connection: Annotated[str | None, typer.Option(help="HURIDOCS list 19: 0101, 0102, 0103, 0201, 03, 99.")] = None,
    public: Annotated[str | None, typer.Option(help="All that a release may say of it.")] = None,
    identity: Annotated[
        bool, typer.Option("--identity", help="Ask who it is; the answer goes to the vault alone.")
    ] = False,
    json: Json = False,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Set down a source, or change what is known of one. What is not named stays as it is."""
    if reliability is not None and (len(reliability) != 1 or reliability not in RELIABILITY):
        fail(f"{reliability}: reliability is a letter, A to F")
    if connection is not None and connection not in CONNECTIONS:
        fail(f"{connection}: connection is one of {', '.join(CONNECTIONS)}")
    with opened(path, key_file, passphrase_fd) as book:
        before = _known(book, pseudonym)
        changed: dict[str, object] = {"voices": tuple(dict.fromkeys((*before.voices, *(voice or ()))))}
        if heard_from is not None:
            changed["heard_from"] = _one(book, heard_from).id
        given = {"reliability": reliability, "connection": connection, "public": public}
        changed |= {name: value for name, value in given.items() if value is not None}
        made = before.model_copy(update=changed)
        who = typer.prompt("Who it is (hidden)", hide_input=True, err=True) if identity else None
        book.set_source(made, identity=who)
    if json:
        show.as_json(made)
    else:
        show.out.print(show.plain(f"{made.id}: {made.pseudonym}, {len(made.voices)} voices"))


def _known(book: Book, pseudonym: str) -> Source:
    from secondsource.model import Source, content_id

    found = [s for s in book.sources() if pseudonym in (s.pseudonym, s.id)]
    return found[0] if found else Source(id=content_id("s", pseudonym), pseudonym=pseudonym)


def _one(book: Book, name: str) -> Source:
    found = [s for s in book.sources() if name in (s.pseudonym, s.id)]
    if not found:
        fail(f"{name}: no such source")
    return found[0]


@app.command()
def grade(
    path: BookPath,
    target: Annotated[str, typer.Argument(metavar="ID", help="Of a claim, a voice or a source (or its pseudonym).")],
    value: Annotated[str, typer.Argument(metavar="GRADE", help="A to F for a source, 1 to 6 for a claim.")],
    why: Why = "",
    by: By = None,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Grade a source's reliability or a claim's credibility. The two are never merged."""
    from secondsource.model import DecisionKind

    with opened(path, key_file, passphrase_fd) as book:
        named = next((s.id for s in book.sources() if target == s.pseudonym), target)
        made = book.decide(DecisionKind.GRADE, [named], who=by or getpass.getuser(), why=why.strip(), value=value)
    show.out.print(show.plain(f"{made.id}: {named} {value}"))


@app.command()
def same(
    path: BookPath,
    targets: Annotated[list[str], typer.Argument(metavar="ID...", help="Voices or sources, two or more.")],
    different: Annotated[
        bool, typer.Option("--not", help="They are different people, and know of it separately.")
    ] = False,
    why: Why = "",
    by: By = None,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Say that voices are one person, or (--not) different people who know of it separately."""
    from secondsource.model import DecisionKind

    with opened(path, key_file, passphrase_fd) as book:
        known = {s.pseudonym: s.id for s in book.sources()}
        cited = {v.id for v in book.voices()} | set(known.values())
        named = list(dict.fromkeys(known.get(t, t) for t in targets))
        if len(named) < 2 or not cited.issuperset(named):
            fail("two or more voices or sources that are known are needed")
        kind = DecisionKind.DIFFERENT_SOURCE if different else DecisionKind.SAME_SOURCE
        made = book.decide(kind, named, who=by or getpass.getuser(), why=why.strip())
    show.out.print(show.plain(f"{made.id}: {made.kind} {', '.join(made.targets)}"))
