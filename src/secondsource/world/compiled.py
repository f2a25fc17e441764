"""Compiling with Numba, typed, and without a cache: nothing is written beside or outside the package."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """`function` as machine code, made at its first call. Strict arithmetic: the same bits on every run."""
    return cast(F, numba.njit(function, error_model="numpy"))


def compiled_once(signature: str) -> Callable[[F], F]:
    """The same for one signature ("float64(float64)") to which arguments are converted: one version of it, not one
    for each combination of whole numbers that it is called with."""

    def wrap(function: F) -> F:
        return cast(F, numba.njit(signature, error_model="numpy")(function))

    return wrap
