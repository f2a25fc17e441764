"""Puts what the reader of each concern found into claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from secondsource.model import (
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
    Voice,
)
from secondsource.packs import Pack
from secondsource.reading import (
    acts,
    agents,
    attribution,
    background,
    cast,
    chinese,
    english,
    episodes,
    japanese,
    korean,
    modality,
    money,
    organisations,
    people,
    places,
    setting,
    times,
    victims,
)
from secondsource.reading.acts import ActHit, Roles
from secondsource.reading.setting import BySentence
from secondsource.reading.text import Kind, Text, lay_out

_ROLES = {"en": english.roles, "ko": korean.roles, "ja": japanese.roles, "zh": chinese.roles}
_UNREAL = frozenset({Modality.PLANNED, Modality.DENIED})
_OPENING = 2
"""Sentences with acts in which a report says what it is about."""


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


def _span(mention: Mention) -> Span:
    return mention.span


def assemble(report: Report, pack: Pack, reader: str) -> Reading:
    """Reads one report with the engine of this project; `reader` is what the reading is signed with."""
    text = lay_out(report, pack)
    named = places.find(text)
    cited = attribution.find(text, named)
    told = _told(text, acts.find(text))
    dates = tuple(times.find(text))
    spoken = times.speech_dates(text)
    events = [m for m in dates if m.span not in spoken]
    hits = [t.hit for t in told]
    core = [i for i, t in enumerate(told) if pack.acts[t.hit.act].core and not t.practice]
    aside = background.aside(text, hits, core, events)
    core = [i for i in core if i not in aside]
    stated = [
        sentence.span
        for i, t in enumerate(told)
        if not t.practice and t.modality is not Modality.DENIED and i not in aside
        for sentence in setting.told_in(text, t.hit)
    ]
    found = _Found(
        tuple(organisations.find(text)),
        tuple(people.find(text)),
        dates,
        tuple(money.find(text)),
        tuple(places.settle(text, places.of_voices(text, named, cited.voices), stated)),
    )
    roles = _roles(text, told, found, [span for voice in cited.voices for span in voice.spans])
    wholes = victims.Wholes(text, found.people)
    where = setting.where(text, hits, found.places)
    general = [t.practice for t in told]
    when = setting.when(text, hits, general, found.times)
    sums = setting.sums(text, hits, general, found.sums)
    numbers = episodes.number(text, hits, core, roles, events)
    claims = tuple(
        Claim(
            id=Claim.make_id(report.id, t.hit.trigger, t.hit.act),
            report_id=report.id,
            act=t.hit.act,
            span=t.hit.sentence.span,
            trigger=t.hit.trigger,
            modality=t.modality,
            practice=t.practice,
            background=index in aside,
            voice=cited.voice_at(t.hit.trigger),
            perpetrators=roles[index].perpetrators,
            victims=_harmed(text, t, roles[index].victims, wholes),
            places=where[index],
            when=when[index],
            sums=sums[index],
            episode=numbers[t.hit.sentence.index],
        )
        for index, t in enumerate(told)
    )
    return Reading(
        report_id=report.id,
        reader=reader,
        claims=claims,
        voices=tuple(cited.voices),
        mentions=found.all(),
        notes=_notes(text, told, cited.voices),
    )


def _notes(text: Text, told: Sequence[_Told], voices: Sequence[Voice]) -> tuple[str, ...]:
    """What was left undone, as the text was too long or in no language that has a grammar here."""
    notes = []
    if text.language not in _ROLES:
        notes.append("no grammar for this language: who did it is taken from the sentence alone")
    if text.language == "en" and len({t.hit.sentence.index for t in told}) > english.MOST_PARSED:
        notes.append(f"grammar was read in the first {english.MOST_PARSED} sentences that tell of an act")
    if len(voices) >= cast.MOST_VOICES:
        notes.append(f"the first {cast.MOST_VOICES} voices were told apart; whoever is cited after them is none")
    return tuple(notes)


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
    """A report that tells of a practice, and of no harm done to anybody, tells of nothing but the practice.

    What it tells in the plain present belongs to a practice where it opens with one.
    """
    present = {i for i, t in enumerate(told) if not t.practice and modality.in_the_present(text, t.hit)}
    acts_of = text.pack.acts
    usual = {t.hit.sentence.index for i, t in enumerate(told) if t.practice or i in present}
    opening = sorted({t.hit.sentence.index for t in told if t.hit.sentence.kind is Kind.BODY})[:_OPENING]
    if len(usual) > 1 and usual.intersection(opening):
        general = {i for i, t in enumerate(told) if t.practice or i in present}
        whole = {told[i].hit.sentence.index for i in general if acts_of[told[i].hit.act].core}
        told = [_Told(t.hit, t.modality, i in general or t.hit.sentence.index in whole) for i, t in enumerate(told)]
    harmed = any(not t.practice and t.modality not in _UNREAL and acts_of[t.hit.act].kind == "harm" for t in told)
    if harmed or not any(t.practice for t in told):
        return told
    return [_Told(t.hit, t.modality, True) for t in told]


# --- who --------------------------------------------------------------------------------------


def _roles(text: Text, told: Sequence[_Told], found: _Found, voices: Sequence[Span]) -> list[Roles]:
    """Roles by grammar; where it names nobody, the only state body that the sentence speaks of besides."""
    speaking = BySentence(text, voices, lambda span: span)
    orgs = [o for o in found.orgs if not any(o.span.overlaps(v) for v in speaking.of(o.span))]
    grammar = _ROLES.get(text.language)
    by_grammar = grammar(text, [t.hit for t in told], orgs, found.people) if grammar else {}
    nearby = BySentence(text, orgs, _span)
    suffering = BySentence(text, (p.span for roles in by_grammar.values() for p in roles.victims), lambda span: span)
    harmed_at = [p.span for roles in by_grammar.values() for p in roles.victims]
    hits = [t.hit for t in told]
    done = [i for i, t in enumerate(told) if text.pack.acts[t.hit.act].kind == "harm" and t.modality not in _UNREAL]
    behind = agents.behind(text, hits, done, orgs)
    result: list[Roles] = []
    for index, t in enumerate(told):
        own = by_grammar.get(index, Roles())
        act = text.pack.acts[t.hit.act]
        doers = tuple(o for o in own.perpetrators if agents.may_do(text, o, act) and modality.may_act(text, o))
        lures = act.kind == "means" and act.core
        if not doers and (act.official or lures) and t.modality not in _UNREAL:
            doers = agents.around(text, t.hit, nearby, suffering)
        if lures and t.modality not in _UNREAL:
            doers += tuple(o for o in agents.go_between(text, t.hit, nearby, orgs) if o not in doers)
        bodies = () if act.official else nearby.of(t.hit.trigger)
        harmed = tuple(p for p in own.victims if not any(p.span.overlaps(o.span) for o in bodies))
        result.append(Roles((*doers, *behind.get(index, ())), harmed))
    if done and agents.none_of_state(text, (o for roles in result for o in roles.perpetrators)):
        alone = agents.of_report(text, orgs, harmed_at)
        result = [
            Roles((*roles.perpetrators, *alone), roles.victims)
            if index in done and text.pack.acts[told[index].hit.act].official
            else roles
            for index, roles in enumerate(result)
        ]
    if not agents.any_private(text, (o for roles in result for o in roles.perpetrators)):
        for index, lurers in agents.lured_by(text, hits, _lures(text, told), orgs, found.people).items():
            result[index] = Roles((*result[index].perpetrators, *lurers), result[index].victims)
    stated = {i for i, t in enumerate(told) if not t.practice and t.modality not in _UNREAL}
    settled = victims.settle(text, [t.hit for t in told], dict(enumerate(result)), found.people, voices, stated)
    return [settled[index] for index in range(len(told))]


def _lures(text: Text, told: Sequence[_Told]) -> list[int]:
    """Places of what prepared an attempt and was wrong in itself, in a report that tells of an attempt."""
    acts_of = text.pack.acts
    real = [i for i, t in enumerate(told) if t.modality not in _UNREAL]
    if not any(acts_of[told[i].hit.act].kind == "attempt" for i in real):
        return []
    return [i for i in real if acts_of[told[i].hit.act].kind == "means" and acts_of[told[i].hit.act].core]


def _harmed(
    text: Text, told: _Told, named: tuple[PeopleMention, ...], wholes: victims.Wholes
) -> tuple[PeopleMention, ...]:
    """The victims of a claim, with the families and totals that hold them where it happened; none where the
    sentence opens by going back to what others went through."""
    sentence = told.hit.sentence
    if sentence.text.lower().startswith(tuple(text.pack.phrase("people", "before this", text.language))):
        return ()
    befell = text.pack.acts[told.hit.act].kind in {"harm", "attempt"}
    return wholes.around(named) if befell and not told.practice and told.modality not in _UNREAL else named
