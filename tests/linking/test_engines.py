"""One specification, several engines, the same links; and report by report the same as all at once."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource import linking, packs
from secondsource.linking import Collection, Description, engines
from secondsource.linking.accounts import thirds
from secondsource.linking.collection import Pairs, memory
from secondsource.linking.describe import days, gap
from secondsource.linking.rarity import EXACT, counted
from secondsource.pipeline import Book
from secondsource.world.descriptions import descriptions

PACK = packs.load("nk_border")


def described(row: dict[str, Any]) -> Description:
    places = frozenset(row["places"])
    when = row["when"]
    return Description(
        id=row["id"],
        report=row["report"],
        language=row["language"],
        when=days(when),
        edtf=when,
        sure=True,
        thirds=frozenset(thirds(when) if when else ()),
        mentioned=frozenset(thirds(when) if when else ()),
        places=places,
        towns=frozenset(d.removeprefix("place:") for d in row["details"] if d.startswith("place:")),
        around=frozenset(q for p in places for q in PACK.within(p) if PACK.places[q].kind != "country"),
        vague=not places,
        spot=next((linking.spot(PACK.places[p]) for p in sorted(places)), None),
        acts=frozenset(row["acts"]),
        perpetrators=frozenset(row["perpetrators"]),
        relations=frozenset(row["relations"]),
        sums=frozenset(row["sums"]),
        low=row["low"],
        high=row["high"],
        age_low=row["age_low"],
        age_high=row["age_high"],
        details=tuple(sorted(row["details"])),
        words=row["words"],
    )


@pytest.fixture(scope="module")
def generated() -> list[Description]:
    return [described(row) for row in descriptions(PACK, incidents=110, seed=3)]


@pytest.fixture(scope="module")
def samples(demo: Book) -> list[Description]:
    reports = {r.id: r for r in demo.reports()}
    accounts = [a for one in demo.readings() for a in linking.accounts(one, PACK)]
    return linking.descriptions(accounts, reports, PACK)[:24]


def same(found: Pairs, wanted: Pairs) -> bool:
    return found.keys() == wanted.keys() and all(abs(found[p] - w) < 1e-9 for p, w in wanted.items())


@pytest.mark.parametrize("which", ["generated", "samples"])
def test_splink_on_duckdb_weighs_every_pair_as_this_process_does(which: str, request: pytest.FixtureRequest) -> None:
    rows = request.getfixturevalue(which)
    here, there = Collection(PACK, rows, memory), Collection(PACK, rows, engines.duck)
    assert same(there.pairs, here.pairs) and len(here.pairs) > 10
    assert there.groups({}) == here.groups({})


def test_the_database_is_closed_to_the_world(tmp_path: Any) -> None:
    with engines.duck_api() as api:
        found = dict(
            api.duckdb_con.execute(
                "select name, value from duckdb_settings() where name in "
                "('temp_directory', 'autoinstall_known_extensions', 'autoload_known_extensions')"
            ).fetchall()
        )
    assert found["temp_directory"] in {"", None}
    assert {found["autoinstall_known_extensions"], found["autoload_known_extensions"]} == {"false"}


QUICK = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
"""For a table of a few rows, compiling takes longer than anything else."""


@pytest.mark.spark
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
@pytest.mark.enable_socket
@pytest.mark.filterwarnings("ignore")
def test_splink_on_spark_finds_the_same_links(samples: list[Description]) -> None:
    pytest.importorskip("pyspark")
    engines.spark_session(QUICK)
    try:
        there = Collection(PACK, samples, engines.spark)
    finally:
        engines.spark_session().stop()
    assert same(there.pairs, Collection(PACK, samples, memory).pairs)


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(ValueError, match="no engine 'oracle'"):
        engines.named("oracle")


# --- report by report


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_adding_in_any_order_and_in_any_steps_gives_what_linking_all_at_once_gives(
    generated: list[Description], data: st.DataObject
) -> None:
    rows = data.draw(st.permutations(generated[:40]))
    grown = Collection(PACK, rows[:5])
    start = 5
    while start < len(rows):
        end = start + data.draw(st.integers(1, 20))
        grown.add(rows[start:end])
        grown.groups({})
        start = end
    whole = Collection(PACK, rows)
    assert same(grown.pairs, whole.pairs)
    assert grown.groups({}) == whole.groups({})


def test_beyond_the_counted_beginning_only_the_new_is_compared(
    generated: list[Description], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secondsource.linking.rarity.EXACT", 100)
    runs: list[int] = []

    def counting(rows: Any, keys: Any, scorer: Any, floor: float) -> Pairs:
        runs.append(len(rows))
        return memory(rows, keys, scorer, floor)

    start = counted(160)
    assert counted(start + 25) == start
    grown = Collection(PACK, generated[:start], counting)
    for n in range(start, start + 25, 5):
        grown.add(generated[n : n + 5])
    assert runs == [start]
    whole = Collection(PACK, generated[: start + 25])
    assert same(grown.pairs, whole.pairs) and grown.groups({}) == whole.groups({})


@given(st.integers(0, 10**7))
def test_rarity_is_counted_over_nearly_all_and_moves_in_few_steps(accounts: int) -> None:
    found = counted(accounts)
    assert accounts * 0.75 <= found <= accounts
    if accounts > EXACT:
        assert bin(found).count("1") <= 3


# --- dates


DAY = st.dates(date(1901, 1, 1), date(2099, 1, 1))


@settings(max_examples=50, deadline=None)
@given(DAY, DAY, st.integers(0, 400), st.integers(0, 400))
def test_days_between_dates_are_the_same_from_either_side(a: Any, b: Any, long: int, wide: int) -> None:
    x, y = days(f"{a}/{a + timedelta(days=long)}"), days(f"{b}/{b + timedelta(days=wide)}")
    assert x and y and gap(x, y) == gap(y, x) >= 0


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("XXXX-12-30", "2019-01-02", 3),
        ("XXXX-12-30", "XXXX-01-02", 3),
        ("XXXX-06-15", "2018", 0),
        ("XXXX-11-21/XXXX-11-30", "2018-12-05", 5),
        ("2018-11-25", "2017-11-25", 365),
    ],
)
def test_a_date_without_a_year_is_compared_round_the_year(a: str, b: str, apart: int) -> None:
    x, y = days(a), days(b)
    assert x and y and gap(x, y) == apart
