"""The rules of the society, one by one, and what must hold in a world whatever its numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.packs import PackError, alert_rules
from secondsource.packs.load import folder_of
from secondsource.world import brokers, calendar, engine, hearing, officers, outcomes, parameters, record, society
from secondsource.world.parameters import as_record

SPEC = parameters.load()
USUAL: dict[str, Any] = {
    "seen": 0.25, "lines": 85.0, "made": 0.0, "cost": 45.0, "success": 0.5, "reports": 0, "pressed": 0, "inspected": 0,
    "left": 3,
}  # fmt: skip


def payoffs(**change: float) -> tuple[float, float, float]:
    return officers.payoffs(as_record(SPEC.rates()), *(USUAL | change).values())


# --- officers -------------------------------------------------------------------------------


def test_usually_tolerating_pays_best_and_manufacture_least() -> None:
    tolerate, arrest, manufacture = payoffs(left=12)
    assert tolerate > arrest > manufacture


@pytest.mark.parametrize(
    ("change", "which", "sign"),
    [
        ({"left": 0}, 1, 1),
        ({"pressed": 1}, 1, 1),
        ({"pressed": 1}, 2, 1),
        ({"reports": 5}, 2, -1),
        ({"cost": 60.0}, 2, -1),
        ({"success": 0.9}, 2, 1),
        ({"inspected": 1}, 0, -1),
        ({"made": 3.0}, 1, -1),
        ({"made": 3.0}, 2, -1),
        ({"seen": 1.0}, 0, 1),
    ],
)
def test_what_moves_a_payoff(change: dict[str, float], which: int, sign: int) -> None:
    assert sign * (payoffs(**change)[which] - payoffs()[which]) > 0


def test_without_a_quota_no_arrest_is_worth_anything() -> None:
    free = SPEC.rates({"quota": 0.0})
    assert officers.worth(as_record(free), 2.5, 0) == 0


@settings(deadline=None)
@given(st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=3), st.floats(0.2, 20.0))
def test_a_choice_follows_the_logit(values: list[float], temperature: float) -> None:
    a, b, c = values
    top = max(values)
    weights = np.exp((np.array(values) - top) / temperature)
    shares = weights / weights.sum()
    grid = (np.arange(2000) + 0.5) / 2000
    chosen = np.bincount([officers.choose(a, b, c, temperature, u) for u in grid], minlength=3) / 2000
    assert np.abs(chosen - shares).max() < 2e-3


# --- brokers, fear --------------------------------------------------------------------------


@settings(deadline=None)
@given(st.floats(0, 4), st.floats(0, 4))
def test_a_tighter_border_never_lowers_the_price_or_the_risk(a: float, b: float) -> None:
    p = as_record(SPEC.rates())
    low, high = sorted((a, b))
    assert brokers.price(p, low) <= brokers.price(p, high)
    assert brokers.catching(p, low, 0) <= brokers.catching(p, high, 0) <= brokers.catching(p, high, 1) <= 0.95


def test_fear_halves_in_its_halflife_and_adds_up() -> None:
    rates = SPEC.rates({"fear_halflife_weeks": 20.0})
    people = society.settle(SPEC, rates, 1, SPEC.scale.model_copy(update={"households": 100}))
    p = as_record(rates)
    hearing.frighten(p, people, 3, 10, 2.0)
    assert hearing.fear(p, people, 3, 30) == pytest.approx(1.0)
    hearing.frighten(p, people, 3, 30, 2.0)
    assert hearing.fear(p, people, 3, 50) == pytest.approx(1.5)
    assert hearing.fear(p, people, 4, 50) == 0


# --- the society ----------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(st.integers(12, 3000))
def test_everybody_has_a_county_a_broker_and_an_officer_of_it(households: int) -> None:
    made = society.settle(SPEC, SPEC.rates(), 5, SPEC.scale.model_copy(update={"households": households}))
    houses = made.houses
    assert households <= len(houses) <= households + len(SPEC.counties)
    assert (made.officers["county"][houses["officer"]] == houses["county"]).all()
    county = made.counties[houses["county"]]
    assert ((county["first_broker"] <= houses["broker"]) & (houses["broker"] < county["end_broker"])).all()
    assert (made.brokers["first_house"] < made.brokers["end_house"]).all()
    assert set(np.unique(houses["size"])) <= {1, 2, 3, 4}


def test_the_history_of_the_border_is_that_of_the_file() -> None:
    tight = calendar.tightness(SPEC, 17, 2007, None)
    by_year = dict(zip(range(2007, 2024), tight[:: calendar.WEEKS], strict=True))
    assert by_year[2007] == by_year[2011] == 0 and by_year[2012] == by_year[2019] == 1
    assert by_year[2020] > by_year[2023] > 1


# --- whatever the numbers -------------------------------------------------------------------

SIZE = SPEC.scale.model_copy(update={"households": 1200, "years": 3})


@st.composite
def changes(draw: st.DrawFn) -> dict[str, float]:
    some = draw(st.lists(st.sampled_from(SPEC.parameters), max_size=12, unique_by=lambda p: p.code))
    return {p.code: draw(st.floats(p.low, p.high)) for p in some}


@settings(max_examples=60, deadline=None)
@given(changes(), st.integers(0, 1000), st.floats(0, 3))
def test_whoever_sets_out_escapes_or_is_arrested_and_nobody_is_lost(
    change: dict[str, float], seed: int, tight: float
) -> None:
    level = calendar.tightness(SPEC, SIZE.years, None, tight)
    run = engine.play(SPEC, SPEC.rates(change), seed=seed, scale=SIZE, tight=level, room=10_000)
    total = dict(zip(record.COUNTS, run.record.counts[:, :, : len(level)].sum(axis=(1, 2)).tolist(), strict=True))
    assert total["attempts"] == total["escaped"] + total["by_patrol"] + total["by_officer"] + total["betrayed"]
    assert total["invited"] >= total["set_ups"] + total["seen_through"] + total["spared"] + total["refused"]
    assert total["reported"] <= total["set_ups"] and total["learnt"] <= total["set_ups"]
    officers_weeks = total["tolerating"] + total["arresting"] + total["manufacturing"]
    assert officers_weeks == len(level) * len(society.settle(SPEC, run.rates, seed, SIZE).officers)
    events = run.record.events[: run.record.total[0]]
    lured = events[events[:, record.COLUMNS.index("kind")] == record.LURED]
    assert len(lured) == total["set_ups"]
    assert lured[:, record.COLUMNS.index("persons")].sum() == total["set_up"]
    values = outcomes.outcome(run).values
    assert all(math.isnan(v) or v >= 0 for name, v in values.items() if name != "alert_delay")
    assert all(not values[n] > 1 for n in outcomes.OUTCOMES if n.endswith("_share") or n.startswith("share_"))


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("code", [p.code for p in SPEC.parameters])
def test_every_number_can_stand_at_the_ends_of_its_range(code: str, end: str) -> None:
    rates = SPEC.rates({code: getattr(SPEC.parameter(code), end)})
    level = calendar.tightness(SPEC, 2, None, None)
    size = SIZE.model_copy(update={"years": 2, "households": 300})
    assert (
        outcomes.outcome(engine.play(SPEC, rates, seed=1, scale=size, tight=level, room=2000)).values["attempts"] >= 0
    )


@pytest.mark.parametrize("household_years", [(100, 20), (5000, 2)])
def test_arrests_that_were_not_kept_are_noticed(household_years: tuple[int, int]) -> None:
    households, years = household_years
    size = SPEC.scale.model_copy(update={"households": households, "years": years})
    run = engine.play(SPEC, SPEC.rates(), seed=1, scale=size, tight=calendar.tightness(SPEC, years, None, None), room=3)
    with pytest.raises(ValueError, match="only 3 were kept"):
        outcomes.outcome(run)


# --- the file -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("code: quota,", "code: quotas,", "quotas"),
        ("default: 3.0, low: 0.0, high: 10.0", "default: 30.0, low: 0.0, high: 10.0", "quota: 30 is not between"),
        ("share: 0.16", "share: 0", "share"),
        ("river: kp-tumen-river, share: 0.12", "river: kp-han, share: 0.12", "twelve seasons"),
    ],
)
def test_a_faulty_world_is_named_with_its_fault(tmp_path: Any, old: str, new: str, says: str) -> None:
    text = (folder_of("nk_border") / "world.yaml").read_text()
    assert old in text
    (tmp_path / "pack.yaml").write_text("name: own\nversion: 1\n")
    (tmp_path / "world.yaml").write_text(text.replace(old, new, 1))
    (tmp_path / "alerts.yaml").write_text((folder_of("nk_border") / "alerts.yaml").read_text())
    with pytest.raises(PackError, match=says):
        parameters.load(tmp_path)


def test_a_world_needs_a_rule_for_its_alert(tmp_path: Any) -> None:
    (tmp_path / "pack.yaml").write_text("name: own\nversion: 1\n")
    (tmp_path / "world.yaml").write_text((folder_of("nk_border") / "world.yaml").read_text())
    with pytest.raises(PackError, match="no rule"):
        parameters.load(tmp_path)


def test_the_alert_of_the_world_is_the_one_of_the_pack() -> None:
    (rule,) = alert_rules("nk_border")
    rates = parameters.load().rates()
    assert (rates.alert_after, rates.alert_within_weeks) == (rule.enough, round(rule.within_days / 7))


# Weeks in which a set-up becomes known, and those of twenty in which an alert stands (two within four weeks, for five).
@pytest.mark.parametrize(
    ("known", "standing"),
    [
        ([3], []),
        ([3, 7], []),
        ([3, 6], [7, 8, 9, 10, 11]),
        ([3, 3], [4, 5, 6, 7, 8]),
        ([3, 6, 10], [7, 8, 9, 10, 11, 12, 13, 14, 15]),
        ([3, 6, 12], [7, 8, 9, 10, 11]),
    ],
)
def test_an_alert_stands_where_enough_set_ups_became_known_and_lapses(known: list[int], standing: list[int]) -> None:
    from secondsource.world import seeing

    spec = parameters.load()
    rates = spec.rates({"alert_within_weeks": 4, "alert_lasts_weeks": 5})
    scale = spec.scale.model_copy(update={"households": 600})
    people, left = society.settle(spec, rates, 1, scale), record.blank(len(spec.counties), 20, 0)
    for week in known:
        left.counts[record.REPORTED, 2, week] += 1
        left.counts[record.REPORTS, 2, week] += 9
    for week in range(20):
        seeing.alert(parameters.as_record(rates), people, left, week)
    assert np.flatnonzero(left.counts[record.ALERT, 2]).tolist() == standing
    assert left.counts[record.ALERT].sum() == len(standing)
