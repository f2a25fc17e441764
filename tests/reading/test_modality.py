"""What a text says happened is kept apart from what it doubts, heard, denies, plans or only supposes."""

from __future__ import annotations

import pytest

from secondsource.model import Language, Modality, OrgMention, Report, Span
from secondsource.packs import load
from secondsource.reading import acts, modality
from secondsource.reading.text import Text, lay_out

PACK = load("nk_border")


def page(text: str, language: str) -> Text:
    return lay_out(Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z"), PACK)


def said(text: str, language: str, act: str) -> tuple[Modality, bool] | None:
    laid_out = page(text, language)
    hit = next(hit for hit in acts.find(laid_out) if hit.act == act)
    return modality.of(laid_out, hit)


ARREST, CROSS, KILLED, RETURN = (
    "arrest_detention",
    "border_crossing_attempt",
    "execution_killing",
    "deportation_repatriation",
)
PRISON, TIP, TORTURE, BRIBE = "sentencing_imprisonment", "informant_tip", "interrogation_torture", "extortion_bribe"
A, HEDGED, HEARD, DENIED, PLANNED = (
    Modality.ASSERTED,
    Modality.HEDGED,
    Modality.HEARD,
    Modality.DENIED,
    Modality.PLANNED,
)


@pytest.mark.parametrize(
    ("text", "language", "act", "expected"),
    [
        ("Soldiers arrested two traders in May.", "en", ARREST, A),
        ("The traders were reportedly arrested in May.", "en", ARREST, HEDGED),
        ("The traders may have been arrested in May.", "en", ARREST, HEDGED),
        ("The traders appear to have been detained.", "en", ARREST, HEDGED),
        ("There are rumours that the traders were arrested.", "en", ARREST, HEARD),
        ("The traders were not arrested.", "en", ARREST, DENIED),
        ("He denied that the traders were arrested.", "en", ARREST, DENIED),
        ("The traders will be arrested soon.", "en", ARREST, PLANNED),
        ("They may be sent to a political prison camp.", "en", PRISON, PLANNED),
        ("The guards have orders to kill intruders.", "en", KILLED, PLANNED),
        ("The leader demanded their immediate arrest.", "en", ARREST, PLANNED),
        ("For those who go back it means torture or worse.", "en", TORTURE, PLANNED),
        ("The women could be shot or imprisoned.", "en", PRISON, PLANNED),
        ("She was preparing to cross the river.", "en", CROSS, A),
        ("상인 두 명이 체포됐다.", "ko", ARREST, A),
        ("상인들은 체포된 것으로 보인다.", "ko", ARREST, HEDGED),
        ("상인들은 체포된 것으로 알려졌다.", "ko", ARREST, HEARD),
        ("상인들은 체포되지 않았다.", "ko", ARREST, DENIED),
        ("상인들을 체포하려 했다.", "ko", ARREST, PLANNED),
        ("그는 가족과 탈북하려 했다.", "ko", CROSS, A),
        ("商人二人が逮捕された。", "ja", ARREST, A),
        ("商人は逮捕されたとみられる。", "ja", ARREST, HEDGED),
        ("商人は逮捕されたとされる。", "ja", ARREST, HEARD),
        ("商人は逮捕されなかった。", "ja", ARREST, DENIED),
        ("商人は逮捕される見込みだ。", "ja", ARREST, PLANNED),
        ("商人没有被捕。", "zh", ARREST, DENIED),
    ],
)
def test_a_claim_is_as_firm_as_its_words(text: str, language: str, act: str, expected: Modality) -> None:
    assert said(text, language, act) == (expected, False)


@pytest.mark.parametrize(
    ("text", "language", "act"),
    [
        ("They hid in a barn to avoid arrest.", "en", ARREST),
        ("Anyone who defects is an enemy, the lecture said.", "en", CROSS),
        ("If he is arrested, the shop will close.", "en", ARREST),
        ("Under the penal code such arrests need a warrant.", "en", ARREST),
        ("Villagers live in fear of arrest.", "en", ARREST),
        ("He died hours before interrogation.", "en", TORTURE),
        ("The fence is meant to prevent defections.", "en", CROSS),
        ("체포를 피해 산에 숨었다.", "ko", ARREST),
        ("신고하면 상금을 준다고 했다.", "ko", TIP),
        ("저항하면 사살해도 좋다는 지시가 있었다.", "ko", KILLED),
        ("逮捕を免れて山に隠れた。", "ja", ARREST),
        ("逮捕されれば終わりだ。", "ja", ARREST),
        ("送還される恐れがあるという。", "ja", RETURN),
    ],
)
def test_law_fear_and_conditions_are_no_claims(text: str, language: str, act: str) -> None:
    assert said(text, language, act) is None


@pytest.mark.parametrize(
    ("text", "language", "act", "practice"),
    [
        ("Guards routinely take bribes at that bridge.", "en", BRIBE, True),
        ("Officers have been extorting traders for years.", "en", BRIBE, True),
        ("Many defectors have been arrested this way in recent years.", "en", ARREST, True),
        ("Guards who usually look away arrested a couple on the spot in the middle of March.", "en", ARREST, False),
        ("Officers have been extorting traders, a source said on Monday.", "en", BRIBE, True),
        ("보위원들은 평소 뇌물을 받는다.", "ko", BRIBE, True),
        ("밀수꾼 체포가 잇따르고 있다.", "ko", ARREST, True),
        ("지난달 밀수꾼이 체포됐다.", "ko", ARREST, False),
        ("密輸業者の逮捕が相次いでいる。", "ja", ARREST, True),
        ("将校は普段、ワイロを受け取る。", "ja", BRIBE, True),
        ("先月、密輸業者が逮捕された。", "ja", ARREST, False),
    ],
)
def test_what_happens_generally_is_a_practice(text: str, language: str, act: str, practice: bool) -> None:
    told = said(text, language, act)
    assert told is not None
    assert told[1] is practice


@pytest.mark.parametrize(
    ("text", "language", "name", "may"),
    [
        ("Agents of the MSS arrested her.", "en", "MSS", True),
        ("They crossed with the help of border guards and were arrested.", "en", "border guards", False),
        ("The border guards were arrested too.", "en", "border guards", False),
        ("보위부가 두 사람을 체포했다.", "ko", "보위부", True),
        ("경비대의 도움으로 강을 건너다 체포됐다.", "ko", "경비대", False),
        ("保衛部が二人を逮捕した。", "ja", "保衛部", True),
        ("警備隊の手引きで川を渡り、逮捕された。", "ja", "警備隊", False),
    ],
)
def test_helpers_and_the_harmed_are_no_agents(text: str, language: str, name: str, may: bool) -> None:
    start = text.index(name)
    org = OrgMention(span=Span(start=start, end=start + len(name)), org="MSS")
    assert modality.may_act(page(text, language), org) is may
