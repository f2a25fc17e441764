"""Two accounts held against each other: what each comparison weighs, and why (Fellegi and Sunter 1969)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from secondsource.linking.describe import Description, describe
from secondsource.linking.levels import Row, rules
from secondsource.linking.rarity import Rarity, cosine, shared
from secondsource.model import Account, Factor, Link, Report
from secondsource.packs import Pack
from secondsource.packs.model import Linking
from secondsource.scripts import signals

IMAGINED = 50
"""Reports that the pack's rarities speak of: they count beside those of the collection."""
FEWEST = 2


def descriptions(accounts: Iterable[Account], reports: Mapping[str, Report], pack: Pack) -> list[Description]:
    """The table that is linked, a row an account, in the order given."""
    marks = signals(pack)
    return [describe(account, reports[account.report_id], pack, marks) for account in accounts]


def rarity_of(rows: Sequence[Description], spec: Linking) -> Rarity:
    """Rarity over the beginning of a collection in the order of receipt."""
    return Rarity.of(rows, spec.rarity, IMAGINED)


def prior_bits(spec: Linking, accounts: int) -> float:
    """log2 of the odds that two of `accounts` accounts are one, before anything is compared."""
    prior = min(spec.prior, spec.others / max(accounts - 1, 1))
    return math.log2(prior / (1 - prior))


class Scorer:
    """Weighs pairs of rows by the specification. The same numbers as every other engine's."""

    def __init__(self, spec: Linking, rarity: Rarity) -> None:
        self.spec = spec
        self.rarity = rarity
        self.prior = prior_bits(spec, rarity.accounts)
        self.rules = rules(spec)
        self.bits = {
            rule.name: {name: math.log2(v.same / v.other) for name, v in spec.comparisons[rule.name].items()}
            for rule in self.rules
        }
        self._few = spec.limits["few_texts"]
        self._most = int(spec.limits["text_words"])
        self._rare = spec.limits["rare_bits"]

    def row(self, told: Description) -> Row:
        bits = {d: self.rarity.of_detail(d) / math.log(2) for d in told.details}
        return Row(
            told=told,
            details=self.rarity.detail_vector(told.details),
            rare={d: math.sqrt(b) for d, b in bits.items() if b >= self._rare},
            words=self.rarity.word_vector(told.words, self._most),
            scarce=self.rarity.texts[told.language] < self._few,
        )

    def levels(self, a: Row, b: Row) -> dict[str, str]:
        """Comparison to the level that the two reach."""
        return {rule.name: rule.level(a, b) for rule in self.rules}

    def weight(self, a: Row, b: Row) -> float:
        """Bits for their being one, prior included."""
        return self.prior + math.fsum(self.bits[rule.name][rule.level(a, b)] for rule in self.rules)


class Comparer:
    """Explains pairs of accounts of one collection: how rare a word or a detail is depends on the collection."""

    def __init__(self, accounts: Sequence[Account], reports: Mapping[str, Report], pack: Pack) -> None:
        told = descriptions(accounts, reports, pack)
        scorer = Scorer(pack.linking, rarity_of(told, pack.linking))
        self._explain = Explainer(scorer, pack)
        self._rows = {row.id: scorer.row(row) for row in told}

    def link(self, a: Account, b: Account) -> Link:
        return self._explain(self._rows[a.id], self._rows[b.id])


class Explainer:
    """A pair's weight as a waterfall of factors, each with its reason in words."""

    def __init__(self, scorer: Scorer, pack: Pack) -> None:
        self._scorer = scorer
        self._pack = pack

    def __call__(self, a: Row, b: Row) -> Link:
        factors = [
            Factor(name="prior", weight=round(self._scorer.prior, 3), why="two accounts taken at random"),
        ]
        for name, level in self._scorer.levels(a, b).items():
            weight = round(self._scorer.bits[name][level], 3)
            factors.append(Factor(name=name, weight=weight, why=WHY[name](a, b, level, self._pack)))
        weight = round(self._scorer.weight(a, b), 3)
        return Link(a=a.told.id, b=b.told.id, weight=weight, factors=tuple(factors))

    def joined(self, a: Row, b: Row) -> Link:
        """Of two of one incident: what their claims weigh, or their words where these brought them together."""
        found = self(a, b)
        spec = self._scorer.spec.stories
        worded = spec is not None and a.told.language == b.told.language
        if not worded or (a.told.coded and b.told.coded and found.weight > 0):
            return found
        alike = cosine(a.words, b.words)
        reached = [level for level in spec.levels.values() if alike >= (level.least or 0.0)] if spec else []
        bits = round(math.log2(reached[-1].same / reached[-1].other), 3) if reached else 0.0
        words = ", ".join(shared(a.words, b.words)[:5])
        why = f"texts alike by {alike:.2f}: {words}" if words else "texts with no telling word in common"
        factors = (found.factors[0], Factor(name="story", weight=bits, why=why))
        return found.model_copy(update={"weight": round(self._scorer.prior + bits, 3), "factors": factors})


Why = Callable[[Row, Row, str, Pack], str]


def _reprint(_: Row, __: Row, level: str, ___: Pack) -> str:
    return "one is given as a reprint of the other" if level == "declared" else "neither reprints the other"


def _when(a: Row, b: Row, level: str, _: Pack) -> str:
    return "one has no date" if level == "unknown" else f"{a.told.edtf} and {b.told.edtf}"


def _place(a: Row, b: Row, level: str, pack: Pack) -> str:
    here, there = a.told.places, b.told.places
    match level:
        case "same":
            return f"both in {pack.canonical(min(here & there))}"
        case "within":
            common = a.told.around & b.told.around
            return f"both in {pack.canonical(max(common, key=lambda p: (len(pack.within(p)), p)))}"
        case "unknown" if not here or not there:
            return "one names no place where it happened"
        case "unknown":
            return "one names no place finer than a river or country"
    return f"{', '.join(sorted(here))} and {', '.join(sorted(there))}" + (", near each other" * (level == "near"))


def _acts(a: Row, b: Row, level: str, _: Pack) -> str:
    both, either = len(a.told.acts & b.told.acts), len(a.told.acts | b.told.acts)
    return "one tells no act" if level == "unknown" else f"{both} of {either} kinds of act in both"


def _victims(a: Row, b: Row, level: str, _: Pack) -> str:
    if level == "unknown":
        return "one gives no number of people"
    x, y = (f"{r.told.low}-{r.told.high or '…'}" for r in (a, b))
    return f"{x} and {y} people"


def _ages(a: Row, b: Row, level: str, _: Pack) -> str:
    if level == "unknown":
        return "one gives no age"
    x, y = (f"{r.told.age_low}-{r.told.age_high or '…'}" for r in (a, b))
    return f"aged {x} and {y}"


def _sets(field: str, missing: str, other: str) -> Why:
    def why(a: Row, b: Row, level: str, _: Pack) -> str:
        if level == "unknown":
            return missing
        common = getattr(a.told, field) & getattr(b.told, field)
        return f"both name {', '.join(sorted(common))}" if common else other

    return why


def _details(a: Row, b: Row, level: str, _: Pack) -> str:
    if level == "unknown":
        return "one has no coded details"
    return f"details alike by {cosine(a.details, b.details):.2f}: " + ", ".join(shared(a.details, b.details)[:4])


def _rare(a: Row, b: Row, level: str, _: Pack) -> str:
    if level == "unknown":
        return "one has no detail known to be rare"
    return f"rare details worth {cosine(a.rare, b.rare):.0f} bits: " + ", ".join(shared(a.rare, b.rare)[:3])


def _text(a: Row, b: Row, _: str, __: Pack) -> str:
    if a.told.language != b.told.language:
        return "in two languages"
    return f"texts alike by {cosine(a.words, b.words):.2f}"


WHY: dict[str, Why] = {
    "reprint": _reprint,
    "when": _when,
    "place": _place,
    "acts": _acts,
    "victims": _victims,
    "ages": _ages,
    "relations": _sets("relations", "one names no relation", "other relations"),
    "sums": _sets("sums", "one names no sum", "other sums"),
    "perpetrators": _sets("perpetrators", "one names nobody who did it", "other perpetrators"),
    "details": _details,
    "rare": _rare,
    "text": _text,
}
