"""What many runs say together: medians with intervals over seeds, and differences between runs of one seed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from secondsource.world.many import Row

INTERVAL = (5.0, 95.0)
"""Percentiles over seeds."""


class Spread(NamedTuple):
    """`n`: how many seeds have it. All None where none has."""

    median: float | None
    low: float | None
    high: float | None
    n: int


def spread(values: Iterable[float | None]) -> Spread:
    found = np.array([v for v in values if v is not None], float)
    if len(found) == 0:
        return Spread(None, None, None, 0)
    low, high = np.percentile(found, INTERVAL)
    return Spread(float(np.median(found)), float(low), float(high), len(found))


def summarise(rows: Sequence[Row]) -> dict[str, Spread]:
    """By outcome."""
    return {name: spread(row["values"][name] for row in rows) for name in rows[0]["values"]}


def differences(rows: Sequence[Row], others: Sequence[Row]) -> dict[str, Spread]:
    """`others` less `rows`, seed by seed: both met the same luck wherever they do not differ. ValueError where
    the seeds are not the same."""
    if [row["seed"] for row in rows] != [row["seed"] for row in others]:
        raise ValueError("only runs of the same seeds can be compared")
    return {
        name: spread(_less(b["values"][name], a["values"][name]) for a, b in zip(rows, others, strict=True))
        for name in rows[0]["values"]
    }


def yearly(rows: Sequence[Row]) -> dict[str, list[Spread]]:
    """By series, then year of the run."""
    return {
        name: [spread(row["yearly"][name][year] for row in rows) for year in range(len(values))]
        for name, values in rows[0]["yearly"].items()
    }


def plain(found: dict[str, Spread]) -> dict[str, Any]:
    """For JSON."""
    return {name: one._asdict() for name, one in found.items()}


def _less(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a - b
