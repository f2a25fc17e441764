"""What is estimated on generated pairs comes near to what they were generated with."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from secondsource import packs
from secondsource.linking import Collection, Description, estimate
from secondsource.linking.describe import days
from secondsource.linking.estimate import Shares, by_em
from secondsource.packs.model import Level, Linking

PACK = packs.load("general")
INCIDENTS = 3000
KEPT = 0.85
"""Probability that the second telling has what the first has; else it is drawn anew."""
SILENT = 0.1
CHOICES = {"perpetrators": 8, "sums": 40, "relations": 5}
TOWNS = [p for p in PACK.places.values() if p.lat is not None][:60]


def truth(choices: int) -> tuple[dict[str, float], dict[str, float]]:
    """`same` and `other` of the levels of a comparison whose codes are equally frequent."""
    told = (1 - SILENT) ** 2
    again = KEPT + (1 - KEPT) / choices
    same = {"unknown": 1 - told, "shared": told * again, "differ": told * (1 - again)}
    other = {"unknown": 1 - told, "shared": told / choices, "differ": told * (1 - 1 / choices)}
    return same, other


def spec() -> Linking:
    sets = {
        "shared": Level(same=0.6, other=0.2),
        "unknown": Level(same=0.2, other=0.2),
        "differ": Level(same=0.2, other=0.6),
    }
    whole = PACK.linking
    kept = {name: whole.comparisons[name] for name in ("when", "place")}
    return whole.model_copy(update={"comparisons": kept | dict.fromkeys(CHOICES, sets)})


@pytest.fixture(scope="module")
def collection() -> Collection:
    rng = np.random.default_rng(2)
    rows = []
    for incident in range(INCIDENTS):
        day, town = int(rng.integers(9000)), TOWNS[int(rng.integers(len(TOWNS)))]
        codes = {name: int(rng.integers(number)) for name, number in CHOICES.items()}
        for telling in range(2):
            told = {
                n: c if telling == 0 or rng.random() < KEPT else int(rng.integers(CHOICES[n])) for n, c in codes.items()
            }
            at = day if rng.random() < 0.9 else int(rng.integers(9000))
            when = str(np.datetime64("2000-01-01") + at)
            here = town if rng.random() < 0.9 else TOWNS[int(rng.integers(len(TOWNS)))]
            rows.append(
                _row(f"{incident}.{telling}", when, here, {n: c for n, c in told.items() if rng.random() > SILENT})
            )
    pack = PACK.model_copy(update={"linking": spec()})
    return Collection(pack, rows, lambda *_: {})


def _row(name: str, when: str, town: packs.Place, codes: dict[str, int]) -> Description:
    from secondsource.linking import spot

    sets = {n: frozenset({f"{n}{codes[n]}"}) if n in codes else frozenset[str]() for n in CHOICES}
    return Description(
        id=name,
        report=name,
        language="en",
        when=days(when),
        edtf=when,
        sure=True,
        places=frozenset({town.id}),
        around=frozenset({town.id}),
        vague=False,
        spot=spot(town),
        perpetrators=sets["perpetrators"],
        sums=sets["sums"],
        relations=sets["relations"],
    )


@pytest.fixture(scope="module")
def shares(collection: Collection) -> tuple[Shares, Shares]:
    return by_em(collection.rows, collection.keys, collection.scorer)


def test_probabilities_are_recovered_within_two_hundredths(shares: tuple[Shares, Shares]) -> None:
    same, other = shares
    for name, number in CHOICES.items():
        wanted_same, wanted_other = truth(number)
        assert same[name] == pytest.approx(wanted_same, abs=0.02), name
        assert other[name] == pytest.approx(wanted_other, abs=0.02), name


def test_an_estimate_is_a_whole_specification_that_adds_up(
    collection: Collection, shares: tuple[Shares, Shares], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("secondsource.linking.estimate"), "by_em", lambda *_: shares)
    found = estimate(collection, {frozenset({"0.0", "0.1"}): True, frozenset({"1.0", "2.0"}): False}).spec
    assert found.comparisons.keys() == spec().comparisons.keys()
    for levels in found.comparisons.values():
        assert sum(level.same for level in levels.values()) == pytest.approx(1, abs=0.01)
        assert sum(level.other for level in levels.values()) == pytest.approx(1, abs=0.01)


def test_a_few_accounts_are_too_few() -> None:
    with pytest.raises(ValueError, match="too few"):
        estimate(Collection(PACK, []), {})


def test_pairs_that_a_person_linked_count_as_they_are(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing found by EM, `same` is drawn from the pack's 40 pairs to what the linked ones show."""
    monkeypatch.setattr(import_module("secondsource.linking.estimate"), "by_em", lambda *_: ({}, {}))
    apart = {frozenset({f"{n}.0", f"{n + 1}.0"}): True for n in range(0, 2000, 2)}
    found = estimate(collection, apart)
    assert found.linked == 1000
    _, other = truth(CHOICES["sums"])
    for level, share in other.items():
        drawn = (40 * spec().comparisons["sums"][level].same + 1000 * share) / 1040
        assert found.spec.comparisons["sums"][level].same == pytest.approx(drawn, abs=0.04), level
    parted = estimate(collection, dict.fromkeys(apart, False)).spec.comparisons
    assert all(parted[name] == spec().comparisons[name] for name in CHOICES)
