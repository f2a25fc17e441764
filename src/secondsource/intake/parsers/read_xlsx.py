"""Spreadsheets of Office Open XML: one report a row, in every sheet that has a column of text."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import load_workbook

from secondsource.intake.parsers.contract import Item, Refusal, Source
from secondsource.intake.parsers.packed import check
from secondsource.intake.parsers.rows import NO_TEXT, document, holds_text


def parse(source: Source) -> Iterator[Item]:
    check(source.whole(), source.limits)
    book = load_workbook(io.BytesIO(source.whole()), read_only=True, data_only=True, keep_links=False)
    many = len(book.worksheets) > 1
    for number, sheet in enumerate(book.worksheets, 1):
        place = f"sheet {number} " if many else ""
        yield from _sheet(sheet.iter_rows(values_only=True), place)


def _sheet(rows: Iterable[tuple[Any, ...]], place: str) -> Iterator[Item]:
    header: list[str] | None = None
    for number, cells in enumerate(rows, 1):
        if not any(str(cell).strip() for cell in cells if cell is not None):
            continue
        if header is None:
            header = [str(cell).strip() if cell is not None else "" for cell in cells]
            if not holds_text(header):
                yield Refusal(place.strip(), NO_TEXT)
                return
            continue
        row = {name: _plain(cell) for name, cell in zip(header, cells, strict=False) if name and cell is not None}
        yield document(row, f"{place}row {number}")


def _plain(cell: Any) -> str | int | float | bool:
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    return cell if isinstance(cell, (str, int, float, bool)) else str(cell)
