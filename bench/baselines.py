"""Reading and linking beside the plainest things that could be done instead, on the same labelled set.

    python bench/baselines.py [REPORTS LABELS]

Acts: a report has every act one of whose English trigger words stands anywhere in it (keywords alone).
Linking: two reports are one incident when the cosine of their character 4-grams is above a threshold,
the best that could have been chosen with the labels known, which flatters it.
"""

from __future__ import annotations

import itertools
import math
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from secondsource import packs
from secondsource.evaluation import load_jsonl, load_reports, predict, score
from secondsource.model import Report
from secondsource.packs import Pack, compile_cached

SAMPLES = Path(__file__).parent.parent / "samples"
Row = dict[str, Any]


def keywords(reports: list[Report], pack: Pack) -> list[Row]:
    rows = []
    for report in reports:
        found = []
        for act in pack.acts.values():
            words = tuple(t for t in act.triggers.get(str(report.language), []) if " ... " not in t)
            expression = compile_cached(words, str(report.language))
            if expression and expression.search(report.text):
                found.append(pack.labels.acts.get(act.code, act.code))
        rows.append({"id": report.ref, "incidents": [{"acts": [a for a in found if a]}]})
    return rows


def ngrams(text: str) -> Counter[str]:
    packed = re.sub(r"\s+", " ", text.casefold())
    return Counter(packed[i : i + 4] for i in range(len(packed) - 3))


def cosine(a: Counter[str], b: Counter[str]) -> float:
    norm = math.sqrt(sum(x * x for x in a.values()) * sum(x * x for x in b.values()))
    return sum(n * b[g] for g, n in a.items()) / norm if norm else 0.0


def best_similarity(reports: list[Report], labels: list[Row]) -> float:
    told = {row["id"]: {i["incident_id"] for i in row["incidents"] if not i["is_pattern"]} for row in labels}
    bags = {r.ref: ngrams(r.text) for r in reports}
    pairs = [
        (cosine(bags[a.ref], bags[b.ref]), bool(told[a.ref or ""] & told[b.ref or ""]))
        for a, b in itertools.combinations(reports, 2)
    ]
    real = sum(same for _, same in pairs)
    best = 0.0
    for threshold in sorted({similarity for similarity, _ in pairs}):
        said = [same for similarity, same in pairs if similarity >= threshold]
        best = max(best, 2 * sum(said) / (len(said) + real)) if real else 0.0
    return best


def main() -> None:
    paths = [Path(p) for p in sys.argv[1:3]] or [SAMPLES / "reports.jsonl", SAMPLES / "labels.jsonl"]
    reports, labels = load_reports(load_jsonl(paths[0])), load_jsonl(paths[1])
    pack = packs.load("nk_border")
    languages = {r.ref or r.id: str(r.language) for r in reports}
    ours = score(languages, labels, predict(reports, pack))
    plain = score(languages, labels, keywords(reports, pack))
    print("measure             ours   plain  ratio")
    for language in sorted(ours["reading"]):
        a, b = ours["reading"][language]["acts"]["f1"], plain["reading"][language]["acts"]["f1"]
        print(f"acts F1, {language:<10} {a:.3f}  {b:.3f}  {a / b if b else math.inf:.2f}")
    a, b = ours["linking"]["pairwise"]["f1"], best_similarity(reports, labels)
    print(f"linking, pairs F1   {a:.3f}  {b:.3f}  {a / b if b else math.inf:.2f}")


if __name__ == "__main__":
    main()
