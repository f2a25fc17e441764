"""What people decide stands over what the machine read, and nothing of either is ever lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_case import ARREST, FIRST, LURE, NEW, PACK, READING, REPORT, SECOND, Desk, claim, span

from secondsource.model import Claim, DecisionKind, Language, Modality, Reading, Report, Span
from secondsource.review import Judgements, apply

ACCEPT, CORRECT, REJECT, ADD, UNDO = (
    DecisionKind.ACCEPT,
    DecisionKind.CORRECT,
    DecisionKind.REJECT,
    DecisionKind.ADD,
    DecisionKind.UNDO,
)
BEATING = json.dumps({"trigger": span("beaten").model_dump(), "act": "beating", "victims": {"low": 1, "high": 1}})


def seen(desk: Desk, reading: Reading | None = None) -> dict[str, Claim]:
    return {c.id: c for c in apply(reading or desk.reading, desk.report, desk.decisions, PACK).claims}


def corrected(changes: dict[str, Any], of: Claim = ARREST) -> Claim:
    desk = Desk()
    desk.decide(CORRECT, of.id, value=json.dumps(changes))
    return seen(desk)[of.id]


# --- each kind of decision --------------------------------------------------------------------


def test_without_decisions_the_reading_is_the_machines() -> None:
    assert apply(READING, REPORT, [], PACK) is READING
    assert {c.judged for c in READING.claims} == {"machine"}


def test_an_accepted_claim_is_the_same_but_for_whose_it_is() -> None:
    desk = Desk()
    desk.decide(ACCEPT, ARREST.id)
    assert seen(desk) == {ARREST.id: ARREST.model_copy(update={"judged": "accepted"}), LURE.id: LURE}


def test_a_rejected_claim_is_gone() -> None:
    desk = Desk()
    desk.decide(REJECT, LURE.id)
    assert set(seen(desk)) == {ARREST.id}


def test_several_claims_are_judged_at_once() -> None:
    desk = Desk()
    desk.decide(REJECT, ARREST.id, LURE.id)
    assert seen(desk) == {}


def test_an_added_claim_stands_in_its_sentence_beside_the_machines() -> None:
    desk = Desk()
    made = desk.decide(ADD, "r_1", value=BEATING)
    assert made.targets == (NEW,)
    found = apply(READING, REPORT, desk.decisions, PACK)
    assert [c.act for c in found.claims] == ["arrest", "lure", "beating"]
    added = found.claims[-1]
    assert (added.judged, added.trigger.of(REPORT.text), added.victims[0].count_min) == ("added", "beaten", 1)
    assert added.span.of(REPORT.text).startswith("Nobody saw them again")
    assert added.victims[0] in found.mentions


@pytest.mark.parametrize(
    ("changes", "field", "wanted"),
    [
        ({"act": "beating"}, "act", "beating"),
        ({"modality": "hedged"}, "modality", Modality.HEDGED),
        ({"practice": True}, "practice", True),
        ({"background": True}, "background", True),
        ({"perpetrators": ["MSS"]}, "perpetrators.0.org", "MSS"),
        ({"perpetrators": None}, "perpetrators", ()),
        ({"perpetrators": []}, "perpetrators", ()),
        ({"victims": {"low": 4}}, "victims.0.count_max", None),
        ({"victims": {"low": 4, "high": 5}}, "victims.0.count_max", 5),
        ({"victims": {"low": 4, "high": 5}}, "victims.0.relations", ("family",)),
        ({"victims": None}, "victims", ()),
        ({"place": {"place": "hr"}}, "places.0.place", "hr"),
        ({"place": {"place": "hr", "role": "crossing"}}, "places.0.role", "crossing"),
        ({"place": None}, "places", ()),
        ({"when": "2021-05-03"}, "when.edtf", "2021-05-03"),
        ({"when": "2021-05-03"}, "when.basis", "text"),
        ({"when": None}, "when", None),
        ({"voice": "v_2"}, "voice", "v_2"),
        ({"voice": None}, "voice", None),
        ({"voice": span("a second resident").model_dump()}, "voice", "v_2"),
    ],
)
def test_a_correction_sets_what_it_names_and_leaves_the_rest(
    changes: dict[str, Any], field: str, wanted: object
) -> None:
    found = corrected(changes)
    value: Any = found
    for part in field.split("."):
        value = value[int(part)] if part.isdigit() else getattr(value, part)
    assert value == wanted
    assert found.judged == "corrected"
    touched = {"judged", *(("places",) if "place" in changes else changes)}
    before, after = (c.model_dump(exclude=touched) for c in (ARREST, found))
    assert before == after


def test_people_of_the_same_words_are_as_many_in_the_machines_other_claims() -> None:
    other = claim("beating", "beaten", 2, victims=ARREST.victims)
    desk = Desk(later(ARREST, other))
    desk.decide(CORRECT, ARREST.id, value='{"victims": {"low": 4, "high": 4}}')
    found = seen(desk)
    assert (found[other.id].victims, found[other.id].judged) == (found[ARREST.id].victims, "machine")


def test_a_source_that_the_machine_did_not_see_is_named_by_its_words() -> None:
    desk = Desk()
    desk.decide(CORRECT, ARREST.id, value=json.dumps({"voice": span("the mother").model_dump()}))
    found = apply(READING, REPORT, desk.decisions, PACK)
    voice = next(v for v in found.voices if v.id == found.claims[0].voice)
    assert voice.descriptor == "the mother"
    assert len(found.voices) == 3


def test_from_whom_a_source_has_it_is_set_for_the_voice() -> None:
    desk = Desk()
    desk.decide(CORRECT, LURE.id, value='{"heard_from": "v_1"}')
    desk.decide(ACCEPT, LURE.id)
    voices = {v.id: v for v in apply(READING, REPORT, desk.decisions, PACK).voices}
    assert voices["v_2"].heard_from == "v_1"


@pytest.mark.parametrize(
    ("kind", "target", "value", "told"),
    [
        (ACCEPT, "c_none", None, "no such claim"),
        (CORRECT, ARREST.id, None, "nothing was changed"),
        (CORRECT, ARREST.id, "{}", "nothing was changed"),
        (CORRECT, ARREST.id, "no json", "JSON"),
        (CORRECT, ARREST.id, '{"acts": "arrest"}', "acts"),
        (CORRECT, ARREST.id, '{"act": "theft"}', "no 'theft'"),
        (CORRECT, ARREST.id, '{"act": null}', "must have one"),
        (CORRECT, ARREST.id, '{"modality": "surely"}', "modality"),
        (CORRECT, ARREST.id, '{"perpetrators": ["CIA"]}', "no 'CIA'"),
        (CORRECT, ARREST.id, '{"victims": {"low": 5, "high": 3}}', "above the most"),
        (CORRECT, ARREST.id, '{"victims": {"low": -1}}', "victims"),
        (CORRECT, ARREST.id, '{"place": {"place": "atlantis"}}', "no 'atlantis'"),
        (CORRECT, ARREST.id, '{"when": "last spring"}', "no EDTF"),
        (CORRECT, ARREST.id, '{"voice": "v_9"}', "cites no 'v_9'"),
        (CORRECT, ARREST.id, '{"voice": {"start": 9000, "end": 9009}}', "no words"),
        (CORRECT, ARREST.id, '{"heard_from": "v_1"}', "from themselves"),
        (ADD, "r_1", '{"act": "arrest"}', "trigger"),
        (ADD, "r_1", '{"act": "theft", "trigger": {"start": 0, "end": 4}}', "no 'theft'"),
        (ADD, "r_1", '{"act": "arrest", "trigger": {"start": 900, "end": 904}}', "no words"),
        (ADD, "r_1", json.dumps({"act": "arrest", "trigger": ARREST.trigger.model_dump()}), "there already"),
        (ADD, "r_none", BEATING, "no such"),
        (UNDO, "d_9", None, "no such decision"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(kind: DecisionKind, target: str, value: str | None, told: str) -> None:
    desk = Desk()
    with pytest.raises(ValueError, match=told) as caught:
        desk.decide(kind, target, value=value)
    assert "\n" not in str(caught.value)
    assert desk.decisions == []


# --- one after another ------------------------------------------------------------------------


def test_a_later_judgement_outranks_an_earlier_one_and_undo_brings_it_back() -> None:
    desk = Desk()
    desk.decide(CORRECT, ARREST.id, value='{"when": "2021-05-03"}')
    last = desk.decide(REJECT, ARREST.id)
    assert ARREST.id not in seen(desk)
    back = desk.decide(UNDO, last.id)
    found = seen(desk)[ARREST.id]
    assert found.when is not None and found.when.edtf == "2021-05-03"
    desk.decide(UNDO, back.id)
    assert ARREST.id not in seen(desk)
    with pytest.raises(ValueError, match="taken back already"):
        desk.decide(UNDO, back.id)


def test_corrections_add_up() -> None:
    desk = Desk()
    desk.decide(CORRECT, ARREST.id, value='{"when": "2021-05-03"}')
    desk.decide(CORRECT, ARREST.id, value='{"act": "beating"}')
    desk.decide(ACCEPT, ARREST.id)
    found = seen(desk)[ARREST.id]
    assert (found.act, found.when and found.when.edtf, found.judged) == ("beating", "2021-05-03", "corrected")
    held = Judgements(desk.decisions).in_force(ARREST.id)
    assert held and held.judgement and held.judgement.changed == ("when", "act")


def test_a_rejected_claim_can_be_accepted_after_all_and_a_rejected_addition_added_again() -> None:
    desk = Desk()
    for kind in (REJECT, ACCEPT):
        desk.decide(kind, LURE.id)
    desk.decide(ADD, "r_1", value=BEATING)
    desk.decide(REJECT, NEW)
    assert set(seen(desk)) == {ARREST.id, LURE.id}
    desk.decide(ADD, "r_1", value=BEATING)
    assert set(seen(desk)) == {ARREST.id, LURE.id, NEW}


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from([ACCEPT, CORRECT, REJECT, ADD, UNDO]),
        st.sampled_from([ARREST.id, LURE.id, NEW]),
        st.sampled_from(['{"act": "beating"}', '{"when": "2021"}', '{"heard_from": "v_1"}', '{"voice": null}']),
        st.integers(0, 20),
    ),
    max_size=12,
)


@given(ACTIONS, st.randoms(use_true_random=False))
def test_any_judgements_all_undone_leave_the_machines_reading(
    actions: list[tuple[DecisionKind, str, str, int]], order: Any
) -> None:
    desk = Desk()
    for kind, target, changes, number in actions:
        try:
            if kind is UNDO:
                desk.decide(UNDO, f"d_{number}")
            elif kind is ADD:
                desk.decide(ADD, "r_1", value=BEATING)
            else:
                desk.decide(kind, target, value=changes if kind is CORRECT else None)
        except ValueError:
            continue
        found = apply(READING, REPORT, desk.decisions, PACK)
        assert len({c.id for c in found.claims}) == len(found.claims)
        assert {c.voice for c in found.claims} - {None} <= {v.id for v in found.voices}
    standing = [d.id for d in Judgements(desk.decisions).standing]
    order.shuffle(standing)
    for decision in standing:
        desk.decide(UNDO, decision)
    assert apply(READING, REPORT, desk.decisions, PACK) == READING


# --- a later reader ---------------------------------------------------------------------------

MOVED = claim("arrest", "guards seized", 0, voice="v_x", episode=1)
MOVED_VOICE = FIRST.model_copy(update={"id": "v_x", "spans": (span("resident of Musan"),)})


def later(*claims: Claim, voices: tuple[Any, ...] = (FIRST, SECOND)) -> Reading:
    return Reading(report_id="r_1", reader="two", claims=claims, voices=voices)


def test_an_accepted_claim_stands_though_no_reader_finds_it_any_more() -> None:
    desk = Desk()
    desk.decide(ACCEPT, ARREST.id)
    found = apply(later(LURE, voices=()), REPORT, desk.decisions, PACK)
    assert [c.id for c in found.claims] == [ARREST.id, LURE.id]
    assert found.claims[0] == ARREST.model_copy(update={"judged": "accepted"})
    assert FIRST in found.voices


@pytest.mark.parametrize("kind", [ACCEPT, CORRECT, REJECT])
def test_a_judgement_finds_its_claim_at_words_that_moved_a_little(kind: DecisionKind) -> None:
    desk = Desk()
    desk.decide(kind, ARREST.id, value='{"when": "2021-05-03"}' if kind is CORRECT else None)
    found = apply(later(MOVED, LURE, voices=(MOVED_VOICE, SECOND)), REPORT, desk.decisions, PACK)
    if kind is REJECT:
        assert [c.act for c in found.claims] == ["lure"]
        return
    (arrest,) = (c for c in found.claims if c.act == "arrest")
    assert (arrest.id, arrest.trigger) == (ARREST.id, ARREST.trigger)
    assert arrest.episode == 1, "the incident is where the reader now has it"
    assert (arrest.voice, len(found.voices)) == ("v_x", 2), "the same voice, not a second source"


def test_another_act_at_the_same_words_and_the_same_act_elsewhere_are_other_claims() -> None:
    desk = Desk()
    desk.decide(REJECT, ARREST.id)
    others = (claim("beating", "guards seized", 0), claim("arrest", "lured", 1))
    assert set(seen(desk, later(*others))) == {c.id for c in others}


def test_a_reader_that_learns_the_correction_makes_no_second_claim() -> None:
    desk = Desk()
    desk.decide(CORRECT, ARREST.id, value='{"act": "beating"}')
    assert [c.id for c in seen(desk, later(claim("beating", "guards seized", 0))).values()] == [ARREST.id]


def test_undone_a_judgement_gives_way_to_what_the_reader_finds_now() -> None:
    desk = Desk()
    made = desk.decide(REJECT, ARREST.id)
    desk.decide(UNDO, made.id)
    assert set(seen(desk, later(MOVED))) == {MOVED.id}


def test_a_judged_claim_can_be_judged_again_when_no_reader_finds_it() -> None:
    desk = Desk()
    desk.decide(ACCEPT, ARREST.id)
    desk.reading = later(LURE)
    desk.decide(CORRECT, ARREST.id, value='{"when": "2021-05-03"}')
    assert seen(desk)[ARREST.id].judged == "corrected"


def test_a_judgement_on_other_words_than_the_text_has_does_not_hold_and_says_so() -> None:
    desk = Desk()
    desk.decide(REJECT, ARREST.id)
    other = Report(id="r_1", text="x" * 400, language=Language.EN, received=REPORT.received)
    found = apply(READING, other, desk.decisions, PACK)
    assert found.claims == READING.claims
    assert "does not hold" in found.notes[0]


def test_an_act_that_the_pack_lost_is_left_out_and_said() -> None:
    desk = Desk()
    desk.decide(ADD, "r_1", value=BEATING)
    smaller = PACK.model_copy(update={"acts": {k: v for k, v in PACK.acts.items() if k != "beating"}})
    found = apply(READING, REPORT, desk.decisions, smaller)
    assert (found.claims, len(found.notes)) == (READING.claims, 1)


def test_words_beyond_the_basic_plane_count_as_one_character_each() -> None:
    text = "𠮷野家 😀 police 체포했다 them"
    report = Report(id="r_1", text=text, language=Language.EN, received=REPORT.received)
    desk = Desk(Reading(report_id="r_1", reader="one"), report)
    start = text.index("체포했다")
    value = json.dumps({"act": "arrest", "trigger": Span(start=start, end=start + 4).model_dump()})
    desk.decide(ADD, "r_1", value=value)
    (added,) = seen(desk).values()
    assert added.trigger.of(text) == "체포했다"


def test_a_voice_is_never_made_its_own_source_by_two_judgements() -> None:
    desk = Desk()
    desk.decide(CORRECT, LURE.id, value='{"heard_from": "v_1"}')
    with pytest.raises(ValueError, match="from themselves"):
        desk.decide(CORRECT, ARREST.id, value='{"heard_from": "v_2"}')
    looped = later(ARREST, LURE, voices=(FIRST.model_copy(update={"heard_from": "v_2"}), SECOND))
    voices = {v.id: v.heard_from for v in apply(looped, REPORT, desk.decisions, PACK).voices}
    assert voices == {"v_1": None, "v_2": "v_1"}
