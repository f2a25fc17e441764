"""What the demo promises, held against the samples; and that the Python API is what the README says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from secondsource.model import Account, Incident
from secondsource.pipeline import Book

ROOT = Path(__file__).parents[2]


@pytest.fixture
def told_by(demo: Book) -> dict[str, list[Incident]]:
    """A report's own name to the incidents that it tells of."""
    names = {r.id: r.ref or "" for r in demo.reports()}
    found: dict[str, list[Incident]] = {name: [] for name in names.values()}
    for incident in demo.incidents():
        for report_id in incident.reports:
            found[names[report_id]].append(incident)
    return found


def test_the_beginning_case_is_one_incident_of_three_reports(demo: Book, told_by: dict[str, list[Incident]]) -> None:
    (incident,) = {i.id: i for name in ("s01", "s02", "s03") for i in told_by[name]}.values()
    assert {demo.report(r).ref for r in incident.reports} == {"s01", "s02", "s03"}
    assert {str(demo.report(r).language) for r in incident.reports} == {"en", "ko"}
    assert incident.hypotheses[0].script == "manufactured_defection"
    assert incident.manufactured == "yes"
    assert incident.corroboration.value == "no"
    assert "share one origin" in incident.corroboration.reason


def test_every_claim_of_every_incident_points_to_its_words(demo: Book) -> None:
    for incident in demo.incidents():
        for claim in incident.claims:
            text = demo.report(claim.report_id).text
            assert claim.span.covers(claim.trigger)
            assert claim.trigger.of(text).strip()


def test_every_finding_stands_on_claims_of_its_incident(demo: Book) -> None:
    for incident in demo.incidents():
        known = {c.id for c in incident.claims}
        for finding in incident.findings:
            assert finding.support
            assert {s.claim_id for s in finding.support} <= known
            assert finding.independence.least <= finding.independence.most
        for hypothesis in incident.hypotheses:
            assert {c for step in hypothesis.steps for c in step.claims} <= known
            assert hypothesis.low <= hypothesis.posterior <= hypothesis.high


def test_a_second_update_changes_nothing(demo: Book) -> None:
    before = demo.incidents()
    assert demo.update().read == 0
    assert demo.incidents() == before


def outlined(incident: Incident) -> Incident:
    accounts = [Account(id=a.id, report_id=a.report_id, claims=a.claims[:1]) for a in incident.accounts]
    left_out: dict[str, object] = {
        "findings": (),
        "links": (),
        "ties": (),
        "signals": {},
        "hints": (),
        "question": None,
    }
    likeliest = tuple(h.model_copy(update={"steps": ()}) for h in incident.hypotheses[:1])
    return incident.model_copy(update={**left_out, "accounts": tuple(accounts), "hypotheses": likeliest})


def test_an_outline_is_the_incident_without_what_lists_do_not_show(demo: Book) -> None:
    incidents = demo.incidents()
    assert demo.outlines() == [outlined(one) for one in incidents]
    some = [incidents[3].reports[0], incidents[0].reports[-1]]
    assert demo.outlines(some) == [outlined(one) for one in incidents if set(some) & set(one.reports)]
    assert demo.outlines([]) == []


def test_voices_are_those_of_all_readings(demo: Book) -> None:
    assert demo.voices() == [voice for reading in demo.readings() for voice in reading.voices]


def test_every_report_lands_in_incidents_or_says_nothing_happened(
    demo: Book, told_by: dict[str, list[Incident]]
) -> None:
    for report in demo.reports():
        reading = demo.reading(report.id)
        assert reading is not None
        assert told_by[report.ref or ""] or not any(demo.pack.acts[c.act].core for c in reading.claims)


def test_the_readme_s_python_runs(demo_path: Path) -> None:
    code = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.S)[0]
    code = code.replace('"case.book"', repr(str(demo_path))).replace('"..."', '"a long enough phrase"')
    code = code.replace('["reports/"]', repr([str(ROOT / "samples" / "reports.jsonl")]))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "manufactured_defection" in done.stdout
