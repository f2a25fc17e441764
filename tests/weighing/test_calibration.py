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
    found = bench.weigh_told(Knowledge(PACK), [909], 500)
    assert bench.calibration_error(found.every) <= 0.02
    assert bench.calibration_error(found.top) <= 0.10  # of 500 cases chance alone leaves some 0.04


def test_the_tempering_of_the_pack_is_not_touched_by_trying_others(bench: ModuleType) -> None:
    known = Knowledge(PACK)
    before = known.tempering
    bench.weigh_told(known, [3], 20, 0.5)
    assert known.tempering == before
