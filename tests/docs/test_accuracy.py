"""The first table of docs/accuracy.md is what the code does today."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_table_of_the_samples_is_true() -> None:
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        import accuracy
    finally:
        sys.path.pop(0)
    document = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    (written,) = re.findall(r"<!-- samples -->\n(.*?)\n<!-- end -->", document, flags=re.S)
    samples = ROOT / "samples"
    result = accuracy.measure_files(samples / "reports.jsonl", samples / "labels.jsonl", samples / "near_misses.tsv")
    assert written == accuracy.table(result)
