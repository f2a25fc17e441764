"""The accuracy tables of docs/accuracy.md, measured anew.

python bench/accuracy.py            prints the tables
python bench/accuracy.py --write    and writes them into docs/accuracy.md
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from secondsource import packs
from secondsource.evaluation import load_jsonl, load_reports, predict, score
from secondsource.model import Report
from secondsource.world import generate

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "accuracy.md"
MEASURES = ("acts", "perpetrators", "places", "money", "dates", "victims", "sources", "patterns")
WEIGHED = ("corroboration", "modus_top1", "modus_top3")
SEED, CASES = 7, 100
Result = dict[str, Any]


def measure_files(reports: Path, labels: Path, near: Path | None) -> Result:
    pairs: list[tuple[str, str]] = []
    if near is not None:
        lines = near.read_text(encoding="utf-8").splitlines()[1:]
        pairs = [(a, b) for a, b, *_ in (line.split("\t") for line in lines)]
    return measure(load_reports(load_jsonl(reports)), load_jsonl(labels), pairs)


def measure(reports: list[Report], labels: list[dict[str, Any]], near: list[tuple[str, str]]) -> Result:
    said = predict(reports, packs.load("nk_border"))
    return score({r.ref or r.id: str(r.language) for r in reports}, labels, said, near)


def measure_world() -> Result:
    made = generate(packs.load("nk_border"), cases=CASES, seed=SEED)
    return measure(load_reports(made.reports), made.labels, [])


def table(result: Result) -> str:
    languages = [*sorted(set(result["reading"]) - {"all"}), "all"]
    lines = ["| measure | " + " | ".join(languages) + " |", "|---|" + "---|" * len(languages)]
    for name in (*MEASURES, *WEIGHED):
        cells = []
        for language in languages:
            value = result["reading"][language].get(name)
            number = value and value.get("f1", value.get("share"))
            cells.append("" if number is None else f"{number:.2f} ({value['n']})")
        lines.append(f"| {name.replace('_', ' ')} | " + " | ".join(cells) + " |")
    linking, manufactured = result["linking"], result["manufactured"]
    pairs, cubed = linking["pairwise"], linking["b_cubed"]
    lines.append("")
    lines.append(
        f"Manufactured, by incident: precision {_number(manufactured['p'])}, recall {_number(manufactured['r'])}. "
        f"False corroborated: {result['false_corroborated']}. Linking: pairs F1 {pairs['f1']:.2f} "
        f"(precision {pairs['p']:.2f}, recall {pairs['r']:.2f}), B-cubed F1 {cubed['f1']:.2f}; "
        f"near misses linked: {', '.join(linking['near_misses_linked']) or 'none'}."
    )
    return "\n".join(lines)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def tables() -> dict[str, str]:
    samples, labelled = ROOT / "samples", ROOT / "tests" / "labelled"
    return {
        "samples": table(
            measure_files(samples / "reports.jsonl", samples / "labels.jsonl", samples / "near_misses.tsv")
        ),
        "labelled": table(
            measure_files(labelled / "texts.jsonl", labelled / "labels.jsonl", labelled / "near_misses.tsv")
        ),
        "world": table(measure_world()),
    }


def main() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for name, made in tables().items():
        print(f"{name}\n\n{made}\n")
        text = re.sub(rf"(<!-- {name} -->\n).*?(<!-- end -->)", rf"\g<1>{made}\n\g<2>", text, flags=re.S)
    if "--write" in sys.argv[1:]:
        DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
