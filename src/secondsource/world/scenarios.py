"""Scenarios: what is different in a world, as YAML. They change numbers, never rules.

scenario = load("shared_secret")   a scenario of the pack, or a file of one's own
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from secondsource.packs import PackError
from secondsource.packs.load import folder_of
from secondsource.packs.model import Entry
from secondsource.world.parameters import Rates, Scale, Spec, read_entry

BASELINE = "baseline"
TIGHTEST = 4.0
"""Of the border. Well above what closed it in 2020; far beyond, prices are no numbers any more."""
MOST_YEARS, MOST_HOUSEHOLDS = 100, 5_000_000


class Inspection(Entry):
    """A visit at a set time, beside those that chance brings."""

    place: str
    week: int = Field(ge=0)
    """From the beginning of the run."""
    weeks: int = Field(ge=1, le=52)


class Scenario(Entry):
    code: str
    label: dict[str, str]
    about: str = ""
    change: dict[str, float] = Field(default_factory=dict)
    """Parameter to value; what is not named is as world.yaml has it."""
    tightness: float | None = Field(default=None, ge=0, le=TIGHTEST)
    """Of the border, throughout; that of world.yaml where there is none."""
    history_from: int | None = Field(default=None, ge=1900, le=2100)
    """The year in which the run begins, for the border's history instead of a constant."""
    years: int | None = Field(default=None, ge=1, le=MOST_YEARS)
    households: int | None = Field(default=None, ge=1, le=MOST_HOUSEHOLDS)
    inspections: list[Inspection] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_border(self) -> Scenario:
        if self.tightness is not None and self.history_from is not None:
            raise ValueError("tightness and history_from: the border has one or the other")
        return self

    def scale(self, spec: Spec, years: int | None = None, households: int | None = None) -> Scale:
        """The pack's, with the scenario's own years and households, and over both what is asked for here."""
        found: dict[str, Any] = {}
        if years or self.years:
            found["years"] = years or self.years
        if households or self.households:
            found["households"] = households or self.households
        scale = spec.scale.model_copy(update=found)
        if scale.years <= scale.burn_in_years:
            raise ValueError(f"{scale.years} years: the first {scale.burn_in_years} are not counted, so none is left")
        if scale.households < len(spec.counties):
            raise ValueError(f"{scale.households} households are too few for {len(spec.counties)} counties")
        return scale

    def rates(self, spec: Spec, changes: Mapping[str, float] | None = None) -> Rates:
        return spec.rates(self.change | dict(changes or {}))


def names(pack: str | Path = "nk_border") -> list[str]:
    """The scenarios of a pack, the baseline first."""
    found = sorted(p.stem for p in (folder_of(pack) / "scenarios").glob("*.yaml"))
    return sorted(found, key=lambda name: name != BASELINE)


def load(name: str | Path, pack: str | Path = "nk_border") -> Scenario:
    """By name, or a YAML file by path. PackError where there is none or it is faulty."""
    own = Path(name)
    if own.suffix in {".yaml", ".yml"}:
        path = own
    elif str(name) in names(pack):
        path = folder_of(pack) / "scenarios" / f"{name}.yaml"
    else:
        raise PackError(f"{name}: no such scenario (there are {', '.join(names(pack))}, or give a YAML file)")
    found: Scenario = read_entry(path, Scenario)
    return found
