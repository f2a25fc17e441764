"""What a decision about a claim says: the forms of its input and of what the record keeps.

A judgement holds the claim whole, as it was judged, with the hash of the words that it rests on. So it holds
without the machine: a later reader that finds the claim elsewhere, or no longer, changes nothing of it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from secondsource.model import Claim, Modality, Noun, PlaceRole, Span, Voice

T = TypeVar("T", bound=Noun)
MOST_PEOPLE = 10_000_000


class Where(Noun):
    """A place and what it is in the story."""

    place: str
    """Gazetteer id."""
    role: PlaceRole = PlaceRole.INCIDENT


class Number(Noun):
    """How many people; an unknown end is None."""

    low: int | None = Field(default=None, ge=0, le=MOST_PEOPLE)
    high: int | None = Field(default=None, ge=0, le=MOST_PEOPLE)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"{self.low} to {self.high} people: the least is above the most")
        return self


class Changes(Noun):
    """Fields that a person sets on a claim. What is left out stays; null says that the report does not tell it."""

    act: str | None = None
    modality: Modality | None = None
    practice: bool | None = None
    background: bool | None = None
    """Whether it belongs to another case that the report only recalls."""
    perpetrators: tuple[str, ...] | None = None
    """Codes of organisations."""
    victims: Number | None = None
    place: Where | None = None
    when: str | None = Field(default=None, max_length=100)
    """EDTF."""
    voice: str | Span | None = None
    """Id of a voice that the report cites, or the words that introduce one that the machine did not see."""
    heard_from: str | Span | None = None
    """From whom that voice has it."""

    @model_validator(mode="after")
    def _told(self) -> Self:
        for name in ("act", "modality", "practice", "background"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name}: a claim must have one")
        return self

    @property
    def named(self) -> tuple[str, ...]:
        """The fields that are set, in order."""
        return tuple(name for name in type(self).model_fields if name in self.model_fields_set)


class Addition(Changes):
    """A claim that the machine did not find. `trigger`: the words that name its act."""

    trigger: Span
    act: str


class Judgement(Noun):
    """One claim as one decision has it."""

    claim: Claim
    """As judged; of a rejected one, as it stood."""
    found_as: str
    """The act's code that the machine read, where it was the machine that found the claim."""
    voices: tuple[Voice, ...] = ()
    """Who says it and from whom they have it, as they stood."""
    pinned: tuple[str, ...] = ()
    """Ids of those voices of which a person said from whom they have it."""
    words: str
    """SHA-256 of the characters of `claim.span`."""
    changed: tuple[str, ...] = ()
    """Names of the fields that a person set."""


class Value(Noun):
    """`Decision.value` of a judgement on claims: one for each target, in their order."""

    judgements: tuple[Judgement, ...]


def words_hash(text: str, span: Span) -> str:
    return hashlib.sha256(span.of(text).encode("utf-8", "surrogatepass")).hexdigest()


def canonical(value: Noun) -> str:
    """JSON in one form only, without what is as by default."""
    plain = value.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def parse(form: type[T], value: str | None) -> T:
    """ValueError in a line where `value` is not JSON of that form. The message quotes nothing of a report."""
    try:
        return form.model_validate_json(value or "{}")
    except ValidationError as error:
        problems = []
        for one in error.errors(include_url=False, include_input=False):
            where = ".".join(str(part) for part in one["loc"])
            problems.append(f"{where}: {one['msg']}" if where else one["msg"])
        raise ValueError("; ".join(problems)) from None
