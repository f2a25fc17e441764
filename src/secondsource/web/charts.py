"""Small SVG drawings, made here, coloured by the style sheet. Every text is escaped on its way in.

Drawings are 400 units wide, so that their 11-unit letters stay readable on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

WIDTH = 400
_LETTER = 5.8
"""Mean width of a letter, enough to keep labels apart."""


def tag(name: str, content: object = "", /, **attributes: object) -> Markup:
    """An element. `cls` is class, underscores are hyphens, floats are rounded."""
    shown = Markup("")
    for key, value in attributes.items():
        number = f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value
        shown += Markup(' {}="{}"').format("class" if key == "cls" else key.replace("_", "-"), number)
    return Markup("<{0}{1}>{2}</{0}>").format(name, shown, content)


def svg(height: float, title: str, parts: Sequence[Markup], cls: str, width: float = WIDTH) -> Markup:
    """A drawing that screen readers call by its title."""
    return tag(
        "svg",
        tag("title", title) + Markup("").join(parts),
        cls=f"chart {cls}",
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_label=title,
        preserveAspectRatio="xMidYMid meet",
    )


# --- probability ----------------------------------------------------------------------------


def probability_bar(posterior: float, low: float, high: float, title: str) -> Markup:
    """The range as a broad band, the posterior as a line in it, on a scale from 0 to 100 %."""
    low, posterior, high = (min(max(v, 0.0), 1.0) * 200 for v in (low, posterior, high))
    parts = [
        tag("rect", x=0, y=5, width=200, height=6, rx=3, cls="track"),
        tag("rect", x=low, y=2, width=max(high - low, 2.0), height=12, rx=2, cls="range"),
        tag("rect", x=min(max(posterior - 1.5, 0.0), 197.0), y=0, width=3, height=16, cls="point"),
    ]
    return svg(16, title, parts, "probability", 200)


# --- timeline -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Event:
    """Something on the timeline: `kind` is told, published or context."""

    label: str
    first: date
    last: date
    kind: str


def timeline(events: Sequence[Event], title: str) -> Markup:
    """One row an event, its label above its bar; all on one scale of days."""
    if not events:
        return Markup("")
    start, end = min(e.first for e in events), max(e.last for e in events)
    room = timedelta(days=max(3, (end - start).days // 20))
    start, end = _shift(start, -room), _shift(end, room)
    days = (end - start).days or 1

    def x(day: date) -> float:
        return 4 + (WIDTH - 8) * (day - start).days / days

    height = 26 * len(events) + 30
    parts: list[Markup] = []
    for day, label in _ticks(start, end):
        parts.append(tag("line", x1=x(day), x2=x(day), y1=4, y2=height - 20, cls="grid"))
        parts.append(tag("text", label, x=min(max(x(day), 14.0), WIDTH - 14.0), y=height - 6, cls="axis middle"))
    for row, event in enumerate(events):
        top = 26 * row + 6
        left, right = x(event.first), x(event.last)
        wide = max(right - left, 5.0)
        late = left > WIDTH / 2
        at = min(left + wide, WIDTH - 4.0) if late else max(left, 4.0)
        parts.append(tag("text", _cut(event.label, 60), x=at, y=top + 9, cls=f"label {'end' if late else 'start'}"))
        parts.append(tag("rect", x=min(left, WIDTH - 9.0), y=top + 13, width=wide, height=7, rx=2, cls=event.kind))
    return svg(height, title, parts, "timeline")


def _shift(day: date, by: timedelta) -> date:
    """`day` moved, but not out of the calendar."""
    return date.fromordinal(min(max(day.toordinal() + by.days, 1), date.max.toordinal()))


def _ticks(start: date, end: date) -> list[tuple[date, str]]:
    days = (end - start).days
    if days > 6 * 365:
        step = next(s for s in (2, 5, 10, 20, 50, 100, 500, 2000) if days / 365 / s <= 6 or s == 2000)
        years = range(start.year // step * step + step, end.year + 1, step)
        return [(date(y, 1, 1), str(y)) for y in years if y >= 1]
    if days > 75:
        step = next(s for s in (1, 2, 3, 6, 12) if days / 30 / s <= 6 or s == 12)
        months = range(start.year * 12, end.year * 12 + 12, step)
        firsts = [date(m // 12, m % 12 + 1, 1) for m in months]
        return [(d, f"{d:%Y-%m}") for d in firsts if start <= d <= end]
    step = max(1, math.ceil(days / 5))
    marks = [start + timedelta(days=n) for n in range(step // 2, days, step)]
    return [(d, f"{d:%Y-%m-%d}") for d in marks]


# --- months ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Track:
    """A row of months. `bars` are (number of the month, least, most)."""

    label: str
    bars: tuple[tuple[int, int, int], ...]


def monthly(
    months: Sequence[str], tracks: Sequence[Track], bands: Sequence[tuple[str, int, int]], title: str
) -> Markup:
    """A row for each track on one scale of months and of counts; above them the bands, (label, first, last month).

    The dark part of a column is the least that it can be, the pale part reaches to the most.
    """
    if not months:
        return Markup("")
    step = (WIDTH - 8) / len(months)
    highest = max((most for track in tracks for _, _, most in track.bars), default=1)
    head, row = 18 * len(bands) + 6, 44
    height = head + row * len(tracks) + 20
    parts: list[Markup] = []
    every = next((n for n in (1, 2, 3, 6, 12, 24, 60, 120) if len(months) / n <= 6), 240)
    for n in range(0, len(months), every):
        x = 4 + n * step
        parts.append(tag("line", x1=x, x2=x, y1=0, y2=height - 16, cls="grid"))
        if x < WIDTH - 34:
            parts.append(tag("text", months[n], x=x + 2, y=height - 4, cls="axis"))
    for n, (label, first, last) in enumerate(bands):
        left, right = 4 + first * step, 4 + (last + 1) * step
        late = left > WIDTH / 2
        parts.append(tag("rect", x=left, y=18 * n + 12, width=right - left, height=5, rx=2, cls="context"))
        at = tag(
            "text", _cut(label, 60), x=right if late else left, y=18 * n + 10, cls=f"label {'end' if late else 'start'}"
        )
        parts.append(at)
    for n, track in enumerate(tracks):
        base = head + row * (n + 1) - 4
        parts.append(tag("line", x1=4, x2=WIDTH - 4, y1=base, y2=base, cls="grid"))
        for month, least, most in track.bars:
            for count, cls in ((most, "most"), (least, "least")):
                tall = 28 * count / highest
                x = 4 + month * step
                bar = tag("rect", x=x, y=base - tall, width=max(step - 1, 1.5), height=tall, cls=cls)
                parts.append(bar if count else Markup(""))
        parts.append(tag("text", _cut(track.label, 60), x=4, y=base - 31, cls="label start"))
    return svg(height, title, parts, "columns")


# --- map ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in degrees. `kind` is scene, or around for those that only help to find the way."""

    label: str
    lat: float
    lon: float
    kind: str


BOLDER = 1.25
"""How much wider the letters of a scene's label are."""
CROWDED = 34
"""Neighbours nearer than this to what is drawn already are left out: they only help to find the way."""


def place_map(points: Sequence[Point], title: str) -> Markup:
    """Scenes with their neighbours on a plain grid of degrees, true to scale in their middle latitude."""
    scenes = [p for p in points if p.kind == "scene"]
    if not scenes:
        return Markup("")
    lat = (min(p.lat for p in scenes) + max(p.lat for p in scenes)) / 2
    lon = (min(p.lon for p in scenes) + max(p.lon for p in scenes)) / 2
    shrink = max(math.cos(math.radians(lat)), 0.1)
    height = 240
    tall = max(1.2, 1.5 * (max(p.lat for p in scenes) - min(p.lat for p in scenes)))
    wide = max(1.2 * WIDTH / height, 1.5 * shrink * (max(p.lon for p in scenes) - min(p.lon for p in scenes)))
    scale = min(height / tall, WIDTH / wide)

    def xy(at_lat: float, at_lon: float) -> tuple[float, float]:
        return WIDTH / 2 + (at_lon - lon) * shrink * scale, height / 2 - (at_lat - lat) * scale

    parts = [tag("rect", x=0, y=0, width=WIDTH, height=height, cls="sea"), *_graticule(lat, lon, scale, shrink, height)]
    placed: list[tuple[float, float, float]] = []
    dots: list[tuple[float, float]] = []
    for point in sorted(points, key=lambda p: p.kind != "scene"):
        x, y = xy(point.lat, point.lon)
        if not (4 < x < WIDTH - 4 and 8 < y < height - 8):
            continue
        if point.kind != "scene" and any(math.dist((x, y), dot) < CROWDED for dot in dots):
            continue
        dots.append((x, y))
        parts.append(tag("circle", cx=x, cy=y, r=6 if point.kind == "scene" else 2, cls=point.kind))
        parts += _label(point, x, y, placed)
    return svg(height, title, parts, "map")


def _label(point: Point, x: float, y: float, placed: list[tuple[float, float, float]]) -> list[Markup]:
    """A label on the side that has room, left out (the list below has it) where all room is taken."""
    text = _cut(point.label, 28)
    width = len(text) * _LETTER * (1.7 if any(ord(c) > 0x2E80 for c in text) else 1)
    width *= BOLDER if point.kind == "scene" else 1
    right = x + 9 + width < WIDTH
    left = x + 9 if right else x - 9 - width
    for shift in (0, 12, -12, 24, -24) if point.kind == "scene" else (0,):
        at = y + 4 + shift
        if all(abs(at - b) >= 12 or left + width < a or left > a + w for a, b, w in placed):
            placed.append((left, at, width))
            cls = f"label {point.kind} {'start' if right else 'end'}"
            return [tag("text", text, x=x + 9 if right else x - 9, y=at, cls=cls)]
    return []


def _graticule(lat: float, lon: float, scale: float, shrink: float, height: float) -> list[Markup]:
    step = next(s for s in (0.5, 1, 2, 5, 10, 20, 45, 90) if s * scale >= 60 or s == 90)
    parts: list[Markup] = []
    for n in range(math.ceil((lat - height / 2 / scale) / step), math.floor((lat + height / 2 / scale) / step) + 1):
        y = height / 2 - (n * step - lat) * scale
        parts.append(tag("line", x1=0, x2=WIDTH, y1=y, y2=y, cls="grid"))
        if 14 < y < height - 14:
            parts.append(tag("text", _degrees(n * step, "N", "S"), x=3, y=y - 3, cls="axis"))
    half = WIDTH / 2 / scale / shrink
    for n in range(math.ceil((lon - half) / step), math.floor((lon + half) / step) + 1):
        x = WIDTH / 2 + (n * step - lon) * shrink * scale
        parts.append(tag("line", x1=x, x2=x, y1=0, y2=height, cls="grid"))
        parts.append(tag("text", _degrees(n * step, "E", "W"), x=x + 3, y=height - 4, cls="axis"))
    return parts


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}° {positive if value >= 0 else negative}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
