"""Dates as intervals: the part of EDTF (ISO 8601-2:2019, level 1 and some of level 2) that reports need.

A date is a string everywhere else; this module alone knows what it means.

    2018  2018-11  2018-11-25  2018-11-25T10:00   the whole year, month, day
    2018-11-21/2018-11-30  ../2018  2018-11/..    intervals, open ends
    2018-11~  2018?  2018-11%                     approximate, uncertain, both
    202X  2018-XX  2014-03-1X                     unspecified digits
    XXXX-04-15  XXXX-11-21/XXXX-11-30  XXXX       a year that nobody told
    2018-21 ... 2018-24                           spring, summer, autumn, winter (winter ends next year)

Yearless dates are compared with others by month and day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

LEAP = 2000
"""The year that the month-day bounds of yearless dates are given in (a range over New Year ends in LEAP + 1)."""

_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|XXXX)"
    r"(?:-(?P<month>[0-9]{2}|[01]X|XX)(?:-(?P<day>[0-9]{2}|[0-3]X|XX)(?:T[0-9:.+Z-]{1,20})?)?)?"
    r"(?P<mark>[~?%]?)",
    re.ASCII,
)
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
_DAY = timedelta(days=1)


class EdtfError(ValueError):
    """A string that is no date in the part of EDTF that is known here."""


@dataclass(frozen=True)
class Interval:
    """From the first to the last possible day, both inclusive; None is an open end.

    Where `yearless`, the days are in the leap year 2000 and only month and day mean anything
    (both None: nothing at all is known)."""

    earliest: date | None
    latest: date | None
    approximate: bool = False
    uncertain: bool = False
    yearless: bool = False

    @property
    def days(self) -> int | None:
        """How many days it may be, None where an end is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1


@lru_cache(maxsize=16_384)
def parse(text: str) -> Interval:
    """What a date string means. Raises EdtfError."""
    parts = text.strip().split("/")
    if len(parts) == 1:
        return _single(parts[0])
    if len(parts) != 2:
        raise EdtfError(f"{text[:80]!r}: an interval has two ends")
    ends = [None if part in {"", ".."} else _single(part) for part in parts]
    first, last = ends
    told = [end for end in ends if end is not None]
    yearless = any(end.yearless for end in told)
    if yearless and not all(end.yearless and end.earliest for end in ends if end is not None):
        raise EdtfError(f"{text[:80]!r}: one end has a year, the other has none")
    earliest = first.earliest if first else None
    latest = last.latest if last else None
    if earliest and latest and earliest > latest:
        if not yearless:
            raise EdtfError(f"{text[:80]!r}: ends before it begins")
        latest = _in_year(latest, LEAP + 1)
    return Interval(
        earliest, latest, any(e.approximate for e in told), any(e.uncertain for e in told), yearless=yearless
    )


def _single(text: str) -> Interval:
    found = _DATE.fullmatch(text)
    if not found:
        raise EdtfError(f"{text[:80]!r} is no EDTF date")
    year, month, day, mark = found.group("year", "month", "day", "mark")
    flags = {"approximate": mark in {"~", "%"} and bool(mark), "uncertain": mark in {"?", "%"} and bool(mark)}
    yearless = year == "XXXX"
    low, high = (LEAP, LEAP) if yearless else (int(year.replace("X", "0")), int(year.replace("X", "9")))
    if low == 0:
        raise EdtfError(f"{text[:80]!r}: there is no year 0 here")
    if month is None or month == "XX":
        if day not in {None, "XX"}:
            raise EdtfError(f"{text[:80]!r}: a day without a month")
        if yearless:
            return Interval(None, None, yearless=True, **flags)
        return Interval(date(low, 1, 1), date(high, 12, 31), **flags)
    if low != high:
        raise EdtfError(f"{text[:80]!r}: a month of an unspecified year")
    if month.isdigit() and int(month) in _SEASONS and day is None:
        start = date(low, _SEASONS[int(month)], 1)
        return Interval(start, _month_end(add_months(start, 2)), yearless=yearless, **flags)
    months = [m for m in range(1, 13) if _fits(month, m)]
    if not months or (len(months) > 1 and day is not None):
        raise EdtfError(f"{text[:80]!r}: no such month")
    if day is None:
        return Interval(date(low, months[0], 1), _month_end(date(low, months[-1], 1)), yearless=yearless, **flags)
    days = [d for d in range(1, monthrange(low, months[0])[1] + 1) if _fits(day, d)]
    if not days:
        raise EdtfError(f"{text[:80]!r}: no such day")
    return Interval(date(low, months[0], days[0]), date(low, months[0], days[-1]), yearless=yearless, **flags)


def _fits(pattern: str, number: int) -> bool:
    said = f"{number:02}"
    return pattern[0] in {"X", said[0]} and pattern[1] in {"X", said[1]}


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last of that month; kept within the calendar's range."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _in_year(day: date, year: int) -> date:
    year = min(max(year, 1), 9999)
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def overlap(a: str, b: str) -> bool | None:
    """Whether both can mean the same day; None where nothing is known of one of them."""
    apart = days_apart(a, b)
    return None if apart is None else apart == 0


def days_apart(a: str, b: str) -> int | None:
    """The least number of days between them, 0 where they overlap; None where that is unknowable."""
    first, second = parse(a), parse(b)
    if any(i.earliest is None and i.latest is None for i in (first, second)):
        return None
    if first.yearless and second.yearless:
        second = _bare(second)
    gaps = [_gap(x, y) for x, y in _pairs(first, second)]
    return min(gaps)


def _pairs(a: Interval, b: Interval) -> Iterator[tuple[Interval, Interval]]:
    """Both as intervals of days: a yearless one stands in every year that can matter."""
    if a.yearless == b.yearless:
        yield a, b
    elif b.yearless:
        yield from _pairs(b, a)
    else:
        years = {d.year + shift for d in (b.earliest, b.latest) if d is not None for shift in (-1, 0, 1)}
        if b.days is None or b.days > 366:
            years |= {year + shift for year in list(years) for shift in (-1, 1)}
        for year in sorted(years):
            yield _dated(a, year), b


def _dated(yearless: Interval, year: int) -> Interval:
    ends = [d and _in_year(d, year + d.year - LEAP) for d in (yearless.earliest, yearless.latest)]
    return Interval(ends[0], ends[1])


def _gap(a: Interval, b: Interval) -> int:
    for x, y in ((a, b), (b, a)):
        if x.latest is not None and y.earliest is not None and x.latest < y.earliest:
            return (y.earliest - x.latest).days
    return 0


def intersect(a: str, b: str) -> str | None:
    """The days that both can mean; None where there are none or that is unknowable.

    A yearless date takes the year of the other one, or stays as it is where several years would do."""
    first, second = parse(a), parse(b)
    if not overlap(a, b):
        return None
    yearless = first.yearless and second.yearless
    if yearless:
        second = _bare(second)
    found: list[tuple[date | None, date | None]] = []
    for x, y in _pairs(first, second):
        if _gap(x, y) == 0:
            starts = [d for d in (x.earliest, y.earliest) if d]
            ends = [d for d in (x.latest, y.latest) if d]
            found.append((max(starts, default=None), min(ends, default=None)))
    if len(found) > 1:
        return a if first.yearless else b
    earliest, latest = found[0]
    if yearless and earliest and latest:
        latest = _in_year(latest, LEAP + latest.year - earliest.year)
        earliest = _in_year(earliest, LEAP)
    return format_interval(earliest, latest, yearless=yearless, approximate=first.approximate or second.approximate)


def hull(a: str, b: str) -> str | None:
    """The shortest interval that holds both; None where only one of them has a year, or nothing is known."""
    first, second = parse(a), parse(b)
    if first.yearless != second.yearless or Interval(None, None) in (_bare(first), _bare(second)):
        return None
    starts, ends = [first.earliest, second.earliest], [first.latest, second.latest]
    return format_interval(
        None if None in starts else min(d for d in starts if d),
        None if None in ends else max(d for d in ends if d),
        yearless=first.yearless,
        approximate=first.approximate or second.approximate,
    )


def _bare(interval: Interval) -> Interval:
    return Interval(interval.earliest, interval.latest)


def format_interval(
    earliest: date | None, latest: date | None, *, yearless: bool = False, approximate: bool = False
) -> str:
    """The shortest EDTF string with these bounds: 2018-11 rather than 2018-11-01/2018-11-30."""
    mark = "~" if approximate else ""
    if earliest is None and latest is None:
        return "XXXX" + mark if yearless else "../.."
    if earliest is not None and latest is not None and earliest > latest:
        raise EdtfError(f"{earliest} is after {latest}")
    whole_months = (earliest is None or earliest.day == 1) and (latest is None or latest == _month_end(latest))
    whole_years = (earliest is None or earliest.month == 1) and (latest is None or latest.month == 12)
    length = 10 if not whole_months else 7 if yearless or not whole_years else 4
    first, last = (
        ".." if day is None else ("XXXX" + day.isoformat()[4:] if yearless else day.isoformat())[:length] + mark
        for day in (earliest, latest)
    )
    return first if first == last else f"{first}/{last}"
