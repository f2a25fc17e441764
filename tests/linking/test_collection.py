"""A collection that is kept and gone on from, step by step and judgement by judgement, is the one made at once."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource import linking, packs
from secondsource.linking import Collection, Description, Entry, Unreadable, keeping
from secondsource.linking.collection import Judged
from secondsource.world.readings import readings

PACK = packs.load("nk_border")


@pytest.fixture(scope="module")
def told() -> list[Description]:
    found = list(readings(PACK, incidents=20, seed=4, reader="test"))[:36]
    accounts = [account for _, one in found for account in linking.accounts(one, PACK)]
    return linking.descriptions(accounts, {report.id: report for report, _ in found}, PACK)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secondsource.linking.rarity.EXACT", 6)


class Shelf:
    """Where a collection is kept: entries by number, and bytes by name."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}
        self.parts: dict[str, bytes] = {}
        self.judged: Judged = {}

    def put(self, collection: Collection, new: dict[int, Entry], changed: dict[int, tuple[bool, bool]]) -> None:
        for number, (counted, linked) in changed.items():
            self.entries[number] = self.entries[number]._replace(counted=counted, linked=linked)
        self.entries |= new
        self.entries = {n: e for n, e in self.entries.items() if e.counted or e.linked}
        whole, more = keeping.parts_of(collection)
        self.parts |= whole
        for name, data in more.items():
            self.parts[name] = self.parts.get(name, b"") + data

    def take(self) -> Collection:
        texts = {n: keeping.description_text(e.told) for n, e in self.entries.items()}
        known = keeping.known_of(
            [(n, e.rank, e.counted, e.linked, e.told.id) for n, e in self.entries.items()],
            self.parts,
            lambda numbers: {n: keeping.description_of(texts[n]) for n in numbers},
            PACK.linking,
            self.judged,
        )
        return Collection(PACK, known=known)

    def at_once(self) -> Collection:
        entries = list(self.entries.values())
        entries.sort(key=lambda e: (e.rank, not e.counted))
        return Collection(PACK, entries)


def by_id(collection: Collection, judged: Judged) -> tuple[Any, Any, Any]:
    told = collection.rows.told
    pairs = {frozenset((told[i].id, told[j].id)): weight for (i, j), weight in collection.pairs.items()}
    groups = [[told[n].id for n in group] for group in collection.groups(judged)]
    return pairs, groups, [(told[i].id, told[j].id) for i, j in collection.doubtful(judged)]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_kept_and_gone_on_from_it_is_as_made_at_once(told: list[Description], seed: int) -> None:
    chance = random.Random(seed)
    order = chance.sample(told, len(told))
    shelf, start = Shelf(), 0
    judged: dict[frozenset[str], bool | None] = {}
    while start < len(order):
        end = min(start + chance.randint(1, 12), len(order))
        collection = shelf.take() if shelf.parts else Collection(PACK)
        first = len(collection.known.told)
        new = [Entry(one, 10 * rank) for rank, one in enumerate(order[start:end], start=start)]
        changed: dict[int, tuple[bool, bool]] = {}
        linked = [n for n, entry in shelf.entries.items() if entry.linked]
        for number in chance.sample(linked, min(len(linked), chance.randint(0, 3))):
            was = shelf.entries[number]
            changed[number] = (was.counted, False)
            if chance.random() < 0.5:
                other = replace(was.told, places=frozenset(), acts=frozenset(sorted(was.told.acts)[:1]))
                new.append(Entry(other, was.rank, counted=False))
        collection.add(new, changed)
        if end > 1 and chance.random() < 0.5:
            pair = frozenset(one.id for one in chance.sample(order[:end], 2))
            judged[pair] = chance.choice([True, False, None])
        elif judged:
            del judged[chance.choice(sorted(judged, key=sorted))]
        collection.groups(judged)
        shelf.put(collection, dict(enumerate(new, start=first)), changed)
        shelf.judged = dict(judged)
        start = end
    assert by_id(shelf.take(), judged) == by_id(shelf.at_once(), judged)


def kept(told: list[Description]) -> Shelf:
    shelf = Shelf()
    entries = [Entry(one, rank) for rank, one in enumerate(told)]
    collection = Collection(PACK, entries)
    collection.groups({})
    shelf.put(collection, dict(enumerate(entries)), {})
    return shelf


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_spoilt_bytes_are_refused_or_harmless(told: list[Description], data: st.DataObject) -> None:
    shelf = kept(told)
    name = data.draw(st.sampled_from(sorted(shelf.parts)))
    shelf.parts[name] = data.draw(
        st.one_of(st.binary(max_size=40), st.just(shelf.parts[name][:-3]), st.just(shelf.parts[name] * 2))
    )
    try:
        collection = shelf.take()
    except Unreadable:
        return
    assert sorted(n for group in collection.groups({}) for n in group) == sorted(shelf.entries)


@pytest.mark.parametrize(
    "text", ["", "[]", "null", '{"id": 1}', '{"what": 1}', '{"id":"a","report":"r","when":[]}', "{"]
)
def test_a_description_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        keeping.description_of(text)


def test_where_nothing_was_counted_anew_only_what_came_is_kept(told: list[Description]) -> None:
    shelf = kept(told[:32])
    collection = shelf.take()
    collection.add([Entry(told[32], 32)])
    collection.groups({})
    whole, more = keeping.parts_of(collection)
    assert not collection.recounted and set(whole) == {"leaders"}
    assert len(more["ends"]) == 8 and len(more["keys"]) < len(shelf.parts["keys"]) // 8


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(number=st.integers(0, 20), words=st.dictionaries(st.text(max_size=5), st.floats(0, 1e6), max_size=4))
def test_a_description_is_read_as_it_was_written(told: list[Description], number: int, words: dict[str, float]) -> None:
    row = replace(told[number], words=words)
    assert keeping.description_of(keeping.description_text(row)) == row
