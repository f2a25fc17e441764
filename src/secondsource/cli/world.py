"""`secondsource world`: play the simulated world, compare what would have spared people, write its reports."""

from __future__ import annotations

import json as json_module
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from secondsource.cli import show
from secondsource.cli.app import Json, app

if TYPE_CHECKING:
    from secondsource.world.many import Chunk, Row
    from secondsource.world.summary import Spread

world_app = typer.Typer(help="Play the simulated world, of which everything is known.", no_args_is_help=True)
app.add_typer(world_app, name="world")

Seeds = Annotated[int, typer.Option(min=1, max=100_000, help="How many seeds: 0, 1, 2, ...")]
Years = Annotated[int | None, typer.Option(min=2, max=100, help="Years to play; the first is not counted.")]
Households = Annotated[int | None, typer.Option(min=1, max=5_000_000, help="Households of the society.")]
Change = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Change a number of the world: `world parameters` lists them."),
]
Workers = Annotated[int, typer.Option(min=1, max=256, help="Processes. The results do not depend on it.")]
Out = Annotated[Path | None, typer.Option(help="Folder for the results; what is there is not made again.")]
Dask = Annotated[str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler to play on, tcp://HOST:PORT.")]
ScenarioName = Annotated[str, typer.Option(help="A scenario's name, or a YAML file.")]


@world_app.callback()
def world() -> None:
    """Play the simulated world, of which everything is known."""


@world_app.command("run")
def run(
    scenario: ScenarioName = "baseline",
    seeds: Seeds = 20,
    years: Years = None,
    households: Households = None,
    change: Change = None,
    workers: Workers = 1,
    out: Out = None,
    dask: Dask = None,
    json: Json = False,
) -> None:
    """Play one scenario over many seeds: medians, and the interval that holds nine seeds of ten."""
    from secondsource.world import many, scenarios
    from secondsource.world.outcomes import OUTCOMES
    from secondsource.world.summary import plain, summarise, yearly

    one = scenarios.load(scenario)
    work = many.chunks(one, range(seeds), years=years, households=households, changes=_changes(change))
    rows = _play(work, out, workers, dask)
    found = summarise(rows)
    if json:
        by_year = {name: [s._asdict() for s in series] for name, series in yearly(rows).items()}
        show.as_json({"scenario": one.code, "seeds": seeds, "outcomes": plain(found), "yearly": by_year})
        return
    lines = [(name, *_cells(value, seeds), OUTCOMES[name]) for name, value in found.items()]
    head = ("outcome", "median", "nine of ten", "what it is")
    show.table(f"{one.label.get('en', one.code)}: {_seeds(seeds)}", head, lines)


@world_app.command("compare")
def compare(
    names: Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="Scenarios to hold against the baseline.")],
    base: Annotated[str, typer.Option(help="What they are held against.")] = "baseline",
    seeds: Seeds = 20,
    years: Years = None,
    households: Households = None,
    change: Change = None,
    workers: Workers = 1,
    out: Out = None,
    dask: Dask = None,
    json: Json = False,
) -> None:
    """Hold scenarios against the baseline, seed by seed: each pair meets the same luck where it does not differ."""
    from secondsource.world import many, scenarios
    from secondsource.world.summary import differences, plain, summarise

    all_of_them = [scenarios.load(name) for name in (base, *names)]
    if len({one.code for one in all_of_them[1:]}) < len(names):
        raise ValueError("two of these scenarios have one code")
    work: list[Chunk] = []
    for one in all_of_them:
        work += many.chunks(one, range(seeds), years=years, households=households, changes=_changes(change))
    rows = _play(work, out, workers, dask)
    each = [rows[n * seeds : (n + 1) * seeds] for n in range(len(all_of_them))]
    found = {one.code: differences(each[0], mine) for one, mine in zip(all_of_them[1:], each[1:], strict=True)}
    if json:
        made = {code: plain(spreads) for code, spreads in found.items()}
        show.as_json({"base": plain(summarise(each[0])), "differences": made, "seeds": seeds})
        return
    _print_differences(all_of_them[0].label.get("en", base), summarise(each[0]), found, seeds)


@world_app.command("sweep")
def sweep(
    parameter: Annotated[list[str] | None, typer.Option(help="Numbers of the world to vary; all, if none.")] = None,
    outcome: Annotated[list[str] | None, typer.Option(help="What to look at.")] = None,
    method: Annotated[str, typer.Option(help="morris (screening) or sobol (shares of the variance).")] = "morris",
    samples: Annotated[int, typer.Option(min=2, help="Morris: trajectories. Sobol: base samples.")] = 8,
    scenario: ScenarioName = "baseline",
    seeds: Seeds = 3,
    years: Years = None,
    households: Households = None,
    workers: Workers = 1,
    out: Out = None,
    dask: Dask = None,
    json: Json = False,
) -> None:
    """Find the numbers that the outcomes hang on, over their whole ranges, alone and together."""
    from secondsource.world import parameters, scenarios, sensitivity
    from secondsource.world.outcomes import OUTCOMES

    if method not in ("morris", "sobol"):
        raise ValueError(f"{method}: neither morris nor sobol")
    spec = parameters.load()
    names = parameter or [p.code for p in spec.parameters if p.source != "policy"]
    wanted = outcome or ["set_up_persons", "escaped", "manufactured_share", "reported_share"]
    for name in wanted:
        if name not in OUTCOMES:
            raise ValueError(f"{name}: no such outcome (there are {', '.join(OUTCOMES)})")
    at = sensitivity.points(spec, names, method, samples, seed=1)  # type: ignore[arg-type]
    work = sensitivity.work(scenarios.load(scenario), names, at, range(seeds), years, households)
    means = sensitivity.means(_by_chunk(work, out, workers, dask), wanted)
    found = {
        name: sensitivity.analyse(spec, names, method, at, means[:, n], seed=1)  # type: ignore[arg-type]
        for n, name in enumerate(wanted)
    }
    if json:
        show.as_json({"method": method, "points": len(at), "seeds": seeds, "outcomes": found})
        return
    for name, table in found.items():
        if not table:
            show.err.print(f"{name}: nothing to say (it is missing at a point, or never moves)")
            continue
        show.table(OUTCOMES[name], tuple(table[0]), [_rounded(row) for row in table[:15]])


@world_app.command("scenarios")
def list_scenarios(json: Json = False) -> None:
    """List the scenarios."""
    from secondsource.world import scenarios

    found = [scenarios.load(name) for name in scenarios.names()]
    if json:
        show.as_json(found)
    else:
        show.table("Scenarios", ("name", "what"), [(one.code, one.about.strip()) for one in found])


@world_app.command("parameters")
def list_parameters(json: Json = False) -> None:
    """List the numbers of the world: what each is, as it is, and what it can be set to."""
    from secondsource.world import parameters

    found = parameters.load().parameters
    if json:
        show.as_json(found)
        return
    rows = [(p.code, f"{p.default:g}", f"{p.low:g} to {p.high:g}", f"{p.what} ({p.unit})", p.source) for p in found]
    show.table("Numbers of the world", ("name", "default", "range", "what", "from"), rows)


@world_app.command("reports")
def reports(
    out: Annotated[Path, typer.Option(help="The folder to write to.", file_okay=False)],
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same reports.")] = 1,
    cases: Annotated[int, typer.Option(min=1, help="How many cases are told, at most.")] = 30,
    scenario: Annotated[str, typer.Option(help="Whose society tells: a scenario's name, or a YAML file.")] = "baseline",
    evenly: Annotated[bool, typer.Option("--scripts", help="No society: every script, as often as its prior.")] = False,
    json: Json = False,
) -> None:
    """Write reports.jsonl and labels.jsonl for `evaluate`, and truth.jsonl: all that happened, told or not."""
    from secondsource import packs
    from secondsource.world import generate, generate_society

    pack = packs.load("nk_border")
    out.mkdir(parents=True, exist_ok=True)
    if evenly:
        made = generate(pack, cases=cases, seed=seed)
    else:
        made = generate_society(pack, scenario, cases=cases, seed=seed)
    for name, rows in (("reports", made.reports), ("labels", made.labels), ("truth", made.truth)):
        text = "".join(json_module.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        show.write(out / f"{name}.jsonl", text)
    if json:
        show.as_json({"reports": len(made.reports), "cases": len(made.truth), "folder": str(out)})
    else:
        show.out.print(show.plain(f"{out}: {len(made.reports)} reports of {len(made.truth)} cases"))


# --- helpers --------------------------------------------------------------------------------


def _changes(given: Sequence[str] | None) -> dict[str, float]:
    found = {}
    for one in given or ():
        name, _, value = one.partition("=")
        try:
            found[name] = float(value)
        except ValueError:
            raise ValueError(f"{one}: give it as NAME=NUMBER") from None
    return found


def _by_chunk(work: list[Chunk], out: Path | None, workers: int, dask: str | None) -> list[list[Row]]:
    from secondsource.world import many

    bars = show.progress()
    bars.live.auto_refresh = False  # without its thread the processes can be forked, compiled once for all
    with bars:
        task = bars.add_task("playing", total=len(work))
        at = many.play(
            work,
            folder=out,
            workers=workers,
            dask=dask,
            progress=lambda done, total: bars.update(task, completed=done, total=total, refresh=True),
        )
        return list(at)


def _play(work: list[Chunk], out: Path | None, workers: int, dask: str | None) -> list[Row]:
    return [row for rows in _by_chunk(work, out, workers, dask) for row in rows]


def _cells(value: Spread, seeds: int) -> tuple[str, str]:
    """The median, and the interval: of how many seeds, where others have no such outcome."""
    if value.median is None:
        return "-", "-"
    some = f" ({value.n} of {_seeds(seeds)})" if value.n < seeds else ""
    return _number(value.median), f"{_number(value.low)} to {_number(value.high)}{some}"


def _seeds(count: int) -> str:
    return "1 seed" if count == 1 else f"{count} seeds"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"


def _print_differences(base: str, first: dict[str, Spread], found: dict[str, dict[str, Spread]], seeds: int) -> None:
    from secondsource.world.outcomes import OUTCOMES

    for code, spreads in found.items():
        lines = [
            (name, _cells(first[name], seeds)[0], *_cells(value, seeds), OUTCOMES[name])
            for name, value in spreads.items()
        ]
        head = ("outcome", base, "difference", "nine of ten", "what it is")
        show.table(f"{code}, held against: {base} ({_seeds(seeds)})", head, lines)


def _rounded(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(f"{value:.3g}" if isinstance(value, float) else str(value) for value in row.values())
