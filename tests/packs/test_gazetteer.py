"""The gazetteer: one place under all its names, and the right full name for it."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.packs import load, lookup

PACK = load("nk_border")


@pytest.mark.parametrize(
    ("place", "canonical"),
    [
        ("kp-hoeryong", "Hoeryong, North Hamgyong Province"),
        ("kp-onsong", "Onsong County, North Hamgyong Province"),
        ("kp-namyang", "Namyang, Onsong County, North Hamgyong Province"),
        ("kp-phohang", "Phohang District, Chongjin, North Hamgyong Province"),
        ("kp-sinuiju", "Sinuiju, North Phyongan Province"),
        ("kp-hyesan", "Hyesan, Ryanggang Province"),
        ("kp-tumen-river", "Tumen River"),
        ("kp-amnok-river", "Yalu (Amnok) River"),
        ("kp-cn-border", "China-North Korea border"),
        ("cn-shenyang", "Shenyang, Liaoning Province, China"),
        ("cn-jian-jilin", "Ji'an, Jilin Province, China"),
        ("cn", "China"),
        ("kp", "North Korea"),
        ("th-bangkok", "Bangkok, Thailand"),
    ],
)
def test_a_place_has_its_full_name(place: str, canonical: str) -> None:
    assert PACK.canonical(place) == canonical


@pytest.mark.parametrize(
    ("place", "names"),
    [
        (
            "kp-hoeryong",
            "Hoeryong Hoeryŏng Hoeryeong Hoiryung Hoe-ryong HOERYONG 회령 회령시 會寧 会寧 会宁 会宁市 会寧市",
        ),
        ("kp-hyesan", "Hyesan Hyeysan Hye-san 혜산 惠山 恵山 恵山(ヘサン)市"),
        ("kp-onsong", "Onsong Onsŏng Onseong Onsung 온성군 穩城 穏城 稳城 穏城(オンソン)郡"),
        ("kp-musan", "Musan Moosan 무산군 茂山 茂山郡"),
        ("kp-sinuiju", "Sinuiju Shinuiju Sineuiju Sinŭiju 신의주 新義州 新义州"),
        ("kp-ryanggang", "Ryanggang Yanggang Yangkang Ryanggang-do 량강도 양강도 兩江道 両江道 两江道"),
        ("kp-tumen-river", "두만강 豆滿江 豆満江 图们江 圖們江 Tumangang"),
        ("kp-amnok-river", "Yalu Amnok 압록강 鴨綠江 鴨緑江 鸭绿江"),
        ("cn-yanji", "Yanji 옌지 연길 延吉"),
        ("cn-tumen", "투먼 图们市"),
        ("kp", "DPRK 북한 북조선 北朝鮮 北韓"),
    ],
)
def test_every_name_of_a_place_leads_to_it(place: str, names: str) -> None:
    index = lookup.index(PACK)
    missed = [n for n in names.split() if [h.ids[0] for h in index.find(f" {n} ")] != [place]]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("North Hamgyong Province", "kp-hamgyong-n"),
        ("North Hamkyung", "kp-hamgyong-n"),
        ("North Hamyong Province", "kp-hamgyong-n"),
        ("Hamgyong-bukto", "kp-hamgyong-n"),
        ("咸鏡北道(ハムギョンブクト)", "kp-hamgyong-n"),
        ("South Pyeongan Province", "kp-phyongan-s"),
        ("Kim Hyong-jik County", "kp-kimhyongjik"),
        ("Sino-North Korean border", "kp-cn-border"),
        ("border between North Korea and China", "kp-cn-border"),
        ("북·중 국경", "kp-cn-border"),
        ("中朝国境", "kp-cn-border"),
        ("[Tumen] River", "kp-tumen-river"),
        ("the Tumen", "kp-tumen-river"),
        ("Kyohwaso No. 12", "kp-camp-12"),
    ],
)
def test_names_of_several_words_are_one_name(text: str, place: str) -> None:
    assert [h.ids[0] for h in lookup.index(PACK).find(text)] == [place]


@pytest.mark.parametrize(
    "text",
    [
        "계획이 무산되었다",
        "그는 연사로 나섰다",
        "집안 살림을 도왔다",
        "スタイルが違う",
        "朝鮮族の村",
        "중국인 관광객",
        "a man of reading",
        "The Chinese officer, a Korean speaker, left.",
        "Kim Songhak said so",
        "nice weather in may",
    ],
)
def test_words_that_only_look_like_names_are_left_alone(text: str) -> None:
    assert lookup.index(PACK).find(text) == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("held in Tumen", "cn-tumen"),
        ("Unsan County, South Phyongan Province", "kp-unsan-s"),
        ("Unsan County, North Phyongan Province", "kp-unsan-n"),
        ("Kangan-dong, Hyesan", "kp-kangan"),
        ("함경북도 화성군", "kp-hwasong"),
        ("강원도 이천군", "kp-ichon"),
    ],
)
def test_what_stands_beside_an_ambiguous_name_decides(text: str, first: str) -> None:
    assert first in {h.ids[0] for h in lookup.index(PACK).find(text)}


def test_every_name_is_found_by_itself() -> None:
    index = lookup.index(PACK)
    border = [p for p in PACK.places.values() if p.id.startswith("kp-")]
    lost = [
        (place.id, place.name)
        for place in border
        if not any(place.id in h.ids or PACK.places[h.ids[0]].name in place.names for h in index.find(place.name))
    ]
    assert lost == []


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("Hoeryong 회령시무산군会寧(フェ)-'.\n\x00\ue000"), max_size=200))
def test_hits_lie_in_the_text_in_order_and_apart(text: str) -> None:
    hits = lookup.index(PACK).find(text)
    assert all(0 <= h.start < h.end <= len(text) and h.ids for h in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))


@pytest.mark.parametrize("unit", ["Hoeryong ", "회령에서", "North-", "会寧(フェ", "Kim ", "border with "])
def test_time_grows_with_the_length_of_the_text(unit: str) -> None:
    index = lookup.index(PACK)

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        index.find(text)
        return time.process_time() - start

    seconds(2_000)
    assert seconds(80_000) < 16 * seconds(20_000) + 0.2
