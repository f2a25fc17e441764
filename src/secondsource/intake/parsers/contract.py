"""What a parser is: a function from a Source to the items that are in it.

A parser raises Unreadable to refuse its whole file; whatever else it raises does the same with a
general reason. Reasons are plain words and never quote the file.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from secondsource.intake.limits import Limits


class Unreadable(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Source:
    """One file. `extension` is its ending, lower case, without the dot; `depth` is 0 for a file of the
    user's own, and one more for every file around it."""

    stream: io.BufferedReader
    extension: str
    depth: int
    limits: Limits
    _whole: bytes | None = None

    def head(self) -> bytes:
        """The first bytes (up to 64 KiB), which stay to be read."""
        return self.stream.peek(1 << 16) if self._whole is None else self._whole[: 1 << 16]

    def whole(self) -> bytes:
        if self._whole is None:
            self._whole = self.stream.read()
        return self._whole


@dataclass(frozen=True)
class Document:
    """One report. `fields` are its canonical fields as they stand; `row` is its row as canonical JSON
    where the file holds many."""

    text: str
    fields: Mapping[str, object] = field(default_factory=dict)
    where: str = ""
    row: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Member:
    """A file inside this one, to be read in its own turn; `sidecar` is the ending and bytes of its
    description."""

    name: str
    data: bytes
    sidecar: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class Refusal:
    """One part that is not taken; the others are."""

    where: str
    reason: str


Item = Document | Member | Refusal
Parser = Callable[[Source], Iterator[Item]]
