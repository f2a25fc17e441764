"""Linking at scale, on generated incident descriptions of which the truth is known.

    python bench/linking.py [ACCOUNTS ...]      10,000 and 100,000 unless others are given; 1000000 takes minutes
    python bench/linking.py --ecb TRAIN TEST    ECB+: general news, `general` pack, beside TF-IDF and average linkage

For each size: time and memory of linking all, of adding 100 reports to what is linked, pairwise precision, recall
and F1 against the truth, and beside it, on the same table, what Splink's own plain recipe makes of it (exact and
array comparisons, its estimation of u by random pairs and of m by expectation maximisation, connected components).
"""

from __future__ import annotations

import math
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar

from secondsource import linking, packs
from secondsource.linking import Description, engines
from secondsource.linking.accounts import thirds
from secondsource.linking.describe import days
from secondsource.packs import Pack
from secondsource.world.descriptions import descriptions

SIZES = (10_000, 100_000)
SEED = 5
ADDED = 100
PER_INCIDENT = 1.95
T = TypeVar("T")


def described(row: dict[str, Any], pack: Pack) -> Description:
    """A generated row as it would come out of reading."""
    places = frozenset(row["places"])
    spots = [p for p in sorted(places) if pack.places[p].lat is not None]
    mentioned = {d.removeprefix("time:") for d in row["details"] if d.startswith("time:")}
    return Description(
        id=row["id"],
        report=row["report"],
        language=row["language"],
        when=days(row["when"]),
        edtf=row["when"],
        sure=True,
        thirds=frozenset(thirds(row["when"]) if row["when"] else ()),
        mentioned=frozenset(third for when in mentioned for third in thirds(when)),
        places=places,
        towns=frozenset(d.removeprefix("place:") for d in row["details"] if d.startswith("place:")),
        around=frozenset(q for p in places for q in pack.within(p) if pack.places[q].kind != "country"),
        vague=not places,
        spot=linking.spot(pack.places[spots[0]]) if spots else None,
        **{name: frozenset(row[name]) for name in ("acts", "perpetrators", "relations", "sums")},
        **{name: row[name] for name in ("low", "high", "age_low", "age_high", "words")},
        details=tuple(sorted(row["details"])),
    )


def generate(accounts: int, pack: Pack) -> tuple[list[Description], list[int]]:
    rows = islice(descriptions(pack, incidents=math.ceil(accounts / PER_INCIDENT) + 500, seed=SEED), accounts + ADDED)
    told, truth = [], []
    for row in rows:
        told.append(described(row, pack))
        truth.append(row["incident"])
    return told, truth


def pairwise(groups: Iterable[Sequence[int]], truth: Sequence[int]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs."""

    def pairs(counts: Iterable[int]) -> int:
        return sum(n * (n - 1) // 2 for n in counts)

    said = both = 0
    for group in groups:
        said += pairs([len(group)])
        both += pairs(Counter(truth[n] for n in group).values())
    real = pairs(Counter(truth).values())
    p, r = both / said if said else 1.0, both / real if real else 1.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def memory() -> float:
    """The most that this process has held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def measure(accounts: int, pack: Pack) -> None:
    (told, truth), made = timed(lambda: generate(accounts, pack))
    first, later = told[:accounts], told[accounts:]
    print(f"\n{accounts:,} accounts of {len(set(truth)):,} incidents (generated in {made:.0f} s)", flush=True)
    collection, compared = timed(lambda: linking.Collection(pack, first, engines.auto))
    groups, grouped = timed(lambda: collection.groups({}))
    p, r, f1 = pairwise(groups, truth[:accounts])
    whole = compared + grouped
    print(
        f"  linked in {whole:.1f} s ({compared:.1f} compared, {grouped:.1f} grouped), {memory():.2f} GB, "
        f"{1e6 * whole / (accounts * math.log2(accounts)):.2f} µs for each n log2 n, left out {collection.left_out}"
    )
    print(f"  pairs: precision {p:.3f}, recall {r:.3f}, F1 {f1:.3f}", flush=True)

    def add() -> list[list[int]]:
        collection.add(later)
        return collection.groups({})

    _, added = timed(add)
    print(f"  {len(later)} more reports in {added:.2f} s", flush=True)
    del collection
    plain(first, truth[:accounts])


def plain(told: Sequence[Description], truth: Sequence[int]) -> None:
    """Splink as its own documentation would have it set up by somebody who does not know the field."""
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on

    def run() -> list[list[int]]:
        with engines.duck_api() as api:
            settings = SettingsCreator(
                link_type="dedupe_only",
                blocking_rules_to_generate_predictions=[
                    block_on("when_", "place"),
                    block_on("sum_", "place"),
                    block_on("when_", "act"),
                    block_on("sum_", "when_"),
                ],
                comparisons=[
                    cl.ExactMatch("when_"),
                    cl.ExactMatch("place").configure(term_frequency_adjustments=True),
                    cl.ExactMatch("sum_").configure(term_frequency_adjustments=True),
                    cl.ExactMatch("count_"),
                    cl.ExactMatch("age"),
                    cl.ArrayIntersectAtSizes("acts", [4, 2, 1]),
                    cl.ArrayIntersectAtSizes("details", [6, 4, 2]),
                    cl.ArrayIntersectAtSizes("words", [8, 5, 3]),
                ],
                retain_matching_columns=False,
            )
            linker = Linker(api.register(_plain_table(told)), settings, log_level=None)
            train = linker.training
            train.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
            train.estimate_parameters_using_expectation_maximisation(block_on("when_", "place"))
            train.estimate_parameters_using_expectation_maximisation(block_on("sum_"))
            predictions = linker.inference.predict(threshold_match_probability=0.5)
            clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, 0.5)
            found: dict[Any, list[int]] = {}
            sql = f"select cluster_id, unique_id from {clusters.physical_name}"  # noqa: S608
            for cluster, number in api.duckdb_con.sql(sql).fetchall():
                found.setdefault(cluster, []).append(number)
            return list(found.values())

    groups, seconds = timed(run)
    p, r, f1 = pairwise(groups, truth)
    print(f"  Splink's plain recipe: {seconds:.1f} s; precision {p:.3f}, recall {r:.3f}, F1 {f1:.3f}", flush=True)


def _plain_table(told: Sequence[Description]) -> Any:
    import pyarrow as pa

    return pa.table(
        {
            "unique_id": list(range(len(told))),
            "when_": [row.edtf for row in told],
            "place": [min(row.places, default=None) for row in told],
            "sum_": [min(row.sums, default=None) for row in told],
            "act": [min(row.acts, default=None) for row in told],
            "count_": [row.low for row in told],
            "age": [row.age_low for row in told],
            "acts": [sorted(row.acts) for row in told],
            "details": [list(row.details) for row in told],
            "words": [sorted(row.words) for row in told],
        }
    )


def main() -> None:
    if sys.argv[1:2] == ["--ecb"]:
        raise SystemExit("later")
    pack = packs.load("nk_border")
    for accounts in [int(a) for a in sys.argv[1:]] or SIZES:
        measure(accounts, pack)


if __name__ == "__main__":
    main()
