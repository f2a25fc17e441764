"""What a run came to: people arrested and people away, money, and what documenters saw of it and when.

Outcomes are harm and protection. None is a success of those who arrest, and nothing here looks for the numbers
that would serve them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondsource.world import record as rec
from secondsource.world.brokers import price
from secondsource.world.calendar import QUARTER, WEEKS
from secondsource.world.engine import Run

ARRESTS = (rec.BY_PATROL, rec.BY_OFFICER, rec.BETRAYED, rec.SET_UP)
LAST = 4
"""Weeks before a deadline that are held against the others."""

OUTCOMES = {
    "set_up_persons": "persons arrested by set-up, a year",
    "set_ups": "set-ups that ended in an arrest, a year",
    "escaped": "persons who crossed, a year",
    "attempts": "persons who set out by a plan of their own, a year",
    "arrested": "persons arrested at or before a crossing, a year",
    "manufactured_share": "share of those arrested who were set up",
    "share_inspected": "the same while an inspection team is in the county",
    "share_otherwise": "the same at other times",
    "tolerated_share": "share of crossings let through for a bribe, of those that no guard met",
    "deadline_ratio": "arrests a week in the last four weeks before a deadline, by those of other weeks",
    "bribes": "bribes, million yuan a year",
    "price": "price of a crossing, thousand yuan (mean over the run)",
    "learnt_share": "share of set-ups whose families learnt how it was done",
    "reported": "set-ups reported, a year, by the end of the run",
    "reported_share": "share of set-ups that were reported by the end of the run",
    "report_delay": "weeks from a set-up to its first report (median)",
    "alert_delay": "weeks from a county's first set-up to the first alert (median over counties that had one)",
    "alerted_share": "share of counties with a set-up in which there was an alert",
    "after_alert_share": "share of persons set up while an alert stood for their county: they could have been warned",
    "warnings": "warnings published, a year",
    "trusted_share": "share of a broker's invitations that were trusted, of those that nothing showed to be false",
    "saw_through": "invited households that saw through it or were warned by the broker, a year",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`values` by the names of OUTCOMES; what nothing stands behind is NaN. `yearly`: counts by year of the run."""

    values: dict[str, float]
    yearly: dict[str, list[float]]


def outcome(run: Run) -> Outcome:
    weeks = len(run.calendar.tight)
    start = WEEKS * run.scale.burn_in_years
    years = run.scale.years - run.scale.burn_in_years
    counts = run.record.counts[:, :, :weeks]
    total = dict(zip(rec.COUNTS, counts[:, :, start:].sum(axis=(1, 2)) / years, strict=True))
    arrests, fake = counts[ARRESTS, :, start:].sum(axis=0), counts[rec.SET_UP, :, start:]
    inspected = run.calendar.days["inspected"][:, start:] == 1
    due = np.arange(start, weeks) % QUARTER >= QUARTER - LAST
    values = {
        "set_up_persons": total["set_up"],
        "set_ups": total["set_ups"],
        "escaped": total["escaped"],
        "attempts": total["attempts"],
        "arrested": arrests.sum() / years,
        "manufactured_share": _ratio(fake.sum(), arrests.sum()),
        "share_inspected": _ratio(fake[inspected].sum(), arrests[inspected].sum()),
        "share_otherwise": _ratio(fake[~inspected].sum(), arrests[~inspected].sum()),
        "tolerated_share": _ratio(total["escaped"], total["escaped"] + total["by_officer"]),
        "deadline_ratio": _ratio(arrests[:, due].sum() / due.sum(), arrests[:, ~due].sum() / (~due).sum()),
        "bribes": run.record.bribes[:, start:].sum() / years / 1000,
        "price": float(np.mean([price.py_func(run.rates, t) for t in run.calendar.tight])),  # type: ignore[attr-defined]
        "warnings": total["warnings"],
        "saw_through": total["seen_through"] + total["spared"],
        "trusted_share": _trusted(total),
        **_seen(run, weeks, start, years),
    }
    return Outcome({name: float(values[name]) for name in OUTCOMES}, _yearly(run, counts))


def _seen(run: Run, weeks: int, start: int, years: int) -> dict[str, float]:
    """What documenters saw: every set-up from the end of the burn-in on, and what was printed by the run's end."""
    cases = set_ups(run)
    cases = cases[cases[:, _column("week")] >= start]
    week, printed = cases[:, _column("week")], cases[:, _column("printed")]
    out = (printed >= 0) & (printed < weeks)
    learnt = cases[:, _column("learnt")]
    alert = run.record.counts[rec.ALERT, :, :weeks]
    county, persons = cases[:, _column("county")], cases[:, _column("persons")]
    standing = alert[county, week] == 1
    delays = []
    for one in sorted(set(county.tolist())):
        alerts = np.flatnonzero(alert[one])
        if len(alerts):
            delays.append(alerts[0] - set_ups(run)[set_ups(run)[:, _column("county")] == one][0, _column("week")])
    return {
        "learnt_share": _ratio(((learnt >= 0) & (learnt < weeks)).sum(), len(cases)),
        "reported": out.sum() / years,
        "reported_share": _ratio(out.sum(), len(cases)),
        "report_delay": _median(printed[out] - week[out]),
        "alert_delay": _median(np.array(delays)),
        "alerted_share": _ratio(len(delays), len(set(county.tolist()))),
        "after_alert_share": _ratio(persons[standing].sum(), persons.sum()),
    }


def set_ups(run: Run) -> NDArray[np.int32]:
    """The rows of the run's set-ups, in the order of their weeks. ValueError where they were not all kept."""
    total, kept = int(run.record.total[0]), len(run.record.events)
    if total > kept:
        raise ValueError(f"{total} arrests happened and only {kept} were kept")
    events = run.record.events[:total]
    found: NDArray[np.int32] = events[events[:, _column("kind")] == rec.LURED]
    return found


def _trusted(total: Mapping[str, float]) -> float:
    asked = total["invited"] - total["spared"] - total["seen_through"]
    return _ratio(asked - total["refused"], asked)


def _column(name: str) -> int:
    return rec.COLUMNS.index(name)


def _yearly(run: Run, counts: NDArray[np.int32]) -> dict[str, list[float]]:
    """Sums by year of the run, burn-in included."""
    by_year = counts.sum(axis=1).reshape(len(counts), -1, WEEKS).sum(axis=2)
    arrived = run.record.arrived[: WEEKS * run.scale.years].reshape(-1, WEEKS).sum(axis=1)
    return {
        "escaped": by_year[rec.ESCAPED].tolist(),
        "arrested": by_year[list(ARRESTS)].sum(axis=0).tolist(),
        "set_ups": by_year[rec.SET_UPS].tolist(),
        "set_up": by_year[rec.SET_UP].tolist(),
        "reported": by_year[rec.REPORTED].tolist(),
        "arrived": arrived.tolist(),
    }


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else math.nan


def _median(values: NDArray[np.int32] | NDArray[np.float64]) -> float:
    return float(np.median(values)) if len(values) else math.nan
