"""The nouns of crime scripts (Cornish 1994): a modus operandi written down once, as data."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from secondsource.model import Modality
from secondsource.packs.model import ByLanguage, Entry

Scene = Literal[
    "preparation",
    "entry",
    "precondition",
    "instrumental_precondition",
    "initiation",
    "actualisation",
    "doing",
    "postcondition",
    "exit",
]


class Condition(Entry):
    """One way in which a claim shows a signal: every field that is set must hold of the same claim."""

    act: list[str] = Field(default_factory=list)
    """Codes of acts, one of which the claim must be of; any act where empty."""
    by: list[str] = Field(default_factory=list)
    """Organisations, one of which must be among its perpetrators."""
    of: list[str] = Field(default_factory=list)
    """Relations, one of which must be among its victims'."""
    of_none: list[str] = Field(default_factory=list)
    """Relations, none of which may be among its victims'."""
    text: ByLanguage = Field(default_factory=dict)
    """Patterns, one of which must stand where `within` says. A language without patterns never fulfils it."""
    unless: ByLanguage = Field(default_factory=dict)
    """Patterns that must not stand there."""
    within: Literal["claim", "line", "near"] = "line"
    """Where patterns are looked for: the claim's own sentence, the line (paragraph) that it stands in, or that
    line with the one before and the one after. Where `act` and `text` are given, the headline counts too."""
    place_in: list[str] = Field(default_factory=list)
    """Gazetteer ids, in one of which one of the claim's places must lie."""
    modality: list[Modality] = Field(default_factory=lambda: [Modality.ASSERTED, Modality.HEARD, Modality.HEDGED])
    beside: list[str] = Field(default_factory=list)
    """Acts, one of which must be claimed in the same report."""
    without: list[str] = Field(default_factory=list)
    """Acts, none of which may be claimed in the same report."""


class Signal(Entry):
    """An observable mark that scripts are told apart by."""

    label: dict[str, str]
    question: dict[str, str] = Field(default_factory=dict)
    """Words in which an editor can ask a source for it without saying what is suspected, by language."""
    elsewhere: float
    """Probability of seeing it in a report of a case whose script has no step that shows it."""
    any: list[Condition]
    hints: ByLanguage = Field(default_factory=dict)
    """Words that only hint at it, wherever in a report they stand: most that tell it have them, and some others."""

    @property
    def worded(self) -> bool:
        """Whether it is known by wording alone: no condition has a claim's codes suffice."""
        return all(condition.text for condition in self.any)

    @property
    def hinting(self) -> bool:
        """Whether words without a claim can hint at it."""
        return bool(self.hints) or any(condition.text and not condition.act for condition in self.any)


class Role(Entry):
    """Who or what plays a part."""

    who: str
    org: str | None = None
    """Code of the organisation that usually plays it."""
    relation: str | None = None
    """Code of the relation that usually plays it."""


class Step(Entry):
    code: str
    label: dict[str, str]
    scene: Scene
    after: list[str] = Field(default_factory=list)
    """Steps that come before this one where they occur."""
    days: tuple[float, float] = (0.0, 1.0)
    """Least and most days after the last of those steps (after the beginning where there is none)."""
    act: str | None = None
    """The act that a report of this step would be coded with."""
    signal: str | None = None
    occurs: float
    """Probability that the step happens in such a case."""
    reported: float
    """Probability that a report of a case where it happened tells it."""
    knowers: list[str] = Field(default_factory=list)
    """Roles in a position to know of it."""
    decisive: str | None = None
    """Steps that share this word are alternatives; a `manufactured` script is established when each
    word has one of its steps asserted."""


class Script(Entry):
    code: str
    label: dict[str, str]
    summary: str
    manufactured: bool = False
    """True where the state side itself makes the offence that it then punishes."""
    prior: float
    """Probability that a reported case is of this kind before anything of it is known."""
    roles: dict[str, Role]
    rivals: list[str]
    tells_apart: str
    suspected_by: list[str] = Field(default_factory=list)
    """Signals that, all together, make this script suspected even where a rival comes first."""
    doubted_by: list[str] = Field(default_factory=list)
    """Signals any of which says that it is itself only suspected."""
    excluded_by: list[str] = Field(default_factory=list)
    """Signals any of which says that what happened was another thing, whatever else looks alike."""
    steps: list[Step]

    def step(self, code: str) -> Step:
        """KeyError where there is none."""
        for step in self.steps:
            if step.code == code:
                return step
        raise KeyError(code)
