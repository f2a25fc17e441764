"""Commands that need no casebook: `evaluate`, `packs`, and the world's reports."""

from __future__ import annotations

import json as json_module
from pathlib import Path
from typing import Annotated, Any

import typer

from secondsource.cli import show
from secondsource.cli.app import FAULTY, Json, app

NearMisses = Annotated[Path | None, typer.Option(help="Pairs that look alike and are two (TSV, first two columns).")]
Predictions = Annotated[Path | None, typer.Option(help="Write what was read, linked and weighed to this file.")]


@app.command()
def evaluate(
    reports: Annotated[Path, typer.Argument(metavar="REPORTS", help="JSON lines: id, language, text, ...")],
    labels: Annotated[
        Path | None, typer.Argument(metavar="[LABELS]", help="JSON lines: id, and incidents or incident_id.")
    ] = None,
    near_misses: NearMisses = None,
    predictions: Predictions = None,
    pack: Annotated[str, typer.Option(help="The pack to read with.")] = "nk_border",
    json: Json = False,
) -> None:
    """Score reading, linking and weighing on a labelled set. The measures stand in docs/accuracy.md.

    Without LABELS the reports' own file says them."""
    from secondsource import packs
    from secondsource.evaluation import load_jsonl, load_reports, predict, score

    found, gold = load_reports(load_jsonl(reports)), load_jsonl(labels or reports)
    near: list[tuple[str, str]] = []
    if near_misses is not None:
        lines = near_misses.read_text(encoding="utf-8").splitlines()[1:]
        near = [(p[0], p[1]) for p in (line.split("\t") for line in lines) if len(p) > 1]
    with show.progress() as bars:
        task = bars.add_task("reading", total=len(found))
        said = predict(found, packs.load(pack), lambda done: bars.update(task, completed=done))
    if predictions is not None:
        text = "".join(json_module.dumps(row, ensure_ascii=False) + "\n" for row in said)
        show.write(predictions, text)
    result = score({r.ref or r.id: str(r.language) for r in found}, gold, said, near)
    if json:
        show.as_json(result)
    else:
        _print(result)


def _print(result: dict[str, Any]) -> None:
    reading = result["reading"]
    if reading:
        _print_reading(reading)
    linking, manufactured = result["linking"], result["manufactured"]
    show.table(
        "Over all reports",
        ("measure", "precision", "recall", "F1"),
        [
            ("linking, pairs", *(linking["pairwise"][k] for k in ("p", "r", "f1"))),
            ("linking, B-cubed", *(linking["b_cubed"][k] for k in ("p", "r", "f1"))),
            ("manufactured, by incident", manufactured["p"], manufactured["r"], ""),
        ],
    )
    show.out.print(f"false corroborated: {result['false_corroborated']}")
    show.out.print(f"near misses linked: {', '.join(linking['near_misses_linked']) or 'none'}")


def _print_reading(reading: dict[str, Any]) -> None:
    languages = [*sorted(set(reading) - {"all"}), "all"]
    rows = []
    for measure in reading["all"]:
        cells = []
        for language in languages:
            value = reading[language].get(measure)
            number = None if value is None else value.get("f1", value.get("share"))
            cells.append("-" if value is None or number is None else f"{number:.3f} ({value['n']})")
        rows.append((measure, "F1" if "f1" in reading["all"][measure] else "share", *cells))
    show.table("Reading and weighing, each report alone (n)", ("measure", "", *languages), rows)


@app.command("packs")
def list_packs(
    name: Annotated[str | None, typer.Argument(metavar="[PACK]", help="A pack's name or folder; all, if none.")] = None,
    json: Json = False,
) -> None:
    """List the packs and check them: every pattern, code, place, script and rate."""
    from secondsource import packs
    from secondsource.scripts import check as check_scripts

    rows: list[dict[str, Any]] = []
    faults: list[str] = []
    for one in [name] if name else packs.names():
        try:
            pack = packs.load(one)
        except packs.PackError as error:
            faults.append(str(error))
            continue
        faults += [f"{one}: {problem}" for problem in (*packs.check(one), *check_scripts(pack))]
        sizes = {k: len(getattr(pack, k)) for k in ("acts", "organisations", "relations", "places", "scripts")}
        rows.append({"name": pack.name, "version": pack.version, "label": pack.label.get("en", ""), **sizes})
    if json:
        show.as_json({"packs": rows, "faults": faults})
    else:
        if rows:
            show.table("Packs", tuple(rows[0]), [tuple(row.values()) for row in rows])
        for fault in faults:
            show.problem(fault)
    if faults:
        raise typer.Exit(FAULTY)
