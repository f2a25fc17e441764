"""Scores reading, linking and weighing on a labelled set. The measures are defined in docs/accuracy.md.

predict(reports, pack) -> Predictions     everything the software makes of the reports
score(reports, labels, predictions, near_misses) -> dict
"""

from secondsource.evaluation.predict import load_jsonl, load_reports, predict
from secondsource.evaluation.score import score

__all__ = ["load_jsonl", "load_reports", "predict", "score"]
