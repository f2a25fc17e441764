"""Are the posteriors honest, and how long does weighing take?

python bench/weighing.py             reliability on generated cases, and the rate of weighing
python bench/weighing.py --fit       which tempering, lapse and rates of reading fit best, on seeds never measured on
python bench/weighing.py --full      weighs 100,000 incidents anew instead of extrapolating
python bench/weighing.py --labelled REPORTS LABELS...   labelled sets too; with --fit, each is judged by a fit
                                                        that has not seen it
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from secondsource import linking, packs, reading, weighing
from secondsource.evaluation import load_jsonl, load_reports
from secondsource.evaluation.score import align
from secondsource.model import Account, Report
from secondsource.weighing.knowledge import Knowledge, knowledge
from secondsource.world import generate

FIT_SEEDS, SEEDS = (301, 302, 303), (2001, 2002, 2003)
"""Seeds to fit on, and seeds to measure on: no case is in both."""
CASES, WRITTEN = 2_000, 200
"""Cases to a seed that are weighed as told, and that are written, read and weighed."""
BINS = 10
SURE = 0.95
"""From where ICD 203 says "almost certain"."""
READ_MEAN, READ_SPREAD = 0.75, 6.0
"""Share of what a report tells that reading sees: mean, and the sum of a beta distribution's parameters. Good and
bad reports differ, so that what is seen hangs together."""
HINT_TOLD, HINT_OTHER = 0.6, 0.1
"""How often words of a mark stand by themselves in a report that tells it unseen, and in one that does not. As the
share that is read, these are the noise's own, and no numbers of the pack."""
GRID: Mapping[str, Sequence[float]] = {
    "tempering": (0.8, 0.9, 1.0),
    "lapse": (0.0, 0.03, 0.06),
    "read_acts": (0.65, 0.75, 0.85),
    "read_words": (0.4, 0.5, 0.6),
}
FULL, PART = 100_000, 400
PACK = "nk_border"
Pair = tuple[float, bool]
"""A probability, and whether it came true."""


@dataclass(frozen=True, slots=True)
class Case:
    """`true`: the script, or in a labelled set what the label calls it. `shown`, `hinted`: marks."""

    true: str
    shown: frozenset[str]
    hinted: frozenset[str]
    reports: int = 1
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """`top`: what the first hypothesis of each case was given; `every`: what every hypothesis was given. `brier`:
    mean squared distance of all the probabilities of a case from what was true (Brier 1950), from 0 to 2."""

    top: list[Pair]
    every: list[Pair]
    brier: float


def weigh(known: Knowledge, cases: Iterable[Case]) -> Weighed:
    top: list[Pair] = []
    every: list[Pair] = []
    squares = []
    for case in cases:
        shares: dict[str, float] = defaultdict(float)
        for script, share in known.posterior(case.shown, case.hinted, case.reports).items():
            shares[known.pack.labels.modus.get(script, script) if case.labelled else script] += share
        best = max(shares, key=lambda code: shares[code])
        top.append((shares[best], best == case.true))
        pairs = [(share, code == case.true) for code, share in shares.items()]
        every += pairs
        squares.append(sum((share - true) ** 2 for share, true in pairs))
    return Weighed(top, every, float(np.mean(squares)))


# --- cases --------------------------------------------------------------------------------------


def told(known: Knowledge, seeds: Iterable[int], cases: int) -> list[Case]:
    """Cases as they are told: who knows what, what is passed on and translated is the world's; what reading misses
    and adds is drawn here."""
    found = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for case in generate(known.pack, cases=cases, seed=seed).truth:
            shown: set[str] = set()
            hinted: set[str] = set()
            for report in case["reports"]:
                share = rng.beta(READ_MEAN * READ_SPREAD, (1 - READ_MEAN) * READ_SPREAD)
                says = {known.scripts[case["script"]].step(code).signal for code in report["told"]} - {None}
                for code, signal in known.signals.items():
                    read = share if signal.worded else min(1.0, share + 0.15)
                    if (code in says and rng.random() < read) or rng.random() < signal.elsewhere:
                        shown.add(code)
                    elif rng.random() < (HINT_TOLD if code in says else HINT_OTHER):
                        hinted.add(code)
            found.append(Case(case["script"], frozenset(shown), frozenset(hinted - shown), len(case["reports"])))
    return found


def written(
    pack: packs.Pack, seed: int, cases: int
) -> tuple[dict[str, Report], dict[str, list[Account]], dict[str, str]]:
    """Reports, their accounts by case as a perfect linker would put them together, and each case's script."""
    world = generate(pack, cases=cases, seed=seed)
    reports = load_reports(world.reports)
    case_of = {row["id"]: row["incidents"][0]["incident_id"] for row in world.labels}
    accounts: dict[str, list[Account]] = defaultdict(list)
    for report in reports:
        accounts[case_of[report.ref or ""]] += linking.accounts(reading.read(report, pack), pack)[:1]
    scripts_of = {row["incident_id"]: row["script"] for row in world.truth}
    return {r.id: r for r in reports}, {k: v for k, v in accounts.items() if v}, scripts_of


def read(pack: packs.Pack, seeds: Iterable[int], cases: int) -> list[Case]:
    """Cases as they are written, read and weighed."""
    found = []
    for seed in seeds:
        reports, accounts, true = written(pack, seed, cases)
        for case, told_of in accounts.items():
            one = weighing.weigh(case, told_of, [], reports, pack)
            found.append(Case(true[case], frozenset(one.signals), frozenset(one.hints), len(one.reports)))
    return found


def labelled(pack: packs.Pack, reports_path: Path, labels_path: Path) -> list[Case]:
    """Each labelled incident as its one report tells it."""
    found = []
    labels = {row["id"]: row["incidents"] for row in load_jsonl(labels_path)}
    for report in load_reports(load_jsonl(reports_path)):
        accounts = linking.accounts(reading.read(report, pack), pack)
        rows = [{"acts": [pack.labels.acts.get(a, a) for a in one.acts], "date": one.when} for one in accounts]
        for gold, said in align(labels[report.ref or ""], rows).items():
            one = weighing.weigh("i", [accounts[said]], [], {report.id: report}, pack)
            true = labels[report.ref or ""][gold]["modus"]
            found.append(Case(true, frozenset(one.signals), frozenset(one.hints), labelled=True))
    return found


# --- measures -----------------------------------------------------------------------------------


def reliability(pairs: Sequence[Pair]) -> list[tuple[float, float, float, int]]:
    """For each tenth of probability that was given: its lower end, the mean given, the share true, how many."""
    said, true = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    which = np.minimum((said * BINS).astype(int), BINS - 1)
    return [
        (b / BINS, said[which == b].mean(), true[which == b].mean(), int((which == b).sum()))
        for b in range(BINS)
        if (which == b).any()
    ]


def calibration_error(pairs: Sequence[Pair]) -> float:
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015; Guo et al. 2017)."""
    rows = reliability(pairs)
    return sum(n * abs(given - true) for _, given, true, n in rows) / len(pairs)


def surprise(pairs: Sequence[Pair]) -> float:
    """Mean bits of what came true: the lower, the better (logarithmic score)."""
    return float(np.mean([-np.log2(max(p, 1e-12)) for p, true in pairs if true]))


def sure(pairs: Sequence[Pair]) -> tuple[int, int]:
    """How many were called almost certain, and how many of these were so."""
    called = [true for p, true in pairs if p >= SURE]
    return len(called), sum(called)


def show(title: str, found: Weighed) -> None:
    right, given = (float(np.mean([pair[n] for pair in found.top])) for n in (1, 0))
    called, so = sure(found.top)
    print(f"\n{title}: {len(found.top)} incidents, first hypothesis right {right:.3f}, given {given:.3f}")
    print(
        f"expected calibration error: first hypothesis {calibration_error(found.top):.3f}, "
        f"every hypothesis {calibration_error(found.every):.3f}; Brier score {found.brier:.3f}; "
        f"surprise {surprise(found.every):.2f} bits; called almost certain {called}, of these so {so}"
    )
    print("| given | mean given | share true | incidents |\n|---|---|---|---|")
    for low, said, true, n in reliability(found.top):
        print(f"| {low:.1f} to {low + 0.1:.1f} | {said:.2f} | {true:.2f} | {n} |")


# --- fitting ------------------------------------------------------------------------------------


def fit(pack: packs.Pack, sets: Mapping[str, Sequence[Case]]) -> None:
    """Every point of GRID on every set. Of a labelled set it is shown, too, how it fares under the point that the
    other sets choose: the lowest mean surprise."""
    points = [dict(zip(GRID, values, strict=True)) for values in itertools.product(*GRID.values())]
    table = []
    for point in points:
        known = Knowledge(pack.model_copy(update={"weighing": pack.weighing.model_copy(update=point)}))
        table.append({name: weigh(known, cases) for name, cases in sets.items()})
    lost = np.array([[surprise(row[name].every) for name in sets] for row in table])

    def line(n: int, names: Iterable[str]) -> str:
        errors = "; ".join(
            f"{name}: surprise {surprise(table[n][name].every):.2f}, error {calibration_error(table[n][name].top):.3f}"
            for name in names
        )
        return f"{' '.join(f'{k} {v}' for k, v in points[n].items())}: {errors}"

    print("Best over all sets:")
    for n in np.argsort(lost.mean(axis=1))[:5]:
        print(line(int(n), sets))
    for column, (name, cases) in enumerate(sets.items()):
        if cases[0].labelled:
            others = np.delete(lost, column, axis=1).mean(axis=1)
            print(f"Fitted without {name}, measured on it: {line(int(others.argmin()), [name])}")


# --- time ---------------------------------------------------------------------------------------


def rate(pack: packs.Pack, count: int) -> None:
    """Processor time of weighing incidents of one to four reports: from their texts, with the marks that stand from
    before, and anew under other rates."""
    reports, accounts, _ = written(pack, SEEDS[0], WRITTEN)
    own = {case: {a.report_id: reports[a.report_id] for a in told_of} for case, told_of in accounts.items()}
    made = {case: weighing.weigh(case, told_of, [], own[case], pack) for case, told_of in accounts.items()}
    cases = [list(accounts)[n % len(accounts)] for n in range(count)]
    each = np.mean([len(told_of) for told_of in accounts.values()])
    print(f"\nWeighing incidents of {each:.1f} reports on one core:")

    def timed(what: str, started: float, done: int) -> None:
        took = time.process_time() - started
        print(
            f"{what}: {1000 * took / done:.2f} ms each, {took / done * FULL:.0f} s for {FULL:,}"
            + " (measured)" * (done >= FULL)
        )

    started = time.process_time()
    for case in cases[:PART]:
        weighing.weigh(case, accounts[case], [], own[case], pack)
    timed("from the texts", started, min(count, PART))
    started = time.process_time()
    for case in cases[:PART]:
        weighing.weigh(case, accounts[case], [], own[case], pack, before=made[case])
    timed("after a judgement (marks taken over)", started, min(count, PART))
    started = time.process_time()
    for _ in weighing.reweigh((made[case] for case in cases), pack):
        pass
    timed("under other rates or priors (reweigh)", started, count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--labelled", nargs="*", type=Path, default=[])
    asked = parser.parse_args()
    pack = packs.load(PACK)
    known = knowledge(pack)
    coded = {
        f"labelled set {n + 1}": labelled(pack, *pair)
        for n, pair in enumerate(zip(asked.labelled[::2], asked.labelled[1::2], strict=True))
    }
    if asked.fit:
        fit(pack, {"told": told(known, FIT_SEEDS, CASES // 4), "written": read(pack, FIT_SEEDS[:2], WRITTEN)} | coded)
        return
    show("Cases as told", weigh(known, told(known, SEEDS, CASES)))
    show("Cases as written and read", weigh(known, read(pack, SEEDS, WRITTEN)))
    for name, cases in coded.items():
        show(name.capitalize(), weigh(known, cases))
    if len(coded) > 1:
        show("All labelled sets", weigh(known, [case for cases in coded.values() for case in cases]))
    rate(pack, FULL if asked.full else 10 * PART)


if __name__ == "__main__":
    main()
