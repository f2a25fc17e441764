"""Dates, numbers and marks in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_texts import CLAIMS, PACK, REPORTS

from secondsource.model import Claim, Count, FactKind, Hypothesis, Independence, Span
from secondsource.web import charts, dates, marks
from secondsource.web.words import Words

WORDS = Words(PACK)


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2018-11-21/2018-11-30", "late November 2018"),
        ("2018-11-01/2018-11-10", "early November 2018"),
        ("2018-11-11/2018-11-20", "mid-November 2018"),
        ("2018-02-21/2018-02-28", "late February 2018"),
        ("2018-11-01/2018-11-30", "November 2018"),
        ("2018-11-25", "25 November 2018"),
        ("2018-11-25T10:00", "25 November 2018"),
        ("2018-11", "November 2018"),
        ("2018", "2018"),
        ("201X", "2010s"),
        ("2018-XX-XX", "2018"),
        ("2014-03-1X", "10 to 19 March 2014"),
        ("2014-03~", "about March 2014"),
        ("2014?", "possibly 2014"),
        ("2014%", "possibly about 2014"),
        ("XXXX-11-21/XXXX-11-30", "late November, year unknown"),
        ("XXXX-04-15", "15 April, year unknown"),
        ("XXXX", "date unknown"),
        ("", "date unknown"),
        ("2018-11-03/2018-11-07", "3 to 7 November 2018"),
        ("2018-11-25/2018-12-02", "25 November to 2 December 2018"),
        ("2018-11/2019-01", "November 2018 to January 2019"),
        ("2018-11/..", "from November 2018 on"),
        ("../2018", "until 2018"),
        ("[2012,2013]", "2012 or 2013"),
        ("2018-23", "autumn 2018"),
        ("soon", "soon"),
    ],
)
def test_a_date_is_said_plainly_and_never_more_exactly_than_it_is_known(edtf: str, said: str) -> None:
    assert WORDS.date(edtf) == said


@given(st.text(alphabet="0123456789X-/~?%.[],T{} ", max_size=30))
def test_no_date_however_written_breaks_a_page(edtf: str) -> None:
    assert isinstance(WORDS.date(edtf), str)
    dates.bounds(edtf)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (FactKind.VICTIMS, "3..4", "3 to 4 people"),
        (FactKind.VICTIMS, "1..1", "1 person"),
        (FactKind.VICTIMS, "2..", "2 or more people"),
        (FactKind.VICTIMS, "..9", "at most 9 people"),
        (FactKind.VICTIMS, "3", "3 people"),
        (FactKind.SUM, "12000 CNY", "12,000 CNY"),
        (FactKind.SUM, "1.5 USD", "1.50 USD"),
        (FactKind.SUM, "odd", "odd"),
        (FactKind.PLACE, "hr", "Hoeryong, North Hamgyong"),
        (FactKind.PLACE, "nowhere", "nowhere"),
        (FactKind.ACT, "some_new_act", "some new act"),
    ],
)
def test_a_value_is_said_in_words_and_an_odd_one_shown_as_it_is(kind: FactKind, value: str, said: str) -> None:
    assert WORDS.value(kind, value) == said


def test_a_probability_always_has_its_range() -> None:
    one = Hypothesis(script="shakedown", posterior=0.996, low=0.95, high=0.999, words="almost certain")
    assert WORDS.probability(one) == "almost certain (95 % to over 99 %)"


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (0, 0, "no source behind it"),
        (1, 1, "exactly 1 independent source"),
        (1, 3, "at least 1 and at most 3 independent sources"),
    ],
)
def test_the_independence_interval_is_said_with_both_ends(least: int, most: int, said: str) -> None:
    assert WORDS.independence(Independence(least=least, most=most, reason="")) == said


def test_unknown_people_are_not_counted() -> None:
    assert WORDS.people(Count()) == ""


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)), max_size=12))
def test_marked_pieces_are_the_text_and_every_claim_begins_once(ends: list[tuple[int, int, int, int]]) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(50))
    claims = marks.in_order(
        [
            Claim(
                id=f"c{n}",
                report_id="r",
                act="arrest",
                span=Span(start=min(a, b), end=max(a, b)),
                trigger=Span(start=min(c, d), end=max(c, d)),
            )
            for n, (a, b, c, d) in enumerate(ends)
        ]
    )
    found = marks.pieces(text, claims, WORDS.act_kind)
    assert "".join(piece.text for piece in found) == text
    assert sorted(n for piece in found for n in piece.begins) == list(range(1, len(claims) + 1))


def test_overlapping_triggers_are_both_marked() -> None:
    claims = marks.in_order([CLAIMS["en_turn"], CLAIMS["en_lure"]])
    named = [p for p in marks.pieces(REPORTS["en"].text, claims, lambda act: act) if p.kinds]
    assert [(p.text, p.kinds) for p in named] == [
        ("turned", ("lure", "turn_broker")),
        (" in October lured", ("lure",)),
    ]


@given(
    st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(["scene", "around"])), max_size=8),
    st.text(max_size=40),
)
def test_a_map_of_any_places_is_drawn_and_its_labels_are_escaped(
    at: list[tuple[float, float, str]], label: str
) -> None:
    drawn = charts.place_map([charts.Point(label + "<b>", lat, lon, kind) for lat, lon, kind in at], "map")
    assert "<b>" not in drawn
    assert bool(drawn) == any(kind == "scene" for _, _, kind in at)


@given(st.lists(st.tuples(st.dates(), st.dates()), max_size=8))
def test_a_timeline_of_any_dates_is_drawn(days: list[tuple[date, date]]) -> None:
    drawn = charts.timeline([charts.Event("<i>", min(d), max(d), "told") for d in days], "when")
    assert "<i>" not in drawn
    assert bool(drawn) == bool(days)
