from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.model import Language, Report, Span, Voice, VoiceKind
from secondsource.packs import load
from secondsource.reading import attribution, places
from secondsource.reading.attribution import Attribution
from secondsource.reading.text import Text, lay_out


def read(language: str, text: str, outlet: str | None = None) -> tuple[Text, Attribution]:
    report = Report(id="r", text=text, language=Language(language), outlet=outlet, received="2024-01-01T00:00:00Z")
    page = lay_out(report, load("nk_border"))
    return page, attribution.find(page, places.find(page))


def voices(language: str, text: str, outlet: str | None = None) -> tuple[Voice, ...]:
    return read(language, text, outlet)[1].voices


@pytest.mark.parametrize(
    ("language", "text", "descriptors"),
    [
        (
            "en",
            "Guards caught two sisters at the river, sources in North Hamgyong Province told Radio Free Asia.\n\n"
            "A resident of Hoeryong, who spoke on condition of anonymity, said they were betrayed by a broker.\n\n"
            "“They had been watched,” the resident told RFA. The broker told the women that the way was clear.",
            ["A resident"],
        ),
        (
            "en",
            "A family disappeared from Musan County, a source in the province reported.\n\n"
            "Another source, an official in Hyesan, Ryanggang Province, said they were held there.\n\n"
            "“It is grim,” the official added. The first source did not know.",
            ["a source", "Another source"],
        ),
        (
            "en",
            "Two residents told Asia Press of the arrest. The first resident saw it. The second resident said he heard "
            "three shots.",
            ["Two residents", "The second resident"],
        ),
        ("en", "A police source in Hyesan said it began in April. A separate source in the party said the same.", 2),
        ("en", "Peter Han, who heads Voices for the North, told RFA that nine were sent back.", ["Peter Han"]),
        ("en", "“She was lured,” said Lee, a resident of Chongjin. Lee asked not to be named.", ["Lee"]),
        ("en", "Seven were sent to a camp, the indictment says. According to the indictment they had a guide.", 1),
        ("en", "A relative in the South and a source in Ryanggang Province said separately that she is held.", 2),
        ("en", "Yonhap, citing an unnamed official, said that two defectors were sent back.", ["an unnamed official"]),
        (
            "ko",
            "혜산시에서 주민 2명이 체포됐다고 복수의 소식통이 전했다.\n\n"
            "혜산시의 한 소식통은 12일 데일리NK와의 통화에서 “보위부가 함정을 팠다”고 말했다.\n\n"
            "소식통은 “아직 구류장에 있다”고 덧붙였다.",
            ["혜산시의 한 소식통"],
        ),
        (
            "ko",
            "가족 3명이 사라졌다고 소식통이 5일 전했다. 양강도의 또 다른 소식통은 “분위기가 흉흉하다”고 말했다.",
            ["소식통", "양강도의 또 다른 소식통"],
        ),
        (
            "ko",
            "탈북민 박모 씨는 본지와의 인터뷰에서 “군인들이 기다리고 있었다”고 증언했다. 박 씨는 울었다고 말했다.",
            1,
        ),
        (
            "ja",
            "複数の情報筋が伝えた。両江道の情報筋によれば、男は保衛員だった。同情報筋は、男が報奨金を得たと語る。",
            ["両江道の情報筋"],
        ),
        ("ja", "咸鏡北道の住民は、銃声を聞いたと話した。別の住民も、遺体を見たと証言した。", 2),
        ("zh", "两江道的消息人士告诉记者,两人在惠山被捕。另一名消息人士说,居民们十分害怕。", 2),
        ("en", "Our account comes from a cook who was let in, and from a nurse in the town.", ["a cook", "a nurse"]),
        ("en", "Witness 12 states that there were two cells. Witness 15, a former guard, says the same.", 2),
        ("en", "A woman who lived next door recalls the trucks.", ["A woman"]),
        ("en", "A Chinese man married to one of the women said the police came at four.", ["A Chinese man"]),
        ("en", "It is typed.\n\nThe court finds as follows. The accused left the road without a permit.", 1),
        ("ko", "양강도 소식통은 “총소리를 들은 사람이 여럿”이라고 말했다.", 2),
        ("ko", "소식통이 말했다. 같은 방에 있던 사람이 전했다고 소식통은 말했다.", 2),
        ("ja", "延吉に住む商人が、対岸の取引相手の話として本紙に伝えた。", 2),
        ("ja", "銃声を聞いたという住民は「三発だった」と嘆く。", 1),
    ],
)
def test_each_distinct_source_is_one_voice(language: str, text: str, descriptors: list[str] | int) -> None:
    found = [voice.descriptor for voice in voices(language, text)]
    assert (found if isinstance(descriptors, list) else len(found)) == descriptors


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Five people were arrested in Onsong, Daily NK reported on Monday. According to RFA they are held."),
        ("en", "The broker told her that he would get her across. The officer said to them that they were free."),
        ("en", "Trade is a main source of income there. Residents are afraid. A resident was shot on the bank."),
        (
            "en",
            "The group, two mothers and an unmarried brother, was told to wait. Officials told the parents to sign.",
        ),
        ("ko", "브로커는 남편이 기다린다고 말했다. 주민들 사이에서는 믿을 수 없다는 말이 나온다."),
        ("ja", "ブローカーは夫が待っていると話した。統計では100人が捕まっている。"),
    ],
)
def test_outlets_and_people_in_the_story_are_no_voices(language: str, text: str) -> None:
    assert voices(language, text) == ()


@pytest.mark.parametrize(
    ("language", "text", "teller", "origin"),
    [
        (
            "en",
            "A source in Hyesan said he learned from a guard at the jail that she was beaten.",
            "A source",
            "a guard",
        ),
        (
            "en",
            "A fisherman who saw it told the source that none was warned. The source was shaken.",
            "source",
            "fisherman",
        ),
        ("ko", "소식통이 보위부 협조자를 통해 알아본 바로는 세 명이 잡혔다.", "소식통", "협조자"),
        ("ko", "평안북도의 한 간부 소식통은 지인에게서 들은 이야기라며 “짜여 있었다”고 전했다.", "소식통", "지인"),
        ("ja", "情報筋が保衛部の協力者に聞いた話では、三人が捕まった。", "情報筋", "協力者"),
        ("zh", "消息人士从保卫部熟人那里得知,三人被捕。", "消息人士", "熟人"),
    ],
)
def test_whoever_a_source_has_it_from_is_a_voice_too(language: str, text: str, teller: str, origin: str) -> None:
    found = {voice.id: voice for voice in voices(language, text)}
    told = next(voice for voice in found.values() if voice.heard_from)
    assert teller in told.descriptor
    assert told.heard_from is not None
    assert origin in found[told.heard_from].descriptor
    assert len(found) == 2


@pytest.mark.parametrize(
    ("language", "text", "base", "kind", "connection", "outlet"),
    [
        (
            "en",
            "A source in the city of Musan told Radio Free Asia this.",
            "kp-musan",
            "unnamed",
            "03",
            "Radio Free Asia",
        ),
        ("en", "A law enforcement official in Hyesan said this.", "kp-hyesan", "official", "0103", "Border Post"),
        ("en", "An eyewitness in Hyesan said that they were shot.", "kp-hyesan", "unnamed", "0102", "Border Post"),
        ("en", "A former prisoner told the Border Post this.", None, "unnamed", "0101", "Border Post"),
        ("ko", "회령 주민 정미란(가명)씨는 데일리NK에 끌려갔다고 말했다.", "kp-hoeryong", "named", "03", "Daily NK"),
        ("ja", "会寧の目撃者は、撃たれたと証言した。", "kp-hoeryong", "unnamed", "0102", "Border Post"),
    ],
)
def test_a_voice_is_described_as_the_text_does(
    language: str, text: str, base: str | None, kind: str, connection: str, outlet: str
) -> None:
    (voice,) = voices(language, text, "Border Post")
    assert (voice.base, voice.kind, voice.connection, voice.outlet) == (base, VoiceKind(kind), connection, outlet)


def test_a_statement_is_due_to_whoever_is_cited_for_it() -> None:
    page, found = read(
        "en",
        "A family was seized at the river in May.\n\n"
        "A source in Musan said that agents were waiting. They had been there since dawn.\n\n"
        "The case is not the first.\n\n"
        "Another source in Hyesan said that residents are afraid.\n\n"
        "The border was closed in 2020.",
    )
    first, second = (voice.id for voice in found.voices)
    due = [found.voice_at(sentence.span) for sentence in page.sentences]
    assert due == [first, first, first, first, second, None]
    assert found.background == {second}


def test_with_one_voice_the_whole_body_is_due_to_it_and_the_headline_to_nobody() -> None:
    page, found = read(
        "ko", "강에서 세 명 체포\n\n함경북도 소식통은 “세 명이 잡혔다”고 말했다.\n\n보위부는 세 사람을 도로 끌고 갔다."
    )
    (voice,) = found.voices
    assert [found.voice_at(s.span) for s in page.sentences] == [None, voice.id, voice.id]
    assert found.voice_at(Span(start=0, end=1)) is None


@pytest.mark.parametrize(
    ("text", "kind", "connection"),
    [
        ("I was twenty then. I had paid a broker. They took me at the river.", "unnamed", "0101"),
        ("NOTICE\n\nThe court sentenced the accused to two years. The sum is confiscated.", "document", "03"),
        (
            "HOST: When was it?\n\nAN: It was in May, at night.\n\nHOST: And then?\n\nAN: They were there.",
            "named",
            "03",
        ),
    ],
)
def test_diaries_notices_and_interviews_speak_for_themselves(text: str, kind: str, connection: str) -> None:
    page, found = read("en", text)
    (voice,) = found.voices
    assert (voice.kind, voice.connection) == (VoiceKind(kind), connection)
    assert found.voice_at(page.sentences[-1].span) == voice.id


PIECES = [
    "A source",
    "the source",
    "another source",
    " said",
    " told",
    "Kim ",
    ", ",
    ". ",
    "\n\n",
    "“",
    "”",
    "two residents",
    " heard from ",
    "소식통은 ",
    "다른 소식통이 ",
    "말했다. ",
    "情報筋",
    "に聞いた",
    "別の",
    "は",
    "話した。",
    "씨는 ",
]


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.sampled_from(["en", "ko", "ja", "zh"]),
)
def test_every_voice_has_its_own_id_and_stands_where_it_says(text: str, language: str) -> None:
    page, found = read(language, text)
    ids = [voice.id for voice in found.voices]
    assert len(set(ids)) == len(ids)
    assert {v.heard_from for v in found.voices} - {None} <= set(ids)
    for voice in found.voices:
        assert voice.spans
        assert all(span.of(text).strip() for span in voice.spans)
    for sentence in page.sentences:
        assert found.voice_at(sentence.span) in {None, *ids}
