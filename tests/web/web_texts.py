"""Hand-made reports in three languages, with the voices and claims in them, and the pack that they are coded by."""

from __future__ import annotations

from typing import Any

from secondsource.model import (
    Claim,
    ContextEvent,
    Language,
    Modality,
    OrgMention,
    PeopleMention,
    PlaceMention,
    PlaceRole,
    Report,
    Span,
    SumMention,
    TimeMention,
    Voice,
    VoiceKind,
)
from secondsource.packs import Act, Organisation, Pack, Place, Relation

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"

CONTEXT = [
    ContextEvent(
        code="team",
        label={"en": "Inspection team in the province"},
        when="2018-11/2018-12",
        places=("nh",),
        source="hand-made",
    ),
    ContextEvent(code="later", label={"en": "Border closed"}, when="2020-01-22/..", source="hand-made"),
]


PACK = Pack(
    name="field",
    context=CONTEXT,
    version="1",
    acts={
        code: Act(code=code, label={"en": label}, kind=kind)  # type: ignore[arg-type]
        for code, label, kind in [
            ("arrest", "arrest", "harm"),
            ("detention", "detention", "harm"),
            ("lure", "luring", "means"),
            ("turn_broker", "turning of a broker", "means"),
            ("crossing", "attempt to cross", "attempt"),
            ("inspection", "inspection", "control"),
            ("release", "release", "relief"),
            ("extortion", "extortion", "harm"),
        ]
    },
    organisations={
        "mss": Organisation(code="mss", label={"en": "Ministry of State Security"}, side="state"),
        "border_guard": Organisation(code="border_guard", label={"en": "border guard"}, side="state"),
    },
    relations={c: Relation(code=c, label={"en": c}) for c in ("wife", "son", "family", "broker", "woman")},
    places={
        p.id: p
        for p in [
            Place(id="kp", name="North Korea", kind="country"),
            Place(id="nh", name="North Hamgyong", kind="province", parent="kp", lat=41.9, lon=129.4),
            Place(id="rg", name="Ryanggang", kind="province", parent="kp", lat=41.4, lon=128.2),
            Place(id="hr", name="Hoeryong", kind="city", parent="nh", lat=42.44, lon=129.75, names=("회령", "会寧")),
            Place(id="ms", name="Musan", kind="county", parent="nh", lat=42.23, lon=129.21, names=("무산",)),
            Place(id="os", name="Onsong", kind="county", parent="nh", lat=42.96, lon=129.99),
            Place(id="cj", name="Chongjin", kind="city", parent="nh", lat=41.8, lon=129.78),
            Place(id="hs", name="Hyesan", kind="city", parent="rg", lat=41.4, lon=128.18, names=("혜산", "恵山")),
        ]
    },
    scripts={
        "manufactured_defection": {
            "label": {"en": "Manufactured defection"},
            "steps": [
                {"code": "pressure", "label": {"en": "Results are demanded of officers"}},
                {"code": "turn", "label": {"en": "A broker is turned"}},
                {"code": "lure", "label": {"en": "A family is lured"}},
                {"code": "cross", "label": {"en": "They set out to cross"}},
                {"code": "arrest", "label": {"en": "Arrest at the river"}},
                {"code": "learn", "label": {"en": "They learn the truth in detention"}},
            ],
        },
        "patrol_arrest": {
            "label": {"en": "Ordinary patrol arrest"},
            "steps": [{"code": "cross", "label": {"en": "Crossing"}}, {"code": "arrest", "label": {"en": "Arrest"}}],
        },
        "informant_tip": {"label": {"en": "Informant's tip"}},
        "shakedown": {"label": {"en": "Shakedown"}},
    },
)

TEXTS = {
    "en": (
        "Family of three caught at the Tumen after a call from a broker\n\n"
        "Officers of the Ministry of State Security arrested a woman and her two children near Hoeryong late last "
        "November, a source in North Hamgyong said on the 3rd. According to the source, a broker who had been turned "
        "in October lured the wife by saying that her husband abroad had sent for her. They tried to cross on the "
        "night of the 24th and were seized on the bank.\n\n"
        "“The officers were waiting for them,” the source said. A second resident said that he had heard that the "
        "broker was seen with officers before. The family's money, 12,000 yuan, was taken.\n"
    ),
    "ko": (
        "회령 보위부, 브로커 앞세워 일가족 체포\n\n"
        "함경북도 회령시에서 지난해 11월 말 일가족 4명이 강을 건너려다 보위부에 체포됐다고 현지 소식통이 전했다. "
        "소식통은 “보위부에 매수된 브로커가 남편이 부른다고 속여 유인했다”고 말했다. "
        "이들은 현재 보위부 구류장에 갇혀 조사를 받고 있는 것으로 알려졌다.\n"
    ),
    "ja": (
        "会寧で脱北企図の一家逮捕、仲介者は当局の協力者か\n\n"
        "咸鏡北道会寧市で昨年12月初め、川を渡ろうとした一家3人が国境警備隊に逮捕されたと、内部協力者が伝えた。"
        "仲介者が保衛部に協力していた可能性があるという。\n"
    ),
    "patrol": (
        "Two men were arrested by a border guard patrol in Musan county on 11 March 2019, a resident said. "
        "They were released after a week.\n"
    ),
    "hostile": (
        f"{HOSTILE}\n\nTraders in Hyesan were made to pay 3,000 yuan each in June 2019, two sources said. "
        f"A detention followed. {HOSTILE} \u202egnihton\u202c \x07\n"
    ),
    "practice": "Many families have been caught this way, and residents say that brokers cannot be trusted any more.\n",
    "bare": "Somebody was detained, it is said.\n",
    "unread": "This report came in a moment ago.\n",
}

_DESCRIBED: dict[str, tuple[str | None, str | None, Language, str | None]] = {
    "en": ("Family of three caught at the Tumen after a call from a broker", "North Post", Language.EN, "2018-12-05"),
    "ko": ("회령 보위부, 브로커 앞세워 일가족 체포", "북녘일보", Language.KO, "2019-01-14"),
    "ja": ("会寧で脱北企図の一家逮捕、仲介者は当局の協力者か", "北方通信", Language.JA, "2019-01-20"),
    "patrol": ("Patrol catches two", "North Post", Language.EN, "2019-03-20"),
    "hostile": (HOSTILE, f"Out<b>let</b> & {HOSTILE}", Language.EN, "2019-07-01"),
    "practice": ("Nobody trusts brokers now", "North Post", Language.EN, "2019-02"),
    "bare": (None, None, Language.UNKNOWN, None),
    "unread": ("Just in", "North Post", Language.EN, "2019-08-02"),
}
REPORTS = {
    key: Report(
        id=f"r_{key}",
        text=TEXTS[key],
        title=title,
        outlet=outlet,
        language=language,
        published=published,
        received="2020-01-02T03:04:05+00:00",
        filename=f"{key}.txt",
        truncated=key == "practice",
    )
    for key, (title, outlet, language, published) in _DESCRIBED.items()
}


def span(key: str, words: str) -> Span:
    start = TEXTS[key].index(words)
    return Span(start=start, end=start + len(words))


def voice(key: str, words: str, *, heard_from: str | None = None, **fields: Any) -> Voice:
    where = span(key, words)
    return Voice(
        id=f"v_{key}_{where.start}",
        report_id=f"r_{key}",
        descriptor=words,
        spans=(where,),
        outlet=REPORTS[key].outlet,
        heard_from=heard_from,
        **fields,
    )


VOICES = {
    "en1": voice("en", "a source in North Hamgyong", base="nh", connection="0102"),
    "ko": voice("ko", "현지 소식통", base="nh"),
    "ja": voice("ja", "内部協力者"),
    "patrol": voice("patrol", "a resident"),
    "h1": voice("hostile", "two sources", kind=VoiceKind.UNNAMED),
}
VOICES["en2"] = voice("en", "A second resident", heard_from=VOICES["en1"].id, connection="03")


def claim(key: str, act: str, sentence: str, words: str, by: str | None = None, **fields: Any) -> Claim:
    trigger = span(key, words)
    return Claim(
        id=Claim.make_id(f"r_{key}", trigger, act),
        report_id=f"r_{key}",
        act=act,
        span=span(key, sentence),
        trigger=trigger,
        voice=VOICES[by].id if by else None,
        **fields,
    )


def at(key: str, words: str, place: str, role: PlaceRole = PlaceRole.ARREST) -> tuple[PlaceMention, ...]:
    return (PlaceMention(span=span(key, words), place=place, role=role),)


_EN1 = TEXTS["en"].split("\n\n")[1].split(" According")[0]
_EN2 = "According to the source, a broker who had been turned in October lured the wife by saying"
_EN3 = "They tried to cross on the night of the 24th and were seized on the bank."
_KO1 = "함경북도 회령시에서 지난해 11월 말 일가족 4명이 강을 건너려다 보위부에 체포됐다고 현지 소식통이 전했다."
_KO2 = "소식통은 “보위부에 매수된 브로커가 남편이 부른다고 속여 유인했다”고 말했다."
_JA1 = "咸鏡北道会寧市で昨年12月初め、川を渡ろうとした一家3人が国境警備隊に逮捕されたと、内部協力者が伝えた。"
_H1 = "Traders in Hyesan were made to pay 3,000 yuan each in June 2019, two sources said."

_MSS = (OrgMention(span=span("en", "Ministry of State Security"), org="mss"),)
_FAMILY = (
    PeopleMention(span=span("en", "a woman and her two children"), count_min=3, count_max=3, relations=("family",)),
)
CLAIMS = {
    "en_arrest": claim(
        "en",
        "arrest",
        _EN1,
        "arrested",
        "en1",
        perpetrators=_MSS,
        victims=_FAMILY,
        places=at("en", "Hoeryong", "hr"),
        when=TimeMention(span=span("en", "late last November"), edtf="2018-11-21/2018-11-30", basis="published"),
    ),
    "en_turn": claim("en", "turn_broker", _EN2, "turned", "en1", modality=Modality.HEARD),
    "en_lure": claim("en", "lure", _EN2, "turned in October lured", "en1"),
    "en_cross": claim("en", "crossing", _EN3, "tried to cross", "en1"),
    "en_seized": claim("en", "arrest", _EN3, "seized", "en1"),
    "en_money": claim(
        "en",
        "extortion",
        "The family's money, 12,000 yuan, was taken.",
        "was taken",
        sums=(SumMention(span=span("en", "12,000 yuan"), amount=12000, currency="CNY"),),
    ),
    "en_heard": claim(
        "en",
        "turn_broker",
        "he had heard that the broker was seen with officers",
        "seen with officers",
        "en2",
        modality=Modality.HEARD,
    ),
    "ko_arrest": claim(
        "ko",
        "arrest",
        _KO1,
        "체포됐다",
        "ko",
        places=at("ko", "회령시", "hr"),
        perpetrators=(OrgMention(span=span("ko", "보위부에 체포"), org="mss"),),
    ),
    "ko_cross": claim("ko", "crossing", _KO1, "강을 건너려다", "ko"),
    "ko_lure": claim("ko", "lure", _KO2, "유인했다", "ko"),
    "ko_turn": claim("ko", "turn_broker", _KO2, "매수된", "ko"),
    "ja_arrest": claim("ja", "arrest", _JA1, "逮捕された", "ja", places=at("ja", "会寧市", "hr")),
    "ja_turn": claim(
        "ja",
        "turn_broker",
        "仲介者が保衛部に協力していた可能性があるという。",
        "協力していた",
        "ja",
        modality=Modality.HEDGED,
    ),
    "patrol": claim(
        "patrol", "arrest", TEXTS["patrol"].split(". ")[0], "arrested", "patrol", places=at("patrol", "Musan", "ms")
    ),
    "freed": claim("patrol", "release", "They were released after a week.", "released", "patrol"),
    "pay": claim("hostile", "extortion", _H1, "made to pay", "h1", places=at("hostile", "Hyesan", "hs")),
    "held": claim("hostile", "detention", "A detention followed.", "detention"),
    "many": claim("practice", "arrest", TEXTS["practice"].strip(), "caught", practice=True),
    "bare": claim("bare", "detention", TEXTS["bare"].strip(), "detained", modality=Modality.HEDGED),
}
