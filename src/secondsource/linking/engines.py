"""Engines that compare many accounts: Splink (Linacre and others 2022), on DuckDB or on Spark.

They carry out the same specification as `compare.Scorer`: the same blocks, levels and weights, so they
find the same links. What differs is how much they can do at once.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from secondsource.linking.blocks import Key
from secondsource.linking.collection import Engine, Pairs, memory
from secondsource.linking.compare import Scorer
from secondsource.linking.levels import Limits, comparable, impossible, rules
from secondsource.linking.rows import Rows
from secondsource.linking.table import table
from secondsource.packs.model import Linking

if TYPE_CHECKING:
    from splink import DuckDBAPI, Linker

CLOSED: dict[str, str | bool | int | float | list[str]] = {
    # Nothing is fetched, and nothing is written: a temporary file would hold what reports tell in the clear.
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}
DUCKDB_FUNCTIONS = (
    "create macro ss_any(a, b) as list_has_any(a, b)",
    "create macro ss_both(a, b) as len(list_intersect(a, b))",
    "create macro ss_dot(a, b) as coalesce(list_sum(list_transform("
    "list_intersect(map_keys(a), map_keys(b)), lambda k: a[k] * b[k])), 0)",
)
SPARK_FUNCTIONS = (
    "create temporary function ss_any(a array<int>, b array<int>) returns boolean return arrays_overlap(a, b)",
    "create temporary function ss_both(a array<int>, b array<int>) returns int return size(array_intersect(a, b))",
    "create temporary function ss_dot(a map<int, double>, b map<int, double>) returns double return "
    "aggregate(array_intersect(map_keys(a), map_keys(b)), double(0), (sum, k) -> sum + a[k] * b[k])",
)
FEW = 600
"""Accounts up to which this process is faster than a database is made ready."""
AT_ONCE = 250_000
"""Accounts whose pairs are held at one time."""


class EngineError(RuntimeError):
    """An engine that cannot be used here. The message says what is missing."""


def auto(rows: Rows, keys: Sequence[Sequence[Key]], scorer: Scorer, floor: float) -> Pairs:
    """In this process, or on DuckDB where there are many."""
    return (memory if len(rows) <= FEW else duck)(rows, keys, scorer, floor)


def named(name: str) -> Engine:
    """`auto`, `memory`, `duckdb` or `spark`. ValueError for another."""
    known: dict[str, Engine] = {"auto": auto, "memory": memory, "duckdb": duck, "spark": spark}
    if name not in known:
        raise ValueError(f"no engine {name!r}: there are {', '.join(known)}")
    return known[name]


def settings(spec: Linking, prior: float) -> dict[str, Any]:
    """The specification in Splink's words. `prior`: probability that two accounts taken at random are one."""
    comparisons = []
    for rule in rules(spec):
        levels = spec.comparisons[rule.name]
        conditions = [(name, sql) for name, sql, _ in rule.cases] + [(rule.rest, "ELSE")]
        comparisons.append(
            {
                "output_column_name": rule.name,
                "comparison_levels": [
                    {
                        "sql_condition": sql,
                        "label_for_charts": name,
                        "m_probability": levels[name].same,
                        "u_probability": levels[name].other,
                    }
                    for name, sql in conditions
                ],
            }
        )
    return {
        "link_type": "dedupe_only",
        "probability_two_random_records_match": prior,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": f"l.keys = r.keys and {comparable(spec.limits)}", "arrays_to_explode": ["keys"]}
        ],
        "comparisons": comparisons,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


@contextmanager
def duck_api(threads: int | None = None) -> Iterator[DuckDBAPI]:
    """Splink on a DuckDB in memory that neither reads nor writes anything else."""
    import duckdb
    from splink import DuckDBAPI

    connection = duckdb.connect(":memory:", config=CLOSED | ({"threads": threads} if threads else {}))
    try:
        for sql in DUCKDB_FUNCTIONS:
            connection.execute(sql)
        yield DuckDBAPI(connection)
    finally:
        connection.close()


def duck(rows: Rows, keys: Sequence[Sequence[Key]], scorer: Scorer, floor: float) -> Pairs:
    """Compares on DuckDB."""
    with duck_api() as api:
        linker = _linker(api, table(rows, keys), scorer)
        chunks = 1 + len(rows) // AT_ONCE
        found: Pairs = {}
        for chunk in range(1, chunks + 1):
            frame = linker.inference.predict_chunk((chunk, chunks), (1, 1), threshold_match_weight=floor)
            columns = api.duckdb_con.sql(
                f"select unique_id_l, unique_id_r, match_weight from {frame.physical_name}"  # noqa: S608
            ).fetchnumpy()
            frame.drop_table_from_database_and_remove_from_cache()
            lefts, rights, weights = (columns[c].tolist() for c in ("unique_id_l", "unique_id_r", "match_weight"))
            found |= _pairs(rows, scorer.spec.limits, zip(lefts, rights, weights, strict=True), floor)
        return found


def spark(rows: Rows, keys: Sequence[Sequence[Key]], scorer: Scorer, floor: float) -> Pairs:
    """Compares on Spark: on the session that is running, else on a local one. EngineError without Spark or Java."""
    session = spark_session()
    from splink import SparkAPI

    for sql in SPARK_FUNCTIONS:
        session.sql(sql.replace("create temporary", "create or replace temporary"))
    api = SparkAPI(spark_session=session, break_lineage_method="persist", register_udfs_automatically=False)
    linker = _linker(api, session.createDataFrame(table(rows, keys)), scorer)
    frame = linker.inference.predict(threshold_match_weight=floor)
    columns = frame.as_spark_dataframe().select("unique_id_l", "unique_id_r", "match_weight").toArrow().to_pydict()
    named = (columns[name] for name in ("unique_id_l", "unique_id_r", "match_weight"))
    return _pairs(rows, scorer.spec.limits, zip(*named, strict=True), floor)


def spark_session(more: Mapping[str, str] | None = None) -> Any:
    """The running Spark session, or a local one on all cores, with `more` settings. EngineError where Spark or Java
    is missing."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineError("the engine spark needs the package pyspark (4 or later)") from None
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    if shutil.which("java") is None:
        raise EngineError("the engine spark needs Java (17 or later)")
    builder = SparkSession.builder
    for name, value in (more or {}).items():
        builder = builder.config(name, value)
    session = (
        builder.master("local[*]")
        .appName("secondsource")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        # What Spark shuffles over local disks is encrypted with a key that dies with the session.
        .config("spark.io.encryption.enabled", "true")
        .config("spark.sql.shuffle.partitions", "4")
        # All comparisons in one method are more than a JVM takes (64 KB): it would be compiled only to be thrown away.
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.warehouse.dir", str(Path(tempfile.gettempdir()) / "secondsource-spark"))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return session


def _linker(api: Any, data: Any, scorer: Scorer) -> Linker:
    from splink import Linker

    prior = 2.0**scorer.prior / (1 + 2.0**scorer.prior)
    # "Unknown" is a level with weights of its own here, which Splink warns of; nothing else is to hear from it.
    logging.getLogger("splink").setLevel(logging.ERROR)
    return Linker(api.register(data), settings(scorer.spec, prior), log_level=None, validate_settings=False)


def _pairs(rows: Rows, limits: Limits, found: Iterable[tuple[int, int, float]], floor: float) -> Pairs:
    pairs = {}
    for one, other, weight in found:
        a, b = min(one, other), max(one, other)
        if weight > floor and not impossible(rows.told[a], rows.told[b], limits):
            pairs[a, b] = weight
    return pairs
