"""How many people an incident of one report harmed: its victims, and the wholes that they are part of."""

from __future__ import annotations

from collections.abc import Sequence

from secondsource.model import Count, PeopleMention
from secondsource.people_count import ANYONE, KIN, merge
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
        if family or (total and any(-1 <= _index(text, mention) - place <= _NEAR for place in places)):
            found.setdefault(mention.span.start, mention)
    return tuple(found[start] for start in sorted(found))


def _kind(text: Text, mention: PeopleMention) -> Kind | None:
    sentence = text.sentence_at(mention.span.start)
    return sentence.kind if sentence else None


def _index(text: Text, mention: PeopleMention) -> int:
    sentence = text.sentence_at(mention.span.start)
    return sentence.index if sentence else -1
