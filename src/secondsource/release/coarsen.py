"""Exact values to coarse ones. None where nothing may be said."""

from __future__ import annotations

import math
import re

from secondsource import edtf
from secondsource.packs import Pack, Place
from secondsource.release.model import Policy

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_COUNT = re.compile(r"(\d{1,9})?\.\.(\d{1,9})?|(\d{1,9})", re.ASCII)
_BAND = 5


def age(low: int | None, high: int | None) -> str | None:
    """'in their 20s'; two decades where the ages span them."""
    known = sorted({_decade(years) for years in (low, high) if years is not None and 0 <= years < 130})
    return " to ".join(_DECADES[decade] for decade in known) or None


_DECADES = {0: "a child", 1: "in their teens", **{n: f"in their {n}0s" for n in range(2, 8)}, 8: "80 or older"}


def _decade(years: int) -> int:
    return min(years // 10, 8)


def when(date: str | None) -> str | None:
    """The month, two months or the years of an EDTF date, as EDTF; of one without a year, the month."""
    try:
        span = edtf.parse(date or "")
    except edtf.EdtfError:
        return None
    first, last = span.earliest or span.latest, span.latest or span.earliest
    if first is None or last is None:
        return None
    months = (last.year - first.year) * 12 + last.month - first.month
    years = ["XXXX"] * 2 if span.yearless else [f"{first.year:04}", f"{last.year:04}"]
    ends = [f"{years[0]}-{first.month:02}", f"{years[1]}-{last.month:02}"] if months <= 1 else years
    if ends[0] == "XXXX":
        return None
    return "/".join(dict.fromkeys(ends))


def in_words(month: str) -> str:
    """A date made by `when`, for reading."""
    return " to ".join(_month_in_words(end) for end in month.split("/"))


def _month_in_words(end: str) -> str:
    year, _, month = end.partition("-")
    year = "of a year not known" if year == "XXXX" else year
    return f"{_MONTHS[int(month) - 1]} {year}" if month else year


def may_be_named(place: Place, policy: Policy) -> bool:
    return place.kind in _NAMED[policy.place_level]


_NAMED = {
    "province": {"country", "province"},
    "county": {"country", "province", "prefecture", "county", "city"},
}


def where(place: str, pack: Pack, policy: Policy) -> str | None:
    """The gazetteer id of the finest place around `place` that may be named."""
    return next((p for p in pack.within(place) if may_be_named(pack.places[p], policy)), None)


def people(low: int | None, high: int | None, policy: Policy) -> str | None:
    """How many people, in words: as claimed, or in bands of five."""
    if low is None and high is None:
        return None
    if policy.counts == "kept":
        if low == high and low is not None:
            return f"{low}"
        return f"{low} or more" if high is None else f"up to {high}" if not low else f"{low} to {high}"
    bottom = (low or 0) // _BAND * _BAND
    if high is None:
        return f"{bottom} or more" if bottom else "some"
    top = high // _BAND * _BAND + _BAND - 1
    return f"{bottom} to {top}" if bottom else f"fewer than {top + 1}"


def count_of(value: str) -> tuple[int | None, int | None]:
    """The ends of a finding's 'low..high'."""
    found = _COUNT.fullmatch(value.strip())
    if not found:
        return None, None
    low, high, one = (int(group) if group else None for group in found.groups())
    return (one, one) if one is not None else (low, high)


def amount(number: float, currency: str) -> str | None:
    """A sum of money to one significant figure: 'about 2,000,000 KRW'."""
    if not math.isfinite(number) or number <= 0 or not re.fullmatch("[A-Z]{3}", currency):
        return None
    size = 10 ** math.floor(math.log10(number))
    rounded = round(number / size) * size
    return f"about {rounded:,.0f} {currency}" if rounded >= 1 else f"less than 1 {currency}"


def sum_of(value: str) -> tuple[float, str]:
    """The parts of a finding's 'amount currency'."""
    number, _, currency = value.strip().partition(" ")
    try:
        return float(number.replace(",", "")), currency.strip()
    except ValueError:
        return 0.0, ""


def sources(least: int, most: int) -> str:
    """How many independent sources, in words."""
    low, high = (_NUMBERS[n] if 0 <= n <= 10 else "more than ten" for n in (least, most))
    if low == high:
        return f"{low} independent source{'' if low == 'one' else 's'}"
    return f"{low} to {high} independent sources"
