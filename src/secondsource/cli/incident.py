"""`show`: one incident on a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from secondsource.cli import show
from secondsource.model import FactKind, Finding, Incident, Report
from secondsource.packs import Pack


def value(finding: Finding, pack: Pack) -> str:
    if finding.kind is FactKind.PLACE and finding.value in pack.places:
        return pack.canonical(finding.value)
    if finding.kind is FactKind.ACT and finding.value in pack.acts:
        return show.label(pack.acts[finding.value].label, finding.value)
    if finding.kind is FactKind.PERPETRATOR and finding.value in pack.organisations:
        return show.label(pack.organisations[finding.value].label, finding.value)
    return finding.value


def print_incident(incident: Incident, reports: Mapping[str, Report], pack: Pack, *, why: bool) -> None:
    out = show.out
    out.print(
        show.plain(f"{incident.id}: {incident.when or 'date not said'}, {show.where(incident, pack)}"), style="bold"
    )
    if incident.uncoded:
        out.print(show.plain(f"A story told by these reports; nothing coded: {incident.headline or ''}"))
    out.print(show.plain(f"corroborated: {incident.corroboration.value}: {incident.corroboration.reason}"))
    out.print(show.plain(f"manufactured: {incident.manufactured.value}"))
    voices = {v.id: v for account in incident.accounts for v in account.voices}

    def who(finding: Finding) -> str:
        named = []
        for support in finding.support:
            voice = voices.get(support.voice_id or "")
            report = reports[support.report_id]
            named.append(f"{voice.descriptor if voice else 'the report itself'} ({report.outlet or report.id})")
        return "; ".join(dict.fromkeys(named))

    show.table(
        "Who says what",
        ("fact", "value", "verdict", "independent sources", "according to", "against it"),
        [
            (
                f.kind.value,
                value(f, pack),
                f.verdict.value,
                f"{f.independence.least} to {f.independence.most}: {f.independence.reason}",
                who(f),
                ", ".join(f.conflicts),
            )
            for f in incident.findings
        ],
    )
    show.table(
        "How it may have been done (hypotheses, not verdicts)",
        ("script", "probability", "stands on", "not told"),
        [
            (
                h.script,
                f"{h.words} ({show.between(h.low, h.high)})",
                ", ".join(s.step for s in h.steps if s.claims),
                ", ".join(s.step for s in h.steps if not s.claims),
            )
            for h in incident.hypotheses[:4]
        ],
    )
    if incident.hypotheses and incident.hypotheses[0].linchpin:
        out.print(
            show.plain(f"Hangs on one claim; without it another script comes first: {incident.hypotheses[0].linchpin}")
        )
    if incident.question is not None:
        asked = incident.question.text.get("en") or next(iter(incident.question.text.values()), "")
        out.print(show.plain(f"Ask next ({incident.question.gain:.2f} bits expected): {asked}"))
    rows = []
    for claim in incident.claims:
        report = reports[claim.report_id]
        how = claim.modality.value + ("" if claim.judged == "machine" else f", {claim.judged}")
        rows.append((claim.id, claim.act, how, report.outlet or report.id, claim.span.of(report.text)))
    show.table("Claims", ("id", "act", "modality", "report", "in these words"), rows)
    if why:
        for link in incident.links:
            rows_of_link = [(f.name, f"{f.weight:+.1f}", f.why) for f in link.factors]
            show.table(f"{link.a} and {link.b}: {link.weight:+.1f} bits", ("factor", "bits", "why"), rows_of_link)
