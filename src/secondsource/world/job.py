"""One small comparison as a process of its own, for a page that must not wait: python -m secondsource.world.job JSON

JSON has `scenario`, `county` and, where wanted, `seeds`, `years` and `households`. Standard output gets one JSON
object a line: `{"done": 3, "of": 40}` as it goes, at the end `{"result": {...}}`, or `{"error": "..."}`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from secondsource.packs import PackError
from secondsource.world import calendar, engine, outcomes, parameters, record, scenarios
from secondsource.world.summary import spread

Row = dict[str, Any]
SEEDS, YEARS = 20, 6
BIN = 4
"""Weeks to a column."""
INSPECTIONS = 6
"""Seed of the calendar of inspections: the same for every run, so that they can be drawn. With this one every county
is inspected at least once."""
SERIES = {"set_up": (record.SET_UP,), "escaped": (record.ESCAPED,), "arrested": outcomes.ARRESTS}
TOTALS = ("set_up_persons", "set_ups", "escaped", "reported")


def compare(
    scenario: str, county: str, seeds: int = SEEDS, years: int = YEARS, households: int | None = None
) -> Iterator[Row]:
    """The lines of a job."""
    spec = parameters.load()
    places = [c.place for c in spec.counties]
    if county not in places:
        raise ValueError(f"{county}: no county of the world")
    pair = [scenarios.load(scenarios.BASELINE), scenarios.load(scenario)]
    sides: list[list[engine.Run]] = [[], []]
    yield {"done": 0, "of": 2 * seeds}
    for seed in range(seeds):
        for side, one in zip(sides, pair, strict=True):
            run = engine.play_scenario(
                spec, one, seed=seed, years=years, households=households, inspections=INSPECTIONS
            )
            side.append(run)
            yield {"done": sum(map(len, sides)), "of": 2 * seeds}
    names = ("usual", "measure")
    values = [[outcomes.outcome(run).values for run in side] for side in sides]
    yield {
        "result": {
            "scenario": scenario,
            "county": county,
            "seeds": seeds,
            "years": years - spec.scale.burn_in_years,
            "weeks": BIN,
            **{name: _side(side, places.index(county)) for name, side in zip(names, sides, strict=True)},
            "yearly": {name: _spreads(*([one[name] for one in side] for side in values)) for name in TOTALS},
            "told": [sum(one[name] for one in values[0]) / seeds for name in ("reported", "set_ups")],
        }
    }


def _spreads(usual: list[float], measure: list[float]) -> Row:
    """Median and interval over the runs, of both worlds and of the difference, run by run."""
    less = [b - a for a, b in zip(usual, measure, strict=True)]
    return {"usual": spread(usual)[:3], "measure": spread(measure)[:3], "difference": spread(less)[:3]}


def _side(runs: list[engine.Run], county: int) -> Row:
    """Means over runs, by four weeks in one county."""
    first = runs[0]
    start, end = calendar.WEEKS * first.scale.burn_in_years, len(first.calendar.tight)
    here = np.mean([run.record.counts[:, county, start:end] for run in runs], axis=0)
    binned = here[:, : (end - start) // BIN * BIN].reshape(len(here), -1, BIN).sum(axis=2)
    inspected = first.calendar.days["inspected"][county, start:end]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inspected, [0]])))
    return {
        "series": {name: binned[list(rows)].sum(axis=0).round(3).tolist() for name, rows in SERIES.items()},
        "inspections": [[int(a) / BIN, int(b) / BIN] for a, b in edges.reshape(-1, 2)],
    }


def main() -> None:
    try:
        for line in compare(**json.loads(sys.argv[1])):
            print(json.dumps(line), flush=True)
    except (PackError, ValueError, TypeError) as error:
        print(json.dumps({"error": str(error)}), flush=True)


if __name__ == "__main__":
    main()
