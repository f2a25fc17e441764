"""The comparisons of two accounts: which level of `linking.yaml` each reaches, in Python and in SQL.

The two stand side by side, level by level, because they must say the same: one engine compares in this
process, the others (DuckDB, Spark) compare where the table is. The first level that holds counts, the
last one is for all the rest. `ss_any` (something in common), `ss_both` (how much) and `ss_dot` (cosine of
two weighed sets) are the functions that an engine must bring besides plain SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from secondsource.linking.describe import ENDLESS, YEAR, Description, gap
from secondsource.linking.rarity import Vector, cosine
from secondsource.packs.model import Level, Linking

HALF_YEAR = 183
Levels = Mapping[str, Level]
Limits = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """A description with what rarity makes of it."""

    told: Description
    details: Vector
    rare: Vector
    """Root of the bits of each rare detail, so that the product of two rows' is the bits."""
    words: Vector
    scarce: bool
    """There are too few texts of its language to know which words are common."""


Case = tuple[str, str, Callable[[Row, Row], bool]]
"""A level, when it holds in SQL, and when it holds in Python."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One comparison. `rest` is the level where none of the cases holds."""

    name: str
    cases: tuple[Case, ...]
    rest: str

    def level(self, a: Row, b: Row) -> str:
        return next((name for name, _, holds in self.cases if holds(a, b)), self.rest)


GAP = (
    "(case when yearless_l + yearless_r = 0 then greatest(0, first_l - last_r, first_r - last_l) else "
    f"greatest(0, case when (turn_r - turn_l + {YEAR}) % {YEAR} <= turn_days_l"
    f" or (turn_l - turn_r + {YEAR}) % {YEAR} <= turn_days_r then 0 else "
    f"least((turn_r - turn_l + {YEAR}) % {YEAR} - turn_days_l,"
    f" (turn_l - turn_r + {YEAR}) % {YEAR} - turn_days_r) end) end)"
)
"""`describe.gap` in SQL."""


def rules(spec: Linking) -> list[Rule]:
    """The comparisons that the pack's `linking.yaml` weighs, in a fixed order."""
    makers: dict[str, Callable[[Levels, Limits], Rule]] = {
        "reprint": _reprint,
        "when": _when,
        "place": _place,
        "acts": _acts,
        "victims": _victims,
        "ages": _ages,
        "relations": lambda levels, _: _sets("relations", levels),
        "sums": lambda levels, _: _sets("sums", levels),
        "perpetrators": lambda levels, _: _sets("perpetrators", levels),
        "details": _details,
        "rare": _rare,
        "text": _text,
    }
    return [make(spec.comparisons[name], spec.limits) for name, make in makers.items() if name in spec.comparisons]


def apart(a: Description, b: Description) -> int | None:
    """Days between the dates of two; None where one has none."""
    return None if a.when is None or b.when is None else gap(a.when, b.when)


def impossible(a: Description, b: Description, limits: Limits) -> bool:
    """Two incidents of one report; a practice and an incident; or dates that exclude each other."""
    if a.report == b.report or a.practice is not b.practice:
        return True
    days = apart(a, b) if a.sure and b.sure else None
    return days is not None and days > limits["excludes_days"] and not mentions(a, b)


def comparable(limits: Limits) -> str:
    """SQL for what two rows `l` and `r` must be to be compared at all. Not all that is impossible, but most of it:
    what no mention of the other's date can make possible."""
    reach = max(int(limits["excludes_days"]), HALF_YEAR)
    return (
        "l.report <> r.report and (l.sure + r.sure < 2 or l.dated + r.dated < 2 or l.yearless + r.yearless > 0"
        f" or (l.first - r.last <= {reach} and r.first - l.last <= {reach}))"
    )


def mentions(a: Description, b: Description) -> bool:
    """Whether the date of one is among those that the report of the other mentions, within half a year: what one reader
    takes for the day of the arrest may be the day of something else in the same story."""
    days = apart(a, b)
    told = not a.thirds.isdisjoint(b.mentioned) or not b.thirds.isdisjoint(a.mentioned)
    return told and days is not None and days <= HALF_YEAR


def _reprint(_: Levels, __: Limits) -> Rule:
    sql = "ref_l = reprint_of_r or ref_r = reprint_of_l"
    return Rule(
        "reprint", (("declared", sql, lambda a, b: _prints(a.told, b.told) or _prints(b.told, a.told)),), "undeclared"
    )


def _prints(a: Description, b: Description) -> bool:
    return a.ref is not None and a.ref == b.reprint_of


def _when(_: Levels, limits: Limits) -> Rule:
    narrow, beside, far = (int(limits[k]) for k in ("narrow_days", "beside_days", "apart_days"))
    exact, by_day, next_to = (int(limits[k]) for k in ("exact_days", "day_days", "next_days"))
    widest = "greatest(last_l - first_l, last_r - first_r)"

    def days(a: Row, b: Row) -> int:
        found = apart(a.told, b.told)
        return ENDLESS if found is None else found

    def yearless(a: Row, b: Row) -> bool:
        return any(x.told.when is not None and x.told.when.yearless for x in (a, b))

    def width(a: Row, b: Row) -> int:
        return max(x.told.when.width if x.told.when else 0 for x in (a, b))

    return Rule(
        "when",
        (
            ("unknown", "dated_l + dated_r < 2", lambda a, b: a.told.when is None or b.told.when is None),
            (
                "mentioned",
                f"{GAP} > {beside} and {GAP} <= {HALF_YEAR}"
                " and (ss_any(thirds_l, mentioned_r) or ss_any(thirds_r, mentioned_l))",
                lambda a, b: beside < days(a, b) and mentions(a.told, b.told),
            ),
            ("far", f"{GAP} > {far}", lambda a, b: days(a, b) > far),
            ("apart", f"{GAP} > {beside}", lambda a, b: days(a, b) > beside),
            (
                "next",
                f"{GAP} > 0 and {GAP} <= {next_to} and {widest} <= {by_day}",
                lambda a, b: 0 < days(a, b) <= next_to and width(a, b) <= by_day,
            ),
            ("beside", f"{GAP} > 0", lambda a, b: days(a, b) > 0),
            ("same_day_of_year", "yearless_l + yearless_r > 0", yearless),
            ("exact", f"{widest} <= {exact}", lambda a, b: width(a, b) <= exact),
            ("same", f"{widest} <= {narrow}", lambda a, b: width(a, b) <= narrow),
        ),
        "near",
    )


def _place(_: Levels, limits: Limits) -> Rule:
    reach = limits["near_km"] ** 2
    square = "(x_l - x_r) * (x_l - x_r) + (y_l - y_r) * (y_l - y_r) + (z_l - z_r) * (z_l - z_r)"

    def near(a: Row, b: Row) -> bool:
        p, q = a.told.spot, b.told.spot
        if p is None or q is None:
            return False
        x, y, z = p[0] - q[0], p[1] - q[1], p[2] - q[2]
        return x * x + y * y + z * z <= reach

    return Rule(
        "place",
        (
            ("same", "ss_any(places_l, places_r)", lambda a, b: not a.told.places.isdisjoint(b.told.places)),
            (
                "mentioned",
                "ss_any(places_l, towns_r) or ss_any(places_r, towns_l)",
                lambda a, b: not a.told.places.isdisjoint(b.told.towns) or not b.told.places.isdisjoint(a.told.towns),
            ),
            ("within", "ss_any(around_l, around_r)", lambda a, b: not a.told.around.isdisjoint(b.told.around)),
            ("unknown", "vague_l + vague_r > 0", lambda a, b: a.told.vague or b.told.vague),
            ("near", f"spotted_l + spotted_r = 2 and {square} <= {reach!r}", near),
        ),
        "elsewhere",
    )


def _acts(levels: Levels, _: Limits) -> Rule:
    """Jaccard's coefficient, in whole numbers so that no engine rounds otherwise."""

    def below(percent: int) -> Callable[[Row, Row], bool]:
        def holds(a: Row, b: Row) -> bool:
            both = len(a.told.acts & b.told.acts)
            return 100 * both < percent * (len(a.told.acts) + len(b.told.acts) - both)

        return holds

    either = "(len_acts_l + len_acts_r - ss_both(acts_l, acts_r))"
    ladder, rest = _ladder(levels)
    cases: list[Case] = [
        ("unknown", "len_acts_l = 0 or len_acts_r = 0", lambda a, b: not a.told.acts or not b.told.acts)
    ]
    for name, least in ladder:
        percent = round(100 * least)
        cases.append((name, f"100 * ss_both(acts_l, acts_r) < {percent} * {either}", below(percent)))
    return Rule("acts", tuple(cases), rest)


def _victims(_: Levels, limits: Limits) -> Rule:
    slack = int(limits["count_slack"])

    def same(a: Row, b: Row) -> bool:
        return a.told.high is not None and (a.told.low, a.told.high) == (b.told.low, b.told.high)

    def meets(a: Row, b: Row) -> bool:
        return _meet((a.told.low, a.told.high), (b.told.low, b.told.high), 0)

    def close(a: Row, b: Row) -> bool:
        return _meet((a.told.low, a.told.high), (b.told.low, b.told.high), slack)

    return Rule(
        "victims",
        (
            ("unknown", "low_l < 0 or low_r < 0", lambda a, b: a.told.low is None or b.told.low is None),
            ("same", f"low_l = low_r and high_l = high_r and high_l < {ENDLESS}", same),
            ("meets", "low_l <= high_r and low_r <= high_l", meets),
            ("close", f"low_l <= high_r + {slack} and low_r <= high_l + {slack}", close),
        ),
        "differs",
    )


def _ages(_: Levels, limits: Limits) -> Rule:
    years = int(limits["age_years"])

    def unknown(a: Row, b: Row) -> bool:
        return a.told.age_low is None or b.told.age_low is None

    def meets(a: Row, b: Row) -> bool:
        return _meet((a.told.age_low, a.told.age_high), (b.told.age_low, b.told.age_high), years)

    return Rule(
        "ages",
        (
            ("unknown", "age_low_l < 0 or age_low_r < 0", unknown),
            ("meets", f"age_low_l <= age_high_r + {years} and age_low_r <= age_high_l + {years}", meets),
        ),
        "differs",
    )


def _meet(a: tuple[int | None, int | None], b: tuple[int | None, int | None], slack: int) -> bool:
    (low, high), (other_low, other_high) = ((x[0] or 0, ENDLESS if x[1] is None else x[1]) for x in (a, b))
    return low <= other_high + slack and other_low <= high + slack


def _sets(name: str, _: Levels) -> Rule:
    return Rule(
        name,
        (
            (
                "unknown",
                f"len_{name}_l = 0 or len_{name}_r = 0",
                lambda a, b: not getattr(a.told, name) or not getattr(b.told, name),
            ),
            (
                "shared",
                f"ss_any({name}_l, {name}_r)",
                lambda a, b: not getattr(a.told, name).isdisjoint(getattr(b.told, name)),
            ),
        ),
        "differ",
    )


def _details(levels: Levels, _: Limits) -> Rule:
    ladder, rest = _ladder(levels)
    cases: list[Case] = [
        ("unknown", "len_details_l = 0 or len_details_r = 0", lambda a, b: not a.told.details or not b.told.details)
    ]
    cases += [(name, f"ss_dot(details_l, details_r) < {least!r}", _below("details", least)) for name, least in ladder]
    return Rule("details", tuple(cases), rest)


def _rare(levels: Levels, _: Limits) -> Rule:
    ladder, rest = _ladder(levels)
    cases: list[Case] = [("unknown", "len_rare_l = 0 or len_rare_r = 0", lambda a, b: not a.rare or not b.rare)]
    cases += [(name, f"ss_dot(rare_l, rare_r) < {least!r}", _below("rare", least)) for name, least in ladder]
    return Rule("rare", tuple(cases), rest)


def _text(levels: Levels, _: Limits) -> Rule:
    """With few texts of a language common words look rare: only copies are believed."""
    ladder, copy = _ladder(levels)
    least = ladder[-1][1]
    cases: list[Case] = [
        (
            "not_comparable",
            f"language_l <> language_r or (scarce_l + scarce_r > 0 and ss_dot(words_l, words_r) < {least!r})",
            lambda a, b: (
                a.told.language != b.told.language or ((a.scarce or b.scarce) and cosine(a.words, b.words) < least)
            ),
        ),
    ]
    cases += [(name, f"ss_dot(words_l, words_r) < {bound!r}", _below("words", bound)) for name, bound in ladder]
    return Rule("text", tuple(cases), copy)


def _below(vector: str, least: float) -> Callable[[Row, Row], bool]:
    return lambda a, b: cosine(getattr(a, vector), getattr(b, vector)) < least


def _ladder(levels: Levels) -> tuple[list[tuple[str, float]], str]:
    """Measured levels from the lowest up, each with where the next begins; and the highest.

    From the bottom, because most pairs have little in common and an engine measures anew at each step.
    """
    measured = sorted((level.least, name) for name, level in levels.items() if level.least is not None)
    bottom = next(n for n, level in levels.items() if level.least is None and n not in {"unknown", "not_comparable"})
    names = [bottom, *(name for _, name in measured)]
    return [(names[n], least) for n, (least, _) in enumerate(measured)], names[-1]
