"""The same rules written agent by agent in Mesa come to the same numbers; and nothing heavy is loaded unasked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from secondsource.world import calendar, engine, parameters
from secondsource.world.record import COUNTS

SPEC = parameters.load()
HOUSEHOLDS, YEARS, SEEDS = 3000, 2, 4


def test_the_model_written_in_mesa_comes_to_the_same_numbers() -> None:
    pytest.importorskip("mesa")
    sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
    try:
        from mesa_world import World
    finally:
        sys.path.pop(0)
    scale = SPEC.scale.model_copy(update={"households": HOUSEHOLDS, "years": YEARS})
    tight = calendar.tightness(SPEC, YEARS, None, None)
    rates = SPEC.rates({"inspections_per_year": 3.0})
    ours, theirs = dict.fromkeys(COUNTS, 0), dict.fromkeys(COUNTS, 0)
    for seed in range(SEEDS):
        run = engine.play(SPEC, rates, seed=seed, scale=scale, tight=tight)
        world = World(SPEC, rates, scale, seed)
        for _ in range(len(tight)):
            world.step()
        for name, count in world.counted.items():
            ours[name] += int(run.record.counts[COUNTS.index(name), :, : len(tight)].sum())
            theirs[name] += count
    for name, within in (("escaped", 0.1), ("by_patrol", 0.2), ("by_officer", 0.2), ("set_up", 0.5)):
        assert theirs[name] == pytest.approx(ours[name], rel=within), name


@pytest.mark.parametrize("what", ["secondsource.cli", "secondsource.web", "secondsource.world"])
def test_nothing_compiles_and_no_cluster_is_loaded_before_it_is_asked_for(what: str) -> None:
    code = (
        f"import sys, {what}; print([m for m in ('numba', 'SALib', 'dask', 'distributed', 'mesa') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
