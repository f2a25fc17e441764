"""The story of an incident in one paragraph: only what claims say, each with how sure and according to whom."""

from __future__ import annotations

from collections.abc import Iterable

from secondsource.model import FactKind, Finding, Modality, Support, Verdict
from secondsource.web.telling import Telling
from secondsource.web.words import Words

ORDER = {"control": 0, "means": 1, "attempt": 2, "harm": 3, "relief": 4}
"""The kinds of act in the order in which they follow one another in most stories."""
MOST = 3
"""Voices named in one sentence; the table has them all."""


def sentences(telling: Telling, words: Words) -> list[str]:
    facts = {kind: [row.finding for row in rows] for kind, rows in telling.rows}
    found = [
        _opening(telling, words),
        *_acts(telling, facts.get(FactKind.ACT, []), words),
        _named(
            telling,
            facts.get(FactKind.PERPETRATOR, []),
            words._("The one named as responsible is %(value)s (%(who)s)."),
            words._("Named as responsible are %(value)s."),
            words,
        ),
        _named(
            telling,
            facts.get(FactKind.VICTIMS, []),
            words._("Affected, it is said: %(value)s (%(who)s)."),
            words._("Of those affected it is said: %(value)s."),
            words,
        ),
        _named(
            telling,
            facts.get(FactKind.SUM, []),
            words._("Money is spoken of: %(value)s (%(who)s)."),
            words._("Money is spoken of: %(value)s."),
            words,
        ),
        _disagreement(telling, words),
        _ground(telling, words),
    ]
    return [sentence for sentence in found if sentence]


def _opening(telling: Telling, words: Words) -> str:
    incident = telling.incident
    count = len(incident.reports)
    outlets = words.listed(r.outlet for r in telling.reports.values() if r.outlet and r.id in incident.reports)
    said = words._n("%(n)s report", "%(n)s reports", count) % {"n": count}
    teller = words._("%(reports)s by %(outlets)s") % {"reports": said, "outlets": outlets} if outlets else said
    where, when = words.places(incident.places), incident.when
    values = {"teller": teller, "where": where, "when": words.date(when)}
    if incident.practice:
        template = words._n("%(teller)s speaks of a practice", "%(teller)s speak of a practice", count)
    else:
        template = words._n("%(teller)s tells of an incident", "%(teller)s tell of an incident", count)
    template += words._(" in %(where)s") if where else words._(" at a place that is not named")
    template += words._(" (%(when)s).") if when else words._(", without a date.")
    return template % values


def _acts(telling: Telling, findings: list[Finding], words: Words) -> Iterable[str]:
    """Acts with the same standing and the same voices share a sentence."""
    groups: dict[tuple[Modality, str, bool], list[str]] = {}
    for finding in sorted(findings, key=lambda f: ORDER.get(words.act_kind(f.value), 3)):
        key = (_surest(finding), _who(telling, finding.support, words), finding.verdict is Verdict.CORROBORATED)
        groups.setdefault(key, []).append(words.act(finding.value))
    for (modality, who, corroborated), acts in groups.items():
        template = {
            Modality.ASSERTED: words._("According to %(who)s: %(acts)s."),
            Modality.HEDGED: words._("Perhaps, according to %(who)s: %(acts)s."),
            Modality.HEARD: words._("From hearsay, according to %(who)s: %(acts)s."),
            Modality.DENIED: words._("Denied by %(who)s: %(acts)s."),
            Modality.PLANNED: words._("Planned, according to %(who)s: %(acts)s."),
        }[modality]
        said = template % {"who": who, "acts": words.listed(acts)}
        yield said + (words._(" At least two independent sources stand behind this.") if corroborated else "")


def _surest(finding: Finding) -> Modality:
    """The plainest way in which any claim puts it: a denial only where nothing else is there."""
    said = {support.modality for support in finding.support}
    order = (Modality.ASSERTED, Modality.HEARD, Modality.HEDGED, Modality.PLANNED, Modality.DENIED)
    return next((m for m in order if m in said), Modality.HEDGED)


def _who(telling: Telling, support: Iterable[Support], words: Words) -> str:
    keys = {(s.report_id, s.voice_id) for s in support}
    columns = [c for c in telling.columns if (c.report.id, c.voice.id if c.voice else None) in keys]
    named = []
    for column in columns[:MOST]:
        outlet = column.report.outlet or words._("an unknown outlet")
        if column.voice is None:
            named.append(words._("%(outlet)s, which names no source") % {"outlet": outlet})
        else:
            descriptor = words._("“%(words)s”") % {"words": words.voice(column.voice)}
            named.append(words._("%(voice)s in %(outlet)s") % {"voice": descriptor, "outlet": outlet})
    more = len(columns) - MOST
    if more > 0:
        named.append(words._n("%(n)s more", "%(n)s more", more) % {"n": more})
    return words.listed(named) or words._("nobody who is named")


def _named(telling: Telling, findings: list[Finding], one: str, several: str, words: Words) -> str:
    if not findings:
        return ""
    values = [words.value(f.kind, f.value) for f in findings]
    if len(findings) == 1:
        return one % {"value": values[0], "who": _who(telling, findings[0].support, words)}
    parts = [
        words._("%(value)s (%(who)s)") % {"value": value, "who": _who(telling, f.support, words)}
        for value, f in zip(values, findings, strict=True)
    ]
    return several % {"value": words._("; ").join(parts)}


def _disagreement(telling: Telling, words: Words) -> str:
    kinds = [words.of_fact(kind) for kind, rows in telling.rows if any(row.finding.conflicts for row in rows)]
    if not kinds:
        return ""
    return words._("The tellings contradict one another on: %(kinds)s.") % {"kinds": words.listed(kinds).lower()}


def _ground(telling: Telling, words: Words) -> str:
    if telling.incident.practice:
        return ""
    return {
        "yes": words._("The event itself is corroborated."),
        "unclear": words._("Whether the event is corroborated is unclear."),
        "no": words._("The event is not corroborated."),
    }[telling.incident.corroboration.value]
