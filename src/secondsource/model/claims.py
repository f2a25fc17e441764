"""Who says what: voices, their claims, and the reading of one report."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from secondsource.model.base import Noun, Span, content_id
from secondsource.model.mentions import Mention, OrgMention, PeopleMention, PlaceMention, SumMention, TimeMention


class VoiceKind(StrEnum):
    UNNAMED = "unnamed"
    NAMED = "named"
    OFFICIAL = "official"
    STATE_MEDIA = "state_media"
    OUTLET = "outlet"
    DOCUMENT = "document"


class Voice(Noun):
    """Somebody whom one report cites. Whether two voices are one person is for a person to say."""

    id: str
    report_id: str
    descriptor: str
    """The words that introduce it, as they stand in the text."""
    spans: tuple[Span, ...]
    """Every place where it is cited, first first."""
    kind: VoiceKind = VoiceKind.UNNAMED
    base: str | None = None
    """Gazetteer id of where the source is said to be."""
    connection: str = "99"
    """HURIDOCS list 19: 0101 victim, 0102 witness, 0103 perpetrator, 0201 related, 03 third party."""
    heard_from: str | None = None
    """Id of the voice from whom this one has it."""
    outlet: str | None = None
    """Through which outlet it speaks: the report's own, or the one that the report cites."""


class Modality(StrEnum):
    ASSERTED = "asserted"
    HEDGED = "hedged"
    HEARD = "heard"
    DENIED = "denied"
    PLANNED = "planned"


class Claim(Noun):
    """One source's statement, in one report, that one act took place. The unit of everything."""

    id: str
    report_id: str
    act: str
    span: Span
    """The sentence or clause that states it."""
    trigger: Span
    """The words that name the act."""
    modality: Modality = Modality.ASSERTED
    practice: bool = False
    """True where the text says that such things happen, not that this happened."""
    background: bool = False
    """True where it belongs to an older or other case that the report only recalls."""
    voice: str | None = None
    perpetrators: tuple[OrgMention, ...] = ()
    victims: tuple[PeopleMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    when: TimeMention | None = None
    sums: tuple[SumMention, ...] = ()
    episode: int = 0
    """Which of the report's incidents the reader takes it to belong to, counted from 0."""
    judged: Literal["machine", "accepted", "corrected", "added"] = "machine"
    """Whose it is: as the machine read it, or as a person judged it."""

    @staticmethod
    def make_id(report_id: str, trigger: Span, act: str) -> str:
        return content_id("c", report_id, trigger.start, trigger.end, act)


class Reading(Noun):
    """All that a reader found in one report. Derived: recomputable, never edited."""

    report_id: str
    reader: str
    """Name and version of the reader and pack: when it changes, the report is read anew."""
    claims: tuple[Claim, ...] = ()
    voices: tuple[Voice, ...] = ()
    mentions: tuple[Mention, ...] = ()
    notes: tuple[str, ...] = ()
    """What the reader could not do, for the reader of the reading."""
