"""The specification's probabilities, estimated on a collection: expectation maximisation by Splink on DuckDB.

`other` comes from pairs taken at random, `same` from EM over pairs that share a day, and that of the date from pairs
that share a town. How many pairs are of one incident, and
so the prior, is the sum of the probabilities that the likely ones have.
Pairs that a person linked are counted as they are. Estimates on few pairs are drawn towards the pack's own, as
if that many more had been seen, so that a small book moves them little and no level ever becomes impossible.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from secondsource.linking.blocks import Key
from secondsource.linking.collection import Collection, Judged
from secondsource.linking.compare import Scorer
from secondsource.linking.engines import duck_api, settings
from secondsource.linking.rows import Rows
from secondsource.linking.table import table
from secondsource.packs.model import Level, Linking

if TYPE_CHECKING:
    import pyarrow as pa

PRIOR_PAIRS = 40.0
"""Pairs of one incident that the pack's own probabilities count for."""
RANDOM_PAIRS, TRAINING_PAIRS = 2e6, 1e6
SMALLEST = 1e-5
SAME_DAY = "l.first = r.first and l.last = r.last and l.dated + r.dated = 2 and l.yearless + r.yearless = 0"
SAME_TOWN = "l.x = r.x and l.y = r.y and l.spotted + r.spotted = 2"
ITERATIONS = (50, 25, 8, 3)
"""Steps of EM: fewer are tried where there is too little for more."""
FEWEST = 50
"""Accounts below which there is nothing to estimate from."""

Shares = dict[str, dict[str, float]]
"""Comparison to level to probability."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """`spec`: the specification with its new probabilities. `pairs`: about how many pairs of one incident, found by
    EM, stand behind them; `linked`: how many that a person linked."""

    spec: Linking
    pairs: float
    linked: int


def estimate(collection: Collection, judged: Judged) -> Estimate:
    """ValueError where there are too few accounts."""
    scorer = collection.scorer
    rows, keys = _coded(collection)
    if len(rows) < FEWEST:
        raise ValueError(f"{len(rows)} accounts are too few to estimate from: it takes {FEWEST}")
    same, other = by_em(rows, keys, scorer)
    pairs = sum(1 / (1 + 2**-weight) for weight in collection.pairs.values())
    linked = [pair for pair, together in judged.items() if together and len(pair) == 2]
    known = {told.id: n for n, told in enumerate(rows.told)}
    counts = _counts(
        (scorer.levels(rows[known[a]], rows[known[b]]) for a, b in map(sorted, linked) if a in known and b in known),
    )
    spec = scorer.spec
    comparisons = {
        name: _levels(levels, same.get(name, {}), pairs, counts.get(name, {}), other.get(name, {}))
        for name, levels in spec.comparisons.items()
    }
    others = max(2 * pairs / len(rows), 0.01)
    return Estimate(
        spec.model_copy(update={"comparisons": comparisons, "others": round(others, 4)}), pairs, len(linked)
    )


def _coded(collection: Collection) -> tuple[Rows, Sequence[Sequence[Key]]]:
    """Those accounts that anything is coded of: of the others only the text can be compared."""
    told = collection.rows.told
    numbers = [n for n in range(len(told)) if told[n].coded]
    return Rows([told[n] for n in numbers], collection.scorer), [collection.keys[n] for n in numbers]


def by_em(rows: Rows, keys: Sequence[Sequence[Key]], scorer: Scorer) -> tuple[Shares, Shares]:
    """What Splink estimates: `same` and `other`. Levels that never occurred are missing."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    data = table(rows, keys)
    for iterations in ITERATIONS:
        try:
            return _shares(_trained(data, scorer, iterations))
        except ValueError:
            # With few pairs, some level's share shrinks at every step until it is no number that Splink takes.
            continue
    raise ValueError("these accounts do not tell enough to estimate from")


def _trained(data: pa.Table, scorer: Scorer, iterations: int) -> dict[str, Any]:
    """Splink's model: all but the date from pairs that share a day, then the date from pairs that share a town, the
    rest being held: a town's pairs are mostly of two incidents, and would teach little else."""
    from splink import Linker

    prior = 2.0**scorer.prior / (1 + 2.0**scorer.prior)
    model = settings(scorer.spec, prior) | {"max_iterations": iterations}
    with duck_api() as api:
        frame = api.register(data)
        linker = Linker(frame, model, log_level=None, validate_settings=False)
        # All pairs of the sample: those that are enough for a count of each level are of few accounts.
        linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=1, min_count_per_level=None)
        linker.training.estimate_parameters_using_expectation_maximisation(SAME_DAY, max_pairs=TRAINING_PAIRS)
        held = linker.misc.save_model_to_json()
        for comparison in held["comparisons"]:
            for level in comparison["comparison_levels"]:
                level["fix_m_probability"] = comparison["output_column_name"] != "when"
        linker = Linker(frame, held, log_level=None, validate_settings=False)
        linker.training.estimate_parameters_using_expectation_maximisation(SAME_TOWN, max_pairs=TRAINING_PAIRS)
        trained: dict[str, Any] = linker.misc.save_model_to_json()
        return trained


def _shares(model: Mapping[str, Any]) -> tuple[Shares, Shares]:
    same: Shares = {}
    other: Shares = {}
    for comparison in model["comparisons"]:
        name = comparison["output_column_name"]
        for level in comparison["comparison_levels"]:
            label = level["label_for_charts"]
            if isinstance(level.get("m_probability"), float):
                same.setdefault(name, {})[label] = level["m_probability"]
            if isinstance(level.get("u_probability"), float):
                other.setdefault(name, {})[label] = level["u_probability"]
    return same, other


def _counts(found: Iterable[Mapping[str, str]]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for levels in found:
        for name, level in levels.items():
            of = counts.setdefault(name, {})
            of[level] = of.get(level, 0) + 1
    return counts


def _levels(
    levels: Mapping[str, Level],
    same: Mapping[str, float],
    pairs: float,
    counts: Mapping[str, int],
    other: Mapping[str, float],
) -> dict[str, Level]:
    """Levels with estimated probabilities, each side adding up to one."""
    seen = pairs if same else 0.0
    m = {
        name: PRIOR_PAIRS * level.same + seen * same.get(name, 0.0) + counts.get(name, 0)
        for name, level in levels.items()
    }
    u = {
        name: PRIOR_PAIRS * level.other / RANDOM_PAIRS + other.get(name, 0.0) if other else level.other
        for name, level in levels.items()
    }
    return {
        name: level.model_copy(
            update={
                "same": round(max(m[name] / sum(m.values()), SMALLEST), 5),
                "other": round(max(u[name] / sum(u.values()), SMALLEST), 5),
            }
        )
        for name, level in levels.items()
    }
