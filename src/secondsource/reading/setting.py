"""The places, dates and sums of each act that a text tells of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Generic, TypeVar

from secondsource import edtf
from secondsource.model import HAPPENED, PlaceMention, Span, SumMention, TimeMention
from secondsource.packs import compile_cached
from secondsource.reading import times
from secondsource.reading.acts import ActHit
from secondsource.reading.lexicon import lexicon
from secondsource.reading.text import Kind, Sentence, Text

_BACK = 6
"""Sentences of a paragraph that one goes back for a date."""
_BESIDE = 12
"""Sentences that one goes over for the date of an act whose paragraph has none."""
_AROUND = 12
"""Acts to either side of a sum or a place that are looked at."""
_MONTHS = 92
"""Days; what is longer says no more than a season."""
_YEARS = 366
"""Days; what is longer is an age, not a date."""
_ASKS = ("?", "？")

T = TypeVar("T")


class BySentence(Generic[T]):
    """Things of a text, looked up by the sentence that they begin in."""

    def __init__(self, text: Text, things: Iterable[T], span: Callable[[T], Span]) -> None:
        self._text = text
        self._things: dict[int, list[T]] = {}
        for thing in things:
            self._things.setdefault(self._index(span(thing)), []).append(thing)

    def of(self, span: Span) -> tuple[T, ...]:
        """Those in the sentence that a span begins in."""
        return tuple(self._things.get(self._index(span), ()))

    def _index(self, span: Span) -> int:
        sentence = self._text.sentence_at(span.start)
        return sentence.index if sentence else -1


def distance(a: Span, b: Span) -> int:
    """Characters between two spans; 0 where they touch or overlap."""
    return max(a.start - b.end, b.start - a.end, 0)


# --- where --------------------------------------------------------------------------------------


def told_in(text: Text, hit: ActHit) -> tuple[Sentence, ...]:
    """The sentence of an act; of one that is asked for, the answer's too."""
    here = hit.sentence
    answer = text.sentences[here.index + 1 : here.index + 2] if here.text.endswith(_ASKS) else ()
    return (here, *answer)


def where(text: Text, hits: Sequence[ActHit], places: Sequence[PlaceMention]) -> list[tuple[PlaceMention, ...]]:
    """For each act the places of its sentence; where none of them says where it was, of the one before.

    A place that says where something was, in a sentence without an act, goes to the nearest of its paragraph,
    or, where no act has one, of the text.
    """
    by_sentence = BySentence(text, places, lambda p: p.span)
    found = [list(_beside(text, hit, by_sentence)) for hit in hits]
    given = {p.span for these in found for p in these}
    left = [p for p in places if p.role in HAPPENED and p.span not in given]
    _to_nearest(text, hits, left, found, paragraphs=0)
    if not any(p.role in HAPPENED and _is_fine(text, p) for these in found for p in these):
        _to_nearest(text, hits, [p for p in left if _is_fine(text, p)], found, paragraphs=len(text.sentences))
    return [tuple(these) for these in found]


def _is_fine(text: Text, place: PlaceMention) -> bool:
    return text.pack.places[place.place].kind in {"county", "city", "district", "site"}


def _to_nearest(
    text: Text,
    hits: Sequence[ActHit],
    places: Iterable[PlaceMention],
    found: Sequence[list[PlaceMention]],
    *,
    paragraphs: int,
) -> None:
    """Gives each place to the nearest act at most so many paragraphs away; from a headline only to another one."""
    triggers = [hit.trigger.start for hit in hits]
    for place in places:
        here = text.sentence_at(place.span.start)
        if here is None or not (here.kind is Kind.BODY or (paragraphs and here.kind is Kind.HEADLINE)):
            continue
        near = _around(triggers, place.span)
        close = [i for i in near if abs(hits[i].sentence.paragraph - here.paragraph) <= paragraphs]
        if close:
            found[min(close, key=lambda i: distance(hits[i].trigger, place.span))].append(place)


def _beside(text: Text, hit: ActHit, places: BySentence[PlaceMention]) -> tuple[PlaceMention, ...]:
    own = tuple(p for sentence in told_in(text, hit) for p in places.of(sentence.span))
    if any(p.role in HAPPENED for p in own) or hit.sentence.index == 0:
        return own
    before = text.sentences[hit.sentence.index - 1]
    if before.paragraph != hit.sentence.paragraph:
        return own
    return own + tuple(p for p in places.of(before.span) if p.role in HAPPENED)


def _around(triggers: Sequence[int], span: Span) -> range:
    near = bisect_left(triggers, span.start)
    return range(max(0, near - _AROUND), min(len(triggers), near + _AROUND))


# --- when ---------------------------------------------------------------------------------------


def when(
    text: Text, hits: Sequence[ActHit], general: Sequence[bool], found: Sequence[TimeMention]
) -> list[TimeMention | None]:
    """For each act the date nearest to it in its sentence, else in those before it in its paragraph.

    An act that makes an incident, and whose paragraph has no date, has that of the paragraph before; one that
    is told before any date has the first. Where that dates none of them, they have the last told before them.
    Where the text says in so many words that it happened on a day, that is the day of what has none in its own
    sentence. Days on which somebody told it, and times without an end ("since the 1990s"), date nothing. A practice
    (`general`) that nothing dates is told of the report's own month.
    """
    spoken = times.speech_dates(text)
    events = [m for m in found if m.span not in spoken and not _endless(m)]
    dates = BySentence(text, events, lambda m: m.span)
    body = [m for m in events if _in_body(text, m)]
    happened = next((m for m in body if _took_place(text, m)), None)
    dated = [
        _close_by(text, hit, dates)
        if usual
        else happened
        if happened and not dates.of(hit.sentence.span)
        else _date(text, hit, dates, body[:1])
        for hit, usual in zip(hits, general, strict=True)
    ]
    core = [i for i, hit in enumerate(hits) if text.pack.acts[hit.act].core and not general[i]]
    if core and not any(dated[i] for i in core):
        before = [m for m in body if m.span.start < hits[core[0]].trigger.start][-1:] or body[:1]
        for i in core if before else ():
            dated[i] = before[0]
    return [
        day or (_present(text, hit) if usual else None) for day, hit, usual in zip(dated, hits, general, strict=True)
    ]


def _took_place(text: Text, mention: TimeMention) -> bool:
    sentence = text.sentence_at(mention.span.start)
    cue = compile_cached(tuple(text.pack.phrase("times", "took_place", text.language)), text.language)
    return sentence is not None and cue is not None and cue.search(sentence.text) is not None


def _present(text: Text, hit: ActHit) -> TimeMention | None:
    try:
        own = edtf.parse(text.report.published or "")
    except edtf.EdtfError:
        return None
    if own.earliest is None or own.latest is None or own.yearless:
        return None
    start, end = own.earliest.replace(day=1), edtf.add_months(own.latest.replace(day=1), 1) - timedelta(days=1)
    return TimeMention(span=hit.trigger, edtf=edtf.format_interval(start, end, approximate=True), basis="published")


def _endless(mention: TimeMention) -> bool:
    try:
        interval = edtf.parse(mention.edtf)
    except edtf.EdtfError:
        return True
    return interval.earliest is None or interval.latest is None or (interval.latest - interval.earliest).days > _YEARS


def _vague(mention: TimeMention) -> bool:
    """Whether it names no month: beside a day, a year is rather when something else was."""
    interval = edtf.parse(mention.edtf)
    return interval.earliest is None or interval.latest is None or (interval.latest - interval.earliest).days > _MONTHS


def _in_body(text: Text, mention: TimeMention) -> bool:
    sentence = text.sentence_at(mention.span.start)
    return sentence is not None and sentence.kind is Kind.BODY


def _close_by(text: Text, hit: ActHit, dates: BySentence[TimeMention]) -> TimeMention | None:
    """The date in the act's own sentence, else in those before it in its paragraph."""
    own = dates.of(hit.sentence.span)
    if own:
        return min(own, key=lambda m: (_vague(m), distance(m.span, hit.trigger)))
    return _nearest(text, hit, dates, range(hit.sentence.index - 1, hit.sentence.index - _BACK, -1), paragraphs=0)


def _date(text: Text, hit: ActHit, dates: BySentence[TimeMention], first: Sequence[TimeMention]) -> TimeMention | None:
    own = dates.of(hit.sentence.span)
    if own:
        return min(own, key=lambda m: (_vague(m), distance(m.span, hit.trigger)))
    if hit.sentence.text.endswith(_ASKS):
        answer = range(hit.sentence.index + 1, hit.sentence.index + 3)
        if found := _nearest(text, hit, dates, answer, paragraphs=1):
            return found
    back = range(hit.sentence.index - 1, hit.sentence.index - _BACK, -1)
    before = _nearest(text, hit, dates, back, paragraphs=0)
    if before or not text.pack.acts[hit.act].core or hit.sentence.kind is not Kind.BODY:
        return before
    back = range(hit.sentence.index - 1, hit.sentence.index - _BESIDE, -1)
    before = _nearest(text, hit, dates, back, paragraphs=1)
    if before or not first or first[0].span.start < hit.trigger.start:
        return before
    onward = range(hit.sentence.index + 1, hit.sentence.index + _BESIDE)
    return _nearest(text, hit, dates, onward, paragraphs=1)


def _nearest(
    text: Text, hit: ActHit, dates: BySentence[TimeMention], indices: range, *, paragraphs: int
) -> TimeMention | None:
    """The first date in sentences of the body, gone over in order, at most so many paragraphs of it away."""
    passed = {hit.sentence.paragraph}
    for index in indices:
        if not 0 <= index < len(text.sentences):
            return None
        sentence = text.sentences[index]
        if sentence.kind is not Kind.BODY:
            continue
        passed.add(sentence.paragraph)
        if len(passed) > paragraphs + 1:
            return None
        here = dates.of(sentence.span)
        if here:
            return here[-1] if index < hit.sentence.index else here[0]
    return None


# --- how much -----------------------------------------------------------------------------------


def sums(
    text: Text, hits: Sequence[ActHit], general: Sequence[bool], found: Iterable[SumMention]
) -> list[tuple[SumMention, ...]]:
    """Each sum to the act that is nearest to it; `general` tells which acts are practices.

    What things usually cost, a reward or a total of a survey is no sum of any act.
    """
    usual = lexicon(text.pack, "money", text.language, ("usual",))
    triggers = [hit.trigger.start for hit in hits]
    given: list[list[SumMention]] = [[] for _ in hits]
    for mention in found:
        here = text.sentence_at(mention.span.start)
        close = _around(triggers, mention.span)
        if here is None or not close or next(usual.scan(here.text), None) is not None:
            continue
        best = min(close, key=lambda i: _far(hits[i], general[i], mention, here))
        if not _apart(hits[best].sentence, here):
            given[best].append(mention)
    return [tuple(these) for these in given]


def _apart(one: Sentence, other: Sentence) -> bool:
    return abs(one.paragraph - other.paragraph) > 2


def _far(hit: ActHit, general: bool, mention: SumMention, here: Sentence) -> tuple[bool, bool, bool, int]:
    """Sorts acts of the same sentence first, then those next to it, then what is no practice, then by nearness."""
    away = abs(hit.sentence.index - here.index)
    return away > 0, away > 1, general, distance(hit.trigger, mention.span)
