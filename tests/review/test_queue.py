"""What matters most comes first, and each claim says why it stands where it does."""

from __future__ import annotations

from typing import Any

import pytest
from review_case import ARREST, LURE, PACK, claim

from secondsource import packs
from secondsource.model import (
    Account,
    Claim,
    Corroboration,
    FactKind,
    Finding,
    Hypothesis,
    Incident,
    Independence,
    Manufactured,
    Modality,
    StepEvidence,
    Support,
    Verdict,
)
from secondsource.review import Queue, Why

FIELD = PACK.model_copy(update={"scripts": packs.load("nk_border").scripts})
HEDGED = claim("crossing", "broker", 1, modality=Modality.HEDGED)
PLAIN = claim("beating", "beaten", 2)
ALL = (PLAIN, HEDGED, LURE, ARREST)


def support(one: Claim, voice: str | None) -> Support:
    return Support(claim_id=one.id, report_id=one.report_id, voice_id=voice, span=one.span, modality=one.modality)


def fact(verdict: Verdict, least: int, *behind: Support) -> Finding:
    return Finding(
        kind=FactKind.ACT,
        value="arrest",
        support=behind,
        independence=Independence(least=least, most=3, reason=""),
        verdict=verdict,
    )


def incident(**fields: Any) -> Incident:
    account = Account(id="a_1", report_id="r_1", claims=ALL)
    return Incident(id="i_1", accounts=(account,), corroboration=Corroboration(value="no", reason=""), **fields)


def lured(*steps: StepEvidence, linchpin: str | None = None) -> Hypothesis:
    return Hypothesis(
        script="manufactured_defection",
        posterior=0.7,
        low=0.5,
        high=0.8,
        words="likely",
        steps=steps,
        linchpin=linchpin,
    )


def reasons(*incidents: Incident, **fields: Any) -> dict[str, Why]:
    return {one.claim.id: one.why for one in Queue(incidents, ALL, FIELD, **fields).ranked}


def test_hedged_claims_come_before_plain_ones_and_claims_of_no_incident_last() -> None:
    queue = Queue([], ALL, FIELD).ranked
    assert queue[0].claim.id == HEDGED.id
    assert {one.why for one in queue[1:]} == {Why.REST}
    mine = Queue([incident()], [*ALL, claim("arrest", "cell", 2)], FIELD).ranked
    assert mine[-1].incident is None


@pytest.mark.parametrize(
    ("finding", "wanted"),
    [
        (fact(Verdict.CORROBORATED, 2, support(ARREST, "v_1"), support(PLAIN, "v_2")), Why.CORROBORATION),
        (fact(Verdict.CORROBORATED, 2, support(ARREST, "v_1"), support(PLAIN, "v_1")), Why.REST),
        (fact(Verdict.CORROBORATED, 3, support(ARREST, "v_1"), support(PLAIN, "v_2")), Why.REST),
        (fact(Verdict.SINGLE, 1, support(ARREST, "v_1")), Why.REST),
        (fact(Verdict.CONTESTED, 2, support(ARREST, "v_1")), Why.REST),
    ],
)
def test_a_corroboration_hangs_on_a_claim_that_alone_speaks_for_a_needed_voice(finding: Finding, wanted: Why) -> None:
    assert reasons(incident(findings=(finding,)))[ARREST.id] is wanted


def test_a_linchpin_then_a_lone_decisive_step_then_other_steps() -> None:
    script = "manufactured_defection"
    decisive = [s.code for s in _script(script).steps if s.decisive]
    other = next(s.code for s in _script(script).steps if not s.decisive)
    steps = (
        StepEvidence(step=decisive[0], claims=(LURE.id,), weight=2.0),
        StepEvidence(step=other, claims=(PLAIN.id,), weight=0.5),
    )
    found = incident(hypotheses=(lured(*steps, linchpin=ARREST.id),), manufactured=Manufactured.SUSPECTED)
    assert reasons(found) == {
        ARREST.id: Why.LINCHPIN,
        LURE.id: Why.DECISIVE,
        PLAIN.id: Why.STEP,
        HEDGED.id: Why.HEDGED,
    }
    order = [one.claim.id for one in Queue([found], ALL, FIELD).ranked]
    assert order == [ARREST.id, LURE.id, PLAIN.id, HEDGED.id]


def test_steps_of_a_script_that_is_no_hypothesis_here_say_nothing() -> None:
    steps = (StepEvidence(step="x", claims=(LURE.id,), weight=2.0),)
    assert reasons(incident(hypotheses=(lured(*steps),)))[LURE.id] is Why.REST


def test_a_decisive_step_with_two_claims_hangs_on_neither() -> None:
    decisive = next(s.code for s in _script("manufactured_defection").steps if s.decisive)
    steps = (StepEvidence(step=decisive, claims=(LURE.id, PLAIN.id), weight=2.0),)
    found = reasons(incident(hypotheses=(lured(*steps),), manufactured=Manufactured.YES))
    assert (found[LURE.id], found[PLAIN.id]) == (Why.STEP, Why.STEP)


def test_every_reason_is_a_sentence_without_codes() -> None:
    decisive = next(s.code for s in _script("manufactured_defection").steps if s.decisive)
    found = incident(
        findings=(fact(Verdict.CORROBORATED, 2, support(PLAIN, "v_1")),),
        hypotheses=(lured(StepEvidence(step=decisive, claims=(LURE.id,)), linchpin=ARREST.id),),
        manufactured=Manufactured.YES,
    )
    queue = Queue([found], ALL, FIELD)
    said = [queue.reason(one) for one in queue.ranked]
    assert len(set(said)) == 4
    assert all(s[0].isupper() and s.endswith(".") and "_" not in s for s in said)


def _script(code: str) -> Any:
    from secondsource.scripts import load

    return load(FIELD)[code]
