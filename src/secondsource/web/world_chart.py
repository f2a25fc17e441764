"""The drawing of a simulated series: columns over weeks, the weeks of inspections shaded, two worlds on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from secondsource.web.charts import WIDTH, tag

ROW, HEAD, FOOT, EDGE = 70, 16, 16, 4
WEEKS = 52


class Band(NamedTuple):
    """From one column to another, in columns."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Side:
    """One world: a column for each value, and where a team was there. `harm`: whether the columns are people harmed."""

    label: str
    values: Sequence[float]
    bands: Sequence[Band]
    harm: bool = True


def drawing(sides: Sequence[Side], weeks: int, title: str) -> Markup:
    """`weeks`: those of one column. Nothing is drawn where there is no value."""
    longest = max((len(side.values) for side in sides), default=0)
    if not longest:
        return Markup("")
    highest = max((value for side in sides for value in side.values), default=0) or 1
    step = (WIDTH - 2 * EDGE) / longest
    height = (ROW + HEAD) * len(sides) + FOOT
    parts: list[Markup] = []
    for n, side in enumerate(sides):
        top = n * (ROW + HEAD)
        parts += _side(side, top, step, highest)
    for year in range(longest * weeks // WEEKS + 1):
        x = EDGE + step * year * WEEKS / weeks
        parts.append(tag("line", x1=x, x2=x, y1=HEAD, y2=height - FOOT, cls="grid"))
        if x < WIDTH - 20:
            parts.append(tag("text", year + 1, x=x + 2, y=height - 4, cls="axis"))
    return tag(
        "svg",
        tag("title", title) + Markup("").join(parts),
        cls="chart columns world",
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_label=title,
        preserveAspectRatio="xMidYMid meet",
    )


def _side(side: Side, top: float, step: float, highest: float) -> list[Markup]:
    base = top + HEAD + ROW - 2
    parts = [
        tag("rect", x=EDGE + step * b.first, y=top + HEAD, width=step * (b.last - b.first), height=ROW - 2, cls="shade")
        for b in side.bands
    ]
    cls = "least" if side.harm else "people"
    for n, value in enumerate(side.values):
        tall = (ROW - 6) * value / highest
        if tall > 0:
            bar = tag("rect", x=EDGE + n * step, y=base - tall, width=max(step - 0.8, 0.8), height=tall, cls=cls)
            parts.append(bar)
    parts.append(tag("line", x1=EDGE, x2=WIDTH - EDGE, y1=base, y2=base, cls="grid"))
    parts.append(tag("text", side.label, x=EDGE, y=top + 11, cls="label start"))
    parts.append(tag("text", f"{highest:.3g}", x=WIDTH - EDGE, y=top + 11, cls="axis end"))
    return parts
