"""Counts by month and county say how sure they are, and leave out what has no month."""

from __future__ import annotations

from typing import Any

import pytest

from secondsource import packs, patterns
from secondsource.model import ContextEvent, Corroboration, Incident

PACK = packs.load("nk_border").model_copy(
    update={"context": [ContextEvent(code="x", label={"en": "Inspection"}, when="2019-03", source="s")]}
)


def incident(name: str, when: str | None, *places: str, **more: Any) -> Incident:
    values: dict[str, Any] = {
        "acts": ("arrest_detention",),
        "corroboration": Corroboration(value="no", reason=""),
    } | more
    return Incident(id=name, accounts=(), when=when, places=places, **values)


def cells(*incidents: Incident) -> list[tuple[str, str | None, int, int]]:
    return [(c.month, c.county, c.least, c.most) for c in patterns.by_month(incidents, PACK).cells]


@pytest.mark.parametrize(
    ("when", "places", "expected"),
    [
        ("2019-03-11/2019-03-20", ("kp-musan",), [("2019-03", "kp-musan", 1, 1)]),
        ("2019-03-28/2019-04-02", ("kp-musan",), [("2019-03", "kp-musan", 0, 1), ("2019-04", "kp-musan", 0, 1)]),
        ("2019-03", (), [("2019-03", None, 1, 1)]),
        ("2019-03", ("kp-tumen-river",), [("2019-03", None, 1, 1)]),
        ("2019-03", ("kp-musan", "kp-hamgyong-n"), [("2019-03", "kp-musan", 1, 1)]),
    ],
)
def test_an_incident_is_counted_where_it_may_have_been(when: str, places: tuple[str, ...], expected: list[Any]) -> None:
    assert cells(incident("i", when, *places)) == expected


@pytest.mark.parametrize("when", [None, "XXXX-04-15", "2017/2019", "2019-03/.."])
def test_what_has_no_month_is_counted_apart(when: str | None) -> None:
    trend = patterns.by_month([incident("i", when)], PACK)
    assert (trend.cells, trend.undated) == ((), ("i",))


@pytest.mark.parametrize("more", [{"practice": True}, {"acts": ()}])
def test_practices_and_stories_of_which_nothing_is_coded_are_not_counted(more: dict[str, Any]) -> None:
    assert cells(incident("i", "2019-03", **more)) == []


def test_months_without_incidents_are_shown_and_events_stand_beside_them() -> None:
    trend = patterns.by_month([incident("a", "2019-01"), incident("b", "2019-04")], PACK)
    assert trend.months == ("2019-01", "2019-02", "2019-03", "2019-04")
    assert [e.code for e in trend.events_in("2019-03")] == ["x"]
    assert trend.events_in("2019-04") == ()
