"""How Korean and Japanese reporting tells of each act, in words of its own."""

import pytest

from secondsource import packs, reading
from secondsource.model import Language, Modality, Reading, Report
from secondsource.people_count import merge
from secondsource.reading import people
from secondsource.reading.text import lay_out

PACK = packs.load("nk_border")


def read(text: str, language: str) -> Reading:
    report = Report(id="r1", text=text, language=Language(language), received="2024-01-01T00:00:00+00:00")
    return reading.read(report, PACK)


def told(text: str, language: str) -> set[str]:
    return {c.act for c in read(text, language).claims if c.modality is not Modality.DENIED and not c.background}


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("ko", "두 사람은 화물차에 실려 어디론가 끌려갔다.", "arrest_detention"),
        ("ko", "남매는 튜브에 몸을 싣고 물에 들어섰다.", "border_crossing_attempt"),
        ("ko", "장사꾼은 삯을 나중에 서울에서 갚으면 된다고 꼬드겼다.", "deception_lure"),
        ("ko", "아버지는 교화 7년을 받았다.", "sentencing_imprisonment"),
        ("ja", "岸の草むらから私服の男たちが現れ、夫婦を取り囲んだ。", "arrest_detention"),
        ("ja", "二人はトラックの荷台に乗せられた。", "arrest_detention"),
        ("ja", "床下の現金が見つかった。", "house_search_confiscation"),
        ("ja", "密告したのは相棒だった。", "informant_tip"),
    ],
)
def test_acts_are_found_as_reporting_tells_them(language: str, text: str, act: str) -> None:
    assert act in told(text, language)


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("ko", "막내는 중등학원으로 보내졌다.", "remittance"),
        ("ko", "보위부가 딸을 처형했다는 소문이 있으나 확인되지 않는다.", "execution_killing"),
        ("ko", "주민들은 강가에서 빨래를 했다.", "border_crossing_attempt"),
        ("ja", "賄賂を渡した形跡もない。", "extortion_bribe"),
    ],
)
def test_what_only_sounds_like_an_act_is_none(language: str, text: str, act: str) -> None:
    assert act not in told(text, language)


def count(text: str, language: str) -> tuple[int | None, int | None]:
    report = Report(id="r1", text=text, language=Language(language), received="2024-01-01T00:00:00+00:00")
    whole = merge(people.find(lay_out(report, PACK)))
    return whole.low, whole.high


@pytest.mark.parametrize(
    ("language", "text", "people_there"),
    [
        ("ja", "60代の元溶接工が連行された。", (1, 1)),
        ("ko", "40대 탈옥수가 붙잡혔다.", (1, 1)),
        ("ko", "50대 통신공이 붙잡혔다.", (1, 1)),
        ("ko", "삼형제가 체포됐다.", (3, 3)),
        ("ko", "70대 노모와 아들이 끌려갔다.", (2, 2)),
        ("ko", "모자를 달구지에 태웠다.", (2, 2)),
        ("ko", "통화는 3분을 넘겼다.", (None, None)),
        ("ja", "三人きょうだいが捕まった。", (3, 3)),
        ("ja", "船に乗ろうとした四人が捕まった。", (4, 4)),
    ],
)
def test_people_are_counted_as_they_are_named(
    language: str, text: str, people_there: tuple[int | None, int | None]
) -> None:
    assert count(text, language) == people_there


def test_a_list_of_who_they_are_is_parted_from_their_number() -> None:
    report = Report(
        id="r1",
        text="10人の内訳は女性7人、男性2人、男児1人。",
        language=Language("ja"),
        received="2024-01-01T00:00:00+00:00",
    )
    assert [m.count_min for m in people.find(lay_out(report, PACK))] == [10, 7, 2, 1]


def test_who_lures_without_being_a_broker_by_trade_is_one_of_the_doers() -> None:
    found = read(
        "이웃집 운전수가 남편이 부른다고 속여 부부를 유인했다. 부부는 두만강을 건너다 보위원들에게 체포됐다.", "ko"
    )
    assert "broker" in {o.org for c in found.claims if c.act == "deception_lure" for o in c.perpetrators}
