"""The release itself: plain data of an incident, and the same to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from secondsource.model import FactKind, Finding, Hypothesis, Incident, Source, Verdict
from secondsource.packs import Act, Organisation, Pack
from secondsource.release import coarsen
from secondsource.release.model import Policy

FACTS = {
    FactKind.ACT: "what happened",
    FactKind.PERPETRATOR: "by whom",
    FactKind.VICTIMS: "how many people",
    FactKind.PLACE: "where",
    FactKind.WHEN: "when",
    FactKind.SUM: "money",
}
VERDICTS = {
    Verdict.CORROBORATED: "corroborated by independent sources",
    Verdict.REPEATED: "told more than once, perhaps by one source",
    Verdict.SINGLE: "told by one source",
    Verdict.CONTESTED: "told differently by different sources",
    Verdict.UNSOURCED: "told without naming a source",
}
SUPPORT = {
    "yes": "A second, separate source supports it.",
    "unclear": "Whether a second, separate source supports it is unclear.",
    "no": "No second, separate source supports it.",
}
ICD_203 = {
    "almost no chance": (1, 5),
    "very unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly even chance": (45, 55),
    "likely": (55, 80),
    "very likely": (80, 95),
    "almost certain": (95, 99),
}
HEADINGS = {
    "practice": "# A practice",
    "story": "# A story told by reports; nothing of it is coded",
    "incident": "# An incident",
}
NOTE = (
    "Ages, dates, places, numbers and sums are made coarse to protect people. "
    "Hypotheses say how the reports fit known methods; they are no findings."
)


def data(incident: Incident, pack: Pack, sources: Mapping[str, Source], policy: Policy) -> dict[str, Any]:
    """What may be said of an incident, as JSON: codes' labels and coarse values, and nothing else."""
    return {
        "kind": "practice" if incident.practice else "story" if incident.uncoded else "incident",
        "when": coarsen.when(incident.when),
        "where": _places(incident.places, pack, policy),
        "people": coarsen.people(incident.victims.low, incident.victims.high, policy),
        "ages": _ages(incident),
        "findings": _findings(incident.findings, pack, policy),
        "second_source": incident.corroboration.value,
        "reports": coarsen.people(len(incident.reports), len(incident.reports), policy),
        "sources": _sources(incident, sources),
        "hypotheses": [_hypothesis(h, pack) for h in incident.hypotheses[: policy.hypotheses]],
        "note": NOTE,
    }


def _places(places: Iterable[str], pack: Pack, policy: Policy) -> list[str]:
    named = {p for place in places if (p := coarsen.where(place, pack, policy))}
    around = {outer for p in named for outer in pack.within(p)[1:]}
    return sorted(pack.canonical(p) for p in named - around)


def _ages(incident: Incident) -> list[str]:
    bands = {coarsen.age(v.age_min, v.age_max) for claim in incident.claims for v in claim.victims}
    return sorted(filter(None, bands))


def _findings(findings: Iterable[Finding], pack: Pack, policy: Policy) -> list[dict[str, str]]:
    """Findings that are the same when coarse become one: the one with the most behind it."""
    kept: dict[tuple[FactKind, str], Finding] = {}
    for finding in findings:
        value = _value(finding, pack, policy)
        if value is None:
            continue
        rival = kept.get((finding.kind, value))
        if rival is None or finding.independence.least > rival.independence.least:
            kept[finding.kind, value] = finding
    return [
        {
            "fact": FACTS[kind],
            "value": value,
            "verdict": VERDICTS[finding.verdict],
            "sources": coarsen.sources(finding.independence.least, finding.independence.most),
        }
        for (kind, value), finding in kept.items()
    ]


def _value(finding: Finding, pack: Pack, policy: Policy) -> str | None:
    match finding.kind:
        case FactKind.ACT:
            return _label(pack.acts.get(finding.value))
        case FactKind.PERPETRATOR:
            return _label(pack.organisations.get(finding.value))
        case FactKind.PLACE:
            place = coarsen.where(finding.value, pack, policy)
            return pack.canonical(place) if place else None
        case FactKind.WHEN:
            month = coarsen.when(finding.value)
            return coarsen.in_words(month) if month else None
        case FactKind.VICTIMS:
            return coarsen.people(*coarsen.count_of(finding.value), policy)
        case FactKind.SUM:
            return coarsen.amount(*coarsen.sum_of(finding.value))


def _label(entry: Act | Organisation | None) -> str | None:
    """The English label of a pack's entry, its code where it has none; None for what the pack does not know."""
    return (entry.label.get("en") or entry.code.replace("_", " ")) if entry else None


def _sources(incident: Incident, sources: Mapping[str, Source]) -> dict[str, int]:
    """What an editor lets be said of each source, and how many voices that stands for."""
    said: dict[str, str] = {}
    for account in incident.accounts:
        for voice in account.voices:
            source = sources.get(voice.id)
            words = " ".join(source.public.split()) if source else ""
            said[source.id if source else voice.id] = words or "a source"
    return dict(sorted(Counter(said.values()).items()))


def _hypothesis(hypothesis: Hypothesis, pack: Pack) -> dict[str, str]:
    script = pack.scripts.get(hypothesis.script)
    label = script.get("label") if isinstance(script, dict) else None
    percent = 100 * hypothesis.posterior
    words = next((w for w, (_, high) in ICD_203.items() if percent < high), "almost certain")
    low, high = ICD_203[words]
    return {
        "method": str(label.get("en")) if isinstance(label, dict) and "en" in label else "a method without a name",
        "probability": f"{words} ({low}-{high} %)",
        "range": f"{_percent(hypothesis.low)} to {_percent(hypothesis.high)}",
    }


def _percent(share: float) -> str:
    return f"{5 * round(20 * min(max(share, 0.0), 1.0))} %"


def markdown(data: Mapping[str, Any]) -> str:
    """The data of `data`, to read."""
    facts = [
        f"When: {coarsen.in_words(data['when']) if data['when'] else 'not known'}",
        f"Where: {'; '.join(data['where']) or 'not known'}",
        f"People: {data['people'] or 'not known'}",
        *([f"Ages: {'; '.join(data['ages'])}"] if data["ages"] else []),
        f"Reports: {data['reports']}",
        SUPPORT[data["second_source"]],
    ]
    sections = {
        HEADINGS[data["kind"]]: facts,
        "## What is claimed": [
            f"{f['fact']}: {f['value']}. {_first_upper(f['verdict'])} ({f['sources']})." for f in data["findings"]
        ],
        "## Who says so": [
            _inert(words) + (f" ({count} of them)" if count > 1 else "") for words, count in data["sources"].items()
        ],
        "## How it may have been done: hypotheses": [
            f"{h['method']}: {h['probability']}; {h['range']} for other priors" for h in data["hypotheses"]
        ],
    }
    pages = [f"{title}\n\n" + "\n".join(f"- {line}" for line in lines) for title, lines in sections.items() if lines]
    return "\n\n".join([*pages, data["note"]]) + "\n"


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _inert(words: str) -> str:
    """An editor's words without power over the page that they stand on."""
    return "".join(letter for letter in words if letter not in "<>[]`|\\" and letter.isprintable())
