"""Who did it and to whom, in languages whose verbs come last and whose nouns carry their case.

Korean and Japanese share this: `korean` and `japanese` turn a sentence into arguments with a case and
predicates with a voice, and here both are brought together.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from secondsource.model import OrgMention, PeopleMention
from secondsource.packs import Act, Pack
from secondsource.people_count import KIN
from secondsource.reading.acts import ActHit, Roles
from secondsource.reading.text import Sentence, Text


class Case(StrEnum):
    """What a noun phrase is to its verb. AGENT is marked as the doer of a passive or the giver of the
    order, TO is the dative and goal, WITH is who does or suffers it too, HELP is by whose help: never the doer of the
    harm."""

    SUBJECT = "subject"
    TOPIC = "topic"
    OBJECT = "object"
    AGENT = "agent"
    TO = "to"
    IN = "in"
    OF = "of"
    HELP = "help"
    AND = "and"
    WITH = "with"
    BARE = "bare"
    OTHER = "other"


class Form(StrEnum):
    FINAL = "final"
    LINKED = "linked"
    QUOTED = "quoted"
    RELATIVE = "relative"
    CLEFT = "cleft"
    """Turned into the topic, with who it happened to after it: 체포된 것은, 逮捕されたのは."""
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb. Offsets are those of the sentence."""

    start: int
    end: int
    passive: bool
    form: Form


@dataclass(slots=True)
class Argument:
    """People and organisations that stand in one noun phrase. Offsets are those of the sentence."""

    start: int
    end: int
    case: Case = Case.OTHER
    people: list[PeopleMention] = field(default_factory=list)
    orgs: list[OrgMention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence as its language reads it.

    `case(end, limit)` is the case of a noun phrase that ends at `end`, when the next begins at `limit`.
    """

    predicates: tuple[Predicate, ...]
    case: Callable[[int, int], Case]
    pronouns: tuple[tuple[int, int], ...] = ()
    """Where somebody named before is meant: the phrase has a case, but no mention."""
    told: bool = False
    """True where the sentence's subject tells what it quotes ("... 체포됐다고 말했다")."""


class Verbs:
    """What the verbs between two places of a sentence weigh, in one look-up."""

    def __init__(self, predicates: Sequence[Predicate]) -> None:
        ordered = sorted(predicates, key=lambda p: p.start)
        self._starts = [p.start for p in ordered]
        self._ends = list(itertools.accumulate((p.end for p in ordered), max))
        self._sums = [0, *itertools.accumulate(_WEIGHT.get(p.form, _FINAL) for p in ordered)]

    def between(self, start: int, end: int, *, each: bool) -> int:
        """How many verbs there are (`each`), or their weights: those that close a clause weigh most."""
        first, last = bisect_left(self._starts, start), bisect_right(self._ends, end)
        if last <= first:
            return 0
        return last - first if each else self._sums[last] - self._sums[first]


Parse = Callable[[str, Pack], Parsed]
Mention = TypeVar("Mention", OrgMention, PeopleMention)

_CARRY = 2
"""For how many sentences a victim who is not named again stays the one spoken of."""
_HEAD = 9
"""Characters between a relative clause and its noun."""
_STATE = frozenset({"state", "foreign_state"})
_ARMED = frozenset({"agent", "border_guard", "soldier", "officer", "police_officer", "official", "informant"})
"""Who, in "the guards who fired", is more likely the doer."""
_NOBODY = Argument(0, 0)
_CLOSED = 20
"""Distance from which on a noun phrase belongs to another clause."""
_WEIGHT = {Form.LINKED: 3, Form.NOUN: 1, Form.RELATIVE: _CLOSED, Form.CLEFT: _CLOSED}
_FINAL = 30
"""What a verb weighs that ends its clause or quotation."""
_DOERS = (Case.SUBJECT, Case.TOPIC, Case.AGENT, Case.TO, Case.IN, Case.BARE, Case.OF)


def roles(
    text: Text, hits: Sequence[ActHit], orgs: Sequence[OrgMention], people: Sequence[PeopleMention], parse: Parse
) -> dict[int, Roles]:
    """Roles of each hit, by its place in `hits`. A sentence is parsed once, and only if it holds a hit."""
    spoken_of = _by_sentence(text, [*orgs, *people])
    found: dict[int, Roles] = {}
    parsed = -1
    last: tuple[int, list[PeopleMention]] = (-9, [])
    for i, hit in sorted(enumerate(hits), key=lambda pair: (pair[1].trigger.start, pair[0])):
        index = hit.sentence.index
        if index not in spoken_of and not 0 <= index - last[0] <= _CARRY:
            found[i] = Roles()
            continue
        if index != parsed:
            parsed = index
            read = parse(hit.sentence.text, text.pack)
            arguments, verbs = _arguments(hit.sentence, read, spoken_of.get(index, [])), Verbs(read.predicates)
        act = text.pack.acts.get(hit.act)
        kind = act.kind if act else "harm"
        verb = _verb(hit, read)
        perpetrators, victims = _of(verb, read, arguments, verbs, kind)
        perpetrators = [o for o in perpetrators if _may_do(o, act, text.pack)]
        victims = [p for p in victims if _may_suffer(p, kind, text.pack)]
        if not perpetrators and kind in {"harm", "control"}:
            perpetrators = _likely(verb, arguments, verbs, victims, text.pack)
        if kind in {"harm", "attempt"}:
            if victims:
                last = (index, victims)
            elif 0 <= index - last[0] <= _CARRY and verb.form is not Form.NOUN:
                victims = last[1]
        found[i] = Roles(_once(perpetrators), _once(victims))
    return found


def _once(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple({(m.span.start, m.span.end): m for m in mentions}.values())


def _may_do(org: OrgMention, act: Act | None, pack: Pack) -> bool:
    """Attempts and releases have no perpetrator; a broker is one only where he lures or betrays."""
    if act and act.kind in {"attempt", "relief"}:
        return False
    known = pack.organisations.get(org.org)
    return known is None or known.side in _STATE or (act is not None and act.kind == "means" and act.core)


def _may_suffer(person: PeopleMention, kind: str, pack: Pack) -> bool:
    """Those who tell of it are no victims; those who help are none of what only prepares the harm."""
    parts = {pack.relations[code].part for code in person.relations if code in pack.relations}
    codes = set(person.relations)
    if codes & {"source", "journalist", "activist"}:
        return False
    if kind == "attempt":
        return "helper" not in parts and not codes & {"agent", "police_officer", "informant"}
    return kind in {"harm", "relief"} or not parts & {"helper", "perpetrator"}


def _by_sentence(text: Text, mentions: list[OrgMention | PeopleMention]) -> dict[int, list[OrgMention | PeopleMention]]:
    found: dict[int, list[OrgMention | PeopleMention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        sentence = text.sentence_at(mention.span.start)
        if sentence is not None and sentence.span.covers(mention.span):
            found.setdefault(sentence.index, []).append(mention)
    return found


def _arguments(sentence: Sentence, read: Parsed, mentions: Sequence[OrgMention | PeopleMention]) -> list[Argument]:
    """The sentence's mentions as noun phrases; what is joined by "and" or stands in apposition is one."""
    offset = sentence.span.start
    phrases: list[Argument] = []
    for mention in mentions:
        start, end = mention.span.start - offset, mention.span.end - offset
        if not phrases or start >= phrases[-1].end:
            phrases.append(Argument(start, end))
        phrase = phrases[-1]
        phrase.end = max(phrase.end, end)
        if isinstance(mention, OrgMention):
            phrase.orgs.append(mention)
        else:
            phrase.people.append(mention)
    free = [(a, b) for a, b in read.pronouns if not any(p.start < b and a < p.end for p in phrases)]
    phrases = sorted([*phrases, *(Argument(a, b) for a, b in free)], key=lambda p: p.start)
    joined: list[Argument] = []
    limit = len(sentence.text)
    for phrase in reversed(phrases):
        phrase.case = read.case(phrase.end, limit)
        after = joined[-1] if joined else None
        of_next = (
            phrase.case is Case.OF
            and after is not None
            and after.start - phrase.end <= 2
            and not _kin_of(phrase, after)
        )
        if after is not None and (phrase.case is Case.AND or of_next):
            after.start = phrase.start
            after.people = phrase.people + after.people
            after.orgs = phrase.orgs + after.orgs
        else:
            joined.append(phrase)
        limit = phrase.start
    return joined[::-1]


def _kin_of(owner: Argument, kin: Argument) -> bool:
    """True of 男性の妻, of which only one is meant."""
    return any(not KIN.isdisjoint(p.relations) for p in kin.people[:1]) and any(p.count_max == 1 for p in owner.people)


def _of(
    verb: Predicate, read: Parsed, arguments: list[Argument], verbs: Verbs, kind: str
) -> tuple[list[OrgMention], list[PeopleMention]]:
    """Doers and sufferers of one predicate."""
    here = [a for a in arguments if not _tells(a, read)]
    near = sorted((a for a in here if a.start < verb.end), key=lambda a: _distance(a, verb, verbs))

    def best(*cases: Case, within: int = 99) -> Argument | None:
        fits = (a for c in cases for a in near if a.case is c and _distance(a, verb, verbs) < within)
        return next(fits, None)

    head = _head(verb, here)
    subject = min(
        (a for a in near if a.case in {Case.SUBJECT, Case.TOPIC}),
        key=lambda a: (_distance(a, verb, verbs), a.case is not Case.SUBJECT),
        default=None,
    )
    crossed = subject is not None and _distance(subject, verb, verbs) >= _CLOSED
    modifies = head is not None and (subject is None or crossed or subject.case is Case.TOPIC)
    beside = [a for a in near if a.case is Case.WITH and _distance(a, verb, verbs) < _CLOSED]
    company = [person for a in beside for person in a.people]
    if kind == "attempt":
        return [], ((head if modifies else subject) or _NOBODY).people + company
    if verb.form is Form.NOUN:
        touching = next((a for a in near if 0 <= verb.start - a.end <= 3 and a.case in {Case.BARE, Case.OF}), None)
        doer = best(Case.AGENT, Case.TO, Case.IN) or touching
        sufferer = touching if touching and touching.people and kind == "harm" else subject
        return (doer or _NOBODY).orgs, (sufferer or _NOBODY).people
    if verb.passive:
        sufferer = (head if modifies else subject) or best(Case.BARE)
        return (best(Case.AGENT, Case.TO, Case.IN, Case.OF) or _NOBODY).orgs, (sufferer or _NOBODY).people + company
    thing = best(Case.OBJECT)
    if head is not None and (modifies or thing is None):
        armed = any(_ARMED & set(p.relations) for p in head.people) or not head.people
        known = subject is not None and not crossed
        if (thing is not None or armed) and not (known and thing is None):
            subject = head
        else:
            thing = head
    goal = thing if thing and thing.people else best(Case.TO, within=4)
    doers = (subject or best(Case.AGENT, Case.IN) or _NOBODY).orgs
    return doers + [org for a in beside for org in a.orgs], (goal or _NOBODY).people


def _head(verb: Predicate, arguments: list[Argument]) -> Argument | None:
    """The noun that a relative clause modifies, or that a cleft sentence ends in."""
    if verb.form is Form.RELATIVE:
        return next((a for a in arguments if verb.end <= a.start <= verb.end + _HEAD), None)
    after = [a for a in arguments if a.start >= verb.end and a.people and a.case in {Case.BARE, Case.OTHER, Case.IN}]
    return after[-1] if verb.form is Form.CLEFT and after else None


def _verb(hit: ActHit, read: Parsed) -> Predicate:
    """The predicate that a trigger stands in; a trigger alone is a noun."""
    offset = hit.sentence.span.start
    start, end = hit.trigger.start - offset, hit.trigger.end - offset
    inside = [p for p in read.predicates if p.start < end and start < p.end]
    return inside[-1] if inside else Predicate(start, end, True, Form.NOUN)


def _tells(argument: Argument, read: Parsed) -> bool:
    """Whether a noun phrase only names who tells of it."""
    told = [p for p in argument.people if {"source", "journalist"} & set(p.relations)]
    if argument.people and len(told) == len(argument.people):
        return True
    named = any(p.name for p in argument.people)
    return read.told and named and argument.case is Case.TOPIC


def _distance(argument: Argument, verb: Predicate, verbs: Verbs) -> int:
    """How far a noun phrase is from a verb, by the verbs between them."""
    total = verbs.between(argument.end, verb.start, each=argument.case is Case.TOPIC)
    return total if argument.end <= verb.start else total + 50


def _likely(
    verb: Predicate, arguments: list[Argument], verbs: Verbs, victims: Sequence[PeopleMention], pack: Pack
) -> list[OrgMention]:
    """Where grammar gives nobody: state organisations of the clause that suffer nothing and help nobody."""
    harmed = {(v.span.start, v.span.end) for v in victims}
    found = []
    for argument in arguments:
        if argument.case not in _DOERS or any((p.span.start, p.span.end) in harmed for p in argument.people):
            continue
        if argument.end <= verb.end and _distance(argument, verb, verbs) < _CLOSED:
            found += [o for o in argument.orgs if _may_do(o, None, pack)]
    return found
