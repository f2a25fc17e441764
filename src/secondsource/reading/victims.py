"""How many people an incident of one report harmed: its victims, and the wholes that they are part of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from secondsource.model import Count, PeopleMention
from secondsource.people_count import ANYONE, KIN, merge
from secondsource.reading.acts import ActHit, Roles
from secondsource.reading.text import Kind, Text

_NEAR = 3
"""Sentences after a victim in which a number of all of them is looked for."""


def count(text: Text, victims: Sequence[PeopleMention], all_people: Sequence[PeopleMention]) -> Count:
    """Least and most people harmed, from the victims of the incident's claims.

    Groups of `all_people` that hold them count too: "a family of four ... three are held" is four. What
    only a headline says gives way to the body.
    """
    return merge(whole(text, victims, all_people))


def whole(
    text: Text, victims: Sequence[PeopleMention], all_people: Sequence[PeopleMention]
) -> tuple[PeopleMention, ...]:
    """The victims with the families and totals that hold them, in the order of the text."""
    body = [m for m in victims if _kind(text, m) is Kind.BODY] or list(victims)
    if not body:
        return ()
    found = {m.span.start: m for m in body}
    places = {_index(text, m) for m in body}
    plain = any(not m.relations or set(m.relations) & (KIN | ANYONE) for m in body)
    for mention in all_people:
        if _kind(text, mention) is not Kind.BODY or not plain:
            continue
        family = "family" in mention.relations and mention.count_max is not None
        total = mention.scope == "all" and not mention.relations and (mention.count_min or 0) > 1
        if family or (total and any(_index(text, mention) - far in places for far in range(-1, _NEAR + 1))):
            found.setdefault(mention.span.start, mention)
    return tuple(found[start] for start in sorted(found))


_INSTRUMENTS = frozenset({"broker", "guide", "informant", "smuggler", "neighbour"})
_TURNED = frozenset({"deception_lure", "coercion_of_broker", "informant_tip"})


def settle(hits: Sequence[ActHit], roles: Mapping[int, Roles]) -> dict[int, Roles]:
    """Roles without those who cannot be on both sides: a broker or informant who lured or was turned, and
    the perpetrators' own people."""
    doers = [o.span for r in roles.values() for o in r.perpetrators]
    used = any(hits[i].act in _TURNED for i in roles)

    def suffers(person: PeopleMention) -> bool:
        if used and person.relations and set(person.relations) <= _INSTRUMENTS:
            return False
        return not any(person.span.overlaps(span) for span in doers)

    return {i: Roles(r.perpetrators, tuple(v for v in r.victims if suffers(v))) for i, r in roles.items()}


def _kind(text: Text, mention: PeopleMention) -> Kind | None:
    sentence = text.sentence_at(mention.span.start)
    return sentence.kind if sentence else None


def _index(text: Text, mention: PeopleMention) -> int:
    sentence = text.sentence_at(mention.span.start)
    return sentence.index if sentence else -1
