"""Commands that show what a casebook says as a whole, and what of it can be published."""

from __future__ import annotations

import json as json_module
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from secondsource.cli import show
from secondsource.cli.app import BookPath, IncidentId, Json, app, fail, find_incident, opened
from secondsource.cli.secrets import KeyFile, PassphraseFd


class PlaceLevel(StrEnum):
    PROVINCE = "province"
    COUNTY = "county"


@app.command()
def export(
    path: BookPath,
    incident: IncidentId,
    out: Annotated[Path, typer.Option(help="The folder to write to.", file_okay=False)],
    place_level: Annotated[PlaceLevel, typer.Option(help="How fine places may be.")] = PlaceLevel.PROVINCE,
    json: Json = False,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Write what can be published of an incident, checked for anything that could expose somebody."""
    from secondsource.release import Policy, Unsafe

    with opened(path, key_file, passphrase_fd) as book:
        one = find_incident(book, incident)
        try:
            made = book.release(one.id, Policy(place_level=place_level.value))
        except Unsafe as error:
            fail(f"{one.id}: not written: {error}")
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = {out / "incident.md": made.markdown, out / "incident.json": _pretty(made.data)}
    for target, text in written.items():
        show.write(target, text)
    if json:
        show.as_json({"written": [str(p) for p in written], "checks": made.checks})
    else:
        show.out.print(show.plain("written: " + ", ".join(str(p) for p in written)))


def _pretty(data: object) -> str:
    return json_module.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@app.command()
def trend(path: BookPath, json: Json = False, key_file: KeyFile = None, passphrase_fd: PassphraseFd = None) -> None:
    """Incidents by month and county beside context events. Counts what was reported, not what happened."""
    with opened(path, key_file, passphrase_fd) as book:
        found, pack = book.trend(), book.pack
    if json:
        show.as_json(found)
        return
    rows = [
        (
            cell.month,
            pack.canonical(cell.county) if cell.county else "place not said",
            str(cell.most) if cell.least == cell.most else f"{cell.least}-{cell.most}",
            "; ".join(e.label.get("en", e.code) for e in found.events_in(cell.month)),
        )
        for cell in found.cells
    ]
    show.table("Incidents reported, by month", ("month", "where", "incidents", "what else happened"), rows)
    show.out.print(f"without a month: {len(found.undated)}")


@app.command()
def alerts(
    path: BookPath,
    on: Annotated[str, typer.Option(metavar="DAY", help="As of this day (YYYY-MM-DD) instead of today.")] = "",
    lapsed: Annotated[bool, typer.Option("--lapsed", help="Also those that stand no more.")] = False,
    json: Json = False,
    key_file: KeyFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Counties in which enough is known of a method to warn of it, and what each alert rests on."""
    try:
        day = date.fromisoformat(on) if on else datetime.now(UTC).date()
    except ValueError:
        fail(f"{on}: no day (YYYY-MM-DD)")
    with opened(path, key_file, passphrase_fd) as book:
        found, pack = [a for a in book.alerts() if a.since <= day and (lapsed or a.stands(day))], book.pack
    if json:
        show.as_json([show.alert(one, day, pack) for one in found])
        return
    rows = [show.alert_block(one, day, pack) for one in found]
    show.table(f"Alerts on {day}: {len(rows)}", ("where and since when", "of what, and why"), rows, lines=True)
