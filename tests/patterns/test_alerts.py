"""An alert rests on different incidents, lately known, in one county: never on repetition, practices or persons."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource import packs
from secondsource.model import Account, Corroboration, Hypothesis, Incident, Language, Manufactured, Report
from secondsource.packs import AlertRule
from secondsource.patterns.alerts import Alert, Ground, alerts_of, different, raised

PACK = packs.load("nk_border")
RULE = AlertRule(code="r", script="manufactured_defection", enough=2, within_days=100, lasts_days=50, old_days=400)
FIRST = date(2020, 1, 1)


def ground(name: str, known: int, when: str | None, county: str = "kp-musan") -> Ground:
    return Ground(name, county, FIRST + timedelta(days=known), when)


def said(found: list[Alert]) -> list[tuple[str, int, int, int]]:
    return [(a.county, (a.since - FIRST).days, (a.until - FIRST).days, a.different) for a in found]


A, B, C = ground("a", 0, "2019-11-01"), ground("b", 60, "2019-12-05"), ground("c", 100, "2020-02-02")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([A], []),
        ([A, B], [("kp-musan", 60, 110, 2)]),
        ([A, B, C], [("kp-musan", 60, 150, 3)]),
        ([A, ground("b", 101, "2019-12-05")], []),
        ([A, ground("b", 60, "2019-12-05", "kp-hyesan")], []),
        ([A, ground("again", 60, "2019-11-01")], []),
        ([A, ground("blurred", 60, "2019-11-01/2019-11-10")], []),
        ([A, ground("undated", 60, None)], []),
        ([A, ground("no year", 60, "XXXX-12-05")], []),
        ([A, B, ground("again", 100, "2019-12-05")], [("kp-musan", 60, 110, 2)]),
        ([A, B, ground("d", 170, "2020-05-01"), ground("e", 180, "2020-06-01")], [
            ("kp-musan", 60, 110, 2),
            ("kp-musan", 180, 230, 2),
        ]),
    ],
)  # fmt: skip
def test_enough_different_incidents_in_one_county_within_the_days_raise_it(found: list[Ground], expected: Any) -> None:
    assert said(raised(RULE, found)) == expected


def test_it_says_how_many_must_fall_and_on_which_days_it_stands() -> None:
    (alert,) = raised(RULE, [A, B, C])
    assert alert.falls_with == 2
    assert [alert.stands(FIRST + timedelta(days=day)) for day in (59, 60, 150, 151)] == [False, True, True, False]
    assert [g.incident for g in alert.grounds] == ["a", "b", "c"]


DAYS = st.integers(0, 1500)
WHENS = st.one_of(
    st.none(),
    st.builds(
        lambda start, length: f"{FIRST + timedelta(days=start)}/{FIRST + timedelta(days=start + length)}",
        DAYS,
        st.integers(0, 40),
    ),
)
GROUNDS = st.lists(
    st.builds(ground, st.uuids().map(str), DAYS, WHENS, st.sampled_from(["kp-musan", "kp-hyesan"])), max_size=12
)


@given(GROUNDS, st.randoms(use_true_random=False))
def test_the_order_in_which_incidents_are_found_changes_nothing(found: list[Ground], random: Any) -> None:
    mixed = list(found)
    random.shuffle(mixed)
    assert raised(RULE, found) == raised(RULE, mixed)


@given(GROUNDS.filter(bool), st.data())
def test_what_may_be_the_same_incident_raises_and_prolongs_nothing(found: list[Ground], data: Any) -> None:
    told = data.draw(st.sampled_from(found))
    again = Ground("again", told.county, told.known, told.when)
    assert said(raised(RULE, [*found, again])) == said(raised(RULE, found))
    assert different([*found, again]) == different(found)


@given(GROUNDS)
def test_the_number_of_different_incidents_is_never_more_than_there_are(found: list[Ground]) -> None:
    assert min(1, len(found)) <= different(found) <= max(1, len(found))
    for alert in raised(RULE, found):
        assert RULE.enough <= alert.different <= len(alert.grounds)
        assert {g.county for g in alert.grounds} == {alert.county}


# --- from incidents -------------------------------------------------------------------------


def report(name: str, published: str | None, received: str = "2020-06-01T00:00:00+00:00") -> Report:
    return Report(id=name, text="x", language=Language.EN, published=published, received=received)


def incident(name: str, when: str | None = "2020-02-01", **more: Any) -> Incident:
    likeliest = Hypothesis(
        script=more.pop("script", "manufactured_defection"),
        posterior=0.9,
        low=0.8,
        high=0.95,
        words="very likely",
        steps=(),
        overturn=None,
    )
    values: dict[str, Any] = {
        "places": ("kp-musan",),
        "manufactured": Manufactured.YES,
        "hypotheses": (likeliest,),
        "accounts": (Account(id=f"a{name}", report_id=name, claims=()),),
    }
    return Incident(id=name, when=when, corroboration=Corroboration(value="no", reason=""), **(values | more))


REPORTS = {n: report(n, p) for n, p in {"1": "2020-03-01", "2": "2020-05-01", "3": None, "4": "9999-12-31"}.items()}


@pytest.mark.parametrize(
    ("second", "since"),
    [
        (incident("2", "2020-04-01"), "2020-05-01"),
        (incident("3", "2020-04-01"), "2020-06-01"),
        (incident("4", "2020-04-01"), "2020-06-01"),
        (incident("2", "2020-04-01", places=("kp-hamgyong-n",)), None),
        (incident("2", "2020-04-01", places=()), None),
        (incident("2", "2020-04-01", practice=True), None),
        (incident("2", "2020-04-01", manufactured=Manufactured.SUSPECTED), None),
        (incident("2", "2020-04-01", script="informant_tip"), None),
        (incident("2", "2015-04-01"), None),
        (incident("2", "2020-02-01"), None),
    ],
)
def test_incidents_count_where_the_method_is_established_in_one_county_and_not_long_ago(
    second: Incident, since: str | None
) -> None:
    found = alerts_of([incident("1"), second], REPORTS, PACK)
    assert [a.since.isoformat() for a in found] == ([since] if since else [])


def test_another_report_of_the_same_incident_raises_nothing() -> None:
    both = tuple(Account(id=f"a{n}", report_id=n, claims=()) for n in "12")
    assert alerts_of([incident("1", accounts=both)], REPORTS, PACK) == []


def test_an_alert_names_no_person() -> None:
    assert set(Alert.__dataclass_fields__) == {"rule", "county", "since", "until", "different", "grounds"}
    assert set(Ground.__dataclass_fields__) == {"incident", "county", "known", "when"}


def test_one_incident_is_never_enough() -> None:
    with pytest.raises(ValueError, match="greater than or equal to 2"):
        AlertRule(code="r", script="manufactured_defection", enough=1)
