"""What the world writes reads as if somebody had written it: cases for the grammar, rules over many reports."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
import pytest

from secondsource import packs, scripts
from secondsource.world import World, generate, grammar
from secondsource.world.cases import draw

PACK = packs.load("nk_border")


@pytest.fixture(scope="module")
def made() -> World:
    return generate(PACK, cases=400, seed=3)


def texts(made: World, language: str) -> list[tuple[Any, str]]:
    pairs = zip(made.labels, made.reports, strict=True)
    return [(row["incidents"][0], report["text"]) for row, report in pairs if report["language"] == language]


@pytest.mark.parametrize(
    ("template", "language", "becomes"),
    [
        ("{them}은(는) 물가에서 붙잡혔다", "ko", "{them}이(가) 물가에서 붙잡혔다"),
        ("{then} 브로커는 {them}을(를) 유인했다", "ko", "{then} 브로커는 {them}을(를) 유인했다"),
        ("{them}は{then}、逮捕された", "ja", "{them}が{then}、逮捕された"),
        ("逮捕は一瞬だった", "ja", "逮捕は一瞬だった"),
        ("{them} {were} caught", "en", "{them} {were} caught"),
    ],
)
def test_a_clause_within_another_has_no_topic_of_its_own(template: str, language: str, becomes: str) -> None:
    assert grammar.inner(template, language) == becomes


def test_nothing_is_left_to_fill_or_to_choose(made: World) -> None:
    for report in made.reports:
        assert not re.search(r"\{\w+\}|\[[^\]]*\|[^\]]*\]|\(는\)|\(가\)|\(를\)|\(와\)", report["text"]), report["text"]


def test_one_person_is_not_spoken_of_as_several(made: World) -> None:
    alone = [text for told, text in texts(made, "en") if told["victims"]["count_min"] == 1]
    assert len(alone) > 50
    for text in alone:
        opening = text.split("\n\n")[1]
        assert not re.search(
            r"as they (?:tried|made|set)|before they c|put them under|on their way|(?:with|after) their arrest",
            text,
        ), text
        assert not re.search(r"(?:man|woman)(?: (?:of|aged) \d+)? were\b|who were\b", opening), opening


def test_english_prepositions_do_not_meet(made: World) -> None:
    for _, text in texts(made, "en"):
        assert not re.search(r"\b(?:since|from|at|of) (?:in|at|on) (?!which)", text), text


def test_a_clause_is_quoted_in_the_form_that_korean_asks_for(made: World) -> None:
    for _, text in texts(made, "ko"):
        assert not re.search(r"(?:것|때문|사람|탈북민|일)이다(?:고|는) |혐의다(?:고|는) ", text), text
        assert not re.search(
            r"(?:소식통은|주민은|업자는|매체는) (?:이 )?(?:모자|모녀|남성|여성|가족|부부|형제|자매|두 사람)[은는] ",
            text,
        ), text


def test_how_a_name_is_read_is_said_once(made: World) -> None:
    for _, text in texts(made, "ja"):
        said = Counter(re.findall(r"\w+\([ァ-ヶー]+\)", text))
        assert all(count == 1 for count in said.values()), text


@pytest.mark.parametrize(("language", "names"), [("ko", ("양강도", "량강도")), ("en", ("Ryanggang", "Yanggang"))])
def test_a_report_spells_a_place_in_one_way(made: World, language: str, names: tuple[str, str]) -> None:
    found = [text for _, text in texts(made, language) if names[0] in text or names[1] in text]
    assert {name for text in found for name in names if name in text} == set(names), "both are used"
    assert not [text for text in found if all(re.search(rf"\b{name}|(?<![가-힣]){name}", text) for name in names)]


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_no_sentence_comes_in_many_reports(made: World, language: str) -> None:
    found = [re.sub(r"\[사진.*?\]|\[Photo.*?\]|\(写真.*?\)", "", text) for _, text in texts(made, language)]
    parts = ({s for s in re.split(r"(?<=[.。])\s*", text.partition("\n\n")[2]) if s} for text in found)
    sentence, times = Counter(s for some in parts for s in some).most_common(1)[0]
    assert times < 0.08 * len(found), sentence


@pytest.mark.parametrize("code", ["execution", "death_in_custody"])
def test_the_dead_are_not_waited_for(made: World, code: str) -> None:
    script_of = {report["id"]: row["script"] for row in made.truth for report in row["reports"]}
    ends = [report["text"] for report in made.reports if script_of[report["id"]] == code]
    assert len(ends) > 10
    for text in ends:
        assert not re.search(
            "visitor|will become|will not come back|면회|행방|돌아오지 못할|面会|もう戻れない|消息は届", text
        ), text


@pytest.mark.parametrize("code", ["remittance_sting", "lure_back"])
def test_where_nobody_fled_no_escape_was_staged(made: World, code: str) -> None:
    script_of = {report["id"]: row["script"] for row in made.truth for report in row["reports"]}
    found = [report["text"] for report in made.reports if script_of[report["id"]] == code]
    assert len(found) > 5
    assert not [t for t in found if re.search("the escape|a way out|이번 탈북은|살길처럼|今回の脱北は|逃げ道に", t)]


def test_nobody_is_sentenced_before_the_arrest() -> None:
    for code, script in sorted(scripts.load(PACK).items()):
        for number in range(40):
            case = draw(PACK, script, number, np.random.default_rng(number))
            arrests = [
                case.day(step) for step in case.lead_steps if (script.step(step).signal or "").endswith("arrested")
            ]
            after = [case.day(s) for s in case.played.steps if script.step(s).signal in ("interrogated", "sentenced")]
            own = [case.day(s) for s in case.lead_steps if script.step(s).signal == "arrest"]
            if own and arrests and after and code != "arrest_in_china":
                assert min(after) >= max(own + arrests), (code, number)
