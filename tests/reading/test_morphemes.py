import pytest

from secondsource import packs
from secondsource.model import Language, Report
from secondsource.reading import acts, tense
from secondsource.reading.morphemes import inside_a_word, korean
from secondsource.reading.text import lay_out

PACK = packs.load("nk_border")


@pytest.mark.parametrize(
    ("language", "sentence", "piece", "inside"),
    [
        ("ko", "단속은 두 시간 만에 끝났다.", "속은", True),
        ("ko", "형은 지갑을 찾아내 돈을 세었다.", "아내", True),
        ("ko", "두 자매를 따로 앉혔다.", "매를", True),
        ("ko", "그는 강제북송됐다.", "북송", False),
        ("ko", "국가안전보위부에 잡혔다.", "보위부", False),
        ("ko", "아내 돈을 썼다.", "아내", False),
        ("ja", "派出所の前を通った。", "出所", True),
        ("ja", "見せしめのためだという。", "せしめ", True),
        ("ja", "民家に明かりがついた。", "家に", True),
        ("ja", "二人は公開処刑された。", "処刑", False),
        ("ja", "全員が強制送還された。", "送還", False),
        ("ja", "5万元を払った。", "万元", False),
        ("en", "He was rearrested.", "arrested", False),
    ],
)
def test_a_piece_of_another_word_is_no_word(language: str, sentence: str, piece: str, inside: bool) -> None:
    assert inside_a_word(sentence, sentence.index(piece), language) is inside


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_the_ends_of_a_sentence_lie_in_no_word(language: str) -> None:
    assert not inside_a_word("", 0, language)
    assert not inside_a_word("가", 0, language)
    assert not inside_a_word("가", 1, language)


def found(text: str, language: str) -> set[str]:
    report = Report(id="r1", text=text, language=Language(language), received="2024-01-01T00:00:00+00:00")
    return {hit.act for hit in acts.find(lay_out(report, PACK))}


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("ko", "단속은 온 도에서 벌어진다.", "deception_lure"),
        ("ko", "장부를 찾아내 돈을 셌다.", "remittance"),
        ("ja", "駅前に公安の派出所がある。", "release"),
        ("ja", "見せしめだという声が上がった。", "extortion_bribe"),
    ],
)
def test_no_act_is_read_out_of_the_middle_of_a_word(language: str, text: str, act: str) -> None:
    assert act not in found(text, language)


@pytest.mark.parametrize(
    ("words", "present"),
    [
        ("통화가 길어지면 문을 두드린다.", True),
        ("주민은 “돈을 못 내는 집은 단련대로 보낸다”고 말했다.", True),
        ("보위원이 문을 두드렸다.", False),
        ("주민은 “그 집에 보위원이 왔다”고 말했다.", False),
        ("그는 지난주에 끌려갔다고 한다.", False),
    ],
)
def test_korean_tells_in_the_present_what_is_usual(words: str, present: bool) -> None:
    assert tense.korean(words) is present


@pytest.mark.parametrize("odd", ["\ud800", "\udfff", "\U0001f468", "\U00020000"])
def test_characters_that_the_analyser_cannot_hold_keep_their_places(odd: str) -> None:
    (word,) = [token for token in korean(f"{odd}{odd}보위부") if token.tag == "NNG" and "보위부" in token.form]
    assert (word.start, word.len) == (2, 3)
