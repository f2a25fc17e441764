"""Expressions of when, in words or digits, as EDTF relative to when the report speaks.

An expression is a run of words from `phrases/times.yaml` with nothing but joints between them, put
together into a `Draft`; `when.py` turns it into days. Early, mid and late are days 1-10, 11-20 and
21-end of a month. What nothing dates is left out; a month without a year is XXXX-MM.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from secondsource import edtf
from secondsource.model import Span, TimeMention
from secondsource.packs import Pack
from secondsource.reading import numbers, when
from secondsource.reading.lexicon import CJK, Hit, Lexicon, lexicon
from secondsource.reading.text import Kind, Sentence, Text
from secondsource.reading.when import Anchor, Draft, When

_WORDS = (
    "month", "weekday", "year", "decade", "era", "date", "day", "number", "part", "last", "this", "next", "about",
    "in_month", "of_month", "the_month", "in_year", "of_year", "in_day", "of_day", "in_week", "ago", "later",
    "earlier", "holiday", "clock", "none",
)  # fmt: skip
_NUMBER = {
    "en": r"(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|a few|a couple of)",
    "ko": r"(?<![0-9.,])(?:[0-9]{1,3}|[일이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|[한두세네])\s?",
}
_CJK_NUMBER = r"(?<![0-9０-９.,])(?:[0-9０-９]{1,3}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九两數数几])"
_SLOTS = {
    "d": r"(?<![\d.,:$£€/])[0-3]?[0-9](?![\d:%/]|[.,]\d|-year)",
    "y": r"(?<![\d,.])(?:1[89]|20)[0-9]{2}(?!\d|,\d)|[二一][〇零九八][〇零一二三四五六七八九]{2}",
    "iso": r"(?<![\d.-])(?:19|20)[0-9]{2}(?:\s?[-./]\s?(?:0?[1-9]|1[0-2])\s?[-./]\s?(?:[12][0-9]|3[01]|0?[1-9])"
    r"|[-./](?:0[1-9]|1[0-2]))(?![\d]|[-./]\d)",
}
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_NEAR = 26
"""How far before an expression its preposition may begin, in characters."""
_SPEECH_REACH = 60


@dataclass(frozen=True, slots=True)
class _Words:
    """The compiled phrases of one pack and language."""

    atoms: Lexicon
    joint: re.Pattern[str]
    before: Lexicon
    after: Lexicon
    range: Lexicon
    speech_before: Lexicon
    speech_after: Lexicon
    future: Lexicon
    ambiguous: Lexicon


@dataclass(frozen=True, slots=True)
class _Found:
    """A draft with its sentence, its place in the report and what else its surroundings say."""

    draft: Draft
    sentence: Sentence
    span: Span
    last: Draft | None
    """The other end, where it is a range."""
    since: bool
    until: bool
    future: bool
    speech: bool


def find(text: Text) -> list[TimeMention]:
    """Every expression of when that can be dated at least to a month of an unknown year, first first."""
    return [mention for mention, _ in _read(text)]


def anchor(text: Text) -> Anchor | None:
    """When the report speaks: its own date, else a dateline in the text, else a day on which somebody told it."""
    return _anchor(text, _drafts(text))


def is_speech_date(text: Text, mention: TimeMention) -> bool:
    """Whether a mention is when somebody told it, not when it happened."""
    return any(found == mention and speech for found, speech in _read(text))


def _read(text: Text) -> list[tuple[TimeMention, bool]]:
    drafts = _drafts(text)
    base = _anchor(text, drafts)
    mentions: list[tuple[TimeMention, bool]] = []
    before: When | None = None
    event: When | None = None
    told: tuple[When, int] | None = None
    for found in drafts:
        same_day = found.draft.fields.get("of_day") == "0"
        one = _dated(found, base, before if same_day else event, told)
        if one is None:
            continue
        before = one
        if not found.speech:
            event = one
        if found.draft.fields.keys() & {"year", "date"} and found.sentence.kind is Kind.BODY:
            told = (one, found.sentence.index)
        mentions.append((TimeMention(span=found.span, edtf=one.edtf, basis=one.basis), found.speech))
    return mentions


def _dated(found: _Found, base: Anchor | None, before: When | None, told: tuple[When, int] | None) -> When | None:
    try:
        first = _resolved(found, found.draft, base, before, told)
        if first is None:
            return None
        if found.last is not None:
            last = _resolved(found, found.last, base, before, told)
            return (last and when.join(first, last)) or first
    except OverflowError:
        return None
    if found.since and first.latest and not first.yearless:
        return When(first.earliest, None, first.basis, approximate=first.approximate)
    if found.until and not first.yearless:
        return When(None, first.latest, first.basis, approximate=first.approximate)
    return first


def _resolved(
    found: _Found, draft: Draft, base: Anchor | None, before: When | None, told: tuple[When, int] | None
) -> When | None:
    f = draft.fields
    if told and "month" in f and not f.keys() & {"year", "in_year", "of_year", "direction"}:
        year = _year_in_story(int(f["month"]), told, found.sentence.index, base)
        if year:
            f = {**f, "year": str(year)}
            draft = Draft(draft.start, draft.end, f, draft.parts, draft.about)
    return when.resolve(draft, base, before, future=found.future)


def _year_in_story(month: int, told: tuple[When, int], index: int, base: Anchor | None) -> int | None:
    """The year of a bare month after a date with a year: the nearest to it, if that was just told."""
    last, where = told
    if last.earliest is None or not 1 <= month <= 12:
        return None
    near, dated = index - where <= 1, last.latest is not None and last.earliest.year == last.latest.year
    whole = last.earliest.month == 1 and last.latest is not None and last.latest.month == 12
    if base is not None and not base.yearless and (not near or not dated or (whole and index != where)):
        return None
    if whole:
        return last.earliest.year
    distance = month - last.earliest.month
    return last.earliest.year + (distance < -6) - (distance > 6)


# --- when the report speaks -------------------------------------------------------------------


def _anchor(text: Text, drafts: list[_Found]) -> Anchor | None:
    own = _published(text.report.published)
    if own is not None and not own.wide:
        return own
    dated = [f for f in drafts if f.last is None and (_has(f, "date") or _has(f, "year", "month"))]
    edge = len(text.sentences) - 3
    lines = [f for f in dated if f.sentence.kind is not Kind.BODY or _in_brackets(f)]
    for found in sorted(lines, key=lambda f: (f.sentence.kind is Kind.CAPTION, not _exact(f))):
        one = when.resolve(found.draft, None, None)
        if one is None or one.earliest is None or one.latest is None or 6 < found.sentence.index < edge:
            continue
        if own is None and found.sentence.kind is not Kind.CAPTION and _exact(found):
            return Anchor(one.earliest, one.latest, "text")
        year_end = one.latest.replace(month=12, day=31)
        if own is None:
            return Anchor(one.earliest, year_end, "text")
        return Anchor(max(own.earliest, min(one.earliest, own.latest)), own.latest, own.basis)
    return own or _spoken(drafts) or _year_of_lead(drafts)


def _published(published: str | None) -> Anchor | None:
    try:
        return when.of(edtf.parse(published), "published") if published else None
    except edtf.EdtfError:
        return None


def _spoken(drafts: list[_Found]) -> Anchor | None:
    for found in drafts:
        if found.speech and (_has(found, "month", "day") or _has(found, "date")):
            one = when.resolve(found.draft, None, None)
            if one and one.earliest and one.latest:
                return Anchor(one.earliest, one.latest, "unknown" if one.yearless else "text", one.yearless)
    return None


def _year_of_lead(drafts: list[_Found]) -> Anchor | None:
    years = [
        int(found.draft.fields["year"])
        for found in drafts
        if found.sentence.index < 4 and "year" in found.draft.fields and not found.since and not found.until
    ]
    if not years:
        return None
    months = when.resolve(Draft(0, 0, {"year": str(max(years))}), None, None)
    return Anchor(months.earliest, months.latest, "text") if months and months.earliest and months.latest else None


def _has(found: _Found, *names: str) -> bool:
    return all(name in found.draft.fields for name in names)


def _exact(found: _Found) -> bool:
    return _has(found, "month", "day") or (_has(found, "date"))


def _in_brackets(found: _Found) -> bool:
    """A dateline at the head of the story: 【... 2019年9月28日讯】, (Seoul, 3 May 2019)."""
    head = found.sentence.text[: found.draft.start]
    return found.sentence.index < 4 and len(head) < 40 and head.lstrip()[:1] in {"(", "（", "[", "【", "〔"}


# --- from words to drafts ---------------------------------------------------------------------


def _drafts(text: Text) -> list[_Found]:
    words = _compiled(text.pack, text.language)
    return [found for sentence in text.sentences for found in _in_sentence(sentence, words, text)]


def _compiled(pack: Pack, language: str) -> _Words:
    number = _NUMBER.get(language, _CJK_NUMBER if language in CJK else _NUMBER["en"])
    slots = {**_SLOTS, "n": number}
    slots["y"] = f"(?:{slots['y']})"

    def take(*groups: str) -> Lexicon:
        return lexicon(pack, "times", language, groups, **slots)

    return _Words(
        atoms=take(*_WORDS),
        joint=_joint(tuple(pack.phrase("times", "joint", language)), language),
        before=take("since before", "until before", "preposition", "not_before", "between"),
        after=take("since after", "until after", "not_after"),
        range=take("range"),
        speech_before=take("speech before", "speaker"),
        speech_after=take("speech after"),
        future=take("future"),
        ambiguous=take("ambiguous"),
    )


@lru_cache(maxsize=32)
def _joint(patterns: tuple[str, ...], language: str) -> re.Pattern[str]:
    words = "|".join(re.escape(p) for p in sorted(patterns, key=len, reverse=True)) or "(?!)"
    if language in CJK:
        return re.compile(rf"\s{{0,3}}(?:{words})?\s{{0,3}}[(（]?")
    return re.compile(rf"[\s,.\-(]{{0,4}}(?:(?:{words})\s{{1,3}})?", re.IGNORECASE)
