"""Korean: who did it to whom."""

from __future__ import annotations

import pytest
from marked_roles import read

from secondsource.reading import engines, korean

ARREST, SHOT, CROSS, LURE = "arrest_detention", "shooting", "border_crossing_attempt", "deception_lure"
CASES = [
    (ARREST, "주민 두 명이 {MSS:보위부}에 <체포>됐다.", {"MSS"}, ["주민 두 명"]),
    (ARREST, "주민 두 명이 {MSS:보위부}에 의해 <체포>됐다.", {"MSS"}, ["주민 두 명"]),
    (ARREST, "{MSS:보위부}가 20대 여성 2명을 <체포>했다.", {"MSS"}, ["20대 여성 2명"]),
    (ARREST, "{MSS:보위부} 요원들이 무역업자를 <붙잡>아 갔다.", {"MSS"}, ["무역업자"]),
    (ARREST, "{border_guards:국경경비대}에 <붙잡>힌 가족은 울었다.", {"border_guards"}, ["가족"]),
    (ARREST, "{MSS:보위부}가 <체포>한 남성은 노동자다.", {"MSS"}, ["남성"]),
    (ARREST, "밀수꾼을 <체포>한 {MPS:안전부}는 조용했다.", {"MPS"}, ["밀수꾼"]),
    (ARREST, "여성과 아들, 딸이 {MSS:보위부}에 <체포>됐다.", {"MSS"}, ["여성", "아들", "딸"]),
    (ARREST, "여성이 아들과 함께 {MSS:보위부}에 <체포>됐다.", {"MSS"}, ["여성", "아들"]),
    (ARREST, "소식통은 {MSS:보위부}에 <체포>된 청년이 있다고 전했다.", {"MSS"}, ["청년"]),
    (ARREST, "소식통은 일가족 3명이 {MSS:보위부}에 <체포>됐다고 말했다.", {"MSS"}, ["일가족 3명"]),
    (ARREST, "부부가 {border_guards:국경경비대}의 도움으로 강을 건너다 {MSS:보위부}에 <체포>됐다.", {"MSS"}, ["부부"]),
    (ARREST, "{MSS:보위부}가 {MPS:안전부}와 함께 상인을 <체포>했다.", {"MSS", "MPS"}, ["상인"]),
    (ARREST, "브로커와 군인 3명도 {MSS:보위부}에 <체포>됐다.", {"MSS"}, ["브로커", "군인 3명"]),
    (ARREST, "여성이 {MSS:보위부} <조사>를 받았다.", {"MSS"}, ["여성"]),
    (ARREST, "남성은 {MSS:보위부} 감옥에서 <고문>을 당했다.", {"MSS"}, ["남성"]),
    (ARREST, "{MSS:보위부}는 여성에게 <고문>을 가했다.", {"MSS"}, ["여성"]),
    (ARREST, "혜산서 30대 남성 2명 <체포>", set(), ["30대 남성 2명"]),
    (ARREST, "<체포>된 것은 40대 남성이다.", set(), ["40대 남성"]),
    (ARREST, "{chinese_police:공안}에 잡혀 <북송>된 여성이 울었다.", {"chinese_police"}, ["여성"]),
    (ARREST, "여성이 <체포>됐다.", set(), ["여성"]),
    (SHOT, "{border_guards:경비대}가 주민 2명을 발견하고 <사살>했다.", {"border_guards"}, ["주민 2명"]),
    (SHOT, "강을 건너던 주민 2명이 {border_guards:경비대}에 <사살>됐다.", {"border_guards"}, ["주민 2명"]),
    (SHOT, "<총을 쏜> 군인은 표창을 받았다.", set(), []),
    (CROSS, "가족이 {border_guards:경비대}의 도움으로 <탈북>하려 했다.", set(), ["가족"]),
    (CROSS, "<탈북>하려던 여성 3명이 모였다.", set(), ["여성 3명"]),
    (CROSS, "{MSS:보위원}들은 <탈북>을 막았다.", set(), []),
    (LURE, "{broker:브로커}가 50대 부인을 <꾀>어 냈다.", {"broker"}, ["50대 부인"]),
    (LURE, "{MSS:보위부}는 가족을 <유인>했다.", {"MSS"}, ["가족"]),
    (LURE, "{MSS:보위부} 지시로 여성을 <속>였다.", {"MSS"}, ["여성"]),
]


@pytest.mark.parametrize(("act", "text", "perpetrators", "victims"), CASES)
def test_roles_follow_particles_and_voice(act: str, text: str, perpetrators: set[str], victims: list[str]) -> None:
    assert read(text, "ko", act, korean.roles) == [(perpetrators, victims)]


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("두 여성이 강가에 섰다가 <붙잡>혔다. 이들은 {MSS:보위부}에서 <고문>당했다.", ["두 여성", "두 여성"]),
        ("50대 남성이 <체포>됐다. {MSS:보위부}에 끌려가 <조사>를 받았다.", ["50대 남성", "50대 남성"]),
    ],
)
def test_a_victim_who_is_not_named_again_is_carried_on(text: str, victims: list[str]) -> None:
    assert [v for _, vs in read(text, "ko", ARREST, korean.roles) for v in vs] == victims


def test_who_lures_for_the_state_is_no_perpetrator_of_the_arrest() -> None:
    assert read("{broker:브로커}가 여성을 데려가 <체포>되게 했다.", "ko", ARREST, korean.roles)[0] == (set(), ["여성"])


def test_only_sentences_with_an_act_are_analysed(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    real = engines.korean()

    class Spy:
        def tokenize(self, text: str) -> object:
            seen.append(text)
            return real.tokenize(text)

    monkeypatch.setattr(engines, "korean", Spy)
    read("날씨가 좋다. 주민이 <체포>됐다. 쌀값이 올랐다.", "ko", ARREST, korean.roles)
    assert seen == ["주민이 체포됐다."]
