"""Which numbers the outcomes hang on: Morris screening or Sobol indices, with SALib.

Morris 1991 (elementary effects: mu*, sigma); Sobol 2001, Saltelli et al. 2010 (first order S1, total ST). Each
point is played with the same seeds (common random numbers) and counts with its mean over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from secondsource.world.many import Chunk, Row
from secondsource.world.parameters import Spec
from secondsource.world.scenarios import Scenario

Method = Literal["morris", "sobol"]
LEVELS = 4


def points(spec: Spec, names: Sequence[str], method: Method, samples: int, seed: int) -> NDArray[np.float64]:
    """(points, names). Morris: samples x (names + 1) points; Sobol: samples x (names + 2), samples a power of two."""
    problem = _problem(spec, names)
    if method == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem, samples, num_levels=LEVELS, seed=seed), float)
    if samples & (samples - 1):
        raise ValueError(f"{samples} samples: Sobol needs a power of two")
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem, samples, calc_second_order=False, seed=seed), float)


def work(
    scenario: Scenario,
    names: Sequence[str],
    at: NDArray[np.float64],
    seeds: Sequence[int],
    years: int | None,
    households: int | None,
    pack: str = "nk_border",
) -> list[Chunk]:
    """A chunk for each point. ValueError where it cannot be played."""
    return [
        Chunk(scenario, tuple(seeds), years, households, dict(zip(names, map(float, point), strict=True)), pack).check()
        for point in at
    ]


def means(rows: Iterable[Sequence[Row]], outcomes: Sequence[str]) -> NDArray[np.float64]:
    """(points, outcomes): means over seeds; NaN where no seed has it."""
    found = []
    for chunk in rows:
        values = [[row["values"][name] for row in chunk if row["values"][name] is not None] for name in outcomes]
        found.append([float(np.mean(v)) if v else np.nan for v in values])
    return np.array(found)


def analyse(
    spec: Spec, names: Sequence[str], method: Method, at: NDArray[np.float64], results: NDArray[np.float64], seed: int
) -> list[dict[str, Any]]:
    """A row for each name, the most telling first. Empty where the outcome is missing somewhere or never moves."""
    if np.isnan(results).any() or np.ptp(results) == 0:
        return []
    problem = _problem(spec, names)
    if method == "morris":
        from SALib.analyze import morris

        found = morris.analyze(problem, at, results, num_levels=LEVELS, seed=seed)
        keys = {"mu_star": "mu_star", "mu": "mu", "sigma": "sigma", "interval": "mu_star_conf"}
    else:
        from SALib.analyze import sobol

        found = sobol.analyze(problem, results, calc_second_order=False, seed=seed)
        keys = {"total": "ST", "first": "S1", "interval": "ST_conf"}
    table = [{"parameter": name} | {k: float(found[v][n]) for k, v in keys.items()} for n, name in enumerate(names)]
    return sorted(table, key=lambda row: -row[next(iter(keys))])


def _problem(spec: Spec, names: Sequence[str]) -> dict[str, Any]:
    if not names:
        raise ValueError("name at least one parameter")
    bounds = [[spec.parameter(name).low, spec.parameter(name).high] for name in names]
    return {"num_vars": len(names), "names": list(names), "bounds": bounds}
