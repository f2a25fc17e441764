"""Trigger words find the acts that sentences tell of, in every language, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import Language, Report
from secondsource.packs import load
from secondsource.reading import acts
from secondsource.reading.text import lay_out

PACK = load("nk_border")


def found(text: str, language: str) -> set[str]:
    report = Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z")
    return {hit.act for hit in acts.find(lay_out(report, PACK))}


ARREST, CROSS, MONEY, TIP = "arrest_detention", "border_crossing_attempt", "remittance", "informant_tip"
LURE, WATCH, TORTURE, BRIBE = "deception_lure", "surveillance_crackdown", "interrogation_torture", "extortion_bribe"
RETURN, SEARCH, SHOT, TURNED = (
    "deportation_repatriation",
    "house_search_confiscation",
    "shooting",
    "coercion_of_broker",
)
PRISON, KILLED, SOLD, FREED = "sentencing_imprisonment", "execution_killing", "trafficking", "release"

ENGLISH = [
    ("Police made two arrests in the village that night.", {ARREST}),
    ("The couple were taken into custody near the bridge.", {ARREST}),
    ("Security officers rounded up the passengers of the truck.", {ARREST}),
    ("They were picked up by a patrol an hour later.", {ARREST}),
    ("Three smugglers were apprehended on Tuesday.", {ARREST}),
    ("His sister was hauled away in front of the neighbours.", {ARREST}),
    ("She is being held incommunicado at the county office.", {ARREST}),
    ("Two brothers tried to flee across the Yalu.", {CROSS}),
    ("The soldier defected through Namyang.", {CROSS}),
    ("A family of five waded through the river at night.", {CROSS}),
    ("He left North Korea with his daughter in the spring.", {CROSS}),
    ("A couple who had been preparing to escape hid in a barn.", {CROSS}),
    ("The broker was getting people across for ten years.", {CROSS}),
    ("Her son sends her money from the South twice a year.", {MONEY}),
    ("A remittance had arrived that morning.", {MONEY}),
    ("The wire of cash was arranged by a money broker.", {MONEY}),
    ("Neighbours tipped off the post.", {TIP}),
    ("Acting on an anonymous tip, officers went to the house.", {TIP}),
    ("A neighbour reported them to the security department.", {TIP}),
    ("His cousin had informed on him.", {TIP}),
    ("She was lured to the riverbank by a false message.", {LURE}),
    ("The man posed as a broker for months.", {LURE}),
    ("They fell into a trap at the ferry.", {LURE}),
    ("Agents disguised as traders approached the women.", {LURE}),
    ("It emerged that agents had staged the escape.", {LURE, CROSS}),
    ("The ministry threatened the broker with prison and recruited the broker.", {TURNED}),
    ("The broker had been working with the MSS all along.", {TURNED}),
    ("Officials conspired with a local broker.", {TURNED}),
    ("Phones were wiretapped all week.", {WATCH}),
    ("A crackdown on foreign phones began.", {WATCH}),
    ("Radio detection equipment traced her call.", {WATCH}),
    ("The house was kept under surveillance.", {WATCH}),
    ("He was interrogated for nine days.", {TORTURE}),
    ("She confessed after a week of questioning.", {TORTURE}),
    ("Guards tortured the older man.", {TORTURE}),
    ("An officer pocketed half of it.", {BRIBE}),
    ("The lieutenant demanded 5,000 yuan from the mother.", {BRIBE}),
    ("They extorted a motorbike from the trader.", {BRIBE}),
    ("Families bribed the guards.", {BRIBE}),
    ("Fourteen women were repatriated over the bridge.", {RETURN}),
    ("China sent them back last winter.", {RETURN}),
    ("The group was handed over to North Korea.", {RETURN}),
    ("Agents searched the apartment and confiscated two phones.", {SEARCH}),
    ("Officers ransacked her home.", {SEARCH}),
    ("A sentry opened fire.", {SHOT}),
    ("The boy was shot in the leg.", {SHOT}),
    ("The man was shot dead on the ice.", {SHOT, KILLED}),
    ("A firing squad carried it out.", {KILLED}),
    ("He was sentenced to five years.", {PRISON}),
    ("Both were sent to a political prison camp.", {PRISON}),
    ("She was sold as a bride to a farmer.", {SOLD}),
    ("The mother was released after a month.", {FREED}),
    ("He was beaten until he fainted.", {"beating"}),
    ("The inmate died in prison.", {"death_in_detention"}),
    ("The family was banished to a mountain county.", {"expulsion"}),
    ("Prisoners do hard labor in the mine.", {"forced_labour"}),
    ("A warder raped a prisoner.", {"sexual_violence"}),
    ("Men in plain clothes abducted the pastor.", {"abduction"}),
    ("His whereabouts remain unknown.", {"disappearance"}),
    ("Dozens of traders were arrested.", {"mass_roundup", ARREST}),
    ("The poet lives under house arrest.", {"house_arrest"}),
]
KOREAN = [
    ("주민 두 명이 보안원에게 붙잡혔다.", {ARREST}),
    ("그는 새벽에 끌려갔다.", {ARREST}),
    ("밀수꾼 네 명이 검거됐다.", {ARREST}),
    ("아내는 구류장에 갇혀 있다.", {ARREST}),
    ("형제는 압록강을 건너려다 발길을 돌렸다.", {CROSS}),
    ("일가족이 탈북을 시도했다.", {CROSS}),
    ("병사 두 명이 중국으로 달아났다.", {CROSS}),
    ("딸이 남쪽에서 돈을 보내 왔다.", {MONEY}),
    ("송금이 끊긴 지 오래다.", {MONEY}),
    ("이웃의 밀고가 있었다.", {TIP}),
    ("인민반장이 담당 보위원에게 알렸다.", {TIP}),
    ("요원이 여성을 강가로 유인했다.", {LURE}),
    ("브로커의 꾐에 넘어갔다.", {LURE}),
    ("브로커를 협박해 끌어들였다.", {TURNED}),
    ("보위부의 지시를 받은 브로커였다.", {TURNED}),
    ("손전화 단속이 한창이다.", {WATCH}),
    ("집을 감시하고 통화를 도청했다.", {WATCH}),
    ("한 달 동안 취조를 당했다.", {TORTURE}),
    ("보위부에서 조사를 받았다.", {TORTURE}),
    ("군관이 뇌물을 챙겼다.", {BRIBE}),
    ("보안원이 3천 위안을 뜯어냈다.", {BRIBE}),
    ("여성 다섯 명이 강제 북송됐다.", {RETURN}),
    ("가택수색 끝에 녹화기를 압수했다.", {SEARCH}),
    ("초병이 총을 쐈다.", {SHOT}),
    ("한 명은 현장에서 사살됐다.", {SHOT, KILLED}),
    ("그는 총살됐다.", {KILLED}),
    ("교화형 5년을 선고받았다.", {PRISON}),
    ("그 여성은 농촌에 팔려갔다.", {SOLD}),
    ("보름 만에 풀려났다.", {FREED}),
    ("가족은 산골로 추방됐다.", {"expulsion"}),
]
JAPANESE = [
    ("運転手が国境で拘束された。", {ARREST}),
    ("夫婦は夜明けに連行された。", {ARREST}),
    ("密輸業者が検挙された。", {ARREST}),
    ("兄弟が鴨緑江を渡った。", {CROSS}),
    ("一家は脱北を決意し、家を出た。", {CROSS}),
    ("娘からの仕送りが届いた。", {MONEY}),
    ("近所の人が通報した。", {TIP}),
    ("班長の密告だった。", {TIP}),
    ("女は川岸におびき出された。", {LURE}),
    ("商人になりすました男が近づいた。", {LURE}),
    ("保衛部がブローカーを抱き込んだ。", {TURNED}),
    ("携帯電話の取り締まりが厳しい。", {WATCH}),
    ("通話は盗聴されていた。", {WATCH}),
    ("十日間、厳しい尋問を受けた。", {TORTURE}),
    ("将校がワイロを受け取った。", {BRIBE}),
    ("女性五人が強制送還された。", {RETURN}),
    ("家宅捜索で現金が没収された。", {SEARCH}),
    ("歩哨が発砲した。", {SHOT}),
    ("男は銃殺された。", {KILLED}),
    ("懲役八年の判決が下った。", {PRISON}),
    ("女性は農村に売られた。", {SOLD}),
    ("半月後に釈放された。", {FREED}),
]
CHINESE = [
    ("两名商人被抓。", {ARREST}),
    ("一家人企图渡江。", {CROSS}),
    ("邻居告密。", {TIP}),
    ("妇女被遣返。", {RETURN}),
    ("哨兵开枪。", {SHOT}),
]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (text, language, expected)
        for language, cases in (("en", ENGLISH), ("ko", KOREAN), ("ja", JAPANESE), ("zh", CHINESE))
        for text, expected in cases
    ],
)
def test_acts_are_found_by_their_words(text: str, language: str, expected: set[str]) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The defectors met in Seoul.", "en"),
        ("Her husband died of cardiac arrest.", "en"),
        ("The factory had a product defect.", "en"),
        ("The team released a statement on Friday.", "en"),
        ("A chief executive visited the plant.", "en"),
        ("The photo shoot took two days.", "en"),
        ("They executed the plan on time.", "en"),
        ("An informant in the province told the paper that rice is dear.", "en"),
        ("The meeting was held in Pyongyang.", "en"),
        ("탈북민 단체가 행사를 열었다.", "ko"),
        ("탈북자 가족의 생활은 어렵다.", "ko"),
        ("설문 조사 결과가 나왔다.", "ko"),
        ("신문은 날씨를 전했다.", "ko"),
        ("법률 고문단이 회의를 했다.", "ko"),
        ("脱北者の数は減った。", "ja"),
        ("世論調査の結果が出た。", "ja"),
        ("首都への攻撃はなかった。", "ja"),
        ("人民解放軍の記念日だ。", "ja"),
    ],
)
def test_persons_and_other_senses_are_no_acts(text: str, language: str) -> None:
    assert found(text, language) == set()


def test_captions_and_lines_below_the_story_tell_nothing() -> None:
    text = "A quiet day at the border was reported.\n\n[Photo: guards after an arrest]\n\nSee also: Arrests in May\n"
    assert found(text, "en") == set()


def test_weak_words_need_company() -> None:
    assert found("The officer of the State Security branch wanted to earn money.", "en") == {BRIBE}
    assert found("The farmer wanted to earn money.", "en") == set()


@given(
    st.text(alphabet=st.sampled_from('arest cptudby체포송환逮捕送還。. \n"“()*[]|'), max_size=300),
    st.sampled_from(["en", "ko", "ja", "zh"]),
)
def test_hits_of_one_act_lie_inside_their_sentence_and_apart(text: str, language: str) -> None:
    report = Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z")
    last: dict[str, int] = {}
    for hit in acts.find(lay_out(report, PACK)):
        assert hit.sentence.span.covers(hit.trigger)
        assert hit.trigger.start < hit.trigger.end
        assert hit.trigger.start >= last.get(hit.act, 0)
        last[hit.act] = hit.trigger.end
