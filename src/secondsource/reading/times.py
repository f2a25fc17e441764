"""Expressions of when, in words or digits, as EDTF relative to when the report speaks.

An expression is a run of words from `phrases/times.yaml` with nothing but joints between them, put
together into a `Draft`; `when.py` turns it into days. Early, mid and late are days 1-10, 11-20 and
21-end of a month. What nothing dates is left out; a month without a year is XXXX-MM.
"""

from __future__ import annotations

from dataclasses import dataclass

from secondsource import edtf
from secondsource.model import Span, TimeMention
from secondsource.reading import when
from secondsource.reading.text import Kind, Text
from secondsource.reading.timewords import Found, drafts
from secondsource.reading.when import Anchor, Draft, When

_MONTH = 31
_BESIDE = 12
"""How far from a year alone its month may be, in characters."""
_NEXT_DAY = 4
"""For how many sentences a bare day later in the month is one of the month told of last."""
_STILL_TOLD = 12
"""For how many sentences a month long ago is the one that bare days are counted in."""


_TOWN = 4
"""Words of a town and its country before the date of a dateline."""
_AFTER_DATELINE = frozenset("-–—(（")


@dataclass(frozen=True, slots=True)
class _Told:
    """The last date that was told with its year, and where it stands."""

    when: When
    sentence: int
    end: int


def find(text: Text) -> list[TimeMention]:
    """Every expression of when that can be dated at least to a month of an unknown year, first first."""
    found_here = drafts(text)
    base = _anchor(text, found_here)
    mentions: list[TimeMention] = []
    before: When | None = None
    event: When | None = None
    event_at = 0
    told: _Told | None = None
    for found in found_here:
        same_day = found.draft.fields.get("of_day") == "0"
        near = event if found.sentence.index - event_at <= _NEXT_DAY else None
        one = _day_after(found, near) or _dated(found, base, before if same_day else event, told)
        if one is None:
            continue
        before = one
        if not found.speech:
            event, event_at = one, found.sentence.index
        if found.draft.fields.keys() & {"year", "date"} and found.sentence.kind is Kind.BODY:
            told = _Told(one, found.sentence.index, found.span.end)
        mentions.append(TimeMention(span=found.span, edtf=one.edtf, basis=one.basis))
    return mentions


def anchor(text: Text) -> Anchor | None:
    """When the report speaks: its own date, else a dateline in the text, else a day on which somebody told it."""
    return _anchor(text, drafts(text))


def speech_dates(text: Text) -> frozenset[Span]:
    """Where it is said when somebody told or printed it, not when it happened."""
    return frozenset(
        found.span for found in drafts(text) if found.speech or _in_brackets(found) or _dateline(text, found)
    )


def _day_after(found: Found, event: When | None) -> When | None:
    """A bare day that follows another one of a month: 7月18日 … 翌19日."""
    fields = found.draft.fields
    if event is None or event.earliest is None or event.earliest != event.latest or found.speech:
        return None
    if found.last is not None or not {"day"} <= fields.keys() <= {"day", "clock"}:
        return None
    day = int(fields["day"])
    if not event.earliest.day <= day <= when.days_in_month(event.earliest):
        return None
    one = event.earliest.replace(day=day)
    return When(one, one, event.basis, event.yearless, found.draft.about)


def _dated(found: Found, base: Anchor | None, before: When | None, told: _Told | None) -> When | None:
    try:
        first = _resolved(found, found.draft, base, before, told)
        if first is None:
            return None
        if found.last is not None:
            last = _resolved(found, found.last, base, before, told)
            return (last and when.join(first, last)) or first
    except OverflowError:
        return None
    if found.since and first.latest != first.earliest and not first.yearless:
        return When(first.earliest, None, first.basis, approximate=first.approximate)
    if found.until and not first.yearless:
        return When(None, first.latest, first.basis, approximate=first.approximate)
    return first


def _resolved(found: Found, draft: Draft, base: Anchor | None, before: When | None, told: _Told | None) -> When | None:
    f = draft.fields
    if told and f.keys() == {"day"} and not found.speech and _long_ago(told.when, base):
        month = told.when.earliest
        if month is not None and found.sentence.index - told.sentence <= _STILL_TOLD:
            return when.resolve(_with(draft, year=month.year, month=month.month), base, before)
    if told and "month" in f and not f.keys() & {"year", "in_year", "of_year", "direction"}:
        year = _year_in_story(int(f["month"]), told, found, base)
        if year:
            draft = _with(draft, year=year)
    return when.resolve(draft, base, before, future=found.future)


def _with(draft: Draft, **fields: int) -> Draft:
    told = {name: str(value) for name, value in fields.items()}
    return Draft(draft.start, draft.end, draft.fields | told, draft.parts, draft.about)


def _long_ago(told: When, base: Anchor | None) -> bool:
    """Whether one month was told of that a bare day of the report's own time cannot lie in."""
    if told.earliest is None or told.latest is None or (told.latest - told.earliest).days > _MONTH:
        return False
    return base is None or (base.earliest - told.latest).days > when.WIDE


def _year_in_story(month: int, told: _Told, found: Found, base: Anchor | None) -> int | None:
    """The year of a bare month after a date with a year: the nearest to it, if that was just told.

    A year alone counts right beside the month only: mostly it is that of something else."""
    last, away = told.when, found.sentence.index - told.sentence
    if last.earliest is None or not 1 <= month <= 12:
        return None
    dated = last.latest is not None and last.earliest.year == last.latest.year
    whole = last.earliest.month == 1 and last.latest is not None and last.latest.month == 12
    beside = away == 0 and found.span.start - told.end <= _BESIDE
    if base is not None and not base.yearless and (away > 1 or not dated or (whole and not beside)):
        return None
    if whole:
        return last.earliest.year
    distance = month - last.earliest.month
    return last.earliest.year + (distance < -6) - (distance > 6)


# --- when the report speaks -------------------------------------------------------------------


def _anchor(text: Text, found_here: list[Found]) -> Anchor | None:
    own = _published(text.report.published)
    if own is not None and not own.wide:
        return own
    dated = [f for f in found_here if f.last is None and (_has(f, "date") or _has(f, "year", "month"))]
    edge = len(text.sentences) - 3
    lines = [f for f in dated if f.sentence.kind is not Kind.BODY or _in_brackets(f)]
    for found in sorted(lines, key=lambda f: (f.sentence.kind is Kind.CAPTION, not _exact(f))):
        one = when.resolve(found.draft, None, None)
        caption = found.sentence.kind is Kind.CAPTION
        if one is None or one.earliest is None or one.latest is None:
            continue
        if not caption and 6 < found.sentence.index < edge:
            continue
        if own is None and found.sentence.kind is not Kind.CAPTION and _exact(found):
            return Anchor(one.earliest, one.latest, "text")
        year_end = one.latest.replace(month=12, day=31)
        if own is None:
            return Anchor(one.earliest, year_end, "text")
        return Anchor(max(own.earliest, min(one.earliest, own.latest)), own.latest, own.basis)
    return own or _spoken(found_here) or _year_of_lead(found_here)


def _published(published: str | None) -> Anchor | None:
    try:
        return when.of(edtf.parse(published), "published") if published else None
    except edtf.EdtfError:
        return None


def _spoken(found_here: list[Found]) -> Anchor | None:
    for found in found_here:
        if found.speech and (_has(found, "month", "day") or _has(found, "date")):
            one = when.resolve(found.draft, None, None)
            if one and one.earliest and one.latest:
                return Anchor(one.earliest, one.latest, "unknown" if one.yearless else "text", one.yearless)
    return None


def _year_of_lead(found_here: list[Found]) -> Anchor | None:
    years = [
        int(found.draft.fields["year"])
        for found in found_here
        if found.sentence.index < 4 and "year" in found.draft.fields and not found.since and not found.until
    ]
    if not years:
        return None
    months = when.resolve(Draft(0, 0, {"year": str(max(years))}), None, None)
    return Anchor(months.earliest, months.latest, "text") if months and months.earliest and months.latest else None


def _has(found: Found, *names: str) -> bool:
    return all(name in found.draft.fields for name in names)


def _exact(found: Found) -> bool:
    return _has(found, "month", "day") or (_has(found, "date"))


def _dateline(text: Text, found: Found) -> bool:
    """A date between the town and the story of a wire report: SEOUL, May 18 - ; Pyongyang, July 15 (KCNA)."""
    s = found.sentence.text
    first = all(before.kind is not Kind.BODY for before in text.sentences[: found.sentence.index])
    head, tail = s[: found.draft.start], s[found.draft.end : found.draft.end + 4].lstrip()
    towns = head.replace(",", " ").split()
    return first and 0 < len(towns) <= _TOWN and all(w[:1].isupper() for w in towns) and tail[:1] in _AFTER_DATELINE


def _in_brackets(found: Found) -> bool:
    """A dateline at the head of the story: 【... 2019年9月28日讯】, (Seoul, 3 May 2019)."""
    head = found.sentence.text[: found.draft.start]
    opened = head.lstrip()[:1] in {"(", "（", "[", "【", "〔"} and not set(head) & set(")）]】〕")
    return found.sentence.index < 4 and len(head) < 40 and opened
