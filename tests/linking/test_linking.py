"""Accounts of one incident come together; look-alikes, and what a person separated, do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource import packs
from secondsource.linking import Cluster, Comparer, link
from secondsource.linking.cluster import agglomerate
from secondsource.model import (
    Account,
    Count,
    Decision,
    DecisionKind,
    PlaceMention,
    PlaceRole,
    Report,
    Span,
    SumMention,
)

PACK = packs.load("nk_border")
NOWHERE = Span(start=0, end=0)


def report(name: str, text: str = "", language: str = "en", **more: Any) -> Report:
    return Report.model_validate(
        {"id": f"r_{name}", "ref": name, "text": text or name, "language": language, "received": "2026", **more}
    )


def account(name: str, **more: Any) -> Account:
    fields: dict[str, Any] = {
        "acts": ("arrest_detention", "border_crossing_attempt"),
        "perpetrators": ("MSS",),
        "when": "2018-11-21/2018-11-30",
        "when_basis": "text",
        "victims": Count(low=3, high=3),
        "place": "kp-musan",
        "details": (),
    } | more
    place = fields.pop("place")
    places = (PlaceMention(span=NOWHERE, place=place, role=PlaceRole.INCIDENT),) if place else ()
    return Account(id=f"a_{name}", report_id=f"r_{name.rstrip('0123456789')}", claims=(), places=places, **fields)


def linked(
    accounts: Sequence[Account], reports: Sequence[Report] = (), decisions: Sequence[Decision] = ()
) -> list[list[str]]:
    known = {f"r_{a.id[2:].rstrip('0123456789')}": a for a in accounts}
    every = {r: report(r[2:], f"text of {r}") for r in known} | {r.id: r for r in reports}
    return [[a.id[2:] for a in c.accounts] for c in link(accounts, every, PACK, decisions)]


def decision(kind: DecisionKind, *names: str) -> Decision:
    targets = tuple(f"a_{n}" for n in names)
    return Decision(id="d", kind=kind, targets=targets, who="editor", at="2026", why="the ledger")


DETAILS = ("sum:17000 CNY", "age:50s", "relation:wife", "relation:son", "place:kp-musan")


@pytest.mark.parametrize(
    ("other", "together"),
    [
        ({}, True),
        ({"when": "2018-11", "victims": Count(low=2, high=None)}, True),
        ({"when": "XXXX-11-21/XXXX-11-30", "when_basis": "unknown", "details": DETAILS}, True),
        ({"when": "2018-12-21/2018-12-31", "place": "kp-onsong"}, False),
        ({"when": "2017-11-21/2017-11-30"}, False),
        ({"place": "kp-hyesan", "victims": Count(low=1, high=1)}, False),
        ({"when": "2018-11-01/2018-11-05", "acts": ("remittance",), "victims": Count(low=1, high=1)}, False),
    ],
)
def test_two_tellings_come_together_as_far_as_they_agree(other: dict[str, Any], together: bool) -> None:
    details = DETAILS if other.get("details") else ()
    groups = linked([account("x", details=details), account("y", **other)])
    assert groups == ([["x", "y"]] if together else [["x"], ["y"]])


def test_a_declared_reprint_is_the_same_incident_even_without_a_date() -> None:
    reports = [report("x", "one text"), report("y", "another text", reprint_of="x")]
    assert linked([account("x"), account("y", when=None, when_basis="unknown")], reports) == [["x", "y"]]


def test_two_incidents_of_one_report_stay_two() -> None:
    assert linked([account("x1"), account("x2")]) == [["x1"], ["x2"]]


def test_a_third_report_joins_one_of_them_and_merges_neither() -> None:
    groups = linked([account("x1"), account("x2"), account("y")])
    assert sorted(len(g) for g in groups) == [1, 2]
    assert not any({"x1", "x2"} <= set(g) for g in groups)


def test_a_person_outranks_the_weights() -> None:
    alike = [account("x"), account("y")]
    assert linked(alike, decisions=[decision(DecisionKind.UNLINK, "x", "y")]) == [["x"], ["y"]]
    unlike = [account("x"), account("y", when="2010", place="kp-sinuiju", acts=("shooting",))]
    assert linked(unlike, decisions=[decision(DecisionKind.LINK, "x", "y")]) == [["x", "y"]]
    both = [decision(DecisionKind.UNLINK, "x", "y"), decision(DecisionKind.LINK, "x", "y")]
    assert linked(alike, decisions=both) == [["x", "y"]]


def test_practices_are_never_linked_to_incidents() -> None:
    assert linked([account("x"), account("y", practice=True)]) == [["x"], ["y"]]


def test_every_link_says_what_it_weighs() -> None:
    accounts = [account("x"), account("y")]
    found = Comparer(accounts, {"r_x": report("x"), "r_y": report("y")}, PACK).link(*accounts)
    assert found.weight == pytest.approx(sum(f.weight for f in found.factors), abs=0.01)
    assert {f.name for f in found.factors} == {"prior", *PACK.linking.comparisons}
    assert all(f.why for f in found.factors)


def test_an_incident_keeps_its_id_when_more_reports_come() -> None:
    def clusters(accounts: Sequence[Account]) -> list[Cluster]:
        return link(accounts, {a.report_id: report(a.report_id[2:]) for a in accounts}, PACK)

    assert clusters([account("x")])[0].id == clusters([account("x"), account("y")])[0].id


def test_look_alikes_are_not_chained() -> None:
    """a-b and b-c agree, a-c do not: the average decides, not the nearest neighbour."""
    assert agglomerate(range(3), {(0, 1): 5.0, (1, 2): 4.0, (0, 2): -20.0}) == [[0, 1], [2]]
    assert agglomerate(range(3), {(0, 1): 5.0, (1, 2): 4.0, (0, 2): -2.0}) == [[0, 1, 2]]


def test_what_is_excluded_stays_apart_through_every_merge() -> None:
    assert agglomerate(range(3), {(0, 1): 50.0, (1, 2): 50.0, (0, 2): -1000.0}) == [[0, 1], [2]]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["kp-musan", "kp-onsong", "kp-hyesan", None]),
            st.sampled_from(["2018-11", "2018-12-01/2018-12-10", "XXXX-11", None]),
            st.integers(1, 4),
        ),
        min_size=1,
        max_size=9,
    )
)
def test_every_account_ends_in_exactly_one_incident(drawn: list[tuple[str | None, str | None, int]]) -> None:
    accounts = [
        account("abcdefghi"[n], place=place, when=when, victims=Count(low=low, high=low))
        for n, (place, when, low) in enumerate(drawn)
    ]
    groups = linked(accounts)
    assert sorted(name for group in groups for name in group) == sorted(a.id[2:] for a in accounts)


def test_the_same_sum_counts_more_than_any_other_detail() -> None:
    ledger = (SumMention(span=NOWHERE, amount=17000, currency="CNY"),)
    pair = [account("x", sums=ledger), account("y", sums=ledger)]
    factors = Comparer(pair, {"r_x": report("x"), "r_y": report("y")}, PACK).link(*pair).factors
    weights = {f.name: f.weight for f in factors}
    assert weights["sums"] > 3
