"""What the claims of an incident establish: each fact with its support, its conflicts and its verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from secondsource import edtf
from secondsource.model import (
    HAPPENED,
    Account,
    Claim,
    Count,
    FactKind,
    Finding,
    Independence,
    Modality,
    Support,
    Verdict,
)
from secondsource.packs import Pack
from secondsource.people_count import merge
from secondsource.weighing.independence import ESTABLISHING, Sources

ARREST = "030101"
"""HURIDOCS code of the one act for which two organisations are a contradiction."""
NOT = "not "
"""Before an act's code: the value that somebody denies it."""

Facts = dict[str, list[Claim]]
"""Value to the claims that state it."""


def findings(accounts: Sequence[Account], sources: Sources, pack: Pack) -> tuple[Finding, ...]:
    """Every fact that is claimed, most widely supported first within its kind."""
    claims = [c for a in accounts for c in a.claims if c.modality is not Modality.PLANNED]
    told = [c for c in claims if c.modality is not Modality.DENIED]
    denied = {c.act for c in claims if c.modality is Modality.DENIED}
    tables: list[tuple[FactKind, Facts, Callable[[str, str], bool]]] = [
        (FactKind.ACT, _by(told, lambda c: [c.act]), _never),
        (FactKind.PERPETRATOR, _by(told, lambda c: [m.org for m in c.perpetrators]), _Arresters(told, pack)),
        (FactKind.VICTIMS, _victims(accounts), _disjoint_counts),
        (
            FactKind.PLACE,
            _by(told, lambda c: [m.place for m in c.places if m.role in HAPPENED]),
            _Elsewhere(told, pack),
        ),
        (FactKind.WHEN, _by(told, lambda c: [c.when.edtf] if c.when else []), _Otherwise(told, pack)),
        (FactKind.SUM, _by(told, lambda c: [_sum(s.amount, s.currency) for s in c.sums if not s.converts]), _never),
    ]
    found = []
    for kind, facts, contradict in tables:
        held = {v: [c for c in cs if c.modality in ESTABLISHING] for v, cs in facts.items()}
        for value, stating in sorted(facts.items(), key=lambda item: (-len(item[1]), item[0])):
            conflicts = tuple(
                other for other in facts if other != value and held[value] and held[other] and contradict(value, other)
            )
            if kind is FactKind.ACT and value in denied:
                conflicts = (*conflicts, NOT + value)
            found.append(_finding(kind, value, stating, conflicts, sources))
    return tuple(found)


def _finding(
    kind: FactKind, value: str, claims: Sequence[Claim], conflicts: tuple[str, ...], sources: Sources
) -> Finding:
    stating = _stating(kind, value, claims)
    interval = sources.interval(stating)
    support = tuple(
        Support(
            claim_id=c.id,
            report_id=c.report_id,
            voice_id=c.voice,
            span=c.span,
            modality=c.modality,
            grade=sources.grade(c),
        )
        for c in {c.id: c for c in claims}.values()
    )
    return Finding(
        kind=kind,
        value=value,
        support=support,
        independence=interval,
        verdict=verdict(interval, len(sources.voices(stating)), len({c.report_id for c in stating}), bool(conflicts)),
        conflicts=conflicts,
    )


def _stating(kind: FactKind, value: str, claims: Sequence[Claim]) -> list[Claim]:
    """Those claims in whose own words the value stands. A date or place that a report gives once, and that reading
    takes to hold for what another voice tells too, is said by one voice: of such a report its first claim."""
    by_report: dict[str, list[Claim]] = {}
    for claim in claims:
        by_report.setdefault(claim.report_id, []).append(claim)
    own = {r: [c for c in told if _says(kind, value, c)] for r, told in by_report.items()}
    return [c for r, told in by_report.items() for c in own[r] or told[:1]]


def _says(kind: FactKind, value: str, claim: Claim) -> bool:
    if kind is FactKind.PERPETRATOR:
        spans = [m.span for m in claim.perpetrators if m.org == value]
    elif kind is FactKind.PLACE:
        spans = [m.span for m in claim.places if m.place == value and m.role in HAPPENED]
    elif kind is FactKind.WHEN:
        spans = [claim.when.span] if claim.when else []
    elif kind is FactKind.SUM:
        spans = [m.span for m in claim.sums if _sum(m.amount, m.currency) == value]
    else:
        return True
    return any(claim.span.covers(span) for span in spans)


def verdict(interval: Independence, voices: int, reports: int, contested: bool) -> Verdict:
    """A contested fact is never called corroborated; a corroborated one has a least of two."""
    if contested:
        return Verdict.CONTESTED
    if voices == 0:
        return Verdict.UNSOURCED
    if interval.least >= 2:
        return Verdict.CORROBORATED
    return Verdict.REPEATED if max(voices, reports) > 1 else Verdict.SINGLE


def _by(claims: Iterable[Claim], values: Callable[[Claim], Iterable[str]]) -> Facts:
    facts: Facts = {}
    for claim in claims:
        for value in dict.fromkeys(values(claim)):
            facts.setdefault(value, []).append(claim)
    return facts


def _sum(amount: float, currency: str) -> str:
    return f"{amount:.12g} {currency}"


def _victims(accounts: Iterable[Account]) -> Facts:
    """'low..high' for each account that counts them, an unknown end left empty."""
    facts: Facts = {}
    for account in accounts:
        if account.victims.low is None and account.victims.high is None:
            continue
        low, high = ("" if end is None else str(end) for end in (account.victims.low, account.victims.high))
        told = [c for c in account.claims if c.victims and c.modality not in {Modality.DENIED, Modality.PLANNED}]
        if told:
            facts.setdefault(f"{low}..{high}", []).extend(_counting(told, account.victims))
    return facts


def _counting(told: Sequence[Claim], count: Count) -> list[Claim]:
    """The claims of those who give the whole number. Where none does, it is pieced together of what several say, and
    nobody bears the others out: those of whoever says most stand for it."""
    by_voice: dict[str | None, list[Claim]] = {}
    for claim in told:
        by_voice.setdefault(claim.voice, []).append(claim)
    if len(by_voice) < 2:
        return list(told)
    whole = [c for own in by_voice.values() if merge(p for one in own for p in one.victims) == count for c in own]
    return whole or max(by_voice.values(), key=len)


def _disjoint_counts(a: str, b: str) -> bool:
    (low_a, high_a), (low_b, high_b) = (
        (int(low or 0), int(high) if high else None) for low, _, high in (v.partition("..") for v in (a, b))
    )
    return (high_a is not None and high_a < low_b) or (high_b is not None and high_b < low_a)


def _never(_a: str, _b: str) -> bool:
    return False


class _Rival:
    """Two values contradict only where different reports or voices state them of the same act."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._held = [c for c in claims if c.modality in ESTABLISHING]

    def _pairs(self, stating: Mapping[str, list[Claim]], a: str, b: str) -> bool:
        return any(
            x.act == y.act and (x.report_id != y.report_id or (x.voice is not None and y.voice not in {None, x.voice}))
            for x in stating.get(a, ())
            for y in stating.get(b, ())
        )


class _Otherwise(_Rival):
    """Dates that no day fits, for the same core act in different reports; of money sent or a campaign there
    are many dates, all of them true."""

    def __init__(self, claims: Iterable[Claim], pack: Pack) -> None:
        super().__init__(c for c in claims if c.act in pack.acts and pack.acts[c.act].core)
        self._stating = _by(self._held, lambda c: [c.when.edtf] if c.when else [])

    def __call__(self, a: str, b: str) -> bool:
        return edtf.overlap(a, b) is False and self._pairs(self._stating, a, b)


class _Elsewhere(_Rival):
    """Places of one kind, neither in the other, for the same act; unless one claim names both."""

    def __init__(self, claims: Iterable[Claim], pack: Pack) -> None:
        super().__init__(claims)
        self._pack = pack
        self._stating = _by(self._held, lambda c: [m.place for m in c.places if m.role in HAPPENED])

    def __call__(self, a: str, b: str) -> bool:
        places = self._pack.places
        if a not in places or b not in places or _level(places[a].kind) != _level(places[b].kind):
            return False
        if a in self._pack.within(b) or b in self._pack.within(a):
            return False
        together = {c.report_id for c in self._stating.get(a, ())} & {c.report_id for c in self._stating.get(b, ())}
        return not together and self._pairs(self._stating, a, b)


def _level(kind: str) -> str:
    return "county" if kind in {"county", "city"} else kind


class _Arresters(_Rival):
    """Two bodies of one state that different reports each make the only ones to arrest."""

    def __init__(self, claims: Iterable[Claim], pack: Pack) -> None:
        arrests = {code for code, act in pack.acts.items() if ARREST in act.huridocs}
        super().__init__(c for c in claims if c.act in arrests)
        self._pack = pack
        self._stating = _by(self._held, lambda c: [m.org for m in c.perpetrators])

    def __call__(self, a: str, b: str) -> bool:
        organisations = self._pack.organisations
        sides = {organisations[o].side for o in (a, b) if o in organisations}
        if sides != {"state"}:
            return False
        reports_a, reports_b = ({c.report_id for c in self._stating.get(o, ())} for o in (a, b))
        return not (reports_a & reports_b) and self._pairs(self._stating, a, b)
