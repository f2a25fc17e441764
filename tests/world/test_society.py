"""The simulated society shows what is reported of the real one, and stops to when the cause is switched off.

Effects are medians over seeds of paired runs (common random numbers); the bounds leave room for other seeds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import median
from typing import Any

import numpy as np
import pytest

from secondsource.world import calendar, engine, outcomes, parameters, record
from secondsource.world.calendar import WEEKS, Visit
from secondsource.world.engine import Run

SPEC = parameters.load()
YEARS = 6
SEEDS = range(8)


def run(
    seed: int,
    tight: float = 1.0,
    years: int = YEARS,
    visits: Sequence[Visit] = (),
    households: int = 20_000,
    **change: Any,
) -> Run:
    scale = SPEC.scale.model_copy(update={"years": years, "households": households})
    level = calendar.tightness(SPEC, years, None, tight)
    return engine.play(
        SPEC, SPEC.rates(change), seed=seed, scale=scale, tight=level, visits=visits, room=households * years // 4
    )


@lru_cache(maxsize=64)
def measured(*change: tuple[str, float]) -> dict[str, list[float]]:
    """Outcome to its values, a seed each."""
    found = [outcomes.outcome(run(seed, **dict[str, Any](change))).values for seed in SEEDS]
    return {name: [values[name] for values in found] for name in outcomes.OUTCOMES}


def ratio(name: str, *change: tuple[str, float]) -> float:
    """Median over seeds of an outcome with a change, by the same seed's without."""
    pairs = zip(measured(*change)[name], measured()[name], strict=True)
    return median(a / b for a, b in pairs if b)


# --- 1: bribes dominate ---------------------------------------------------------------------

NO_BRIBES = (("bribe_crossing", 0.0), ("bribe_remittance", 0.0))


def test_with_ordinary_pressure_bribes_dominate_and_manufacture_is_rare() -> None:
    usual = measured()
    assert median(usual["tolerated_share"]) > 0.75
    assert median(usual["share_otherwise"]) < 0.05


def test_under_more_pressure_manufacture_is_not_rare() -> None:
    pressed, usual = measured(("quota_value", 40.0))["share_otherwise"], measured()["share_otherwise"]
    assert median(pressed) > 0.15
    assert all(a > b for a, b in zip(pressed, usual, strict=True))


def test_without_bribes_far_fewer_crossings_are_let_through() -> None:
    assert median(measured(*NO_BRIBES)["tolerated_share"]) < median(measured()["tolerated_share"]) - 0.12


# --- 2: inspections -------------------------------------------------------------------------

VISIT_WEEK, VISIT_WEEKS, COUNTY = 3 * WEEKS + 18, 8, 6
NO_PRESSURE: dict[str, float] = {
    "inspection_pressure": 0.0,
    "bribe_fear": 0.0,
    "patrol_inspection": 0.0,
    "hear_inspection": 0.0,
}


def shares_around_a_visit(**change: Any) -> list[float]:
    """Manufactured share of the arrests in one county before, during and after a team's visit, over many seeds."""
    fake, every = np.zeros(3), np.zeros(3)
    edges = [VISIT_WEEK - 26, VISIT_WEEK, VISIT_WEEK + VISIT_WEEKS + 4, VISIT_WEEK + VISIT_WEEKS + 30]
    for seed in range(12):
        made = run(
            seed,
            years=5,
            visits=[Visit(COUNTY, VISIT_WEEK, VISIT_WEEKS)],
            inspections_per_year=0.0,
            **change,
        )
        for n in range(3):
            part = made.record.counts[:, COUNTY, edges[n] : edges[n + 1]].sum(axis=1)
            fake[n] += part[record.SET_UP]
            every[n] += part[list(outcomes.ARRESTS)].sum()
    return list(fake / every)


def test_where_an_inspection_team_comes_manufacture_rises_and_falls_back_when_it_leaves() -> None:
    before, during, after = shares_around_a_visit()
    assert during > 5 * before and during > 5 * after
    assert during > 0.1


def test_an_inspection_without_pressure_changes_nothing() -> None:
    before, during, after = shares_around_a_visit(**NO_PRESSURE)
    assert during < 0.06 and abs(during - before) < 0.04 and abs(during - after) < 0.04


# --- 3: deadlines ---------------------------------------------------------------------------


def test_arrests_bunch_before_quota_deadlines() -> None:
    assert median(measured()["deadline_ratio"]) > 1.3


def test_without_a_quota_they_do_not() -> None:
    assert median(measured(("quota", 0.0))["deadline_ratio"]) < 1.15


def test_with_a_deadline_that_is_not_felt_they_do_not() -> None:
    assert median(measured(("urgency_weeks", 1000.0))["deadline_ratio"]) < 1.15


# --- 4: what comes out ----------------------------------------------------------------------


@lru_cache(maxsize=8)
def set_ups(**change: Any) -> np.ndarray[Any, Any]:
    return np.concatenate([outcomes.set_ups(run(seed, inspections_per_year=2.0, **change)) for seed in SEEDS])


def column(rows: np.ndarray[Any, Any], name: str) -> np.ndarray[Any, Any]:
    return rows[:, record.COLUMNS.index(name)]


def test_families_learn_the_truth_in_detention_and_reports_come_late_and_of_few_cases() -> None:
    rows = set_ups()
    learnt, printed, week = column(rows, "learnt"), column(rows, "printed"), column(rows, "week")
    assert (learnt[learnt >= 0] > week[learnt >= 0]).all()
    assert 0.6 < (learnt >= 0).mean() < 0.8
    assert 0.1 < (printed >= 0).mean() < 0.35
    assert median(printed[printed >= 0] - week[printed >= 0]) > 6


def test_reports_come_only_from_those_who_got_out_and_knew_or_those_who_held_them() -> None:
    rows = set_ups()
    by_family = rows[column(rows, "via") == record.FAMILY]
    assert len(by_family) > 10
    assert (column(by_family, "released") >= column(by_family, "learnt")).all()
    assert (column(by_family, "learnt") >= 0).all()
    assert (column(by_family, "printed") > column(by_family, "released")).all()
    assert {record.FAMILY, record.HOLDER} == set(column(rows, "via")) - {record.NOBODY}


@pytest.mark.parametrize("change", [{"release_share": 0.0}, {"learn_share": 0.0}, {"tell_share": 0.0}])
def test_where_nobody_gets_out_or_knows_or_tells_only_holders_are_left(change: dict[str, float]) -> None:
    rows = set_ups(**change)
    assert record.FAMILY not in column(rows, "via")
    assert (column(set_ups(**change, leak_share=0.0), "printed") == -1).all()


def test_where_everybody_gets_out_knows_and_tells_no_case_is_missing() -> None:
    rows = set_ups(release_share=1.0, learn_share=1.0, tell_share=1.0, leak_share=1.0)
    assert (column(rows, "printed") >= 0).all()


def test_reports_come_as_late_as_people_get_out_and_outlets_hear() -> None:
    rows = set_ups(leak_weeks=1.0, outlet_weeks=1.0, release_weeks=4.0, learn_weeks=1.0)
    printed, week = column(rows, "printed"), column(rows, "week")
    assert median(printed[printed >= 0] - week[printed >= 0]) < 6


# --- 5: the border --------------------------------------------------------------------------

NO_TIGHTENING = {"price_per_tightness": 0.0, "patrol_per_tightness": 0.0}


def tightened(**change: Any) -> tuple[dict[str, float], dict[str, float]]:
    made = []
    for tight in (1.0, 2.0):
        found = [outcomes.outcome(run(seed, tight, **change)).values for seed in SEEDS]
        made.append({name: median(one[name] for one in found) for name in outcomes.OUTCOMES})
    return made[0], made[1]


def test_a_tighter_border_raises_the_price_lowers_crossings_and_raises_the_manufactured_share() -> None:
    loose, tight = tightened()
    assert tight["price"] > 1.5 * loose["price"]
    assert tight["escaped"] < 0.5 * loose["escaped"]
    assert tight["manufactured_share"] > 2 * loose["manufactured_share"]


def test_tightening_that_reaches_neither_brokers_nor_guards_does_nothing() -> None:
    loose, tight = tightened(**NO_TIGHTENING)
    assert tight == loose


# --- 6: recurrence and warnings -------------------------------------------------------------

WARNED = (("warning_after", 1.0), ("warning_reach", 0.9))


def test_set_ups_recur_every_year_in_a_stable_system() -> None:
    years = np.array([outcomes.outcome(run(seed)).yearly["set_ups"] for seed in SEEDS])
    assert (years[:, 1:] > 0).mean() > 0.95


def test_without_quotas_there_are_none() -> None:
    assert max(measured(("quota", 0.0))["set_ups"]) == 0


def test_warnings_that_reach_households_spare_victims_at_a_cost_in_escapes() -> None:
    assert ratio("set_up_persons", *WARNED) < 0.9
    assert ratio("escaped", *WARNED) < 0.95
    assert median(measured(*WARNED)["warnings"]) > 1


def test_warnings_that_reach_households_lower_their_trust_in_brokers() -> None:
    pairs = zip(measured(*WARNED)["trusted_share"], measured()["trusted_share"], strict=True)
    assert median(a - b for a, b in pairs) < -0.03


def test_warnings_that_nobody_hears_change_nothing() -> None:
    unheard = measured(("warning_after", 1.0), ("warning_reach", 0.0))
    for name, values in measured().items():
        if name != "warnings":
            assert unheard[name] == pytest.approx(values, nan_ok=True), name


# --- calibration ----------------------------------------------------------------------------


def test_yearly_arrivals_follow_the_published_series() -> None:
    years = len(SPEC.arrivals) + 2
    scale = SPEC.scale.model_copy(update={"years": years})
    tight = calendar.tightness(SPEC, years, 2007, None)
    made = [
        outcomes.outcome(engine.play(SPEC, SPEC.rates(), seed=seed, scale=scale, tight=tight, room=100_000)).yearly
        for seed in range(2)
    ]
    simulated = np.mean([one["arrived"][2:] for one in made], axis=0)
    published = np.array([SPEC.arrivals[year] for year in range(2009, 2024)])
    misfit = np.log(simulated) - np.log(published)
    assert math.sqrt(np.mean(misfit**2)) < 0.3
    assert np.corrcoef(np.log(simulated), np.log(published))[0, 1] > 0.95
