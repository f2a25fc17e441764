"""Generated incident descriptions: the same from the same seed, and true to what they say of themselves."""

from __future__ import annotations

from collections import Counter

from secondsource import edtf, packs
from secondsource.world.descriptions import REPORTS, descriptions

PACK = packs.load("nk_border")


def test_the_same_seed_gives_the_same_rows() -> None:
    first, again = (list(descriptions(PACK, incidents=50, seed=4)) for _ in range(2))
    assert first == again != list(descriptions(PACK, incidents=50, seed=5))


def test_rows_tell_of_what_they_are_said_to_in_codes_of_the_pack() -> None:
    rows = list(descriptions(PACK, incidents=400, seed=1))
    assert len({row["id"] for row in rows}) == len(rows)
    told = Counter(row["incident"] for row in rows)
    assert set(told) == set(range(400)) and max(told.values()) <= len(REPORTS)
    for row in rows:
        assert row["acts"] <= PACK.acts.keys() and row["places"] <= PACK.places.keys()
        assert row["when"] is None or edtf.parse(row["when"]).days is not None


def test_two_reports_of_one_incident_share_more_than_two_of_different_ones() -> None:
    rows = list(descriptions(PACK, incidents=300, seed=2))
    alike: dict[bool, list[int]] = {True: [], False: []}
    for a in rows[:150]:
        for b in rows[:150]:
            if a["id"] < b["id"]:
                alike[a["incident"] == b["incident"]].append(len(a["details"] & b["details"]))
    assert sum(alike[True]) / len(alike[True]) > 2 * sum(alike[False]) / len(alike[False])
