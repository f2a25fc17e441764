"""Puts what the reader of each concern found into claims."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from secondsource.model import (
    HAPPENED,
    Claim,
    Mention,
    Modality,
    OrgMention,
    PeopleMention,
    PlaceMention,
    Reading,
    Report,
    Span,
    SumMention,
    TimeMention,
)
from secondsource.packs import Act, Pack, compile_patterns
from secondsource.reading import (
    acts,
    attribution,
    chinese,
    english,
    japanese,
    korean,
    modality,
    money,
    organisations,
    people,
    places,
    times,
)
from secondsource.reading.acts import ActHit, Roles
from secondsource.reading.text import Kind, Sentence, Text, lay_out

_ROLES = {"en": english.roles, "ko": korean.roles, "ja": japanese.roles, "zh": chinese.roles}
_STATE = frozenset({"state", "foreign_state"})
_UNREAL = frozenset({Modality.PLANNED, Modality.DENIED})
_BACK = 6
"""Sentences of a paragraph that one goes back for a date."""
_NEXT = 1
"""Sentences to either side of a sum in which its claim is looked for."""
_AROUND = 12
"""Claims to either side of a sum that are looked at."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Told:
    """A hit that states something, and how."""

    hit: ActHit
    modality: Modality
    practice: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything that a text mentions."""

    orgs: tuple[OrgMention, ...]
    people: tuple[PeopleMention, ...]
    times: tuple[TimeMention, ...]
    sums: tuple[SumMention, ...]
    places: tuple[PlaceMention, ...]

    def all(self) -> tuple[Mention, ...]:
        found: list[Mention] = [*self.orgs, *self.people, *self.times, *self.sums, *self.places]
        return tuple(sorted(found, key=lambda m: (m.span.start, m.span.end, m.kind)))


class _BySentence(Generic[T]):
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


def _span(mention: Mention) -> Span:
    return mention.span


def assemble(report: Report, pack: Pack, reader: str) -> Reading:
    """Reads one report with the engine of this project; `reader` is what the reading is signed with."""
    text = lay_out(report, pack)
    named = places.find(text)
    cited = attribution.find(text, named)
    told = _told(text, acts.find(text))
    stated = [t.hit.sentence.span for t in told if not t.practice and t.modality is not Modality.DENIED]
    found = _Found(
        tuple(organisations.find(text)),
        tuple(people.find(text)),
        tuple(times.find(text)),
        tuple(money.find(text)),
        tuple(places.settle(text, named, stated)),
    )
    roles = _roles(text, told, found, [span for voice in cited.voices for span in voice.spans])
    dates = _BySentence(text, found.times, _span)
    where = _BySentence(text, found.places, _span)
    sums = _sums(text, told, found.sums)
    episodes = _episodes(text, told)
    claims = tuple(
        Claim(
            id=Claim.make_id(report.id, t.hit.trigger, t.hit.act),
            report_id=report.id,
            act=t.hit.act,
            span=t.hit.sentence.span,
            trigger=t.hit.trigger,
            modality=t.modality,
            practice=t.practice,
            voice=cited.voice_at(t.hit.trigger),
            perpetrators=roles[index].perpetrators,
            victims=roles[index].victims,
            places=_where(text, t.hit, where),
            when=_when(text, t.hit, dates),
            sums=sums.get(index, ()),
            episode=episodes[t.hit.sentence.index],
        )
        for index, t in enumerate(told)
    )
    return Reading(
        report_id=report.id,
        reader=reader,
        claims=claims,
        voices=tuple(cited.voices),
        mentions=found.all(),
        notes=_notes(text, told),
    )


def _notes(text: Text, told: Sequence[_Told]) -> tuple[str, ...]:
    if text.language not in _ROLES:
        return ("no grammar for this language: who did it is taken from the sentence alone",)
    if text.language == "en" and len({t.hit.sentence.index for t in told}) > english.MOST_PARSED:
        return (f"grammar was read in the first {english.MOST_PARSED} sentences that tell of an act",)
    return ()


# --- what is stated ---------------------------------------------------------------------------


def _told(text: Text, hits: Iterable[ActHit]) -> list[_Told]:
    """One statement for each act in a sentence; headlines only where the body is silent."""
    best: dict[tuple[int, str], _Told] = {}
    for hit in hits:
        how = modality.of(text, hit)
        if how is None:
            continue
        key = (hit.sentence.index, hit.act)
        told = _Told(hit, *how)
        if key not in best or _firmness(told) > _firmness(best[key]):
            best[key] = told
    in_body = {t.hit.act for t in best.values() if t.hit.sentence.kind is Kind.BODY}
    kept = [t for t in best.values() if t.hit.sentence.kind is Kind.BODY or t.hit.act not in in_body]
    return _general(text, sorted(kept, key=lambda t: (t.hit.trigger.start, t.hit.trigger.end, t.hit.act)))


def _firmness(told: _Told) -> int:
    order = (Modality.DENIED, Modality.PLANNED, Modality.HEARD, Modality.HEDGED, Modality.ASSERTED)
    return order.index(told.modality) + (0 if told.practice else len(order))


def _general(text: Text, told: list[_Told]) -> list[_Told]:
    """A report that tells of a practice, and of no harm done to anybody, tells of nothing but the practice."""
    acts_of = text.pack.acts
    harmed = any(not t.practice and t.modality not in _UNREAL and acts_of[t.hit.act].kind == "harm" for t in told)
    if harmed or not any(t.practice for t in told):
        return told
    return [_Told(t.hit, t.modality, True) for t in told]


# --- who --------------------------------------------------------------------------------------


def _roles(text: Text, told: Sequence[_Told], found: _Found, voices: Iterable[Span]) -> list[Roles]:
    """Roles by grammar; where it names nobody, the only state body that the sentence speaks of besides."""
    speaking = _BySentence(text, voices, lambda span: span)
    orgs = [o for o in found.orgs if not any(o.span.overlaps(v) for v in speaking.of(o.span))]
    grammar = _ROLES.get(text.language)
    by_grammar = grammar(text, [t.hit for t in told], orgs, found.people) if grammar else {}
    nearby = _BySentence(text, orgs, _span)
    suffering = _BySentence(text, (p.span for roles in by_grammar.values() for p in roles.victims), lambda span: span)
    result: list[Roles] = []
    for index, t in enumerate(told):
        own = by_grammar.get(index, Roles())
        act = text.pack.acts[t.hit.act]
        perpetrators = tuple(o for o in own.perpetrators if _may_do(text, o, act) and modality.may_act(text, o))
        if not perpetrators and act.official and t.modality not in _UNREAL:
            close = nearby.of(t.hit.trigger)
            # Words such as "handed over to the police" name the act and its doer at once.
            inside = [o for o in close if o.span.overlaps(t.hit.trigger)]
            perpetrators = _only(text, inside or close, suffering.of(t.hit.trigger))
        bodies = () if act.official else nearby.of(t.hit.trigger)
        victims = tuple(p for p in own.victims if not any(p.span.overlaps(o.span) for o in bodies))
        result.append(Roles(perpetrators, victims))
    return result


def _may_do(text: Text, org: OrgMention, act: Act) -> bool:
    """What only prepares has no perpetrator unless it is wrong in itself; and only there may he be a private one."""
    if act.kind == "means":
        return act.core
    return _side(text, org) in _STATE


def _only(text: Text, orgs: Sequence[OrgMention], harmed: Sequence[Span]) -> tuple[OrgMention, ...]:
    """The state body of a sentence, if there is just one that neither suffers nor helps."""
    bodies = [o for o in orgs if _side(text, o) in _STATE]
    out = {o.org for o in bodies if any(o.span.overlaps(h) for h in harmed) or not modality.may_act(text, o)}
    free = tuple(o for o in bodies if o.org not in out)
    return free if len({o.org for o in free}) == 1 else ()


def _side(text: Text, org: OrgMention) -> str:
    return text.pack.organisations[org.org].side


# --- where and when ---------------------------------------------------------------------------


def _where(text: Text, hit: ActHit, places: _BySentence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Places of the sentence; where it has none that says where it was, of the one before in its paragraph."""
    own = places.of(hit.trigger)
    if any(p.role in HAPPENED for p in own) or hit.sentence.index == 0:
        return own
    before = text.sentences[hit.sentence.index - 1]
    if before.paragraph != hit.sentence.paragraph:
        return own
    return own + tuple(p for p in places.of(before.span) if p.role in HAPPENED)


def _when(text: Text, hit: ActHit, dates: _BySentence[TimeMention]) -> TimeMention | None:
    """The date nearest to the trigger in its sentence, else in the ones before it in its paragraph.

    Dates on which somebody told it are passed over.
    """
    sentence = hit.sentence
    while sentence.index > hit.sentence.index - _BACK and sentence.paragraph == hit.sentence.paragraph:
        nearest = sorted(dates.of(sentence.span), key=lambda m: _distance(m.span, hit.trigger))
        event = next((m for m in nearest if not times.is_speech_date(text, m)), None)
        if event is not None:
            return event
        if sentence.index == 0:
            return None
        sentence = text.sentences[sentence.index - 1]
    return None


def _distance(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _sums(text: Text, told: Sequence[_Told], sums: Iterable[SumMention]) -> dict[int, tuple[SumMention, ...]]:
    """Each sum to the claim whose trigger is nearest to it, within the sentences next to it."""
    triggers = [t.hit.trigger.start for t in told]
    given: dict[int, tuple[SumMention, ...]] = {}
    for mention in sums:
        near = bisect_left(triggers, mention.span.start)
        around = range(max(0, near - _AROUND), min(len(told), near + _AROUND))
        here = text.sentence_at(mention.span.start)
        close = [i for i in around if here and abs(told[i].hit.sentence.index - here.index) <= _NEXT]
        if close:
            best = min(close, key=lambda i: _far(told[i], mention, here))
            given[best] = (*given.get(best, ()), mention)
    return given


def _far(told: _Told, mention: SumMention, here: Sentence | None) -> tuple[bool, bool, int]:
    """Sorts claims of the same sentence first, then what is no practice, then by nearness."""
    return told.hit.sentence is not here, told.practice, _distance(told.hit.trigger, mention.span)


def _episodes(text: Text, told: Sequence[_Told]) -> dict[int, int]:
    """Which incident each sentence tells of: a new one begins where the report says so and names an act."""
    core = {t.hit.sentence.index for t in told if text.pack.acts[t.hit.act].core and not t.practice}
    cue = _cue(tuple(text.pack.phrase("modality", "episode", text.language)), text.language)
    numbers: dict[int, int] = {}
    current, begun = 0, False
    for sentence in text.sentences:
        if begun and sentence.index in core and cue is not None and cue.search(sentence.text):
            current += 1
        begun = begun or sentence.index in core
        numbers[sentence.index] = current
    return numbers


@lru_cache(maxsize=32)
def _cue(patterns: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    return compile_patterns(patterns, language)
