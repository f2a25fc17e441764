"""Short reports in three languages: which script comes first, and whether anything is suspected to be manufactured."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from secondsource import linking, reading, weighing
from secondsource.model import Language, Manufactured, Report
from secondsource.packs import load

PACK = load("nk_border")
TOLD = yaml.safe_load(Path(__file__).with_name("told.yaml").read_text(encoding="utf-8"))
NAMES = [f"{case['script']}-{case['language']}-{n}" for n, case in enumerate(TOLD)]


@cache
def weighed(text: str, language: str) -> list[tuple[str, Manufactured]]:
    report = Report(
        id="r",
        text=text,
        language=Language(language),
        published="2021-12-01",
        received="2021-12-02T00:00:00+00:00",
    )
    accounts = linking.accounts(reading.read(report, PACK), PACK)
    found = [weighing.weigh(a.id, [a], [], {report.id: report}, PACK) for a in accounts]
    return [(incident.hypotheses[0].script, incident.manufactured) for incident in found if incident.hypotheses]


@pytest.mark.parametrize("case", TOLD, ids=NAMES)
def test_the_script_that_is_told_comes_first(case: dict[str, Any]) -> None:
    assert case["script"] in [script for script, _ in weighed(case["text"], case["language"])]


@pytest.mark.parametrize("case", TOLD, ids=NAMES)
def test_manufacture_is_suspected_where_it_is_told_and_nowhere_else(case: dict[str, Any]) -> None:
    verdicts = [made for _, made in weighed(case["text"], case["language"])]
    assert any(made is not Manufactured.NO for made in verdicts) == case["made"]


def test_every_language_and_most_scripts_are_told() -> None:
    assert {case["language"] for case in TOLD} == {"en", "ko", "ja"}
    assert len({case["script"] for case in TOLD}) >= 12


@pytest.mark.parametrize(
    "text",
    [
        "Some neighbours spoke of a trap, but there was none: the two sisters ran into a night patrol at the Yalu and "
        "were arrested by border guards.",
        "One of the group turned out to be an informer. All five were arrested at the Tumen as they tried to cross.",
        "Police in Kimchaek fabricated the evidence of a plan to defect, arrested the trader and released him for "
        "5,000 dollars.",
        "She sold girls across the Yalu with talk of restaurant jobs, a court in Hyesan heard. The trap was hers "
        "alone. She was sentenced to fifteen years.",
        "State security arrested a broker at the river in Musan. The guide had been paid and nobody had told on him.",
    ],
    ids=["a trap denied", "an informer among them", "a plan only alleged", "a trafficker's trap", "a broker's arrest"],
)
def test_what_the_state_did_not_bring_about_is_not_suspected(text: str) -> None:
    assert {made for _, made in weighed(text, "en")} <= {Manufactured.NO}


def test_an_informer_who_came_on_orders_raises_the_suspicion() -> None:
    text = (
        "The woman who joined the group had approached them on orders from the MSS. All five were arrested by "
        "security agents at the Tumen as they tried to cross."
    )
    assert [made for _, made in weighed(text, "en")] == [Manufactured.SUSPECTED]
