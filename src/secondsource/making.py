"""Accounts out of readings and incidents out of clusters, one by one: what fails for one is named, and the rest goes
on."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from secondsource import linking, review, weighing
from secondsource.model import Account, Decision, Incident, Reading, Report, Source
from secondsource.packs import Pack

Faults = list[tuple[str, str]]
"""(Id of the report or incident, what went wrong with it.)"""
Told = list[tuple[Account, linking.Entry]]
"""Accounts as they enter a collection."""
PLACES = 20
"""Binary digits of an account's rank that are its place in its report; those before are the report's own."""


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
            found += _accounts(one, reports[one.report_id], judgements, pack)[0]
        except Exception as error:  # one report must not stop the others
            faults.append((one.report_id, fault("linking", error)))
    return found


def entries(
    readings: Iterable[tuple[int, Reading]],
    reports: Mapping[str, Report],
    judgements: review.Judgements,
    pack: Pack,
    faults: Faults,
) -> Told:
    """The accounts of some readings as they are linked, each reading with its report's place in the order of receipt.

    Where people judged claims, what the machine read is still what rarity is counted over.
    """
    standing: list[tuple[Account, int, bool, bool]] = []
    for seq, one in readings:
        try:
            accounts, read = _accounts(one, reports[one.report_id], judgements, pack)
        except Exception as error:  # one report must not stop the others
            faults.append((one.report_id, fault("linking", error)))
            continue
        judged = accounts is not read
        standing += [(a, (seq << PLACES) + n, True, not judged) for n, a in enumerate(read)]
        standing += [(a, (seq << PLACES) + n, False, True) for n, a in enumerate(accounts) if judged]
    try:
        return _described(standing, reports, pack)
    except Exception:  # which one it was is seen by taking them apart
        found: Told = []
        for report_id, some in groupby(standing, key=lambda one: one[0].report_id):
            try:
                found += _described(list(some), reports, pack)
            except Exception as error:
                faults.append((report_id, fault("linking", error)))
        return found


def _described(standing: Sequence[tuple[Account, int, bool, bool]], reports: Mapping[str, Report], pack: Pack) -> Told:
    accounts = [account for account, *_ in standing]
    told = linking.descriptions(accounts, reports, pack)
    return [(one[0], linking.Entry(t, *one[1:])) for one, t in zip(standing, told, strict=True)]


def _accounts(
    one: Reading, report: Report, judgements: review.Judgements, pack: Pack
) -> tuple[list[Account], list[Account]]:
    """As people judged it, and as it was read: the same object where nobody did."""
    judged = review.apply(one, report, judgements, pack)
    read = linking.accounts(one, pack)
    return (read if judged is one else _same_ids(linking.accounts(judged, pack), read)), read


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


def weigh(
    one: linking.Cluster,
    reports: Mapping[str, Report],
    pack: Pack,
    decisions: Sequence[Decision],
    known: Sequence[Source],
    before: Incident | None,
    faults: Faults,
) -> Incident:
    """`before`: the incident as it was made with the same pack and code, whose marks need not be sought again."""
    try:
        return weighing.weigh(one.id, one.accounts, one.links, reports, pack, decisions, known, before=before)
    except Exception as error:  # one incident must not stop the others
        why = fault("weighing", error)
        faults.append((one.id, why))
        return weighing.unweighed(one.id, one.accounts, one.links, why)


def weigh_all(
    clusters: Sequence[linking.Cluster],
    reports: Mapping[str, Report],
    pack: Pack,
    decisions: Sequence[Decision],
    known: Sequence[Source],
    faults: Faults,
    progress: Callable[[str, int, int], None],
) -> list[Incident]:
    incidents = []
    for count, one in enumerate(clusters, start=1):
        incidents.append(weigh(one, reports, pack, decisions, known, None, faults))
        progress("weigh", count, len(clusters))
    return incidents
