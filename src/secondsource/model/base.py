"""The ground of every noun: spans of text, languages, reports."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


def content_id(prefix: str, *parts: object) -> str:
    """An id made of content alone, so that it is the same whenever the same thing is read again.

    Parts are joined with a separator that cannot occur in them; 16 hex digits of SHA-256.
    """
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass"))
    return f"{prefix}_{digest.hexdigest()[:16]}"


class Noun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Noun):
    """Characters [start, end) of a report's text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Language(StrEnum):
    EN = "en"
    KO = "ko"
    JA = "ja"
    ZH = "zh"
    UNKNOWN = "und"


class Report(Noun):
    """A document as received. `id` comes from its bytes: the same bytes are one report."""

    id: str
    text: str
    language: Language
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    """EDTF, as the document or its sidecar says; None where neither does."""
    received: str
    """When it came in, ISO 8601 with a time zone."""
    ref: str | None = None
    """The identifier that its sender or collection gave it."""
    reprint_of: str | None = None
    """The `ref` of the report that this one reprints, where the sender says so."""
    truncated: bool = False
    filename: str | None = None
