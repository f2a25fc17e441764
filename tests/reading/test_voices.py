"""How many voices a report lets speak: who is one person under several words, and who only tells another."""

from __future__ import annotations

import pytest

from secondsource.model import Language, Report
from secondsource.packs import load
from secondsource.reading import attribution, places
from secondsource.reading.text import lay_out

_ENGLISH = [
    (
        2,
        "Two men were seized at the river, a resident of Hoeryong said. The resident said he learned it "
        "from the brother of one of the men.",
    ),
    (
        3,
        "Three former detainees spoke with us in Seoul this winter.\n\nOne, a seamstress, said she was "
        "beaten for a week. Another remembers the cold. The third woman would not speak of it.\n\nThe "
        "seamstress was released in May.",
    ),
    (
        2,
        "Two people in touch with the North told the paper of the arrests. One of them, a timber merchant, "
        "said four were taken. The other put the number at five.",
    ),
    (
        2,
        "A pastor in Dandong told us that the family was caught. He quoted a neighbour of theirs as saying "
        "that soldiers waited in the barn. The pastor said the neighbour could not be asked again.",
    ),
    (
        1,
        "A woman was shot at the bridge, according to a smuggler who crosses there. The smuggler said the "
        "guards gave no warning. The man said he saw her fall.",
    ),
    (
        2,
        "What happened that night is reconstructed from the boatman, who fled to China, and from her "
        "brother.\n\nThe boatman said three lamps were lit.",
    ),
    (
        1,
        "A tailor in Musan died in custody, a source in North Hamgyong told Daily NK. The Unification "
        "Ministry in Seoul declined to comment. China's foreign ministry said it had no information.",
    ),
    (
        1,
        "A tailor in Musan died in custody, a source in North Hamgyong told Daily NK.\n\nPress reports of "
        "such deaths are rare. The investigator told the tailor's wife to keep quiet.",
    ),
    (
        2,
        "Residents told the station that four people were shot.\n\nA coal dealer in Kilju said the bodies "
        "lay there until noon. Another dealer saw the cart.",
    ),
    (
        1,
        "Host: Were you afraid?\n\nGuest: Always. My brother told me to keep quiet.\n\nHost: And then?\n\n"
        "Guest: They came on a Sunday. One old guard told me to run.",
    ),
    (
        1,
        "She left in 2016 and lives by the sea now. We spoke for two afternoons.\n\nQ. Who came to the "
        'house?\n\n"Two men with a list. They knew my name."\n\nQ. Where did they take you?\n\n"To the '
        'county office. I was there for forty days."',
    ),
    (
        3,
        "Our fieldworker in Tumen was told of the return by a driver employed at the centre. A church "
        "member who watches the bridge saw the bus cross at nine.",
    ),
    (2, "A trader in Changbai says he has it from his partner in Hyesan that nine were taken."),
    (
        2,
        "An activist in Seoul, citing a contact in Onsong, said that the couple was moved to Chongjin on Monday.",
    ),
    (
        1,
        "A source in Musan said Friday that a widow was arrested. The officers told her that she would be "
        "freed for 5,000 yuan, the source said. Her son was told to wait outside.",
    ),
    (
        2,
        "A widow was arrested in Musan, her nephew in Seoul said. He had it from a woodcutter who lives "
        "beside the widow. The woodcutter saw two men at the door.",
    ),
    (
        3,
        "Three people described the trial to this newspaper. A miner said it lasted ten minutes. A "
        "schoolteacher who was made to attend recalls the cold. The third, a clerk, would give no details.",
    ),
    (
        1,
        "A broker named Choe was arrested in Hyesan, a source in the city said. Choe told the guards that "
        "he had paid. Choe said nothing more. The source added that he was beaten.",
    ),
    (
        2,
        "Mrs. Paek, who crossed in 2018, told Radio Free Asia that her sister was taken. Paek said the "
        "sister called her on May 2. Another escapee from the same town told RFA she knew of it.",
    ),
    (
        1,
        "“They took my phone,” said a 34-year-old trader from Onsong who reached Seoul in June. “Then they "
        "hit me.” The woman said she was held for ten days. The trader added that she was not alone.",
    ),
    (
        2,
        "The Rain Fund, an aid group in Seoul, said that six women were sent back. Its director, Yun, said "
        "they crossed the bridge on Monday. A driver in Tumen saw the bus.",
    ),
    (
        1,
        "I was arrested in 2009. My cellmate cried all night. I was beaten on the third day. An officer "
        "told me to sign. I signed.",
    ),
    (
        2,
        "Two activists with contacts in the North said that a couple was caught. One of the activists said "
        "the couple had a child. The other activist did not know of a child.",
    ),
    (
        2,
        "A fisherman in Rason reports that the boat was stopped. His account matches that of a customs "
        "clerk, who says that the crew was led away.",
    ),
    (
        1,
        "Security agents caught a man in Hyesan. Neighbours say he was a spy. According to a source in the "
        "city, he had a Chinese phone. Residents are afraid, the source said.",
    ),
    (
        2,
        "Kang, a farmer from Kapsan who now lives in Incheon, remembers the day. “We heard the shots,” she "
        "says. Her brother, reached by phone in Yanji, says there were four.",
    ),
    (
        1,
        "An official told residents at a meeting that anyone with a phone would be shot, a source in "
        "Ryanggang said on Sunday. The official said there would be no mercy.",
    ),
    (
        2,
        "According to two sources in the province, five guards were arrested. One source said they took "
        "bribes. The other source said a commander was among them.",
    ),
    (
        1,
        "The father, 60, was arrested at home. His daughter, who lives in Seoul, told Asia Press that he "
        "was sick. The daughter said she sent money in March. The woman has not slept since.",
    ),
    (
        2,
        "A survivor of the camp at Chongori and a former guard there told the researchers about the winter "
        "of 2008. The survivor said forty died. The guard put it at thirty.",
    ),
    (
        1,
        "A police officer said the woman had to pay, the source explained. The source, who lives near the "
        "station, said her husband sold the house.",
    ),
    (
        1,
        "A human rights group said that four people were returned. The group said it learned the date in "
        "April. Its statement named nobody.",
    ),
]
_KOREAN = [
    (
        2,
        "무산군에서 일가족이 체포됐다고 함경북도 소식통이 5일 전했다.\n\n소식통은 “보위부 앞집에 사는 "
        "친구의 말로는 아이들도 끌려갔다”고 말했다.",
    ),
    (
        2,
        "혜산에서 두 명이 끌려갔다고 활동가들이 전했다.\n\n서울의 한 인권단체 박 모 국장은 “밤에 차로 실어 "
        "갔다”고 말했다. 장백의 한 상인은 “등불을 봤다”고 전했다.",
    ),
    (1, "온성군에서 남성이 숨졌다고 소식통이 밝혔다. 통일부 당국자는 “확인해 드릴 내용이 없다”고 말했다."),
    (2, "소식통은 “같은 방에 있던 한 주민은 밤새 비명을 들었다고 이야기했다”고 전했다."),
    (
        2,
        "선교사 ㄴ씨는 청진 주민의 말을 인용해 “모두 잡혔다”고 전했다. 이 주민에 따르면 안내자는 풀려났다. "
        "주민은 “무섭다”고 말했다고 한다.",
    ),
    (
        1,
        "양강도 소식통은 20일 데일리NK에 “두 사람이 잡혔다”고 말했다. 안전원은 그에게 “돈을 내라”고 했다. "
        "소식통은 “남편이 풀려났다”고 했다. 이 소식통은 돈을 냈다고 덧붙였다.",
    ),
    (
        2,
        "김 모 씨는 본지와의 통화에서 “동생이 잡혔다”고 말했다. 김 씨는 장백에 사는 상인에게서 이 소식을 "
        "들었다고 했다.",
    ),
    (
        1,
        "함경북도 소식통에 따르면 회령에서 부부가 잡혔다. 보위원은 부부에게 “살려주겠다”고 말했다고 한다. "
        "같은 소식통은 부부가 풀려났다고 덧붙였다.",
    ),
    (
        2,
        "복수의 소식통이 체포 소식을 전했다. 첫 번째 소식통은 “세 명이 잡혔다”고 했다. 두 번째 소식통은 "
        "“네 명”이라고 했다. 첫 번째 소식통은 “남편도 잡혔다”고 덧붙였다.",
    ),
    (
        2,
        "탈북민 박은희(가명) 씨는 “어머니가 끌려갔다”고 말했다. 박 씨는 이웃의 편지를 통해 알게 됐다고 했다.",
    ),
    (
        1,
        "무산군 주민은 5일 본지에 “두 사람이 총에 맞았다”고 전했다. 이 주민은 “시신은 강가에 있었다”며 "
        "“아무도 손을 대지 못했다”고 했다. 주민은 한숨을 쉬었다고 말했다.",
    ),
    (
        3,
        "혜산시 소식통은 “부부가 잡혔다”고 했다. 삼지연시의 또 다른 소식통도 같은 말을 했다. 서울의 한 "
        "북한인권단체 사무총장은 “비슷한 일이 많다”고 말했다.",
    ),
    (
        1,
        "복수의 소식통에 따르면 무산에서 세 명이 잡혔다. 함경북도의 한 소식통은 “보위부가 기다렸다”고 말했다.",
    ),
    (
        2,
        "탈북민 김 씨는 “언니가 잡혔다”고 말했다. 김 씨의 고향 친구도 본지와의 통화에서 “마을이 조용하다”고 했다.",
    ),
    (
        1,
        "혜산 주민 ㄱ씨는 “남편이 끌려갔다”고 했다. ㄱ씨는 “돈을 요구했다”고 덧붙였다. 그는 울었다고 말했다.",
    ),
    (
        2,
        "북한인권단체 ‘강물’은 5일 “여성 네 명이 북송됐다”고 밝혔다. 투먼의 한 택시 기사는 버스를 봤다고 전했다.",
    ),
]
_JAPANESE = [
    (
        1,
        "新義州で女が捕まった。\n\n"
        "瀋陽に暮らす脱北者の女性は、この男に送金を頼んでいた。「もう電話は通じない」と肩を落とす。",
    ),
    (2, "会寧で兄弟が捕まった。現地の情報筋が伝えた。「隣人の話では、弟は殴られていた」と情報筋は語る。"),
    (2, "住民と地元の旅行業者が明らかにした。住民によると銃声が聞こえた。旅行業者は道路が閉じられたと話す。"),
    (1, "情報筋によると、案内役の男性も捕まったが釈放されたといい、同情報筋は「通報したのは彼だ」と話した。"),
    (
        1,
        "脱北者支援団体の関係者が明らかにした。関係者によると、通知は村の幹部を通じて配られた。韓国統一省"
        "は「確認中」とコメントした。",
    ),
    (2, "大阪の女性は「姉は震えていた」と話す。女性の姉は「もう送らないで」と話していたそうだ。"),
    (2, "会寧の男性が捕まったと、ソウルに住む妹が話す。妹は、隣人からの電話で知ったという。"),
    (
        1,
        "恵山で夫婦が捕まった。両江道の情報筋が5日、本紙に伝えた。保衛員は夫婦に「金を出せ」と言ったとい"
        "う。同情報筋は、夫婦は釈放されたと付け加えた。",
    ),
    (
        2,
        "脱北者のA氏は「母が連れて行かれた」と語る。A氏によれば、母は5月に捕まった。同郷のB氏も「村で"
        "噂になった」と証言した。",
    ),
    (
        2,
        "現地の協力者が伝えてきた。協力者は「弟が撃たれた」と話した。一方、長白で宿を営む女性は「灯りが見"
        "えた」と語った。",
    ),
    (
        1,
        "元看守の男性は「私が鍵を閉めた」と語る。男性は2015年に川を越えた。男性によると、囚人は毎日殴られた。",
    ),
    (3, "咸鏡北道の住民が電話で語った。住民は友人から聞いたという。別の地域の住民も「聞いた」と話した。"),
    (
        1,
        "情報筋は5日、デイリーNKに「夫婦が捕まった」と語った。この情報筋によると、保衛員は夫に「誰と話した」と尋ねた。",
    ),
    (
        2,
        "両江道の住民によれば、兵士3人が逃げた。同道の別の住民は「2人だ」と言う。同住民は銃声を聞いたと話した。",
    ),
]


def voices(language: str, text: str) -> list[str]:
    report = Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z")
    page = lay_out(report, load("nk_border"))
    return [v.descriptor for v in attribution.find(page, places.find(page)).voices]


@pytest.mark.parametrize(("count", "text"), _ENGLISH)
def test_english_voices_are_counted_as_persons(count: int, text: str) -> None:
    assert len(voices("en", text)) == count


@pytest.mark.parametrize(("count", "text"), _KOREAN)
def test_korean_voices_are_counted_as_persons(count: int, text: str) -> None:
    assert len(voices("ko", text)) == count


@pytest.mark.parametrize(("count", "text"), _JAPANESE)
def test_japanese_voices_are_counted_as_persons(count: int, text: str) -> None:
    assert len(voices("ja", text)) == count
