from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.packs import load
from secondsource.reading import numbers

PACK = load("general")


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "She paid 20,000 and then 1.7 million", [20_000, 1_700_000]),
        ("en", "a dozen men, twenty-five women, two hundred and fifty goats", [12, 25, 250]),
        ("en", "one hundred thousand, half a million, nine", [100_000, 500_000, 9]),
        ("en", "in 2012 three of them left", [2012, 3]),
        ("en", "no one helped one another", []),
        ("ko", "3만 5천 위안과 1억 2천만 원", [35_000, 120_000_000]),
        ("ko", "돈만 8만 위안", [80_000]),
        ("ko", "열두 명과 스무 살 청년 세 사람", [12, 20, 3]),
        ("ko", "이 사람은 한국에서 일하는 두만강 구장", []),
        ("ja", "6万5000円、二十三人、二〇一八年", [65_000, 23, 2018]),
        ("ja", "一家は第三国へ、一部は万景台へ", []),
        ("zh", "三名女子和5万元", [3, 50_000]),
        ("zh", "他们一起去了一家工厂", []),
    ],
)
def test_numbers_are_read_and_words_that_hold_one_are_not(language: str, text: str, values: list[float]) -> None:
    assert [n.value for n in numbers.find(text, language, PACK)] == values


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("en", "more than 20 people", 20, None),
        ("en", "up to 30 people", None, 30),
        ("en", "dozens of people", 24, 99),
        ("en", "several people", 3, 9),
        ("ko", "20여 명", 20, 29),
        ("ko", "십여 명", 10, 19),
        ("ko", "30명 이상", 30, None),
        ("ko", "두세 명", 2, 3),
        ("ko", "수백만 원", 1_000_000, 9_999_999),
        ("ja", "十数人", 11, 19),
        ("ja", "数十人", 10, 99),
        ("ja", "少なくとも5人", 5, None),
        ("zh", "二十多名", 20, 29),
        ("zh", "几十人", 10, 99),
    ],
)
def test_a_vague_number_is_a_range(language: str, text: str, low: float | None, high: float | None) -> None:
    (number,) = numbers.find(text, language, PACK)
    assert (number.low, number.high) == (low, high)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "about 40 men"), ("ko", "약 40명"), ("ja", "約40人"), ("zh", "约40人")]
)
def test_an_approximate_number_says_so(language: str, text: str) -> None:
    (number,) = numbers.find(text, language, PACK)
    assert number.about
    assert number.value == 40
    assert not number.exact


@given(st.integers(0, 10**12 - 1), st.sampled_from(["en", "ko", "ja", "zh"]))
def test_digits_with_separators_mean_what_they_say(value: int, language: str) -> None:
    assert [n.value for n in numbers.find(f"{value:,}", language, PACK)] == [value]


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_myriads_add_up(upper: int, lower: int) -> None:
    assert [n.value for n in numbers.find(f"{upper}만 {lower} 명", "ko", PACK)] == [upper * 10_000 + lower]
    assert [n.value for n in numbers.find(f"{upper}万{lower}人", "ja", PACK)] == [upper * 10_000 + lower]


@given(
    st.text(alphabet="0123456789,.一二十百千万数여수만천백십열 한두명人 dozen", max_size=80),
    st.sampled_from(["en", "ko", "ja", "zh"]),
)
def test_spans_lie_in_the_text_in_order(text: str, language: str) -> None:
    ends = [0]
    for number in numbers.find(text, language, PACK):
        assert ends[-1] <= number.start < number.end <= len(text)
        ends.append(number.end)
