"""The fields of a report, from whatever names and forms a file or its sidecar gives them."""

from __future__ import annotations

import csv
import datetime
import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from secondsource.intake.parsers import dates, language
from secondsource.intake.parsers.contract import Document, Unreadable
from secondsource.intake.parsers.text import clean, one_line

_LONGEST = {"title": 500, "outlet": 200, "ref": 200, "reprint_of": 200}
_NOTHING = {"", "null", "none", "~", "nan", "n/a", "-"}
_YES = {"true", "yes", "y", "1", "예", "네", "참", "はい", "真", "是", "○"}
_KINDS = (str, int, float, bool, datetime.date)


def canonical(fields: Mapping[Any, object]) -> dict[str, object]:
    """The fields that we know, under our names, the first of several; values that are no scalar are left out."""
    known: dict[str, object] = {}
    for name, value in fields.items():
        field = _names().get(_folded(str(name)))
        if field and isinstance(value, _KINDS) and str(value).strip().lower() not in _NOTHING:
            known.setdefault(field, value)
    return known


def read_mapping(data: str) -> dict[str, object]:
    """Known fields of a YAML mapping; all values are read as words, so that none is changed in reading."""
    import yaml

    try:
        content = yaml.load(data, Loader=yaml.CBaseLoader)  # noqa: S506 - builds nothing but text
    except (yaml.YAMLError, ValueError, RecursionError):
        raise Unreadable("what describes it cannot be read") from None
    if not isinstance(content, dict):
        raise Unreadable("what describes it cannot be read")
    return canonical(content)


def read_sidecar(kind: str, data: bytes) -> dict[str, object]:
    try:
        words = data.decode("utf-8-sig")
        if kind != "json":
            return read_mapping(words)
        content = json.loads(words)
    except (ValueError, RecursionError):
        raise Unreadable("what describes it cannot be read") from None
    if not isinstance(content, dict):
        raise Unreadable("what describes it cannot be read")
    return canonical(content)


def settle(document: Document, stated: Mapping[str, object], longest: int) -> tuple[dict[str, Any], list[str]]:
    """A document's report, ready for JSON, and what is to be noted of it. `stated` wins over the file."""
    text = clean(document.text)
    if not text.strip():
        raise Unreadable("there is no text in it")
    if len(text) > longest:
        raise Unreadable(f"its text is longer than {longest} characters")
    fields = {**document.fields, **stated}
    notes = list(document.notes)
    report: dict[str, Any] = {"text": text, "truncated": str(fields.get("truncated", "")).strip().lower() in _YES}
    for field, length in _LONGEST.items():
        report[field] = one_line(str(fields[field]), length) or None if field in fields else None
    report["published"] = dates.edtf(fields["published"]) if "published" in fields else None
    if "published" in fields and report["published"] is None:
        notes.append("its date cannot be read, and was left out")
    report["language"], note = language.settle(fields.get("language"), text)
    return report, [*notes, note] if note else notes


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    with Path(__file__).with_name("columns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {_folded(name): row["field"] for row in rows for name in [row["field"], *row["names"].split("|")]}


def _folded(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name[:100]).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
