"""Reports of a society: what happened there, told by those who let it out, in the words of the pack's scripts.

The society says what kind of arrest it was, where, in which week, of how many, and when and by whom it came out; the
script says by which steps it came about; tellings and writing say what outlets made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from secondsource.packs import Pack
from secondsource.scripts import Script
from secondsource.world import calendar, record, scenarios
from secondsource.world.cases import Case, Random, draw, for_script, known, people_of, pick
from secondsource.world.parameters import Spec, ToldBy
from secondsource.world.tellings import Seen

Row = dict[str, Any]
MOST_DRAWS = 50
SPREAD = 7
"""Days of a week."""


@dataclass(frozen=True, slots=True)
class Event:
    """One arrest of a society, or a case of a script that it does not play (`kind` None)."""

    kind: str | None
    script: str | None
    week: int
    place: str
    persons: int
    printed: int
    """The week of its first report, -1 where none came by the end of the run."""
    via: int


def events(spec: Spec, scenario: scenarios.Scenario, seed: int, years: int | None = None) -> list[Event]:
    """Every arrest from the end of the burn-in on, by week."""
    from secondsource.world import engine

    run = engine.play_scenario(spec, scenario, seed=seed, years=years)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(4,)))
    found = []
    for values in run.record.events[: int(run.record.total[0])].tolist():
        row = dict(zip(record.COLUMNS, values, strict=True))
        if row["week"] >= calendar.WEEKS * run.scale.burn_in_years:
            printed = row["printed"] if row["printed"] < len(run.calendar.tight) else -1
            place, kind = spec.counties[row["county"]].place, record.KINDS[row["kind"]]
            script = _weighted(spec.telling.scripts[kind], rng)
            found.append(Event(kind, script, row["week"], place, row["persons"], printed, row["via"]))
    return found


def with_others(spec: Spec, found: list[Event], seed: int) -> list[Event]:
    """The same, and among those that came out some cases of other scripts, at random weeks and places."""
    told = [event for event in found if event.printed >= 0]
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(2,)))
    share = spec.telling.others
    count = round(len(told) * share / (1 - share))
    last = max((event.week for event in told), default=0)
    made = []
    for _ in range(count):
        week = int(rng.integers(told[0].week, last + 1))
        place = spec.counties[int(rng.integers(len(spec.counties)))].place
        made.append(Event(None, None, week, place, 0, week, record.NOBODY))
    return sorted([*found, *made], key=lambda event: event.week)


def case(pack: Pack, spec: Spec, event: Event, number: int, rng: Random) -> tuple[Case, Seen | None]:
    """The event as a case of its script, and when and by whom it came out (None: as such cases usually do)."""
    scripts = known(pack)
    if event.script is None:
        played = {code for some in spec.telling.scripts.values() for code in some}
        others = {code: one.prior for code, one in scripts.items() if code not in played}
        script = scripts[_weighted(others, rng)]
        return _dated(spec, _drawn(pack, script, number, rng), event, rng), None
    script = scripts[event.script]
    drawn = _drawn(pack, script, number, rng)
    river = next(c.river for c in spec.counties if c.place == event.place)
    people = people_of(pack, for_script(pack, "victims", script.code), event.persons, rng)
    placed = replace(
        drawn,
        place=event.place,
        river=river,
        across=pick(rng, pack.telling[f"across {river}"]["ids"]),
        people=people.code,
        ages=people.ages,
    )
    made = _dated(spec, placed, event, rng)
    return made, _seen(spec.telling, made, event, rng)


def untold(spec: Spec, event: Event, number: int) -> Row:
    """The truth of a case that nobody told."""
    return {
        "incident_id": f"INC-U{number:05d}",
        "script": event.script,
        "place": event.place,
        "week_of": monday(spec, event.week).isoformat(),
        "victims": {"count": event.persons},
        "reports": [],
    }


def monday(spec: Spec, week: int) -> date:
    first = date(spec.telling.first_year, 1, 1)
    return first + timedelta(days=365 * (week // calendar.WEEKS) + 7 * (week % calendar.WEEKS))


def _drawn(pack: Pack, script: Script, number: int, rng: Random) -> Case:
    """A case that has something for a report to lead with."""
    for _ in range(MOST_DRAWS):
        found = draw(pack, script, number, rng)
        if found.lead is not None:
            return found
    raise ValueError(f"script {script.code}: none of {MOST_DRAWS} cases has anything to tell")


def _weighted(weights: Mapping[str, float], rng: Random) -> str:
    codes = sorted(weights)
    shares = np.array([weights[code] for code in codes])
    return codes[int(rng.choice(len(codes), p=shares / shares.sum()))]


def _dated(spec: Spec, drawn: Case, event: Event, rng: Random) -> Case:
    """The case, so begun that what its reports lead with falls into the event's week."""
    day = monday(spec, event.week) + timedelta(days=int(rng.integers(SPREAD)))
    return replace(drawn, begins=day - (drawn.lead_day - drawn.begins))


def _seen(telling: ToldBy, made: Case, event: Event, rng: Random) -> Seen:
    wanted = telling.tellers.get({record.FAMILY: "family", record.HOLDER: "holder"}.get(event.via, ""), [])
    roles = [role for role in wanted if role in made.script.roles] or sorted(made.script.roles)
    weeks = max(1, event.printed - event.week)
    return Seen(made.lead_day + timedelta(days=7 * weeks + int(rng.integers(SPREAD))), pick(rng, roles))
