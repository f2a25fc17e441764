"""The accounts of a collection: their descriptions, rows and block keys, by number."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from secondsource.linking.blocks import Key
from secondsource.linking.compare import Scorer
from secondsource.linking.describe import Description
from secondsource.linking.levels import Row

KEPT = 20_000
"""Rows that are kept ready; others are made when they are needed."""
NOBODY = Description(id="", report="", language="")
"""What stands for an account that is no more."""

Fetch = Callable[[Sequence[int]], dict[int, Description]]
"""Brings descriptions that are kept elsewhere, by number."""


class Missing(LookupError):
    """A description that should be kept is not there, or cannot be read."""


class Entry(NamedTuple):
    """An account as it enters a collection. People's judgements change what is linked, and not what is counted, so
    that the weights of all others stay as they are."""

    told: Description
    rank: int
    """Its place in the order of receipt."""
    counted: bool = True
    """Whether rarity and the sizes of blocks are counted over it: it is what the machine read."""
    linked: bool = True
    """Whether it is compared: it is what people left of that, or made of it."""


class Told(Sequence[Description]):
    """Descriptions by number. Those that are kept elsewhere are fetched when they are needed."""

    def __init__(self, fetch: Fetch | None = None, size: int = 0) -> None:
        self._fetch = fetch
        self._known: list[Description | None] = [None] * size

    def __len__(self) -> int:
        return len(self._known)

    def __getitem__(self, number: int) -> Description:  # type: ignore[override]
        found = self._known[number]
        if found is None:
            self.need([number])
            found = self._known[number]
            assert found is not None
        return found

    def append(self, told: Description) -> None:
        self._known.append(told)

    def forget(self, number: int) -> None:
        self._known[number] = NOBODY

    def need(self, numbers: Iterable[int]) -> None:
        """Fetches many at once. Raises Missing."""
        missing = [n for n in numbers if self._known[n] is None]
        if not missing:
            return
        found = self._fetch(missing) if self._fetch else {}
        for number in missing:
            if number not in found:
                raise Missing(number)
            self._known[number] = found[number]


class Rows(Sequence[Row]):
    """The rows of a collection, each made when it is needed: all of a large one would fill the memory."""

    def __init__(self, told: Sequence[Description], scorer: Scorer) -> None:
        self.told = told
        self._scorer = scorer
        self._ready: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self.told)

    def __getitem__(self, number: int) -> Row:  # type: ignore[override]
        found = self._ready.get(number)
        if found is None:
            found = self._scorer.row(self.told[number])
            if len(self._ready) < KEPT:
                self._ready[number] = found
        return found

    def __iter__(self) -> Iterator[Row]:
        return (self[n] for n in range(len(self)))


class Keys(Sequence["array[int]"]):
    """Block keys by account, one after the other in one array; `ends` has one more than there are accounts."""

    def __init__(self, flat: array[int] | None = None, ends: array[int] | None = None) -> None:
        self.flat = array("q") if flat is None else flat
        self.ends = array("q", [0]) if ends is None else ends

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, number: int) -> array[int]:  # type: ignore[override]
        return self.flat[self.ends[number] : self.ends[number + 1]]

    def append(self, keys: array[int]) -> None:
        self.flat.extend(keys)
        self.ends.append(len(self.flat))

    def holding(self, keys: Iterable[Key]) -> dict[Key, list[int]]:
        """Each of the keys to the accounts that have it, in the order of their numbers."""
        found: dict[Key, list[int]] = defaultdict(list)
        wanted = np.unique(np.array(list(keys), dtype=np.int64))
        if len(wanted) and len(self.flat):
            flat, ends = numbers_of(self.flat), numbers_of(self.ends)
            place = np.minimum(np.searchsorted(wanted, flat), len(wanted) - 1)
            hits = np.flatnonzero(wanted[place] == flat)
            accounts = np.searchsorted(ends, hits, "right") - 1
            for key, account in zip(flat[hits].tolist(), accounts.tolist(), strict=True):
                found[key].append(account)
        return found


def numbers_of(values: array[int]) -> npt.NDArray[np.int64]:
    """The same numbers, without a copy: `values` must not grow while the result is in use."""
    return np.frombuffer(values, dtype=np.int64)
