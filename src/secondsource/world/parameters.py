"""The model's numbers, from a pack's world.yaml: parameters, counties, seasons, the border's history.

spec = load("nk_border")          Spec
rates = spec.rates({"quota": 0})  Rates, the defaults with changes
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

import numpy as np
import yaml
from pydantic import Field, ValidationError

from secondsource.packs import PackError, alert_rules
from secondsource.packs.load import folder_of
from secondsource.packs.model import Entry

POLICY = "policy (alerts.yaml)"
Group = Literal["households", "brokers", "officers", "inspections", "guards", "telling", "warnings", "way_south"]


class Rates(NamedTuple):
    """The parameters as compiled code takes them. What each means stands in world.yaml, under its name."""

    wish_rate: float
    line_share: float
    wealth_median: float
    wealth_sigma: float
    trust_mean: float
    trust_sd: float
    fear_halflife_weeks: float
    gossip_effect: float
    verify_share: float
    verify_works: float
    invitation_pull: float
    hear_inspection: float
    away_weeks: float
    price_base: float
    price_per_tightness: float
    fee_share: float
    risk_cost: float
    broker_temperature: float
    threat: float
    loyalty_sd: float
    warn_share: float
    betray_share: float
    jail_if_refused: float
    jail_weeks: float
    turned_weeks: float
    quota: float
    quota_value: float
    urgency_weeks: float
    beyond_quota: float
    bribe_crossing: float
    bribe_remittance: float
    remittances_per_year: float
    arrest_scares: float
    arrest_skill: float
    manufacture_cost: float
    cost_sigma: float
    money_taken: float
    exposure_base: float
    exposure_per_report: float
    exposure_penalty: float
    temperature: float
    plan_weeks: float
    lure_tries: float
    inspections_per_year: float
    inspection_weeks: float
    inspection_pressure: float
    notice_weeks: float
    bribe_fear: float
    patrol_inspection: float
    patrol_catch: float
    patrol_per_tightness: float
    handed_over: float
    trap_works: float
    learn_share: float
    learn_weeks: float
    release_share: float
    release_weeks: float
    tell_share: float
    leak_share: float
    leak_weeks: float
    outlet_weeks: float
    ordinary_reported: float
    ordinary_weeks: float
    warning_after: float
    warning_reach: float
    warning_effect: float
    warning_repeat_weeks: float
    alert_after: float
    alert_within_weeks: float
    alert_lasts_weeks: float
    reach_south: float
    transit_weeks: float


def as_record(rates: Rates) -> Rates:
    """The same as a NumPy record, which compiled code takes as one pointer rather than as seventy arguments."""
    kind = np.dtype([(name, "f8") for name in Rates._fields])
    return cast(Rates, np.array([tuple(rates)], kind)[0])


class Parameter(Entry):
    code: str
    group: Group
    what: str
    unit: str
    default: float
    low: float
    high: float
    source: str
    """What it rests on; `assumption` where nothing published does."""


class County(Entry):
    place: str
    """Gazetteer id."""
    river: str
    share: float = Field(gt=0)
    """Share of the households."""


class Scale(Entry):
    households: int = Field(ge=1)
    households_per_officer: int = Field(ge=1)
    households_per_broker: int = Field(ge=1)
    years: int = Field(ge=1)
    burn_in_years: int = Field(ge=0)
    """Years in the beginning that no outcome counts."""


class Tightness(Entry):
    year: int
    tightness: float
    why: str
    source: str = "assumption"


class Border(Entry):
    stable: float
    history: list[Tightness]


class ToldBy(Entry):
    scripts: dict[str, dict[str, float]]
    """Kind of arrest to the scripts that play it, each with how often."""
    tellers: dict[str, list[str]]
    """Way in which a case comes out (family, holder) to the roles of scripts that can be its source."""
    others: float = Field(ge=0, lt=1)
    first_year: int


class Spec(Entry):
    parameters: list[Parameter]
    scale: Scale
    counties: list[County]
    seasons: dict[str, list[float]]
    """River to twelve factors of how passable it is."""
    border: Border
    arrivals: dict[int, int]
    telling: ToldBy

    def rates(self, changes: Mapping[str, float] | None = None) -> Rates:
        """The defaults with changes. ValueError for an unknown name, or a value out of its range."""
        values = {p.code: p.default for p in self.parameters}
        for code, value in (changes or {}).items():
            one = self.parameter(code)
            if not one.low <= value <= one.high:
                raise ValueError(f"{code}: {value:g} is not between {one.low:g} and {one.high:g}")
            values[code] = float(value)
        return Rates(**values)

    def parameter(self, code: str) -> Parameter:
        """ValueError where there is none."""
        for one in self.parameters:
            if one.code == code:
                return one
        near = get_close_matches(code, [p.code for p in self.parameters], n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "`secondsource world parameters` lists them"
        raise ValueError(f"{code or 'a nameless one'}: no such parameter of the world ({hint})")


@lru_cache(maxsize=8)
def load(pack: str | Path = "nk_border") -> Spec:
    """PackError where the pack has no world, or a faulty one."""
    path = folder_of(pack) / "world.yaml"
    read: Spec = read_entry(path, Spec)
    spec = read.model_copy(update={"parameters": [*read.parameters, *_alert(pack, read)]})
    codes = [p.code for p in spec.parameters]
    if sorted(codes) != sorted(Rates._fields):
        raise PackError(f"{path}: missing or not known: {', '.join(sorted({*codes} ^ {*Rates._fields})) or 'a double'}")
    for p in spec.parameters:
        if not p.low <= p.default <= p.high:
            raise PackError(f"{path}: {p.code}: {p.default:g} is not between {p.low:g} and {p.high:g}")
    for river in {c.river for c in spec.counties}:
        if len(spec.seasons.get(river, ())) != 12:
            raise PackError(f"{path}: {river} needs twelve seasons")
    return spec


def _alert(pack: str | Path, spec: Spec) -> list[Parameter]:
    """This software's own rule for alerts on set-ups, as parameters: the pack's alerts.yaml has the numbers."""
    rules = [rule for rule in alert_rules(pack) if rule.script in spec.telling.scripts.get("set_up", ())]
    if not rules:
        raise PackError(f"{folder_of(pack) / 'alerts.yaml'}: no rule for the script that plays a set-up")
    rule, weeks = rules[0], "weeks (the nearest)"
    found = (
        (
            "alert_after",
            rule.enough,
            2,
            10,
            "set-ups",
            "different set-ups of a county that raise this software's alert",
        ),
        ("alert_within_weeks", round(rule.within_days / 7), 1, 520, weeks, "within which they must become known"),
        (
            "alert_lasts_weeks",
            round(rule.lasts_days / 7),
            1,
            520,
            weeks,
            "from the last that became known until it lapses",
        ),
    )
    return [
        Parameter(code=code, group="warnings", default=value, low=low, high=high, unit=unit, what=what, source=POLICY)
        for code, value, low, high, unit, what in found
    ]


def read_entry(path: Path, kind: type[Any]) -> Any:
    """A YAML file as an entry of `kind`. PackError, which names the file and each fault, a line each."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PackError(f"{path}: there is no such file") from error
    except UnicodeDecodeError as error:
        raise PackError(f"{path}: this is no text (not UTF-8)") from error
    except yaml.YAMLError as error:
        raise PackError(f"{path}: {error}") from error
    if not isinstance(found, dict):
        raise PackError(f"{path}: there must be `name: value` lines here, and {', '.join(_needed(kind))} among them")
    try:
        return kind.model_validate(found)
    except ValidationError as error:
        raise PackError("\n".join(f"{path}: {fault}" for fault in _faults(error))) from error


def _needed(kind: type[Any]) -> list[str]:
    return [name for name, one in kind.model_fields.items() if one.is_required()]


def _faults(error: ValidationError) -> Iterator[str]:
    """In the words of whoever wrote the file, without the validator's own names for them."""
    said = {"extra_forbidden": "there is no such setting", "missing": "it is missing"}
    for one in error.errors(include_url=False):
        where = ".".join(str(part) for part in one["loc"])
        yield f"{where}: {said.get(one['type'], one['msg'])}" if where else one["msg"].removeprefix("Value error, ")
