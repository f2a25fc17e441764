"""Dates as files write them to EDTF. Only what is plainly stated: 03/05/2014 could be two days, so it is none."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime

from secondsource.edtf import EdtfError, parse

_NAMES = "january february march april may june july august september october november december"
_MONTHS = _NAMES.split()
_MONTH = {name[:length]: number for number, name in enumerate(_MONTHS, 1) for length in (3, 4, len(name))}

_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d(?::?\d\d)?(?:[.,]\d{1,9})?\s{0,2}(?:Z|UTC|[+-]\d\d:?\d\d)?", re.ASCII
)
_NUMBERS = re.compile(
    r"(\d{4})\s{0,2}[-./年년]\s{0,2}(\d{1,2})(?:\s{0,2}[-./月월]\s{0,2}(\d{1,2})\s{0,2}[.日일]?|\s{0,2}[.月월])?",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_YEAR = re.compile(r"(\d{4})\s{0,2}[年년]", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s{1,2}([a-z]{3,9})\.?,?\s{1,2}(\d{4})", re.ASCII)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s{1,2}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,2}(\d{4})", re.ASCII)
_POSTED = re.compile(r"(?:^|[\s,])\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d", re.ASCII)
_MONTH_ONLY = re.compile(r"([a-z]{3,9})\.?,?\s{1,2}(\d{4})", re.ASCII)


def edtf(value: object) -> str | None:
    """EDTF of a stated date: a year, month, day or interval as it stands, a moment cut to the date in its
    own zone. None where it is no date, or could be two."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    text = str(value).strip()[:100]
    if moment := _MOMENT.fullmatch(text):
        text = moment[1]
    return _stated(text) or _written(text) or _posted(text)


def _stated(text: str) -> str | None:
    """A string that is EDTF already, and says anything."""
    try:
        parse(text)
    except EdtfError:
        return None
    return text if any(letter.isdigit() for letter in text) and "T" not in text else None


def _written(text: str) -> str | None:
    if found := _NUMBERS.fullmatch(text):
        return _made(found[1], found[2], found[3])
    if found := _COMPACT.fullmatch(text):
        return _made(found[1], found[2], found[3])
    if found := _YEAR.fullmatch(text):
        return found[1]
    low = text.lower()
    if found := _DAY_FIRST.fullmatch(low):
        return _made(found[3], _MONTH.get(found[2]), found[1])
    if found := _MONTH_FIRST.fullmatch(low):
        return _made(found[3], _MONTH.get(found[1]), found[2])
    if found := _MONTH_ONLY.fullmatch(low):
        return _made(found[2], _MONTH.get(found[1]), None)
    return None


def _made(year: str, month: str | int | None, day: str | None) -> str | None:
    if month is None:
        return None
    return _stated(f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else ""))


def _posted(text: str) -> str | None:
    """The date of an e-mail header (RFC 5322)."""
    if not _POSTED.search(text):
        return None
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
