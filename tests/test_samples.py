"""The samples hold together: the tests, the demonstration and the measurements rest on them."""

import collections
import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from secondsource import edtf
from secondsource.model import PlaceRole

SAMPLES = Path(__file__).parent.parent / "samples"

ACTS = {
    *("arrest_detention", "border_crossing_attempt", "remittance", "informant_tip", "deception_lure", "shooting"),
    *("surveillance_crackdown", "interrogation_torture", "extortion_bribe", "deportation_repatriation", "release"),
    *("house_search_confiscation", "coercion_of_broker", "sentencing_imprisonment", "execution_killing", "trafficking"),
}
ORGS = {"MSS", "MPS", "border_guards", "military", "joint_inspection_team", "chinese_police", "broker", "unknown"}
MODUS = {
    *("manufactured_defection", "informant_tip", "remittance_sting", "extortion_shakedown", "escape_manhunt"),
    *("remittance_broker_arrest", "ordinary_arrest_broker", "ordinary_arrest_crossing", "death_in_custody"),
    *("border_shooting", "security_insider_arrest", "trafficking_prosecution", "arrest_in_china", "execution"),
    "lure_back",
}
FIELDS = {"id", "outlet", "language", "title", "published", "truncated", "reprint_of", "text"}
REAL_NAMES = re.compile(
    "Daily ?NK|데일리 ?NK|デイリーNK|Radio Free Asia|RFA|자유아시아|Asiapress|アジアプレス|아시아프레스"
    "|Voice of America|Yonhap|연합뉴스|聯合ニュース|NK News|엔케이타임즈"
    "|Kim Jong[- ]|김정은|김정일|金正恩|金正日|Kim Il[- ]|김일성|金日成"
)


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLES / name).read_text(encoding="utf-8").splitlines()]


REPORTS = {report["id"]: report for report in rows("reports.jsonl")}
LABELS = {label["id"]: label for label in rows("labels.jsonl")}
CODED = [(rid, incident) for rid, label in LABELS.items() for incident in label["incidents"]]
IDS = {incident["incident_id"] for _, incident in CODED}
each_report = pytest.mark.parametrize("rid", REPORTS)
each_incident = pytest.mark.parametrize(
    ("rid", "incident"), CODED, ids=[f"{rid}-{incident['incident_id']}" for rid, incident in CODED]
)


def bounds(date: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that a date with a year can mean."""
    interval = edtf.parse(date)
    assert interval.earliest, date
    assert interval.latest, date
    assert not interval.yearless, date
    return interval.earliest, interval.latest


def written(amount: int) -> set[str]:
    """The ways to write a sum, without commas and spaces: 4250000, 425만, 2만5천."""
    myriads, rest = divmod(amount, 10_000)
    tail = f"{rest // 1000}천" if rest else ""
    return {str(amount), f"{myriads}만{tail}" if myriads else tail or str(amount), f"{myriads}万{rest or ''}"}


def reports_of(incident_id: str) -> dict[str, dict[str, Any]]:
    return {rid: incident for rid, incident in CODED if incident["incident_id"] == incident_id}


def test_every_report_has_one_label_in_the_same_order() -> None:
    assert list(REPORTS) == list(LABELS)
    assert len(rows("reports.jsonl")) == len(REPORTS)


def test_three_languages_are_there_in_numbers() -> None:
    count = collections.Counter(report["language"] for report in REPORTS.values())
    assert count["en"] >= 24
    assert count["ko"] >= 11
    assert count["ja"] >= 7


@each_report
def test_a_report_is_whole_and_its_language_is_the_label_s(rid: str) -> None:
    report = REPORTS[rid]
    assert set(report) == FIELDS
    assert LABELS[rid]["article_language"] == report["language"]
    assert report["reprint_of"] is None or report["reprint_of"] in REPORTS
    size = len(report["text"].split()) if report["language"] == "en" else len(report["text"])
    low, high = (120, 330) if report["language"] == "en" else (300, 1300)
    assert low <= size <= high
    script = {"en": "[a-z]", "ko": "[가-힣]", "ja": "[ぁ-ん]"}[report["language"]]
    assert len(re.findall(script, report["text"])) > 100


@each_report
def test_a_report_was_published_when_it_could_be(rid: str) -> None:
    published = REPORTS[rid]["published"]
    if published is None:
        return
    last_day = bounds(published)[1]
    assert 2014 <= last_day.year <= 2025
    for incident in LABELS[rid]["incidents"]:
        assert bounds(incident["date"])[0] <= last_day


@each_report
def test_a_report_names_no_real_outlet_and_no_leader(rid: str) -> None:
    words = json.dumps([REPORTS[rid], LABELS[rid]], ensure_ascii=False)
    assert REAL_NAMES.findall(words) == []


@each_incident
def test_what_a_label_quotes_stands_in_the_text(rid: str, incident: dict[str, Any]) -> None:
    text = REPORTS[rid]["text"]
    quoted = [incident["date_text"], *(place["text"] for place in incident["places"])]
    assert [words for words in quoted if words not in text] == []


@each_incident
def test_a_label_keeps_to_the_codes(rid: str, incident: dict[str, Any]) -> None:
    assert set(incident["acts"]) <= ACTS
    assert set(incident["perpetrator_orgs"]) <= ORGS
    assert incident["modus"] in MODUS
    assert {place["role"] for place in incident["places"]} <= set(PlaceRole)
    assert incident["manufactured_defection"] in ("yes", "suspected", "no")
    assert incident["independent_corroboration"]["value"] in ("yes", "unclear", "no")
    assert incident["year_basis"] in ("text", "published", "photo_caption", "group", "inferred", "unknown")
    assert incident["is_pattern"] == incident["incident_id"].startswith("PAT-S")
    assert incident["is_pattern"] or incident["incident_id"].startswith("INC-S")
    assert len(incident["sources"]) == incident["n_distinct_sources"]
    low, high = incident["victims"]["count_min"], incident["victims"]["count_max"]
    assert low is None or high is None or low <= high
    assert bounds(incident["date"])


@each_incident
def test_the_sums_of_a_label_stand_in_the_text(rid: str, incident: dict[str, Any]) -> None:
    text = REPORTS[rid]["text"].replace(",", "").replace(" ", "")
    assert [money for money in incident["money"] if not any(form in text for form in written(money["amount"]))] == []


@pytest.mark.parametrize(
    ("incident_id", "reports", "languages"),
    [("INC-S01", 3, 2), ("INC-S02", 3, 3), ("INC-S09", 3, 2), ("INC-S14", 3, 2), ("INC-S18", 3, 2)],
)
def test_an_incident_is_told_in_several_languages(incident_id: str, reports: int, languages: int) -> None:
    told = reports_of(incident_id)
    assert len(told) == reports
    assert len({REPORTS[rid]["language"] for rid in told}) == languages


def test_the_beginning_case_is_manufactured_and_rests_on_one_voice() -> None:
    told = reports_of("INC-S01").values()
    assert {incident["manufactured_defection"] for incident in told} == {"yes"}
    assert {incident["independent_corroboration"]["value"] for incident in told} == {"no"}
    assert {incident["n_distinct_sources"] for incident in told} == {1, 2}
    assert len({incident["money"][0]["amount"] for incident in told}) > 1


def test_one_incident_alone_is_corroborated() -> None:
    assert {
        incident["incident_id"] for _, incident in CODED if incident["independent_corroboration"]["value"] == "yes"
    } == {"INC-S14"}


def test_every_modus_and_every_act_occurs() -> None:
    assert {incident["modus"] for _, incident in CODED} == MODUS
    assert {act for _, incident in CODED for act in incident["acts"]} == ACTS


def test_near_misses_name_two_incidents_that_are_there() -> None:
    lines = (SAMPLES / "near_misses.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "incident_a\tincident_b\twhy"
    pairs = [line.split("\t") for line in lines[1:]]
    assert all(len(pair) == 3 and pair[0] != pair[1] and {pair[0], pair[1]} <= IDS for pair in pairs)
    assert len({frozenset(pair[:2]) for pair in pairs}) == len(pairs) >= 10


def test_the_readme_tells_what_each_incident_is_for_and_where_it_is_told() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    listed = {
        cells[1].strip(): set(re.findall(r"s\d\d", cells[2]))
        for cells in (line.split("|") for line in readme.splitlines())
        if len(cells) > 3 and cells[1].strip() in IDS
    }
    assert listed == {incident_id: set(reports_of(incident_id)) for incident_id in IDS}
