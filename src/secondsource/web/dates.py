"""EDTF taken apart for people: the words for a date, and the days that it can mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from secondsource import edtf

Gettext = Callable[[str], str]

_DATE = re.compile(
    r"(?P<q1>[~?%])?(?P<year>[0-9X]{4})(?P<q2>[~?%])?"
    r"(?:-(?P<q3>[~?%])?(?P<month>[0-9X]{2})(?P<q4>[~?%])?"
    r"(?:-(?P<q5>[~?%])?(?P<day>[0-9X]{2})(?P<q6>[~?%])?)?)?(?:T[0-9:.+Z-]{1,30})?"
)
_OPEN = {"", ".."}


def N_(text: str) -> str:  # noqa: N802
    """Marks a word for extraction; it is translated where it is used."""
    return text


MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
SEASONS = {"21": N_("spring"), "22": N_("summer"), "23": N_("autumn"), "24": N_("winter")}


@dataclass(frozen=True, slots=True)
class Day:
    """One EDTF date; a part that is not given is None, an unknown digit is X."""

    year: str
    month: str | None
    day: str | None
    about: bool
    unsure: bool

    @property
    def plain(self) -> tuple[str, str | None, str | None]:
        return self.year, self.month, self.day


def words(text: str | None, _: Gettext) -> str:
    """A date as one would say it: 'late November 2018', 'about 2014', '11 March, year unknown'."""
    if not text or text in {"XXXX", "XXXX-XX", "XXXX-XX-XX"}:
        return _("date unknown")
    if text[0] in "[{" and text[-1] in "]}":
        several = [words(part.strip().strip("."), _) for part in text[1:-1].split(",")[:12]]
        return (_(" or ") if text[0] == "[" else _(" and ")).join(several)
    if "/" not in text:
        one = _parse(text)
        return text if one is None else _qualified(one, _single(one, _), _)
    first, last = text.split("/", 1)
    if first in _OPEN or last in _OPEN:
        return _open(first, last, text, _)
    a, b = _parse(first), _parse(last)
    if a is None or b is None:
        return text
    return _part_of_month(a, b, _) or _range(a, b, _)


def bounds(text: str | None) -> tuple[date, date] | None:
    """The first and last day that a date can mean, an open end cut off; None where no year is known."""
    try:
        interval = edtf.parse(text or "")
    except edtf.EdtfError:
        return None
    first, last = interval.earliest or interval.latest, interval.latest or interval.earliest
    return None if interval.yearless or first is None or last is None else (first, last)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Day | None:
    found = _DATE.fullmatch(text) if len(text) < 64 else None
    if found is None:
        return None
    marks = "".join(found[f"q{n}"] or "" for n in range(1, 7))
    month = found["month"]
    if month and month.isdigit() and not (1 <= int(month) <= 12 or month in SEASONS):
        return None
    return Day(
        found["year"],
        month if month != "XX" else None,
        found["day"] if found["day"] != "XX" else None,
        about=bool(set(marks) & {"~", "%"}),
        unsure=bool(set(marks) & {"?", "%"}),
    )


def _qualified(day: Day, said: str, _: Gettext) -> str:
    if day.about:
        said = _("about %(date)s") % {"date": said}
    return _("possibly %(date)s") % {"date": said} if day.unsure else said


def _month(month: str, _: Gettext) -> str:
    if month in SEASONS:
        return _(SEASONS[month])
    return _(MONTHS[int(month) - 1]) if month.isdigit() else month


def _year(year: str, _: Gettext) -> str:
    if year == "XXXX":
        return _("year unknown")
    if year.endswith("XX"):
        return _("%(year)s00 to %(year)s99") % {"year": year[:2]}
    return _("%(year)s0s") % {"year": year[:3]} if year.endswith("X") else year


def _with_year(said: str, year: str, _: Gettext) -> str:
    if year == "XXXX":
        return _("%(date)s, year unknown") % {"date": said}
    return _("%(date)s %(year)s") % {"date": said, "year": _year(year, _)}


def _single(day: Day, _: Gettext) -> str:
    if day.month is None:
        if day.day is not None and day.day.isdigit():
            said = _("day %(day)s of an unknown month") % {"day": int(day.day)}
            return _with_year(said, day.year, _)
        return _year(day.year, _)
    return _with_year(_day_month(day, _), day.year, _)


def _day_month(day: Day, _: Gettext) -> str:
    month = _month(day.month or "XX", _)
    if day.day is None:
        return month
    if not day.day.isdigit():
        first, last = max(int(day.day.replace("X", "0")), 1), int(day.day.replace("X", "9"))
        days = _("%(first)s to %(last)s") % {"first": first, "last": min(last, 31)}
        return _("%(day)s %(month)s") % {"day": days, "month": month}
    return _("%(day)s %(month)s") % {"day": int(day.day), "month": month}


def _part_of_month(a: Day, b: Day, _: Gettext) -> str | None:
    """Reporters' thirds of a month: days 1-10, 11-20, 21 to the end."""
    if a.year != b.year or a.month is None or a.month != b.month or a.day is None or b.day is None:
        return None
    said = {
        ("01", "10"): _("early %(month)s"),
        ("11", "20"): _("mid-%(month)s"),
    }.get((a.day, b.day))
    if a.day == "21" and b.day in {"28", "29", "30", "31"}:
        said = _("late %(month)s")
    if a.day == "01" and b.day in {"28", "29", "30", "31"}:
        said = "%(month)s"
    if said is None:
        return None
    merged = Day(a.year, a.month, None, a.about or b.about, a.unsure or b.unsure)
    return _qualified(merged, _with_year(said % {"month": _month(a.month, _)}, a.year, _), _)


def _range(a: Day, b: Day, _: Gettext) -> str:
    if a.plain == b.plain:
        return _qualified(a, _single(a, _), _)
    if a.month and b.month and a.year == b.year:
        same = a.month == b.month and a.day and b.day and a.day.isdigit()
        first = str(int(a.day or "0")) if same else _day_month(a, _)
        said = _("%(first)s to %(last)s") % {"first": first, "last": _day_month(b, _)}
        merged = Day(a.year, None, None, a.about or b.about, a.unsure or b.unsure)
        return _qualified(merged, _with_year(said, a.year, _), _)
    first, last = _qualified(a, _single(a, _), _), _qualified(b, _single(b, _), _)
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _open(first: str, last: str, text: str, _: Gettext) -> str:
    known = first if first not in _OPEN else last
    if known in _OPEN:
        return _("date unknown")
    day = _parse(known)
    if day is None:
        return text
    said = _qualified(day, _single(day, _), _)
    return (_("from %(date)s on") if known == first else _("until %(date)s")) % {"date": said}
