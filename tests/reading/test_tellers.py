"""Who counts as telling a report something: by trade, name, number or body, and who only speaks in its story."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.model import Language, Report, Voice
from secondsource.packs import load
from secondsource.reading import attribution, places
from secondsource.reading.text import lay_out

PACK = load("nk_border")


def voices(text: str, language: str) -> tuple[Voice, ...]:
    report = Report(
        id="r", text=text, language=Language(language), outlet="Harbour Courier", received="2024-01-01T00:00:00+00:00"
    )
    laid_out = lay_out(report, PACK)
    return attribution.find(laid_out, places.find(laid_out)).voices


UNLISTED = [
    ("en", 1, "According to a horse breaker in Helong, the men were led off in chains."),
    ("ko", 1, "제방 옆에 사는 한 퇴직 산림원은 “개 짖는 소리가 들렸다”고 말했다."),
    ("ja", 1, "堤防沿いに住む退職した炭焼き職人は「犬の声が聞こえた」と話す。"),
]
NAMED = [
    ("en", 1, "According to Lee Min-ja (pseudonym), who came in 2019, her brother was caught at the river."),
    ("en", 1, "Two of the men were shot, said Pastor Kwon, who runs a shelter in Yanji."),
    ("en", 1, 'A young man surnamed Ryu called home in May.\n\n"I heard the door break," Ryu says.'),
    (
        "en",
        2,
        "A man died in Hyesan, a source said. Han Dong-su, a former judge who researches the courts, said it is law.",
    ),
    ("ko", 1, "2019년 한국에 온 이민자(가명) 씨에 따르면 오빠는 강가에서 붙잡혔다."),
    ("ja", 1, "2019年に韓国に来たイ・ミンジャさん(仮名)によると、兄は川辺で捕まった。"),
]
LISTED = [
    ("en", 3, "Interviews with a survivor, her lawyer and a pastor who met her give the following picture."),
    ("en", 2, "Both the wife's brother and a merchant who knew the couple say that agents took the money."),
    ("en", 2, "Harbour Courier has learned from a monk who hid them and, separately, from a driver who was there."),
    ("ko", 2, "아내의 오빠와 부부를 알던 장백의 상인은 보위원들이 돈을 가져갔다고 입을 모았다."),
    ("ja", 2, "妻の兄と、夫婦を知る長白の商人は、保衛員が金を持ち去ったと口をそろえる。"),
]
BY_NUMBER = [
    (
        "en",
        2,
        "Statements were taken from two former detainees. The first states that she was beaten. The second agrees.",
    ),
    (
        "ko",
        2,
        "뗏목이 뒤집혔다고 사정을 아는 두 사람이 전했다. 한 사람은 4일이라고 했고, 다른 한 사람은 6일이라고 했다.",
    ),
    ("ja", 2, "筏が転覆したと事情を知る2人が明かした。1人は4日だったと話し、もう1人は6日だったと話した。"),
]
BODIES = [
    ("en", 2, "A group of 17 was held, says the Rivers Association. A source in Chongjin told us there were 15."),
    (
        "en",
        1,
        "Kim Song-ho, director of the Rivers Association, said 17 were held. The group called for their release.",
    ),
    ("en", 2, "The paper Rodong Sinmun said that a ring was smashed. A source in Hoeryong said four were tried."),
    (
        "en",
        2,
        "She was caught on the 9th, a source in Ryanggang told us. Border Post, citing its own source, says the 7th.",
    ),
    ("ko", 1, "강변협회 김성호 대표는 17명이 체포됐다고 밝혔다. 협회는 송환 중단을 촉구했다."),
    ("ja", 2, "川辺協会は17人が逮捕されたと発表した。清津の情報筋は15人だと本紙に語った。"),
    ("ja", 2, "労働新聞は一味を摘発したと報じた。会寧の情報筋は4人が裁かれたと伝えた。"),
]
SAME = [
    (
        "en",
        1,
        '"They took the boy," a resident of Musan said. The resident, a widow, wept. "So it is," she added.',
    ),
    (
        "en",
        1,
        "Her husband, a farmer, went to the station every day. He told us in his kitchen that she never came back.",
    ),
    ("en", 1, "A trader in Hyesan described it to us:\n\nQ. How?\nA. With a box.\nQ. When?\nA. At night."),
    ("ko", 1, "조선족 농민인 남편은 매일 파출소에 갔다. 그는 부엌에서 기자에게 “돌아오지 않았다”고 말했다."),
    ("ja", 1, "新義州の住民が死亡を伝えた。この住民は「一緒に酒を飲んだ」と話した。「残念だ」と彼は言った。"),
]
RELAYED = [
    ("ko", 2, "시장이 멎었다고 소식통이 전했다. 한 장사꾼은 “다 굶는다”고 한숨지었다고 소식통은 말했다."),
    (
        "en",
        2,
        "Soldiers fired at two men, an acquaintance of the family said. He was told of it by the dead man's sister.",
    ),
]
STORY = [
    (
        "en",
        0,
        '"Mother, run," the girl cried. The officer said they would be held. Both are in the county jail in Musan.',
    ),
    (
        "en",
        1,
        "A man was shot, said a trader in Dandong. A fisherman was hit. The fisherman answered that he was lost.",
    ),
    (
        "en",
        1,
        "She was sold, a pastor there said. Her first husband, a farmer, said she was lazy. The second said nothing.",
    ),
    ("en", 1, "Two agents showed her a voice message and a photograph, a resident of Hyesan said."),
    ("ko", 0, "보위원은 “아들이 보내서 왔다”고 노인에게 말했다. 노인은 그 말을 믿었다."),
    ("ko", 1, "한 씨가 체포됐다고 소식통이 전했다. 한 씨는 보위원들에게 손전화가 사촌의 것이라고 말했다."),
    ("ja", 0, "「息子さんに頼まれた」と保衛員は老女に言った。老女は信じた。"),
    ("ja", 1, "漁師が撃たれたと丹東の貿易業者が伝えた。業者によれば、漁師は「網を上げているだけだ」と答えた。"),
]
CASES = [*UNLISTED, *NAMED, *LISTED, *BY_NUMBER, *BODIES, *SAME, *RELAYED, *STORY]


@pytest.mark.parametrize(("language", "count", "text"), CASES)
def test_whoever_tells_the_report_is_one_voice_each_and_nobody_of_its_story_is(
    language: str, count: int, text: str
) -> None:
    assert [v.descriptor for v in voices(text, language)][count:] == []
    assert len(voices(text, language)) == count


def test_another_outlets_own_source_is_not_ours() -> None:
    ours, theirs = voices(BODIES[3][2], "en")
    assert (ours.outlet, theirs.outlet) == ("Harbour Courier", "Border Post")


def test_one_whose_words_are_passed_on_is_heard_through_whoever_tells() -> None:
    teller, told = voices(RELAYED[1][2], "en")
    assert teller.heard_from == told.id
    assert told.heard_from is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([text for language, _, text in CASES if language == "en"]), min_size=1, max_size=4),
    st.text(max_size=40),
)
def test_every_voice_stands_in_the_text_whatever_follows(parts: list[str], more: str) -> None:
    text = "\n\n".join([*parts, more])
    for voice in voices(text, "en"):
        assert voice.descriptor in text
        assert all(0 <= span.start < span.end <= len(text) for span in voice.spans)
