"""What is released, under which policy, and after which checks."""

from __future__ import annotations

from typing import Any, Literal

from secondsource.model import Noun


class Policy(Noun):
    place_level: Literal["province", "county"] = "province"
    """The finest places that may be named."""
    counts: Literal["rounded", "kept"] = "rounded"
    """People in bands of five, or as they are claimed."""
    hypotheses: int = 3
    """How many hypotheses are told, the likeliest first."""


class Check(Noun):
    """One thing that was looked for. `found` says where it stands, never what it is."""

    name: str
    passed: bool
    found: tuple[str, ...] = ()


class Release(Noun):
    markdown: str
    data: dict[str, Any]
    """The same as JSON."""
    checks: tuple[Check, ...]


class Unsafe(ValueError):
    """Something in the release would say too much. `checks` are those that failed."""

    def __init__(self, checks: tuple[Check, ...]) -> None:
        super().__init__("; ".join(f"{check.name}: {', '.join(check.found)}" for check in checks))
        self.checks = checks
