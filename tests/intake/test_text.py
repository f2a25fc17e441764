from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.edtf import parse as parse_edtf
from secondsource.intake.parsers.dates import edtf
from secondsource.intake.parsers.fields import canonical
from secondsource.intake.parsers.language import detect, settle
from secondsource.intake.parsers.text import clean, decode, is_clean

from .conftest import Take

KO = "지난 3월 국경 마을에서 강을 건너려던 일가족 네 명이 붙잡혔다고 현지 주민이 전했다."
JA = "三月に国境の町で川を渡ろうとした家族四人が捕まったと、現地の住民が話した。"
ZH = "三月，边境小镇的一家四口在过河时被抓，当地居民这样说。他们还没有回家。"
TW = "三月，邊境小鎮的一家四口在過河時被抓，當地居民這樣說。他們還沒有回家。"
EN = "The agent said “not yet” – and the family’s money was gone."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(t, e) for t in (KO, JA, ZH, EN) for e in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")]
    + [
        (KO, "cp949"),
        (KO, "euc-kr"),
        (JA, "shift_jis"),
        (JA, "cp932"),
        (JA, "euc-jp"),
        (EN, "cp1252"),
        (ZH, "gb18030"),
        (TW, "big5"),
    ],
)
def test_encodings_are_told(text: str, encoding: str) -> None:
    page = "\n".join([text] * 4) + "\n2014 03\n"
    found, notes = decode(page.encode(encoding))
    assert clean(found) == page
    assert bool(notes) == (not encoding.startswith("utf"))


def test_a_stated_encoding_comes_before_a_guess() -> None:
    assert decode("체포".encode("cp949"), "EUC-KR") == ("체포", ())


def test_a_text_cut_in_a_character_keeps_the_rest() -> None:
    assert decode("체포".encode()[:-1]) == ("체", ("it ends in the middle of a character",))


@given(st.text())
def test_cleaning_leaves_one_form_without_controls(text: str) -> None:
    cleaned = clean(text)
    assert is_clean(cleaned)
    assert clean(cleaned) == cleaned == unicodedata.normalize("NFC", cleaned)
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in cleaned)


def test_cleaning_changes_nothing_else() -> None:
    assert clean("\ufeffa\r\nb\rc\u2028d\te\x00\x1b[31m  가 ") == "a\nb\nc\nd\te  [31m  가 "


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2014", "2014"),
        (2014, "2014"),
        ("2014-03", "2014-03"),
        ("2014-03-05", "2014-03-05"),
        ("2014-03~", "2014-03~"),
        ("2014-03-XX", "2014-03-XX"),
        ("2014-03-05/2014-03-07", "2014-03-05/2014-03-07"),
        ("2014/..", "2014/.."),
        ("2014-03-05T23:59:00-11:00", "2014-03-05"),
        ("2014-03-05T00:10:00.123Z", "2014-03-05"),
        ("2014-03-05 08:00", "2014-03-05"),
        ("20140305", "2014-03-05"),
        ("2014/3/5", "2014-03-05"),
        ("2014. 3. 5.", "2014-03-05"),
        ("2014년 3월 5일", "2014-03-05"),
        ("2014年3月5日", "2014-03-05"),
        ("2014年3月", "2014-03"),
        ("2014년", "2014"),
        ("March 5, 2014", "2014-03-05"),
        ("5 Mar. 2014", "2014-03-05"),
        ("Sept 2014", "2014-09"),
        ("Wed, 05 Mar 2014 23:30:00 +0900", "2014-03-05"),
        ("03/05/2014", None),
        ("2014-13", None),
        ("2014-02-30", None),
        ("2014-03-07/2013-01-01", None),
        ("last week", None),
        ("5", None),
        ("", None),
        ("Wed, 05 Mar 14 23:30:00 +0900", None),
        ("..", None),
        ("5 Smarch 2014", None),
    ],
)
def test_dates_are_read_where_they_are_plain(stated: object, expected: str | None) -> None:
    assert edtf(stated) == expected


@given(
    st.one_of(
        st.text(max_size=30),
        st.text("0123456789-/.~?%X: TZ+年月日", max_size=25),
        st.dates().map(str),
        st.datetimes().map(str),
    )
)
def test_every_date_that_is_kept_is_edtf(stated: str) -> None:
    found = edtf(stated)
    if found is not None:
        parse_edtf(found)
        assert edtf(found) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (KO, "ko"),
        (JA, "ja"),
        (ZH, "zh"),
        (TW, "zh"),
        (EN, "en"),
        ("일가족 체포", "ko"),
        ("회령(Hoeryong, 會寧)에서", "ko"),
        ("家族四人が逮捕", "ja"),
        ("対北売春組織摘発", "ja"),
        ("他们被抓", "zh"),
        ("A family of four was held", "en"),
        ("The MSS (国家保衛省, 국가보위성) arrested them in the town and took them away.", "en"),
        ("La famille a été arrêtée dans la ville par les agents", "und"),
        ("Die Familie wurde in der Stadt von den Beamten verhaftet", "und"),
        ("La familia fue detenida en la ciudad por los agentes", "und"),
        ("Семья была арестована на границе", "und"),
        ("12345 !!", "und"),
        ("Kim", "und"),
    ],
)
def test_languages_are_told_by_letters_and_common_words(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("stated", "text", "language", "noted"),
    [
        ("ko-KR", KO, "ko", False),
        ("Korean", EN, "en", True),
        ("한국어", KO, "ko", False),
        ("en", "Kim", "en", False),
        ("ja", "逮捕", "ja", False),
        ("zh", JA, "ja", True),
        ("fr", "Le chef a dit non", "und", False),
        ("fr", KO, "ko", False),
        (None, KO, "ko", False),
    ],
)
def test_a_stated_language_counts_unless_the_script_contradicts(
    stated: str | None, text: str, language: str, noted: bool
) -> None:
    code, note = settle(stated, text)
    assert (code, bool(note)) == (language, noted)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Full_Text", "text"),
        ("기사 본문", "text"),
        ("見出し", "title"),
        ("언론사", "outlet"),
        ("dc date", None),
        ("ＤＡＴＥ", "published"),
    ],
)
def test_names_of_fields_are_known_however_they_are_written(name: str, field: str | None) -> None:
    assert list(canonical({name: "x"})) == ([field] if field else [])


def test_a_guessed_encoding_is_noted(take: Take) -> None:
    results = take({"a.txt": KO.encode("cp949")})
    assert results.texts == [KO]
    assert [n.reason for n in results.noted] == ["its encoding is not stated, and was taken for cp949"]
