from __future__ import annotations

import pytest

from secondsource import linking, packs, reading
from secondsource.model import Account, Language, Report

PACK = packs.load("nk_border")


def told(text: str, language: str = "en", published: str = "2019-05-20") -> Account:
    report = Report(
        id="r", text=text, language=Language(language), published=published, received="2020-01-01T00:00:00+00:00"
    )
    return linking.accounts(reading.read(report, PACK), PACK)[0]


@pytest.mark.parametrize(
    ("text", "language", "when"),
    [
        ("Guards arrested a woman in Musan. It was on May 3, a source said on May 9.", "en", "2019-05-03"),
        ("In late April soldiers arrested a woman in Musan.", "en", "2019-04-21/2019-04-30"),
        ("In March 2014 a broker came. We were arrested in Musan on the 28th.", "en", "2014-03-28"),
        ("무산군 소식통은 17일 “지난달 말 한 여성이 보위부에 체포됐다”고 말했다.", "ko", "2019-04-21/2019-04-30"),
        ("【北方讯2019年5月19日讯】5月初,一名女子在茂山被捕。", "zh", "2019-05-01/2019-05-10"),
    ],
)
def test_an_incident_has_the_date_of_what_was_done(text: str, language: str, when: str) -> None:
    assert told(text, language).when == when


def test_a_time_without_an_end_dates_nothing() -> None:
    assert told("Since the 1990s the market was watched. Agents arrested a woman in Musan.").when is None


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("Agents arrested a woman in Musan. She sold fish.\n\nHer brother had paid 8,000 yuan.", {8000.0}),
        ("Agents arrested a woman in Musan. A crossing usually costs 9,000 yuan.", set()),
    ],
)
def test_a_sum_belongs_to_what_happened_unless_it_is_the_usual_price(text: str, sums: set[float]) -> None:
    assert {s.amount for s in told(text).sums} == sums


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A woman was arrested in Musan by a team sent from Pyongyang, a source told Tumen Wire.", {"kp-musan"}),
        ("A soldier's wife from Kilju was arrested in Musan.", {"kp-musan"}),
        ("A man was arrested in Musan. He was later sent to a prison camp in Yodok.", {"kp-musan"}),
        ("A man was arrested in Musan, a trader who travels from Hunchun said.", {"kp-musan"}),
    ],
)
def test_places_of_others_are_no_part_of_the_scene(text: str, places: set[str]) -> None:
    assert {p.place for p in told(text).places} == places


def test_a_korean_word_is_no_city_far_away() -> None:
    account = told("무산군에서 여성이 체포됐다. 보위부는 실적으로 올린다고 한다.", "ko")
    assert {p.place for p in account.places} == {"kp-musan"}
