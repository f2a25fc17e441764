"""Linking at scale, on generated incident descriptions of which the truth is known.

    python bench/linking.py [--no-plain] [ACCOUNTS ...]    10,000 and 100,000 if none are given; 1000000 takes minutes
    python bench/linking.py --ecb TRAIN TEST    ECB+: general news, `general` pack, beside TF-IDF and average linkage

For each size: time and memory of linking all, of adding 100 reports to what is linked, pairwise precision, recall
and F1 against the truth, and beside it, on the same table, what Splink's own plain recipe makes of it (exact and
array comparisons, its estimation of u by random pairs and of m by expectation maximisation, connected components).
Where its blocks hold more pairs than can be compared here, that is said instead; `--no-plain` leaves it out.
"""

from __future__ import annotations

import itertools
import math
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from secondsource import linking, packs
from secondsource.evaluation import load_jsonl
from secondsource.linking import Description, engines
from secondsource.linking.accounts import thirds
from secondsource.linking.describe import days
from secondsource.linking.stories import average_linkage, stories
from secondsource.packs import Pack
from secondsource.world.descriptions import descriptions

SIZES = (10_000, 100_000)
SEED = 5
ADDED = 100
PER_INCIDENT = 1.95
PLAIN_MOST = 200_000_000
"""Pairs in blocks up to which the plain recipe is run: beyond, they would take hours, or more memory than there is."""
PLAIN_RULES = (("when_", "place"), ("sum_", "place"), ("when_", "act"), ("sum_", "when_"))
PLAIN_TRAINING = (("when_", "place"), ("sum_",))
T = TypeVar("T")


_SEEN: dict[Any, Any] = {}


def _once(value: T) -> T:
    """One object for all equal ones, as there would be of codes that come out of one pack."""
    found: T = _SEEN.setdefault(value, value)
    return found


def described(row: dict[str, Any], pack: Pack) -> Description:
    """A generated row as it would come out of reading."""
    places = _once(frozenset(row["places"]))
    spots = [p for p in sorted(places) if pack.places[p].lat is not None]
    mentioned = {d.removeprefix("time:") for d in row["details"] if d.startswith("time:")}
    return Description(
        id=row["id"],
        report=row["report"],
        language=row["language"],
        when=days(row["when"]),
        edtf=row["when"],
        sure=True,
        thirds=_once(frozenset(thirds(row["when"]) if row["when"] else ())),
        mentioned=_once(frozenset(third for when in mentioned for third in thirds(when))),
        places=places,
        towns=_once(frozenset(d.removeprefix("place:") for d in row["details"] if d.startswith("place:"))),
        around=_once(frozenset(q for p in places for q in pack.within(p) if pack.places[q].kind != "country")),
        vague=not places,
        spot=linking.spot(pack.places[spots[0]]) if spots else None,
        acts=_once(frozenset(map(_once, row["acts"]))),
        perpetrators=_once(frozenset(row["perpetrators"])),
        relations=_once(frozenset(row["relations"])),
        sums=_once(frozenset(map(_once, row["sums"]))),
        low=row["low"],
        high=row["high"],
        age_low=row["age_low"],
        age_high=row["age_high"],
        words={_once(word): n for word, n in row["words"].items()},
        details=tuple(map(_once, sorted(row["details"]))),
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
    found = work()
    return found, time.perf_counter() - start


def memory() -> float:
    """The most that this process has held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def measure(accounts: int, pack: Pack, *, beside: bool = True) -> float:
    """Prints what was measured. Microseconds of processor for each n log2 n."""
    (told, truth), made = timed(lambda: generate(accounts, pack))
    first, later = told[:accounts], told[accounts:]
    print(f"\n{accounts:,} accounts of {len(set(truth)):,} incidents (generated in {made:.0f} s)", flush=True)
    before = time.process_time()
    collection, compared = timed(lambda: linking.Collection(pack, first, engines.auto))
    groups, grouped = timed(partial(collection.groups, {}))
    p, r, f1 = pairwise(groups, truth[:accounts])
    whole, busy = compared + grouped, time.process_time() - before
    each = 1e6 * busy / (accounts * math.log2(accounts))
    print(f"  linked in {whole:.1f} s ({compared:.1f} comparing, {grouped:.1f} grouping), {memory():.2f} GB")
    print(f"  {busy:.0f} s of processor: {each:.1f} µs for each n log2 n; left out: {collection.left_out}")
    print(f"  pairs: precision {p:.3f}, recall {r:.3f}, F1 {f1:.3f}", flush=True)
    before = time.process_time()
    _, added = timed(partial(_add, collection, later))
    print(f"  {len(later)} more reports in {added:.2f} s ({time.process_time() - before:.2f} of processor)", flush=True)
    if beside:
        plain(first, truth[:accounts])
    return each


def _add(collection: linking.Collection, later: Sequence[Description]) -> list[list[int]]:
    collection.add(later)
    return collection.groups({})


def plain(told: Sequence[Description], truth: Sequence[int]) -> None:
    """Splink as its own documentation would have it set up by somebody who does not know the field."""
    table = _plain_table(told)
    pairs = _in_blocks(table)
    if pairs > PLAIN_MOST:
        print(
            f"  Splink's plain recipe: not run; its blocks hold {pairs:,} pairs, more than {PLAIN_MOST:,}", flush=True
        )
        return
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on

    def run() -> list[list[int]]:
        with engines.duck_api() as api:
            settings = SettingsCreator(
                link_type="dedupe_only",
                blocking_rules_to_generate_predictions=[block_on(*columns) for columns in PLAIN_RULES],
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
            linker = Linker(api.register(table), settings, log_level=None)
            train = linker.training
            train.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
            for columns in PLAIN_TRAINING:
                train.estimate_parameters_using_expectation_maximisation(block_on(*columns))
            predictions = linker.inference.predict(threshold_match_probability=0.5)
            clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, 0.5)
            found: dict[Any, list[int]] = {}
            sql = f"select cluster_id, unique_id from {clusters.physical_name}"
            for cluster, number in api.duckdb_con.sql(sql).fetchall():
                found.setdefault(cluster, []).append(number)
            return list(found.values())

    try:
        groups, seconds = timed(run)
    except ValueError as error:
        print(f"  Splink's plain recipe: it could not estimate ({error})", flush=True)
        return
    p, r, f1 = pairwise(groups, truth)
    print(f"  Splink's plain recipe: {seconds:.1f} s; precision {p:.3f}, recall {r:.3f}, F1 {f1:.3f}", flush=True)


def _in_blocks(table: Any) -> int:
    """Pairs that the plain recipe's rules and training bring together, those of several rules counted in each."""
    found = 0
    for columns in {*PLAIN_RULES, *PLAIN_TRAINING}:
        sizes = table.select(columns).drop_null().group_by(list(columns)).aggregate([([], "count_all")])["count_all"]
        found += sum(n * (n - 1) // 2 for n in sizes.to_pylist())
    return found


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


def ecb(train: Path, test: Path) -> None:
    """Documents of ECB+ (`text`, `incident_id`): reports grouped by text alone, beside TF-IDF of plain words with
    average linkage and the threshold that is best on `train`."""
    documents = load_jsonl(test)
    texts, truth = [d["text"] for d in documents], [d["incident_id"] for d in documents]
    for name, group in (("stories", stories), ("TF-IDF, average linkage", _baseline(train))):
        groups, seconds = timed(partial(group, texts))
        p, r, f1 = pairwise(groups, truth)
        cubed = b_cubed(groups, truth)
        print(f"{name}: B-cubed F1 {cubed:.3f}, pairs F1 {f1:.3f} (precision {p:.3f}, recall {r:.3f}), {seconds:.1f} s")


def _baseline(train: Path) -> Callable[[Sequence[str]], list[list[int]]]:
    documents = load_jsonl(train)
    truth = [document["incident_id"] for document in documents]
    likeness = _plain_likeness([document["text"] for document in documents])
    thresholds = [n / 100 for n in range(4, 50)]
    best = max(thresholds, key=lambda least: b_cubed(average_linkage(likeness, least), truth))
    return lambda texts: average_linkage(_plain_likeness(texts), best)


def _plain_likeness(texts: Sequence[str]) -> Any:
    import numpy as np

    bags = [Counter(re.findall(r"[^\W_]+", text.casefold())) for text in texts]
    held = Counter(word for bag in bags for word in bag)
    columns = {word: n for n, word in enumerate(held)}
    matrix = np.zeros((len(bags), len(columns)))
    for row, bag in enumerate(bags):
        for word, n in bag.items():
            matrix[row, columns[word]] = (1 + math.log(n)) * math.log(len(bags) / held[word])
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix @ matrix.T


def b_cubed(groups: Iterable[Sequence[int]], truth: Sequence[Any]) -> float:
    """F1 (Bagga and Baldwin 1998)."""
    real = Counter(truth)
    p = r = 0.0
    for group in groups:
        for name, n in Counter(truth[number] for number in group).items():
            p += n * n / len(group)
            r += n * n / real[name]
    return 2 * p * r / (p + r) / len(truth) if p + r else 0.0


def main() -> None:
    if sys.argv[1:2] == ["--ecb"]:
        ecb(*(Path(argument) for argument in sys.argv[2:4]))
        return
    pack, beside = packs.load("nk_border"), "--no-plain" not in sys.argv
    sizes = [int(a) for a in sys.argv[1:] if a != "--no-plain"] or SIZES
    each = [measure(accounts, pack, beside=beside) for accounts in sizes]
    for (small, before), (large, after) in itertools.pairwise(zip(sizes, each, strict=True)):
        print(f"\n{small:,} to {large:,}: processor time for each n log2 n grew {after / before:.2f} times")


if __name__ == "__main__":
    main()
