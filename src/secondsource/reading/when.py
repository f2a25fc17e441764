"""From the words of one expression of when to days: the calendar's part, no text here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from secondsource import edtf
from secondsource.edtf import LEAP, Interval, add_months

Basis = Literal["text", "published", "unknown"]
WIDE = 62
"""An anchor longer than this many days says nothing about days and weeks."""

_YEAR_PARTS = {
    "early": (1, 3),
    "mid": (5, 8),
    "late": (10, 12),
    "first_half": (1, 6),
    "second_half": (7, 12),
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "winter": (12, 14),
}
_MONTH_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "first_half": (1, 15), "second_half": (16, 31)}
SEASONS = frozenset({"spring", "summer", "autumn", "winter"})
_UNITS = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Anchor:
    """When the report speaks: the first and last day that can be, and where that is known from."""

    earliest: date
    latest: date
    basis: Basis
    yearless: bool = False

    @property
    def wide(self) -> bool:
        return (self.latest - self.earliest).days > WIDE


@dataclass(frozen=True, slots=True)
class When:
    """A resolved expression: bounds (None is open), and whether anybody told the year."""

    earliest: date | None
    latest: date | None
    basis: Basis
    yearless: bool = False
    approximate: bool = False

    @property
    def edtf(self) -> str:
        return edtf.format_interval(self.earliest, self.latest, yearless=self.yearless, approximate=self.approximate)


@dataclass(slots=True)
class Draft:
    """The words of one expression while they are put together. `put` refuses what does not belong to it."""

    start: int
    end: int
    fields: dict[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    about: bool = False
    without_number: int = 0
    """Where it ends if the number at its end turns out to count something."""

    def put(self, name: str, value: str) -> bool:
        if name == "part":
            if len(self.parts) == 2:
                return False
            self.parts.append(value)
            return True
        if name in self.fields or not _goes_with(name, set(self.fields)):
            return False
        self.fields[name] = value
        return True


_WITH = {
    name: frozenset(others.split())
    for name, others in {
        "year": "month day weekday clock number",
        "month": "year day weekday direction in_year of_year clock number",
        "day": "year month weekday direction in_month of_month the_month in_year of_year clock",
        "weekday": "year month day direction in_week date number clock in_year",
        "direction": "month day weekday number clock",
        "number": "year month direction weekday clock in_year of_year",
        "in_year": "month day number holiday clock weekday",
        "of_year": "month day number holiday clock",
        "in_month": "day clock",
        "of_month": "day clock",
        "the_month": "day",
        "in_week": "weekday",
        "date": "weekday clock",
        "holiday": "in_year of_year clock direction",
        "in_day": "clock",
        "of_day": "clock",
        "clock": "year month day weekday direction in_year of_year in_month of_month in_day of_day date holiday number",
    }.items()
}
"""Which fields of an expression stand together."""


def _goes_with(name: str, others: set[str]) -> bool:
    return others <= _WITH.get(name, frozenset())


def resolve(draft: Draft, anchor: Anchor | None, before: When | None, *, future: bool = False) -> When | None:
    """The days that a draft means; None where nothing tells.

    `before` is the time told of last: "two days later" and "that month" count from it."""
    f = draft.fields
    found: When | None
    if "date" in f:
        found = _date(f["date"])
    elif f.keys() & {"ago", "later", "earlier", "in_day", "of_day", "in_week"} or _only_weekday(f):
        found = _by_days(f, anchor, before)
    else:
        found = _by_month(draft, anchor, before, future=future)
    if found is None:
        return None
    approximate = found.approximate or draft.about
    return When(found.earliest, found.latest, found.basis, found.yearless, approximate)


def _only_weekday(f: dict[str, str]) -> bool:
    return "weekday" in f and f.keys() <= {"weekday", "direction", "clock"}


def _date(text: str) -> When | None:
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    try:
        if len(numbers) == 2:
            return _months(numbers[0], numbers[1], numbers[1], "text")
        return When(date(*numbers[:3]), date(*numbers[:3]), "text")
    except ValueError:
        return None


def _months(year: int, first: int, last: int, basis: Basis, *, yearless: bool = False) -> When:
    """Whole months of a year; months above 12 are in the next."""
    start = add_months(date(year, 1, 1), first - 1)
    end = add_months(date(year, 1, 1), last) - timedelta(days=1)
    return When(start, end, basis, yearless)


# --- counted in days and weeks ---------------------------------------------------------------


def _by_days(f: dict[str, str], anchor: Anchor | None, before: When | None) -> When | None:
    if "of_day" in f or "later" in f or "earlier" in f:
        return _from_before(f, before)
    if "in_day" in f and before is not None and (anchor is None or anchor.latest != anchor.earliest):
        anchor = _as_anchor(before) or anchor
    if anchor is None or (anchor.wide and "ago" not in f):
        return None
    first, last = anchor.earliest, anchor.latest
    if "ago" in f:
        return _ago(f["ago"], anchor)
    if "in_day" in f:
        step = timedelta(days=int(f["in_day"]))
        return When(first + step, last + step, anchor.basis, anchor.yearless)
    if "weekday" in f:
        if anchor.yearless:
            return None
        days = [_weekday(day, f) for day in (first, last)]
        return When(days[0], days[1], anchor.basis)
    if "in_week" in f:
        monday, week = timedelta(days=1), timedelta(days=7 * int(f["in_week"]))
        start = first - first.weekday() * monday + week
        return When(start, last + (6 - last.weekday()) * monday + week, anchor.basis, anchor.yearless)
    return None


def _as_anchor(before: When) -> Anchor | None:
    """The day told of last: in a diary "this morning" is that day's."""
    if before.earliest is None or before.earliest != before.latest:
        return None
    return Anchor(before.earliest, before.latest, before.basis, before.yearless)


def _weekday(day: date, f: dict[str, str]) -> date:
    """The last such day up to this one; of another week where that is said."""
    wanted = int(f["weekday"])
    if "in_week" in f:
        return day + timedelta(days=7 * int(f["in_week"]) + wanted - day.weekday())
    if f.get("direction") == "next":
        return day + timedelta(days=(wanted - day.weekday() - 1) % 7 + 1)
    back = (day.weekday() - wanted) % 7
    return day - timedelta(days=back or (7 if f.get("direction") == "last" else 0))


def _ago(value: str, anchor: Anchor) -> When | None:
    unit, number = value.split(" ")
    count = int(number)
    if unit in _UNITS:
        step = timedelta(days=_UNITS[unit] * count)
        return When(anchor.earliest - step, anchor.latest - step, anchor.basis, anchor.yearless, unit == "week")
    months = count * (12 if unit == "year" else 1)
    first, last = add_months(anchor.earliest, -months), add_months(anchor.latest, -months)
    if unit == "year":
        return None if anchor.yearless else When(
            date(first.year, 1, 1), date(last.year, 12, 31), anchor.basis, approximate=True
        )  # fmt: skip
    return When(first.replace(day=1), _end_of_month(last), anchor.basis, anchor.yearless, approximate=True)


def _from_before(f: dict[str, str], before: When | None) -> When | None:
    if before is None or before.earliest is None or before.latest is None:
        return None
    if "of_day" in f:
        if before.earliest != before.latest:
            return None
        unit, count = "day", int(f["of_day"])
    else:
        unit, number = (f.get("later") or f["earlier"]).split(" ")
        count = int(number) * (1 if "later" in f else -1)
    if unit in _UNITS:
        step = timedelta(days=_UNITS[unit] * count)
        return When(before.earliest + step, before.latest + step, before.basis, before.yearless, unit == "week")
    months = count * (12 if unit == "year" else 1)
    ends = [add_months(day, months) for day in (before.earliest, before.latest)]
    return When(ends[0], ends[1], before.basis, before.yearless, approximate=True)


# --- counted in months and years -------------------------------------------------------------


def _by_month(draft: Draft, anchor: Anchor | None, before: When | None, *, future: bool) -> When | None:
    f = draft.fields
    if "decade" in f:
        return _months(int(f["decade"]), 1, 120, "text")
    year, basis, yearless = _year(f, anchor, before)
    season = next((p for p in draft.parts if p in SEASONS), None)
    parts = [p for p in draft.parts if p not in SEASONS]
    if "holiday" in f:
        month, day = (int(n) for n in f["holiday"].split("-"))
        f = {**f, "month": str(month), "day": str(day)}
    if f.keys() & {"in_month", "of_month", "the_month"}:
        base = _relative_month(f, anchor, before)
        return base and _within_month(base, f, parts)
    if "month" in f:
        month = int(f["month"])
        if not 1 <= month <= 12:
            return None
        if year is None and anchor is not None and not anchor.yearless:
            year, basis = _nearest(month, f, anchor, future=future), anchor.basis
        if year is None:
            return _within_month(_months(LEAP, month, month, "unknown", yearless=True), f, parts)
        return _within_month(_months(year, month, month, basis, yearless=yearless), f, parts)
    if year is not None and not yearless:
        return _in_year(year, basis, [season] if season else parts, f)
    if season and anchor is not None and not anchor.yearless:
        return _season(season, f, anchor)
    if "day" in f:
        return _day_of_anchor(int(f["day"]), f, anchor)
    return None


def _year(f: dict[str, str], anchor: Anchor | None, before: When | None) -> tuple[int | None, Basis, bool]:
    if "year" in f:
        return int(f["year"]), "text", False
    if "in_year" in f and anchor is not None and not anchor.yearless:
        return anchor.latest.year + int(f["in_year"]), anchor.basis, False
    if "of_year" in f and before is not None and before.earliest is not None and not before.yearless:
        return before.earliest.year + int(f["of_year"]), before.basis, False
    return None, "unknown", False


def _nearest(month: int, f: dict[str, str], anchor: Anchor, *, future: bool) -> int:
    """The year of the last such month that began by the anchor, or of the next where the future is meant."""
    now, direction = anchor.latest, f.get("direction")
    if direction == "this":
        return now.year
    if direction == "next" or future:
        return now.year if month >= now.month else now.year + 1
    if month == now.month and direction == "last" and "day" not in f and anchor.earliest.month == month:
        return now.year - 1
    return now.year if month <= now.month else now.year - 1


def _relative_month(f: dict[str, str], anchor: Anchor | None, before: When | None) -> When | None:
    if "of_month" in f:
        if before is None or before.earliest is None:
            return None
        first = last = add_months(before.earliest, int(f["of_month"]))
        basis, yearless = before.basis, before.yearless
    else:
        if anchor is None or anchor.wide:
            return None
        shift = int(f.get("in_month", "0"))
        first, last = add_months(anchor.earliest, shift), add_months(anchor.latest, shift)
        basis, yearless = anchor.basis, anchor.yearless
    return When(first.replace(day=1), _end_of_month(last), basis, yearless)


def _within_month(base: When, f: dict[str, str], parts: list[str]) -> When | None:
    """A day or a third of a month, or the whole of it."""
    start, end = base.earliest, base.latest
    if start is None or end is None:
        return None
    first, last = 1, 31
    if "day" in f:
        first = last = int(f["day"])
        if not 1 <= first <= _end_of_month(end).day:
            return None
    elif parts:
        thirds = [_MONTH_PARTS[part] for part in parts]
        first, last = min(thirds)[0], max(thirds)[1]
    lengths = [_end_of_month(day).day for day in (start, end)]
    low, high = start.replace(day=min(first, lengths[0])), end.replace(day=min(last, lengths[1]))
    return When(low, high, base.basis, base.yearless)


def _in_year(year: int, basis: Basis, parts: list[str], f: dict[str, str]) -> When | None:
    if "day" in f:
        return None
    if not parts:
        return _months(year, 1, 12, basis)
    spans = [_YEAR_PARTS[part] for part in parts]
    found = _months(year, min(spans)[0], max(spans)[1], basis)
    return When(found.earliest, found.latest, basis, approximate=True)


def _season(season: str, f: dict[str, str], anchor: Anchor) -> When | None:
    first, last = _YEAR_PARTS[season]
    year = anchor.latest.year
    begun = first <= anchor.latest.month
    over = (_months(year, first, last, "text").latest or anchor.latest) < anchor.earliest
    if f.get("direction") == "next":
        year += begun
    elif f.get("direction") == "last":
        year -= not over
    elif "direction" not in f:
        year -= not begun
    found = _months(year, first, last, anchor.basis)
    return When(found.earliest, found.latest, anchor.basis, approximate=True)


def _day_of_anchor(day: int, f: dict[str, str], anchor: Anchor | None) -> When | None:
    """The last such day of a month up to the anchor ("on the 20th", 지난 11일), or the next one."""
    if anchor is None or anchor.wide or not 1 <= day <= 31:
        return None
    start = anchor.latest.replace(day=1)
    step = 1 if f.get("direction") == "next" else -1
    for months in (0, step, 2 * step):
        month = add_months(start, months)
        if day > _end_of_month(month).day:
            continue
        found = month.replace(day=day)
        if (found >= anchor.latest) if step > 0 else (found <= anchor.latest):
            return When(found, found, anchor.basis, anchor.yearless)
    return None


def days_in_month(day: date) -> int:
    return _end_of_month(day).day


def _end_of_month(day: date) -> date:
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def join(first: When, last: When) -> When | None:
    """From the beginning of one to the end of the other."""
    if first.yearless != last.yearless:
        return None
    earliest, latest = first.earliest, last.latest
    if earliest and latest and earliest > latest:
        if first.yearless:
            latest = latest.replace(year=latest.year + 1) if (latest.month, latest.day) != (2, 29) else None
        elif earliest.year > latest.year - 2 and first.basis != "text":
            earliest = add_months(earliest, -12)
        if latest is None or earliest > latest:
            return None
    return When(earliest, latest, first.basis, first.yearless, first.approximate or last.approximate)


def of(interval: Interval, basis: Basis) -> Anchor | None:
    """An anchor from the report's date, open ends left out."""
    ends = [day for day in (interval.earliest, interval.latest) if day is not None]
    return Anchor(ends[0], ends[-1], basis, interval.yearless) if ends else None
