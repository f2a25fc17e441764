"""Rows as one Arrow table: what DuckDB and Spark compare. It holds numbers only.

Codes, words and names become numbers of this one table, so no text of a report leaves the process that
read it, and joining is fast.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from secondsource.linking.blocks import Key
from secondsource.linking.describe import ENDLESS
from secondsource.linking.levels import Row

if TYPE_CHECKING:
    import pyarrow as pa

UNKNOWN = -1
SETS = ("thirds", "mentioned", "places", "towns", "around", "acts", "perpetrators", "relations", "sums")
SAME_CODES = {"mentioned": "thirds", "towns": "places"}
"""Columns whose codes are compared with another column's."""
VECTORS = ("details", "rare", "words")


def table(rows: Iterable[Row], keys: Sequence[Sequence[Key]]) -> pa.Table:
    """Column `unique_id` is the row's number; the others are as `levels` names them, without `_l` and `_r`."""
    import pyarrow as pa

    numbers = _Numbers()
    plain: dict[str, array[int]] = {}
    spots = tuple(array("d") for _ in "xyz")
    sets = {name: _Lists("i") for name in SETS}
    maps = {name: (_Lists("i"), array("d")) for name in VECTORS}
    for row in rows:
        for name, value in _numbers_of(row, numbers).items():
            plain.setdefault(name, array("q")).append(value)
        for axis, column in enumerate(spots):
            column.append(row.told.spot[axis] if row.told.spot else 0.0)
        for name, lists in sets.items():
            kind = SAME_CODES.get(name, name)
            lists.add(sorted(numbers.of(kind, code) for code in getattr(row.told, name)))
        for name, (words, weights) in maps.items():
            vector = getattr(row, name)
            words.add([numbers.of(name, word) for word in vector])
            weights.extend(vector.values())
    columns: dict[str, pa.Array] = {"unique_id": pa.array(np.arange(len(keys), dtype=np.int64))}
    columns |= {name: pa.array(np.array(values)) for name, values in plain.items()}
    columns |= {name: pa.array(np.array(values)) for name, values in zip("xyz", spots, strict=True)}
    columns |= {name: lists.arrow() for name, lists in sets.items()}
    for name, (words, weights) in maps.items():
        columns[name] = pa.MapArray.from_arrays(words.offsets(), words.values(), pa.array(np.array(weights)))
    joined = _Lists("q")
    for one in keys:
        joined.add(one)
    columns["keys"] = joined.arrow()
    return pa.table(columns)


class _Numbers:
    """Codes and words of a kind to numbers of this table."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], int] = {}

    def of(self, kind: str, text: str) -> int:
        return self._known.setdefault((kind, text), len(self._known))


class _Lists:
    """A column of lists being filled."""

    def __init__(self, kind: str) -> None:
        self._flat = array(kind)
        self._ends = array("q", [0])

    def add(self, values: Iterable[int]) -> None:
        self._flat.extend(values)
        self._ends.append(len(self._flat))

    def offsets(self) -> pa.Array:
        import pyarrow as pa

        return pa.array(np.array(self._ends).astype(np.int32))

    def values(self) -> pa.Array:
        import pyarrow as pa

        return pa.array(np.array(self._flat))

    def arrow(self) -> pa.Array:
        import pyarrow as pa

        return pa.ListArray.from_arrays(self.offsets(), self.values())


def _numbers_of(row: Row, numbers: _Numbers) -> dict[str, int]:
    told, when = row.told, row.told.when
    return {
        "language": numbers.of("language", told.language),
        # What no other report can be called is never equal to anything.
        "ref": UNKNOWN if told.ref is None else numbers.of("ref", told.ref),
        "reprint_of": -2 if told.reprint_of is None else numbers.of("ref", told.reprint_of),
        "report": numbers.of("report", told.report),
        "sure": int(told.sure),
        "dated": int(when is not None),
        "yearless": int(when is not None and when.yearless),
        "first": when.first if when else 0,
        "last": when.last if when else 0,
        "turn": when.turn if when else 0,
        "turn_days": when.turn_days if when else 0,
        "scarce": int(row.scarce),
        "vague": int(told.vague),
        "placed": int(bool(told.places)),
        "spotted": int(told.spot is not None),
        "low": UNKNOWN if told.low is None else told.low,
        "high": ENDLESS if told.high is None else told.high,
        "age_low": UNKNOWN if told.age_low is None else told.age_low,
        "age_high": ENDLESS if told.age_high is None else told.age_high,
        "len_details": len(told.details),
        "len_rare": len(row.rare),
        "len_acts": len(told.acts),
        "len_perpetrators": len(told.perpetrators),
        "len_relations": len(told.relations),
        "len_sums": len(told.sums),
    }
