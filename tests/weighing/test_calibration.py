"""The bench of weighing: its measures, and that posteriors are honest on generated cases it was not fitted on."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from weighing_cases import PACK

from secondsource.weighing.knowledge import Knowledge


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_weighing", Path(__file__).parents[2] / "bench" / "weighing.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_weighing"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        ([(0.75, True)] * 3 + [(0.75, False)], 0.0),
        ([(0.95, False)] * 4, 0.95),
        ([(0.25, False), (0.25, False), (0.25, False), (0.25, True), (1.0, True)], 0.0),
        ([(0.5, True)] * 5 + [(0.1, False)] * 5, 0.3),
    ],
)
def test_the_calibration_error_is_how_far_what_was_given_is_from_what_was_true(
    bench: ModuleType, pairs: list[tuple[float, bool]], error: float
) -> None:
    assert bench.calibration_error(pairs) == pytest.approx(error)


def test_posteriors_are_calibrated_on_cases_they_were_not_fitted_on(bench: ModuleType) -> None:
    known = Knowledge(PACK)
    found = bench.weigh(known, bench.told(known, [909], 2000))
    assert bench.calibration_error(found.every) <= 0.01
    assert bench.calibration_error(found.top) <= 0.05  # of 2,000 cases chance alone leaves some 0.02
    called, so = bench.sure(found.top)
    assert so >= 0.95 * called


def test_no_seed_is_both_fitted_and_measured_on(bench: ModuleType) -> None:
    assert not {*bench.FIT_SEEDS} & {*bench.SEEDS}


@pytest.mark.parametrize(
    ("shares", "true", "brier"),
    [
        ({"a": 1.0, "b": 0.0}, "a", 0.0),
        ({"a": 0.0, "b": 1.0}, "a", 2.0),
        ({"a": 0.5, "b": 0.5}, "a", 0.5),
    ],
)
def test_the_brier_score_is_how_far_all_probabilities_are_from_what_was_true(
    bench: ModuleType, shares: dict[str, float], true: str, brier: float
) -> None:
    class Told:
        pack = PACK

        def posterior(self, *_: object) -> dict[str, float]:
            return shares

    case = bench.Case(true, frozenset(), frozenset())
    assert bench.weigh(Told(), [case]).brier == pytest.approx(brier)


@pytest.mark.parametrize("lapse", [0.0, 0.03, 0.2])
def test_no_posterior_comes_nearer_to_one_than_marks_can_be_relied_on(lapse: float) -> None:
    """However many marks agree, the lapse stays with the prior; all posteriors still sum to 1."""
    rules = PACK.weighing.model_copy(update={"lapse": lapse, "tempering": 1.0})
    known = Knowledge(PACK.model_copy(update={"weighing": rules}))
    prior = dict(zip(known.scripts, known.share(0 * known.log_priors), strict=True))
    for script in known.scripts.values():
        after = known.posterior([step.signal for step in script.steps if step.signal])
        assert sum(after.values()) == pytest.approx(1)
        assert all(after[code] <= 1 - lapse * (1 - prior[code]) + 1e-12 for code in after)
        assert all(after[code] >= lapse * prior[code] - 1e-12 for code in after)


def test_a_fit_shows_how_a_labelled_set_fares_that_it_has_not_seen(
    bench: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "GRID", {"tempering": (0.5, 1.0), "lapse": (0.0, 0.1)})
    known = Knowledge(PACK)
    told = bench.told(known, [7], 30)
    coded = [bench.Case(PACK.labels.modus.get(c.true, c.true), c.shown, c.hinted, labelled=True) for c in told]
    bench.fit(PACK, {"told": told, "labelled set 1": coded})
    out = capsys.readouterr().out
    assert "Fitted without labelled set 1, measured on it: tempering" in out
