"""Which incident of a report each sentence tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from secondsource import edtf
from secondsource.model import PeopleMention, TimeMention
from secondsource.packs import compile_patterns
from secondsource.people_count import same
from secondsource.reading.acts import ActHit, Roles
from secondsource.reading.lexicon import CJK
from secondsource.reading.text import Kind, Text

_LONGEST = 31
"""Days of the widest date that can tell two incidents apart."""
_MOST = 20
"""People of an incident that others are held against."""


@dataclass(slots=True)
class _Incident:
    """What has been told so far of the incident that the report is at."""

    begun: bool = False
    acts: set[str] = field(default_factory=set)
    people: list[PeopleMention] = field(default_factory=list)
    date: str | None = None


def number(
    text: Text,
    hits: Sequence[ActHit],
    core: Sequence[int],
    roles: Sequence[Roles],
    dates: Sequence[TimeMention],
) -> dict[int, int]:
    """The incident of every sentence, counted from 0. `core` are the places in `hits` and `roles` of the stated
    core acts; `dates` are those of events.

    A new one begins where the report says so and names an act, or has just said that this was not all; or where a
    paragraph opens with a date of its own, on which the same was done as before to others who are told of for the
    first time. To split what is one is worse than to leave two together, so that all of it has to be there.
    """
    cue, more = (
        _cue(tuple(text.pack.phrase("modality", group, text.language)), text.language)
        for group in ("episode", "announced")
    )
    by_sentence: dict[int, list[int]] = {}
    for i in core:
        by_sentence.setdefault(hits[i].sentence.index, []).append(i)
    dated: dict[int, TimeMention] = {}
    for date in dates:
        if sentence_of := text.sentence_at(date.span.start):
            dated.setdefault(sentence_of.index, date)
    numbers: dict[int, int] = {}
    current, now, announced = 0, _Incident(), False
    for sentence in text.sentences:
        here = by_sentence.get(sentence.index, [])
        harms = [i for i in here if text.pack.acts[hits[i].act].kind == "harm"]
        people = [p for i in harms for p in roles[i].victims if sentence.span.covers(p.span)]
        when = dated.get(sentence.index) if here and sentence.kind is Kind.BODY else None
        said = now.begun and bool(here) and (announced or (cue is not None and cue.search(sentence.text) is not None))
        announced = (announced and not here) or (more is not None and more.search(sentence.text) is not None)
        opens = sentence.index == 0 or text.sentences[sentence.index - 1].paragraph != sentence.paragraph
        again = opens and any(hits[i].act in now.acts for i in harms) and _another_day(now.date, when)
        if said or (again and _strangers(text, people, now.people)):
            current, now = current + 1, _Incident()
        now.begun = now.begun or bool(here)
        if sentence.kind is Kind.BODY:
            now.acts |= {hits[i].act for i in here}
            now.people = [*now.people, *people][:_MOST]
            now.date = now.date or (when.edtf if when and harms else None)
        numbers[sentence.index] = current
    return numbers


def _another_day(a: str | None, b: TimeMention | None) -> bool:
    if a is None or b is None or any((edtf.parse(d).days or _LONGEST + 1) > _LONGEST for d in (a, b.edtf)):
        return False
    return edtf.overlap(a, b.edtf) is False


def _strangers(text: Text, people: Sequence[PeopleMention], known: Sequence[PeopleMention]) -> bool:
    """Whether the first of these people, at least, is nobody whom the reader has met."""
    if not people or not known:
        return False
    first = people[0]
    gap = "" if text.language in CJK else " "
    met = tuple(f"{word}{gap}" for word in text.pack.phrase("people", "definite", text.language))
    if first.span.of(text.raw).lower().startswith(met):
        return False
    return not any(_may_be(person, other) for person in people for other in known)


def _may_be(a: PeopleMention, b: PeopleMention) -> bool:
    alike = bool(set(a.relations) & set(b.relations)) or bool(a.name and a.name == b.name)
    return alike or (a.count_min == b.count_min == 1 and not (a.relations and b.relations) and same(a, b))


@lru_cache(maxsize=32)
def _cue(patterns: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    return compile_patterns(patterns, language)
