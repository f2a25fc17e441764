"""What a collection knows, as text and bytes that can be kept, and back.

Only JSON and plain numbers: what is read back is checked, and what is not as it was written is refused
(`Unreadable`), so that it is made anew.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from secondsource.linking.collection import ALONE, Collection, Judged, Known
from secondsource.linking.compare import IMAGINED
from secondsource.linking.describe import Description, When
from secondsource.linking.rarity import Rarity
from secondsource.linking.rows import Fetch, Keys, Told
from secondsource.packs.model import Linking

TUPLES = frozenset({"spot", "details"})
"""Fields of a description that hold a list in its order; all other lists are sets."""
COUNTS = ("details", "words", "texts")


class Unreadable(ValueError):
    """What was kept is not as it was written."""


def description_text(told: Description) -> str:
    """A description as JSON; what holds nothing is left out."""
    found: dict[str, Any] = {}
    for one in fields(Description):
        value = getattr(told, one.name)
        if isinstance(value, frozenset):
            value = sorted(value)
        elif isinstance(value, When):
            value = asdict(value)
        if value != one.default and value not in ([], {}, ()):
            found[one.name] = value
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def description_of(text: str) -> Description:
    """Raises Unreadable."""
    try:
        found = json.loads(text)
        for name, value in found.items():
            if name == "when":
                found[name] = When(**value)
            elif isinstance(value, list):
                found[name] = tuple(value) if name in TUPLES else frozenset(value)
        return Description(**found)
    except (TypeError, ValueError, AttributeError) as error:
        raise Unreadable("a description") from error


def parts_of(collection: Collection) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What a collection knows besides descriptions: what takes the place of what was kept, and what comes after it."""
    known, (accounts, pairs) = collection.known, collection.since
    whole = {"leaders": np.array(known.leaders, dtype=np.int64).tobytes()}
    more = {
        "keys": known.keys.flat[known.keys.ends[accounts] :].tobytes(),
        "ends": np.diff(np.array(known.keys.ends, dtype=np.int64)[accounts:]).tobytes(),
        "pairs": known.pairs[pairs:].tobytes(),
        "bits": known.bits[pairs:].tobytes(),
    }
    if not collection.recounted:
        return whole, more
    rarity = {name: getattr(known.rarity, name) for name in ("accounts", "reports", *COUNTS)}
    sizes = np.zeros(1, dtype=np.uint32) if known.sizes is None else known.sizes
    text = json.dumps(rarity, ensure_ascii=False, separators=(",", ":"))
    return whole | more | {"rarity": text.encode("utf-8", "surrogatepass"), "sizes": sizes.tobytes()}, {}


def known_of(
    standing: Sequence[tuple[int, int, bool, bool, str]],
    parts: Mapping[str, bytes],
    fetch: Fetch,
    spec: Linking,
    judged: Judged,
) -> Known:
    """What `Collection` goes on from. `standing`: number, rank, counted, linked and id of each account that is still
    there, by number; `judged`: under which they were grouped. Raises Unreadable."""
    try:
        return _known(standing, parts, fetch, spec, judged)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Unreadable("what linking kept") from error


def _known(
    standing: Sequence[tuple[int, int, bool, bool, str]],
    parts: Mapping[str, bytes],
    fetch: Fetch,
    spec: Linking,
    judged: Judged,
) -> Known:
    lengths = _numbers(parts["ends"])
    count = len(lengths)
    ends = array("q", bytes(8))
    ends.frombytes(np.cumsum(lengths).astype(np.int64).tobytes())
    flat = array("q")
    flat.frombytes(parts["keys"])
    pairs, bits = _numbers(parts["pairs"]).reshape(-1, 2), np.frombuffer(parts["bits"], dtype=np.float64)
    leaders = _numbers(parts["leaders"])
    sizes = np.frombuffer(parts["sizes"], dtype=np.uint32)
    known = Known(Told(fetch, count), [0] * count, [False] * count, [False] * count, judged=judged)
    gone = set(range(count))
    for number, rank, counted, linked, one in standing:
        known.ranks[number], known.counted[number], known.linked[number] = rank, counted, linked
        gone.discard(number)
        if linked:
            known.number[one] = number
    for number in gone:
        known.told.forget(number)
    _require(len(flat) == ends[-1] and bool((lengths >= 0).all()))
    _require(len(bits) == len(pairs) and len(leaders) == count and bool(np.isfinite(bits).all()))
    _require(not len(pairs) or (pairs.min() >= 0 and pairs.max() < count))
    _require(not count or (leaders.min() >= ALONE and leaders.max() < count))
    _require(len(sizes) > 0 and len(sizes) & (len(sizes) - 1) == 0)
    known.rarity = _rarity(json.loads(parts["rarity"].decode("utf-8", "surrogatepass")), spec)
    _require(known.rarity.accounts <= sum(known.counted))
    held = np.array(known.linked, dtype=bool)
    there = held[pairs].all(axis=1) if len(pairs) else np.zeros(0, dtype=bool)
    known.pairs, known.bits, known.sizes, known.keys = pairs[there], bits[there], sizes, Keys(flat, ends)
    known.leaders = np.where(held, leaders, ALONE).tolist()
    return known


def _rarity(found: Mapping[str, Any], spec: Linking) -> Rarity:
    made = Rarity.of([], spec.rarity, IMAGINED)
    made.accounts, made.reports = int(found["accounts"]), int(found["reports"])
    for name in COUNTS:
        counts = Counter({str(key): int(n) for key, n in found[name].items()})
        setattr(made, name, counts)
    return made


def _numbers(data: bytes) -> npt.NDArray[np.int64]:
    return np.frombuffer(data, dtype=np.int64)


def _require(holds: bool) -> None:
    if not holds:
        raise Unreadable("what linking kept")
