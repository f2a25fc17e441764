from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import Language, Report
from secondsource.packs import load
from secondsource.reading import money
from secondsource.reading.text import Text, lay_out


def page(text: str, language: str, pack: str = "nk_border") -> Text:
    report = Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z")
    return lay_out(report, load(pack))


@pytest.mark.parametrize(
    ("language", "text", "sums"),
    [
        ("en", "He paid RMB 3,000 a head and 500 Chinese yuan more.", [(3000, "CNY"), (500, "CNY")]),
        ("en", "They asked for 1.7 million South Korean won.", [(1_700_000, "KRW")]),
        ("en", "Rice costs 6,000 won a kilo, a guard earns KPW 4000.", [(6000, "KPW"), (4000, "KPW")]),
        ("en", "a fine of $500-600 and €50, later £20", [(500, "USD"), (600, "USD"), (50, "EUR"), (20, "GBP")]),
        ("en", "between 3 to 5 million North Korean won", [(3_000_000, "KPW"), (5_000_000, "KPW")]),
        ("en", "tens of thousands of yuan for 400 meters; one of them won", []),
        ("ko", "중국돈 3만 원과 북한 돈 5만 원을 냈다.", [(30_000, "CNY"), (50_000, "KPW")]),
        ("ko", "한국 돈 200만 원, 쌀값 5천원, 100달러", [(2_000_000, "KRW"), (5000, "KPW"), (100, "USD")]),
        ("ko", "3~5만 위안을 요구했다.", [(30_000, "CNY"), (50_000, "CNY")]),
        (
            "ja",
            "5000元と3000北朝鮮ウォン、200ドル、40万円を渡した。",
            [(5000, "CNY"), (3000, "KPW"), (200, "USD"), (400_000, "JPY")],
        ),
        ("zh", "交了5万元人民币和3000美元。", [(50_000, "CNY"), (3000, "USD")]),
    ],
)
def test_sums_are_found_in_their_currency(language: str, text: str, sums: list[tuple[float, str]]) -> None:
    assert [(m.amount, m.currency) for m in money.find(page(text, language))] == sums


@pytest.mark.parametrize(
    ("language", "text", "restated"),
    [
        ("en", "She had 40,000 yuan (about $5,600).", (5600, "USD")),
        ("en", "She had 40,000 yuan, or about US$5,600.", (5600, "USD")),
        ("en", "She had 40,000 yuan (7.5 million won).", (7_500_000, "KRW")),
        ("ko", "4만 위안(약 750만 원)을 보냈다.", (7_500_000, "KRW")),
        ("ko", "4만 위안(한화 약 750만 원)을 보냈다.", (7_500_000, "KRW")),
        ("ja", "4万元(約80万円)を送った。", (800_000, "JPY")),
        ("zh", "寄了4万元，约合750万韩元。", (7_500_000, "KRW")),
    ],
)
def test_a_conversion_is_no_second_sum(language: str, text: str, restated: tuple[float, str]) -> None:
    first, second = money.find(page(text, language))
    assert (first.amount, first.currency, first.converts) == (40_000, "CNY", False)
    assert (second.amount, second.currency, second.converts) == (*restated, True)


def test_a_bare_won_is_the_souths_where_the_field_is_not_the_north() -> None:
    (found,) = money.find(page("They asked for 6,000 won.", "en", "general"))
    assert found.currency == "KRW"


@given(
    st.text(alphabet="0123456789,.() yuan$won 만원위안元円约or", max_size=120),
    st.sampled_from(["en", "ko", "ja", "zh"]),
)
def test_a_mention_says_what_stands_in_the_text(text: str, language: str) -> None:
    for mention in money.find(page(text, language)):
        assert any(c.isdigit() or c in "만" for c in mention.span.of(text))
        assert mention.amount >= 0
