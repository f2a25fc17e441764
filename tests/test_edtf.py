from __future__ import annotations

import contextlib
from datetime import date

import pytest
from edtf import parse_edtf
from edtf.convert import struct_time_to_date
from hypothesis import given
from hypothesis import strategies as st

from secondsource import edtf
from secondsource.edtf import EdtfError, Interval

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
RANGES = st.tuples(DAYS, DAYS).map(sorted)


@st.composite
def strings(draw: st.DrawFn) -> str:
    first, last = draw(RANGES)
    match draw(st.sampled_from(["range", "day", "month", "year", "open", "yearless"])):
        case "range":
            return edtf.format_interval(first, last, approximate=draw(st.booleans()))
        case "open":
            return edtf.format_interval(None, last) if draw(st.booleans()) else edtf.format_interval(first, None)
        case "yearless":
            return f"XXXX-{first:%m-%d}/XXXX-{last:%m-%d}"
        case "day":
            return f"{first}"
        case "month":
            return f"{first:%Y-%m}"
        case _:
            return f"{first:%Y}"


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2018-11-25", "2018-11-25", "2018-11-25"),
        ("2018-11-25T14:30:00+09:00", "2018-11-25", "2018-11-25"),
        ("2018-11-21/2018-11-30", "2018-11-21", "2018-11-30"),
        ("2018-11/2019", "2018-11-01", "2019-12-31"),
        ("2014-03-1X", "2014-03-10", "2014-03-19"),
        ("2014-02-2X", "2014-02-20", "2014-02-28"),
        ("2014-03-XX", "2014-03-01", "2014-03-31"),
        ("2014-XX", "2014-01-01", "2014-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2018-24", "2018-12-01", "2019-02-28"),
        ("XXXX-02", "2000-02-01", "2000-02-29"),
        ("XXXX-11-21/XXXX-11-30", "2000-11-21", "2000-11-30"),
        ("XXXX-12-21/XXXX-01-10", "2000-12-21", "2001-01-10"),
        ("../2018", None, "2018-12-31"),
        ("2018-03/..", "2018-03-01", None),
        ("XXXX", None, None),
    ],
)
def test_a_date_is_an_interval_of_days(text: str, earliest: str | None, latest: str | None) -> None:
    found = edtf.parse(text)
    assert (found.earliest, found.latest) == tuple(d and date.fromisoformat(d) for d in (earliest, latest))
    assert found.yearless == text.startswith("XXXX")


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [("2014-03~", True, False), ("2014-03?", False, True), ("2014-03%", True, True), ("2014~/2015", True, False)],
)
def test_qualifiers_leave_the_bounds_alone(text: str, approximate: bool, uncertain: bool) -> None:
    found = edtf.parse(text)
    assert (found.approximate, found.uncertain) == (approximate, uncertain)
    assert found.earliest == edtf.parse(text.translate({ord(c): None for c in "~?%"})).earliest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2018-13",
        "2018-02-30",
        "2019/2018",
        "1/2/3",
        "0000",
        "20XX-03",
        "XXXX-01/2018-02",
        "٢٠١٨",
        "2018-11-1",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(EdtfError):
        edtf.parse(text)


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("2018-11", "2018-11-25", 0),
        ("2018-11-01", "2018-11-25", 24),
        ("2018-12-31", "2019", 1),
        ("XXXX-04-15", "2019-04", 0),
        ("XXXX-04-15", "2019-05-01", 16),
        ("XXXX-04-15", "2018/2020", 0),
        ("XXXX-12-28/XXXX-01-03", "2019-01-02", 0),
        ("XXXX-12-31", "XXXX-01-01", 1),
        ("XXXX-02-29", "2019-02-28", 0),
        ("../2018", "2019-01-02", 2),
        ("2018/..", "2030", 0),
        ("../2018", "XXXX-06", 0),
        ("XXXX", "2019", None),
    ],
)
def test_distance_is_the_least_possible(a: str, b: str, apart: int | None) -> None:
    assert edtf.days_apart(a, b) == apart
    assert edtf.overlap(a, b) == (None if apart is None else apart == 0)


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        ("2018-11", "2018-11-21/2018-12-05", "2018-11-21/2018-11-30", "2018-11-01/2018-12-05"),
        ("2018-11", "2019", None, "2018-11/2019-12"),
        ("XXXX-04-15", "2019-04", "2019-04-15", None),
        ("2018/2020", "XXXX-04-15", "XXXX-04-15", None),
        ("XXXX-04-11/XXXX-04-20", "XXXX-04-15", "XXXX-04-15", "XXXX-04-11/XXXX-04-20"),
        ("../2018", "2017-05/..", "2017-05/2018-12", "../.."),
        ("2018~", "2018-03", "2018-03~", "2018~"),
    ],
)
def test_dates_are_cut_and_joined(a: str, b: str, both: str | None, either: str | None) -> None:
    assert edtf.intersect(a, b) == both
    assert edtf.hull(a, b) == either


@given(RANGES)
def test_formatting_loses_nothing(ends: list[date]) -> None:
    assert edtf.parse(edtf.format_interval(*ends)) == Interval(ends[0], ends[1])


@given(strings())
def test_what_is_parsed_formats_to_the_same_days(text: str) -> None:
    one = edtf.parse(text)
    again = edtf.format_interval(one.earliest, one.latest, yearless=one.yearless, approximate=one.approximate)
    assert edtf.parse(again) == one


@given(strings(), strings())
def test_comparison_has_no_direction(a: str, b: str) -> None:
    assert edtf.days_apart(a, b) == edtf.days_apart(b, a)
    assert edtf.overlap(a, a) is True


@given(RANGES, RANGES)
def test_hull_holds_both_and_intersection_lies_in_both(a: list[date], b: list[date]) -> None:
    one, two = edtf.format_interval(*a), edtf.format_interval(*b)
    assert edtf.parse(edtf.hull(one, two) or "") == Interval(min(a[0], b[0]), max(a[1], b[1]))
    common = edtf.intersect(one, two)
    assert (common is not None) == (edtf.days_apart(one, two) == 0)
    if common:
        assert edtf.parse(common) == Interval(max(a[0], b[0]), min(a[1], b[1]))


@given(RANGES, st.sampled_from(["{0}", "{0:%Y-%m}", "{0:%Y}", "{0}/{1}", "{0:%Y-%m}/{1:%Y-%m}"]))
def test_bounds_agree_with_the_edtf_package(ends: list[date], form: str) -> None:
    text = form.format(*ends)
    oracle, ours = parse_edtf(text), edtf.parse(text)
    assert ours.earliest == struct_time_to_date(oracle.lower_strict())
    assert ours.latest == struct_time_to_date(oracle.upper_strict())


@given(st.text(max_size=60))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    with contextlib.suppress(EdtfError):
        edtf.parse(text)
