"""Words for probability: ICD 203 (Office of the Director of National Intelligence, Analytic Standards, 2015)."""

from __future__ import annotations

RANGES: tuple[tuple[str, float, float], ...] = (
    ("almost no chance", 0.0, 0.05),
    ("very unlikely", 0.05, 0.20),
    ("unlikely", 0.20, 0.45),
    ("roughly even chance", 0.45, 0.55),
    ("likely", 0.55, 0.80),
    ("very likely", 0.80, 0.95),
    ("almost certain", 0.95, 1.0),
)
"""Words, and the probabilities [low, high) that they stand for. The standard leaves out what lies below
0.01 and above 0.99; here they go with their neighbours, as nothing is ever certain."""


def words(probability: float) -> str:
    """ValueError where it is no probability."""
    if not 0 <= probability <= 1:
        raise ValueError(f"{probability} is no probability")
    return next((text for text, _, high in RANGES if probability < high), RANGES[-1][0])


def bounds(text: str) -> tuple[float, float]:
    """The range that words stand for. KeyError where they are not ICD 203's."""
    return {name: (low, high) for name, low, high in RANGES}[text]
