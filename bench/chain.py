"""The whole chain on reports of the simulated society, whose truth is known: reading, linking, weighing, alerts.

A world of our own making: the figures show that the parts agree with one another, not how they fare on reality.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from secondsource import packs, reading
from secondsource.evaluation import load_reports
from secondsource.model import Incident, Manufactured, Report
from secondsource.pipeline import make_incidents
from secondsource.world import World, generate_society

SCENARIO, YEARS, CASES = "baseline", 13, 400
WINDOW_DAYS, ENOUGH = 365, 2
"""An alert: so many incidents called manufactured in one county within so many days."""
SCRIPT = "manufactured_defection"
BINS = 10
Row = dict[str, Any]


@dataclass
class Tally:
    """What is added up over worlds."""

    reports: int = 0
    cases: int = 0
    told: int = 0
    showing: int = 0
    found: int = 0
    found_showing: int = 0
    yes: int = 0
    yes_false: int = 0
    suspected: int = 0
    suspected_false: int = 0
    unsaid: int = 0
    pairs: list[int] = field(default_factory=lambda: [0, 0, 0])
    posteriors: list[tuple[float, bool]] = field(default_factory=list)
    modus: list[bool] = field(default_factory=list)
    alerts: int = 0
    alerts_found: int = 0
    alerts_false: int = 0
    later: list[int] = field(default_factory=list)
    persons: int = 0
    persons_after: int = 0
    seconds: float = 0.0


def measure(wanted: int) -> str:
    """The table for at least `wanted` reports, world by world, so that memory does not grow with them."""
    pack, tally, seed = packs.load("nk_border"), Tally(), 0
    while tally.reports < wanted:
        seed += 1
        made = generate_society(pack, SCENARIO, cases=CASES, seed=seed, years=YEARS)
        _cut(made, wanted - tally.reports)
        started = time.process_time()
        reports = {r.id: r for r in load_reports(made.reports)}
        incidents = make_incidents(reports, (reading.read(r, pack) for r in reports.values()), pack)
        tally.seconds += time.process_time() - started
        _add(tally, made, reports, incidents, pack)
    return _table(tally, seed)


def _cut(made: World, most: int) -> None:
    """No more than `most` reports: cases at the end are left out, told or not."""
    if len(made.reports) <= most:
        return
    kept, count = [], 0
    for row in made.truth:
        count += len(row["reports"])
        if count > max(most, 4):
            break
        kept.append(row)
    ids = {r["id"] for row in kept for r in row["reports"]}
    made.truth[:] = kept
    made.labels[:] = [row for row in made.labels if row["id"] in ids]
    made.reports[:] = [row for row in made.reports if row["id"] in ids]


def _add(tally: Tally, made: World, reports: dict[str, Report], incidents: list[Incident], pack: packs.Pack) -> None:
    case_of = {r["id"]: row for row in made.truth for r in row["reports"]}
    label_of = {row["id"]: row["incidents"][0] for row in made.labels}
    of_report = {i: str(r.ref) for i, r in reports.items()}
    tally.reports += len(reports)
    tally.cases += len(made.truth)
    found: set[str] = set()
    recognised: list[tuple[str | None, date]] = []
    for incident in incidents:
        rows = [case_of[of_report[r]] for r in incident.reports]
        true = any(row["script"] == SCRIPT for row in rows)
        verdict = incident.manufactured
        posterior = next((h.posterior for h in incident.hypotheses if h.script == SCRIPT), 0.0)
        tally.posteriors.append((posterior, true))
        best = incident.hypotheses[0].script if incident.hypotheses else None
        tally.modus.append(best == rows[0]["script"])
        if verdict is not Manufactured.NO:
            labels = {label_of[of_report[r]]["manufactured_defection"] for r in incident.reports}
            tally.unsaid += labels == {"no"}
            found |= {row["incident_id"] for row in rows if row["script"] == SCRIPT}
        if verdict is Manufactured.SUSPECTED:
            tally.suspected += 1
            tally.suspected_false += not true
        if verdict is Manufactured.YES:
            tally.yes += 1
            tally.yes_false += not true
            first = min(date.fromisoformat(str(reports[r].published)) for r in incident.reports)
            recognised.append((_county(incident, pack), first))
    _recall(tally, made, label_of, found)
    _pairs(tally, made, incidents, of_report)
    _alerts(tally, made, recognised)


def _recall(tally: Tally, made: World, label_of: dict[str, Row], found: set[str]) -> None:
    for row in made.truth:
        if row["script"] == SCRIPT and row["reports"]:
            showing = any(label_of[r["id"]]["manufactured_defection"] != "no" for r in row["reports"])
            tally.told += 1
            tally.showing += showing
            tally.found += row["incident_id"] in found
            tally.found_showing += showing and row["incident_id"] in found


def _pairs(tally: Tally, made: World, incidents: list[Incident], of_report: dict[str, str]) -> None:
    """Pairs of reports of one case, of one incident, and of both."""
    case_of = {r["id"]: row["incident_id"] for row in made.truth for r in row["reports"]}
    true = sum(len(row["reports"]) * (len(row["reports"]) - 1) // 2 for row in made.truth)
    said = right = 0
    for incident in incidents:
        members = sorted({of_report[r] for r in incident.reports})
        for n, one in enumerate(members):
            for other in members[n + 1 :]:
                said += 1
                right += case_of[one] == case_of[other]
    tally.pairs = [a + b for a, b in zip(tally.pairs, (true, said, right), strict=True)]


def _alerts(tally: Tally, made: World, recognised: list[tuple[str | None, date]]) -> None:
    """Alerts of a reader who sees the truth in each report, and those of the chain."""
    published = {row["id"]: date.fromisoformat(row["published"]) for row in made.reports}
    truth: dict[str, list[date]] = defaultdict(list)
    for row in made.truth:
        if row["script"] == SCRIPT and row["reports"]:
            truth[row["place"]].append(min(published[r["id"]] for r in row["reports"]))
    said: dict[str, list[date]] = defaultdict(list)
    for place, day in recognised:
        if place is not None:
            said[place].append(day)
    right, ours = _first(truth), _first(said)
    tally.alerts += len(right)
    tally.alerts_found += len(right.keys() & ours.keys())
    tally.alerts_false += len(ours.keys() - right.keys())
    tally.later += [(ours[place] - right[place]).days for place in right.keys() & ours.keys()]
    for row in made.truth:
        if row["script"] == SCRIPT:
            day = date.fromisoformat(row.get("week_of") or row["steps"][-1]["day"])
            alert = ours.get(row["place"])
            tally.persons += row["victims"]["count"]
            tally.persons_after += row["victims"]["count"] * (alert is not None and alert < day)


def _first(days: dict[str, list[date]]) -> dict[str, date]:
    return {place: day for place, found in days.items() if (day := _alert(found)) is not None}


def _alert(days: list[date]) -> date | None:
    """The first day on which enough were reported within the window."""
    days = sorted(days)
    for n in range(ENOUGH - 1, len(days)):
        if (days[n] - days[n - ENOUGH + 1]).days <= WINDOW_DAYS:
            return days[n]
    return None


def _county(incident: Incident, pack: packs.Pack) -> str | None:
    for place in incident.places:
        for one in pack.within(place):
            if pack.places[one].kind in {"county", "city"}:
                return one
    return None


def calibration_error(pairs: list[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015)."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for posterior, true in pairs:
        bins[min(int(posterior * BINS), BINS - 1)].append((posterior, true))
    off = sum(abs(sum(p for p, _ in one) - sum(t for _, t in one)) for one in bins.values())
    return off / len(pairs) if pairs else 0.0


def _table(t: Tally, worlds: int) -> str:
    true, said, right = t.pairs
    precision, recall = _share(right, said), _share(right, true)
    rows = [
        ("worlds, cases that happened, reports", f"{worlds}, {t.cases}, {t.reports}"),
        ("set-ups told at all", f"{t.told}"),
        ("of them, recognised (yes or suspected)", f"{_share(t.found, t.told)} ({t.found} of {t.told})"),
        (
            "of those whose words show it",
            f"{_share(t.found_showing, t.showing)} ({t.found_showing} of {t.showing})",
        ),
        ("incidents called manufactured that are not", f"{_share(t.yes_false, t.yes)} ({t.yes_false} of {t.yes})"),
        (
            "incidents called suspected that are not manufactured",
            f"{_share(t.suspected_false, t.suspected)} ({t.suspected_false} of {t.suspected})",
        ),
        (
            "either where no report's words say so",
            f"{_share(t.unsaid, t.yes + t.suspected)} ({t.unsaid} of {t.yes + t.suspected})",
        ),
        ("linking, pairs: precision, recall", f"{precision}, {recall}"),
        ("modus, top 1, by incident", _share(sum(t.modus), len(t.modus))),
        ("calibration error of the posterior of manufacture", f"{calibration_error(t.posteriors):.3f}"),
        ("alerts that a perfect reader would raise", f"{t.alerts}"),
        ("of them, raised", f"{_share(t.alerts_found, t.alerts)} ({t.alerts_found} of {t.alerts})"),
        ("days later than a perfect reader (median)", f"{statistics.median(t.later):.0f}" if t.later else "-"),
        ("alerts where there was too little", f"{t.alerts_false}"),
        (
            "persons set up in a county after its alert: the most that a warning could reach",
            f"{_share(t.persons_after, t.persons)} ({t.persons_after} of {t.persons})",
        ),
        ("reports a second, all steps, one core", f"{t.reports / t.seconds:.0f}" if t.seconds else "-"),
    ]
    return "\n".join(["| measure | value |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"
