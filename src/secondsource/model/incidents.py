"""What happened: accounts, the links between them, findings, hypotheses, incidents."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from secondsource.model.base import Noun, Span
from secondsource.model.claims import Claim, Modality, Voice
from secondsource.model.mentions import PlaceMention, SumMention
from secondsource.model.record import Grade


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
    grade: Grade = Grade()
    """What people gave its source and itself; two axes that are never merged."""


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
    hinted: bool = False
    """True where no claim stands for it, but its words stand in a report: reading may have missed it."""


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
    overturn: float | None = None
    """What this script's prior must be multiplied by for the first place to change hands: below 1 for the
    likeliest, above it for the others."""


class Question(Noun):
    """What to ask next: the answer that would tell the hypotheses apart most."""

    signal: str
    text: dict[str, str]
    """By language, in words that name no suspicion."""
    gain: float
    """What the answer tells of the scripts, in expected bits."""
    between: tuple[str, ...] = ()
    """The scripts that it would tell apart."""


class Manufactured(StrEnum):
    YES = "yes"
    SUSPECTED = "suspected"
    NO = "no"


class ReportTie(Noun):
    """Two reports of one incident that hang together. `same`: one only repeats the other, as far as its text shows;
    otherwise they may rest on one source."""

    a: str
    b: str
    why: str
    same: bool


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
    ties: tuple[ReportTie, ...] = ()
    """Which of its reports hang together."""
    signals: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Each mark that scripts are told apart by and that was seen, with the claims that show it."""
    hints: tuple[str, ...] = ()
    """Marks that no claim shows although their words stand in a report."""
    question: Question | None = None
    """What to ask next, where an answer would still tell something."""
    corroboration: Corroboration
    manufactured: Manufactured = Manufactured.NO
    headline: str | None = None
    """Of its first report, where nothing of it is coded: what to call it by, no fact."""

    @property
    def uncoded(self) -> bool:
        """Whether no act is coded in any of its reports: they tell one story, of which nothing is established here."""
        return not self.acts and not self.claims

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(claim for account in self.accounts for claim in account.claims)

    @property
    def reports(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(account.report_id for account in self.accounts))
