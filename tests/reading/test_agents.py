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


@pytest.mark.parametrize(
    ("text", "language", "orgs"),
    [
        (
            "A potter was arrested on the ice. She was handed next day to the county branch of the MSS.",
            "en",
            {"MSS"},
        ),
        (
            "Two weavers were caught by plainclothes officers of the county security department.",
            "en",
            {"MSS"},
        ),
        ("A group detained in Kunming in April is still held.", "en", {"chinese_police"}),
        ("An army patrol arrested two weavers by the river.", "en", {"border_guards"}),
        (
            "A weaver was arrested at dawn. The police built the case against him, a neighbour said.",
            "en",
            {"MPS"},
        ),
        ("직조공 한 명이 강가에서 체포됐다. 그는 이튿날 도 보위부로 실려 갔다.", "ko", {"MSS"}),
        ("직조공 두 명이 집에서 체포됐다. 두 사람은 군 안전부에 갇혀 있다.", "ko", {"MPS"}),
        ("織工2人が川で逮捕された。2人は郡の保衛部で便所掃除をさせられた。", "ja", {"MSS"}),
        ("織工が駅で逮捕された。身柄は保安署から教化所に戻された。", "ja", {"MPS"}),
    ],
)
def test_who_held_people_in_the_next_sentence_acted_against_them(text: str, language: str, orgs: set[str]) -> None:
    assert doers(text, language, "arrest_detention") == orgs


@pytest.mark.parametrize(
    ("text", "language", "org"),
    [
        ("The border guards were on watch. Soldiers arrested two weavers.", "en", "border_guards"),
        ("The storm corps came in May. Soldiers arrested two weavers.", "en", "military"),
        ("국경경비대가 경계를 섰다. 병사가 직조공 두 명을 체포했다.", "ko", "border_guards"),
        ("폭풍군단이 내려왔다. 병사가 직조공 두 명을 체포했다.", "ko", "military"),
    ],
)
def test_soldiers_are_of_the_body_that_the_text_names(text: str, language: str, org: str) -> None:
    assert org in doers(text, language, "arrest_detention")


def test_party_committees_and_courts_do_not_hide_the_body_that_arrested() -> None:
    text = (
        "A potter was arrested on Tuesday.\n\nThe people's committee knows of it.\n\n"
        "Her file lies at the Ministry of State Security."
    )
    assert doers(text, "en", "arrest_detention") == {"MSS"}
