"""Whatever the bytes and whatever they are called: an answer, in time, and none of them in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource.intake import Accepted, Noted, Refused
from secondsource.intake.jail import Jail
from secondsource.intake.parsers.registry import ENDINGS
from secondsource.intake.parsers.text import is_clean
from secondsource.intake.reader import read_in
from secondsource.model import Report

from .conftest import RECEIVED
from .samples import archive, mail, page, pdf, sheet, word

WHOLE = [
    pdf(),
    word(),
    sheet([["text"], ["Words."]]),
    archive({"a.txt": "Words."}),
    mail(),
    page().encode(),
    b'{"text": "x"}\n',
    b"text,date\nWords,2014\n",
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(WHOLE)))
    for at in draw(st.lists(st.integers(0, len(data) - 1), max_size=8)):
        data[at] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(0, len(data)))])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(st.binary(max_size=400), damaged(), st.text(max_size=200).map(str.encode)),
    ending=st.sampled_from(["", *ENDINGS]),
    beside=st.none() | st.binary(max_size=60),
)
def test_any_bytes_with_any_ending_are_answered(
    jail: Jail, tmp_path: Path, data: bytes, ending: str, beside: bytes | None
) -> None:
    path = tmp_path / f"file.{ending}"
    path.write_bytes(data)
    sidecar = tmp_path / f"file.{ending}.meta.yaml"
    sidecar.unlink(missing_ok=True)
    if beside is not None:
        sidecar.write_bytes(beside)
    results = list(read_in(jail, [path], received=RECEIVED))
    assert results or ending in {"jsonl", "ndjson", "csv", "tsv", "zip", "xlsx", ""}
    for result in results:
        if isinstance(result, Accepted):
            assert is_clean(result.report.text)
            assert Report.model_validate_json(result.report.model_dump_json()) == result.report
        else:
            assert isinstance(result, (Refused, Noted))
            assert result.name.startswith(str(path))


@pytest.mark.parametrize(
    "data",
    [
        b"(" * 200_000,
        b"<div>" * 50_000,
        b"<!--" * 50_000,
        b"e\xcc\x81\xcc\xa3" * 50_000,
        b'"' * 100_000,
        b"a@b " * 50_000,
        b"---\n" * 50_000,
        b"Subject: " + b"=?utf-8?q?=" * 20_000 + b"\n\nx",
        b"[" * 200_000,
        b'{"a":' * 50_000,
        b"&amp;" * 50_000,
        b"<p>" + b"x " * 100_000,
        b"%PDF-1.7\n" + b"1 0 obj << /Kids [1 0 R] >> " * 5_000,
    ],
)
@pytest.mark.parametrize("ending", ["txt", "md", "html", "eml", "jsonl", "csv", "pdf"])
def test_hostile_texts_are_answered_in_time(jail: Jail, tmp_path: Path, data: bytes, ending: str) -> None:
    path = tmp_path / f"file.{ending}"
    path.write_bytes(data)
    for result in read_in(jail, [path], received=RECEIVED):
        if isinstance(result, Refused):
            assert "took too long" not in result.reason
