"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator

from secondsource.intake.parsers.contract import Document, Item, Source
from secondsource.intake.parsers.text import decode


def parse(source: Source) -> Iterator[Item]:
    text, notes = decode(source.whole())
    yield Document(text, notes=notes)
