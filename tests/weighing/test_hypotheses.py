"""How it was done: posteriors, linchpins, questions, and whether the state made it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weighing_cases import PACK, account, from_text, report, weighed

from secondsource.model import Manufactured
from secondsource.scripts import Observed
from secondsource.weighing import matrix, reweigh
from secondsource.weighing.hypotheses import hypotheses
from secondsource.weighing.knowledge import knowledge
from secondsource.weighing.probability import RANGES, bounds, words

KNOWN = knowledge(PACK)
USERS: dict[str, set[str]] = {}
for _script in KNOWN.scripts.values():
    for _step in _script.steps:
        if _step.signal:
            USERS.setdefault(_step.signal, set()).add(_script.code)
UNIQUE = sorted((signal, *users) for signal, users in USERS.items() if len(users) == 1)
signal_sets = st.sets(st.sampled_from(sorted(KNOWN.signals)))

MADE = [
    (
        "The agents had turned a smuggler, and the whole journey was staged to raise their arrest figures.",
        "coercion_of_broker",
    ),
    ("He promised to take the family across the river to their daughter.", "deception_lure border_crossing_attempt"),
    ("Agents seized them at the river while they were crossing.", "MSS>arrest_detention"),
    ("Only in the cell they learned of the plot.", "interrogation_torture border_crossing_attempt"),
]
JOINED = [
    ("Three women were arrested at the river.", "MSS>arrest_detention border_crossing_attempt"),
    (
        "A fourth woman had approached them on orders and told the office of their plan.",
        "informant_tip border_crossing_attempt",
    ),
]
CAUGHT = [
    ("Two brothers were arrested by a patrol as they entered the river.", "arrest_detention border_crossing_attempt")
]
STING = [
    ("The arrest of the money courier was staged.", "arrest_detention"),
    ("Agents posing as phone brokers offered a call in which money would be promised.", "deception_lure remittance"),
]


@settings(max_examples=50, deadline=None)
@given(signal_sets)
def test_posteriors_sum_to_one_and_lie_within_their_range(seen: set[str]) -> None:
    ranked = hypotheses(Observed(dict.fromkeys(seen, ("c",)), frozenset()), PACK)
    assert sum(h.posterior for h in ranked) == pytest.approx(1)
    assert all(h.low <= h.posterior <= h.high for h in ranked)
    assert [h.posterior for h in ranked] == sorted((h.posterior for h in ranked), reverse=True)


@settings(max_examples=100, deadline=None)
@given(signal_sets, st.sampled_from(UNIQUE))
def test_a_signal_that_one_script_alone_has_never_speaks_against_it(seen: set[str], unique: tuple[str, str]) -> None:
    signal, script = unique
    assert KNOWN.posterior(seen | {signal})[script] >= KNOWN.posterior(seen - {signal})[script]


@pytest.mark.parametrize(
    ("lines", "script", "made"),
    [
        pytest.param(MADE, "manufactured_defection", Manufactured.YES, id="turned broker, lure, arrest"),
        pytest.param(JOINED, "informant_tip", Manufactured.SUSPECTED, id="an informer joined the group on orders"),
        pytest.param(CAUGHT, "patrol_arrest", Manufactured.NO, id="a patrol"),
        pytest.param(STING, "remittance_sting", Manufactured.NO, id="a trap about money"),
    ],
)
def test_the_script_is_recognised_and_what_the_state_made_is_called_so(
    lines: list[tuple[str, str]], script: str, made: Manufactured
) -> None:
    incident = weighed(from_text(lines))
    assert incident.hypotheses[0].script == script
    assert incident.manufactured is made


def test_hedged_steps_only_raise_a_suspicion() -> None:
    assert weighed(from_text(MADE, modality="hedged")).manufactured is Manufactured.SUSPECTED


def test_every_step_points_to_the_claims_that_stand_for_it() -> None:
    told = from_text(MADE)
    top = weighed(told).hypotheses[0]
    known = {c.id for c in told[1].claims}
    steps = {s.step: s for s in top.steps}
    assert steps["lure"].claims and set(steps["lure"].claims) <= known
    assert steps["lure"].weight > 0
    assert steps["take_money"].claims == ()


def test_without_its_linchpin_another_script_comes_first() -> None:
    lines = [*CAUGHT, ("A neighbour had told the office.", "informant_tip")]
    incident = weighed(from_text(lines))
    top = incident.hypotheses[0]
    assert top.script == "informant_tip"
    told, account_ = from_text(lines)
    rest = [c for c in account_.claims if c.id != top.linchpin]
    assert len(rest) == len(account_.claims) - 1
    assert weighed((told, account("t", rest, account_.voices))).hypotheses[0].script != top.script


def test_the_next_question_separates_the_hypotheses_and_was_not_answered() -> None:
    incident = weighed(from_text(CAUGHT))
    question = incident.question
    assert question is not None
    assert question.gain > 0
    assert {"en", "ko", "ja"} <= set(question.text)
    assert question.signal not in {"arrest", "crossing_attempt"}


def test_an_incident_of_a_pack_without_scripts_has_no_hypotheses() -> None:
    empty = PACK.model_copy(update={"scripts": {}, "signals": {}})
    assert hypotheses(Observed({}, frozenset()), empty) == ()


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (0.0, "almost no chance"),
        (0.05, "very unlikely"),
        (0.2, "unlikely"),
        (0.5, "roughly even chance"),
        (0.55, "likely"),
        (0.8, "very likely"),
        (0.97, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_words_are_those_of_icd_203(probability: float, expected: str) -> None:
    assert words(probability) == expected
    low, high = bounds(expected)
    assert low <= probability <= high


def test_the_words_cover_everything_once() -> None:
    assert [low for _, low, _ in RANGES][1:] == [high for _, _, high in RANGES][:-1]
    with pytest.raises(ValueError, match="no probability"):
        words(1.1)


@pytest.mark.parametrize("reports", [1, 3])
def test_posteriors_are_calibrated_where_the_world_is_the_model(reports: int) -> None:
    """Of the cases that the untempered posterior calls p likely, about the share p is so."""
    rng = np.random.default_rng(3)
    priors = 2.0**KNOWN.log_priors / (2.0**KNOWN.log_priors).sum()
    table = KNOWN.scorer.table(reports)
    shares = 2.0**table / (2.0**table).sum(axis=0)
    sure, right = 0.0, 0
    for row in rng.choice(len(priors), size=1500, p=priors):
        levels = (rng.random(len(KNOWN.signals)) > np.cumsum(shares[:, row, :], axis=0)).sum(axis=0).clip(0, 2)
        bits = KNOWN.scorer.each(levels, reports).sum(axis=1) / KNOWN.tempering
        after = KNOWN.share(bits)
        sure, right = sure + after.max(), right + (after.argmax() == row)
    assert right / 1500 == pytest.approx(sure / 1500, abs=0.03)


@settings(max_examples=50, deadline=None)
@given(signal_sets, signal_sets)
def test_words_alone_weigh_less_than_a_claim(seen: set[str], hinted: set[str]) -> None:
    """A hint moves a script in the direction of the claim, but never further."""
    for signal in list(hinted - seen)[:3]:
        if not KNOWN.signals[signal].hinting:
            continue
        ways = [seen, seen | {signal}]
        none, shown = (KNOWN.scorer.each(KNOWN.scorer.levels(way)) for way in ways)
        hint = KNOWN.scorer.each(KNOWN.scorer.levels(seen, {signal}))
        column = KNOWN.scorer.column[signal]
        apart = [float(np.ptp(one[:, column])) for one in (shown, hint)]
        assert apart[1] <= apart[0] + 1e-9
        assert none.shape == shown.shape


def test_the_words_of_a_step_that_no_claim_tells_are_pointed_to() -> None:
    lines = [
        *CAUGHT,
        *[(f"The weather of the year {n} was mild in the hills and nobody minded it.", "") for n in range(9)],
    ]
    told, account_ = from_text([*lines, ("Somewhere else an informant was mentioned.", "")])
    top = {h.script: h for h in weighed((told, account_)).hypotheses}
    tip = next(s for s in top["informant_tip"].steps if s.step == "tip")
    assert tip.claims == () and tip.hinted


def test_more_reports_that_are_silent_on_a_step_speak_louder_against_it() -> None:
    seen = Observed({"arrest": ("c",), "crossing_attempt": ("c",)}, frozenset())
    one, four = ({h.script: h.posterior for h in hypotheses(seen, PACK, n)}["manufactured_defection"] for n in (1, 4))
    assert four < one


def test_the_first_place_changes_hands_where_it_is_said_to() -> None:
    incident = weighed(from_text(CAUGHT))
    top, rival = incident.hypotheses[:2]
    assert top.overturn is not None and rival.overturn is not None
    assert top.overturn == pytest.approx(rival.posterior / top.posterior, rel=0.01)
    assert rival.overturn == pytest.approx(1 / top.overturn, rel=0.02)


def test_weighing_anew_from_the_marks_gives_the_same() -> None:
    told = from_text(MADE)
    incident = weighed(told)
    assert list(reweigh([incident], PACK)) == [incident]
    assert weighed(told, before=incident) == incident
    bare = incident.model_copy(update={"signals": {"arrest": (incident.claims[0].id,)}})
    assert weighed(told, before=bare).hypotheses != incident.hypotheses


def test_a_rare_prior_changes_what_is_weighed_anew() -> None:
    raw = {code: dict(script) for code, script in PACK.scripts.items()}  # type: ignore[call-overload]
    raw["manufactured_defection"]["prior"] = 1e-6
    doubting = PACK.model_copy(update={"scripts": raw})
    incident = weighed(from_text(MADE))
    (anew,) = reweigh([incident], doubting)
    assert anew.hypotheses[0].posterior < incident.hypotheses[0].posterior or (
        anew.hypotheses[0].script != "manufactured_defection"
    )


def test_the_matrix_shows_what_tells_the_hypotheses_apart() -> None:
    incident = weighed(from_text(MADE))
    scripts_ = [h.script for h in incident.hypotheses[:3]]
    rows = matrix(incident, scripts_, PACK)
    by_signal = {row.signal: row for row in rows}
    assert by_signal["broker_turned"].bits[0] > max(by_signal["broker_turned"].bits[1:])
    assert by_signal["broker_turned"].claims
    assert all(len(row.bits) == 3 and row.apart > 0 for row in rows)
    assert {row.state for row in rows} <= {"shown", "hinted", "absent"}
    assert matrix(incident, scripts_[:1], PACK) == []


LEADING = (
    "MSS",
    "state security",
    "trap",
    "lure",
    "inform",
    "betray",
    "보위",
    "함정",
    "밀고",
    "배신",
    "保衛",
    "罠",
    "密告",
    "裏切",
)


@pytest.mark.parametrize("signal", sorted(code for code, mark in KNOWN.signals.items() if mark.question))
def test_a_question_names_no_suspicion(signal: str) -> None:
    question = KNOWN.signals[signal].question
    assert {"en", "ko", "ja"} <= set(question)
    assert not any(word.casefold() in text.casefold() for text in question.values() for word in LEADING)


@pytest.mark.parametrize(
    ("line", "acts", "language"),
    [
        ("Such traps are laid along the whole river, people say.", "border_crossing_attempt", "en"),
        ("강가에는 늘 함정이 있다고 사람들은 말한다.", "border_crossing_attempt", "ko"),
    ],
)
def test_a_figurative_trap_is_no_manufactured_crossing(line: str, acts: str, language: str) -> None:
    incident = weighed(from_text([(line, acts)], language=language))
    assert incident.manufactured is not Manufactured.YES


def test_the_report_is_named_where_it_is_missing() -> None:
    _, lonely = from_text(CAUGHT)
    with pytest.raises(KeyError):
        weighed((report("other"), lonely))
