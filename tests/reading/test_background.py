"""An older case that a report only recalls lends the incident neither acts nor places nor dates."""

from __future__ import annotations

import pytest

from secondsource import linking
from secondsource.model import Language, Reading, Report
from secondsource.packs import load
from secondsource.reading import read

PACK = load("nk_border")
LEAD = {
    "en": "Two women were arrested by State Security agents in Musan on March 3, a source said. The sisters are held "
    "in the county lockup. Their mother has been told nothing. ",
    "ko": "지난 3일 무산군에서 여성 두 명이 보위원에게 체포됐다고 소식통이 전했다. "
    "자매는 군 구류장에 갇혀 있다. 어머니는 아무 말도 듣지 못했다. ",
    "ja": "今月3日、茂山郡で女性2人が保衛員に逮捕されたと情報筋が伝えた。"
    "姉妹は郡の拘留所にいる。母親は何も知らされていない。",
}


def reading(text: str, language: str) -> Reading:
    report = Report(
        id="r", text=text, language=Language(language), published="2019-03-20", received="2019-03-21T00:00:00Z"
    )
    return read(report, PACK)


@pytest.mark.parametrize(
    ("language", "recalled"),
    [
        ("en", "In 2013, soldiers shot dead a man near Hyesan."),
        ("en", "Older residents remember that a trader was shot dead at Hyesan."),
        ("en", "In Hyesan a similar shooting was reported in January."),
        ("ko", "2013년에도 혜산에서 남성 한 명이 총에 맞아 숨졌다."),
        ("ko", "과거에도 혜산에서 총격으로 주민이 숨지는 비슷한 사건이 있었다."),
        ("ja", "2013年には恵山で男性1人が射殺された。"),
        ("ja", "過去にも恵山で男性が射殺される同様の事件があった。"),
    ],
)
def test_what_is_recalled_of_another_case_stays_out_of_the_incident(language: str, recalled: str) -> None:
    read_ = reading(LEAD[language] + recalled, language)
    assert any(c.background and c.span.of(LEAD[language] + recalled) == recalled for c in read_.claims)
    (account,) = linking.accounts(read_, PACK)
    assert "arrest_detention" in account.acts
    assert not {"shooting", "execution_killing"} & set(account.acts)
    assert "kp-hyesan" not in {m.place for m in account.places}


@pytest.mark.parametrize(
    ("language", "more"),
    [
        ("en", "She had been arrested in 2016, too, and was held for a month."),
        ("en", "Afterwards agents searched the house."),
        ("ja", "女性は2016年にも逮捕されている。"),
    ],
)
def test_what_befell_the_same_people_before_is_part_of_their_story(language: str, more: str) -> None:
    assert not any(c.background for c in reading(LEAD[language] + more, language).claims)


def test_a_report_of_nothing_but_an_old_case_tells_of_that_case() -> None:
    text = "In 2013, soldiers shot dead a man near Hyesan. In 2013 his wife was arrested. In 2013 his son was arrested."
    assert not all(c.background for c in reading(text, "en").claims)
