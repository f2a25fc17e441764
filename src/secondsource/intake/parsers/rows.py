"""One row of a table, or one line of jsonl, as a report of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from secondsource.intake.parsers.contract import Document, Item, Refusal
from secondsource.intake.parsers.fields import canonical

NO_TEXT = "there is no column or key for its text (text, body, 본문, 本文, 正文 ...)"


def holds_text(names: list[str]) -> bool:
    return "text" in canonical(dict.fromkeys(names, "x"))


def document(row: Mapping[str, Any], where: str) -> Item:
    """The report of a row. Its bytes are the row as canonical JSON: sorted keys, no spaces, UTF-8."""
    fields = canonical(row)
    text = fields.pop("text", None)
    if not isinstance(text, str):
        return Refusal(where, "there is no text in it")
    try:
        whole = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
        whole.encode()
    except (ValueError, TypeError, RecursionError):
        return Refusal(where, "it cannot be read")
    return Document(text, fields, where, whole)
