"""A case book of hand-made incidents for the pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from web_texts import CLAIMS, CONTEXT, HOSTILE, PACK, REPORTS, VOICES

from secondsource.casebook import Hit, WrongPassphrase
from secondsource.model import (
    Account,
    ContextEvent,
    Corroboration,
    Count,
    Decision,
    DecisionKind,
    FactKind,
    Factor,
    Finding,
    Hypothesis,
    Incident,
    Independence,
    JournalEntry,
    Link,
    Manufactured,
    Reading,
    Report,
    Source,
    Span,
    StepEvidence,
    Support,
    Verdict,
    Voice,
)
from secondsource.patterns import Alert, Trend, alerts_of, by_month
from secondsource.review import ON_CLAIMS, Item, Judgements, Queue, Ranked, apply, complete

PASSPHRASE = "correct horse"


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
        self.made: list[Decision] = []
        self.linked = 0
        """How many of them the incidents know."""
        self._reports = {} if empty else {r.id: r for r in REPORTS.values()}
        self._incidents = [] if empty else INCIDENTS
        self._sources = {
            "s1": Source(id="s1", pseudonym="Magpie", reliability="B", connection="0102"),
            "s2": Source(id="s2", pseudonym="Heron", heard_from="s1"),
        }
        self.vault: dict[str, str | None] = {}

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

    def outlines(self, report_ids: Iterable[str] | None = None) -> list[Incident]:
        wanted = None if report_ids is None else set(report_ids)
        return [i for i in self.incidents() if wanted is None or wanted & set(i.reports)]

    def voices(self) -> list[Voice]:
        return [voice for reading in self.readings() for voice in reading.voices]

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
        return list(self._sources.values()) if self._reports else []

    def set_source(self, source: Source, *, identity: str | None = None) -> None:
        if not source.pseudonym:
            raise ValueError("a source needs a pseudonym")
        self._sources[source.id] = source
        self.vault[source.id] = identity

    def decisions(self) -> list[Decision]:
        return self.made

    def decide(
        self, kind: DecisionKind, targets: Sequence[str], *, who: str, why: str, value: str | None = None
    ) -> Decision:
        named = tuple(targets)
        if kind in ON_CLAIMS or kind is DecisionKind.UNDO:
            named, value = complete(
                kind,
                named,
                value,
                self.judgements(),
                find=self._find,
                sentences=lambda report: self.sentences(report.id),
                pack=PACK,
            )
        at = f"2020-01-02T03:{len(self.made):02}:00+00:00"
        decision = Decision(id=f"d_{len(self.made)}", kind=kind, targets=named, value=value, who=who, at=at, why=why)
        self.made.append(decision)
        return decision

    def _find(self, target: str) -> tuple[Report, Reading]:
        known = {c.id: c.report_id for c in CLAIMS.values()}
        held = self.judgements().in_force(target)
        if held and held.judgement:
            known[target] = held.judgement.claim.report_id
        report_id = known.get(target, target)
        reading = self.reading(report_id)
        if reading is None:
            raise KeyError(target)
        return self.report(report_id), reading

    def report_of(self, claim_id: str, /) -> str | None:
        try:
            return self._find(claim_id)[0].id
        except KeyError:
            return None

    def reviewed(self, report_id: str, /) -> Reading | None:
        found = self.reading(report_id)
        return found and apply(found, self.report(report_id), self.made, PACK)

    def sentences(self, report_id: str, /) -> list[Span]:
        return [
            Span(start=m.start(), end=m.end()) for m in re.finditer(r"\S[^.。\n]*[.。]?", self.report(report_id).text)
        ]

    def judgements(self) -> Judgements:
        return Judgements(self.made)

    def _waiting(self) -> tuple[list[Ranked], Queue]:
        claims = [c for reading in self.readings() for c in reading.claims]
        queue = Queue(self._incidents, claims, PACK.model_copy(update={"scripts": {}}))
        held = self.judgements()
        return [one for one in queue.ranked if held.in_force(one.claim.id) is None], queue

    def queue(self, limit: int = 20, start: int = 0) -> list[Item]:
        waiting, queue = self._waiting()
        return [
            Item(one.claim, self.report(one.claim.report_id), queue.reason(one), one)
            for one in waiting[start : start + limit]
        ]

    def progress(self) -> tuple[int, int]:
        held = len(self.judgements())
        return held, held + len(self._waiting()[0])

    def doubtful(self, limit: int = 20) -> list[Link]:
        return [link for incident in self._incidents for link in incident.links][:limit]

    def pending(self) -> int:
        return len(self.made) - self.linked

    def relink(self) -> None:
        self.linked = len(self.made)

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

    def alerts(self) -> list[Alert]:
        return alerts_of(self._incidents, self._reports, PACK)

    def close(self) -> None:
        self.closed = True


def open_fake(path: Path, passphrase: str, /) -> FakeBook:
    if not path.name.endswith(".book"):
        raise FileNotFoundError(path)
    if passphrase != PASSPHRASE:
        raise WrongPassphrase(path)
    return FakeBook()
