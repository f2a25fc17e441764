"""One incident, laid out: who says what, on what each fact stands, and the evidence behind each hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from secondsource import edtf
from secondsource.model import (
    HAPPENED,
    Account,
    Claim,
    ContextEvent,
    FactKind,
    Finding,
    Hypothesis,
    Incident,
    Link,
    Report,
    StepEvidence,
    Support,
    Voice,
)
from secondsource.patterns import Trend
from secondsource.web import charts, dates
from secondsource.web.words import ROLE, Words

QUOTE = 240
"""Characters of a claim's sentence that are quoted beside it."""


TRACKS = 12
"""Counties, and events, in the drawing of months."""


@dataclass(frozen=True, slots=True)
class Column:
    """A voice as one report cites it, or (`voice` None) the report itself, which names nobody."""

    number: int
    report: Report
    voice: Voice | None
    chain: tuple[Voice, ...]
    """From whom the voice has it, nearest first."""


@dataclass(frozen=True, slots=True)
class Row:
    """One fact, and for each column the claims that support it."""

    finding: Finding
    cells: tuple[tuple[Support, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    code: str
    claims: tuple[Claim, ...]
    """For each report the first sentence that stands for it."""
    more: int
    """How many further sentences do."""
    weight: float | None
    """Bits; None where the step was not weighed."""
    evidence: StepEvidence | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A hypothesis with its evidence, step by step."""

    hypothesis: Hypothesis
    steps: tuple[Step, ...]
    linchpin: Claim | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts that were held to tell of one incident."""

    link: Link
    a: Report | None
    b: Report | None


@dataclass(frozen=True, slots=True)
class Telling:
    incident: Incident
    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    columns: tuple[Column, ...]
    rows: tuple[tuple[FactKind, tuple[Row, ...]], ...]
    cases: tuple[Case, ...]
    pairs: tuple[Pair, ...]

    def quote(self, claim: Claim) -> str:
        report = self.reports.get(claim.report_id)
        text = " ".join(claim.span.of(report.text)[: QUOTE * 2].split()) if report else ""
        return text if len(text) <= QUOTE else text[: QUOTE - 1] + "…"

    def language(self, claim: Claim) -> str:
        return self.reports[claim.report_id].language.value if claim.report_id in self.reports else "und"


def tell(incident: Incident, reports: Mapping[str, Report], words: Words) -> Telling:
    """`reports` holds at least those that the incident's accounts come from."""
    claims = {claim.id: claim for claim in incident.claims}
    columns = _columns(incident, reports)
    where = {(c.report.id, c.voice.id if c.voice else None): c.number - 1 for c in columns}
    rows = [
        (kind, tuple(_row(f, where, len(columns)) for f in incident.findings if f.kind is kind)) for kind in FactKind
    ]
    accounts = {account.id: account for account in incident.accounts}
    return Telling(
        incident,
        reports,
        claims,
        columns,
        tuple((kind, found) for kind, found in rows if found),
        tuple(_case(h, claims, words) for h in incident.hypotheses),
        tuple(_pair(link, accounts, reports) for link in incident.links),
    )


def _columns(incident: Incident, reports: Mapping[str, Report]) -> tuple[Column, ...]:
    """Every voice that a finding rests on, in the order of the accounts."""
    voices = {v.id: v for account in incident.accounts for v in account.voices}
    order = {report_id: n for n, report_id in enumerate(incident.reports)}
    keys = dict.fromkeys((s.report_id, s.voice_id) for finding in incident.findings for s in finding.support)
    known = [key for key in keys if key[0] in reports]
    known.sort(key=lambda key: (order.get(key[0], len(order)), key[1] is None))
    return tuple(
        Column(number, reports[report_id], voices.get(voice_id or ""), _chain(voices.get(voice_id or ""), voices))
        for number, (report_id, voice_id) in enumerate(known, start=1)
    )


def _chain(voice: Voice | None, voices: Mapping[str, Voice]) -> tuple[Voice, ...]:
    chain: list[Voice] = []
    seen = {voice.id} if voice else set()
    while voice is not None and (voice := voices.get(voice.heard_from or "")) and voice.id not in seen:
        seen.add(voice.id)
        chain.append(voice)
    return tuple(chain)


def _row(finding: Finding, where: Mapping[tuple[str, str | None], int], width: int) -> Row:
    cells: list[list[Support]] = [[] for _ in range(width)]
    for support in finding.support:
        column = where.get((support.report_id, support.voice_id), where.get((support.report_id, None)))
        if column is not None:
            cells[column].append(support)
    return Row(finding, tuple(tuple(cell) for cell in cells))


def _case(hypothesis: Hypothesis, claims: Mapping[str, Claim], words: Words) -> Case:
    """Steps in the script's order; those without a claim are kept, for what is missing tells too."""
    evidence = {step.step: step for step in hypothesis.steps}
    order = dict.fromkeys([*words.steps(hypothesis.script), *evidence])
    steps = tuple(_step(code, evidence.get(code), claims) for code in order)
    return Case(hypothesis, steps, claims.get(hypothesis.linchpin or ""))


def _step(code: str, evidence: StepEvidence | None, claims: Mapping[str, Claim]) -> Step:
    if evidence is None:
        return Step(code, (), 0, None)
    standing = [claims[c] for c in evidence.claims if c in claims]
    sentences = {(c.report_id, c.span): c for c in reversed(standing)}
    first = {c.report_id: c for c in sorted(sentences.values(), key=lambda c: -c.span.start)}
    shown = tuple(dict.fromkeys(first[c.report_id] for c in standing))
    return Step(code, shown, len(sentences) - len(shown), evidence.weight, evidence)


def _pair(link: Link, accounts: Mapping[str, Account], reports: Mapping[str, Report]) -> Pair:
    sides = [reports.get(accounts[side].report_id) if side in accounts else None for side in (link.a, link.b)]
    return Pair(link, *sides)


# --- drawings -------------------------------------------------------------------------------


def timeline(telling: Telling, context: Sequence[ContextEvent], words: Words) -> Markup:
    """When each report says that it happened and when it was published, with what else happened then."""
    told: list[charts.Event] = []
    published: list[charts.Event] = []
    for account in telling.incident.accounts:
        report = telling.reports[account.report_id]
        outlet = report.outlet or words._("unknown outlet")
        if edges := dates.bounds(account.when):
            label = words._("%(outlet)s: %(date)s") % {"outlet": outlet, "date": words.date(account.when)}
            told.append(charts.Event(label, *edges, "told"))
        if edges := dates.bounds(report.published):
            label = words._("%(outlet)s: published %(date)s") % {"outlet": outlet, "date": words.date(report.published)}
            published.append(charts.Event(label, *edges, "published"))
    shown = sorted(dict.fromkeys(told[:20] + published[:20]), key=lambda e: (e.first, e.kind == "published", e.last))
    around = [
        charts.Event(words.label(event.label, event.code), *edges, "context")
        for event in nearby(telling.incident, context)
        if (edges := dates.bounds(event.when))
    ]
    return charts.timeline(
        [*around[:6], *shown], words._("When it is said to have happened, and when it was published")
    )


def nearby(incident: Incident, context: Sequence[ContextEvent]) -> list[ContextEvent]:
    """Context events that share a day with the incident. That they coincide is all that this says."""
    if dates.bounds(incident.when) is None:
        return []
    return [e for e in context if dates.bounds(e.when) and edtf.overlap(incident.when or "", e.when)]


def months(trend: Trend, words: Words) -> Markup:
    """Each county's months, those with most incidents first, below the events known from that time."""
    number = {month: n for n, month in enumerate(trend.months)}
    bars: dict[str | None, list[tuple[int, int, int]]] = {county: [] for county in trend.counties}
    for cell in trend.cells:
        bars[cell.county].append((number[cell.month], cell.least, cell.most))
    ranked = sorted(bars, key=lambda county: (-sum(most for _, _, most in bars[county]), county or ""))
    tracks = [
        charts.Track(words.place(county) if county else words._("place unknown"), tuple(bars[county]))
        for county in ranked[:TRACKS]
    ]
    bands = []
    for event in trend.events[:TRACKS]:
        during = [n for month, n in number.items() if edtf.overlap(event.when, month)]
        if during:
            bands.append((words.label(event.label, event.code), during[0], during[-1]))
    return charts.monthly(trend.months, tracks, bands, words._("Incidents reported, by month and county"))


def place_map(incident: Incident, words: Words) -> Markup:
    places = words.pack.places
    scenes = [p for p in dict.fromkeys(incident.places) if p in places]
    over = {upper for p in scenes for upper in words.pack.within(p)[1:]}
    points = [
        charts.Point(places[p].name, at[0], at[1], "scene") for p in scenes if p not in over and (at := _at(p, words))
    ]
    around = [
        charts.Point(place.name, place.lat, place.lon, "around")
        for place in places.values()
        if place.kind in {"city", "county"}
        and place.id not in scenes
        and place.lat is not None
        and place.lon is not None
    ]
    return charts.place_map([*points, *around], words._("Where it is said to have happened"))


def _at(place: str, words: Words) -> tuple[float, float] | None:
    one = words.pack.places[place]
    return (one.lat, one.lon) if one.lat is not None and one.lon is not None else None


def scenes(incident: Incident, words: Words) -> list[tuple[str, str]]:
    """Place and what it is in the story, for the list below the map."""
    roles: dict[str, dict[str, None]] = {place: {} for place in incident.places}
    for claim in incident.claims:
        for mention in claim.places:
            if mention.role in HAPPENED and mention.place in roles:
                roles[mention.place][words.of(ROLE, mention.role)] = None
    return [(words.place(place), words.listed(said)) for place, said in roles.items()]
