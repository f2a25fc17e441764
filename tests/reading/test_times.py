from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource import edtf
from secondsource.model import Language, Report
from secondsource.packs import load
from secondsource.reading import times
from secondsource.reading.text import Text, lay_out


def page(text: str, language: str = "en", published: str | None = "2018-12-12") -> Text:
    report = Report(
        id="r", text=text, language=Language(language), published=published, received="2024-01-01T00:00:00Z"
    )
    return lay_out(report, load("nk_border"))


def dates(text: str, language: str = "en", published: str | None = "2018-12-12") -> list[str]:
    return [m.edtf for m in times.find(page(text, language, published))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They left late last November.", "2018-11-21/2018-11-30"),
        ("en", "It was at the end of last month.", "2018-11-21/2018-11-30"),
        ("en", "They met in mid-to-late June.", "2018-06-11/2018-06-30"),
        ("en", "He was shot last Feb 4th.", "2018-02-04"),
        ("en", "They crossed on April 15-17.", "2018-04-15/2018-04-17"),
        ("en", "They crossed between 15 and 17 May 2016.", "2016-05-15/2016-05-17"),
        ("en", "It lasted from March to June 2017.", "2017-03/2017-06"),
        ("en", "They left on the night of Nov. 3 by boat.", "2018-11-03"),
        ("en", "The raids of early 2017 were worse.", "2017-01~/2017-03~"),
        ("en", "It happened last spring.", "2018-03~/2018-05~"),
        ("en", "He was taken on the 20th.", "2018-11-20"),
        ("en", "He was taken yesterday.", "2018-12-11"),
        ("en", "He was taken on Thursday.", "2018-12-06"),
        ("en", "He was taken three weeks ago.", "2018-11-21~"),
        ("en", "The rule has stood since October.", "2018-10/.."),
        ("en", "They came in the 1990s.", "1990/1999"),
        ("en", "They fled on the Day of the Sun.", "2018-04-15"),
        ("en", "The trial is scheduled for March.", "2019-03"),
        ("ko", "지난 11일 체포됐다.", "2018-12-11"),
        ("ko", "지난달 말 체포됐다.", "2018-11-21/2018-11-30"),
        ("ko", "11월 말경 체포됐다.", "2018-11-21/2018-11-30"),
        ("ko", "이달 초 체포됐다.", "2018-12-01/2018-12-10"),
        ("ko", "올해 3월 15일부터 17일까지 있었다.", "2018-03-15/2018-03-17"),
        ("ko", "15~17일 조사했다.", "2018-11-15/2018-11-17"),
        ("ko", "9월 말부터 10월 초까지 갇혔다.", "2018-09-21/2018-10-10"),
        ("ko", "5일 전에 갔다.", "2018-12-07"),
        ("ko", "지난주 월요일에 갔다.", "2018-12-03"),
        ("ko", "태양절에 갔다.", "2018-04-15"),
        ("ko", "2018. 11. 25. 갔다.", "2018-11-25"),
        ("ja", "先月末に逮捕された。", "2018-11-21/2018-11-30"),
        ("ja", "今月中旬に逮捕された。", "2018-12-11/2018-12-20"),
        ("ja", "一昨年の秋に逮捕された。", "2016-09~/2016-11~"),
        ("ja", "平成30年4月3日に逮捕された。", "2018-04-03"),
        ("ja", "二〇一八年五月に逮捕された。", "2018-05"),
        ("zh", "上月底被捕。", "2018-11-21/2018-11-30"),
        ("zh", "2017年5月15日至17日被捕。", "2017-05-15/2017-05-17"),
        ("zh", "9月初被捕。", "2018-09-01/2018-09-10"),
    ],
)
def test_an_expression_is_dated_from_the_day_of_the_report(language: str, text: str, expected: str) -> None:
    assert dates(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A woman in her 50s walked 400 meters for four years."),
        ("en", "He may march. Article 2015. A man born in 2001."),
        ("en", "The 2015 criminal code names it; every Monday they met at 9 o'clock."),
        ("ko", "2001년 11월생 남성이 3일간 20일 만에 말했다."),
        ("ja", "3日間、毎年4月、2001年生まれの男性が初めて話した。"),
    ],
)
def test_ages_durations_births_and_laws_are_no_dates(language: str, text: str) -> None:
    assert dates(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They left on May 3, 2016. Two days later they were caught.", ["2016-05-03", "2016-05-05"]),
        ("ko", "2017년 5월 2일 떠났다. 다음 날 잡혔다.", ["2017-05-02", "2017-05-03"]),
        ("ja", "2017年5月2日に出た。翌日捕まった。", ["2017-05-02", "2017-05-03"]),
        ("ko", "2017년 5월 왔다가 11월 떠났다.", ["2017-05", "2017-11"]),
    ],
)
def test_a_story_counts_on_from_what_it_told_last(language: str, text: str, expected: list[str]) -> None:
    assert dates(text, language) == expected


@pytest.mark.parametrize(
    ("text", "published", "expected", "basis"),
    [
        ("It was in June 2017 here.", "2018", "2017-06", "text"),
        ("It was in June here.", "2018-07", "2018-06", "published"),
        ("It was in June here.", "2018~", "2018-06", "published"),
        ("It was in June here.", None, "XXXX-06", "unknown"),
        ("It was last month here.", "2018-07/2018-08", "2018-06/2018-07", "published"),
    ],
)
def test_the_year_comes_from_the_words_or_the_report_or_nowhere(
    text: str, published: str | None, expected: str, basis: str
) -> None:
    (found,) = times.find(page(text, "en", published))
    assert (found.edtf, found.basis) == (expected, basis)


@pytest.mark.parametrize(
    ("language", "text", "last"),
    [
        ("en", "02 January 2018\n\nThree men were caught at the river last month.", "2017-12"),
        ("ko", "발표 2019-09-29\n\n여성 두 명이 이달 초 강에서 잡힌 것으로 알려졌다.", "2019-09-01/2019-09-10"),
        ("en", "A source told Daily NK on February 4th that they left late last month.", "XXXX-01-21/XXXX-01-31"),
        ("en", "[Photo: the river in March 2019]\n\nThree men were caught at the river in May.", "2019-05"),
    ],
)
def test_without_a_date_of_its_own_a_report_is_dated_by_what_it_says(language: str, text: str, last: str) -> None:
    assert dates(text, language, None)[-1] == last


def test_nothing_is_guessed_without_an_anchor() -> None:
    assert dates("They were caught late last month, two days later, on Thursday.", "en", None) == []


@pytest.mark.parametrize(
    ("language", "text", "spoken"),
    [
        ("en", "A source told Radio Free Asia on December 3 that two men were shot on December 1.", [True, False]),
        ("en", "The source said on the 3rd that he fled on the 1st.", [True, False]),
        ("ko", "소식통은 10일 데일리NK와의 통화에서 지난 5일 한 명이 죽었다고 말했다.", [True, False]),
        ("ko", "내부 소식통이 10일 전해왔다. 11월 3일 일어난 일이다.", [True, False]),
        ("ja", "情報筋は4日、デイリーNKに、1日に逮捕されたと伝えた。", [True, False]),
        ("zh", "消息人士10日告诉记者,3日有人被捕。", [True, False]),
    ],
)
def test_the_day_of_telling_is_not_the_day_of_the_event(language: str, text: str, spoken: list[bool]) -> None:
    here = page(text, language)
    assert [mention.span in times.speech_dates(here) for mention in times.find(here)] == spoken


@given(
    st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(["{0:%d %B %Y}", "{0:%B} {0.day}, {0.year}", "{0}"])
)
def test_a_full_date_needs_no_anchor(day: date, form: str) -> None:
    assert dates(f"It was on {form.format(day)} at dawn.", "en", None) == [day.isoformat()]


@given(st.text(alphabet="0123456789-~./ 월일년말초전부터까지年月日先今末から the of Maylast,agonext", max_size=80))
def test_every_mention_is_a_date_of_words_in_the_text(text: str) -> None:
    for language in ("en", "ko", "ja", "zh"):
        for mention in times.find(page(text, language)):
            edtf.parse(mention.edtf)
            assert mention.span.of(text).strip()
