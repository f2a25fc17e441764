"""Facts, what contradicts them, and the incident in a few words."""

from __future__ import annotations

import pytest
from weighing_cases import account, claim, one_voice, report, victims, voice, weighed

from secondsource.model import Account, FactKind, Incident, Report, Verdict

Told = tuple[Report, Account]


def telling(key: str, **more: str) -> Told:
    count = (
        {"victims": victims(*(int(n) if n else None for n in more.pop("count").split("..")))} if "count" in more else {}
    )
    extra = {"when": more["when"]} if "when" in more else {}
    act = more.pop("act", "arrest_detention")
    return (
        report(key, outlet=f"Paper {key}"),
        account(key, [claim(key, act, "v", **more)], [voice(key)], **count, **extra),
    )


def conflicts(incident: Incident, kind: FactKind) -> dict[str, tuple[str, ...]]:
    return {f.value: f.conflicts for f in incident.findings if f.kind is kind and f.conflicts}


@pytest.mark.parametrize(
    ("kind", "first", "second", "contradict"),
    [
        pytest.param("when", {"when": "2018-11-21/2018-11-30"}, {"when": "2018-12"}, True, id="dates apart"),
        pytest.param("when", {"when": "2018-11-21/2018-11-30"}, {"when": "2018-11"}, False, id="dates that meet"),
        pytest.param("when", {"when": "XXXX-11-25"}, {"when": "2018-11"}, False, id="a date without a year"),
        pytest.param("when", {"when": "2018-11"}, {"when": "2019-02", "act": "release"}, False, id="dates of two acts"),
        pytest.param("place", {"place": "kp-musan"}, {"place": "kp-hyesan"}, True, id="two counties"),
        pytest.param("place", {"place": "kp-musan"}, {"place": "kp"}, False, id="a county and its country"),
        pytest.param(
            "place", {"place": "kp-musan kp-hyesan"}, {"place": "kp-hyesan"}, False, id="one telling has both"
        ),
        pytest.param("perpetrator", {"by": "MSS"}, {"by": "border_guards"}, True, id="two bodies arrest"),
        pytest.param("perpetrator", {"by": "MSS border_guards"}, {"by": "border_guards"}, False, id="jointly"),
        pytest.param("perpetrator", {"by": "MSS"}, {"by": "chinese_police"}, False, id="two states"),
        pytest.param("perpetrator", {"by": "MSS"}, {"by": "border_guards", "act": "shooting"}, False, id="of two acts"),
    ],
)
def test_values_that_cannot_both_be_true_contradict(
    kind: str, first: dict[str, str], second: dict[str, str], contradict: bool
) -> None:
    incident = weighed(telling("a", **first), telling("b", **second))
    found = conflicts(incident, FactKind(kind))
    assert bool(found) is contradict
    assert all((f.verdict is Verdict.CONTESTED) is bool(f.conflicts) for f in incident.findings)


@pytest.mark.parametrize(
    ("first", "second", "contradict", "summed"),
    [
        ("3..3", "3..3", False, (3, 3)),
        ("3..", "5..5", False, (5, 5)),
        ("3..3", "4..4", True, (3, 4)),
        ("..2", "1..", False, (1, 2)),
    ],
)
def test_counts_are_ranges(first: str, second: str, contradict: bool, summed: tuple[int, int]) -> None:
    told = []
    for key, count in (("a", first), ("b", second)):
        one, other = telling(key, count=count)
        people = [c.model_copy(update={"victims": (PERSON,)}) for c in other.claims]
        told.append((one, other.model_copy(update={"claims": tuple(people)})))
    incident = weighed(*told)
    assert bool(conflicts(incident, FactKind.VICTIMS)) is contradict
    assert (incident.victims.low, incident.victims.high) == summed


from secondsource.model import PeopleMention, Span  # noqa: E402

PERSON = PeopleMention(span=Span(start=0, end=1))


def test_a_denial_contests_the_act_and_supports_nothing() -> None:
    incident = weighed(telling("a"), telling("b", modality="denied"))
    (finding,) = [f for f in incident.findings if f.kind is FactKind.ACT]
    assert finding.verdict is Verdict.CONTESTED
    assert [s.report_id for s in finding.support] == ["a"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2018-11", "2018-11-21/2018-11-30"], "2018-11-21/2018-11-30"),
        (["2018-11-28", "XXXX-11-21/XXXX-11-30"], "2018-11-28"),
        (["2012-05-01", "2013-05-01"], "2012-05-01/2013-05-01"),
        ([], None),
    ],
)
def test_when_is_what_the_dates_share_or_else_what_holds_them_all(dates: list[str], expected: str | None) -> None:
    assert weighed(*(telling(f"k{i}", when=d) for i, d in enumerate(dates)), one_voice("z")).when == expected


def test_places_leave_out_what_only_holds_a_finer_one() -> None:
    incident = weighed(telling("a", place="kp"), telling("b", place="kp-musan"))
    told = [a.model_copy(update={"places": a.claims[0].places}) for a in incident.accounts]
    again = weighed(*((report(a.report_id), a) for a in told))
    assert again.places == ("kp-musan",)


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        (["arrest_detention", "arrest_detention"], "unclear"),
        (["arrest_detention", "interrogation_torture"], "unclear"),
        (["arrest_detention", "surveillance_crackdown"], "no"),
        (["arrest_detention", "remittance"], "no"),
    ],
)
def test_a_second_voice_counts_only_where_it_speaks_of_the_event(acts: list[str], expected: str) -> None:
    claims = [claim("r", act, f"v{i}") for i, act in enumerate(acts)]
    incident = weighed((report("r"), account("r", claims, [voice("r", "v0"), voice("r", "v1")])))
    assert incident.corroboration.value == expected
    assert incident.corroboration.reason.endswith(".")


def test_an_account_without_voices_is_weighed_too() -> None:
    incident = weighed((report("r", outlet=None), account("r", [claim("r", "arrest_detention")])))
    assert incident.corroboration.value == "no"
    assert {f.verdict for f in incident.findings} == {Verdict.UNSOURCED}
