"""Korean names: each system's spelling, and one key for all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.packs import load
from secondsource.packs.romanise import dprk, loose, mccune_reischauer, plain, revised, southern, variants

HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("hangul", "mr", "rr", "north"),
    [
        ("회령", "Hoeryŏng", "Hoeryeong", "Hoeryŏng"),
        ("평안", "P'yŏngan", "Pyeongan", "Phyŏngan"),
        ("청진", "Ch'ŏngjin", "Cheongjin", "Chŏngjin"),
        ("압록강", "Amnokkang", "Amnokgang", "Amnokkang"),
        ("신의주", "Sinŭiju", "Sinuiju", "Sinŭiju"),
        ("길주", "Kilchu", "Gilju", "Kilju"),
        ("강령", "Kangnyŏng", "Gangnyeong", "Kangryŏng"),
        ("은률", "Ŭllyul", "Eullyul", "Ŭllyul"),
        ("독립", "Tongnip", "Dongnip", "Tongnip"),
        ("백암", "Paegam", "Baegam", "Paegam"),
    ],
)
def test_each_system_writes_what_is_spoken(hangul: str, mr: str, rr: str, north: str) -> None:
    assert (mccune_reischauer(hangul), revised(hangul), dprk(hangul)) == (mr, rr, north)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Hoeryŏng", "Hoeryong", "Hoeryeong", "Hoiryung", "Hoeryung", "Hweryong"),
        ("Ryanggang", "Yanggang", "Yangkang", "Ryangkang"),
        ("Hamgyŏng", "Hamkyung", "Hamgyeong", "Hamkyong"),
        ("Phyŏngan", "P'yongan", "Pyeongan", "Pyungan"),
        ("Chongjin", "Ch'ŏngjin", "Cheongjin", "Chungjin"),
        ("Sinuiju", "Shinuiju", "Sineuiju"),
        ("Rajin", "Najin"),
        ("Ryongchon", "Yongcheon", "Ryongch'ŏn"),
        ("Kaesong", "Gaeseong", "Kaesŏng"),
    ],
)
def test_the_spellings_of_one_name_share_a_key(spellings: tuple[str, ...]) -> None:
    assert len({loose(s) for s in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("Hyesan", "Haeju"), ("Musan", "Onsong"), ("Hoeryong", "Hoeyang")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert loose(one) != loose(other)


@pytest.mark.parametrize(("north", "south"), [("량강", "양강"), ("라진", "나진"), ("녕변", "영변"), ("남양", "남양")])
def test_the_south_drops_what_it_does_not_say(north: str, south: str) -> None:
    assert southern(north) == south


def test_all_systems_meet_in_one_key_for_every_korean_name_of_the_gazetteer() -> None:
    places = [p for p in load("nk_border").places.values() if p.id.startswith(("kp", "kr"))]
    korean = {n for p in places for n in p.names if n and all("가" <= c <= "힣" for c in n)}
    apart = {n for n in korean if len({loose(f(n)) for f in (dprk, mccune_reischauer, revised)}) > 1}
    assert not apart


@given(HANGUL)
def test_any_hangul_is_written_and_keyed(hangul: str) -> None:
    assert all(form and loose(form) == loose(plain(form)) for form in variants(hangul))


@given(st.text(max_size=30))
def test_anything_has_a_key(word: str) -> None:
    assert isinstance(loose(word), str)


def test_other_scripts_are_refused() -> None:
    with pytest.raises(ValueError, match="Hangul"):
        dprk("Hoeryong")
