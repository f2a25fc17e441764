"""The simulation: plays a pack's crime scripts into reports of which everything is known.

A case is drawn from its script (Cornish 1994), outlets tell it as far as their sources could know it,
and the label says what each report told. Nothing in it ever happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from secondsource import scripts
from secondsource.packs import Pack
from secondsource.world.cases import Case, Random, draw, pick
from secondsource.world.labels import label
from secondsource.world.tellings import Seen, Telling, tell
from secondsource.world.writing import write

__all__ = ["World", "generate", "generate_society"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class World:
    """`reports` and `labels`: rows as `evaluate` reads them, in the same order. `truth`: a row a case."""

    reports: list[Row]
    labels: list[Row]
    truth: list[Row]


def generate(pack: Pack, *, cases: int, seed: int) -> World:
    """`cases` cases and their reports. The first are one of each script, later ones come as often as their priors.

    The same pack and seed give the same bytes; a case is the same however many follow it.
    """
    world = World([], [], [])
    known = scripts.load(pack)
    for number in range(cases):
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
        _add(world, pack, draw(pack, _script(known, number, rng), number, rng), rng)
    return world


def _script(known: dict[str, scripts.Script], number: int, rng: Random) -> scripts.Script:
    ordered = [known[code] for code in sorted(known)]
    if number < len(ordered):
        return ordered[number]
    priors = np.array([script.prior for script in ordered])
    return ordered[int(rng.choice(len(ordered), p=priors / priors.sum()))]


def generate_society(pack: Pack, scenario: str, *, cases: int, seed: int, years: int | None = None) -> World:
    """What a scenario's society lets out, as reports: at most `cases` cases, the earliest first.

    `truth` also has the cases that nobody told, up to the last one told. PackError for an unknown scenario.
    """
    from secondsource.world import corpus, parameters, scenarios

    spec = parameters.load(pack.name)
    found = corpus.events(spec, scenarios.load(scenario, pack.name), seed, years)
    world = World([], [], [])
    told = 0
    for number, event in enumerate(corpus.with_others(spec, found, seed)):
        if event.printed < 0:
            world.truth.append(corpus.untold(spec, event, number))
            continue
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(3, number)))
        case, seen = corpus.case(pack, spec, event, number, rng)
        _add(world, pack, case, rng, seen)
        told += 1
        if told == cases:
            break
    return world


def _add(world: World, pack: Pack, case: Case, rng: Random, seen: Seen | None = None) -> None:
    tellings = list(tell(pack, case, rng, seen))
    for telling in tellings:
        written = write(pack, telling, rng)
        world.reports.append(
            {
                "id": telling.id,
                "outlet": pick(rng, pack.telling[f"outlet {telling.outlet}"][telling.language]),
                "language": telling.language,
                "title": written.title,
                "published": telling.published.isoformat(),
                "truncated": False,
                "reprint_of": None,
                "text": written.text,
            }
        )
        world.labels.append(label(pack, telling, written.said))
    world.truth.append(_truth(case, tellings))


def _truth(case: Case, tellings: list[Telling]) -> Row:
    """What happened and who told it. Sources are roles: there are no persons behind them."""
    return {
        "incident_id": case.id,
        "script": case.script.code,
        "place": case.place,
        "agency": case.agency,
        "victims": {"count": len(case.ages), "ages": list(case.ages)},
        "steps": [
            {"step": code, "day": case.day(code).isoformat(), "yuan": case.sums[code]} for code in case.played.steps
        ],
        "reports": [
            {
                "id": t.id,
                "kind": t.kind,
                "told": sorted({*t.told, *case.lead_steps}, key=case.played.steps.index),
                "sources": list(t.roles),
            }
            for t in tellings
        ],
    }
