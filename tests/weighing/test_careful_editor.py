"""What a careful editor would say of the cases that documenters meet: how many sources, and why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weighing_cases import account, claim, one_voice, report, voice, weighed

from secondsource.model import (
    Account,
    Count,
    Decision,
    DecisionKind,
    FactKind,
    Incident,
    Modality,
    PeopleMention,
    Report,
    Source,
    Span,
    SumMention,
    TimeMention,
)

Told = tuple[Report, Account]

RIDGE, HARBOUR = {"outlet": "Ridge Weekly"}, {"outlet": "Harbour Post"}
BAN = {"kind": "named", "name": "Ban Dok-su"}
PYO = {"kind": "named", "name": "Pyo Myong-ok"}
STATE = {"kind": "state_media", "name": "The state news agency"}
COURT = {"kind": "document", "name": "The verdict"}
WITNESS, VICTIM, SISTER = {"connection": "0102"}, {"connection": "0101"}, {"connection": "0201"}
RARE = ["deception_lure", "border_crossing_attempt", "arrest_detention", "interrogation_torture"]


def one(text: str, *voices: dict[str, str], key: str = "r", language: str = "en") -> Told:
    """A report in which each voice states the arrest. `modality` is of the claim, `at` of the voice's words."""
    spoken, claims = [], []
    for n, fields in enumerate(voices):
        made = voice(key, f"v{n}", **fields)
        at = text.find(fields["at"]) if "at" in fields else 0
        spoken.append(made.model_copy(update={"spans": (Span(start=at, end=at + 5),)}))
        claims.append(claim(key, "arrest_detention", f"v{n}", modality=fields.get("modality", "asserted"), key=str(n)))
    return report(key, text=text, language=language), account(key, claims, spoken)


def rare(key: str, outlet: str, language: str) -> Told:
    """A telling with two ages and two sums, in this order."""
    claims = []
    for n, act in enumerate(RARE):
        made = claim(key, act, "v", start=str(50 * n), end=str(50 * n + 40), key=str(n))
        span = Span(start=50 * n, end=50 * n + 5)
        people = (PeopleMention(span=span, age_min=54 - 28 * n, age_max=54 - 28 * n),) if n < 2 else ()
        money = (SumMention(span=span, amount=20000 - 19700 * n, currency="CNY"),) if n < 2 else ()
        claims.append(made.model_copy(update={"victims": people, "sums": money}))
    return report(key, outlet=outlet, language=language), account(key, claims, [voice(key)])


def two(first: dict[str, str], second: dict[str, str]) -> list[Told]:
    return [one_voice("a", **RIDGE | first), one_voice("b", **HARBOUR | second)]


def arrest(incident: Incident) -> tuple[int, int, str]:
    finding = next(f for f in incident.findings if f.kind is FactKind.ACT and f.value == "arrest_detention")
    return finding.independence.least, finding.independence.most, finding.verdict.value


NGO = {"kind": "official", "name": "The River Border Documentation Group"}
CASES: dict[str, tuple[list[Told], tuple[int, int, str, str]]] = {
    "a reprint": (two({}, {"reprint_of": "a"}), (1, 1, "repeated", "reprints")),
    "a translation in another outlet": (
        [rare("a", "Ridge Weekly", "en"), rare("b", "항구신문", "ko")],
        (1, 1, "repeated", "in another language"),
    ),
    "an aggregator that names the outlet": (
        two({}, {"text": "Harbour digest. According to Ridge Weekly, three were held at the bank."}),
        (1, 1, "repeated", "cites the other's outlet"),
    ),
    "one pseudonym in two outlets": (
        two(BAN, BAN | {"text": "Ban Dok-su, a pseudonym, told of the arrest of three at the river."}),
        (1, 2, "repeated", "may be one person"),
    ),
    "two pseudonyms in two outlets": (
        two(BAN | {"text": "Names have been changed. Ban told of the three."}, PYO),
        (1, 2, "repeated", "may be one person"),
    ),
    "two outlets cite one organisation": (two(NGO, NGO), (1, 1, "repeated", "both cite The River Border")),
    "two outlets cite an official each": (
        two({"kind": "official", "name": "An official"}, {"kind": "official", "name": "An official"}),
        (1, 2, "repeated", "may be one person"),
    ),
    "a wire in two papers": (
        two({"text": "SEOUL (Yonhap) Three were held."}, {"text": "서울=연합뉴스 세 명", "language": "ko"}),
        (1, 1, "repeated", "both cite one outlet"),
    ),
    "the trader has it from the resident": (
        [one("Told.", {"heard_from": "r-v1"}, {})],
        (1, 1, "repeated", "One source"),
    ),
    "somebody who only heard of it": (
        [one("Told.", BAN, PYO | {"modality": "heard"})],
        (1, 2, "repeated", "may be one person"),
    ),
    "unnamed sources of one outlet in two places": (
        [one("Told.", {"base": "kp-hyesan"}, {"base": "kp-musan"})],
        (1, 2, "repeated", "unnamed sources of one outlet"),
    ),
    "a verdict and somebody who was in the room": (
        [one("Told.", COURT, WITNESS)],
        (2, 2, "corroborated", "beside somebody who was there"),
    ),
    "a verdict and somebody who may have leaked it": ([one("Told.", COURT, {})], (1, 2, "repeated", "may be one")),
    "a verdict and a broadcast": ([one("Told.", COURT, STATE)], (1, 2, "repeated", "may be one person")),
    "a broadcast and somebody who may have heard it": ([one("Told.", STATE, {})], (1, 2, "repeated", "may be one")),
    "a staged confession": (
        [one("The agency showed her. She confessed.", STATE | {"at": "The ag"}, BAN | VICTIM | {"at": "She"})],
        (1, 2, "repeated", "may be one person"),
    ),
    "a survivor and her sister who has it from her": (
        [one("Told.", VICTIM, SISTER | {"heard_from": "r-v0"})],
        (1, 1, "repeated", "One source"),
    ),
    "a survivor in one outlet, her sister in another": (two(VICTIM, SISTER), (1, 2, "repeated", "may be one person")),
    "a survivor in one outlet, a witness in another": (two(VICTIM, WITNESS), (1, 2, "repeated", "may be one person")),
    "an outlet tells it again a year later": (
        [one_voice("a", **RIDGE), one_voice("b", **RIDGE, text="A year on, the three are still held in Hyesan.")],
        (1, 2, "repeated", "both are of one outlet"),
    ),
    "two people by their full names": (two(BAN, PYO), (2, 2, "corroborated", "two people by name")),
    "one name in two spellings": (
        two({"kind": "named", "name": "Ri Chun-hui"}, {"kind": "named", "name": "Lee Choon Hee"}),
        (1, 2, "repeated", "may be one person"),
    ),
    "one name in two orders": (
        two({"kind": "named", "name": "Pak Yong-ok"}, {"kind": "named", "name": "Young-ok Park"}),
        (1, 2, "repeated", "may be one person"),
    ),
    "surnames alone": (
        two({"kind": "named", "name": "a man surnamed Ban"}, {"kind": "named", "name": "a Ms Pyo"}),
        (1, 2, "repeated", "may be one person"),
    ),
    "a name in Hangul and in northern and southern spelling": (
        [
            one_voice("a", kind="named", name="리춘희", language="ko", outlet="산마을신문"),
            one_voice("b", kind="named", name="이춘희", language="ko", outlet="항구신문"),
        ],
        (1, 2, "repeated", "may be one person"),
    ),
    "a source in Hoeryong, in two outlets": (
        two({"base": "kp-hoeryong"}, {"base": "kp-hoeryong"}),
        (1, 2, "repeated", "outlets are unrelated"),
    ),
    "collaborator A, later only A": (
        [one("話", {"kind": "named", "name": "両江道の協力者A氏"}, {"kind": "named", "name": "A氏"}, language="ja")],
        (1, 2, "repeated", "may be one person"),
    ),
    "numbered witnesses of one report": (
        [one("Told.", {"kind": "named", "name": "Witness 12"}, {"kind": "named", "name": "Witness 15"})],
        (2, 2, "corroborated", "two people by name"),
    ),
    "the guest of an interview and the name of the guest": (
        [one("Told.", {"kind": "named", "name": "GUEST"}, BAN)],
        (1, 2, "repeated", "may be one person"),
    ),
    "strangers, says the report": (
        [one("A cook told of it. A clerk did too. They do not know each other.", {"name": "A cook"}, {})],
        (2, 2, "corroborated", "know of it separately"),
    ),
    "no independent source could be found": (
        [one("It could not be confirmed by an independent source.", {"name": "A cook"}, {"name": "A clerk"})],
        (1, 2, "repeated", "may be one person"),
    ),
    "strangers elsewhere in the report": (
        [one("A cook and a clerk." + "\n\nRice is dear." * 4 + "\n\nTwo traders do not know each other.", {}, {})],
        (1, 2, "repeated", "may be one person"),
    ),
    "the outlet and its own source": ([one("Told.", {"kind": "outlet"}, {})], (1, 1, "repeated", "One source")),
    "one says so, the other only suspects": ([one("Told.", {}, {"modality": "hedged"})], (1, 1, "repeated", "One")),
    "a copy that names somebody new": (
        [*two({}, PYO), one_voice("c", outlet="Mirror", reprint_of="a", **BAN)],
        (1, 2, "repeated", "may be one person"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_interval_is_what_a_careful_editor_would_say(case: str) -> None:
    told, (least, most, verdict, why) = CASES[case]
    incident = weighed(*told)
    finding = next(f for f in incident.findings if f.kind is FactKind.ACT and f.value == "arrest_detention")
    assert arrest(incident) == (least, most, verdict), finding.independence.reason
    assert why in finding.independence.reason
    assert (incident.corroboration.value == "yes") is (least >= 2)


def different(*targets: str) -> Decision:
    return Decision(id="d", kind=DecisionKind.DIFFERENT_SOURCE, targets=targets, who="w", at="2020", why="met both")


@pytest.mark.parametrize(
    ("known", "decisions", "expected", "why"),
    [
        pytest.param([], [different("a-v", "b-v")], (2, 2, "corroborated"), "people who know them", id="two people"),
        pytest.param(
            [Source(id="s", pseudonym="s", voices=("a-v", "b-v"))],
            [],
            (1, 1, "repeated"),
            "their source is the same",
            id="one person",
        ),
        pytest.param(
            [
                Source(id="s", pseudonym="s", voices=("a-v",)),
                Source(id="t", pseudonym="t", voices=("b-v",), heard_from="s"),
            ],
            [],
            (1, 1, "repeated"),
            "their source is the same",
            id="the second has it from the first",
        ),
        pytest.param(
            [
                Source(id="o", pseudonym="o"),
                Source(id="s", pseudonym="s", voices=("a-v",), heard_from="o"),
                Source(id="t", pseudonym="t", voices=("b-v",), heard_from="o"),
            ],
            [different("a-v", "b-v")],
            (1, 1, "repeated"),
            "",
            id="two people who both have it from a third",
        ),
    ],
)
def test_what_people_know_decides(
    known: list[Source], decisions: list[Decision], expected: tuple[int, int, str], why: str
) -> None:
    incident = weighed(*two({}, {}), known=known, decisions=decisions)
    assert arrest(incident) == expected
    assert why in next(f for f in incident.findings if f.kind is FactKind.ACT).independence.reason


def test_corroborated_is_said_of_that_fact_alone() -> None:
    (first, told), (second, again) = two(BAN, PYO)
    paid = again.claims[0].model_copy(
        update={"sums": (SumMention(span=Span(start=0, end=1), amount=900, currency="CNY"),)}
    )
    incident = weighed((first, told), (second, again.model_copy(update={"claims": (paid,)})))
    verdicts = {f.kind: f.verdict.value for f in incident.findings}
    assert verdicts == {FactKind.ACT: "corroborated", FactKind.SUM: "single"}


def test_a_date_that_a_report_gives_once_is_said_by_one_voice() -> None:
    text, told = one("Told.", BAN, PYO)
    away = TimeMention(span=Span(start=900, end=910), edtf="2018-11")
    near = away.model_copy(update={"span": Span(start=0, end=5)})

    def dated(first: TimeMention, second: TimeMention) -> str:
        claims = [c.model_copy(update={"when": w}) for c, w in zip(told.claims, (first, second), strict=True)]
        incident = weighed((text, told.model_copy(update={"claims": tuple(claims)})))
        return next(f.verdict.value for f in incident.findings if f.kind is FactKind.WHEN)

    assert dated(near, near) == "corroborated"
    assert dated(near, away) == dated(away, away) == "single"


def test_a_number_pieced_together_of_two_voices_is_borne_out_by_neither() -> None:
    span = Span(start=0, end=5)
    two_, one_, all_ = (PeopleMention(span=span, count_min=n, count_max=n, relations=("woman",)) for n in (2, 1, 3))
    (text, told) = one("Told.", BAN, PYO)

    def counted(each: list[tuple[PeopleMention, ...]]) -> str:
        claims = [c.model_copy(update={"victims": v}) for c, v in zip(told.claims, each, strict=True)]
        incident = weighed((text, told.model_copy(update={"claims": tuple(claims), "victims": Count(low=3, high=3)})))
        return next(f.verdict.value for f in incident.findings if f.kind is FactKind.VICTIMS)

    assert counted([(two_,), (one_,)]) == "single"
    assert counted([(all_,), (all_,)]) == "corroborated"


ADDED = st.fixed_dictionaries(
    {"outlet": st.sampled_from(["Ridge Weekly", "Harbour Post", "Lantern", "Daily NK"])},
    optional={
        "kind": st.sampled_from(["unnamed", "official", "outlet"]),
        "connection": st.sampled_from(["0201", "03", "99"]),
        "base": st.sampled_from(["kp-hyesan", "kp-musan"]),
        "name": st.sampled_from(["a source", "A second source", "Ban Dok-su", "a clerk"]),
    },
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ADDED, min_size=1, max_size=5), st.booleans())
def test_however_many_unnamed_sources_are_added_the_least_stays(added: list[dict[str, str]], heard: bool) -> None:
    known = two(BAN, PYO) if heard else two(BAN, {})
    more = []
    for n, fields in enumerate(added):
        text, told = one_voice(f"m{n}", **fields)
        modality = Modality.HEARD if heard else Modality.ASSERTED
        claims = tuple(c.model_copy(update={"modality": modality}) for c in told.claims)
        more.append((text, told.model_copy(update={"claims": claims})))
    assert arrest(weighed(*known, *more))[0] <= arrest(weighed(*known))[0]


def test_what_is_denied_is_contested_however_many_say_it() -> None:
    denied = one("The agency denied it.", STATE | {"modality": "denied"}, key="c")
    incident = weighed(*two(BAN, PYO), denied)
    assert arrest(incident) == (2, 2, "contested")
    assert incident.corroboration.value == "unclear"
    assert "denies" in incident.corroboration.reason
