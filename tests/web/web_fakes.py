"""A case book of hand-made incidents for the pages, and a browser-like client for the application."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from secondsource.casebook import Hit, WrongPassphrase
from secondsource.model import (
    Account,
    Claim,
    ContextEvent,
    Corroboration,
    Count,
    Decision,
    FactKind,
    Factor,
    Finding,
    Hypothesis,
    Incident,
    Independence,
    JournalEntry,
    Language,
    Link,
    Manufactured,
    Modality,
    OrgMention,
    PeopleMention,
    PlaceMention,
    PlaceRole,
    Reading,
    Report,
    Source,
    Span,
    StepEvidence,
    SumMention,
    Support,
    TimeMention,
    Verdict,
    Voice,
    VoiceKind,
)
from secondsource.packs import Act, Organisation, Pack, Place, Relation
from secondsource.patterns import Trend, by_month
from secondsource.web import app

PORT = 8123
TOKEN = "a-token-for-tests"
PASSPHRASE = "correct horse"
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


def account(key: str, when: str | None, **fields: Any) -> Account:
    claims = tuple(c for c in CLAIMS.values() if c.report_id == f"r_{key}")
    voices = tuple(v for v in VOICES.values() if v.report_id == f"r_{key}")
    return Account(id=f"a_{key}", report_id=f"r_{key}", claims=claims, voices=voices, when=when, **fields)


def finding(
    kind: FactKind, value: str, verdict: Verdict, least: int, most: int, *claims: str, **fields: Any
) -> Finding:
    reasons = {0: "no source is named", 1: "both outlets may have it from one person", 2: "two separate voices"}
    support = tuple(
        Support(claim_id=c.id, report_id=c.report_id, voice_id=c.voice, span=c.trigger, modality=c.modality)
        for c in (CLAIMS[name] for name in claims)
    )
    interval = Independence(least=least, most=most, reason=reasons.get(least, ""))
    return Finding(kind=kind, value=value, support=support, independence=interval, verdict=verdict, **fields)


_SINGLE, _REPEATED, _CONTESTED = Verdict.SINGLE, Verdict.REPEATED, Verdict.CONTESTED
LURED = Incident(
    id="i_lured",
    accounts=(
        account("en", "2018-11-21/2018-11-30"),
        account("ko", "2018-11-21/2018-11-30"),
        account("ja", "2018-12-01/2018-12-10"),
    ),
    links=(
        Link(
            a="a_en",
            b="a_ko",
            weight=9.4,
            factors=(
                Factor(name="prior", weight=-6.0, why="few pairs of reports tell of one incident"),
                Factor(name="place", weight=6.1, why="both name Hoeryong"),
                Factor(name="when", weight=5.2, why="both in late November 2018"),
                Factor(name="acts", weight=4.1, why="both tell of luring by a turned broker"),
            ),
        ),
        Link(
            a="a_en",
            b="a_ja",
            weight=2.1,
            factors=(
                Factor(name="place", weight=6.1, why="both name Hoeryong"),
                Factor(name="when", weight=-1.3, why="a day apart at least"),
            ),
        ),
    ),
    acts=("arrest", "lure", "turn_broker", "crossing", "extortion"),
    perpetrators=("mss", "border_guard"),
    places=("hr", "nh"),
    when="2018-11-21/2018-12-10",
    victims=Count(low=3, high=4),
    findings=(
        finding(FactKind.ACT, "arrest", Verdict.CORROBORATED, 2, 3, "en_arrest", "en_seized", "ko_arrest", "ja_arrest"),
        finding(FactKind.ACT, "crossing", _REPEATED, 1, 2, "en_cross", "ko_cross"),
        finding(FactKind.ACT, "lure", _REPEATED, 1, 2, "en_lure", "ko_lure"),
        finding(FactKind.ACT, "turn_broker", _REPEATED, 1, 3, "en_turn", "en_heard", "ko_turn", "ja_turn"),
        finding(FactKind.ACT, "extortion", Verdict.UNSOURCED, 0, 1, "en_money"),
        finding(FactKind.PERPETRATOR, "mss", _CONTESTED, 1, 2, "en_arrest", "ko_arrest", conflicts=("border_guard",)),
        finding(FactKind.PERPETRATOR, "border_guard", _CONTESTED, 1, 1, "ja_arrest", conflicts=("mss",)),
        finding(FactKind.VICTIMS, "3..3", _CONTESTED, 1, 2, "en_arrest", "ja_arrest", conflicts=("4..4",)),
        finding(FactKind.VICTIMS, "4..4", _CONTESTED, 1, 1, "ko_arrest", conflicts=("3..3",)),
        finding(FactKind.PLACE, "hr", _REPEATED, 1, 3, "en_arrest", "ko_arrest", "ja_arrest"),
        finding(
            FactKind.WHEN,
            "2018-11-21/2018-11-30",
            _CONTESTED,
            1,
            2,
            "en_arrest",
            "ko_arrest",
            conflicts=("2018-12-01/2018-12-10",),
        ),
        finding(
            FactKind.WHEN, "2018-12-01/2018-12-10", _CONTESTED, 1, 1, "ja_arrest", conflicts=("2018-11-21/2018-11-30",)
        ),
        finding(FactKind.SUM, "12000 CNY", Verdict.UNSOURCED, 0, 1, "en_money"),
    ),
    hypotheses=(
        Hypothesis(
            script="manufactured_defection",
            posterior=0.78,
            low=0.64,
            high=0.88,
            words="likely",
            linchpin=CLAIMS["en_lure"].id,
            steps=(
                StepEvidence(
                    step="turn", claims=tuple(CLAIMS[c].id for c in ("en_turn", "ko_turn", "ja_turn")), weight=2.6
                ),
                StepEvidence(step="lure", claims=tuple(CLAIMS[c].id for c in ("en_lure", "ko_lure")), weight=3.1),
                StepEvidence(step="cross", claims=(CLAIMS["en_cross"].id,), weight=0.2),
                StepEvidence(step="arrest", claims=(CLAIMS["en_arrest"].id,), weight=0.1),
                StepEvidence(step="learn", weight=-0.7),
            ),
        ),
        Hypothesis(script="informant_tip", posterior=0.15, low=0.08, high=0.26, words="very unlikely"),
        Hypothesis(
            script="patrol_arrest",
            posterior=0.07,
            low=0.04,
            high=0.12,
            words="very unlikely",
            steps=(StepEvidence(step="arrest", claims=(CLAIMS["en_arrest"].id,), weight=-0.4),),
        ),
    ),
    corroboration=Corroboration(
        value="unclear", reason="Three outlets tell of it, but two of their sources may be one person."
    ),
    manufactured=Manufactured.YES,
)
INCIDENTS = [
    LURED,
    Incident(
        id="i_patrol",
        accounts=(account("patrol", "2019-03-11"),),
        acts=("arrest", "release"),
        places=("ms", "nh"),
        when="2019-03-11",
        victims=Count(low=2, high=2),
        findings=(
            finding(FactKind.ACT, "arrest", _SINGLE, 1, 1, "patrol"),
            finding(FactKind.ACT, "release", _SINGLE, 1, 1, "freed"),
        ),
        hypotheses=(Hypothesis(script="patrol_arrest", posterior=0.7, low=0.5, high=0.84, words="likely"),),
        corroboration=Corroboration(value="no", reason="One resident is the only source."),
    ),
    Incident(
        id="i_paid",
        accounts=(account("hostile", "2019-06"),),
        acts=("extortion", "detention"),
        places=("hs", "rg"),
        when="2019-06",
        victims=Count(low=2),
        findings=(
            finding(FactKind.ACT, "extortion", Verdict.CORROBORATED, 2, 2, "pay"),
            finding(FactKind.ACT, "detention", Verdict.UNSOURCED, 0, 1, "held"),
        ),
        hypotheses=(Hypothesis(script="shakedown", posterior=0.996, low=0.95, high=0.999, words="almost certain"),),
        corroboration=Corroboration(value="yes", reason=f"Two sources tell of it separately. {HOSTILE}"),
        manufactured=Manufactured.SUSPECTED,
    ),
    Incident(
        id="i_bare",
        accounts=(account("bare", "XXXX"),),
        acts=("detention",),
        findings=(finding(FactKind.ACT, "detention", Verdict.UNSOURCED, 0, 1, "bare"),),
        corroboration=Corroboration(value="no", reason="No source is named."),
    ),
    Incident(
        id="i_practice",
        accounts=(account("practice", None, practice=True),),
        practice=True,
        acts=("arrest",),
        corroboration=Corroboration(value="no", reason="A practice is no event."),
    ),
]


class FakeBook:
    """What the pages need, without a file."""

    def __init__(self, *, empty: bool = False) -> None:
        self.pack = PACK
        self.closed = False
        self._reports = {} if empty else {r.id: r for r in REPORTS.values()}
        self._incidents = [] if empty else INCIDENTS

    def reports(self) -> list[Report]:
        return list(self._reports.values())

    def report(self, report_id: str, /) -> Report:
        return self._reports[report_id]

    def reading(self, report_id: str, /) -> Reading | None:
        if report_id == "r_unread" or report_id not in self._reports:
            return None
        return Reading(
            report_id=report_id,
            reader="hand",
            claims=tuple(c for c in CLAIMS.values() if c.report_id == report_id),
            voices=tuple(v for v in VOICES.values() if v.report_id == report_id),
            notes=("The year is not told.",) if report_id == "r_bare" else (),
        )

    def readings(self) -> list[Reading]:
        return [one for key in self._reports if (one := self.reading(key))]

    def incidents(self) -> list[Incident]:
        return self._incidents

    def incident(self, incident_id: str, /) -> Incident:
        return {i.id: i for i in self._incidents}[incident_id]

    def search(self, query: str, /, limit: int = 50) -> list[Hit]:
        found = []
        for report in self.reports():
            start = report.text.casefold().find(query.casefold())
            if start >= 0:
                found.append(Hit(report.id, report.title, report.text[max(0, start - 40) : start + 60], (start,)))
        return found[:limit]

    def sources(self) -> list[Source]:
        if not self._reports:
            return []
        return [
            Source(id="s1", pseudonym="Magpie", reliability="B", connection="0102"),
            Source(id="s2", pseudonym="Heron", heard_from="s1"),
        ]

    def decisions(self) -> list[Decision]:
        return []

    def journal(self, limit: int = 100, before: int | None = None) -> list[JournalEntry]:
        numbers = range(len(self._reports), 0, -1)
        entries = [
            JournalEntry(
                seq=n,
                at="2020-01-02T03:04:05+00:00",
                kind="report.add",
                subject=list(self._reports)[n - 1],
                payload="{}",
                previous="0" * 64,
                hash=hashlib.sha256(bytes([n])).hexdigest(),
            )
            for n in numbers
        ]
        return [e for e in entries if before is None or e.seq < before][:limit]

    def context(self) -> list[ContextEvent]:
        return CONTEXT

    def trend(self) -> Trend:
        return by_month(self._incidents, PACK)

    def close(self) -> None:
        self.closed = True


def open_fake(path: Path, passphrase: str, /) -> FakeBook:
    if not path.name.endswith(".book"):
        raise FileNotFoundError(path)
    if passphrase != PASSPHRASE:
        raise WrongPassphrase(path)
    return FakeBook()


class Client:
    """httpx against the application itself, without a socket. Keeps cookies, follows nothing."""

    def __init__(self, application: FastAPI) -> None:
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=application, raise_app_exceptions=False),
            base_url=f"http://127.0.0.1:{PORT}",
        )

    def get(self, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._client.get(path, **options))

    def post(self, path: str, data: dict[str, str] | None = None, **options: Any) -> httpx.Response:
        options.setdefault("headers", {"Origin": f"http://127.0.0.1:{PORT}"})
        return asyncio.run(self._client.post(path, data=data or {}, **options))

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._client.request(method, path, **options))


def entered(book: FakeBook | None = None, path: Path | None = None) -> Client:
    """A client that has used the link."""
    client = Client(app.create(path, book, TOKEN, PORT, open_fake))
    assert client.get(f"/?token={TOKEN}").status_code == 303
    return client
