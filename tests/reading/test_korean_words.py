"""Korean as papers, appeals, courts and letters tell of it: what happened, what is only said, who, how many."""

from __future__ import annotations

import pytest

from secondsource import linking, reading
from secondsource.model import Language, Modality, Reading, Report
from secondsource.packs import load
from secondsource.reading import korean

PACK = load("nk_border")
STATED = {Modality.ASSERTED, Modality.HEDGED, Modality.HEARD}


def read(text: str) -> Reading:
    report = Report(id="r", language=Language.KO, text=f"북방소식\n\n{text}", received="2024-01-01T00:00:00Z")
    return reading.read(report, PACK)


def told(text: str) -> set[str]:
    """The acts that a text states of one occasion."""
    claims = read(text).claims
    return {c.act for c in claims if c.modality in STATED and not c.practice and not c.background}


@pytest.mark.parametrize(
    ("act", "text"),
    [
        ("arrest_detention", "보위원 셋이 새벽에 들이닥쳐 아버지를 잡아갔다."),
        ("arrest_detention", "보위부가 남편을 열흘 동안 잡아 두었다."),
        ("arrest_detention", "세 사람은 매복에 걸려 그 자리에서 손이 묶였다."),
        ("arrest_detention", "그 집 세대주는 아직 보위부에서 나오지 못하고 있다."),
        ("arrest_detention", "보위원들이 남편의 팔을 비틀어 차에 밀어 넣었다."),
        ("border_crossing_attempt", "형제는 허리까지 차는 물속을 걸어 들어갔다."),
        ("border_crossing_attempt", "그들은 국경 철조망을 자르고 빠져나가려 했다."),
        ("border_crossing_attempt", "가족을 데리고 남쪽으로 떠나려던 참이었다."),
        ("deception_lure", "보위원이 브로커 행세를 하며 전화를 걸어 왔다."),
        ("deception_lure", "알고 보니 보위부가 쳐 놓은 그물이었다."),
        ("deception_lure", "보위부는 어머니가 아프다고 둘러대 딸을 불러냈다."),
        ("coercion_of_broker", "보위부는 붙잡은 브로커에게 손님을 데려오면 봐주겠다고 했다."),
        ("coercion_of_broker", "실은 그 거간꾼이 보위부의 조종을 받고 있었다."),
        ("interrogation_torture", "사흘 밤을 재우지 않고 캐물었다."),
        ("interrogation_torture", "그는 한 달 내내 무릎을 꿇고 앉아 있어야 했다."),
        ("extortion_bribe", "남편은 아내를 빼내려고 보위부에 2만 위안을 썼다."),
        ("extortion_bribe", "벌금이라며 5천 위안을 물렸다."),
        ("house_search_confiscation", "부엌 밑에서 장부가 발견됐다."),
        ("surveillance_crackdown", "산에서 전화하다가 탐지조에 들켰다."),
        ("sentencing_imprisonment", "형제는 요덕 관리소로 보내진 것으로 전해졌다."),
        ("execution_killing", "총을 맞은 청년은 병원에 옮겨졌으나 숨졌다."),
        ("remittance", "서울에 사는 누나가 200만 원을 넣었다."),
        ("informant_tip", "같이 가기로 한 친구가 보위원에게 일렀다."),
        ("release", "한 달 만에 집에 돌아왔다."),
        ("trafficking", "그녀는 한족 남자에게 3만 위안에 팔렸다."),
    ],
)
def test_what_happened_is_read_in_the_words_that_tell_it(act: str, text: str) -> None:
    assert act in told(text)


@pytest.mark.parametrize(
    ("act", "text"),
    [
        ("arrest_detention", "단속에 걸리면 바로 체포된다."),
        ("arrest_detention", "주민들은 언제 잡혀갈지 몰라 불안에 떨고 있다."),
        ("arrest_detention", "자칫하면 끌려갈 수 있다."),
        ("arrest_detention", "보위부가 주민을 잡아가는 일은 늘 있었다."),
        ("border_crossing_attempt", "그의 형은 2011년에 강을 건너 한국에 정착했다."),
        ("border_crossing_attempt", "강을 건너온 물건이 장마당에 깔렸다."),
        ("border_crossing_attempt", "주민들은 탈북을 꿈도 꾸지 못한다."),
        ("extortion_bribe", "경비대에 뇌물을 준 것도 아니었다."),
        ("extortion_bribe", "뇌물만 주면 안 되는 일이 없다고 한다."),
        ("sentencing_imprisonment", "정치범수용소로 끌려갈까 봐 떨었다."),
        ("release", "돈을 내면 풀어주겠다고 했다."),
        ("shooting", "총소리는 나지 않았다."),
        ("informant_tip", "낯선 사람을 보면 신고해야 한다."),
        ("surveillance_crackdown", "감시가 심해질 것이라는 우려가 나온다."),
        ("remittance", "송금을 중단하겠다고 말했다."),
    ],
)
def test_fear_habit_condition_and_denial_are_no_event(act: str, text: str) -> None:
    assert act not in told(text)


@pytest.mark.parametrize(
    ("words", "end", "expected"),
    [
        ("돈을 뜯는다고 한다", 4, True),
        ("교화소로 보낸다.", 6, True),
        ("교화소로 보냈다.", 6, False),
        ("이웃을 잡아갑니다.", 6, True),
        ("이웃을 잡았습니다.", 5, False),
        ("둘 다 죽었답니다.", 6, False),
        ("체포됐다고 한다", 2, False),
        ("체포", 2, False),
    ],
)
def test_the_plain_present_tells_what_happens_as_a_rule(words: str, end: int, expected: bool) -> None:
    assert korean.habitual(words, end) is expected


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (3, "모녀와 이웃 여성 1명이 체포됐다."),
        (3, "어머니와 딸 둘이 강을 건너다 붙잡혔다."),
        (3, "청년 셋이 압록강을 건너다 잡혔다."),
        (3, "한 여성이 두 아이를 데리고 강을 건너다 붙잡혔다."),
        (2, "30대 여성이 여섯 살 난 아들을 업고 강을 건너다 체포됐다."),
        (2, "김 씨와 그의 아내가 연행됐다."),
        (3, "리모(34) 씨 부부와 여섯 살 난 딸이 체포됐다."),
        (3, "박 모(45) 씨와 아들(17), 딸(14)이 붙잡혔다."),
        (5, "일가 다섯이 체포됐다."),
    ],
)
def test_those_named_together_are_counted_each(count: int, text: str) -> None:
    account = linking.accounts(read(text), PACK)[0]
    assert (account.victims.low, account.victims.high) == (count, count)


@pytest.mark.parametrize(
    ("voices", "text"),
    [
        (1, "탈북민 ㄱ씨는 “초소 앞에서 잡혔다”고 증언했다."),
        (2, "회령 출신 탈북민 김 모 씨는 “동생이 끌려갔다는 말을 어머니에게서 들었다”고 말했다."),
        (1, "어머니는 편지에서 “네 동생이 붙잡혔다”고 적었다."),
        (1, "압록강 너머에서 장사하는 조선족 남성은 “강가에서 비명을 들었다”고 말한다."),
        (1, "이름을 밝히지 말아 달라는 한 군관은 “위에서 내려온 명령”이라고 말했다."),
    ],
)
def test_whoever_speaks_is_a_voice(voices: int, text: str) -> None:
    assert len(read(text).voices) == voices


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (3000, "CNY", "은신처 값으로 3천 원(중국돈)을 냈다."),
        (20000, "USD", "누이가 2만 딸라를 마련했다."),
        (17_000_000, "KRW", "이모는 1700만 원을 중국 통장으로 넣었다."),
        (50_000, "KPW", "장마당에서 5만 원을 냈다."),
    ],
)
def test_a_bare_won_is_of_whatever_money_the_sentence_says(amount: int, currency: str, text: str) -> None:
    sums = [(m.amount, m.currency) for m in read(text).mentions if m.kind == "sum"]
    assert sums == [(amount, currency)]
