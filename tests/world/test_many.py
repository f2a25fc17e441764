"""Many runs: the same bits whoever plays them, nothing made twice, nothing half written; and chance by counter."""

from __future__ import annotations

import errno
import json
import multiprocessing
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.packs import PackError
from secondsource.world import chance, many, parameters, scenarios, sensitivity
from secondsource.world.scenarios import Scenario
from secondsource.world.summary import differences, spread, summarise

SPEC = parameters.load()
SMALL: dict[str, Any] = {"years": 2, "households": 600}
BASELINE = scenarios.load("baseline")


def work(seeds: int = 6, size: int = 2, **changes: float) -> list[many.Chunk]:
    return many.chunks(BASELINE, range(seeds), changes=changes, size=size, **SMALL)


def flat(work: list[many.Chunk], **how: Any) -> list[many.Row]:
    return [row for rows in many.play(work, **how) for row in rows]


# --- chance ---------------------------------------------------------------------------------

KEYS = st.integers(0, 2**63 - 1)


@given(KEYS, st.integers(1, 100), st.integers(0, 10**7), st.integers(0, 10**5))
def test_a_draw_lies_in_the_unit_interval_and_is_the_same_again(
    seed: int, purpose: int, entity: int, week: int
) -> None:
    drawn = chance.uniform(np.uint64(seed), purpose, entity, week)
    assert 0.0 <= drawn < 1.0
    assert drawn == chance.uniform(np.uint64(seed), purpose, entity, week)


@pytest.mark.parametrize("along", ["seed", "purpose", "entity", "week"])
def test_draws_are_even_and_know_nothing_of_their_neighbours(along: str) -> None:
    usual = {"seed": 7, "purpose": 3, "entity": 11, "week": 5}
    drawn = []
    for n in range(20_000):
        at = usual | {along: n}
        drawn.append(chance.uniform(np.uint64(at["seed"]), at["purpose"], at["entity"], at["week"]))
    found = np.array(drawn)
    assert abs(found.mean() - 0.5) < 0.01
    assert abs(np.histogram(found, 20, (0, 1))[0] / 1000 - 1).max() < 0.12
    assert abs(np.corrcoef(found[:-1], found[1:])[0, 1]) < 0.03


@pytest.mark.parametrize("mean", [1.0, 3.0, 30.0])
def test_delays_have_their_mean(mean: float) -> None:
    drawn = [chance.delay(np.uint64(1), 2, n, 3, mean) for n in range(20_000)]
    assert min(drawn) >= 1
    assert np.mean(drawn) == pytest.approx(mean, rel=0.05)


# --- parameters and scenarios ---------------------------------------------------------------


def test_every_scenario_of_the_pack_can_be_played() -> None:
    for name in scenarios.names():
        one = scenarios.load(name)
        assert one.code == name and one.label["en"] and one.label["ko"] and one.label["ja"]
        assert one.rates(SPEC) and one.scale(SPEC)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("code: x\nlabel: {en: X}\nchange: {quotas: 1}", "no such parameter"),
        ("code: x\nlabel: {en: X}\nchange: {quota: 99}", "not between 0 and 10"),
        ("code: x\nlabel: {en: X}\nyears: 1", "none is left"),
        ("code: x\nlabel: {en: X}\nhouseholds: 3", "too few"),
        ("code: x\nlabel: {en: X}\ninspections: [{place: kp-nampo, week: 3, weeks: 2}]", "no county"),
        ("code: x\nlabel: {en: X}\ntightness: 1\nhistory_from: 2009", "one or the other"),
        ("code: x\nlabel: {en: X}\ntightness: 50", "tightness: .* less than"),
        ("label: {en: X}", "x.yaml: code: it is missing"),
        ("code: x\nlabel: {en: X}\nwishes: 1", "x.yaml: wishes: there is no such setting"),
        ("- 1\n- 2", "code, label among them"),
        ("", "code, label among them"),
        ("code: [", "x.yaml"),
    ],
)
def test_a_faulty_scenario_is_named_with_its_fault(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text)
    with pytest.raises(ValueError, match=says) as refused:
        many.chunks(scenarios.load(path), range(1))
    assert "pydantic" not in str(refused.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PackError, match="no text"):
        scenarios.load(tmp_path / "x.yaml")


@pytest.mark.parametrize(
    ("name", "says"), [("quotas", "did you mean quota"), ("xyzzy", "lists them"), ("", "lists them")]
)
def test_an_unknown_parameter_is_answered_with_one_that_is_near(name: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        many.chunks(BASELINE, range(1), changes={name: 1.0})


def test_a_scenario_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(PackError, match="shared_secret"):
        scenarios.load("nothing")


# --- the same bits --------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_rows_whatever_the_chunks_and_processes() -> None:
    alone = flat(work())
    assert flat(work(size=5)) == alone
    assert flat(work(), workers=3) == alone


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=4, unique=True))
def test_a_seed_does_not_depend_on_its_company(seeds: list[int]) -> None:
    together = many.play_chunk(many.Chunk(BASELINE, tuple(seeds), **SMALL))
    assert together[-1] == many.play_chunk(many.Chunk(BASELINE, (seeds[-1],), **SMALL))[0]


def test_seeds_differ() -> None:
    a, b = flat(work(2))
    assert a["values"] != b["values"]


# --- resumable ------------------------------------------------------------------------------


def test_what_is_there_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = flat(work(), folder=tmp_path)
    assert len(list(tmp_path.iterdir())) == 3

    def refuse(_: many.Chunk) -> list[many.Row]:
        raise AssertionError("made again")

    monkeypatch.setattr(many, "play_chunk", refuse)
    assert flat(work(), folder=tmp_path) == first
    with pytest.raises(AssertionError, match="made again"):
        flat(work(quota=1.0), folder=tmp_path)


def test_a_failing_chunk_leaves_the_finished_ones_and_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = many.play_chunk

    def breaks(chunk: many.Chunk) -> list[many.Row]:
        if 4 in chunk.seeds:
            raise OSError("gone")
        return real(chunk)

    monkeypatch.setattr(many, "play_chunk", breaks)
    with pytest.raises(OSError, match="gone"):
        flat(work(), folder=tmp_path)
    monkeypatch.setattr(many, "play_chunk", real)
    assert len(list(tmp_path.glob("*.json"))) == 2
    assert flat(work(), folder=tmp_path) == flat(work())


@pytest.mark.parametrize("text", ["", "[", "[]", "{}", "3", '[{"seed": 0}]', '[{"seed": 9, "values": 1, "yearly": 1}]'])
def test_a_broken_file_is_made_again(tmp_path: Path, text: str) -> None:
    first = flat(work(2), folder=tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_text(text)
    assert flat(work(2), folder=tmp_path) == first == json.loads(path.read_text())


def test_a_full_disk_is_named_with_its_file_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left") as refused:
        flat(work(1), folder=tmp_path)
    assert str(refused.value.filename).startswith(str(tmp_path)) and list(tmp_path.iterdir()) == []


def test_processes_end_with_the_one_that_started_them() -> None:
    """A parent that is killed cannot tell them to."""
    program = (
        "import time; from secondsource.world import many\n"
        "import os; from concurrent.futures import ProcessPoolExecutor as Pool\n"
        "pool = Pool(1, initializer=many._end_with, initargs=(os.getpid(),))\n"
        "print(pool.submit(os.getpid).result(), flush=True); time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()


def play_on(folder: Path) -> None:
    for _ in many.play(many.chunks(BASELINE, range(4000), size=20, **SMALL), folder=folder):
        pass


def test_a_killed_sweep_goes_on_where_it_was(tmp_path: Path) -> None:
    flat(work(1))  # compiled before the fork
    process = multiprocessing.get_context("fork").Process(target=play_on, args=(tmp_path,))
    process.start()
    while len(list(tmp_path.glob("*.json"))) < 3 and process.is_alive():
        time.sleep(0.01)
    process.kill()
    process.join()
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.json")}
    assert 3 <= len(kept) < 200
    some = many.chunks(BASELINE, range(80), size=20, **SMALL)
    assert flat(some, folder=tmp_path) == flat(some)
    assert all(path.stat().st_mtime_ns == when for path, when in kept.items())


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_dask_cluster_gives_the_same_rows() -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
        protocol="tcp",
    ) as cluster:
        assert flat(work(), dask=cluster.scheduler_address) == flat(work())


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(many, "CONNECT_SECONDS", 1)
    with pytest.raises(ValueError, match=r"tcp://127\.0\.0\.1:1: no Dask scheduler"):
        flat(work(1), dask="tcp://127.0.0.1:1")


# --- what many say --------------------------------------------------------------------------


def test_a_spread_leaves_out_what_is_missing() -> None:
    assert tuple(spread([1.0, None, 3.0])) == pytest.approx((2.0, 1.1, 2.9, 2))
    assert tuple(spread([None])) == (None, None, None, 0)


def test_differences_are_taken_seed_by_seed() -> None:
    rows, others = flat(work()), flat(work(quota=0.0))
    found = differences(rows, others)
    assert found["set_ups"].high is not None and found["set_ups"].high <= 0
    assert differences(rows, rows)["escaped"] == (0.0, 0.0, 0.0, 6)
    assert summarise(rows)["escaped"].n == 6
    with pytest.raises(ValueError, match="same seeds"):
        differences(rows, others[:-1])


def test_scenarios_of_a_seed_share_their_luck() -> None:
    """A change that touches only set-ups leaves most of the rest as it was: differences are far narrower than seeds."""
    rows = flat(many.chunks(BASELINE, range(8), years=3, households=4000))
    others = flat(many.chunks(scenarios.load("shared_secret"), range(8), years=3, households=4000))
    paired, apart = differences(rows, others)["escaped"], summarise(rows)["escaped"]
    assert paired.high - paired.low < 0.3 * (apart.high - apart.low)  # type: ignore[operator]


@pytest.mark.parametrize(("method", "samples", "key"), [("morris", 6, "mu_star"), ("sobol", 8, "total")])
def test_sensitivity_finds_what_matters(method: sensitivity.Method, samples: int, key: str) -> None:
    names = ["quota_value", "outlet_weeks"]
    at = sensitivity.points(SPEC, names, method, samples, seed=1)
    rows = many.play(sensitivity.work(BASELINE, names, at, range(2), 2, 2000))
    means = sensitivity.means(rows, ["set_up_persons"])
    first, second = sensitivity.analyse(SPEC, names, method, at, means[:, 0], seed=1)
    assert first["parameter"] == "quota_value" and first[key] > 5 * abs(second[key])


def test_sensitivity_says_nothing_of_what_never_moves() -> None:
    assert sensitivity.analyse(SPEC, ["quota"], "morris", np.zeros((4, 1)), np.ones(4), seed=1) == []


def test_a_row_is_plain_json() -> None:
    rows = flat(work(1))
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows


def test_a_scenario_goes_through_json_unchanged() -> None:
    one = scenarios.load("border_history")
    assert Scenario.model_validate_json(one.model_dump_json()) == one


def test_there_is_room_for_every_arrest_in_the_harshest_world() -> None:
    harsh = {"wish_rate": 1.0, "patrol_catch": 0.4, "away_weeks": 26.0, "trust_mean": 3.0, "jail_weeks": 8.0}
    harsh |= {"wealth_median": 200.0, "quota": 10.0, "quota_value": 60.0, "manufacture_cost": 0.0}
    (row,) = many.play_chunk(many.Chunk(BASELINE, (1,), years=4, households=600, changes=harsh))
    assert row["values"]["arrested"] > 0.4 * 600
