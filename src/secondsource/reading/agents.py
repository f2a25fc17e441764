"""Who did an act where grammar names nobody: the bodies that the words around it speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from secondsource.model import OrgMention, PeopleMention, Span
from secondsource.packs import Act
from secondsource.reading import modality
from secondsource.reading.acts import ActHit
from secondsource.reading.setting import BySentence
from secondsource.reading.text import Sentence, Text

_STATE = frozenset({"state", "foreign_state"})
_CIVIL = frozenset({"party", "court"})
"""Bodies that arrest nobody themselves."""
_TURNED = "coercion_of_broker"
"""Whoever is turned betrays those who trusted him, wherever the report names him."""
_TEMPTERS = frozenset({"worker", "neighbour", "trader"})
"""Private people who may lure others where no go-between by trade is named."""
_BY_LURE = 2
"""Sentences to either side of a lure in which who lured is looked for."""
_REACH = 5
"""Sentences to either side of a body in which the act is looked for that it is said to have had a hand in."""


def may_do(text: Text, org: OrgMention, act: Act) -> bool:
    """What only prepares has no perpetrator unless it is wrong in itself; and only there may he be a private one."""
    if act.kind == "means":
        return act.core
    return _side(text, org) in _STATE


def around(text: Text, hit: ActHit, orgs: BySentence[OrgMention], harmed: BySentence[Span]) -> tuple[OrgMention, ...]:
    """The only state body of the sentence; else of the one before it in its paragraph ("The guards were
    waiting. All three were arrested."); else of the whole report, where an act is told without its doer."""
    close = orgs.of(hit.trigger)
    # Words such as "handed over to the police" name the act and its doer at once.
    inside = [o for o in close if o.span.overlaps(hit.trigger)]
    found = _only(text, inside or close, harmed.of(hit.trigger))
    before = _before(text, hit.sentence)
    if not found and not close and before is not None:
        found = _only(text, orgs.of(before.span), harmed.of(before.span))
    return found


def go_between(
    text: Text, hit: ActHit, orgs: BySentence[OrgMention], everywhere: Sequence[OrgMention]
) -> tuple[OrgMention, ...]:
    """Those of the sentence who are no state's and can have lured: not whom the act's own words name, and not
    whom agents only posed as. One who was turned may be named anywhere in the report."""
    turned = hit.act == _TURNED
    near = [o for o in orgs.of(hit.trigger) if turned or not _object(text, o, hit)]
    private = [o for o in near if _side(text, o) == "private"]
    if turned and not private:
        private = [o for o in everywhere if _side(text, o) == "private"]
    able = tuple(o for o in private if modality.may_act(text, o))
    return able[:1] if turned else able


def lured_by(
    text: Text,
    hits: Sequence[ActHit],
    lures: Sequence[int],
    orgs: Sequence[OrgMention],
    people: Sequence[PeopleMention],
) -> dict[int, tuple[OrgMention, ...]]:
    """Who lured people into what they tried, where the sentences of the lures (places in `hits`) name nobody
    private: the go-between whom the report names elsewhere; else a driver, neighbour or trader who acts beside one."""
    private = [o for o in orgs if _side(text, o) == "private" and modality.may_act(text, o)]
    if private or not lures:
        return {lures[0]: (private[0],)} if lures else {}
    codes = [code for code, org in text.pack.organisations.items() if org.side == "private"]
    marks = tuple(text.pack.phrase("people", "acting", text.language))
    for i in lures if codes and marks else ():
        for person in people:
            sentence = text.sentence_at(person.span.start)
            near = sentence is not None and abs(sentence.index - hits[i].sentence.index) <= _BY_LURE
            one = bool(set(person.relations) & _TEMPTERS) and person.count_min == 1
            if near and one and text.raw.startswith(marks, person.span.end):
                return {i: (OrgMention(span=person.span, org=codes[0]),)}
    return {}


def _object(text: Text, org: OrgMention, hit: ActHit) -> bool:
    """Whether the act's own words name somebody as the one it is done to: in English, after the verb."""
    inside = org.span.overlaps(hit.trigger)
    return inside and not (text.language == "en" and org.span.start <= hit.trigger.start + 4 < org.span.end + 4)


def of_report(text: Text, orgs: Sequence[OrgMention], harmed: Sequence[Span]) -> tuple[OrgMention, ...]:
    """The first mention of the only state body that a report names besides parties to nothing: courts and party
    committees count where no other is named."""
    bodies = [o for o in orgs if _side(text, o) == "state"]
    return _only(text, [o for o in bodies if o.org not in _CIVIL] or bodies, harmed)[:1]


def none_of_state(text: Text, doers: Iterable[OrgMention]) -> bool:
    """Whether no body of a state is among those who did it."""
    return not any(_side(text, o) in _STATE for o in doers)


def any_private(text: Text, doers: Iterable[OrgMention]) -> bool:
    """Whether somebody who is no state's is among those who did it."""
    return any(_side(text, o) == "private" for o in doers)


def behind(
    text: Text, hits: Sequence[ActHit], done: Iterable[int], orgs: Iterable[OrgMention]
) -> dict[int, tuple[OrgMention, ...]]:
    """Bodies that are said to have waited for people, taken their money or asked for arrests, each with the
    nearest of the acts whose indexes are `done`."""
    at = sorted(done)
    found: dict[int, tuple[OrgMention, ...]] = {}
    for org in orgs:
        sentence = text.sentence_at(org.span.start)
        if sentence is None or not at or _side(text, org) not in _STATE or not modality.had_a_hand(text, org):
            continue
        best = min(at, key=lambda i: (abs(hits[i].sentence.index - sentence.index), i))
        if abs(hits[best].sentence.index - sentence.index) <= _REACH or modality.wanted_results(text, org):
            found[best] = (*found.get(best, ()), org)
    return found


def _before(text: Text, sentence: Sentence) -> Sentence | None:
    if sentence.index == 0:
        return None
    before = text.sentences[sentence.index - 1]
    return before if before.paragraph == sentence.paragraph else None


def _only(text: Text, orgs: Sequence[OrgMention], harmed: Sequence[Span]) -> tuple[OrgMention, ...]:
    """The state body among some, if there is just one that neither suffers nor helps."""
    bodies = [o for o in orgs if _side(text, o) in _STATE]
    out = {o.org for o in bodies if any(o.span.overlaps(h) for h in harmed) or not modality.may_act(text, o)}
    free = tuple(o for o in bodies if o.org not in out)
    return free if len({o.org for o in free}) == 1 else ()


def _side(text: Text, org: OrgMention) -> str:
    return text.pack.organisations[org.org].side
