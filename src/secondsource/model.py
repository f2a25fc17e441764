"""The nouns that every room speaks, typed and immutable.

Rooms never import one another: they meet here. Every noun is a frozen pydantic model, so that it
goes to JSON and back without loss (`model_dump_json`, `model_validate_json`).

Units and forms, everywhere:
- a *span* is a half-open range of characters (code points) in `Report.text`;
- a *date* is an EDTF string (ISO 8601-2 level 1 and the parts of level 2 in `edtf.py`);
- a *place* is the id of a gazetteer entry of the pack;
- a *count* is a range, both ends inclusive, an unknown end None;
- a *code* is a key of the pack (acts, organisations, scripts).
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Annotated, Literal

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


# --- what a text mentions -------------------------------------------------------------------


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


Mention = Annotated[PlaceMention | OrgMention | TimeMention | SumMention | PeopleMention, Field(discriminator="kind")]


# --- who says it ----------------------------------------------------------------------------


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
    voice: str | None = None
    perpetrators: tuple[OrgMention, ...] = ()
    victims: tuple[PeopleMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    when: TimeMention | None = None
    sums: tuple[SumMention, ...] = ()
    episode: int = 0
    """Which of the report's incidents the reader takes it to belong to, counted from 0."""

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


# --- what happened --------------------------------------------------------------------------


class Count(Noun):
    low: int | None = None
    high: int | None = None


class Account(Noun):
    """What one report tells of one incident: its claims there, summed up for linking."""

    id: str
    report_id: str
    claims: tuple[Claim, ...]
    voices: tuple[Voice, ...] = ()
    practice: bool = False
    acts: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    victims: Count = Count()
    age_min: int | None = None
    age_max: int | None = None
    places: tuple[PlaceMention, ...] = ()
    when: str | None = None
    """EDTF; an unknown year is XXXX."""
    when_basis: Literal["text", "published", "unknown"] = "unknown"
    sums: tuple[SumMention, ...] = ()
    details: tuple[str, ...] = ()
    """Everything coded that the report mentions (`place:kp-musan`, `sum:20000 CNY`, `age:24-26`):
    what two tellings in two languages can be compared by."""


class Factor(Noun):
    """One part of a link's weight, in bits (log2 of the likelihood ratio)."""

    name: str
    weight: float
    why: str


class Link(Noun):
    """Two accounts held against each other. `weight` is the sum of the factors, prior included."""

    a: str
    b: str
    weight: float
    factors: tuple[Factor, ...]


class Independence(Noun):
    """The least and the most independent sources that could stand behind a fact, and why."""

    least: int
    most: int
    reason: str


class Verdict(StrEnum):
    CORROBORATED = "corroborated"
    REPEATED = "repeated"
    SINGLE = "single"
    CONTESTED = "contested"
    UNSOURCED = "unsourced"


class FactKind(StrEnum):
    ACT = "act"
    PERPETRATOR = "perpetrator"
    VICTIMS = "victims"
    PLACE = "place"
    WHEN = "when"
    SUM = "sum"


class Support(Noun):
    """One claim behind one value of a fact."""

    claim_id: str
    report_id: str
    voice_id: str | None
    span: Span
    modality: Modality


class Finding(Noun):
    """One fact of an incident: a value, who stands behind it, and what speaks against it."""

    kind: FactKind
    value: str
    """The code, EDTF, gazetteer id, 'low..high' or 'amount currency' that is claimed."""
    support: tuple[Support, ...]
    independence: Independence
    verdict: Verdict
    conflicts: tuple[str, ...] = ()
    """Other values of the same kind that cannot be true beside this one."""


class StepEvidence(Noun):
    """How one step of a script fares: the claims that stand for it, and what that weighs."""

    step: str
    claims: tuple[str, ...] = ()
    weight: float = 0.0
    """Bits for this script against the mean of its rivals; negative where it tells against."""


class Hypothesis(Noun):
    """A script held against an incident."""

    script: str
    posterior: float
    low: float
    high: float
    """Range of the posterior when the script's prior is halved and doubled."""
    words: str
    """ICD 203's words for the posterior."""
    steps: tuple[StepEvidence, ...] = ()
    linchpin: str | None = None
    """The claim without which another script would come first, where there is one."""


class Manufactured(StrEnum):
    YES = "yes"
    SUSPECTED = "suspected"
    NO = "no"


class Corroboration(Noun):
    """Whether a second, separate voice supports the event itself, and why it is thought so."""

    value: Literal["yes", "unclear", "no"]
    reason: str


class Incident(Noun):
    """Something that happened (or, `practice`, is said to happen), of which reports make claims."""

    id: str
    """The id of its earliest received account: it stays when more reports come."""
    accounts: tuple[Account, ...]
    links: tuple[Link, ...] = ()
    practice: bool = False
    acts: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Gazetteer ids of where it happened: best attested first, then finest."""
    when: str | None = None
    victims: Count = Count()
    findings: tuple[Finding, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    """Likeliest first."""
    corroboration: Corroboration
    manufactured: Manufactured = Manufactured.NO

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(claim for account in self.accounts for claim in account.claims)

    @property
    def reports(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(account.report_id for account in self.accounts))


# --- the record -----------------------------------------------------------------------------


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
    LINK = "link"
    UNLINK = "unlink"
    GRADE = "grade"
    SAME_SOURCE = "same_source"
    DIFFERENT_SOURCE = "different_source"


class Decision(Noun):
    """A person's judgement. It outranks every machine's, and is never erased: a later one counts."""

    id: str
    kind: DecisionKind
    targets: tuple[str, ...]
    """Ids of the claims, accounts, voices or sources that it is about."""
    value: str | None = None
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
