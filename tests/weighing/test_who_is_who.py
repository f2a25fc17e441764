"""What people know of sources: who is who, who heard from whom, how far to trust them."""

from __future__ import annotations

import pytest
from weighing_cases import PACK, account, claim, one_voice, report, voice, weighed

from secondsource.model import Decision, DecisionKind, FactKind, Incident, Source, Verdict
from secondsource.weighing import GradeRefused, check_grade, check_source

A, B = ("a", "Ridge Weekly"), ("b", "Harbour Post")


def decision(kind: str, *targets: str, value: str | None = None, key: str = "d") -> Decision:
    return Decision(id=key, kind=DecisionKind(kind), targets=targets, value=value, who="w", at="2020", why="")


def source(key: str, *voices: str, **more: str) -> Source:
    return Source(id=key, pseudonym=key, voices=voices, **more)  # type: ignore[arg-type]


def arrest(incident: Incident) -> tuple[int, int, Verdict]:
    finding = next(f for f in incident.findings if f.kind is FactKind.ACT and f.value == "arrest_detention")
    return finding.independence.least, finding.independence.most, finding.verdict


def two() -> list[tuple[object, object]]:
    return [one_voice(key, outlet=outlet) for key, outlet in (A, B)]


@pytest.mark.parametrize(
    ("known", "decisions", "least", "most"),
    [
        pytest.param([], [], 1, 2, id="nothing is known"),
        pytest.param([source("s", "a-v", "b-v")], [], 1, 1, id="both voices are one source"),
        pytest.param([source("s", "a-v"), source("t", "b-v")], [], 1, 2, id="two sources set down prove nothing"),
        pytest.param(
            [source("s", "a-v"), source("t", "b-v", heard_from="s")], [], 1, 1, id="the second heard it from the first"
        ),
        pytest.param(
            [source("o"), source("s", "a-v", heard_from="o"), source("t", "b-v", heard_from="o")],
            [],
            1,
            1,
            id="both heard it from a third",
        ),
        pytest.param([], [decision("different_source", "a-v", "b-v")], 2, 2, id="two people, says a person"),
        pytest.param(
            [source("s", "a-v"), source("t", "b-v")],
            [decision("different_source", "s", "t")],
            2,
            2,
            id="two sources, says a person",
        ),
        pytest.param(
            [],
            [decision("different_source", "a-v", "b-v"), decision("same_source", "a-v", "b-v", key="e")],
            1,
            1,
            id="the later judgement counts",
        ),
    ],
)
def test_what_a_person_knows_narrows_the_interval(
    known: list[Source], decisions: list[Decision], least: int, most: int
) -> None:
    found = arrest(weighed(*two(), known=known, decisions=decisions))  # type: ignore[arg-type]
    assert found[:2] == (least, most)
    assert (found[2] is Verdict.CORROBORATED) is (least >= 2)


def test_a_circle_of_hearsay_is_one_source() -> None:
    known = [source("s", "a-v", heard_from="t"), source("t", "b-v", heard_from="s")]
    assert arrest(weighed(*two(), known=known))[:2] == (1, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["E", "5"])
def test_nothing_rests_on_what_is_graded_unreliable_or_improbable(value: str) -> None:
    apart = decision("different_source", "a-v", "b-v")
    target = "b-v" if value == "E" else "c-b-arrest_detention-v-"
    graded = decision("grade", target, value=value, key="g")
    least, _, verdict = arrest(weighed(*two(), decisions=[apart, graded]))  # type: ignore[arg-type]
    assert least == 1
    assert verdict is not Verdict.CORROBORATED


@pytest.mark.parametrize("value", ["A", "B", "C", "D", "F", "2", "3", "4", "6"])
def test_no_grade_adds_weight(value: str) -> None:
    target = "b-v" if value in "ABCDEF" else "c-b-arrest_detention-v-"
    before = weighed(*two())  # type: ignore[arg-type]
    after = weighed(*two(), decisions=[decision("grade", target, value=value)])  # type: ignore[arg-type]
    assert arrest(after) == arrest(before)
    assert after.hypotheses == before.hypotheses


def test_both_axes_are_shown_apart_beside_the_claim() -> None:
    graded = [
        decision("grade", "a-v", value="B"),
        decision("grade", "c-a-arrest_detention-v-", value="3", key="e"),
    ]
    incident = weighed(*two(), decisions=graded)  # type: ignore[arg-type]
    finding = next(f for f in incident.findings if f.kind is FactKind.ACT)
    grades = {s.report_id: (s.grade.reliability, s.grade.credibility) for s in finding.support}
    assert grades == {"a": ("B", "3"), "b": ("F", "6")}


def test_credibility_1_needs_an_independent_source() -> None:
    target = "c-a-arrest_detention-v-"
    alone = weighed(*two())  # type: ignore[arg-type]
    with pytest.raises(GradeRefused, match="independent"):
        check_grade("1", [target], [alone], [])
    borne_out = weighed(*two(), decisions=[decision("different_source", "a-v", "b-v")])  # type: ignore[arg-type]
    check_grade("1", [target], [borne_out], [])


@pytest.mark.parametrize(
    ("value", "target"), [("7", "a-v"), ("AB", "a-v"), (None, "a-v"), ("A", "c-nothing"), ("3", "a-v"), ("1", "nobody")]
)
def test_a_grade_that_fits_nothing_is_refused(value: str | None, target: str) -> None:
    with pytest.raises(GradeRefused):
        check_grade(value, [target], [weighed(*two())], [])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "problem"),
    [
        (source("n", "nowhere"), "no report"),
        (source("n", "v1"), "already"),
        (source("n", heard_from="x"), "no such source"),
        (source("s", heard_from="t"), "from itself"),
        (Source(id="n", pseudonym=" "), "pseudonym"),
    ],
)
def test_a_source_that_cannot_be_is_refused(one: Source, problem: str) -> None:
    known = [source("s", "v1"), source("t", heard_from="s")]
    with pytest.raises(ValueError, match=problem):
        check_source(one, known, {"v1", "v2"})


def test_a_report_that_says_that_its_sources_are_strangers_has_two() -> None:
    text = "A driver said that she was arrested. A clerk said so too. The two do not know each other."
    claims = [claim("r", "arrest_detention", f"v{i}", key=str(i)) for i in (0, 1)]
    voices = [voice("r", "v0", name="A driver"), voice("r", "v1", name="A clerk")]
    assert arrest(weighed((report("r", text=text), account("r", claims, voices))))[0] == 2
    assert arrest(weighed((report("r", text=text[:60]), account("r", claims, voices))))[0] == 1


def test_a_voice_that_is_said_to_bear_it_out_leaves_it_unclear() -> None:
    text = "A driver said that she was arrested.\n\nA clerk confirmed the account."
    at = text.index("A clerk")
    clerk = voice("r", "v1", name="A clerk")
    span = clerk.spans[0].model_copy(update={"start": at, "end": at + 7})
    voices = [voice("r", "v0", name="A driver"), clerk.model_copy(update={"spans": (span,)})]
    told = (report("r", text=text), account("r", [claim("r", "arrest_detention", "v0")], voices))
    assert weighed(told).corroboration.value == "unclear"


def test_the_pack_of_these_cases_knows_both_words() -> None:
    assert PACK.phrase("independence", "apart", "ko") and PACK.phrase("independence", "confirms", "ja")
