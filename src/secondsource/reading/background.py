"""Which sentences tell of another time than the report's own incident: an older case, recalled in passing.

What they tell did happen, but it is no part of what the report is about: put into one account it would lend
the incident acts, places and dates that nobody gave it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from secondsource import edtf
from secondsource.model import TimeMention
from secondsource.packs import compile_patterns
from secondsource.reading.acts import ActHit
from secondsource.reading.text import Kind, Sentence, Text

_LONG_AGO = timedelta(days=270)
"""Between two days that far apart lies more than one incident takes, as a rule."""
_MONTHS = timedelta(days=300)
"""What is longer than that is a year."""
_OPENING = 4
"""Sentences of the body that say when it was."""
_LEAD = 2
"""Sentences of the body that tell of the report's own matter whatever they say."""
_DATE, _ACT = "\ue010", "\ua66e"
_AROUND = 80
"""Characters to either side of an act's words that can say that it was in another case."""


def aside(text: Text, hits: Sequence[ActHit], core: Sequence[int], dates: Iterable[TimeMention]) -> frozenset[int]:
    """Which of the hits belong to another case: those of sentences that look back, and those whose own words do.

    `core` are the places in `hits` of the stated acts that make an incident; `dates` are those of events. None
    where nothing else would be left of the report.
    """
    back = _sentences(text, hits, core, dates)
    found = frozenset(i for i, hit in enumerate(hits) if hit.sentence.index in back or _recalls(text, hit))
    return found if set(core) - found else frozenset()


def _recalls(text: Text, hit: ActHit) -> bool:
    start, end = hit.trigger.start - hit.sentence.span.start, hit.trigger.end - hit.sentence.span.start
    words = hit.sentence.text
    return _says(text, "recalled_act", words[max(0, start - _AROUND) : start] + _ACT + words[end : end + _AROUND])


def _sentences(text: Text, hits: Sequence[ActHit], core: Iterable[int], dates: Iterable[TimeMention]) -> frozenset[int]:
    telling = {hits[i].sentence.index for i in core}
    acted = {hit.sentence.index for hit in hits}
    dated = _dated(text, dates)
    body = [s for s in text.sentences if s.kind is Kind.BODY]
    masked = {s.index: _masked(s, dated.get(s.index, ())) for s in body}
    recalled = {s.index for s in body[_LEAD:] if _says(text, "recalled", masked[s.index])}
    recalled |= {s.index - 1 for s in body[_LEAD + 1 :] if _says(text, "was_another", s.text)}
    now = _now(text, telling - recalled, body[:_OPENING], dated)
    found: set[int] = set()
    before: Sentence | None = None
    for sentence in body[_LEAD:]:
        goes_on = before is not None and before.index in acted & found and before.paragraph == sentence.paragraph
        long_ago = now is not None and _long_ago(dated.get(sentence.index, ()), now)
        if (
            sentence.index in recalled
            or (long_ago and _anew(text, masked[sentence.index]))
            or (now is not None and _in_another_year(text, masked[sentence.index], dated.get(sentence.index, ()), now))
            or (goes_on and (long_ago or sentence.index not in dated) and not _says(text, "back_to_it", sentence.text))
        ):
            found.add(sentence.index)
        before = sentence
    return frozenset(found)


def _dated(text: Text, dates: Iterable[TimeMention]) -> dict[int, list[TimeMention]]:
    found: dict[int, list[TimeMention]] = {}
    for mention in dates:
        sentence = text.sentence_at(mention.span.start)
        if sentence is not None:
            found.setdefault(sentence.index, []).append(mention)
    return found


def _now(
    text: Text, telling: set[int], opening: Sequence[Sentence], dated: dict[int, list[TimeMention]]
) -> date | None:
    """The latest day on which something is told to have been done, or that the opening names; else the report's own."""
    days = [day for i in telling for mention in dated.get(i, ()) if (day := _last_day(mention.edtf))]
    days += [d for s in opening for m in dated.get(s.index, ()) if not _year(m) and (d := _last_day(m.edtf))]
    return max(days, default=_last_day(text.report.published or ""))


def _year(mention: TimeMention) -> edtf.Interval | None:
    """A year or more that a mention names, without a month."""
    try:
        interval = edtf.parse(mention.edtf)
    except edtf.EdtfError:
        return None
    known = interval.earliest is not None and interval.latest is not None and not interval.yearless
    whole = known and (interval.latest or date.max) - (interval.earliest or date.max) > _MONTHS
    return interval if whole else None


def _in_another_year(text: Text, masked: str, mentions: Sequence[TimeMention], now: date) -> bool:
    """Whether a sentence with a bare year that had ended by `now` opens with people not told of yet."""
    years = [year for m in mentions if (year := _year(m))]
    ended = bool(years) and all(year.latest is not None and year.latest < now for year in years)
    return ended and _says(text, "another_case", masked)


def _last_day(when: str) -> date | None:
    try:
        interval = edtf.parse(when)
    except edtf.EdtfError:
        return None
    return None if interval.yearless or interval.earliest is None else interval.latest


def _long_ago(mentions: Sequence[TimeMention], now: date) -> bool:
    days = [_last_day(m.edtf) for m in mentions]
    return bool(days) and all(day is not None and day < now - _LONG_AGO for day in days)


def _masked(sentence: Sentence, mentions: Sequence[TimeMention]) -> str:
    """A sentence with one character for every date."""
    words = sentence.text
    for mention in sorted(mentions, key=lambda m: -m.span.start):
        start, end = mention.span.start - sentence.span.start, mention.span.end - sentence.span.start
        words = words[:start] + _DATE + words[end:]
    return words


def _anew(text: Text, masked: str) -> bool:
    """Whether a sentence with a date begins another story, and does not go back to people already told of."""
    return _says(text, "long_ago", masked) and not _says(text, "same_people", masked)


def _says(text: Text, group: str, words: str) -> bool:
    cue = _cue(tuple(text.pack.phrase("background", group, text.language)), text.language)
    return cue is not None and cue.search(words) is not None


@lru_cache(maxsize=64)
def _cue(patterns: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    return compile_patterns(patterns, language, {"date": _DATE, "act": _ACT})
