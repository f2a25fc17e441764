"""Who did it is found in the words around an act, where the sentence itself names nobody."""

from __future__ import annotations

import pytest

from secondsource import reading
from secondsource.model import Language, Report
from secondsource.packs import load

PACK = load("nk_border")


def doers(text: str, language: str, act: str) -> set[str]:
    report = Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z")
    claims = reading.read(report, PACK).claims
    return {o.org for claim in claims if claim.act == act for o in claim.perpetrators}


@pytest.mark.parametrize(
    ("text", "language", "act", "orgs"),
    [
        (
            "Border guards had been hiding in the orchard. All three were arrested within minutes.",
            "en",
            "arrest_detention",
            {"border_guards"},
        ),
        (
            "A potter was arrested on Tuesday.\n\nHer file now lies at the Ministry of State Security.",
            "en",
            "arrest_detention",
            {"MSS"},
        ),
        (
            "Two weavers were arrested by state security. An inspection team is pressing each office for arrests.",
            "en",
            "arrest_detention",
            {"MSS", "joint_inspection_team"},
        ),
        ("The broker lured the weavers to the river with a lie.", "en", "deception_lure", {"broker"}),
        (
            "국경경비대가 둑 밑에서 기다리고 있었다. 부부는 그 자리에서 체포됐다.",
            "ko",
            "arrest_detention",
            {"border_guards"},
        ),
        ("保衛員が土手で待ち構えていた。夫婦はその場で逮捕された。", "ja", "arrest_detention", {"MSS"}),
    ],
)
def test_the_body_that_the_words_around_an_act_speak_of_did_it(
    text: str, language: str, act: str, orgs: set[str]
) -> None:
    assert doers(text, language, act) == orgs


def test_of_two_bodies_in_a_report_neither_is_guessed() -> None:
    text = "A potter was arrested on Tuesday.\n\nThe police know of it.\n\nState security wrote a letter."
    assert doers(text, "en", "arrest_detention") == set()
