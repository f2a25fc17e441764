"""The page of patterns leads with the alerts: where, since when, what they rest on and what would undo them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from web_client import entered
from web_fakes import FakeBook

from secondsource.packs import AlertRule
from secondsource.patterns import Alert, Ground

RULE = AlertRule(code="set_ups", label={"en": "People are lured"}, script="patrol_arrest")
TODAY = datetime.now(UTC).date()


def alert(since: date, until: date) -> Alert:
    first, second = since - timedelta(days=30), since
    found = (Ground("i_lured", "ms", first, "2019-03"), Ground("i_patrol", "ms", second, "2019-06"))
    return Alert(RULE, "ms", since, until, 2, found)


class Alerting(FakeBook):
    def __init__(self, *found: Alert) -> None:
        super().__init__()
        self.found = list(found)

    def alerts(self) -> list[Alert]:
        return self.found


def section(book: FakeBook) -> str:
    page = entered(book).get("/patterns").text
    (found,) = re.findall(r'<section aria-labelledby="alerts">(.*?)</section>', page, flags=re.S)
    return str(found)


@pytest.mark.parametrize(("days", "words"), [(30, "stands until"), (-1, "lapsed on")])
def test_an_alert_says_where_of_what_since_when_and_whether_it_stands(days: int, words: str) -> None:
    shown = section(Alerting(alert(TODAY - timedelta(days=100), TODAY + timedelta(days=days))))
    assert words in shown and "People are lured" in shown and "Musan" in shown and "Since" in shown


def test_it_leads_to_every_incident_that_it_rests_on_and_says_what_would_undo_it() -> None:
    shown = section(Alerting(alert(TODAY, TODAY)))
    assert re.findall(r'href="/incidents/(\w+)"', shown) == ["i_lured", "i_patrol"]
    assert "at least 2 different incidents" in shown and "falls if 1 of them" in shown
    assert "machine" in shown


@pytest.mark.parametrize("book", [FakeBook(), FakeBook(empty=True), Alerting(alert(TODAY + timedelta(days=9), TODAY))])
def test_where_too_little_is_known_it_says_so(book: FakeBook) -> None:
    assert "in no county is enough known" in section(book)
