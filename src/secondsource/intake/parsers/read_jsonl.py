"""JSON Lines: one report a line, streamed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

from secondsource.intake.parsers.contract import Document, Item, Refusal, Source
from secondsource.intake.parsers.rows import document
from secondsource.intake.parsers.text import encoding

_UNDECODED = re.compile("[\udc80-\udcff]")


def parse(source: Source) -> Iterator[Item]:
    codec, guessed = encoding(source.head())
    # an undecodable byte costs its line, not the file
    lines = io.TextIOWrapper(source.stream, codec, errors="surrogateescape", newline="\n")
    notes = (f"its encoding is not stated, and was taken for {codec}",) if guessed else ()
    longest = 8 * source.limits.max_text
    number = 0
    while line := lines.readline(longest):
        number += 1
        where = f"line {number}"
        if not line.endswith("\n") and len(line) == longest:
            yield Refusal(where, "it is too long")
            _skip(lines, longest)
        elif line.strip():
            yield _report(line, where, notes)
            notes = ()


def _report(line: str, where: str, notes: tuple[str, ...]) -> Item:
    if _UNDECODED.search(line):
        return Refusal(where, "its encoding cannot be told")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return Refusal(where, "it is no JSON")
    if not isinstance(row, dict):
        return Refusal(where, "it is no JSON object")
    item = document(row, where)
    return Document(item.text, item.fields, where, item.row, notes) if isinstance(item, Document) else item


def _skip(lines: io.TextIOWrapper, longest: int) -> None:
    while (line := lines.readline(longest)) and not line.endswith("\n"):
        pass
