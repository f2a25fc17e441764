"""Weighing: what the claims of an incident establish, who stands behind it, and how it was probably done.

incident = weigh(cluster.id, cluster.accounts, cluster.links, reports, pack, decisions, sources)
incidents = list(reweigh(incidents, pack))      # other rates or priors, the same claims
decided = verdict(seen, claims, reports, pack)  # the same from marks that were kept, without an incident
bare = unweighed(cluster.id, ...)               # where weighing failed
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from secondsource.model import (
    Account,
    Claim,
    Corroboration,
    Decision,
    Incident,
    Link,
    Manufactured,
    Modality,
    Report,
    Source,
)
from secondsource.packs import Pack
from secondsource.scripts import Observed
from secondsource.weighing import summary
from secondsource.weighing.corroborate import corroboration
from secondsource.weighing.findings import findings
from secondsource.weighing.grades import GradeRefused, check_grade
from secondsource.weighing.hypotheses import observed
from secondsource.weighing.independence import Sources
from secondsource.weighing.matrix import Evidence, matrix
from secondsource.weighing.people import check_source
from secondsource.weighing.verdict import Verdict, verdict

HEADLINE = 120
"""Characters."""

__all__ = [
    "Evidence",
    "GradeRefused",
    "Observed",
    "Verdict",
    "check_grade",
    "check_source",
    "matrix",
    "reweigh",
    "unweighed",
    "verdict",
    "weigh",
]


def weigh(
    incident_id: str,
    accounts: Sequence[Account],
    links: Sequence[Link],
    reports: Mapping[str, Report],
    pack: Pack,
    decisions: Sequence[Decision] = (),
    known: Sequence[Source] = (),
    before: Incident | None = None,
) -> Incident:
    """One incident out of the accounts that tell of it; a function of its arguments alone.

    `reports` holds at least the accounts' reports, by id. KeyError where one is missing. `known`: sources as people
    set them down. `before`: what was made of the same accounts with the same pack, whose marks are taken over
    instead of being looked for in the texts again.
    """
    claims = [c for a in accounts for c in a.claims]
    if not claims and not any(a.acts for a in accounts):
        return _story(incident_id, accounts, links, reports)
    sources = Sources(accounts, reports, pack, decisions, known)
    found = findings(accounts, sources, pack)
    telling = [c for c in claims if c.modality is not Modality.DENIED and not sources.doubted(c)]
    seen = _seen(before, telling, claims) or observed(telling, reports, pack)
    decided = verdict(seen, claims, len({a.report_id for a in accounts}), pack)
    return Incident(
        id=incident_id,
        accounts=tuple(accounts),
        links=tuple(links),
        practice=bool(accounts) and all(a.practice for a in accounts),
        acts=summary.by_accounts([a.acts for a in accounts]),
        perpetrators=summary.by_accounts([a.perpetrators for a in accounts]),
        places=summary.places(accounts, pack),
        when=summary.when(accounts),
        victims=summary.victims(accounts),
        findings=found,
        hypotheses=decided.hypotheses,
        ties=tuple(sources.ties),
        signals=seen.shown,
        hints=tuple(sorted(seen.hinted)),
        question=decided.question,
        corroboration=corroboration(claims, found, sources, pack),
        manufactured=decided.manufactured,
    )


def _story(
    incident_id: str, accounts: Sequence[Account], links: Sequence[Link], reports: Mapping[str, Report]
) -> Incident:
    """Reports that tell of one event by their words, in which nothing is coded: there is nothing to weigh."""
    first = reports[accounts[0].report_id]
    lines = (" ".join(line.split()) for line in (first.title or first.text[:HEADLINE]).split("\n"))
    return Incident(
        id=incident_id,
        accounts=tuple(accounts),
        links=tuple(links),
        corroboration=Corroboration(value="no", reason="Nothing is coded in its reports: there is no fact to support."),
        headline=next((line for line in lines if line), "")[:HEADLINE] or None,
    )


def reweigh(incidents: Iterable[Incident], pack: Pack) -> Iterator[Incident]:
    """The same claims under other rates, priors or tempering: hypotheses, question and verdict anew from the marks
    that were seen. Texts are not read again, so it is of no use after patterns have changed."""
    for one in incidents:
        if one.uncoded:
            yield one
            continue
        new = verdict(Observed(one.signals, frozenset(one.hints)), one.claims, len(one.reports), pack)
        decided = {"hypotheses": new.hypotheses, "question": new.question, "manufactured": new.manufactured}
        yield one.model_copy(update=decided)


def unweighed(incident_id: str, accounts: Sequence[Account], links: Sequence[Link], fault: str) -> Incident:
    """An incident that could not be weighed: its accounts as they are, nothing concluded."""
    return Incident(
        id=incident_id,
        accounts=tuple(accounts),
        links=tuple(links),
        practice=bool(accounts) and all(a.practice for a in accounts),
        acts=summary.by_accounts([a.acts for a in accounts]),
        corroboration=Corroboration(value="no", reason=f"This incident could not be weighed: {fault}."),
        manufactured=Manufactured.NO,
    )


def _seen(before: Incident | None, telling: Sequence[Claim], claims: Sequence[Claim]) -> Observed | None:
    """The marks of `before`, where it was made of these very claims and none of them is left out now."""
    if before is None or len(telling) != sum(c.modality is not Modality.DENIED for c in claims):
        return None
    same = before.claims == tuple(claims) and bool(before.signals or before.hints)
    return Observed(before.signals, frozenset(before.hints)) if same else None
