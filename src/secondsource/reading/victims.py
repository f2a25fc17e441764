"""Whom an incident of one report harmed: its victims, and the wholes that they are part of."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from secondsource.model import PeopleMention, Span
from secondsource.packs import to_regex
from secondsource.people_count import ANYONE, EACH_OF_THEM, KIN
from secondsource.reading.acts import ActHit, Roles
from secondsource.reading.lexicon import lexicon
from secondsource.reading.text import Kind, Text

_BEFORE, _AFTER = 1, 3
"""Sentences before and after a victim in which a number of all of them is looked for."""
_FAMILY, _FAMILY_AFTER = 8, 4
"""Sentences before and after a victim in which the family that holds it is looked for."""
_OF_THEM = 3
"""Sentences before "two of them" in which they are looked for."""


class Wholes:
    """The families and totals of a text, by sentence."""

    def __init__(self, text: Text, people: Sequence[PeopleMention]) -> None:
        self._text = text
        self._families: dict[int, list[PeopleMention]] = {}
        self._totals: dict[int, list[PeopleMention]] = {}
        self._siblings: dict[int, list[PeopleMention]] = {}
        self._numbers: dict[int, list[PeopleMention]] = {}
        for mention in people:
            sentence = text.sentence_at(mention.span.start)
            if sentence is None or sentence.kind is not Kind.BODY:
                continue
            if "family" in mention.relations and mention.count_max is not None:
                self._families.setdefault(sentence.index, []).append(mention)
            elif "siblings" in mention.relations:
                self._siblings.setdefault(sentence.index, []).append(mention)
            elif mention.scope == "all" and not mention.relations and (mention.count_min or 0) > 1:
                self._totals.setdefault(sentence.index, []).append(mention)
            elif mention.scope == "new" and not set(mention.relations) & (_TELLING | _POWERFUL) and _several(mention):
                self._numbers.setdefault(sentence.index, []).append(mention)

    def around(self, victims: Sequence[PeopleMention]) -> tuple[PeopleMention, ...]:
        """The victims with what holds them, in the order of the text: "a family of four ... three are held" is
        four. What only a headline says gives way to the body."""
        body = [m for m in victims if self._kind(m) is Kind.BODY] or list(victims)
        found = {m.span.start: m for m in body}
        if body and all(m.scope == "part" and not m.relations for m in body):
            whole = self._whole(body)
            if whole is not None:
                found[whole.span.start] = whole
        if any(not m.relations or m.count_max is None or set(m.relations) & (KIN | ANYONE) for m in body):
            for index in {self._index(m) for m in body}:
                self._add(found, self._families, range(index - _FAMILY, index + _FAMILY_AFTER + 1))
                self._add(found, self._totals, range(index - _BEFORE, index + _AFTER + 1))
        for mention in body:
            if set(mention.relations) & EACH_OF_THEM:
                self._add(found, self._siblings, range(self._index(mention) - _FAMILY, self._index(mention) + 1))
        return tuple(found[start] for start in sorted(found))

    def _whole(self, parts: Sequence[PeopleMention]) -> PeopleMention | None:
        """The last number of people before, of whom these are a part."""
        first, most = self._index(parts[0]), sum(p.count_min or 0 for p in parts)
        before = [m for i in range(first - _OF_THEM, first) for m in self._numbers.get(i, ())]
        held = [m for m in before if (m.count_min or 0) > most]
        return held[-1] if held else None

    @staticmethod
    def _add(found: dict[int, PeopleMention], held: dict[int, list[PeopleMention]], where: range) -> None:
        for index in where:
            for mention in held.get(index, ()):
                found.setdefault(mention.span.start, mention)

    def _kind(self, mention: PeopleMention) -> Kind | None:
        sentence = self._text.sentence_at(mention.span.start)
        return sentence.kind if sentence else None

    def _index(self, mention: PeopleMention) -> int:
        sentence = self._text.sentence_at(mention.span.start)
        return sentence.index if sentence else -1


_INSTRUMENTS = frozenset({"broker", "guide", "informant", "smuggler", "neighbour"})
_LURED = frozenset({"deception_lure", "coercion_of_broker"})
_TIPSTERS = frozenset({"informant", "neighbour"})
_TOLD_ON = "informant_tip"
_POWERFUL = frozenset({"agent", "official", "officer", "police_officer", "border_guard", "soldier"})
_SECRET = frozenset({"agent", "police_officer", "official"})
_PAID = "extortion_bribe"
_CHARGE = "trafficking"
"""What others are punished for: a number of those sold that their judges gave is of no victims of the judges."""
_CITED = frozenset({"source", "journalist"})
_TELLING = frozenset({"source", "journalist", "activist", "neighbour", "informant"})


def settle(
    text: Text,
    hits: Sequence[ActHit],
    roles: Mapping[int, Roles],
    people: Sequence[PeopleMention],
    voices: Iterable[Span] = (),
    stated: Container[int] | None = None,
) -> dict[int, Roles]:
    """Roles with the victims that grammar missed, and without those who cannot be any.

    Out go a broker or informant who lured or was turned, the perpetrators' own people, and officials from
    whom nothing was extorted. Those joined to a victim ("and her son") suffer with it. Where no core act that is
    `stated` (places in `hits`; None is all) has a victim of whom anything is said, it is whom the sentence, or
    else the report, describes first.
    """
    acts = text.pack.acts
    doers = [o.span for r in roles.values() for o in r.perpetrators]
    acting = {offset for span in doers for offset in range(span.start, span.end)}
    out = _CITED
    if any(hits[i].act in _LURED for i in roles):
        out = out | _INSTRUMENTS
    elif any(hits[i].act == _TOLD_ON for i in roles):
        out = out | _TIPSTERS

    def suffers(person: PeopleMention, act: str) -> bool:
        codes = set(person.relations)
        if codes and codes <= out:
            return False
        if act == _PAID and codes & _POWERFUL and person.age_min is None and not person.name:
            return False
        return acting.isdisjoint(range(person.span.start, person.span.end))

    beside = _Beside(text, people)
    company, termed = _company(text, people)
    told = {offset for span in voices for offset in range(span.start, span.end)}
    more = [p for p in people if p.scope == "more" and set(p.relations) & ANYONE and p.span.start not in told]
    possible = [
        p
        for p in people
        if _described(p) and not set(p.relations) & _TELLING and suffers(p, "") and p.span.start not in told
    ]
    found: dict[int, tuple[PeopleMention, ...]] = {}
    for i, r in roles.items():
        harmed = tuple(v for v in r.victims if suffers(v, hits[i].act))
        if acts[hits[i].act].kind in {"harm", "attempt"}:
            others = company.get(hits[i].sentence.index, []) if harmed else termed.get(hits[i].sentence.index, [])
            harmed = tuple(p for p in beside.joined((*harmed, *others)) if p in harmed or suffers(p, hits[i].act))
            harmed = _without_crowds(_without_led(text, harmed, people))
        found[i] = harmed
    real = [i for i in roles if acts[hits[i].act].core and (stated is None or i in stated)]
    paid = [i for i in roles if acts[hits[i].act].kind == "attempt" or hits[i].act == _PAID]
    found |= _let_through(paid, [i for i in real if acts[hits[i].act].official], found)
    if any(found[i] for i in real if acts[hits[i].act].official):
        found |= {i: tuple(v for v in found[i] if v.relations or v.name) for i in real if hits[i].act == _CHARGE}
    found |= _one_more(text, [i for i in real if acts[hits[i].act].kind == "harm" and not found[i]], hits, more)
    core = [i for i in real if acts[hits[i].act].kind == "harm"] or [
        i for i in real if acts[hits[i].act].kind == "attempt"
    ]
    if core and not any(_described(v) or _somebody(v) for i in core for v in found[i]):
        better = _protagonists(text, [i for i in core if not found[i]] or core, hits, possible, beside)
        if better:
            found = {i: tuple(v for v in harmed if not set(v.relations) & _POWERFUL) for i, harmed in found.items()}
        found |= better
    elif any(_described(v) and not set(v.relations) & _POWERFUL for i in core for v in found[i]):
        found = {i: _without_masses(harmed) for i, harmed in found.items()}
    return {i: Roles(r.perpetrators, found[i]) for i, r in roles.items()}


_People = dict[int, list[PeopleMention]]


def _company(text: Text, people: Sequence[PeopleMention]) -> tuple[_People, _People]:
    """By sentence, those to whom it happens too: to whom a term is given ("... and a relative to three years",
    親族の男に3年), and who were along ("together with her driver"); and, once more, those to whom a term is given
    in so many words (교화형 15년을)."""
    along = tuple(text.pack.phrase("people", "along", text.language))
    to = tuple(text.pack.phrase("people", "dative", text.language))
    terms = lexicon(text.pack, "people", text.language, ("term",))
    to_others = tuple(text.pack.phrase("people", "terms to", text.language))
    gets = tuple(text.pack.phrase("people", "condemned", text.language))
    penalties = lexicon(text.pack, "people", text.language, ("penalty",))
    found: _People = {}
    sentenced: _People = {}
    for person in people:
        after = text.raw[person.span.end : person.span.end + _TERM].lstrip(" ")
        sentence = text.sentence_at(person.span.start)
        before = text.raw[max(0, person.span.start - _TERM) : person.span.start + 12].lower()
        termed = bool(to) and after.startswith(to) and next(terms.scan(after), None) is not None
        given = bool(gets) and after.startswith(gets) and next(penalties.scan(after), None) is not None
        others = given or any(phrase in before for phrase in to_others)
        if others and person.scope == "new" and set(person.relations) == {"person"}:
            one = person.model_copy(update={"scope": "more"})
        else:
            one = person
        together = any(phrase in before for phrase in along)
        if together and not set(person.relations) & KIN and person.count_min == person.count_max == 1:
            one = one.model_copy(update={"scope": "more"})
        if sentence and (termed or others or together):
            found.setdefault(sentence.index, []).append(one)
        if sentence and given:
            sentenced.setdefault(sentence.index, []).append(one)
    return found, sentenced


def _one_more(
    text: Text, core: Sequence[int], hits: Sequence[ActHit], more: Sequence[PeopleMention]
) -> dict[int, tuple[PeopleMention, ...]]:
    """For acts of whose victims grammar knows nothing, "a third man" whom their sentence adds to those before."""
    by_sentence: dict[int, tuple[PeopleMention, ...]] = {}
    for person in more:
        sentence = text.sentence_at(person.span.start)
        if sentence:
            by_sentence[sentence.index] = (*by_sentence.get(sentence.index, ()), person)
    return {i: by_sentence[hits[i].sentence.index] for i in core if hits[i].sentence.index in by_sentence}


def _let_through(
    attempts: Sequence[int], core: Sequence[int], found: Mapping[int, tuple[PeopleMention, ...]]
) -> dict[int, tuple[PeopleMention, ...]]:
    """No victims for attempts and bribes where only guards and officers come to harm: those whom they let pass got
    away."""
    harmed = [v for i in core if i not in attempts for v in found[i]]
    guards = bool(harmed) and all(set(v.relations) & _POWERFUL for v in harmed) and any(_described(v) for v in harmed)
    return {i: tuple(v for v in found[i] if set(v.relations) & _POWERFUL) for i in attempts} if guards else {}


def _without_led(
    text: Text, harmed: tuple[PeopleMention, ...], people: Sequence[PeopleMention]
) -> tuple[PeopleMention, ...]:
    """Victims without those named together with an officer who is none ("a colonel and some twenty men")."""

    def led(officer: PeopleMention, person: PeopleMention) -> bool:
        gap = text.raw[officer.span.end : person.span.start]
        joined = person.apart or (len(gap) <= _LED_WITHIN and gap.endswith(" and ") and not set(gap) & set(".;:,\n"))
        return joined and bool(set(officer.relations) & _POWERFUL) and not set(person.relations) & KIN

    own = {b.span.start for a, b in pairwise(people) if a not in harmed and led(a, b)}
    return tuple(v for v in harmed if v.span.start not in own)


def _without_crowds(harmed: tuple[PeopleMention, ...]) -> tuple[PeopleMention, ...]:
    """Victims without the hundreds whom one of them is said to have helped."""
    few = tuple(v for v in harmed if (v.count_min or 0) < _CROWD)
    return few or harmed


def _without_masses(harmed: tuple[PeopleMention, ...]) -> tuple[PeopleMention, ...]:
    """Victims without "officers" and "several soldiers", unless they are named together with others."""
    masses = [v for v in harmed if set(v.relations) & _POWERFUL and v.count_min != v.count_max]
    return harmed if len(masses) < len(harmed) else ()


def _somebody(person: PeopleMention) -> bool:
    """Whether it is one person, of whom no more may be said than "a woman"."""
    return person.count_min == person.count_max == 1 and not set(person.relations) & _POWERFUL


def _described(person: PeopleMention) -> bool:
    """Whether a mention says more than what somebody is: a name, an age, a number of people, kinship."""
    several = _several(person)
    if set(person.relations) & _POWERFUL:
        led = several and not set(person.relations) & _SECRET
        return person.age_min is not None or person.name is not None or led
    kin = bool(set(person.relations) & KIN) and person.count_max is not None
    return person.age_min is not None or person.name is not None or person.pseudonym or several or kin


def _several(person: PeopleMention) -> bool:
    """Whether a number of people is said: "five officers", "at least five", not just "officers"."""
    least = person.count_min or 0
    return 1 < least < _CROWD and (person.count_max is not None or least > _BARE_PLURAL)


def _known(person: PeopleMention) -> bool:
    return person.age_min is not None or person.name is not None


def _protagonists(
    text: Text, core: Sequence[int], hits: Sequence[ActHit], possible: Sequence[PeopleMention], beside: _Beside
) -> dict[int, tuple[PeopleMention, ...]]:
    """Victims for core acts of whose victims nothing is known."""
    by_sentence: dict[int, PeopleMention] = {}
    for person in possible:
        sentence = text.sentence_at(person.span.start)
        if sentence is not None:
            by_sentence.setdefault(sentence.index, person)
    own = {i: by_sentence[hits[i].sentence.index] for i in core if hits[i].sentence.index in by_sentence}
    if any(_known(person) for person in own.values()):
        own = {i: person for i, person in own.items() if _known(person)}
    if own:
        return {i: beside.joined((person,)) for i, person in own.items()}
    body = [p for p in possible if (s := text.sentence_at(p.span.start)) and s.kind is Kind.BODY]
    told_of = [p for p in body if _known(p)] or [p for p in body if p.relations and 1 < (p.count_max or 0) < _CROWD]
    first = next(iter(told_of), None)
    return {core[0]: beside.joined((first,))} if first else {}


class _Beside:
    """The people of a text whom nothing but a comma or an "and" parts from one another."""

    def __init__(self, text: Text, people: Sequence[PeopleMention]) -> None:
        joints = tuple(text.pack.phrase("people", "joined", text.language))
        expression = _joint(joints, text.language)
        self._chain: dict[tuple[int, int], int] = {}
        self._chains: list[list[PeopleMention]] = []
        last: PeopleMention | None = None
        for person in people:
            gap = text.raw[last.span.end : person.span.start] if last else None
            led = last is not None and last.count_max is not None and _led_by(text, last, person)
            if not led and (gap is None or len(gap) > _LONGEST_JOINT or not expression.fullmatch(gap)):
                self._chains.append([])
            self._chains[-1].append(person)
            self._chain[person.span.start, person.span.end] = len(self._chains) - 1
            last = person

    def joined(self, victims: Sequence[PeopleMention]) -> tuple[PeopleMention, ...]:
        """Victims with those beside them, in the order of the text."""
        found = {(v.span.start, v.span.end): v for v in victims}
        for number in {self._chain[place] for place in found if place in self._chain}:
            if len(self._chains[number]) <= _LONGEST_CHAIN:
                for person in self._chains[number]:
                    if not set(person.relations) & (_TELLING - {"neighbour"}):
                        found.setdefault((person.span.start, person.span.end), person)
        return tuple(found[place] for place in sorted(found))


_LED = re.compile(r"[\w-]+(?: [\w-]+){0,2}[\"”’]? of (?:his|her|their|its) ")
_LED_WITHIN = 110


def _led_by(text: Text, leader: PeopleMention, people: PeopleMention) -> bool:
    """Whether people are so many of somebody's, who is named just before them ("the captain ... and six of his
    men")."""
    gap = text.raw[leader.span.end : people.span.start]
    beside = len(gap) <= _LED_WITHIN and gap.rstrip('"“‘').endswith((" and ", " with ")) and not set(gap) & set(".;:\n")
    return text.language == "en" and beside and _LED.match(people.span.of(text.raw)) is not None


_TERM = 24
"""Characters after a person in which the term is looked for."""
_CROWD = 50
_BARE_PLURAL = 2
"""What a plural without a number stands for at least."""
_LONGEST_JOINT, _LONGEST_CHAIN = 24, 12
"""Characters between two who are named side by side, and how many may be."""


@lru_cache(maxsize=8)
def _joint(phrases: tuple[str, ...], language: str) -> re.Pattern[str]:
    words = "|".join(to_regex(p, language) for p in sorted(phrases, key=lambda p: (-len(p), p)))
    return re.compile(rf"[\s,、，・·]*(?:{words})?[\s]*" if words else r"[\s,、，・·]+", re.IGNORECASE)
