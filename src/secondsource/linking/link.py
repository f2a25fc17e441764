"""Accounts into incidents: the whole of linking, from accounts to clusters with reasons."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from secondsource.linking import retelling
from secondsource.linking.collection import Collection, Engine, Judged, memory
from secondsource.linking.compare import Explainer, descriptions
from secondsource.linking.rows import Rows
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
    """What a collection of these accounts, each at its number, makes of them, under a person's decisions."""
    made = []
    shown = Shown(collection, pack)
    for group in grouped(collection, pack, decisions):
        members = tuple(accounts[n] for n in group)
        made.append(Cluster(incident_id(members[0].id), members, shown.links(group)))
    return made


def incident_id(first: str) -> str:
    """Of the incident whose first account has this id."""
    return content_id("i", first)


def grouped(collection: Collection, pack: Pack, decisions: Sequence[Decision] = ()) -> list[list[int]]:
    """Account numbers by incident, in the order of their first accounts, each in the order of receipt."""
    if pack.linking.stories is None:
        return collection.groups(judged(decisions))
    dense = _Dense(collection)
    found = retelling.groups(cast(Collection, dense), pack.linking, judged(decisions))
    return [[dense.numbers[n] for n in group] for group in found]


class _Dense:
    """A collection as one that holds those accounts only that are linked, in the order of receipt."""

    def __init__(self, collection: Collection) -> None:
        known = collection.known
        self._collection = collection
        self.numbers = sorted(known.number.values(), key=known.ranks.__getitem__)
        known.told.need(self.numbers)
        self.rows = Rows([known.told[n] for n in self.numbers], collection.scorer)

    def groups(self, judged: Judged) -> list[list[int]]:
        place = {number: n for n, number in enumerate(self.numbers)}
        return [[place[number] for number in group] for group in self._collection.groups(judged)]


class Shown:
    """Pairs of a collection, explained."""

    def __init__(self, collection: Collection, pack: Pack) -> None:
        self._collection = collection
        self._explain = Explainer(collection.scorer, pack)

    def link(self, one: int, other: int) -> Link:
        return self._explain(self._collection.rows[one], self._collection.rows[other])

    def links(self, group: Sequence[int]) -> tuple[Link, ...]:
        """Those between the accounts of one incident."""
        pairs = itertools.islice(itertools.combinations(group, 2), MOST_SHOWN)
        rows = self._collection.rows
        return tuple(self._explain.joined(rows[i], rows[j]) for i, j in pairs)


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
    shown = Shown(collection, pack)
    return [shown.link(i, j) for i, j in collection.doubtful(judged(decisions), limit)]
