"""The world's speed beside Mesa, its calibration, and the whole chain on its reports.

python bench/world.py                  speed on one core beside Mesa; time and memory for many seeds, extrapolated
python bench/world.py --full           1,000 seeds of 10 years and 20,000 households on 2 cores
python bench/world.py --calibrate      yearly arrivals beside the published series
python bench/world.py --fit            fits the fitted numbers anew
python bench/world.py --variety        how many sentences of generated reports differ
python bench/world.py --tables         all tables of docs/world.md
python bench/world.py --chain N        reading, linking, weighing and alerts on N reports of the society,
                                       with --processes P several worlds at once; Ctrl-C gives the table so far
                                       (--write puts these tables into docs/world.md and docs/accuracy.md)
"""

from __future__ import annotations

import argparse
import importlib
import re
import resource
import time
from pathlib import Path

import numpy as np

import world_tables
from secondsource.world import calendar, engine, many, outcomes, parameters, scenarios
from secondsource.world.record import COUNTS
from secondsource.world.society import Floats

ROOT = Path(__file__).parent.parent
SPEC = parameters.load()
CORES = 2
FULL_SEEDS, FULL_YEARS, FULL_HOUSEHOLDS = 1000, 10, 20_000
MESA_YEARS = 1
SMALL_YEARS, SMALL_HOUSEHOLDS = 2, 4000


# --- speed ----------------------------------------------------------------------------------


def beside_mesa() -> str:
    """Agent-steps a second on one core: the same rules, society and numbers, here and in Mesa."""
    from mesa_world import World

    rates = SPEC.rates()
    scale = SPEC.scale.model_copy(update={"years": MESA_YEARS, "households": FULL_HOUSEHOLDS})
    tight = calendar.tightness(SPEC, MESA_YEARS, None, None)
    engine.play(SPEC, rates, seed=0, scale=scale, tight=tight)
    agents = FULL_HOUSEHOLDS * (1 + 1 / scale.households_per_broker + 1 / scale.households_per_officer)
    steps = agents * len(tight)
    world = World(SPEC, rates, scale, seed=1)
    started = time.process_time()
    for _ in range(len(tight)):
        world.step()
    theirs = steps / (time.process_time() - started)
    rounds = 30
    started = time.process_time()
    for seed in range(rounds):
        engine.play(SPEC, rates, seed=seed, scale=scale, tight=tight)
    ours = rounds * steps / (time.process_time() - started)
    return (
        f"agent-steps a second of one core: {ours / 1e6:.0f} million here, {theirs / 1e6:.2f} million in Mesa: "
        f"{ours / theirs:.0f} times"
    )


def same_model(seeds: int = 6) -> str:
    """Persons a year over some seeds, here and in Mesa: two ways to write one model."""
    from mesa_world import World

    scale = SPEC.scale.model_copy(update={"years": SMALL_YEARS, "households": SMALL_HOUSEHOLDS})
    tight = calendar.tightness(SPEC, SMALL_YEARS, None, None)
    lines = []
    for name in ("escaped", "by_patrol", "by_officer", "set_up"):
        ours, theirs = [], []
        for seed in range(seeds):
            run = engine.play(SPEC, SPEC.rates(), seed=seed, scale=scale, tight=tight)
            ours.append(run.record.counts[COUNTS.index(name), :, : len(tight)].sum())
            world = World(SPEC, SPEC.rates(), scale, seed)
            for _ in range(len(tight)):
                world.step()
            theirs.append(world.counted[name])
        lines.append(f"{name} {np.mean(ours):.0f} (Mesa {np.mean(theirs):.0f})")
    return f"persons in {SMALL_YEARS} years of {SMALL_HOUSEHOLDS} households: " + ", ".join(lines)


def many_seeds(seeds: int) -> str:
    work = many.chunks(scenarios.load("baseline"), range(seeds), years=FULL_YEARS, households=FULL_HOUSEHOLDS)
    importlib.import_module("secondsource.world.warm")
    before = _memory()
    started, busy = time.perf_counter(), _busy()
    count = sum(len(rows) for rows in many.play(work, workers=CORES))
    took, used = time.perf_counter() - started, _busy() - busy
    full = took * FULL_SEEDS / seeds
    return (
        f"{count} seeds of {FULL_YEARS} years, {FULL_HOUSEHOLDS} households, {CORES} processes: {took:.0f} s "
        f"({full / 60:.1f} minutes for {FULL_SEEDS}), {used:.0f} s of processor time; memory {before:.0f} MB before, "
        f"{_memory():.0f} MB after, {_memory(resource.RUSAGE_CHILDREN):.0f} MB the largest process"
    )


def _busy() -> float:
    """Seconds of processor time, this process and those it waited for."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _memory(whose: int = resource.RUSAGE_SELF) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


# --- calibration ----------------------------------------------------------------------------


def fit() -> None:
    """The four fitted numbers by Nelder and Mead (1965) on the logarithm of the yearly arrivals."""
    from scipy.optimize import minimize

    published = np.log(list(SPEC.arrivals.values()))
    scale = scenarios.load("border_history").scale(SPEC)

    def misfit(at: Floats) -> float:
        tight = np.repeat([0.0] * 5 + [1.0] * 8 + [at[2]] * 3 + [at[3]], calendar.WEEKS)
        try:
            rates = SPEC.rates({"wish_rate": at[0], "price_per_tightness": at[1]})
        except ValueError:
            return 9.0
        runs = [engine.play(SPEC, rates, seed=seed, scale=scale, tight=tight, room=100_000) for seed in (1, 2)]
        found = np.mean([outcomes.outcome(run).yearly["arrived"][2:] for run in runs], axis=0)
        return float(np.sqrt(np.mean((np.log(found + 1) - published) ** 2)))

    found = minimize(misfit, [0.4, 1.0, 2.4, 1.9], method="Nelder-Mead", options={"maxfev": 120, "fatol": 0.002})
    print(
        "wish_rate, price_per_tightness, tightness 2020 and 2023:", np.round(found.x, 3), "misfit", round(found.fun, 3)
    )


# --- documents ------------------------------------------------------------------------------


def put(document: Path, name: str, table: str) -> None:
    text = document.read_text(encoding="utf-8")
    made = re.sub(rf"(<!-- {name} -->\n).*?(<!-- end -->)", lambda m: f"{m[1]}{table}\n{m[2]}", text, flags=re.S)
    document.write_text(made, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--tables", action="store_true")
    parser.add_argument("--variety", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--chain", type=int, metavar="N")
    parser.add_argument("--processes", type=int, default=1, help="worlds of --chain that are played at once")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    if asked.fit:
        fit()
    elif asked.variety:
        print(world_tables.variety_table())
    elif asked.calibrate:
        print(world_tables.arrivals_table(world_tables.arrivals()))
    elif asked.tables:
        for name, table in world_tables.tables().items():
            print(f"{name}\n\n{table}\n")
            if asked.write:
                put(ROOT / "docs" / "world.md", name, table)
    elif asked.chain:
        import chain

        table = chain.measure(asked.chain, asked.processes)
        print(table)
        if asked.write:
            put(ROOT / "docs" / "accuracy.md", "chain", table)
    elif asked.full:
        print(many_seeds(FULL_SEEDS))
    else:
        print(same_model())
        print(beside_mesa())
        print(many_seeds(20))
        print(many_seeds(80))


if __name__ == "__main__":
    main()
