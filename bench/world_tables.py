"""The tables of docs/world.md: parameters, arrivals, regularities with their effect sizes, measures, sensitivity."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

import numpy as np

from secondsource import packs
from secondsource.world import (
    brokers,
    calendar,
    generate_society,
    hearing,
    many,
    officers,
    parameters,
    scenarios,
    seeing,
    sensitivity,
    society,
)
from secondsource.world.many import Row
from secondsource.world.outcomes import OUTCOMES
from secondsource.world.society import Floats
from secondsource.world.summary import Spread, differences, spread, summarise

SPEC = parameters.load()
SEEDS = 50
ASSUMED = "assumption"
FIRST_YEAR = 2009
GROUPS = {
    "households": "Households",
    "brokers": "Brokers",
    "officers": "Officers",
    "inspections": "Inspections",
    "guards": "Guards",
    "telling": "What is seen and told",
    "warnings": "Warnings and alerts",
    "way_south": "The way to the South",
}


def parameter_table() -> str:
    lines = ["| parameter | what | unit | default | range | from |", "|---|---|---|---|---|---|"]
    for group, title in GROUPS.items():
        lines.append(f"| **{title}** | | | | | |")
        lines += [
            f"| `{p.code}` | {p.what} | {p.unit} | {p.default:g} | {p.low:g} to {p.high:g} | {p.source} |"
            for p in SPEC.parameters
            if p.group == group
        ]
    return "\n".join(lines)


def fixed_table() -> str:
    """What is written into the rules, and no scenario changes."""
    scale, sizes = SPEC.scale, np.diff(society.SIZES, prepend=0.0)
    found = [
        ("persons of a household who go together: 1, 2, 3, 4", "share", ", ".join(f"{s:g}" for s in sizes), ASSUMED),
        ("the same on average, as officers reckon with it", "persons", officers.MEAN_SIZE, "the row above"),
        ("households to an officer", "households", scale.households_per_officer, ASSUMED),
        ("households to a broker", "households", scale.households_per_broker, ASSUMED),
        ("years in the beginning that nothing counts", "years", scale.burn_in_years, "fear and memory must build up"),
        ("time to which a quota applies", "weeks", calendar.QUARTER, ASSUMED),
        ("brokers that an officer approaches in a week, at most", "brokers", brokers.TRIES, ASSUMED),
        ("weight of the last week, or set-up, in what officers remember", "share", officers.MEMORY, ASSUMED),
        ("how many set-ups catch somebody, as officers believe at first", "share", society.BELIEVED, ASSUMED),
        ("fear of a household that was itself to be lured", "log odds", hearing.SEEN_THROUGH, ASSUMED),
        ("the most that guards can catch", "probability", brokers.MOST_CAUGHT, ASSUMED),
        ("time for which reports count, for warnings and exposure", "weeks", seeing.WINDOW, ASSUMED),
    ]
    lines = ["| what | unit | value | from |", "|---|---|---|---|"]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in found])


# --- runs -----------------------------------------------------------------------------------


def rows(scenario: str = "baseline", seeds: int = SEEDS, changes: Mapping[str, float] | None = None) -> list[Row]:
    work = many.chunks(scenarios.load(scenario), range(seeds), changes=changes)
    return [row for chunk in many.play(work) for row in chunk]


def arrivals(seeds: int = 10) -> Floats:
    """(seeds, years) people who come to the South, from 2009 on, under the border's history."""
    skipped = FIRST_YEAR - int(scenarios.load("border_history").history_from or FIRST_YEAR)
    return np.array([row["yearly"]["arrived"][skipped:] for row in rows("border_history", seeds)])


def arrivals_table(simulated: Floats) -> str:
    lines = ["| year | published | simulated, median | nine of ten | ratio |", "|---|---|---|---|---|"]
    middle = np.median(simulated, axis=0)
    low, high = np.percentile(simulated, [5, 95], axis=0)
    for n, (year, count) in enumerate(SPEC.arrivals.items()):
        lines.append(
            f"| {year} | {count} | {middle[n]:.0f} | {low[n]:.0f} to {high[n]:.0f} | {middle[n] / count:.2f} |"
        )
    off = np.log(middle) - np.log(list(SPEC.arrivals.values()))
    lines += ["", f"Misfit: a factor of {np.exp(np.sqrt(np.mean(off**2))):.2f} (root mean square of the logarithm)."]
    return "\n".join(lines)


# --- words ----------------------------------------------------------------------------------


def variety_table(cases: int = 560, seed: int = 3) -> str:
    """How many sentences of reports differ, numbers left out: the commonest is what could be learnt by heart."""
    made = generate_society(packs.load("nk_border"), "baseline", cases=cases, seed=seed, years=14)
    lines = [
        "| language | reports | sentences | different ones, numbers left out | the commonest, of 1,000 reports |",
        "|---|---|---|---|---|",
    ]
    for language in ("en", "ko", "ja"):
        texts = [row["text"] for row in made.reports if row["language"] == language]
        said = Counter(
            re.sub(r"\d[\d,]*", "#", one) for text in texts for one in re.findall(r"[^\n.。]{8,}[.。]", text)
        )
        often = 1000 * said.most_common(1)[0][1] / len(texts)
        share = len(said) / said.total()
        lines.append(f"| {language} | {len(texts)} | {said.total()} | {share:.2f} | {often:.0f} |")
    return "\n".join(lines)


# --- regularities ---------------------------------------------------------------------------


EASY = {"price_per_tightness": 0.0, "patrol_per_tightness": 0.0}
IDLE = {"inspection_pressure": 0.0, "bribe_fear": 0.0, "patrol_inspection": 0.0, "hear_inspection": 0.0}
UNHEARD = {"warning_after": 1.0, "warning_reach": 0.0}
SILENT = {"release_share": 0.0, "leak_share": 0.0}
DEAF, NO_DEADLINE = "warnings that nobody hears", "deadlines that nobody feels"
BRIBELESS = {"bribe_crossing": 0.0, "bribe_remittance": 0.0}


def pattern_table() -> str:
    """A row for each regularity: the outcome with its cause, and with the cause switched off."""
    table = [*_levels(), *_tightening(), *_recurrence()]
    lines = ["| | what | with the cause | without it | the cause switched off |", "|---|---|---|---|---|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in table])


def _levels() -> list[tuple[str, ...]]:
    base, free, silent = rows(), rows(changes={"quota": 0.0}), rows(changes=SILENT)
    timeless = rows(changes={"urgency_weeks": 1000.0})
    found = [
        ("1", "crossings let through for a bribe, share", "tolerated_share", rows(changes=BRIBELESS), "no bribes"),
        ("1", "arrests by set-up without an inspection, share", "share_otherwise", free, "no quota"),
        ("2", "arrests by set-up while a team is there, share", "share_inspected", rows(changes=IDLE), "no pressure"),
        ("3", "arrests a week before deadlines, by other weeks", "deadline_ratio", timeless, NO_DEADLINE),
        (
            "4",
            "set-ups reported by the end of the run, share",
            "reported_share",
            silent,
            "nobody gets out, no holder tells",
        ),
        ("4", "weeks to the first report, median", "report_delay", silent, "the same"),
    ]
    usual = summarise(base)
    return [(n, what, _cell(usual[name]), _cell(summarise(off)[name]), why) for n, what, name, off, why in found]


def _tightening() -> list[tuple[str, ...]]:
    usual, tight = rows(), rows("border_tightened")
    even, even_tight = rows(changes=EASY), rows("border_tightened", changes=EASY)
    why = "it reaches neither brokers nor guards"
    names = {"price": "price", "escaped": "crossings", "manufactured_share": "manufactured share"}
    return [
        ("5", f"{what}, tightened by usual", _factor(name, tight, usual), _factor(name, even_tight, even), why)
        for name, what in names.items()
    ]


def _recurrence() -> list[tuple[str, ...]]:
    base, free = rows(), rows(changes={"quota": 0.0})
    warned, unheard = rows("warnings_heard_widely"), rows(changes=UNHEARD)
    names = {
        "trusted_share": "trust in a broker's invitation",
        "set_up_persons": "persons set up",
        "escaped": "persons who crossed",
    }
    return [
        ("6", "years with a set-up, share", _cell(_recurring(base)), _cell(_recurring(free)), "no quota"),
        *(
            ("6", f"{what}, warned by not", _factor(name, warned, base), _factor(name, unheard, base), DEAF)
            for name, what in names.items()
        ),
    ]


def _factor(name: str, of: list[Row], by: list[Row]) -> str:
    return _cell(_ratios(name, of, by))


def _ratios(name: str, of: list[Row], by: list[Row]) -> Spread:
    """Seed by seed."""
    pairs = [(a["values"][name], b["values"][name]) for a, b in zip(of, by, strict=True)]
    return spread(a / b if a is not None and b else None for a, b in pairs)


def _recurring(found: list[Row]) -> Spread:
    return spread(float(np.mean([n > 0 for n in row["yearly"]["set_ups"][1:]])) for row in found)


# --- measures and sensitivity ---------------------------------------------------------------

MEASURES = (
    "shared_secret",
    "other_remittances",
    "warnings_after_two",
    "warnings_after_one",
    "warnings_heard_widely",
    "inspections_announced",
    "inspections_stopped",
    "quotas_halved",
    "quotas_removed",
)
SHOWN = ("set_up_persons", "escaped", "bribes", "reported", "after_alert_share")


def measure_table() -> str:
    base = rows()
    lines = ["| scenario | " + " | ".join(OUTCOMES[n] for n in SHOWN) + " |", "|---|" + "---|" * len(SHOWN)]
    usual = summarise(base)
    lines.append("| **baseline** (level) | " + " | ".join(_cell(usual[n]) for n in SHOWN) + " |")
    for name in MEASURES:
        found = differences(base, rows(name))
        lines.append(f"| `{name}` | " + " | ".join(_cell(found[n], signed=True) for n in SHOWN) + " |")
    return "\n".join(lines)


def sensitivity_table(outcomes: tuple[str, ...] = ("set_up_persons", "escaped"), most: int = 8) -> str:
    names = [p.code for p in SPEC.parameters if p.source != "policy"]
    at = sensitivity.points(SPEC, names, "morris", 8, seed=1)
    work = sensitivity.work(scenarios.load("baseline"), names, at, range(2), 4, 5000)
    means = sensitivity.means(many.play(work), outcomes)
    lines = ["| rank | " + " | ".join(OUTCOMES[n] for n in outcomes) + " |", "|---|" + "---|" * len(outcomes)]
    found = [sensitivity.analyse(SPEC, names, "morris", at, means[:, n], seed=1) for n in range(len(outcomes))]
    for rank in range(most):
        cells = [f"`{one[rank]['parameter']}` ({one[rank]['mu_star']:.3g})" for one in found]
        lines.append(f"| {rank + 1} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(value: Spread, signed: bool = False) -> str:
    if value.median is None or value.low is None or value.high is None:
        return "none"
    sign = "+" if signed else ""
    return f"{_number(value.median, sign)} ({_number(value.low, sign)} to {_number(value.high, sign)})"


def _number(value: float, sign: str) -> str:
    if value == 0 or math.isclose(value, 0, abs_tol=5e-4):
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))) - 1)
    return f"{value:{sign}.{min(digits, 3)}f}"


def tables() -> Mapping[str, str]:
    return {
        "parameters": parameter_table(),
        "fixed": fixed_table(),
        "arrivals": arrivals_table(arrivals()),
        "patterns": pattern_table(),
        "measures": measure_table(),
        "sensitivity": sensitivity_table(),
    }
