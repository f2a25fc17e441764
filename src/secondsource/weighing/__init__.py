"""Weighing: what the claims of an incident establish, who stands behind it, and how it was probably done.

incident = weigh(cluster.id, cluster.accounts, cluster.links, reports, pack, decisions)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from secondsource.model import Account, Decision, Incident, Link, Modality, Report
from secondsource.packs import Pack
from secondsource.weighing import summary
from secondsource.weighing.corroborate import corroboration
from secondsource.weighing.findings import findings
from secondsource.weighing.hypotheses import hypotheses, manufactured, observed
from secondsource.weighing.independence import Sources
from secondsource.weighing.questions import next_question

__all__ = ["weigh"]


def weigh(
    incident_id: str,
    accounts: Sequence[Account],
    links: Sequence[Link],
    reports: Mapping[str, Report],
    pack: Pack,
    decisions: Sequence[Decision] = (),
) -> Incident:
    """One incident out of the accounts that tell of it; a function of its arguments alone.

    `reports` holds at least the accounts' reports, by id. KeyError where one is missing.
    """
    claims = [c for a in accounts for c in a.claims]
    sources = Sources(accounts, reports, pack, decisions)
    found = findings(accounts, sources, pack)
    seen = observed([c for c in claims if c.modality is not Modality.DENIED], reports, pack)
    ranked = hypotheses(seen, pack, len({a.report_id for a in accounts}))
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
        hypotheses=ranked,
        question=next_question(ranked, seen, pack),
        corroboration=corroboration(claims, found, sources, pack),
        manufactured=manufactured(ranked, seen, claims, pack),
    )
