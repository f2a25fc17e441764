"""Groups that the weights of claims made, joined further by the words of their reports.

For packs with `stories` in their `linking.yaml`: there a report need not hold a claim to belong to an incident. What
claims hold together stays together; two incidents of one report, and what a person parted, stay apart.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from secondsource.linking.cluster import Pair, join
from secondsource.linking.collection import Collection as Linked
from secondsource.linking.collection import Judged
from secondsource.linking.describe import Description
from secondsource.linking.stories import grouped
from secondsource.packs.model import Linking


def groups(collection: Linked, spec: Linking, judged: Judged) -> list[list[int]]:
    """Row numbers by incident, in the order of their first accounts: by claims, and where the pack says so by text.
    What a person linked is joined last, so that all that either was thought one with comes along."""
    if spec.stories is None:
        return collection.groups(judged)
    told = collection.rows.told
    number = {row.id: n for n, row in enumerate(told)}
    said: dict[bool, list[Pair]] = {True: [], False: []}
    for pair, together in judged.items():
        known = sorted(number[a] for a in pair if a in number)
        if together is not None and len(known) == 2:
            said[together].append((known[0], known[1]))
    apart = {pair: together for pair, together in judged.items() if together is False}
    found = by_text(told, collection.groups(apart), spec, set(said[False]))
    return join(found, said[True], set(said[False]))


def by_text(
    told: Sequence[Description], groups: Iterable[Sequence[int]], spec: Linking, parted: Collection[Pair] = ()
) -> list[list[int]]:
    """Groups of row numbers, each language's texts held against each other. `parted`: pairs, the smaller number first,
    that a person keeps apart. The same groups where the pack groups nothing by text.

    A report that tells of several incidents counts as a text of the first: of which of them another report tells,
    its words alone do not say.
    """
    if spec.stories is None:
        return [list(group) for group in groups]
    found = [list(group) for group in groups]
    for numbers in _texts(told).values():
        group_of = {n: g for g, group in enumerate(found) for n in group}
        held: dict[int, list[int]] = defaultdict(list)
        for place, number in enumerate(numbers):
            held[group_of[number]].append(place)
        apart = _Apart(told, found, [group_of[n] for n in numbers], parted)
        made = grouped([told[n].bag for n in numbers], spec.stories, held.values(), apart)
        found = _merged(found, ([group_of[numbers[place]] for place in story] for story in made))
    return found


def _texts(told: Sequence[Description]) -> dict[str, list[int]]:
    """By language, the first row of each report that tells of what happened."""
    texts: dict[str, list[int]] = defaultdict(list)
    seen: set[str] = set()
    for number, row in enumerate(told):
        if not row.practice and row.report not in seen:
            seen.add(row.report)
            texts[row.language].append(number)
    return texts


class _Apart:
    """Which texts stay apart: those of two groups that tell of two incidents of one report, or that a person parted.

    Dates far apart exclude nothing here: of two reports whose texts agree, one is often dated by something else in
    its story (measured: docs/linking.md).
    """

    def __init__(
        self, told: Sequence[Description], groups: Sequence[Sequence[int]], of: Sequence[int], parted: Collection[Pair]
    ) -> None:
        self._of = of
        group_of = {n: g for g, group in enumerate(groups) for n in group}
        by_report: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(told):
            by_report[row.report].append(number)
        several = (pair for rows in by_report.values() for pair in itertools.combinations(rows, 2))
        self._never = {frozenset((group_of[i], group_of[j])) for i, j in itertools.chain(several, parted)}
        self._asked = {group for pair in self._never for group in pair}

    def __call__(self, places: Sequence[int]) -> Iterator[Pair]:
        by_group: dict[int, list[int]] = defaultdict(list)
        for place in places:
            if self._of[place] in self._asked:
                by_group[self._of[place]].append(place)
        for one, other in itertools.combinations(by_group, 2):
            if frozenset((one, other)) in self._never:
                yield from itertools.product(by_group[one], by_group[other])


def _merged(groups: Sequence[list[int]], stories: Iterable[Sequence[int]]) -> list[list[int]]:
    """Groups with those made one that share a story. No group is in two stories of a language."""
    left = dict(enumerate(groups))
    merged = []
    for story in stories:
        members = dict.fromkeys(story)
        merged.append(sorted(n for group in members for n in left.pop(group, ())))
    return sorted([*merged, *left.values()])
