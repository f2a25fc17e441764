"""How results look on a terminal. Text of reports and names of files are never taken for markup or codes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from pydantic import BaseModel
from rich.box import HORIZONTALS
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

from secondsource.model import Incident, PeopleMention, Report
from secondsource.packs import Pack
from secondsource.patterns import Alert

STEERING = {"Cc", "Cf", "Cs"}
"""Unicode categories of what a terminal would obey, or could not write."""

out = Console()
err = Console(stderr=True)


def plain(text: object) -> Text:
    """Text as it stands, with whatever could steer a terminal shown as �."""
    return Text("".join("�" if unicodedata.category(c) in STEERING and c != "\n" else c for c in str(text)))


def as_json(value: object) -> None:
    """One JSON document on standard output."""

    def default(item: object) -> object:
        if isinstance(item, BaseModel):
            return item.model_dump(mode="json")
        if hasattr(item, "__dataclass_fields__"):
            return {name: getattr(item, name) for name in item.__dataclass_fields__}
        raise TypeError(type(item).__name__)

    def escaped(found: re.Match[str]) -> str:
        return json.dumps(found[0])[1:-1] if unicodedata.category(found[0]) in STEERING else found[0]

    text = json.dumps(value, default=default, ensure_ascii=False, indent=2)
    out.out(re.sub(r"[^ -~\n]", escaped, text), highlight=False)


def write(path: Path, text: str) -> None:
    """A file of the owner's alone, whole or not at all. OSError names it."""
    draft = None
    try:
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".", delete=False) as file:
            draft = Path(file.name)
            file.write(text)
        draft.replace(path)
    except BaseException as error:
        if draft is not None:
            draft.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, lines: bool = False) -> None:
    """`lines`: a rule between rows, for cells of several lines."""
    box = HORIZONTALS if lines else None
    grid = Table(title=title, title_justify="left", show_lines=lines, pad_edge=False, box=box, header_style="bold")
    for number, column in enumerate(columns):
        grid.add_column(column, overflow="fold", no_wrap=number == 0)
    for row in rows:
        grid.add_row(*(plain(cell) for cell in row))
    out.print(grid)


def problem(message: object) -> None:
    err.print(Text("error: ", style="bold red") + plain(message))


def progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=err,
        transient=True,
    )


def label(labels: Mapping[str, str], code: str) -> str:
    return labels.get("en", code)


def where(incident: Incident, pack: Pack) -> str:
    return "; ".join(pack.canonical(p) for p in incident.places[:2]) or "place not said"


def acts(incident: Incident, pack: Pack) -> str:
    return ", ".join(label(pack.acts[a].label, a) for a in incident.acts)


def count(incident: Incident) -> str:
    low, high = incident.victims.low, incident.victims.high
    if low is None and high is None:
        return "?"
    if high is None:
        return f"{low}+"
    return str(low) if low == high else f"{low or 0}-{high}"


def people(one: PeopleMention) -> str:
    """A person or group by relations and number, never by name."""
    low, high = one.count_min, one.count_max
    if low is not None and low == high:
        number = str(low)
    else:
        number = "?" if low is None and high is None else f"{low or 0}-{'' if high is None else high}"
    return " ".join([", ".join(one.relations), number]).strip()


def told_in(incident: Incident, reports: Mapping[str, Report]) -> str:
    languages = dict.fromkeys(str(reports[r].language) for r in incident.reports)
    number = len(incident.reports)
    return f"{number} report{'s' if number > 1 else ''} ({', '.join(languages)})"


def percent(p: float) -> str:
    """No machine reading is surer than ICD 203's last word."""
    return "over 99%" if p > 0.99 else "under 1%" if p < 0.01 else f"{p:.0%}"


def between(low: float, high: float) -> str:
    return percent(low) if percent(low) == percent(high) else f"{percent(low)} to {percent(high)}"


def how(incident: Incident) -> str:
    if not incident.hypotheses:
        return "not known"
    first = incident.hypotheses[0]
    return f"{first.script}, {first.words} ({between(first.low, first.high)})"


def block(incident: Incident, reports: Mapping[str, Report], pack: Pack) -> tuple[str, str]:
    """An incident as two cells: what it is called by, and what is said of it."""
    left = (incident.id, incident.when or "date not said", f"people: {count(incident)}", told_in(incident, reports))
    right = (
        where(incident, pack),
        acts(incident, pack),
        f"How (hypothesis): {how(incident)}",
        f"Induced by the state: {incident.manufactured.value}",
        f"Corroborated: {incident.corroboration.value}. {incident.corroboration.reason}",
    )
    return "\n".join(left), "\n".join(right)


def summary(incident: Incident, reports: Mapping[str, Report], pack: Pack) -> dict[str, Any]:
    """An incident in a line, for lists and for `--json`."""
    return {
        "id": incident.id,
        "when": incident.when,
        "places": [pack.canonical(p) for p in incident.places],
        "acts": list(incident.acts),
        "victims": incident.victims.model_dump(),
        "practice": incident.practice,
        "reports": len(incident.reports),
        "languages": list(dict.fromkeys(str(reports[r].language) for r in incident.reports)),
        "hypothesis": incident.hypotheses[0].script if incident.hypotheses else None,
        "words": incident.hypotheses[0].words if incident.hypotheses else None,
        "manufactured": incident.manufactured.value,
        "corroborated": incident.corroboration.value,
        "reason": incident.corroboration.reason,
    }


def alert(one: Alert, day: date, pack: Pack) -> dict[str, Any]:
    """An alert for `--json`."""
    return {
        "rule": one.rule.code,
        "script": one.rule.script,
        "county": one.county,
        "where": pack.canonical(one.county),
        "since": one.since.isoformat(),
        "until": one.until.isoformat(),
        "stands": one.stands(day),
        "different": one.different,
        "falls_with": one.falls_with,
        "incidents": [{"id": g.incident, "when": g.when, "known": g.known.isoformat()} for g in one.grounds],
    }


def alert_block(one: Alert, day: date, pack: Pack) -> tuple[str, str]:
    """An alert as two cells: where and since when; of what, what it rests on and what would undo it."""
    state = f"stands until {one.until}" if one.stands(day) else f"lapsed on {one.until}"
    rests = [f"  {g.incident}  {g.when or 'date not said'}, known {g.known}" for g in one.grounds]
    right = (
        label(one.rule.label, one.rule.code),
        f"Rests on at least {one.different} different incidents:",
        *rests,
        f"Falls if {one.falls_with} of them turn out to be no such incident, to lie elsewhere, or to be the same.",
    )
    return "\n".join((pack.canonical(one.county), f"since {one.since}", state)), "\n".join(right)
