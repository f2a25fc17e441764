"""Accounts into incidents: candidate pairs by blocks, weights by comparison, average linkage.

Average linkage does not chain look-alikes: a cluster grows only where its members are, on the
whole, likelier one than two. What cannot be one is kept apart whatever it weighs.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from secondsource import edtf
from secondsource.linking.compare import Comparer
from secondsource.model import Account, Decision, DecisionKind, Link, Report, content_id
from secondsource.packs import Pack

THRESHOLD = 0.0
"""Bits: above it two clusters are likelier one than two."""
DECIDED = 1000.0
"""Bits that a person's `link` weighs: more than anything the machine can bring together."""
EXCLUDES_DAYS = 60
"""Two dates this far apart cannot be one incident misdated by a source's "last month"."""
MISSING = -6.0
"""Bits for two accounts that share no block: they were never compared."""
LARGEST_BLOCK = 400
"""A block of more says nothing: other keys must bring its members together."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The accounts of one incident, earliest received first, with the links between them."""

    id: str
    accounts: tuple[Account, ...]
    links: tuple[Link, ...]


def link(
    accounts: Sequence[Account], reports: Mapping[str, Report], pack: Pack, decisions: Sequence[Decision] = ()
) -> list[Cluster]:
    """All accounts, each in exactly one cluster, in the order of their first accounts.

    Practices are linked among themselves only. `accounts` must be in the order of receipt.
    """
    clusters: list[Cluster] = []
    for practice in (False, True):
        some = [a for a in accounts if a.practice is practice]
        clusters += _cluster(some, Comparer(some, reports, pack), pack, _judged(decisions))
    order = {a.id: n for n, a in enumerate(accounts)}
    return sorted(clusters, key=lambda c: order[c.accounts[0].id])


def _judged(decisions: Sequence[Decision]) -> dict[frozenset[str], bool]:
    """Pairs of account ids that a person linked (True) or unlinked; the latest word counts."""
    judged: dict[frozenset[str], bool] = {}
    for decision in decisions:
        if decision.kind in {DecisionKind.LINK, DecisionKind.UNLINK}:
            for pair in itertools.combinations(decision.targets, 2):
                judged[frozenset(pair)] = decision.kind is DecisionKind.LINK
    return judged


def _cluster(
    accounts: Sequence[Account], comparer: Comparer, pack: Pack, judged: Mapping[frozenset[str], bool]
) -> list[Cluster]:
    links: dict[tuple[int, int], Link] = {}
    weights: dict[tuple[int, int], float] = {}
    for i, j in sorted(_candidates(accounts, pack, judged)):
        said = judged.get(frozenset((accounts[i].id, accounts[j].id)))
        found = comparer.link(accounts[i], accounts[j])
        links[i, j] = found
        if said is not None:
            weights[i, j] = DECIDED if said else -DECIDED
        else:
            weights[i, j] = -DECIDED if _impossible(accounts[i], accounts[j]) else found.weight
    groups = _agglomerate(len(accounts), weights)
    made = []
    for group in groups:
        members = tuple(accounts[i] for i in group)
        between = tuple(links[pair] for pair in itertools.combinations(group, 2) if pair in links)
        made.append(Cluster(content_id("i", members[0].id), members, between))
    return made


def _candidates(accounts: Sequence[Account], pack: Pack, judged: Mapping[frozenset[str], bool]) -> set[tuple[int, int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for n, account in enumerate(accounts):
        for key in set(_keys(account, pack)):
            blocks[key].append(n)
    pairs = {
        pair
        for members in blocks.values()
        if len(members) <= LARGEST_BLOCK
        for pair in itertools.combinations(members, 2)
    }
    where = {a.id: n for n, a in enumerate(accounts)}
    for decided in judged:
        known = sorted(where[a] for a in decided if a in where)
        if len(known) == 2:
            pairs.add((known[0], known[1]))
    return pairs


def _keys(account: Account, pack: Pack) -> Iterator[str]:
    """What two tellings of one incident nearly always share at least one of."""
    for mention in account.places:
        yield from (f"place {p}" for p in pack.within(mention.place) if pack.places[p].kind in {"county", "city"})
    for found in account.sums:
        yield f"sum {found.amount:g} {found.currency}"
    if account.when is not None:
        interval = edtf.parse(account.when)
        if interval.earliest and interval.latest and (interval.latest - interval.earliest).days < 100:
            yield f"month {interval.earliest.month}"
            yield f"month {interval.latest.month}"
    if not account.places or account.when is None:
        yield from (f"act {act}" for act in account.acts)


def _impossible(a: Account, b: Account) -> bool:
    """Two incidents of one report; or dates that exclude each other."""
    if a.report_id == b.report_id:
        return True
    if a.when is None or b.when is None or "unknown" in {a.when_basis, b.when_basis}:
        return False
    gap = edtf.days_apart(a.when, b.when)
    return gap is not None and gap > EXCLUDES_DAYS


def _agglomerate(count: int, weights: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Average linkage from pair weights, strongest first, until nothing is above the threshold.

    Two parts of the graph with no pair above the threshold between them can never average above it,
    so each part is done by itself.
    """
    part = list(range(count))

    def root(n: int) -> int:
        while part[n] != n:
            part[n] = part[part[n]]
            n = part[n]
        return n

    for (i, j), weight in weights.items():
        if weight > THRESHOLD:
            part[root(i)] = root(j)
    inside: dict[int, dict[int, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for (i, j), weight in weights.items():
        if root(i) == root(j):
            inside[root(i)][i][j] = inside[root(i)][j][i] = weight
    groups = {n: [n] for n in range(count)}
    for neighbours in inside.values():
        _merge_all(groups, neighbours)
    return sorted((sorted(g) for g in groups.values()), key=lambda g: g[0])


def _merge_all(groups: dict[int, list[int]], neighbours: dict[int, dict[int, float]]) -> None:
    """Merges the groups of one part in place."""
    while True:
        above = ((w, -i, -j) for i, near in neighbours.items() for j, w in near.items() if i < j and w > THRESHOLD)
        best = max(above, default=None)
        if best is None:
            return
        i, j = -best[1], -best[2]
        size_i, size_j = len(groups[i]), len(groups[j])
        merged = {}
        for k in (set(neighbours[i]) | set(neighbours[j])) - {i, j}:
            w_i, w_j = neighbours[i].get(k, MISSING), neighbours[j].get(k, MISSING)
            apart = min(w_i, w_j) <= -DECIDED and max(w_i, w_j) < DECIDED
            merged[k] = -DECIDED if apart else (w_i * size_i + w_j * size_j) / (size_i + size_j)
            neighbours[k].pop(j, None)
            neighbours[k][i] = merged[k]
        groups[i] += groups.pop(j)
        neighbours.pop(j)
        neighbours[i] = merged
