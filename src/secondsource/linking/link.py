"""Accounts into incidents: the whole of linking, from accounts to clusters with reasons."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secondsource.linking.collection import Collection, Engine, Judged, memory
from secondsource.linking.compare import Explainer, descriptions
from secondsource.model import Account, Decision, DecisionKind, Link, Report, content_id
from secondsource.packs import Pack

SAID = {DecisionKind.LINK: True, DecisionKind.UNLINK: False, DecisionKind.UNSURE: None}
MOST_SHOWN = 300
"""Links of one incident that are explained, the earliest accounts first: nobody reads more."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The accounts of one incident, earliest received first, with the links between them."""

    id: str
    accounts: tuple[Account, ...]
    links: tuple[Link, ...]


def link(
    accounts: Sequence[Account],
    reports: Mapping[str, Report],
    pack: Pack,
    decisions: Sequence[Decision] = (),
    engine: Engine = memory,
) -> list[Cluster]:
    """All accounts, each in exactly one cluster, in the order of their first accounts.

    Practices are linked among themselves only. `accounts` must be in the order of receipt.
    """
    collection = Collection(pack, descriptions(accounts, reports, pack), engine)
    return clusters(collection, accounts, pack, decisions)


def clusters(
    collection: Collection, accounts: Sequence[Account], pack: Pack, decisions: Sequence[Decision] = ()
) -> list[Cluster]:
    """What a collection of these accounts makes of them, under a person's decisions."""
    explain = Explainer(collection.scorer, pack)
    made = []
    for group in collection.groups(judged(decisions)):
        members = tuple(accounts[n] for n in group)
        pairs = itertools.islice(itertools.combinations(group, 2), MOST_SHOWN)
        links = tuple(explain(collection.rows[i], collection.rows[j]) for i, j in pairs)
        made.append(Cluster(content_id("i", members[0].id), members, links))
    return made


def judged(decisions: Sequence[Decision]) -> Judged:
    """What a person said of pairs of account ids; the latest word counts."""
    return {
        frozenset(pair): SAID[decision.kind]
        for decision in decisions
        if decision.kind in SAID
        for pair in itertools.combinations(decision.targets, 2)
    }


def doubtful(collection: Collection, pack: Pack, decisions: Sequence[Decision] = (), limit: int = 20) -> list[Link]:
    """The pairs of accounts whose judgement by a person would help most, with what speaks for each."""
    explain = Explainer(collection.scorer, pack)
    pairs = collection.doubtful(judged(decisions))[:limit]
    return [explain(collection.rows[i], collection.rows[j]) for i, j in pairs]
