"""What a place is doing in a report: only where it happened may count as the scene."""

from __future__ import annotations

import time

import pytest

from secondsource.model import HAPPENED, Language, PlaceMention, PlaceRole, Report, Span
from secondsource.packs import load
from secondsource.reading import places
from secondsource.reading.text import Text, lay_out

PACK = load("nk_border")
AFTER = "\nNothing more is known about what became of any of those who were there on that day, nor why."


def laid_out(text: str, language: str = "en") -> Text:
    return lay_out(Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z"), PACK)


def roles(text: str, language: str) -> dict[str, str]:
    """Place id to the role that it has in the end, where every sentence of `text` is claimed."""
    page = laid_out(text + (AFTER if language == "en" else ""), language)
    done = places.settle(page, places.find(page), [Span(start=0, end=len(text))])
    return {m.place: m.role.value for m in done}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "A source in Kangwon Province said two men were arrested in Hyesan.", {"kp-hyesan": "arrest"}),
        ("en", "According to residents of Kilju, a man was shot dead near Sambong.", {"kp-sambong": "incident"}),
        ("en", "A family from Hamhung was seized near the China-North Korea border.", {"kp-cn-border": "arrest"}),
        ("en", "Two women crossed the Yalu River to reach Changbai.", {"kp-amnok-river": "crossing"}),
        ("en", "In Musan County, agents raided the home of a trader.", {"kp-musan": "incident"}),
        (
            "en",
            "They were held at a detention center in Uiju after being sent back to Sinuiju.",
            {"kp-uiju": "detention"},
        ),
        ("en", "People in towns such as Hyesan and Onsong live in fear of arrest.", {}),
        ("en", "Her daughter in South Korea sent money through a broker who was caught.", {}),
        ("en", "Pyongyang has told guards to shoot whoever tries to flee.", {}),
        ("en", "She travelled to Hyesan, where she was arrested.", {"kp-hyesan": "arrest"}),
        ("ko", "청진 출신 여성이 무산에서 체포됐다고 평안북도 소식통이 전했다.", {"kp-musan": "arrest"}),
        ("ko", "한국에 있는 아들의 돈을 받은 어머니가 김형직군 보위부에 체포됐다.", {"kp-kimhyongjik": "incident"}),
        ("ko", "탈북민들이 단둥을 거쳐 신의주로 북송됐다.", {}),
        ("ko", "혜산, 회령 등 국경지역에서 단속이 강화됐다.", {}),
        ("ja", "両江道の情報筋は、恵山市で一家が逮捕されたと伝えた。", {"kp-hyesan": "arrest"}),
        ("ja", "清津出身の男性が豆満江を渡ろうとして撃たれた。", {"kp-tumen-river": "crossing"}),
        ("ja", "会寧に住む取材協力者は、茂山郡で女性が拘束されたと話した。", {"kp-musan": "arrest"}),
        ("zh", "据两江道消息人士透露,惠山市一名男子被抓。", {"kp-hyesan": "incident"}),
    ],
)
def test_the_scene_is_told_from_every_other_place(language: str, text: str, expected: dict[str, str]) -> None:
    found = roles(text, language)
    happened = {place: role for place, role in found.items() if PlaceRole(role) in HAPPENED}
    assert happened == expected


@pytest.mark.parametrize(
    ("language", "text", "place", "role"),
    [
        ("en", "A Chongjin-based source said so.", "kp-chongjin", "source_base"),
        ("en", "The woman lived in Hyesan and was arrested.", "kp-hyesan", "victim_origin"),
        ("en", "They fled to South Korea.", "kr", "destination"),
        ("en", "He was deported to Onsong.", "kp-onsong", "repatriation_point"),
        ("ko", "회령시에 거주하는 소식통은 이렇게 말했다.", "kp-hoeryong", "source_base"),
        ("ko", "온성군에 살던 부부가 체포됐다.", "kp-onsong", "victim_origin"),
        ("ko", "그들은 한국으로 가려고 했다.", "kr", "destination"),
        ("ja", "韓国で暮らす夫から電話があった。", "kr", "sender_location"),
        ("ja", "新義州に送還された。", "kp-sinuiju", "repatriation_point"),
        ("zh", "住在惠山市的女子被抓。", "kp-hyesan", "victim_origin"),
    ],
)
def test_the_words_beside_a_name_give_its_role(language: str, text: str, place: str, role: str) -> None:
    assert roles(text, language)[place] == role


def test_a_caption_is_a_photo_and_never_the_scene() -> None:
    page = laid_out(
        "[Photo: soldiers near Namyang]\n\nTwo men were arrested in Hyesan last week, a person said." + AFTER
    )
    done = places.settle(page, places.find(page), [s.span for s in page.sentences])
    assert [(m.place, m.role) for m in done] == [("kp-namyang", PlaceRole.PHOTO), ("kp-hyesan", PlaceRole.ARREST)]


def test_a_home_becomes_the_scene_where_its_own_river_was_crossed_and_nothing_else_is_named() -> None:
    assert roles("Three women from Hoeryong were caught as they entered the Tumen River.", "en") == {
        "kp-hoeryong": "incident",
        "kp-tumen-river": "crossing",
    }


def test_an_unnamed_river_is_the_one_on_which_the_place_stands() -> None:
    found = roles("A man from Hyesan was caught while he was crossing the river.", "en")
    assert found["kp-amnok-river"] == "crossing"


def test_no_river_is_guessed_where_the_places_do_not_tell() -> None:
    assert "kp-amnok-river" not in roles("A source in Hyesan said that he was crossing the river.", "en")


def test_the_province_means_the_last_one_named() -> None:
    text = "A source in Ryanggang Province spoke on Monday. A woman was arrested near the province's border."
    page = laid_out(text + AFTER)
    found = places.settle(page, places.find(page), [page.sentences[1].span])
    assert [(m.place, m.role) for m in found] == [
        ("kp-ryanggang", PlaceRole.SOURCE_BASE),
        ("kp-ryanggang", PlaceRole.INCIDENT_PROVINCE),
    ]


def test_without_a_claim_a_name_stays_background() -> None:
    page = laid_out("Markets in Hyesan were busy." + AFTER)
    (mention,) = places.find(page)
    assert places.happened(page, mention, []) is PlaceRole.BACKGROUND
    assert places.happened(page, mention, [Span(start=0, end=28)]) is PlaceRole.INCIDENT


def test_a_chain_is_two_mentions_and_an_ambiguous_name_keeps_what_it_may_mean() -> None:
    found = places.find(laid_out("Agents came to Unsan County, South Phyongan Province." + AFTER))
    assert [m.place for m in found] == ["kp-unsan-s", "kp-phyongan-s"]
    assert found[0].candidates == ("kp-unsan-s", "kp-unsan-n")


def test_a_reading_in_parentheses_belongs_to_the_name() -> None:
    page = laid_out("咸鏡北道(ハムギョンブクト)の延社(ヨンサ)郡で逮捕された。", "ja")
    assert [m.span.of(page.raw) for m in places.find(page)] == ["咸鏡北道(ハムギョンブクト)", "延社(ヨンサ)郡"]


@pytest.mark.parametrize(
    "unit", ["arrested in Hoeryong ", "in \ue000 Musan, ", "회령에서 체포 ", "source in ", "会寧で逮捕、"]
)
def test_time_grows_with_the_length_of_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        page = laid_out(unit * (size // len(unit)), "en" if unit.isascii() else "ko")
        start = time.process_time()
        found: list[PlaceMention] = places.find(page)
        places.settle(page, found, [])
        return time.process_time() - start

    seconds(2_000)
    # The best of three: a collection of garbage may fall into any one of them.
    assert min(seconds(40_000) for _ in range(3)) < 16 * seconds(10_000) + 0.3
