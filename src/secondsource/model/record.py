"""The record: sources, decisions, context events, the journal."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from secondsource.model.base import Noun


class Grade(Noun):
    """Admiralty code: two axes that are never merged."""

    reliability: Literal["A", "B", "C", "D", "E", "F"] = "F"
    credibility: Literal["1", "2", "3", "4", "5", "6"] = "6"


class Source(Noun):
    """Whoever information comes from, as a person set it down. Identity stays in the vault."""

    id: str
    pseudonym: str
    reliability: Literal["A", "B", "C", "D", "E", "F"] = "F"
    connection: str = "99"
    heard_from: str | None = None
    public: str = "a source"
    """All that a release may say of this source."""
    voices: tuple[str, ...] = ()
    """Ids of the voices, in whatever reports, that a person knows to be this source."""


class DecisionKind(StrEnum):
    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    ADD = "add"
    UNDO = "undo"
    LINK = "link"
    UNLINK = "unlink"
    UNSURE = "unsure"
    """A person looked at two accounts and could not tell: the machine's word stands, and nobody is asked again."""
    GRADE = "grade"
    SAME_SOURCE = "same_source"
    DIFFERENT_SOURCE = "different_source"


class Decision(Noun):
    """A person's judgement. It outranks every machine's, and is never erased: a later one counts."""

    id: str
    kind: DecisionKind
    targets: tuple[str, ...]
    """Ids of the claims, accounts, voices or sources that it is about; of an `undo`, of the decisions it takes back."""
    value: str | None = None
    """What was decided, where the kind does not say it all; of claims, `review.Value` as canonical JSON."""
    who: str
    at: str
    why: str


class ContextEvent(Noun):
    """Something datable that may bear on incidents: a crackdown, an inspection team, a decree."""

    code: str
    label: dict[str, str]
    when: str
    places: tuple[str, ...] = ()
    source: str
    """Where the fact is published."""


class JournalEntry(Noun):
    """One change of the record. `hash` covers `previous`, so that a change of the past shows."""

    seq: int
    at: str
    kind: str
    subject: str
    payload: str
    """Canonical JSON."""
    previous: str
    hash: str
