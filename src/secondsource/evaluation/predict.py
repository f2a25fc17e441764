"""What the software makes of a labelled set's reports, in the labels' own format.

Each report is judged alone, as its label is; only `incident_id` comes from linking.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from secondsource import linking, reading, weighing
from secondsource.intake.parsers.language import detect
from secondsource.model import Account, Language, Report, content_id
from secondsource.packs import Pack

Row = dict[str, Any]


class LabelledSetError(ValueError):
    """A file of a labelled set that cannot be read. The message names the file and the line."""


def load_jsonl(path: Path) -> list[Row]:
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise LabelledSetError(f"{path} line {number}: {error.msg}") from error
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            raise LabelledSetError(f"{path} line {number}: needs an object with an id")
        rows.append(row)
    return rows


def load_reports(rows: Iterable[Row]) -> list[Report]:
    """The reports of a labelled set; `ref` is the set's own id. A language that is not given is detected."""
    reports = []
    for row in rows:
        if not isinstance(row.get("text"), str):
            raise LabelledSetError(f"report {row['id']} has no text")
        reports.append(
            Report(
                id=content_id("r", row["id"], row["text"]),
                text=row["text"],
                language=Language(row.get("language") or detect(row["text"])),
                title=row.get("title"),
                outlet=row.get("outlet"),
                published=row.get("published"),
                received="1970-01-01T00:00:00+00:00",
                ref=row["id"],
                reprint_of=row.get("reprint_of"),
                truncated=bool(row.get("truncated", False)),
            )
        )
    return reports


def predict(reports: Iterable[Report], pack: Pack, progress: Callable[[int], None] | None = None) -> list[Row]:
    by_id = {r.id: r for r in reports}
    accounts: list[Account] = []
    for done, report in enumerate(by_id.values(), start=1):
        accounts += linking.accounts(reading.read(report, pack), pack)
        if progress is not None:
            progress(done)
    told: dict[str, list[Row]] = defaultdict(list)
    for cluster in linking.link(accounts, by_id, pack):
        for account in cluster.accounts:
            told[account.report_id].append(_incident(account, cluster.id, by_id, pack))
    return [{"id": r.ref, "incidents": told[r.id]} for r in by_id.values()]


def _incident(account: Account, incident_id: str, reports: dict[str, Report], pack: Pack) -> Row:
    alone = weighing.weigh(account.id, [account], [], reports, pack)
    text = reports[account.report_id].text
    labels = pack.labels
    ranked = list(dict.fromkeys(labels.modus.get(h.script, h.script) for h in alone.hypotheses))
    return {
        "incident_id": incident_id,
        "acts": _mapped(account.acts, labels.acts),
        "perpetrator_orgs": _mapped(account.perpetrators, labels.organisations),
        "victims": {"count_min": account.victims.low, "count_max": account.victims.high},
        "places": [
            {"text": m.span.of(text), "canonical": pack.canonical(_coded(pack, m.place)), "role": m.role.value}
            for m in account.places
        ],
        "date": account.when,
        "year_basis": account.when_basis,
        "sources": [
            {"descriptor": v.descriptor, "origin_place": pack.canonical(v.base) if v.base else None}
            for v in account.voices
        ],
        "n_distinct_sources": len(account.voices),
        "independent_corroboration": {"value": alone.corroboration.value, "reason": alone.corroboration.reason},
        "money": [{"amount": s.amount, "currency": s.currency} for s in account.sums],
        "manufactured_defection": alone.manufactured.value,
        "modus": ranked[0] if ranked else None,
        "modus_ranked": ranked,
        "is_pattern": account.practice,
    }


def _coded(pack: Pack, place: str) -> str:
    """The place that labels code: of a village or a part of a town the county or city that it is in."""
    parent = pack.places[place].parent
    return parent if parent is not None and pack.places[place].kind in {"district", "site"} else place


def _mapped(codes: Iterable[str], table: dict[str, str]) -> list[str]:
    """Codes as the labelled set has them; those that it has no word for are mapped to '' and left out."""
    return sorted({table.get(code, code) for code in codes} - {""})
