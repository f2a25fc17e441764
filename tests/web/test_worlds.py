"""The world's page plays a measure in a process of its own, and never makes the other pages wait."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from web_client import Client, entered
from web_fakes import FakeBook

from secondsource.web import worlds
from secondsource.web.world_chart import Band, Side, drawing
from secondsource.world import parameters, scenarios

CHOICE = {"scenario": "shared_secret", "county": "kp-hyesan"}


@pytest.fixture
def client() -> Client:
    return entered(FakeBook())


@pytest.fixture(scope="module")
def played() -> worlds.Job:
    """A job that is through: a process that compiles the model and plays it."""
    job = worlds.Job(CHOICE["scenario"], CHOICE["county"])
    started = time.perf_counter()
    job.start(seeds=2)
    assert time.perf_counter() - started < 2, "the page waited for it"
    deadline = time.monotonic() + 200
    while job.running and time.monotonic() < deadline:
        time.sleep(0.05)
    return job


def with_job(client: Client, monkeypatch: pytest.MonkeyPatch, **state: Any) -> None:
    """A job that has come so far, in place of the next one."""

    def start(job: worlds.Job) -> None:
        for name, value in state.items():
            setattr(job, name, value)

    monkeypatch.setattr(worlds.Job, "start", start)
    assert client.post("/world", CHOICE).status_code == 303


def test_the_page_offers_every_measure_and_county(client: Client) -> None:
    page = client.get("/world")
    assert page.status_code == 200 and "refresh" not in page.headers
    wanted = {*scenarios.names(), *(c.place for c in parameters.load().counties)} - {
        scenarios.BASELINE,
        "border_history",
    }
    assert set(re.findall(r'<option value="([^"]+)"', page.text)) >= wanted
    assert '<option value="baseline"' not in page.text
    assert "border_history" not in page.text, "fifteen years of history, cut off after five, would mislead"


def test_while_it_runs_the_page_shows_how_far_it_is_and_looks_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_job(client, monkeypatch, done=3, total=40)
    page = client.get("/world")
    assert page.headers["refresh"] == "2"
    assert '<progress max="40" value="3">' in page.text
    assert '<option value="shared_secret" selected>' in page.text


def test_the_result_is_drawn_with_inspections_shaded_and_what_reports_showed(
    client: Client, monkeypatch: pytest.MonkeyPatch, played: worlds.Job
) -> None:
    result = played.result
    assert result is not None
    with_job(client, monkeypatch, result=result)
    page = client.get("/world")
    assert "refresh" not in page.headers
    assert page.text.count('class="chart columns world"') == 3
    assert "As it is" in page.text and "With the measure" in page.text
    assert "Set-ups that reports showed" in page.text
    for side in ("usual", "measure", "difference"):
        assert worlds.interval(result["yearly"]["escaped"][side], "+" if side == "difference" else "") in page.text
    bands = [*result["usual"]["inspections"], *result["measure"]["inspections"]]
    assert page.text.count('class="shade"') == 3 * len(bands) > 0


def test_a_failure_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with_job(client, monkeypatch, error="<b>no</b>")
    page = client.get("/world")
    assert "&lt;b&gt;no&lt;/b&gt;" in page.text and "refresh" not in page.headers


@pytest.mark.parametrize(
    "choice",
    [
        {"scenario": "baseline", "county": "kp-hyesan"},
        {"scenario": "border_history", "county": "kp-hyesan"},
        {"scenario": "../../etc/passwd", "county": "kp-hyesan"},
        {"scenario": "/tmp/x.yaml", "county": "kp-hyesan"},
        {"scenario": "shared_secret", "county": "kp-nampo"},
    ],
)
def test_only_what_is_offered_is_played(client: Client, choice: dict[str, str]) -> None:
    assert client.post("/world", choice).status_code == 400


def test_nobody_else_can_start_one(client: Client) -> None:
    assert client.post("/world", CHOICE, headers={"Origin": "http://evil.example"}).status_code == 403


def test_a_job_is_a_process_of_its_own_that_comes_to_its_end(played: worlds.Job) -> None:
    assert played.error is None and played.result is not None
    assert played.result["seeds"] == 2 and played.done == played.total == 4
    assert played.process is not None and played.process.wait(10) == 0


def test_a_job_that_is_stopped_says_so() -> None:
    job = worlds.Job(CHOICE["scenario"], CHOICE["county"])
    job.start()
    job.stop()
    deadline = time.monotonic() + 20
    while job.running and time.monotonic() < deadline:
        time.sleep(0.02)
    assert job.error


def test_both_worlds_meet_the_same_inspections_and_fewer_are_set_up_with_the_measure(played: worlds.Job) -> None:
    assert played.result is not None
    usual, measure = played.result["usual"], played.result["measure"]
    assert usual["inspections"] == measure["inspections"]
    persons = played.result["yearly"]["set_up_persons"]
    assert persons["measure"][0] < persons["usual"][0]
    assert persons["difference"][1] <= persons["difference"][0] <= persons["difference"][2] < 0
    seen, happened = played.result["told"]
    assert 0 <= seen < happened


@pytest.mark.parametrize(
    ("spread", "sign", "says"),
    [
        ((20.14, 13.0, 28.96), "", "20.1 (13.0 – 29.0)"),
        ((1886.5, 1811.2, 99.94), "", "1,886 (1,811 – 99.9)"),
        ((-3.14, -8.0, 0.5), "+", "-3.1 (-8.0 – +0.5)"),
        ((0.0, -0.04, 0.04), "+", "0 (0 – 0)"),
    ],
)
def test_a_number_comes_with_its_interval(spread: tuple[float, ...], sign: str, says: str) -> None:
    assert worlds.interval(spread, sign) == says


def test_columns_share_one_scale_and_are_escaped() -> None:
    made = drawing([Side("<a>", [1, 2], [Band(0, 1)]), Side("b", [4, 0], [])], 4, "t")
    assert "&lt;a&gt;" in made and "<a>" not in made
    heights = [float(h) for h in re.findall(r'height="([\d.]+)" class="least"', made)]
    assert heights == [16.0, 32.0, 64.0]
    assert drawing([], 4, "t") == ""
