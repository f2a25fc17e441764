"""The scripts that come with the pack, and what `check` says of broken ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from secondsource import scripts
from secondsource.packs import Pack, load

PACK = load("nk_border")
SCRIPTS = scripts.load(PACK)
SIGNALS = scripts.signals(PACK)
SCORER = scripts.Scorer(SCRIPTS, SIGNALS)
PRIORS = np.log2([script.prior for script in SCRIPTS.values()])


@pytest.mark.parametrize("name", ["nk_border", "general"])
def test_the_packs_scripts_have_no_problems(name: str) -> None:
    assert scripts.check(load(name)) == []


def test_the_priors_are_one_distribution() -> None:
    assert sum(script.prior for script in SCRIPTS.values()) == pytest.approx(1)


def reported(script: scripts.Script, rng: np.random.Generator) -> set[str]:
    """The signals that one report of a case shows: its own steps' by their reported rates, others' by chance."""
    happened = scripts.sample(script, rng).times
    told = {s.signal for s in script.steps if s.signal and s.code in happened and rng.random() < s.reported}
    return told | {code for code, signal in SIGNALS.items() if rng.random() < signal.elsewhere}


@pytest.mark.parametrize("code", sorted(SCRIPTS))
def test_a_report_of_a_played_script_is_recognised(code: str) -> None:
    rng = np.random.default_rng(20_181_125)
    first = 0
    for _ in range(100):
        after = PRIORS + SCORER.each(SCORER.levels(reported(SCRIPTS[code], rng))).sum(axis=1)
        first += list(SCRIPTS)[int(after.argmax())] == code
    assert first >= 80


@pytest.mark.parametrize("code", sorted(SCRIPTS))
def test_a_played_script_keeps_its_order(code: str) -> None:
    rng = np.random.default_rng(7)
    for _ in range(20):
        played = scripts.sample(SCRIPTS[code], rng)
        assert list(played.times.values()) == sorted(played.times.values())
        for step in played.steps:
            for earlier in SCRIPTS[code].step(step).after:
                assert earlier not in played.times or played.times[earlier] <= played.times[step]


def toy(
    step: dict[str, Any] | None = None, script: dict[str, Any] | None = None, signal: dict[str, Any] | None = None
) -> Pack:
    steps = [
        {
            "code": "one",
            "label": {},
            "scene": "doing",
            "signal": "seen",
            "occurs": 0.9,
            "reported": 0.9,
            "knowers": ["r"],
        }
    ]
    steps[0] |= step or {}
    body = {
        "code": "toy", "label": {}, "summary": "", "prior": 0.5, "roles": {"r": {"who": "somebody"}},
        "rivals": ["toy"], "tells_apart": "", "steps": steps, **(script or {}),
    }  # fmt: skip
    mark = {"label": {}, "elsewhere": 0.1, "any": [{"act": ["arrest"]}], **(signal or {})}
    return Pack(name="toy", version="1", scripts={"toy": body}, signals={"seen": mark})


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ({"step": {"signal": "unseen"}}, "signal unseen is not in signals.yaml"),
        ({"step": {"occurs": 1.2}}, "occurs 1.2 is no probability"),
        ({"step": {"reported": 0}}, "reported 0.0 is no probability"),
        ({"step": {"after": ["one"]}}, "waits for itself"),
        ({"step": {"after": ["two"]}}, "comes after two, which is no step"),
        ({"step": {"occurs": float("nan")}}, "finite number"),
        ({"step": {"days": [0, float("inf")]}}, "finite number"),
        ({"script": {"prior": float("nan")}}, "finite number"),
        ({"signal": {"elsewhere": float("nan")}}, "finite number"),
        ({"script": {"steps": []}}, "script toy: no step shows a signal"),
        ({"step": {"knowers": ["x"]}}, "knower x is no role"),
        ({"step": {"days": [3, 1]}}, "run backwards"),
        ({"script": {"rivals": []}}, "has no rivals"),
        ({"script": {"rivals": ["other"]}}, "rival other is no script"),
        ({"script": {"prior": 1}}, "prior 1.0 is not between 0 and 1"),
        ({"script": {"code": "tot"}}, "its code is tot"),
        ({"script": {"suspected_by": ["x"]}}, "suspected_by x is no signal"),
        ({"script": {"scenes": 1}}, "Extra inputs are not permitted"),
        ({"signal": {"elsewhere": 0}}, "elsewhere 0.0 is not between 0 and 1"),
        ({"signal": {"any": [{}]}}, "an empty condition holds of everything"),
        ({"signal": {"any": []}}, "has no condition"),
        ({"signal": {"any": [{"text": {"en": ["[a|]"]}}]}}, "an empty choice"),
        ({"step": {"signal": None}}, "no step of any script shows it"),
    ],
)
def test_check_names_what_is_wrong(broken: dict[str, Any], problem: str) -> None:
    assert scripts.check(toy()) == []
    problems = scripts.check(toy(**broken))
    assert any(problem in p for p in problems), problems
