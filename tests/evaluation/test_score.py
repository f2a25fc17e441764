"""The measures, each against numbers worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from secondsource.evaluation.score import align, days, place_key, score


def incident(**more: Any) -> dict[str, Any]:
    return {
        "incident_id": "I1",
        "acts": ["arrest_detention", "shooting"],
        "perpetrator_orgs": ["MSS", "unknown"],
        "victims": {"count_min": 3, "count_max": 3},
        "places": [{"canonical": "Onsong County, North Hamgyong Province", "role": "incident"}],
        "date": "2018-11-21/2018-11-30",
        "year_basis": "text",
        "n_distinct_sources": 1,
        "independent_corroboration": {"value": "no", "reason": ""},
        "money": [{"amount": 20000, "currency": "CNY"}],
        "manufactured_defection": "no",
        "modus": "informant_tip",
        "is_pattern": False,
    } | more


def scored(
    gold: dict[str, list[Any]], said: dict[str, list[Any]], near: tuple[tuple[str, str], ...] = ()
) -> dict[str, Any]:
    return score(
        dict.fromkeys(gold, "en"),
        [{"id": k, "incidents": v} for k, v in gold.items()],
        [{"id": k, "incidents": v} for k, v in said.items()],
        near,
    )


def test_labels_as_their_own_predictions_are_perfect() -> None:
    gold = {"a": [incident()], "b": [incident()], "c": [incident(incident_id="I2", manufactured_defection="yes")]}
    result = scored(gold, gold)
    reading = result["reading"]["all"]
    assert all(v.get("f1", v.get("share")) == 1.0 for v in reading.values())
    assert result["linking"]["pairwise"]["f1"] == result["linking"]["b_cubed"]["f1"] == 1.0
    assert result["manufactured"] == {"p": 1.0, "r": 1.0, "gold": 1, "predicted": 1}


@pytest.mark.parametrize(
    ("measure", "said", "expected"),
    [
        ("acts", incident(acts=["arrest_detention", "release"]), {"p": 0.5, "r": 0.5, "f1": 0.5, "n": 2}),
        ("perpetrators", incident(perpetrator_orgs=[]), {"p": 0.0, "r": 0.0, "f1": 0.0, "n": 1}),
        (
            "places",
            incident(places=[{"canonical": "Onsong", "role": "photo"}]),
            {"p": 0.0, "r": 0.0, "f1": 0.0, "n": 1},
        ),
        ("money", incident(money=[]), {"p": 0.0, "r": 0.0, "f1": 0.0, "n": 1}),
        ("dates", incident(date="2018-11"), {"share": 1.0, "n": 1}),
        ("dates", incident(date="2018"), {"share": 0.0, "n": 1}),
        ("dates", incident(date="2018-12"), {"share": 0.0, "n": 1}),
        ("dates", incident(date=None), {"share": 0.0, "n": 1}),
        ("victims", incident(victims={"count_min": 3, "count_max": 4}), {"share": 1.0, "n": 1}),
        ("victims", incident(victims={"count_min": 2, "count_max": None}), {"share": 0.0, "n": 1}),
        ("sources", incident(n_distinct_sources=2), {"share": 0.0, "n": 1}),
        ("corroboration", incident(independent_corroboration="no"), {"share": 1.0, "n": 1}),
        ("modus_top1", incident(modus_ranked=["patrol_arrest", "informant_tip"]), {"share": 0.0, "n": 1}),
        ("modus_top3", incident(modus_ranked=["patrol_arrest", "informant_tip"]), {"share": 1.0, "n": 1}),
        ("patterns", incident(is_pattern=True), {"share": 0.0, "n": 1}),
    ],
)
def test_each_measure_counts_what_its_definition_says(
    measure: str, said: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert scored({"a": [incident()]}, {"a": [said]})["reading"]["en"][measure] == expected


def test_a_missing_incident_costs_every_share() -> None:
    reading = scored({"a": [incident()]}, {})["reading"]["all"]
    assert {v["share"] for v in reading.values() if "share" in v} == {0.0}


def test_a_false_yes_is_counted() -> None:
    said = incident(independent_corroboration={"value": "yes"})
    assert scored({"a": [incident()]}, {"a": [said]})["false_corroborated"] == 1


def test_a_manufactured_case_that_answers_to_nothing_is_a_mistake() -> None:
    extra = incident(acts=["trafficking"], date="1999", manufactured_defection="yes")
    result = scored({"a": [incident()]}, {"a": [incident(), extra]})
    assert result["manufactured"] == {"p": 0.0, "r": None, "gold": 0, "predicted": 1}


def test_near_misses_that_share_an_incident_are_named() -> None:
    gold = {"a": [incident()], "b": [incident(incident_id="I2")]}
    said = {"a": [incident(incident_id="x")], "b": [incident(incident_id="x")]}
    result = scored(gold, said, (("I1", "I2"),))["linking"]
    assert result["near_misses_linked"] == ["I1~I2"]
    assert result["pairwise"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "n": 0}
    assert result["b_cubed"] == {"p": 0.5, "r": 1.0, "f1": 0.667}


def test_alignment_prefers_the_date_to_the_acts() -> None:
    gold = [incident(date="2018-11-01"), incident(date="2019-05-01", acts=["release"])]
    said = [incident(date="2019-05-01", acts=["shooting"]), incident(date="2018-11-01", acts=["release"])]
    assert align(gold, said) == {0: 1, 1: 0}


@pytest.mark.parametrize(
    ("date", "length"),
    [
        ("2018-02", 28),
        ("2018-12", 31),
        ("2018", 365),
        ("2018-11-21/2018-11-30~", 10),
        ("2018-02-30", None),
        ("XXXX-04", None),
        (None, None),
    ],
)
def test_dates_become_days(date: str | None, length: int | None) -> None:
    found = days(date)
    assert (found and found[1] - found[0] + 1) == length


@pytest.mark.parametrize(
    ("canonical", "key"),
    [
        ("Namyang, Onsong County, North Hamgyong Province", ("onsong", "north hamgyong province")),
        ("Phohang District, Chongjin, North Hamgyong Province", ("chongjin", "north hamgyong province")),
        ("Sinuiju, North Phyongan Province", ("sinuiju", "north pyongan province")),
        ("Yanggang Province", ("ryanggang province", "ryanggang province")),
        ("Tumen River", ("tumen river", "")),
        ("", None),
    ],
)
def test_places_are_counted_by_county_or_city(canonical: str, key: tuple[str, str] | None) -> None:
    assert place_key(canonical) == key


def test_a_province_beside_its_own_county_is_not_counted() -> None:
    both = [
        {"canonical": "Onsong County, North Hamgyong Province", "role": "incident"},
        {"canonical": "North Hamgyong Province", "role": "incident_province"},
    ]
    assert scored({"a": [incident()]}, {"a": [incident(places=both)]})["reading"]["en"]["places"]["f1"] == 1.0
