"""Are the posteriors honest, and how long does weighing take?

python bench/weighing.py             reliability on generated cases, and the rate of weighing
python bench/weighing.py --fit       the tempering that fits best, on other seeds than are measured
python bench/weighing.py --full      weighs 100,000 incidents anew instead of extrapolating
python bench/weighing.py --labelled REPORTS LABELS...   reliability on labelled sets too
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from secondsource import linking, packs, reading, weighing
from secondsource.evaluation import load_jsonl, load_reports
from secondsource.evaluation.score import align
from secondsource.model import Account, Report
from secondsource.weighing.knowledge import Knowledge, knowledge
from secondsource.world import generate

FIT_SEEDS, SEEDS = (101, 102), (201, 202, 203)
CASES, WRITTEN = 2_000, 200
"""Cases to a seed that are weighed as told, and that are written, read and weighed."""
BINS = 10
READ_MEAN, READ_SPREAD = 0.75, 6.0
"""Share of what a report tells that reading sees: mean, and the sum of a beta distribution's parameters. Good and
bad reports differ, so that what is seen hangs together."""
FULL, PART = 100_000, 400
PACK = "nk_border"
Pair = tuple[float, bool]
"""A probability, and whether it came true."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """`top`: what the first hypothesis of each case was given; `every`: what every hypothesis was given."""

    top: list[Pair]
    every: list[Pair]


# --- cases as they are told -------------------------------------------------------------------


def told(known: Knowledge, seed: int, cases: int) -> Iterable[tuple[str, set[str], set[str], int]]:
    """Script, signals shown, signals hinted at and number of reports, of every case: who knows what, what is
    passed on and translated is the world's; what reading misses and adds is drawn here."""
    rng = np.random.default_rng(seed)
    rules = known.pack.weighing
    for case in generate(known.pack, cases=cases, seed=seed).truth:
        script = known.scripts[case["script"]]
        shown: set[str] = set()
        hinted: set[str] = set()
        for report in case["reports"]:
            share = rng.beta(READ_MEAN * READ_SPREAD, (1 - READ_MEAN) * READ_SPREAD)
            says = {script.step(code).signal for code in report["told"]} - {None}
            for code, signal in known.signals.items():
                read = share if signal.worded else min(1.0, share + 0.15)
                if (code in says and rng.random() < read) or rng.random() < signal.elsewhere:
                    shown.add(code)
                elif rng.random() < (rules.hint_told if code in says else rules.hint_other):
                    hinted.add(code)
        yield case["script"], shown, hinted - shown, len(case["reports"])


def weigh_told(known: Knowledge, seeds: Iterable[int], cases: int, tempering: float | None = None) -> Weighed:
    before, known.tempering = known.tempering, tempering or known.tempering
    found = Weighed([], [])
    for seed in seeds:
        for script, shown, hinted, reports in told(known, seed, cases):
            _note(found, dict(known.posterior(shown, hinted, reports)), script)
    known.tempering = before
    return found


def _note(found: Weighed, shares: dict[str, float], true: str) -> None:
    best = max(shares, key=lambda code: shares[code])
    found.top.append((shares[best], best == true))
    found.every.extend((share, code == true) for code, share in shares.items())


# --- cases as they are written ----------------------------------------------------------------


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


def weigh_written(pack: packs.Pack, seeds: Iterable[int], cases: int) -> Weighed:
    found = Weighed([], [])
    for seed in seeds:
        reports, accounts, true = written(pack, seed, cases)
        for case, told_of in accounts.items():
            incident = weighing.weigh(case, told_of, [], reports, pack)
            _note(found, {h.script: h.posterior for h in incident.hypotheses}, true[case])
    return found


def weigh_labelled(pack: packs.Pack, paths: Sequence[Path]) -> Weighed:
    """Each report by itself, against the script that its label names."""
    found = Weighed([], [])
    for reports_path, labels_path in zip(paths[::2], paths[1::2], strict=True):
        reports = {r.id: r for r in load_reports(load_jsonl(reports_path))}
        labels = {row["id"]: row["incidents"] for row in load_jsonl(labels_path)}
        for report in reports.values():
            accounts = linking.accounts(reading.read(report, pack), pack)
            rows = [{"acts": [pack.labels.acts.get(a, a) for a in one.acts], "date": one.when} for one in accounts]
            for gold, said in align(labels[report.ref or ""], rows).items():
                incident = weighing.weigh("i", [accounts[said]], [], reports, pack)
                shares: dict[str, float] = defaultdict(float)
                for h in incident.hypotheses:
                    shares[pack.labels.modus.get(h.script, h.script)] += h.posterior
                _note(found, dict(shares), labels[report.ref or ""][gold]["modus"])
    return found


# --- measures ---------------------------------------------------------------------------------


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


def show(title: str, found: Weighed, *, table: bool = True) -> None:
    right = np.mean([true for _, true in found.top])
    given = np.mean([p for p, _ in found.top])
    print(f"\n{title}: {len(found.top)} incidents, first hypothesis right {right:.3f}, given {given:.3f}")
    print(
        f"expected calibration error: first hypothesis {calibration_error(found.top):.3f}, "
        f"every hypothesis {calibration_error(found.every):.3f}; surprise {surprise(found.every):.2f} bits"
    )
    if table:
        print("| given | mean given | share true | incidents |\n|---|---|---|---|")
        for low, said, true, n in reliability(found.top):
            print(f"| {low:.1f} to {low + 0.1:.1f} | {said:.2f} | {true:.2f} | {n} |")


# --- time -------------------------------------------------------------------------------------


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


def fit(pack: packs.Pack) -> None:
    """The tempering is judged by cases as told and as written: between these two lies how well reports are read."""
    known = knowledge(pack)
    reports, accounts, true = written(pack, FIT_SEEDS[0], WRITTEN)
    read = {case: weighing.weigh(case, told_of, [], reports, pack) for case, told_of in accounts.items()}
    print(f"tempering: calibration error as told, as written, mean (seeds {FIT_SEEDS}); surprise as told, as written")
    for tempering in np.arange(0.6, 1.05, 0.05):
        as_told = weigh_told(known, FIT_SEEDS, CASES // 4, float(tempering))
        as_written = Weighed([], [])
        known.tempering = float(tempering)
        for case, one in read.items():
            shares = known.posterior(one.signals, one.hints, len(one.reports))
            _note(as_written, dict(shares), true[case])
        known.tempering = pack.weighing.tempering
        errors = [calibration_error(one.top) for one in (as_told, as_written)]
        lost = [surprise(one.every) for one in (as_told, as_written)]
        print(f"{tempering:.2f}: {errors[0]:.3f} {errors[1]:.3f} {np.mean(errors):.3f}; {lost[0]:.2f} {lost[1]:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--labelled", nargs="*", type=Path, default=[])
    asked = parser.parse_args()
    pack = packs.load(PACK)
    if asked.fit:
        fit(pack)
        return
    show("Cases as told", weigh_told(knowledge(pack), SEEDS, CASES))
    show("Cases as written and read", weigh_written(pack, SEEDS, WRITTEN))
    if asked.labelled:
        show("Labelled reports", weigh_labelled(pack, asked.labelled))
    rate(pack, FULL if asked.full else 10 * PART)


if __name__ == "__main__":
    main()
