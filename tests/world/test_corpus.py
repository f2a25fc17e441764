"""Reports of a society tell what happened there, no earlier and through nobody else than it was let out."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from secondsource import packs, scripts
from secondsource.cli.app import app
from secondsource.world import World, corpus, generate_society, outcomes, parameters, record, scenarios

PACK = packs.load("nk_border")
SPEC = parameters.load()
CASES = 120


@pytest.fixture(scope="module")
def made() -> World:
    return generate_society(PACK, "baseline", cases=CASES, seed=5, years=6)


def test_the_same_seed_gives_the_same_reports(made: World) -> None:
    again = generate_society(PACK, "baseline", cases=CASES, seed=5, years=6)
    assert json.dumps([again.reports, again.labels, again.truth]) == json.dumps([made.reports, made.labels, made.truth])


def test_most_of_what_happens_is_never_told(made: World) -> None:
    told = [row for row in made.truth if row["reports"]]
    assert len(told) == CASES
    assert len(made.truth) > 3 * CASES
    assert {row["id"] for row in made.labels} == {r["id"] for row in told for r in row["reports"]}


def test_cases_are_told_after_they_happened_and_in_the_counties_of_the_world(made: World) -> None:
    published = {row["id"]: row["published"] for row in made.reports}
    played = {code for some in SPEC.telling.scripts.values() for code in some}
    for row in made.truth:
        if row["script"] in played:
            assert row["place"] in {c.place for c in SPEC.counties}
        for report in row["reports"]:
            days = {step["step"]: step["day"] for step in row["steps"]}
            assert max(days[code] for code in report["told"]) <= published[report["id"]]


def test_kinds_of_arrest_are_played_by_their_scripts() -> None:
    known = scripts.load(PACK)
    assert set(SPEC.telling.scripts) == set(record.KINDS)
    assert {code for some in SPEC.telling.scripts.values() for code in some} <= set(known)
    found = corpus.events(SPEC, scenarios.load("baseline"), seed=5, years=6)
    every = corpus.with_others(SPEC, found, seed=5)
    assert Counter(e.kind for e in every if e.kind) == Counter(e.kind for e in found)
    assert all(e.script in SPEC.telling.scripts[e.kind] for e in found if e.kind)
    told = [e for e in every if e.printed >= 0]
    assert sum(e.kind is None for e in told) / len(told) == pytest.approx(SPEC.telling.others, abs=0.02)


def test_a_case_has_as_many_people_and_the_week_that_the_society_says() -> None:
    import numpy as np

    found = [e for e in corpus.events(SPEC, scenarios.load("baseline"), seed=5, years=6) if e.printed >= 0]
    for number, event in enumerate(found[:60]):
        case, seen = corpus.case(PACK, SPEC, event, number, np.random.default_rng(number))
        assert len(case.ages) == event.persons
        assert 0 <= (case.lead_day - corpus.monday(SPEC, event.week)).days < 7
        assert seen is not None and seen.published > case.lead_day
        assert seen.role in case.script.roles


def test_a_set_up_comes_out_through_the_family_or_those_who_held_it() -> None:
    import numpy as np

    one = scenarios.load("baseline").model_copy(update={"change": {"inspections_per_year": 3.0}})
    lured = [e for e in corpus.events(SPEC, one, seed=5, years=6) if e.kind == "set_up" and e.printed >= 0]
    roles = {record.FAMILY: {"family"}, record.HOLDER: {"officer", "interrogator", "arrest_team"}}
    assert {e.via for e in lured} == set(roles)
    for number, event in enumerate(lured):
        _, seen = corpus.case(PACK, SPEC, event, number, np.random.default_rng(number))
        assert seen is not None and seen.role in roles[event.via]


# --- the commands ---------------------------------------------------------------------------

SMALL = ["--seeds", "3", "--years", "2", "--households", "600", "--json"]


def asked(*arguments: str | Path) -> Any:
    done = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert done.exit_code == 0
    return json.loads(done.stdout)


def test_run_gives_medians_with_intervals() -> None:
    found = asked("world", "run", *SMALL)
    assert set(found["outcomes"]) == set(outcomes.OUTCOMES)
    escaped = found["outcomes"]["escaped"]
    assert escaped["low"] <= escaped["median"] <= escaped["high"] and escaped["n"] == 3
    assert len(found["yearly"]["escaped"]) == 2


def test_compare_pairs_the_seeds_and_keeps_its_chunks(tmp_path: Path) -> None:
    found = asked("world", "compare", "quotas_removed", *SMALL, "--out", tmp_path)
    assert found["differences"]["quotas_removed"]["set_ups"]["high"] <= 0
    kept = {path.name for path in tmp_path.iterdir()}
    assert asked("world", "compare", "quotas_removed", *SMALL, "--out", tmp_path) == found
    assert {path.name for path in tmp_path.iterdir()} == kept and len(kept) == 2


def test_sweep_ranks_the_numbers() -> None:
    options = ["--parameter", "wish_rate", "--parameter", "learn_weeks", "--outcome", "escaped", "--samples", "3"]
    found = asked("world", "sweep", *options, *SMALL)
    assert [row["parameter"] for row in found["outcomes"]["escaped"]] == ["wish_rate", "learn_weeks"]


def test_a_number_of_the_world_can_be_set() -> None:
    assert asked("world", "run", *SMALL, "--set", "wish_rate=0.05")["outcomes"]["escaped"]["median"] < 60


@pytest.mark.parametrize("wrong", [["--set", "quota"], ["--set", "nothing=1"], ["--scenario", "nowhere"]])
def test_what_is_not_there_is_refused(wrong: list[str]) -> None:
    with pytest.raises(ValueError, match=r"quota|nothing|nowhere"):
        CliRunner().invoke(app, ["world", "run", *SMALL, *wrong], catch_exceptions=False)


def test_the_scenarios_are_listed() -> None:
    assert [row["code"] for row in asked("world", "scenarios", "--json")] == scenarios.names()


def test_reports_are_written_with_their_labels_and_the_truth(tmp_path: Path) -> None:
    found = asked("world", "reports", "--out", tmp_path, "--cases", "8", "--seed", "7", "--json")
    rows = {name: (tmp_path / f"{name}.jsonl").read_text().splitlines() for name in ("reports", "labels", "truth")}
    assert len(rows["reports"]) == len(rows["labels"]) == found["reports"] >= 8
    assert len(rows["truth"]) == found["cases"] > 8
    assert all(date.fromisoformat(json.loads(row)["published"]) for row in rows["reports"])
