"""`review`: judging claims on a terminal, one at a time or by options."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import click
import typer
from rich.text import Text

from secondsource.cli import show
from secondsource.cli.app import BookPath, Json, app, fail, opened
from secondsource.cli.secrets import KeyFile, PassphraseFd

if TYPE_CHECKING:
    from secondsource.model import Claim, Decision, Reading, Report, Span
    from secondsource.pipeline import Book
    from secondsource.review import Item

LISTED = 20
CONTEXT = 300
"""Characters of the report shown before and after a claim's sentence."""
HELP = "a accept   r reject   c correct   u undo   s skip   q quit"

Reviewer = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who judges; else the login name.")]


@app.command()
def review(
    path: BookPath,
    accept: Annotated[str | None, typer.Option(metavar="ID", help="Accept this claim.")] = None,
    reject: Annotated[str | None, typer.Option(metavar="ID", help="Reject this claim.")] = None,
    correct: Annotated[str | None, typer.Option(metavar="ID", help="Correct this claim with --set.")] = None,
    add: Annotated[str | None, typer.Option(metavar="REPORT", help="Add a claim to this report.")] = None,
    undo: Annotated[str | None, typer.Option(metavar="ID", help="Take back the judgement on a claim.")] = None,
    setting: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field of the claim; may be repeated.")
    ] = None,
    words: Annotated[str | None, typer.Option(help="Of the text, that name the added act.")] = None,
    nth: Annotated[int, typer.Option(min=1, help="Which of the places where the words stand.")] = 1,
    act: Annotated[str | None, typer.Option(help="The added claim's act: a code of the pack.")] = None,
    why: Annotated[str, typer.Option(help="The reason.")] = "",
    reviewer: Reviewer = None,
    listing: Annotated[bool, typer.Option("--list", help="Print the queue and leave.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many of it.")] = LISTED,
    json: Json = False,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Judge claims, what matters most first: accept, correct, reject, add; every judgement can be undone."""
    chosen = {"accept": accept, "reject": reject, "correct": correct, "add": add, "undo": undo}
    named = {kind: target for kind, target in chosen.items() if target is not None}
    if len(named) > 1 or (named and listing):
        fail("one of " + ", ".join(f"--{kind}" for kind in (*chosen, "list")) + " at a time")
    with opened(path, key_file, passphrase_fd) as book:
        if listing:
            _print_queue(book, limit, json=json)
            return
        who = reviewer or (typer.prompt("Who judges", err=True) if sys.stdin.isatty() and not named else _login())
        if not named:
            _walk(book, who)
            return
        ((kind, target),) = named.items()
        made = _decide(book, kind, target, setting or [], (words, nth, act), who, why)
        if json:
            show.as_json(made)
        else:
            show.out.print(show.plain(f"{made.id}: {made.kind} {', '.join(made.targets)}"))
            _stale(book)


def _login() -> str:
    return getpass.getuser()


def _decide(
    book: Book,
    kind: str,
    target: str,
    settings: list[str],
    addition: tuple[str | None, int, str | None],
    who: str,
    why: str,
) -> Decision:
    from secondsource.cli.changes import added, changes
    from secondsource.model import DecisionKind

    if kind in {"reject", "correct"} and not why.strip():
        fail(f"--{kind} needs a reason: --why")
    value = None
    if kind == "undo":
        target = _judgement(book, target)
    elif kind == "add":
        target, value = _report(book, target), None
        words, nth, act = addition
        if words is None or act is None:
            fail("--add needs --words and --act")
        value = added(book.report(target), words, nth, act, settings, book.pack)
    else:
        target = _claim(book, target)
        if kind == "correct":
            report, claim, reading = _stands(book, target)
            value = changes(settings, claim, reading, report, book.pack)
    return book.decide(DecisionKind(kind), [target], who=who, why=why.strip(), value=value)


def _claim(book: Book, beginning: str) -> str:
    """The one claim whose id begins so."""
    if book.report_of(beginning):
        return beginning
    judged = (j.claim_id for j in book.judgements().all())
    known = {c.id for reading in book.readings() for c in reading.claims} | set(judged)
    return _one(beginning, known, "claim")


def _report(book: Book, beginning: str) -> str:
    return _one(beginning, {r.id for r in book.reports()}, "report")


def _one(beginning: str, known: set[str], what: str) -> str:
    found = {beginning} if beginning in known else {i for i in known if i.startswith(beginning)}
    if len(found) != 1:
        fail(f"{beginning}: " + (f"no such {what}" if not found else f"{len(found)} of them begin so"))
    return found.pop()


def _judgement(book: Book, target: str) -> str:
    """A decision's id, of its own or of the claim that it is about."""
    if any(d.id == target for d in book.decisions()):
        return target
    held = book.judgements().in_force(_claim(book, target))
    if held is None:
        fail(f"{target}: nobody has judged this claim")
    return held.decision.id


def _stands(book: Book, claim_id: str) -> tuple[Report, Claim, Reading]:
    report_id = book.report_of(claim_id)
    reading = book.reviewed(report_id) if report_id else None
    claim = next((c for c in reading.claims if c.id == claim_id), None) if reading else None
    if report_id is None or reading is None or claim is None:
        fail(f"{claim_id}: no such claim stands (a rejected one is accepted or undone first)")
    return book.report(report_id), claim, reading


# --- the queue ------------------------------------------------------------------------------


def _print_queue(book: Book, limit: int, *, json: bool) -> None:
    items = book.queue(limit)
    if json:
        show.as_json(
            [
                {"claim": i.claim, "report": i.report.id, "incident": i.ranked.incident, "reason": i.reason}
                | {"sentence": i.claim.span.of(i.report.text)}
                for i in items
            ]
        )
        return
    judged, total = book.progress()
    rows = [(i.claim.id, _act(book, i.claim), i.reason, i.claim.span.of(i.report.text)[:CONTEXT]) for i in items]
    show.table(f"{judged} of {total} judged; first in line:", ("claim", "act", "why first", "in these words"), rows)


def _act(book: Book, claim: Claim) -> str:
    return show.label(book.pack.acts[claim.act].label, claim.act) if claim.act in book.pack.acts else claim.act


def _walk(book: Book, who: str) -> None:
    """One claim after another, until the end or `q`."""
    skipped, made = 0, list[str]()
    shown = None
    while items := book.queue(1, start=skipped):
        item = items[0]
        if item.claim.id != shown:
            _print_item(book, item)
            shown = item.claim.id
        match _key():
            case "q":
                break
            case "s":
                skipped += 1
            case "u":
                _take_back(book, made, who)
                shown = None
            case "a" | "r" | "c" as key:
                if decision := _judge(book, item, key, who):
                    made.append(decision.id)
                else:
                    shown = None
            case _:
                show.out.print(HELP)
    else:
        show.out.print("Nothing more waits." if skipped == 0 else f"The end of the queue; {skipped} were skipped.")
    _stale(book)


def _key() -> str:
    if sys.stdin.isatty():
        return click.getchar(echo=False)
    line = sys.stdin.readline()
    return line.strip()[:1] if line else "q"


def _ask(question: str) -> str:
    return str(typer.prompt(question, default="", show_default=False)).strip()


def _judge(book: Book, item: Item, key: str, who: str) -> Decision | None:
    from secondsource.cli.changes import changes
    from secondsource.model import DecisionKind

    kind = {"a": DecisionKind.ACCEPT, "r": DecisionKind.REJECT, "c": DecisionKind.CORRECT}[key]
    try:
        value = None
        if kind is DecisionKind.CORRECT:
            settings = []
            while line := _ask("field=value, empty when done"):
                settings.append(line)
            report, claim, reading = _stands(book, item.claim.id)
            value = changes(settings, claim, reading, report, book.pack)
        why = _ask("Why")
        if not why and kind is not DecisionKind.ACCEPT:
            raise ValueError("a reason is needed")
        made = book.decide(kind, [item.claim.id], who=who, why=why, value=value)
    except ValueError as error:
        show.problem(error)
        return None
    show.out.print(show.plain(f"{made.kind}: {_act(book, item.claim)}"), style="green")
    return made


def _take_back(book: Book, made: list[str], who: str) -> None:
    from secondsource.model import DecisionKind

    if not made:
        show.out.print("Nothing was judged yet that could be undone here.")
        return
    book.decide(DecisionKind.UNDO, [made.pop()], who=who, why="")
    show.out.print("taken back", style="green")


def _print_item(book: Book, item: Item) -> None:
    claim, report = item.claim, item.report
    judged, total = book.progress()
    show.out.rule(show.plain(f"{judged} of {total} judged"))
    show.out.print(show.plain(item.reason), style="yellow")
    head = Text.assemble(
        (_act(book, claim), "bold"),
        f"  {claim.modality}",
        "  practice" if claim.practice else "",
        "  of another case" if claim.background else "",
    )
    show.out.print(show.plain(head.plain), style="bold")
    show.out.print(_passage(claim, report))
    for name, value in _parts(book, claim):
        show.out.print(Text.assemble((f"{name:>13}  ", "dim"), show.plain(value)))
    show.out.print(
        Text.assemble((f"{'report':>13}  ", "dim"), show.plain(f"{report.outlet or ''} {report.title or ''}"))
    )
    show.out.print(Text.assemble((f"{'claim':>13}  ", "dim"), claim.id))
    show.out.print(HELP, style="dim")


def _passage(claim: Claim, report: Report) -> Text:
    """The claim's sentence with the words of its act marked, and what stands around it."""
    span, trigger, text = claim.span, claim.trigger, report.text

    def piece(start: int, end: int, style: str) -> Text:
        part = show.plain(text[start:end])
        part.stylize(style)
        return part

    before = max(text.rfind("\n", 0, span.start) + 1, span.start - CONTEXT)
    line_end = text.find("\n", span.end)
    after = min(len(text) if line_end < 0 else line_end, span.end + CONTEXT)
    return Text.assemble(
        piece(before, span.start, "dim"),
        piece(span.start, trigger.start, ""),
        piece(trigger.start, trigger.end, "reverse bold"),
        piece(trigger.end, span.end, ""),
        piece(span.end, after, "dim"),
    )


def _parts(book: Book, claim: Claim) -> list[tuple[str, str]]:
    pack = book.pack
    reading = book.reviewed(claim.report_id)
    voices = {v.id: v for v in reading.voices} if reading else {}
    report = book.report(claim.report_id)

    def quoted(span: Span) -> str:
        return f"“{span.of(report.text)}”"

    parts = [("who", f"{m.org} {quoted(m.span)}") for m in claim.perpetrators]
    parts += [("whom", f"{show.people(m)} {quoted(m.span)}") for m in claim.victims]
    parts += [("where", f"{pack.canonical(m.place)} ({m.role}) {quoted(m.span)}") for m in claim.places]
    if claim.when:
        parts.append(("when", f"{claim.when.edtf} {quoted(claim.when.span)}"))
    parts += [("money", f"{m.amount:g} {m.currency} {quoted(m.span)}") for m in claim.sums]
    voice = voices.get(claim.voice or "")
    first = voices.get(voice.heard_from or "") if voice else None
    said = voice.descriptor if voice else "no source named"
    parts.append(("according to", said + (f", who has it from {first.descriptor}" if first else "")))
    return parts


def _stale(book: Book) -> None:
    if pending := book.pending():
        show.err.print(f"{pending} judgements since the incidents were made: `secondsource update` makes them anew.")
