"""Who did an act to whom, by English grammar.

The agent is the subject of an active verb, the by-phrase of a passive one, or what goes with a noun
("his arrest by agents"); the one it is done to is the object, the passive subject, or whose arrest it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from secondsource.model import OrgMention, PeopleMention
from secondsource.reading import engines
from secondsource.reading.acts import ActHit, Roles
from secondsource.reading.tags import part_of_speech
from secondsource.reading.text import Sentence, Text

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_PARSED = 800
"""Sentences of one report that are parsed: some 15 seconds of work. The rest go without roles."""

_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "parataxis"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_OBJECTS = frozenset({"dobj", "obj", "dative"})
_CHAIN = 6
"""Verbs that one may go up in search of a subject."""
_REFLEXIVE = frozenset({"disguise", "dress", "mask"})
"""Verbs whose participle is what somebody does to themselves ("agents disguised as traders")."""
_CARRY = 2
"""Sentences for which a victim stays the one whom a pronoun means."""
_THEY = frozenset({"they", "them"})
_ONE = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}
_PRONOUN = re.compile(rf"\b(?:{'|'.join([*_THEY, *_ONE])})", re.IGNORECASE)
_UNDERGOING = frozenset({"in", "under", "into", "during", "after", "for", "to", "behind", "at"})
"""Prepositions before a noun of harm whose subject undergoes it ("was put under interrogation")."""


def roles(
    text: Text, hits: Sequence[ActHit], orgs: Sequence[OrgMention], people: Sequence[PeopleMention]
) -> dict[int, Roles]:
    """Agents and victims of each hit, by its index; hits of which grammar says nothing are left out."""
    by_sentence: dict[int, list[int]] = {}
    for index, hit in enumerate(hits):
        by_sentence.setdefault(hit.sentence.index, []).append(index)
    told_of = _with_people(text, by_sentence, orgs, people)
    chosen = [(number, by_sentence[number]) for number in told_of][:MOST_PARSED]
    sentences = [text.sentences[number] for number, _ in chosen]
    found: dict[int, Roles] = {}
    spoken_of: tuple[int, tuple[PeopleMention, ...]] = (-_CARRY - 1, ())
    docs = engines.english().pipe((s.text for s in sentences), batch_size=64, disable=["lemmatizer"])
    for sentence, doc, (_, indexes) in zip(sentences, docs, chosen, strict=True):
        own_orgs = [o for o in orgs if sentence.span.covers(o.span)]
        own_people = [p for p in people if sentence.span.covers(p.span)]
        for index in indexes:
            head = _head(doc, hits[index], sentence)
            if head is None:
                continue
            kind = text.pack.acts[hits[index].act].kind
            agents, patients, either = _arguments(head)
            if kind == "attempt":
                led = any(part_of_speech(word) == "PRON" or _is_one_of(word, own_people, sentence) for word in patients)
                agents, patients = [], (patients if led else agents)
            doers = own_orgs if kind != "attempt" else []
            done_by = _doers(text, hits[index], head, doers, (agents, patients, either), sentence)
            done_to = tuple(p for p in own_people if _holds([*patients, *either], p, sentence))
            if kind in {"harm", "attempt"}:
                if not done_to and sentence.index - spoken_of[0] <= _CARRY and _refers(patients, spoken_of[1]):
                    done_to = spoken_of[1]
                if done_to:
                    spoken_of = (sentence.index, done_to)
            if done_by or done_to:
                found[index] = Roles(done_by, done_to)
    return found


def _with_people(
    text: Text, numbers: Iterable[int], orgs: Sequence[OrgMention], people: Sequence[PeopleMention]
) -> list[int]:
    """Sentences of which grammar can say anything: that name somebody, or speak of somebody named shortly before."""
    mentions: list[OrgMention | PeopleMention] = [*orgs, *people]
    named = {s.index for m in mentions if (s := text.sentence_at(m.span.start)) is not None}
    met = sorted({s.index for m in people if (s := text.sentence_at(m.span.start)) is not None})
    found: list[int] = []
    carried = -_CARRY - 1
    for number in numbers:
        before = bisect_left(met, number)
        spoken_of = max(carried, met[before - 1] if before else carried)
        again = number - spoken_of <= _CARRY and _PRONOUN.search(text.sentences[number].text) is not None
        if again:
            carried = number
        if again or number in named:
            found.append(number)
    return found


def _doers(
    text: Text,
    hit: ActHit,
    head: Token,
    orgs: Sequence[OrgMention],
    words: tuple[list[Token], list[Token], list[Token]],
    sentence: Sentence,
) -> tuple[OrgMention, ...]:
    agents, patients, either = words
    suffering = [o for o in orgs if _holds(patients, o, sentence)]
    found = tuple(o for o in orgs if o not in suffering and _holds([*agents, *either], o, sentence))
    if not found and head.tag_ in {"VBD", "VBZ", "VBP"} and not _passive(head):
        # What stands right before an active verb is its subject, whatever the parser made of it.
        found = tuple(o for o in orgs if text.raw[o.span.end : hit.trigger.start].isspace())
    return found


def _refers(words: Iterable[Token], people: Sequence[PeopleMention]) -> bool:
    """Whether a pronoun among the words can mean these people."""
    said = {word.lower_ for word in words}
    if not people or not said & (_THEY | set(_ONE)):
        return False
    if said & _THEY:
        return True
    alone = len(people) == 1 and people[0].count_max in {1, None} and "family" not in people[0].relations
    return alone and any(people[0].sex in {None, sex} for pronoun, sex in _ONE.items() if pronoun in said)


def _is_one_of(word: Token, people: Sequence[PeopleMention], sentence: Sentence) -> bool:
    return any(_holds([word], person, sentence) for person in people)


def _head(doc: Doc, hit: ActHit, sentence: Sentence) -> Token | None:
    """The word of a trigger that the others hang on."""
    start, end = hit.trigger.start - sentence.span.start, hit.trigger.end - sentence.span.start
    inside = [t for t in doc if t.idx < end and start < t.idx + len(t)]
    indexes = {t.i for t in inside}
    tops = [t for t in inside if t.head.i == t.i or t.head.i not in indexes]
    verbs = [t for t in tops if part_of_speech(t) in {"VERB", "NOUN", "PROPN", "ADJ"}]
    return (verbs or tops or [None])[0]


def _arguments(head: Token) -> tuple[list[Token], list[Token], list[Token]]:
    """Words of those who act, of those whom it befalls, and of those who by grammar may be either."""
    if part_of_speech(head) in {"NOUN", "PROPN"}:
        return _of_noun(head)
    return (*_of_verb(head), [])


def _of_verb(verb: Token) -> tuple[list[Token], list[Token]]:
    agents = [o for a in verb.children if a.dep_ == "agent" for o in a.children if o.dep_ == "pobj"]
    patients = [c for c in verb.children if c.dep_ in _OBJECTS]
    participle = verb.tag_ == "VBN"
    if not agents and _lemma(verb) in _REFLEXIVE:
        return _phrases(_subjects(verb) or [verb.head]), []
    if verb.dep_ in {"acl", "amod"} and participle:
        return _phrases(agents), _phrases([*patients, verb.head])
    subjects = _subjects(verb)
    if _passive(verb) or (agents and participle):
        return _phrases(agents), _phrases([*subjects, *patients])
    return _phrases([*agents, *subjects]), _phrases(patients)


def _lemma(verb: Token) -> str:
    """Lemmas are asked for so rarely that they are made one by one."""
    lemmatizer: Any = engines.english().get_pipe("lemmatizer")
    verb.pos_ = part_of_speech(verb) or "X"
    return str(lemmatizer.lemmatize(verb)[0])


def _passive(verb: Token) -> bool:
    """True of a passive, and of a participle joined to one ("was arrested and questioned")."""
    for _ in range(_CHAIN):
        if any(c.dep_ in {"auxpass", *_PASSIVE_SUBJECTS} for c in verb.children):
            return True
        bare = verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "nsubj"} for c in verb.children)
        if verb.dep_ != "conj" or not bare:
            return False
        verb = verb.head
    return False


def _subjects(verb: Token) -> list[Token]:
    """Subject of a verb; that of the verb it is joined to where it has none of its own."""
    for _ in range(_CHAIN):
        own = [c for c in verb.children if c.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS]
        if verb.dep_ == "relcl" and any(c.tag_ in {"WDT", "WP"} for c in own):
            return [verb.head]
        if own:
            return own
        if verb.dep_ in {"acl", "relcl"}:
            return [verb.head]
        if verb.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "prep"}:
            return []
        verb = verb.head
    return []


def _of_noun(noun: Token) -> tuple[list[Token], list[Token], list[Token]]:
    agents: list[Token] = []
    patients: list[Token] = []
    for child in noun.children:
        objects = [c for c in child.children if c.dep_ == "pobj"]
        if child.lower_ in {"of", "against", "on"}:
            patients.extend(objects)
        elif child.lower_ in {"by", "from"}:
            agents.extend(objects)
        elif child.dep_ == "poss":
            patients.append(child)
    either = [c for c in noun.children if c.dep_ in {"compound", "nmod"}]
    governor = noun.head
    if part_of_speech(governor) == "ADP" and governor.lower_ in _UNDERGOING and _verbal(governor.head):
        doers, undergoers = _of_verb(governor.head)
        if undergoers or _passive(governor.head):
            agents.extend(doers)
            patients.extend(undergoers)
        else:
            patients.extend(doers)
    elif _verbal(governor) and noun.dep_ in _OBJECTS:
        agents.extend(_subjects(governor))
    return _phrases(agents), _phrases(patients), _phrases(either)


def _verbal(word: Token) -> bool:
    return part_of_speech(word) in {"VERB", "AUX"}


def _phrases(heads: Iterable[Token]) -> list[Token]:
    """Words of noun phrases and what is joined to them, without the clauses that hang on them."""
    words: list[Token] = []
    waiting = list(heads)
    while waiting and len(words) < 200:
        word = waiting.pop()
        words.append(word)
        waiting.extend(c for c in word.children if c.dep_ not in _CLAUSES and not _verbal(c))
    return words


def _holds(words: Iterable[Token], mention: OrgMention | PeopleMention, sentence: Sentence) -> bool:
    start, end = mention.span.start - sentence.span.start, mention.span.end - sentence.span.start
    return any(word.idx < end and start < word.idx + len(word) for word in words)
