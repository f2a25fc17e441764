"""The whole chain on reports of the simulated society, whose truth is known: reading, linking, weighing, alerts.

A world of our own making: the figures show that the parts agree with one another, not how they fare on reality.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import count
from typing import Any

from secondsource import packs, reading
from secondsource.evaluation import load_reports
from secondsource.model import Incident, Manufactured, Report
from secondsource.patterns.alerts import Alert, Ground, grounds, raised
from secondsource.pipeline import make_incidents
from secondsource.scripts import Script, load
from secondsource.world import World, generate_society

SCENARIO, YEARS, CASES = "baseline", 13, 400
SCRIPT = "manufactured_defection"
PACK = "nk_border"
INFORMERS = frozenset({"companion_was_informer", "planted_on_orders"})
"""Marks of an informer among those who set out."""
BINS = 10
Row = dict[str, Any]


@dataclass
class Tally:
    """What is added up over worlds."""

    worlds: int = 0
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
    suspected_infiltrated: int = 0
    unsaid: int = 0
    pairs_true: int = 0
    pairs_said: int = 0
    pairs_right: int = 0
    posteriors: list[tuple[float, bool]] = field(default_factory=list)
    modus: list[bool] = field(default_factory=list)
    alerts: int = 0
    alerts_found: int = 0
    alerts_false: int = 0
    later: list[int] = field(default_factory=list)
    persons: int = 0
    persons_after: int = 0
    seconds: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Tally)})


def measure(wanted: int, processes: int = 1) -> str:
    """The table for at least `wanted` reports, world by world, so that memory does not grow with them. The same
    whatever the number of processes. Interrupted (Ctrl-C), it is the table of the worlds that are done."""
    tally, started = Tally(), time.perf_counter()
    try:
        for one in _worlds(processes, min(CASES, wanted)):
            tally += one
            took = time.perf_counter() - started
            left = took / tally.reports * max(0, wanted - tally.reports)
            print(f"{tally.reports:,} of {wanted:,} reports, {took:.0f} s, {left:.0f} s left", file=sys.stderr)
            if tally.reports >= wanted:
                break
    except (KeyboardInterrupt, BrokenProcessPool) as error:
        print(f"stopped: {type(error).__name__}", file=sys.stderr)
    return _table(tally)


def _worlds(processes: int, cases: int) -> Iterator[Tally]:
    """World by world in the order of their seeds, however many are made at once."""
    if processes <= 1:
        yield from (play(seed, cases) for seed in count(1))
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    pool, ahead = ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")), processes + 1
    waiting: dict[int, Future[Tally]] = {seed: pool.submit(play, seed, cases) for seed in range(1, ahead + 1)}
    try:
        for seed in count(1):
            yield waiting.pop(seed).result()
            waiting[seed + ahead] = pool.submit(play, seed + ahead, cases)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def play(seed: int, cases: int) -> Tally:
    """One world and what the chain made of its reports."""
    pack, tally = packs.load(PACK), Tally(worlds=1)
    made = generate_society(pack, SCENARIO, cases=cases, seed=seed, years=YEARS)
    started = time.process_time()
    reports = {r.id: _received(r) for r in load_reports(made.reports)}
    incidents = make_incidents(reports, (reading.read(r, pack) for r in reports.values()), pack)
    tally.seconds += time.process_time() - started
    _add(tally, made, reports, incidents, pack)
    return tally


def _received(report: Report) -> Report:
    """As if it had come in on the day on which it was published."""
    return report.model_copy(update={"received": f"{report.published}T00:00:00+00:00"})


def _add(tally: Tally, made: World, reports: dict[str, Report], incidents: list[Incident], pack: packs.Pack) -> None:
    case_of = {r["id"]: row for row in made.truth for r in row["reports"]}
    label_of = {row["id"]: row["incidents"][0] for row in made.labels}
    of_report = {i: str(r.ref) for i, r in reports.items()}
    tally.reports += len(reports)
    tally.cases += len(made.truth)
    found: set[str] = set()
    known = load(pack)
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
            tally.suspected_infiltrated += not true and any(_infiltrated(row, known) for row in rows)
        if verdict is Manufactured.YES:
            tally.yes += 1
            tally.yes_false += not true
    _recall(tally, made, label_of, found)
    _pairs(tally, made, incidents, of_report)
    _alerts(tally, made, reports, incidents, pack)


def _infiltrated(row: Row, known: Mapping[str, Script]) -> bool:
    """Whether somebody of the state's was among those who set out."""
    marks = {step.code for step in known[row["script"]].steps if step.signal in INFORMERS}
    return any(step["step"] in marks for step in row["steps"])


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
    tally.pairs_true, tally.pairs_said, tally.pairs_right = true, said, right


def _alerts(tally: Tally, made: World, reports: dict[str, Report], incidents: list[Incident], pack: packs.Pack) -> None:
    """Alerts of a reader who sees the truth in each report, and those of the chain, by the same rule."""
    (rule,) = pack.alerts
    published = {row["id"]: date.fromisoformat(row["published"]) for row in made.reports}
    truth = [
        Ground(row["incident_id"], row["place"], min(published[r["id"]] for r in row["reports"]), _when(row))
        for row in made.truth
        if row["script"] == SCRIPT and row["reports"]
    ]
    right, ours = _first(raised(rule, truth)), _first(raised(rule, grounds(rule, incidents, reports, pack)))
    tally.alerts += len(right)
    tally.alerts_found += len(right.keys() & ours.keys())
    tally.alerts_false += sum(place not in right or one.since < right[place].since for place, one in ours.items())
    tally.later += [(ours[place].since - right[place].since).days for place in right.keys() & ours.keys()]
    for row in made.truth:
        if row["script"] == SCRIPT:
            day = date.fromisoformat(_when(row))
            alert = ours.get(row["place"])
            tally.persons += row["victims"]["count"]
            tally.persons_after += row["victims"]["count"] * (alert is not None and alert.since < day)


def _when(row: Row) -> str:
    """The day of the arrest; of the untold its week's first."""
    return str(row.get("week_of") or next(step["day"] for step in row["steps"] if step["step"] == "arrest"))


def _first(alerts: list[Alert]) -> dict[str, Alert]:
    """The first of each county."""
    found: dict[str, Alert] = {}
    for alert in alerts:
        found.setdefault(alert.county, alert)
    return found


def calibration_error(pairs: list[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015)."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for posterior, true in pairs:
        bins[min(int(posterior * BINS), BINS - 1)].append((posterior, true))
    off = sum(abs(sum(p for p, _ in one) - sum(t for _, t in one)) for one in bins.values())
    return off / len(pairs) if pairs else 0.0


def _table(t: Tally) -> str:
    precision, recall = _share(t.pairs_right, t.pairs_said), _share(t.pairs_right, t.pairs_true)
    rows = [
        ("worlds, cases that happened, reports", f"{t.worlds}, {t.cases}, {t.reports}"),
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
            "of these, those in which an informer of the state's had joined the group",
            f"{_share(t.suspected_infiltrated, t.suspected_false)} ({t.suspected_infiltrated} of {t.suspected_false})",
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
