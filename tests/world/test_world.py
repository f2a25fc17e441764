"""The simulated world is repeatable, tells only what could be known, and labels what it told."""

import collections
import itertools
import json
import re
import time
from typing import Any

import numpy as np
import pytest

from secondsource import edtf, packs, scripts
from secondsource.model import PlaceRole
from secondsource.scripts import sample
from secondsource.world import World, generate, grammar

PACK = packs.load("nk_border")
SCRIPTS = scripts.load(PACK)
CASES = 60
LANGUAGES = ("en", "ko", "ja")


@pytest.fixture(scope="module")
def world() -> World:
    return generate(PACK, cases=CASES, seed=7)


def as_bytes(made: World) -> bytes:
    return json.dumps([made.reports, made.labels, made.truth], ensure_ascii=False).encode()


def incidents(world: World) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(report, label["incidents"][0]) for report, label in zip(world.reports, world.labels, strict=True)]


def of_case(world: World, number: int) -> list[Any]:
    wanted = f"INC-W{number:04d}"
    rows = [
        (report, label)
        for report, label in zip(world.reports, world.labels, strict=True)
        if label["incidents"][0]["incident_id"] == wanted
    ]
    return [rows, [row for row in world.truth if row["incident_id"] == wanted]]


# --- repeatable -----------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes(world: World) -> None:
    assert as_bytes(generate(PACK, cases=CASES, seed=7)) == as_bytes(world)


def test_another_seed_gives_other_reports(world: World) -> None:
    assert as_bytes(generate(PACK, cases=CASES, seed=8)) != as_bytes(world)


@pytest.mark.parametrize("number", [0, 7, 19])
def test_a_case_does_not_depend_on_how_many_follow_it(world: World, number: int) -> None:
    assert of_case(generate(PACK, cases=20, seed=7), number) == of_case(world, number)


def test_thirty_cases_take_less_than_a_second() -> None:
    started = time.perf_counter()
    generate(PACK, cases=30, seed=1)
    assert time.perf_counter() - started < 1


# --- true to the scripts --------------------------------------------------------------------


def test_every_script_is_played(world: World) -> None:
    assert {row["script"] for row in world.truth} == set(SCRIPTS)
    assert len(world.truth) == CASES


def test_steps_keep_the_order_of_their_script(world: World) -> None:
    for row in world.truth:
        days = {step["step"]: step["day"] for step in row["steps"]}
        assert list(days.values()) == sorted(days.values())
        for code, day in days.items():
            for before in SCRIPTS[row["script"]].step(code).after:
                assert before not in days or days[before] <= day


@pytest.mark.parametrize("code", sorted(SCRIPTS))
def test_steps_happen_as_often_as_their_script_says(code: str) -> None:
    rng = np.random.default_rng(3)
    times = 1500
    seen = collections.Counter(step for _ in range(times) for step in sample(SCRIPTS[code], rng).steps)
    for step in SCRIPTS[code].steps:
        margin = 4 * (step.occurs * (1 - step.occurs) / times) ** 0.5
        assert abs(seen[step.code] / times - step.occurs) <= margin + 1e-9


def test_a_report_tells_only_what_had_happened_by_then(world: World) -> None:
    published = {report["id"]: report["published"] for report in world.reports}
    for row in world.truth:
        days = {step["step"]: step["day"] for step in row["steps"]}
        for report in row["reports"]:
            assert max(days[code] for code in report["told"]) <= published[report["id"]]


def test_a_source_tells_only_what_its_role_lets_it_know(world: World) -> None:
    for row in world.truth:
        script = SCRIPTS[row["script"]]
        wanted = PACK.telling[f"lead of {script.code}"]["ids"]
        for report in row["reports"]:
            steps = [script.step(code) for code in report["told"]]
            told = [step for step in steps if step.signal not in wanted and report["kind"] != "relay"]
            assert [step.code for step in told if step.knowers and not {*step.knowers} & {*report["sources"]}] == []


def test_whoever_repeats_a_report_tells_no_more_than_it_did(world: World) -> None:
    for row in world.truth:
        for report in row["reports"][1:]:
            if report["kind"] != "original":
                assert set(report["told"]) <= set(row["reports"][0]["told"])


def test_no_source_has_an_identity(world: World) -> None:
    for row in world.truth:
        roles = set(SCRIPTS[row["script"]].roles)
        assert all(set(report["sources"]) <= roles for report in row["reports"])


# --- labels say what the text says ----------------------------------------------------------


def written(amount: int) -> set[str]:
    return {grammar.number(amount, language) for language in LANGUAGES}


def test_reports_and_labels_stand_in_the_same_order(world: World) -> None:
    assert [report["id"] for report in world.reports] == [label["id"] for label in world.labels]
    assert len({report["id"] for report in world.reports}) == len(world.reports)


def test_what_a_label_quotes_stands_in_the_text(world: World) -> None:
    for report, incident in incidents(world):
        text = report["text"].casefold()
        quoted = [
            incident["date_text"],
            *(place["text"] for place in incident["places"]),
            *incident["victims"]["descriptors"],
            *(source["descriptor"] for source in incident["sources"]),
        ]
        assert [words for words in quoted if words.casefold() not in text] == []
        assert all(any(form in text for form in written(money["amount"])) for money in incident["money"])


def test_a_label_keeps_to_the_codes_and_to_its_report_s_time(world: World) -> None:
    for report, incident in incidents(world):
        assert incident["date"] and edtf.parse(incident["date"]).earliest.isoformat() <= report["published"]  # type: ignore[union-attr]
        assert {place["role"] for place in incident["places"]} <= set(PlaceRole)
        assert incident["n_distinct_sources"] == len(incident["sources"]) > 0
        assert incident["independent_corroboration"]["value"] in ("unclear", "no")
        assert incident["acts"]


def test_only_a_manufactured_script_is_labelled_so(world: World) -> None:
    manufactured = {row["incident_id"] for row in world.truth if SCRIPTS[row["script"]].manufactured}
    for _, incident in incidents(generate(PACK, cases=200, seed=4)):
        if incident["manufactured_defection"] == "yes":
            assert incident["modus"] == "manufactured_defection"
            assert {"deception_lure", "arrest_detention"} <= set(incident["acts"])
    for _, incident in incidents(world):
        assert incident["manufactured_defection"] != "yes" or incident["incident_id"] in manufactured


def test_an_informer_among_those_who_fled_makes_it_suspected() -> None:
    told = [i for _, i in incidents(generate(PACK, cases=200, seed=4)) if i["modus"] == "informant_tip"]
    assert {i["manufactured_defection"] for i in told} == {"no", "suspected"}


# --- the words ------------------------------------------------------------------------------


def test_three_languages_are_there(world: World) -> None:
    count = collections.Counter(report["language"] for report in world.reports)
    assert min(count[language] for language in LANGUAGES) >= 10


def sentences(text: str) -> set[str]:
    return {part.strip() for part in re.split(r"[\n。]|(?<=\.)\s", text) if part.strip()}


def test_reports_of_different_cases_share_no_more_than_a_third_of_their_sentences(world: World) -> None:
    told = [(incident["incident_id"], sentences(report["text"])) for report, incident in incidents(world)]
    for (one, a), (other, b) in itertools.combinations(told, 2):
        assert one == other or len(a & b) <= max(len(a), len(b)) / 3


def test_no_slot_and_no_choice_of_particle_is_left_open(world: World) -> None:
    for report in world.reports:
        assert re.findall(r"[{}|]|\((?:는|가|를|와|으)\)", report["title"] + report["text"]) == []


STEPS = sorted(
    {
        f"step {own}" if f"step {own}" in PACK.telling else f"step {step.signal}"
        for script in SCRIPTS.values()
        for step in script.steps
        if step.signal not in PACK.telling[f"lead of {script.code}"]["ids"]
        for own in [f"{script.code}.{step.code}"]
    }
)


@pytest.mark.parametrize("group", STEPS)
def test_every_step_can_be_told_in_four_ways_in_three_languages(group: str) -> None:
    assert all(len(set(PACK.telling[group][language])) >= 4 for language in LANGUAGES)


MANUFACTURED = [
    f"step {step.signal}"
    for step in SCRIPTS["manufactured_defection"].steps
    if step.decisive and f"step {step.signal}" in PACK.telling
]


@pytest.mark.parametrize("group", ["said", *MANUFACTURED])
def test_what_decides_a_set_up_is_told_in_too_many_ways_to_be_memorised(group: str) -> None:
    """Sentences with their alternatives; each is put into one of as many frames."""
    for language in LANGUAGES:
        ways = {
            tuple(said)
            for sentence in PACK.telling[group][language]
            for said in itertools.product(
                *(m.split("|") for m in re.findall(r"\[([^\[\]]*\|[^\[\]]*)\]", sentence)), [sentence]
            )
        }
        assert len(ways) >= 12


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("a [b|c] d [e|f|g]", "a c d g"),
        ("[Photo: {x}]", "[Photo: {x}]"),
        ("[{a}|{b}] went", "{b} went"),
        ("[x|]y", "y"),
    ],
)
def test_one_of_the_alternatives_of_a_sentence_is_told(template: str, expected: str) -> None:
    assert grammar.choose(template, lambda options: options[-1]) == expected


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("모녀은(는)", "모녀는"),
        ("가족이(가)", "가족이"),
        ("2만 위안을(를)", "2만 위안을"),
        ("남매과(와)", "남매와"),
        ("회령시(으)로", "회령시로"),
        ("무산군(으)로", "무산군으로"),
        ("서울(으)로", "서울로"),
        ("2만 위안(한화 약 340만 원)을(를)", "2만 위안(한화 약 340만 원)을"),
        ("6은(는) 2이(가)", "6은 2가"),
    ],
)
def test_korean_particles_follow_the_sound_before_them(text: str, wanted: str) -> None:
    assert grammar.particles(text) == wanted


@pytest.mark.parametrize(
    ("amount", "language", "wanted"),
    [
        (25_000, "en", "25,000"),
        (25_000, "ko", "2만 5천"),
        (25_000, "ja", "2万5000"),
        (8_000, "ko", "8천"),
        (8_000, "ja", "8000"),
        (40_000, "ko", "4만"),
        (4_250_000, "ko", "425만"),
        (13_250, "ko", "1만 3250"),
    ],
)
def test_sums_are_written_as_each_language_writes_them(amount: int, language: str, wanted: str) -> None:
    assert grammar.number(amount, language) == wanted
