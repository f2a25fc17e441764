"""Tables of values separated by comma, semicolon or tab (RFC 4180): one report a row, streamed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from secondsource.intake.parsers.contract import Document, Item, Source, Unreadable
from secondsource.intake.parsers.rows import NO_TEXT, document, holds_text
from secondsource.intake.parsers.text import encoding


def parse(source: Source) -> Iterator[Item]:
    codec, guessed = encoding(source.head())
    lines = io.TextIOWrapper(source.stream, codec, errors="strict", newline="")
    csv.field_size_limit(source.limits.max_text)
    first = source.head().decode(codec, "replace").partition("\n")[0]
    table = csv.reader(lines, delimiter=max(",;\t", key=first.count))
    row = 1
    try:
        header = [name.strip() for name in next(table, [])]
        if not holds_text(header):
            raise Unreadable(NO_TEXT)
        notes = (f"its encoding is not stated, and was taken for {codec}",) if guessed else ()
        for row, cells in enumerate(table, 2):
            if not any(cell.strip() for cell in cells):
                continue
            item = document(dict(zip(header, cells, strict=False)), f"row {row}")
            yield Document(item.text, item.fields, item.where, item.row, notes) if isinstance(item, Document) else item
            notes = ()
    except UnicodeError:
        raise Unreadable(f"its encoding cannot be told near row {row + 1}") from None
    except csv.Error:
        raise Unreadable(f"it is broken near row {row + 1}") from None
