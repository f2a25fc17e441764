"""What a pack holds: a field's knowledge as data, and nothing but data.

A pack is a folder:

    pack.yaml            name, label, version, extends
    acts.yaml            the act vocabulary: codes, HURIDOCS codes, labels, trigger patterns
    organisations.yaml   organisations under all their names
    relations.yaml       what people are to one another and to the story (wife, broker, agent ...)
    gazetteer.csv        places, their hierarchy, coordinates and all their names
    phrases/*.yaml       words that sources, hedges, dates, captions are known by
    signals.yaml         observable marks that scripts are told apart by
    scripts/*.yaml       crime scripts
    context.yaml         context events
    linking.yaml         how telling each agreement between two accounts is
    weighing.yaml        how much evidence counts: what reading sees, what repeats, how bold to be
    alerts.yaml          when what is known of one county is enough for an alert
    labels.yaml          our codes to the codes of a labelled set, for `evaluate`
    telling.yaml         sentences that the world's reports are made of; no patterns

A pack that `extends` another has all of that one's knowledge too; entries with the same code are
joined, its own first. Patterns are written in the small syntax of `patterns.py`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from secondsource.model import ContextEvent

ByLanguage = dict[str, list[str]]
"""Language code to patterns."""


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Act(Entry):
    """One kind of act. `kind` says what it does in a story: `harm` is done to victims by
    perpetrators; `attempt` is what the victims themselves did; `means` prepares or enables;
    `control` is the state's general pressure; `relief` ends a harm."""

    code: str
    huridocs: list[str] = Field(default_factory=list)
    label: dict[str, str] = Field(default_factory=dict)
    kind: Literal["harm", "attempt", "means", "control", "relief"] = "harm"
    core: bool = False
    """True where a claim of it alone makes an incident."""
    official: bool = False
    """True of what state bodies do: the only one that a sentence names did it, where grammar is silent."""
    triggers: ByLanguage = Field(default_factory=dict)
    weak: ByLanguage = Field(default_factory=dict)
    """Triggers that count only in a sentence that one of `needs` stands in too ("trap", with "agents")."""
    needs: ByLanguage = Field(default_factory=dict)
    unless: ByLanguage = Field(default_factory=dict)
    """Patterns in whose span a trigger does not count ("house arrest warrant", "heart arrest")."""


class Organisation(Entry):
    code: str
    label: dict[str, str] = Field(default_factory=dict)
    side: Literal["state", "foreign_state", "private", "other"] = "other"
    names: ByLanguage = Field(default_factory=dict)
    unless: ByLanguage = Field(default_factory=dict)
    members: ByLanguage = Field(default_factory=dict)
    """Words for its people that name it too ("MSS agents", 보위원, 保衛員)."""


class Relation(Entry):
    """What a person is in the story. `counts` is how many people the bare word stands for."""

    code: str
    label: dict[str, str] = Field(default_factory=dict)
    sex: Literal["female", "male"] | None = None
    counts: tuple[int | None, int | None] = (1, 1)
    ages: tuple[int | None, int | None] = (None, None)
    """What the word itself says of the age, both ends included ("teenager")."""
    part: Literal["perpetrator", "helper", "victim"] | None = None
    """The side on which such a person stands when nothing else is said."""
    names: ByLanguage = Field(default_factory=dict)
    plurals: ByLanguage = Field(default_factory=dict)
    """Words for more than one of them, in languages that mark it in the word."""
    unless: ByLanguage = Field(default_factory=dict)
    """Patterns in whose span a name does not count ("People's Army", 평양남자고등학교)."""


class Place(Entry):
    """A gazetteer entry. `parent` is the id of what it lies in; a river or border may have none."""

    id: str
    name: str
    """Canonical name, as `City, Province` chains are made of it."""
    kind: Literal["country", "province", "prefecture", "county", "city", "district", "river", "border", "site"]
    parent: str | None = None
    lat: float | None = None
    lon: float | None = None
    names: tuple[str, ...] = ()
    """Every name, `name` included, in every script."""


class Label(Entry):
    """Our code to the code that a labelled set uses."""

    acts: dict[str, str] = Field(default_factory=dict)
    organisations: dict[str, str] = Field(default_factory=dict)
    modus: dict[str, str] = Field(default_factory=dict)


class Level(Entry):
    """One outcome of a comparison. `same` and `other`: its probability between two accounts of one
    incident, and of two (Fellegi and Sunter 1969: m and u). `least`: where it begins, if it is measured."""

    same: float = Field(gt=0, le=1)
    other: float = Field(gt=0, le=1)
    least: float | None = None


class Blocks(Entry):
    """Which accounts are compared at all. `by`: what two that share one of are compared; `split`: what a block
    of more than `most` is split by, one after the other; `budget`: comparisons an account is allowed, in a
    collection of 4,000 or fewer (in a larger one fewer, but no less than `least_budget`)."""

    by: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    most: int = Field(default=400, gt=1)
    budget: int = Field(default=1000, gt=0)
    least_budget: int = Field(default=100, gt=0)


class Stories(Entry):
    """How reports are grouped by their texts alone. `stem`: letters from its beginning by which a word is known, so
    that its endings do not matter; `lead` and `early`: how much a word of the first line, and of the next two, counts
    against one of the rest; `name` and `number`: a capitalised word within a sentence, and a number, against others."""

    stem: int = Field(default=6, gt=0)
    lead: float = Field(default=5.0, gt=0)
    early: float = Field(default=3.0, gt=0)
    name: float = Field(default=4.0, gt=0)
    number: float = Field(default=3.0, gt=0)
    alike: float = Field(default=0.06, gt=0, lt=1)
    """Mean cosine from which reports are of one kind."""
    within: float = Field(default=0.7, ge=0, le=1)
    """Share of the look within a kind in what two reports have in common."""
    one: float = Field(default=0.11, gt=0, lt=1)
    """Mean likeness from which they are of one event."""
    levels: dict[str, Level] = Field(default_factory=dict)
    """What two texts' likeness (cosine) weighs by itself, the first level being the least."""


class Linking(Entry):
    """How accounts are matched: the whole specification, whatever engine carries it out.

    `prior`: probability that two accounts taken at random are one, at most; `others`: how many other accounts
    an account's incident has on the average, so that the prior falls as a collection grows."""

    prior: float = Field(default=0.02, gt=0, lt=1)
    others: float = Field(default=1.0, gt=0)
    rarity: dict[str, float] = Field(default_factory=dict)
    """Of fifty reports, how many hold one given detail of a kind (`sum`, `relation`, ...)."""
    limits: dict[str, float] = Field(default_factory=dict)
    """Where levels that are no share begin: days, kilometres, years, bits, numbers of texts."""
    blocks: Blocks = Blocks()
    comparisons: dict[str, dict[str, Level]] = Field(default_factory=dict)
    stories: Stories | None = None
    """None where a report in which no act is found tells of nothing that this field looks for."""


class Weighing(Entry):
    """How evidence is weighed. All are probabilities or shares; `docs/weighing.md` says how each was found."""

    tempering: float = Field(default=0.7, gt=0, le=1)
    """Exponent on the likelihood: below 1 the evidence is taken for less than it says (Guo et al. 2017)."""
    lapse: float = Field(default=0.03, ge=0, lt=1)
    """That the marks say nothing of the script: misread throughout, or of a case that is of none of the scripts."""
    read_acts: float = Field(default=0.85, gt=0, le=1)
    """That reading sees a signal which is an act in itself, where a report tells it."""
    read_words: float = Field(default=0.65, gt=0, le=1)
    """That it sees a signal which is known by its wording."""
    hint_told: float = Field(default=0.6, gt=0, lt=1)
    """That the words of a signal stand elsewhere in a report that tells it, where reading did not see it."""
    hint_other: float = Field(default=0.15, gt=0, lt=1)
    """That they stand in a report that does not tell it."""
    more_reports: float = Field(default=0.4, ge=0, le=1)
    """How much of a further report of the same incident counts as one more chance to tell a step."""


class AlertRule(Entry):
    """When an alert is raised: so many different incidents of one method, in one county, known within so many days.

    One incident is as good as none: `enough` is at least two.
    """

    code: str
    label: dict[str, str] = Field(default_factory=dict)
    script: str
    """The method: an incident counts where this comes first among its hypotheses."""
    called: list[Literal["yes", "suspected"]] = Field(default=["yes"], min_length=1)
    """Verdicts on whether the state induced it that count."""
    enough: int = Field(default=2, ge=2)
    within_days: int = Field(default=365, ge=1)
    """Between the first and the last of them to become known."""
    lasts_days: int = Field(default=365, ge=1)
    """From the last that became known until the alert lapses."""
    old_days: int = Field(default=1095, ge=1)
    """An incident that surely happened longer before it became known is history, and counts for no alert."""


class Pack(Entry):
    """A loaded pack with everything that it extends. Lookups are by code."""

    name: str
    version: str
    digest: str = ""
    """SHA-256 over the files of the pack and of what it extends."""
    label: dict[str, str] = Field(default_factory=dict)
    extends: list[str] = Field(default_factory=list)
    acts: dict[str, Act] = Field(default_factory=dict)
    organisations: dict[str, Organisation] = Field(default_factory=dict)
    relations: dict[str, Relation] = Field(default_factory=dict)
    places: dict[str, Place] = Field(default_factory=dict)
    phrases: dict[str, dict[str, ByLanguage]] = Field(default_factory=dict)
    """File stem ("attribution") to group ("source_nouns") to language to patterns."""
    signals: dict[str, object] = Field(default_factory=dict)
    """Raw; `secondsource.scripts` gives them their type."""
    scripts: dict[str, object] = Field(default_factory=dict)
    """Raw; `secondsource.scripts` gives them their type."""
    context: list[ContextEvent] = Field(default_factory=list)
    labels: Label = Field(default_factory=Label)
    linking: Linking = Field(default_factory=Linking)
    weighing: Weighing = Field(default_factory=Weighing)
    alerts: list[AlertRule] = Field(default_factory=list)
    telling: dict[str, ByLanguage] = Field(default_factory=dict)
    """Group ("step arrest") to language to sentences with slots; `secondsource.world` alone fills them."""

    def phrase(self, concern: str, group: str, language: str) -> list[str]:
        """Patterns of one group in one language; empty where the pack has none."""
        return self.phrases.get(concern, {}).get(group, {}).get(language, [])

    def within(self, place: str) -> tuple[str, ...]:
        """Ids of `place` and of everything it lies in, finest first."""
        chain: list[str] = []
        current: str | None = place
        while current is not None and current not in chain and current in self.places:
            chain.append(current)
            current = self.places[current].parent
        return tuple(chain)

    def canonical(self, place: str) -> str:
        """The full name of a place: its own and its parents', the own country left out."""
        chain = self.within(place)
        names = [self.places[p].name for p in chain if self.places[p].kind != "country" or len(chain) == 1]
        country = next((p for p in chain if self.places[p].kind == "country"), None)
        if country and country != "kp" and len(chain) > 1:
            names.append(self.places[country].name)
        return ", ".join(names)
