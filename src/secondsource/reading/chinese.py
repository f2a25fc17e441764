"""Chinese, by word order alone: who is seized (被), who seizes, whom (把, 将, or after the verb)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondsource.model import OrgMention, PeopleMention
from secondsource.reading import cases
from secondsource.reading.acts import ActHit, Roles
from secondsource.reading.cases import Case, Form, Parsed, Predicate
from secondsource.reading.text import Text

_PASSIVE = re.compile(r"[被遭](?:到)?|受到|遭受|落入|落网|死于")
_AND = re.compile(r"\s*[和与及、跟]\s*(?:其|她的|他的|两名|三名)?$")
_HELP = re.compile(r"^(?:的)?(?:帮助|协助|带领|引导|安排|掩护)")
_PRONOUN = re.compile(r"[她他](?:们)?(?!人)")
_CLAUSE = re.compile(r"[,，。;；!！?？]")


def roles(
    text: Text, hits: Sequence[ActHit], orgs: Sequence[OrgMention], people: Sequence[PeopleMention]
) -> dict[int, Roles]:
    """Who did each act and to whom; keys are places in `hits`."""
    triggers: dict[str, list[tuple[int, int]]] = {}
    for hit in hits:
        offset = hit.sentence.span.start
        triggers.setdefault(hit.sentence.text, []).append((hit.trigger.start - offset, hit.trigger.end - offset))
    return cases.roles(text, hits, orgs, people, lambda sentence, _: parse(sentence, triggers[sentence]))


def parse(sentence: str, triggers: Sequence[tuple[int, int]]) -> Parsed:
    """One sentence, whose verbs are its triggers."""
    verbs = tuple(_verb(sentence, start, end) for start, end in sorted(set(triggers)))
    pronouns = tuple(m.span() for m in _PRONOUN.finditer(sentence))
    return Parsed(verbs, lambda end, limit: _case(sentence, end, limit, verbs), pronouns)


def _verb(sentence: str, start: int, end: int) -> Predicate:
    clause = sentence[_clause(sentence, start) : end]
    relative = sentence[end : end + 2].startswith("的")
    passive = _PASSIVE.search(clause) is not None
    if not passive and not relative:
        stop = _CLAUSE.search(sentence, end)
        end = stop.start() if stop else len(sentence)
    return Predicate(start, end, passive, Form.RELATIVE if relative else Form.LINKED)


def _clause(sentence: str, position: int) -> int:
    """Where the clause of a position begins."""
    cuts = [m.end() for m in _CLAUSE.finditer(sentence, 0, position)]
    return cuts[-1] if cuts else 0


def _case(sentence: str, end: int, limit: int, verbs: Sequence[Predicate]) -> Case:
    if _HELP.match(sentence, end):
        return Case.HELP
    if _AND.fullmatch(sentence, end, limit):
        return Case.AND
    start = _clause(sentence, end)
    before = sentence[start:end]
    marked = list(_PASSIVE.finditer(before))
    if marked and not any(start <= v.start and start + marked[-1].end() > v.start for v in verbs):
        return Case.AGENT
    if re.search(r"(?:跟着|跟随|通过|由|靠)[^跟通由靠]{0,12}$", before):
        return Case.HELP
    if re.search(r"[把将对向][^把将对向]{0,14}$", before):
        return Case.OBJECT
    if any(start <= v.start < end and not v.passive for v in verbs):
        return Case.OBJECT
    return Case.SUBJECT
