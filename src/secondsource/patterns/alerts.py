"""Alerts: where, and since when, enough is known of a method to warn of it. Never of whom.

    alerts_of(incidents, reports, pack) -> list[Alert]

The rules are data (`alerts.yaml` of a pack). An alert rests on different incidents, not on reports: what is
repeated, and what may be one incident told twice, is counted once. A practice is no incident.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from secondsource import edtf, scripts
from secondsource.model import Hypothesis, Incident, Report
from secondsource.packs import AlertRule, Pack

FINE = frozenset({"county", "city"})
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Ground:
    """An incident as a rule takes it. `known`: the day on which what decides it was out; `when`: EDTF."""

    incident: str
    county: str
    known: date
    when: str | None


@dataclass(frozen=True, slots=True)
class Alert:
    """`since`: the day on which enough was known; `until`: the last day on which it stands unless more comes.

    `grounds`: what it rests on, in the order in which it became known; `different`: how many incidents these are
    at least; `falls_with`: how many of them must prove no such incident, or one told twice, to undo it.
    """

    rule: AlertRule
    county: str
    since: date
    until: date
    different: int
    grounds: tuple[Ground, ...]

    @property
    def falls_with(self) -> int:
        return self.different - self.rule.enough + 1

    def stands(self, day: date) -> bool:
        return self.since <= day <= self.until


def alerts_of(incidents: Iterable[Incident], reports: Mapping[str, Report], pack: Pack) -> list[Alert]:
    """Every alert that was ever raised, lapsed ones too, the latest first. `reports` by id."""
    known = list(incidents)
    found = [a for rule in pack.alerts for a in raised(rule, grounds(rule, known, reports, pack))]
    return sorted(found, key=lambda a: (a.until, a.since, a.county), reverse=True)


def grounds(
    rule: AlertRule, incidents: Iterable[Incident], reports: Mapping[str, Report], pack: Pack
) -> Iterator[Ground]:
    """The incidents that count for a rule. One that lies in no single county, or is history, does not."""
    script = scripts.load(pack)[rule.script]
    decisive = {step.code: step.decisive for step in script.steps if step.decisive is not None}
    for incident in incidents:
        if incident.practice or incident.manufactured.value not in rule.called or not incident.hypotheses:
            continue
        county, likeliest = _county(incident, pack), incident.hypotheses[0]
        if county is None or likeliest.script != rule.script:
            continue
        known = _known(incident, likeliest, decisive, reports)
        if not _history(incident.when, known, rule):
            yield Ground(incident.id, county, known, incident.when)


def raised(rule: AlertRule, found: Iterable[Ground]) -> list[Alert]:
    """The alerts of one rule, in the order of their counties, then days."""
    by_county: dict[str, list[Ground]] = defaultdict(list)
    for ground in found:
        by_county[ground.county].append(ground)
    return [
        alert
        for county in sorted(by_county)
        for alert in _in_county(rule, sorted(by_county[county], key=lambda g: (g.known, g.incident)))
    ]


def different(found: Sequence[Ground]) -> int:
    """The least number of incidents that these can be: those whose days may be the same one may be one incident."""
    count, end = 0, date.min
    for first, last in sorted((_days(g.when) for g in found), key=lambda days: days[1]):
        if first > end or count == 0:
            count, end = count + 1, last
    return count


def _in_county(rule: AlertRule, found: Sequence[Ground]) -> Iterator[Alert]:
    standing: Alert | None = None
    since = date.min
    for n, ground in enumerate(found):
        if standing is not None and ground.known <= standing.until:
            standing = _with(standing, ground)
            continue
        if standing is not None:
            yield standing
            standing, since = None, ground.known
        opens = max(since, ground.known - timedelta(days=rule.within_days))
        within = [g for g in found[: n + 1] if g.known >= opens]
        if (count := different(within)) >= rule.enough:
            until = ground.known + timedelta(days=rule.lasts_days)
            standing = Alert(rule, ground.county, ground.known, until, count, tuple(within))
    if standing is not None:
        yield standing


def _with(alert: Alert, ground: Ground) -> Alert:
    """The alert with one more ground: it lasts longer only where that is surely another incident."""
    found = (*alert.grounds, ground)
    count = different(found)
    until = ground.known + timedelta(days=alert.rule.lasts_days) if count > alert.different else alert.until
    return Alert(alert.rule, alert.county, alert.since, until, count, found)


def _days(when: str | None) -> tuple[date, date]:
    """The first and the last day that it can have been."""
    interval = edtf.parse(when) if when is not None else None
    if interval is None or interval.yearless:
        return date.min, date.max
    return interval.earliest or date.min, interval.latest or date.max


def _history(when: str | None, known: date, rule: AlertRule) -> bool:
    last = _days(when)[1]
    return last < known and (known - last).days > rule.old_days


def _county(incident: Incident, pack: Pack) -> str | None:
    """The county or city of the place that is best attested."""
    for place in incident.places:
        for one in pack.within(place):
            if pack.places[one].kind in FINE:
                return one
    return None


def _known(
    incident: Incident, likeliest: Hypothesis, decisive: Mapping[str, str | None], reports: Mapping[str, Report]
) -> date:
    """The day on which the first report of each thing that decides the method was out."""
    report_of = {claim.id: claim.report_id for claim in incident.claims}
    first: dict[str | None, date] = {}
    for step in likeliest.steps:
        for day in (_out(reports[report_of[claim]]) for claim in step.claims if step.step in decisive):
            word = decisive[step.step]
            first[word] = min(day, first.get(word, day))
    return max(first.values()) if first else min(_out(reports[r]) for r in incident.reports)


def _out(report: Report) -> date:
    """The last day on which it can have been published: no later than it came in, nor before there was anything."""
    came = date.fromisoformat(report.received[:10])
    return max(EARLIEST, min(_days(report.published)[1], came))
