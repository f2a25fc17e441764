"""Which incident of a report each sentence tells of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from secondsource import edtf
from secondsource.model import PeopleMention, Span, TimeMention
from secondsource.packs import compile_patterns
from secondsource.people_count import same
from secondsource.reading.acts import ActHit
from secondsource.reading.text import Kind, Text

_LONGEST = 31
"""Days of the widest date that can tell two incidents apart."""
_MOST = 20
"""People of an incident that others are held against."""


@dataclass(slots=True)
class _Incident:
    """What has been told so far of the incident that the report is at."""

    acts: set[str] = field(default_factory=set)
    people: list[PeopleMention] = field(default_factory=list)
    date: str | None = None


def number(
    text: Text,
    core: Sequence[ActHit],
    harmed: Mapping[ActHit, Sequence[PeopleMention]],
    date_in: Callable[[Span], TimeMention | None],
) -> dict[int, int]:
    """The incident of every sentence, counted from 0. `core` are the stated core acts, in the order of the text.

    A new one begins where the report says so and names an act; or where a paragraph opens with a date of its
    own, on which the same was done as before to others who are told of for the first time. To split what is
    one is worse than to leave two together, so that all of it has to be there.
    """
    cue = _cue(tuple(text.pack.phrase("modality", "episode", text.language)), text.language)
    by_sentence: dict[int, list[ActHit]] = {}
    for hit in core:
        by_sentence.setdefault(hit.sentence.index, []).append(hit)
    numbers: dict[int, int] = {}
    current, now = 0, _Incident()
    for sentence in text.sentences:
        hits = by_sentence.get(sentence.index, [])
        harms = [h for h in hits if text.pack.acts[h.act].kind == "harm"]
        people = [p for h in harms for p in harmed.get(h, ()) if sentence.span.covers(p.span)]
        when = date_in(sentence.span) if hits and sentence.kind is Kind.BODY else None
        said = bool(now.acts and hits and cue is not None and cue.search(sentence.text))
        opens = sentence.index == 0 or text.sentences[sentence.index - 1].paragraph != sentence.paragraph
        again = opens and any(h.act in now.acts for h in harms) and _another_day(now.date, when)
        if said or (again and _strangers(text, people, now.people)):
            current, now = current + 1, _Incident()
        if sentence.kind is Kind.BODY:
            now.acts |= {h.act for h in hits}
            now.people = [*now.people, *people][:_MOST]
            now.date = now.date or (when.edtf if when and harms else None)
        numbers[sentence.index] = current
    return numbers


def _another_day(a: str | None, b: TimeMention | None) -> bool:
    if a is None or b is None or any((edtf.parse(d).days() or _LONGEST + 1) > _LONGEST for d in (a, b.edtf)):
        return False
    return edtf.overlap(a, b.edtf) is False


def _strangers(text: Text, people: Sequence[PeopleMention], known: Sequence[PeopleMention]) -> bool:
    """Whether the first of these people, at least, is nobody whom the reader has met."""
    if not people or not known:
        return False
    first = people[0]
    met = tuple(f"{word} " for word in text.pack.phrase("people", "definite", text.language))
    if first.span.of(text.raw).lower().startswith(met):
        return False
    return not any(_may_be(person, other) for person in people for other in known)


def _may_be(a: PeopleMention, b: PeopleMention) -> bool:
    alike = bool(set(a.relations) & set(b.relations)) or bool(a.name and a.name == b.name)
    return alike or (a.count_min == b.count_min == 1 and not (a.relations and b.relations) and same(a, b))


@lru_cache(maxsize=32)
def _cue(patterns: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    return compile_patterns(patterns, language)
