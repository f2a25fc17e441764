"""Who speaks to a report in less usual ways, and who only acts or is spoken to in its story."""

from __future__ import annotations

import pytest

from secondsource import packs, reading
from secondsource.model import Language, Report, Voice, VoiceKind

PACK = packs.load("nk_border")


def voices(text: str, language: str) -> tuple[Voice, ...]:
    report = Report(
        id="r", text=text, language=Language(language), outlet="Harbour Courier", received="2024-01-01T00:00:00Z"
    )
    return reading.read(report, PACK).voices


JUDGING = [
    ("en", 1, "Min Do-yun, who fled in 2011, regards the reward as a trap. Min argues that nobody is paid."),
    ("en", 1, "Seo, 51, a former sergeant who would give no other name, blames the quota for it."),
    ("en", 2, "Min Do-yun, who fled in 2011, calls it theft. Oh Se-jin, a broker, testifies that it is common."),
    ("en", 0, "Min Do-yun calls his mother every week. Oh sees the river from his window."),
]
DENOUNCING = [
    ("en", 0, "A neighbour reported the woman to the county security office, and she was arrested on the 4th."),
    ("en", 0, "A cousin informed on the couple in May, and both were arrested."),
    ("ko", 0, "이웃이 보위부에 신고해 여성이 체포됐다는 전언이다."),
    ("ko", 0, "사촌이 밀고해 일가족이 붙잡혔다는 전언이다."),
    ("ja", 1, "隣人が密告したため女性が捕まったと、会寧の情報筋が伝えた。"),
]
PRESS = [
    ("en", 1, "Local media said nine were held. The Chinese press put the number at ten, and local newspapers agreed."),
    ("en", 2, "Four were caught, foreign media said. A source in Dandong told us there were six."),
    ("ko", 1, "현지 언론은 9명이 체포됐다고 보도했다. 중국 매체는 10명이라고 전했다."),
    ("ja", 1, "中国メディアは九人が拘束されたと報じた。地元紙は十人だと伝えた。"),
]
REACHED = [
    ("en", 2, "A grocer told us he saw it. Contacted by telephone, the agent denied it."),
    ("en", 1, "A niece of the man, whom we met in Bangkok, knows it from the letters."),
    ("en", 2, "Residents told us of a raid. “They took the stove,” said one, a weaver. Another resident saw the cart."),
    (
        "en",
        3,
        "A priest and two cousins of the men spoke to us. A cousin in Osaka said she wept. The other said no.",
    ),
    ("en", 2, "The witness K.L.M. stated that she ran. This is supported by that of the witness R.T.S., who hid."),
    ("ko", 2, "청진의 한 주민은 본지에 배가 나포됐다고 말했다. 그는 동료 선원에게서 이 사실을 들었다고 했다."),
    ("ko", 1, "강가에 줄이 끊겨 있었다. 무산에서 장사를 해온 한 사장의 푸념이다."),
    ("ja", 1, "そう打ち明けるのは、茂山の保安署で五年勤めた女性だ。"),
    ("ja", 1, "古い友人から長い手紙が届いた。友人は清津の港で働いていた。"),
    ("ja", 2, "会寧の情報筋が摘発を伝えた。対岸で宿を営む女性は「灯が一列に走った」と声を絞り出した。"),
]
STORY = [
    ("en", 1, "Such a change by officers who had long looked away suggests an order, a source in Hyesan said."),
    ("en", 1, "Police search for a monk said to have crossed in May, a local tailor reports."),
    ("en", 1, "Two were shot, a source in Hyesan said. The foreign ministry was not aware of the case."),
    ("en", 1, "Two were shot, a source in Hyesan said. We asked the embassy about it and had no reply."),
    ("ko", 1, "배가 나포됐다고 소식통이 전했다. 보위부는 “바다도 없다”고 선전하고 있다."),
    ("ko", 1, "청진의 환전꾼과 거래해 온 무산의 상인 박 모 씨는 본지에 “돈이 끊겼다”고 말했다."),
    ("ja", 1, "会寧の情報筋が逮捕を伝えた。拘束された男の妻は同僚に「夫は知らない」と訴えた。"),
    ("ja", 1, "会寧の情報筋が逮捕を伝えた。逮捕された父親は取り調べで「だまされた」と訴えた。"),
    ("ja", 0, "保衛員は「動くな」と怒鳴った。"),
]


@pytest.mark.parametrize(("language", "count", "text"), [*JUDGING, *DENOUNCING, *PRESS, *REACHED, *STORY])
def test_so_many_speak_to_the_report(language: str, count: int, text: str) -> None:
    found = [v.descriptor for v in voices(text, language)]
    assert len(found) == count, found


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, n, text in PRESS if n == 1])
def test_the_press_is_an_outlet_and_no_person(language: str, text: str) -> None:
    assert [v.kind for v in voices(text, language)] == [VoiceKind.OUTLET]
