"""Sources, grades and who heard it from whom: by forms alone, and drawn."""

from __future__ import annotations

import re

import pytest
from test_web_review import Reviewer
from web_client import entered
from web_fakes import LURED
from web_texts import CLAIMS, HOSTILE, PACK, REPORTS

from secondsource.model import DecisionKind, Hypothesis, Incident, Question, ReportTie, Source, Voice
from secondsource.web import competing, graph
from secondsource.web.words import Words

WORDS = Words(PACK)


@pytest.fixture
def ana() -> Reviewer:
    return Reviewer()


def test_a_source_is_set_down_and_its_identity_is_shown_nowhere(ana: Reviewer) -> None:
    page = ana.get("/sources")
    answer = ana.send(page, "/sources/set", "pseudonym", pseudonym="Wren", identity="Mrs Real Name", heard_from="s1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sources?done=1")
    made = next(s for s in ana.book.sources() if s.pseudonym == "Wren")
    assert made.heard_from == "s1"
    assert ana.book.vault[made.id] == "Mrs Real Name"
    assert "Mrs Real Name" not in ana.get("/sources") and "Wren" in ana.get("/sources")


def test_a_voice_is_one_source_s_at_a_time(ana: Reviewer) -> None:
    page = ana.get("/sources")
    voice = ana.fields(page, "/sources/voice")["voice"]
    for source in ("s1", "s2"):
        ana.send(page, "/sources/voice", voice, source=source)
    assert {s.id: s.voices for s in ana.book.sources()} == {"s1": (), "s2": (voice,)}
    ana.send(page, "/sources/voice", voice, source="")
    assert all(s.voices == () for s in ana.book.sources())


def test_a_grade_is_a_judgement_with_a_name_and_a_reason(ana: Reviewer) -> None:
    page = ana.get("/sources")
    assert ana.send(page, "/sources/grade", "s1", value="C", why=" ").status_code == 400
    assert ana.send(page, "/sources/grade", "s1", value="C", why="twice wrong").status_code == 303
    (made,) = ana.book.made
    assert (made.kind, made.targets, made.value, made.who) == (DecisionKind.GRADE, ("s1",), "C", "Ana Lee")
    assert "C, fairly reliable" in ana.get("/sources")


def test_a_claim_is_graded_on_its_incident_s_page(ana: Reviewer) -> None:
    page = ana.get("/incidents/i_lured")
    answer = ana.send(page, "/sources/grade", "/incidents/i_lured", value="3", why="fits")
    assert answer.headers["location"] == "/incidents/i_lured?done=1"
    assert ana.book.made[0].targets[0] in {c.id for c in CLAIMS.values()}


def test_nobody_judges_without_a_name() -> None:
    nobody = Reviewer(name="")
    answer = nobody.send(nobody.get("/sources"), "/sources/grade", "s1", value="C", why="x")
    assert answer.status_code == 400
    assert nobody.book.made == []


def test_two_sources_are_one_or_two_people(ana: Reviewer) -> None:
    page = ana.get("/sources")
    assert ana.send(page, "/sources/same", a="s1", b="s1", relation="same", why="x").status_code == 400
    assert ana.send(page, "/sources/same", a="s1", b="s2", relation="different", why="met both").status_code == 303
    assert ana.book.made[0].kind is DecisionKind.DIFFERENT_SOURCE


@pytest.mark.parametrize("path", ["/sources/set", "/sources/voice", "/sources/grade", "/sources/same"])
def test_a_form_of_another_site_does_nothing(path: str) -> None:
    book = Reviewer().book
    client = entered(book, reviewer="Ana Lee")
    fields = {"pseudonym": "x", "target": "s1", "value": "A", "why": "x", "a": "s1", "b": "s2", "relation": "same"}
    assert client.post(path, fields).status_code == 403
    assert client.post(path, fields | {"token": "guess"}).status_code == 403
    assert client.post(path, fields, headers={"Origin": "http://evil.example"}).status_code == 403
    assert book.made == [] and len(book.sources()) == 2


def test_what_cannot_be_set_down_is_said_on_the_page(ana: Reviewer) -> None:
    answer = ana.send(ana.get("/sources"), "/sources/set", "pseudonym", pseudonym="")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


# --- the drawing ----------------------------------------------------------------------------


def drawn(incident: Incident = LURED, known: tuple[Source, ...] = ()) -> tuple[graph.Graph, str]:
    found = graph.graph(incident, REPORTS, known, WORDS)
    return found, str(graph.draw(found, "Who heard it"))


def test_every_line_of_the_drawing_stands_in_the_words_too() -> None:
    tied = LURED.model_copy(update={"ties": (ReportTie(a="r_en", b="r_ko", why="one reprints the other", same=True),)})
    found, picture = drawn(tied)
    assert picture.count("<path") == len(found.lines) > 3
    assert all(line.sentence.endswith(".") for line in found.lines)
    assert any("count as one telling: one reprints the other." in line.sentence for line in found.lines)
    assert 'role="img"' in picture and "<title>" in picture


def test_voices_of_one_source_are_one_person_and_hearsay_leads_to_it() -> None:
    voices = [
        v
        for a in LURED.accounts
        for v in a.voices
        if any(s.voice_id == v.id for f in LURED.findings for s in f.support)
    ]
    known = (
        Source(id="s", pseudonym="Wren", voices=(voices[0].id,), heard_from="t"),
        Source(id="t", pseudonym="Owl"),
    )
    found, _ = drawn(known=known)
    assert {n.key: n.level for n in found.nodes if n.key in "st"} == {"t": 0, "s": 1}
    assert any(line.sentence.endswith("has it from Owl.") for line in found.lines)


def test_a_circle_of_hearsay_is_drawn_once() -> None:
    known = (Source(id="s", pseudonym="A", heard_from="t"), Source(id="t", pseudonym="B", heard_from="s"))
    voices = [v.id for a in LURED.accounts for v in a.voices]
    known = (known[0].model_copy(update={"voices": (voices[0],)}), known[1].model_copy(update={"voices": (voices[1],)}))
    found, picture = drawn(known=known)
    assert len({n.key for n in found.nodes}) == len(found.nodes)
    assert "<svg" in picture


def test_hostile_words_are_escaped_in_the_drawing() -> None:
    voice = LURED.accounts[0].voices[0]
    hostile: Voice = voice.model_copy(update={"descriptor": HOSTILE})
    account = LURED.accounts[0].model_copy(update={"voices": (hostile, *LURED.accounts[0].voices[1:])})
    _, picture = drawn(LURED.model_copy(update={"accounts": (account, *LURED.accounts[1:])}))
    assert "<script" not in picture


def test_one_report_that_names_nobody_is_not_drawn() -> None:
    bare = LURED.model_copy(update={"findings": (), "accounts": LURED.accounts[:1]})
    assert drawn(bare)[1] == ""


# --- competing explanations -------------------------------------------------------------------


@pytest.mark.parametrize(("bits", "sign"), [(0.1, "0"), (0.6, "+"), (2.0, "++"), (-0.6, "-"), (-2.0, "--"), (0.0, "0")])
def test_bits_are_signs_with_words(bits: float, sign: str) -> None:
    assert competing.speaks(bits) == sign
    assert sign in competing.SPEAKS and sign in competing.SIGN


def test_how_much_the_prior_matters_is_a_sentence() -> None:
    first = Hypothesis(script="x", posterior=0.9, low=0.8, high=0.95, words="very likely", overturn=0.1)
    other = first.model_copy(update={"posterior": 0.09, "overturn": 10.0})
    assert "10 times rarer" in competing.robust(first, WORDS, first=True)
    assert "10 times as common" in competing.robust(other, WORDS, first=False)
    assert competing.robust(first.model_copy(update={"overturn": None}), WORDS, first=True) == ""


def test_the_question_stands_on_the_page_in_every_language_it_has(ana: Reviewer) -> None:
    asked = Question(signal="x", text={"en": "Who came along?", "ko": "누가 함께 갔습니까?"}, gain=0.3, between=("a",))
    ana.book._incidents = [LURED.model_copy(update={"question": asked})]
    page = ana.get("/incidents/i_lured")
    assert "Who came along?" in page and "누가 함께 갔습니까?" in page
    assert re.search(r"0\.30 bits expected", page)
