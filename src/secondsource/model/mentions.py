"""What a text mentions: places, organisations, times, sums and people."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from secondsource.model.base import Noun, Span


class PlaceRole(StrEnum):
    """What a place is doing in a report. Only the first five say where something happened."""

    INCIDENT = "incident"
    INCIDENT_PROVINCE = "incident_province"
    ARREST = "arrest"
    CROSSING = "crossing"
    DETENTION = "detention"
    SOURCE_BASE = "source_base"
    PHOTO = "photo"
    HOME = "victim_origin"
    DESTINATION = "destination"
    SENDER = "sender_location"
    REPATRIATION = "repatriation_point"
    PATTERN = "pattern"
    BACKGROUND = "background"


HAPPENED = frozenset(
    {PlaceRole.INCIDENT, PlaceRole.INCIDENT_PROVINCE, PlaceRole.ARREST, PlaceRole.CROSSING, PlaceRole.DETENTION}
)


class PlaceMention(Noun):
    kind: Literal["place"] = "place"
    span: Span
    place: str
    """Gazetteer id; the likeliest where the name is ambiguous."""
    candidates: tuple[str, ...] = ()
    """All entries that the name can mean, likeliest first, where there are several."""
    role: PlaceRole = PlaceRole.BACKGROUND


class OrgMention(Noun):
    kind: Literal["org"] = "org"
    span: Span
    org: str
    """Code of the pack's organisations."""


class TimeMention(Noun):
    kind: Literal["time"] = "time"
    span: Span
    edtf: str
    basis: Literal["text", "published", "unknown"] = "text"
    """Where the year came from: the words themselves, the report's own date, or nowhere (XXXX-)."""


class SumMention(Noun):
    kind: Literal["sum"] = "sum"
    span: Span
    amount: float
    currency: str
    """ISO 4217."""
    converts: bool = False
    """True where it only restates another sum in a second currency."""


class PeopleMention(Noun):
    """A person or a group. Names are kept as said and never taken for identity."""

    kind: Literal["people"] = "people"
    span: Span
    count_min: int | None = None
    count_max: int | None = None
    age_min: int | None = None
    age_max: int | None = None
    sex: Literal["female", "male"] | None = None
    relations: tuple[str, ...] = ()
    """Pack codes such as wife, son, family, broker, border_guard, agent, defector."""
    name: str | None = None
    pseudonym: bool = False
    scope: Literal["new", "more", "part", "all"] = "new"
    """How its number stands to those named before: beside them ("ten others"), some of them ("one of
    them"), or all of them ("the three", 計3人)."""
    apart: bool = False
    """True where "and" joins it to whoever is named right before, so that it is somebody else."""


Mention = Annotated[PlaceMention | OrgMention | TimeMention | SumMention | PeopleMention, Field(discriminator="kind")]
