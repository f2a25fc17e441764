"""Signals in claims: what shows them, in four languages, and what does not."""

from __future__ import annotations

import time

import pytest

from secondsource import scripts
from secondsource.model import Claim, Modality, OrgMention, Span
from secondsource.packs import load

PACK = load("nk_border")


def seen(text: str, acts: str, language: str = "en", modality: Modality = Modality.ASSERTED) -> set[str]:
    """Signals of a text of which every line states all the acts; `who>act` says by whom."""
    claims, offset = [], 0
    for line in text.split("\n"):
        span = Span(start=offset, end=offset + len(line))
        for told in acts.split():
            by, _, act = told.rpartition(">")
            mentions = (OrgMention(span=span, org=by),) if by else ()
            key = f"{offset}{told}"
            claims.append(
                Claim(id=key, report_id="r", act=act, span=span, trigger=span, modality=modality, perpetrators=mentions)
            )
        offset += len(line) + 1
    return set(scripts.observe(PACK, claims, {"r": text}, {"r": language}))


@pytest.mark.parametrize(
    ("signal", "language", "acts", "text"),
    [
        ("broker_turned", "en", "arrest_detention", "The smuggler was working for the MSS when he called on them."),
        ("broker_turned", "ko", "arrest_detention", "보위부는 브로커를 포섭해 두었다."),
        ("broker_turned", "ja", "arrest_detention", "保衛部は案内人を抱き込んでいた。"),
        ("broker_turned", "zh", "arrest_detention", "保卫部早已收买了那名中介。"),
        ("staged_by_state", "en", "arrest_detention", "The whole journey had been staged."),
        ("staged_by_state", "ko", "arrest_detention", "처음부터 함정이었다."),
        ("staged_by_state", "ja", "arrest_detention", "初めから仕組まれた旅だった。"),
        ("lure_to_cross", "en", "border_crossing_attempt", "He promised to take them across the river."),
        ("lure_to_cross", "ko", "border_crossing_attempt", "아들이 부른다며 탈 없이 넘겨주겠다고 했다."),
        ("lure_to_cross", "ja", "border_crossing_attempt", "娘が待っている、無事に渡らせてやると言った。"),
        ("companion_was_informer", "en", "border_crossing_attempt", "The fourth woman was in fact an informer."),
        ("companion_was_informer", "ko", "border_crossing_attempt", "함께 가려던 친구는 정보원이었다."),
        ("planted_on_orders", "ko", "border_crossing_attempt", "동료는 보위부 지시로 접근한 사람이었다."),
        ("agents_pose", "en", "arrest_detention", "Officers disguised as traders asked for the money."),
        ("tip_by_third_party", "en", "informant_tip", "A cousin told the office of it."),
        ("tip_by_third_party", "ja", "arrest_detention", "隣人の密告で捕まった。"),
        ("arrested_in_china", "en", "chinese_police>arrest_detention", "They were caught in a guesthouse."),
        ("broker_arrested", "en", "arrest_detention", "A broker of many years was arrested in his yard."),
        ("broker_arrested", "ja", "arrest_detention", "長年のブローカーが自宅で逮捕された。"),
        ("insider_arrested", "ko", "arrest_detention", "군 보위부 지도원이 긴급체포됐다."),
        ("death_in_cell", "en", "arrest_detention", "He died in his cell on the third night."),
        ("shot_dead", "ko", "shooting", "강을 건너던 남성이 총에 맞아 숨졌다."),
        ("execution", "zh", "execution_killing", "两人在机场被公开枪决。"),
        ("guide_betrayed", "en", "arrest_detention", "They had been sold by their own guide."),
        ("guide_betrayed", "ko", "arrest_detention", "안내자가 배신해 밀고했다."),
        ("guide_betrayed", "ja", "arrest_detention", "案内人に裏切られた。"),
        ("learned_in_detention", "en", "border_crossing_attempt", "Only later they learned of the plot."),
        ("manhunt", "en", "border_crossing_attempt", "The minister demanded the swift capture of the couple."),
        ("manhunt", "ko", "border_crossing_attempt", "당국은 형제를 반드시 붙잡아 오라는 특명을 내렸다."),
        ("manhunt", "ja", "border_crossing_attempt", "上部は夫婦を捕まえろと命令した。"),
        ("remittance_broker_arrested", "en", "arrest_detention", "Police arrested the mother and a money agent."),
    ],
)
def test_a_signal_is_seen(signal: str, language: str, acts: str, text: str) -> None:
    assert signal in seen(text, acts, language)
    assert signal not in seen(text, acts, language, Modality.DENIED)


@pytest.mark.parametrize(
    ("signal", "acts", "text", "language"),
    [
        ("broker_arrested", "arrest_detention", "They were arrested crossing with the broker's help.", "en"),
        ("broker_arrested", "arrest_detention", "A remittance broker was arrested.", "en"),
        ("insider_arrested", "arrest_detention", "어머니는 경비대원들에게 붙잡혔다.", "ko"),
        ("insider_arrested", "arrest_detention", "A mother was arrested by agents.", "en"),
        ("insider_arrested", "arrest_detention", "장사꾼은 지도원들에게 체포돼 끌려갔다.", "ko"),
        ("insider_arrested", "arrest_detention", "保安員は、逮捕した業者の家を調べた。", "ja"),
        ("repatriated", "expulsion", "The widow was banished to a village in the mountains.", "en"),
        ("lured_back", "arrest_detention", "She went to China with her mother and was arrested there.", "en"),
        ("client_turned", "coercion_of_broker remittance", "Many brokers work hand in hand with the police.", "en"),
        ("lay_in_wait", "arrest_detention", "The police there said that four had been arrested.", "en"),
        ("shooting", "shooting", "Guards are under orders to shoot.", "en"),
        ("tip_by_third_party", "informant_tip", "A villager reported outsiders near the bank.", "en"),
        ("death_in_cell", "interrogation_torture", "They are as good as dead in that prison.", "en"),
        ("lure_to_cross", "deception_lure", "She was lured back to the North over the border.", "en"),
        ("lure_to_cross", "deception_lure", "He promised to get them across the river.", "und"),
    ],
)
def test_what_only_looks_like_a_signal_is_none(signal: str, acts: str, text: str, language: str) -> None:
    assert signal not in seen(text, acts, language)


@pytest.mark.parametrize(
    ("signal", "acts", "text", "shown"),
    [
        ("staged_by_state", "arrest_detention", "The whole journey was a trap.", True),
        ("staged_by_state", "arrest_detention trafficking", "The whole journey was a trap.", False),
        ("lure_by_money_or_call", "deception_lure remittance", "They were deceived.", True),
        ("lure_by_money_or_call", "deception_lure remittance border_crossing_attempt", "They were deceived.", False),
        ("lay_in_wait", "arrest_detention", "Officers were waiting there when they came down.", True),
        ("watched", "arrest_detention", "Officers were waiting there when they came down.", False),
    ],
)
def test_what_else_a_report_claims_can_rule_a_signal_out(signal: str, acts: str, text: str, shown: bool) -> None:
    assert (signal in seen(text, acts)) is shown


def test_words_far_from_every_claim_show_nothing() -> None:
    text = (
        "A quiet arrest.\n" + "Snow fell on the road and nothing moved for days. " * 20 + "The journey had been staged."
    )
    span = Span(start=0, end=15)
    claim = Claim(id="c", report_id="r", act="arrest_detention", span=span, trigger=span)
    assert set(scripts.observe(PACK, [claim], {"r": text}, {"r": "en"})) == {"arrest"}


@pytest.mark.parametrize(
    "text", ["broker " * 30_000, "[" * 200_000, "체포" * 100_000, "a" * 200_000, "arrested the broker in\n" * 8_000]
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    spans = [Span(start=i * 20, end=i * 20 + 15) for i in range(200)]
    claims = [Claim(id=str(i), report_id="r", act="arrest_detention", span=s, trigger=s) for i, s in enumerate(spans)]
    started = time.perf_counter()
    for language in ("en", "ko"):
        scripts.observe(PACK, claims, {"r": text}, {"r": language})
    assert time.perf_counter() - started < 5


def look(text: str, act: str = "arrest_detention", language: str = "en") -> scripts.Observed:
    """Of a text of which the first line alone states an act."""
    span = Span(start=0, end=len(text.split("\n", maxsplit=1)[0]))
    claim = Claim(id="c", report_id="r", act=act, span=span, trigger=span)
    return scripts.look(PACK, [claim], {"r": text}, {"r": language})


FAR = "\n" + "Snow fell on the road and nothing moved for days.\n" * 4


@pytest.mark.parametrize(
    ("signal", "far", "language"),
    [
        ("tip_by_third_party", "An informant lived there.", "en"),
        ("families_squeezed", "벌금을 냈다.", "ko"),
        ("lured_back", "母からの電話だった。", "ja"),
    ],
)
def test_words_far_from_every_claim_only_hint(signal: str, far: str, language: str) -> None:
    seen = look("A quiet arrest." + FAR + far, language=language)
    assert signal in seen.hinted and signal not in seen.shown


def test_what_a_claim_shows_is_no_hint_besides() -> None:
    seen = look("A neighbour's tip-off led to the arrest." + FAR + "An informant lived there.")
    assert "tip_by_third_party" in seen.shown and "tip_by_third_party" not in seen.hinted


def test_nothing_is_shown_or_hinted_where_nothing_is_claimed() -> None:
    assert scripts.look(PACK, [], {"r": "A trap, a firing squad, a bribe."}, {"r": "en"}) == scripts.Observed(
        {}, frozenset()
    )
