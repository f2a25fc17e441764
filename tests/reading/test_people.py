"""People: counts, ages, relations and names as said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.model import Language, PeopleMention, Report
from secondsource.packs import load
from secondsource.reading import people
from secondsource.reading.text import lay_out


def read(text: str, language: str) -> list[PeopleMention]:
    report = Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z")
    return people.find(lay_out(report, load("nk_border")))


def one(text: str, language: str, words: str) -> PeopleMention:
    found = [m for m in read(text, language) if words in m.span.of(text)]
    assert found, [m.span.of(text) for m in read(text, language)]
    return found[0]


COUNTS = [
    ("en", "They caught a family of four at the river.", "family", (4, 4)),
    ("en", "Two residents were held at the river.", "residents", (2, 2)),
    ("en", "Around 20 guards fled over the river.", "guards", (20, 20)),
    ("en", "The report speaks of 10 others in the truck.", "10", (10, 10)),
    ("en", "Agents held more than 300 people that month.", "people", (300, None)),
    ("en", "Agents held up to 30 traders that month.", "traders", (1, 30)),
    ("en", "They held several female North Korean defectors.", "defectors", (3, 9)),
    ("en", "A couple was held.", "couple", (2, 2)),
    ("en", "They sent back a couple of brokers.", "brokers", (2, 2)),
    ("en", "They questioned her parents for a week.", "parents", (2, 2)),
    ("en", "Their family was taken away.", "family", (2, None)),
    ("en", "The guards were punished.", "guards", (2, None)),
    ("en", "One Hyesan trader was held.", "trader", (1, 1)),
    ("en", "Ten escaped soldiers were returned.", "soldiers", (10, 10)),
    ("en", "Four members of a platoon were held.", "platoon", (4, 4)),
    ("en", "Four families were made to pay.", "families", (4, None)),
    ("en", "Two sisters of 27 and 19 were held.", "sisters", (2, 2)),
    ("ko", "지난달 일가족 5명이 체포됐다.", "일가족", (5, 5)),
    ("ko", "모녀가 붙잡혔다.", "모녀", (2, 2)),
    ("ko", "3인 가족이 붙잡혔다.", "가족", (3, 3)),
    ("ko", "한 가족이 붙잡혔다.", "가족", (2, None)),
    ("ko", "두 여성이 붙잡혔다.", "여성", (2, 2)),
    ("ko", "세 명의 청년이 붙잡혔다.", "청년", (3, 3)),
    ("ko", "주민 20여 명이 붙잡혔다.", "주민", (20, 29)),
    ("ko", "주민 100명 이상이 모였다.", "주민", (100, None)),
    ("ko", "경비대원들이 처벌됐다.", "경비대원", (2, None)),
    ("ko", "경비대 1개 소대가 달아났다.", "소대", (10, 40)),
    ("ko", "부부가 끌려갔다.", "부부", (2, 2)),
    ("ja", "住民2人が捕まった。", "住民", (2, 2)),
    ("ja", "4人家族が捕まった。", "家族", (4, 4)),
    ("ja", "一家5人が捕まった。", "一家", (5, 5)),
    ("ja", "3人の若い女性が捕まった。", "女性", (3, 3)),
    ("ja", "隊員らが処罰された。", "隊員", (2, None)),
    ("ja", "数十人の商人が集まった。", "商人", (10, 99)),
    ("zh", "一家四口在江边被捕。", "一家", (4, 4)),
    ("zh", "三名女性被抓。", "女性", (3, 3)),
]


@pytest.mark.parametrize(("language", "text", "words", "count"), COUNTS)
def test_a_group_has_the_number_that_is_said(
    language: str, text: str, words: str, count: tuple[int | None, int | None]
) -> None:
    mention = one(text, language, words)
    assert (mention.count_min, mention.count_max) == count


AGES = [
    ("en", "A woman in her 50s was held.", "woman", (50, 59)),
    ("en", "A male broker in his late 40s was held.", "broker", (47, 49)),
    ("en", "A man of 53 surnamed Pak was held.", "man", (53, 53)),
    ("en", "A 61-year-old farmer was held.", "farmer", (61, 61)),
    ("en", "His wife, 49, was held too.", "wife", (49, 49)),
    ("en", "Three women in their early twenties were held.", "women", (20, 23)),
    ("en", "A teenager was held.", "teenager", (13, 19)),
    ("ko", "20대 중반의 여성이 잡혔다.", "여성", (24, 26)),
    ("ko", "30대 초반 남성이 잡혔다.", "남성", (30, 33)),
    ("ko", "53세 남성이 잡혔다.", "남성", (53, 53)),
    ("ko", "송금 브로커 최모(45)씨가 잡혔다.", "최모", (45, 45)),
    ("ja", "40代後半の男性が捕まった。", "男性", (45, 49)),
    ("ja", "23歳の女性が捕まった。", "女性", (23, 23)),
    ("ja", "キムさん(仮名・50代)が捕まった。", "キム", (50, 59)),
    ("zh", "二十多岁的女子被抓。", "女子", (20, 29)),
]


@pytest.mark.parametrize(("language", "text", "words", "ages"), AGES)
def test_an_age_is_the_range_of_years_that_is_said(language: str, text: str, words: str, ages: tuple[int, int]) -> None:
    mention = one(text, language, words)
    assert (mention.age_min, mention.age_max) == ages


@pytest.mark.parametrize(
    ("language", "text", "words", "name", "pseudonym"),
    [
        ("en", "One resident, Paek (a pseudonym), had to pay.", "resident", "Paek", True),
        ("en", "A man surnamed Ryu was held.", "man", "Ryu", False),
        ("en", "A woman known as Kim (not her real name) was held.", "woman", "Kim", True),
        ("en", "Ms. Han was held.", "Han", "Han", False),
        ("ko", "주민 박영수(가명)씨가 말했다.", "박영수", "박영수", True),
        ("ko", "20대 김 씨(남)가 잡혔다.", "김 씨", "김", False),
        ("ko", "브로커 이모 씨가 잡혔다.", "이모", "이", False),
        ("ja", "住民のパクさん(仮名)が語った。", "パク", "パク", True),
        ("zh", "金某(化名)被判刑。", "金某", "金", True),
    ],
)
def test_a_name_is_kept_as_said_with_whether_it_is_a_pseudonym(
    language: str, text: str, words: str, name: str, pseudonym: bool
) -> None:
    mention = one(text, language, words)
    assert (mention.name, mention.pseudonym) == (name, pseudonym)


@pytest.mark.parametrize(
    ("language", "text", "relations"),
    [
        ("en", "The wife, with her son and daughter, was held.", [("wife",), ("son",), ("daughter",)]),
        ("en", "The eldest son fled, and his parents were held.", [("eldest_son",), ("parents",)]),
        ("ko", "부부와 작은아들이 잡혔다.", [("couple",), ("younger_son",)]),
        ("ko", "아버지 어머니가 잡혔다.", [("father",), ("mother",)]),
        ("ja", "夫婦と次男が捕まった。", [("couple",), ("younger_son",)]),
        ("ja", "50代の女性と息子、娘が捕まった。", [("woman",), ("son",), ("daughter",)]),
    ],
)
def test_people_named_side_by_side_are_mentions_of_their_own(
    language: str, text: str, relations: list[tuple[str, ...]]
) -> None:
    assert [m.relations for m in read(text, language)] == relations


def test_an_age_said_of_both_holds_for_both() -> None:
    found = read("The wife, with her son and daughter, both in their mid-20s, was held.", "en")
    assert [(m.age_min, m.age_max) for m in found] == [(None, None), (24, 26), (24, 26)]


def test_an_age_is_inherited_only_by_peers() -> None:
    found = read("50代の女性と20代の息子、娘が捕まった。", "ja")
    assert [m.age_min for m in found] == [50, 20, 20]
    found = read("50대 부인과 아들이 잡혔다.", "ko")
    assert [m.age_min for m in found] == [50, None]


@pytest.mark.parametrize(
    ("language", "text", "scopes"),
    [
        ("en", "A family of four was caught. One fled and the three are held.", ["new", "part", "part"]),
        ("en", "Two shot dead at the river", ["new"]),
        ("en", "She was held. Ten others were in the group, and 10 of them fled.", ["more", "new", "part"]),
        ("ko", "여성 3명이 강에 들어섰다. 2명은 잡히고 1명은 뛰어들었다.", ["new", "part", "part"]),
        ("ja", "50代の女性と息子、娘の計3人が逮捕された。", ["new", "new", "new", "all"]),
        ("ja", "家族4人のうち1人は逃げ、残る3人は捕まった。", ["new", "part", "part"]),
        ("zh", "三名女性被抓,两人没有反抗。", ["new", "part"]),
    ],
)
def test_a_number_alone_says_how_it_stands_to_those_before(language: str, text: str, scopes: list[str]) -> None:
    assert [m.scope for m in read(text, language)] == scopes


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It was a family-run shop, said the Workers' Party, and prices rose by 20 percent."),
        ("en", "The law is 53 years old and costs $300."),
        ("ko", "제20대 국회가 트럭 20대의 예산을 줄였다."),
        ("ko", "그는 혐의를 부인했다."),
        ("ko", "조선소년단과 청년동맹이 모였다."),
        ("ja", "大丈夫だと国家は言った。"),
        ("ja", "人民班と青年同盟が集まった。"),
        ("zh", "国家用人民币付款。"),
    ],
)
def test_what_only_looks_like_people_is_left_out(language: str, text: str) -> None:
    assert read(text, language) == []


def test_captions_and_boilerplate_hold_nobody() -> None:
    text = "Two women were held at the river.\n\n[Photo: three soldiers at a post]\n\nRelated: five men held"
    assert [m.span.of(text) for m in read(text, "en")] == ["Two women"]


def test_somebody_named_before_is_found_again_by_name() -> None:
    text = "A man surnamed Paek was held in Musan. The agents beat Paek for days."
    assert [m.name for m in read(text, "en") if m.name] == ["Paek", "Paek"]


PIECES = [
    "3",
    "two",
    "가족",
    "女性",
    "20대",
    "(가명)",
    "씨",
    "人",
    "woman ",
    " in her 20s",
    "、",
    "김 ",
    "\x00",
    "”",
    "\n",
]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["en", "ko", "ja", "zh"]),
    st.lists(st.sampled_from(PIECES), max_size=40),
)
def test_any_text_gives_mentions_inside_it_in_order(language: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    found = read(text, language)
    assert all(m.span.end <= len(text) and m.span.start < m.span.end for m in found)
    assert [m.span.start for m in found] == sorted(m.span.start for m in found)
    assert all(m.count_max is None or m.count_min is None or m.count_min <= m.count_max for m in found)
