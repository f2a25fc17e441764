"""Incidents out of clusters, one by one: what fails for one is named, and the rest goes on."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from secondsource import linking, review, weighing
from secondsource.model import Account, Decision, Incident, Reading, Report, Source
from secondsource.packs import Pack

Faults = list[tuple[str, str]]
"""(Id of the report or incident, what went wrong with it.)"""


def fault(what: str, error: Exception) -> str:
    """What failed and where in the code. Not the error's own words: they may quote the report."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{what} failed on it ({type(error).__name__}, {Path(frames[-1].filename).name} line {frames[-1].lineno})"


def accounts_of(
    readings: Iterable[Reading],
    reports: Mapping[str, Report],
    judgements: review.Judgements,
    pack: Pack,
    faults: Faults,
) -> list[Account]:
    """What each report tells of each incident, as people judged it."""
    found: list[Account] = []
    for one in readings:
        try:
            judged = review.apply(one, reports[one.report_id], judgements, pack)
            accounts = linking.accounts(judged, pack)
            found += accounts if judged is one else _same_ids(accounts, linking.accounts(one, pack))
        except Exception as error:  # one report must not stop the others
            faults.append((one.report_id, fault("linking", error)))
    return found


def _same_ids(accounts: Sequence[Account], read: Iterable[Account]) -> list[Account]:
    """Accounts under the ids that they had before anybody judged their claims: links that people made, and addresses
    of incidents, go by them."""
    was = {claim.id: account.id for account in read for claim in account.claims}
    left = set(was.values())
    kept = []
    for account in accounts:
        held = Counter(was[c.id] for c in account.claims if was.get(c.id) in left)
        if held:
            (same, _), *_ = held.most_common(1)
            left.discard(same)
            account = account.model_copy(update={"id": same})  # noqa: PLW2901
        kept.append(account)
    return kept


def weigh_all(
    clusters: Sequence[linking.Cluster],
    reports: Mapping[str, Report],
    pack: Pack,
    decisions: Sequence[Decision],
    known: Sequence[Source],
    before: Mapping[str, Incident],
    faults: Faults,
    progress: Callable[[str, int, int], None],
) -> list[Incident]:
    """`before`: incidents by id that were made with the same pack and code, whose marks need not be sought again."""
    incidents = []
    for count, one in enumerate(clusters, start=1):
        try:
            incidents.append(
                weighing.weigh(
                    one.id, one.accounts, one.links, reports, pack, decisions, known, before=before.get(one.id)
                )
            )
        except Exception as error:  # nor one incident
            why = fault("weighing", error)
            faults.append((one.id, why))
            incidents.append(weighing.unweighed(one.id, one.accounts, one.links, why))
        progress("weigh", count, len(clusters))
    return incidents
