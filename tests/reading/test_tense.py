"""What usually happens is told apart from what happened once, by verbs, and both are kept where a report tells both."""

from __future__ import annotations

import time

import pytest

from secondsource.linking import accounts
from secondsource.model import Account, Language, Report
from secondsource.packs import load
from secondsource.reading import read, tense, times
from secondsource.reading.text import lay_out

PACK = load("nk_border")


def report(text: str, language: str, published: str = "2022-07-20") -> Report:
    return Report(id="r", text=text, language=Language(language), published=published, received="2024-01-01T00:00:00Z")


def told(text: str, language: str, published: str = "2022-07-20") -> list[Account]:
    return accounts(read(report(text, language, published), PACK), PACK)


@pytest.mark.parametrize(
    ("sentence", "usual"),
    [
        ("Whoever opens the door is arrested.", True),
        ("You wait in the grass until the family is at the water.", True),
        ("The officer calls at the house and asks for his share.", True),
        ("A household that refuses is searched.", True),
        ("They arrested her at the ferry.", False),
        ("Whoever opened the door was arrested.", False),
        ("The two are still held by the county bureau.", False),
        ("He has been arrested twice.", False),
        ("The three are being questioned.", False),
        ("They will be sent to a camp.", False),
    ],
)
def test_a_plain_present_throughout_tells_what_happens(sentence: str, usual: bool) -> None:
    assert tense.english(sentence) is usual


@pytest.mark.parametrize(
    ("sentence", "act", "usual"),
    [
        ("案内人を先に行かせ、岸で逮捕する。", "逮捕", True),
        ("金を取ってから捕まえると元隊員は語る。", "捕ま", True),
        ("通話なら三千元を要求される。", "要求", True),
        ("先週、兄が岸で逮捕された。", "逮捕", False),
        ("逮捕された兄が家にいるという。", "逮捕", False),
        ("三人は今も拘束されている。", "拘束", False),
        ("二人を拘束したとみられる。", "拘束", False),
    ],
)
def test_a_plain_close_tells_what_happens_in_japanese(sentence: str, act: str, usual: bool) -> None:
    assert tense.japanese(sentence, sentence.index(act) + len(act)) is usual


@pytest.mark.parametrize("tail", ["」" * 200_000 + "あ", "し" * 200_000, "who stopped " * 20_000])
def test_a_hostile_sentence_costs_no_time(tail: str) -> None:
    start = time.perf_counter()
    tense.japanese("逮捕" + tail, 2)
    tense.english("They arrest " + tail)
    assert time.perf_counter() - start < 2


PRACTICE_AND_CASE = {
    "en": "Guards routinely arrest traders at the market gate and demand 2,000 yuan. Whoever cannot pay is detained."
    "\n\nOn June 12 a woman of 40 was arrested in Hyesan and beaten.",
    "ko": "국경 도시 곳곳에서 보위원들이 주민들을 자주 체포하고 돈을 뜯어내고 있다. 이들은 매번 뇌물을 요구한다."
    "\n\n지난 6월 12일 혜산시에서 40대 여성 한 명이 체포됐다.",
    "ja": "国境の町では保衛員が頻繁に住民を逮捕している。金を払えない者は毎回拘束される。"
    "\n\n6月12日、恵山市で40代の女性1人が逮捕された。",
}


@pytest.mark.parametrize("language", PRACTICE_AND_CASE)
def test_a_report_about_a_practice_keeps_the_case_that_it_tells_of_apart(language: str) -> None:
    practice, case = told(PRACTICE_AND_CASE[language], language)
    assert practice.practice and practice.when and practice.when.startswith("2022-07")
    assert not case.practice and case.when == "2022-06-12"


CASE_AND_BACKGROUND = {
    "en": "On June 12 a woman of 40 was arrested in Hyesan. She was beaten.\n\nGuards often arrest traders there.",
    "ko": "지난 6월 12일 혜산시에서 40대 여성이 체포됐다. 여성은 구타당했다.\n\n이곳 주민들은 자주 체포된다.",
    "ja": "6月12日、恵山市で40代の女性1人が逮捕された。女性は殴られた。\n\n同市では住民が頻繁に逮捕されている。",
}


@pytest.mark.parametrize("language", CASE_AND_BACKGROUND)
def test_what_usually_happens_is_only_the_background_of_a_case(language: str) -> None:
    (case,) = told(CASE_AND_BACKGROUND[language], language)
    assert not case.practice and case.when == "2022-06-12"


def test_a_return_is_dated_by_the_arrest_that_it_came_of() -> None:
    (case,) = told(
        "The four women were deported at the Tumen bridge on July 9.\n\n"
        "Police had arrested them near Kunming on June 21.",
        "en",
    )
    assert case.when == "2022-06-21"


@pytest.mark.parametrize(
    "line",
    [
        "SEOUL, July 18 - A woman was arrested in Hyesan last month.",
        "YANJI, China, July 18 -- Guards arrested a woman.",
        "Pyongyang, July 18 (Wire) — A man was arrested.",
    ],
)
def test_a_dateline_dates_the_telling(line: str) -> None:
    laid_out = lay_out(report(line, "en"), PACK)
    day = next(m for m in times.find(laid_out) if m.edtf == "2022-07-18")
    assert day.span in times.speech_dates(laid_out)


@pytest.mark.parametrize("line", ["The market was quiet on July 18 - a holiday.", "July 18 - A man was arrested."])
def test_a_day_in_a_story_is_no_dateline(line: str) -> None:
    laid_out = lay_out(report(line, "en"), PACK)
    assert not any(m.span in times.speech_dates(laid_out) for m in times.find(laid_out))


@pytest.mark.parametrize(
    ("text", "language", "act"),
    [
        ("The family received two bags of rice.", "en", "sentencing_imprisonment"),
        ("A trader in Helong, across the Tumen, told us.", "en", "border_crossing_attempt"),
        ("The price of crossing doubled overnight.", "en", "border_crossing_attempt"),
        ("The contact doubts reports in the press that the chief has been executed.", "en", "execution_killing"),
        ("파출소가 지문을 채취했다.", "ko", "release"),
        ("보위부는 정보원을 들여보냈다.", "ko", "remittance"),
        ("다음 날 시신을 안전부가 와서 싣고 갔다.", "ko", "arrest_detention"),
        ("支援者は案内人が通報した可能性を調べている。", "ja", "informant_tip"),
    ],
)
def test_what_only_looks_like_an_act_is_none(text: str, language: str, act: str) -> None:
    claims = read(report(text, language), PACK).claims
    assert act not in {c.act for c in claims if c.modality.value != "denied"}
