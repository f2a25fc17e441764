"""How many people several mentions stand for together, as a careful reader would count them.

One person named twice is one person; a family holds its wife and son; a number that is said outranks a
sum that has to be made. Pure functions of the mentions: nothing is known here of texts or packs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from secondsource.model import Count, PeopleMention

KIN = frozenset(
    {"wife", "husband", "son", "daughter", "child", "mother", "father", "parent", "parents", "couple", "brother"}
    | {"sister", "siblings", "grandmother", "grandfather", "grandchild", "partner", "relative", "family_member"}
    | {
        "eldest_son",
        "younger_son",
        "eldest_daughter",
        "younger_daughter",
        "household_head",
        "family",
        "parent_and_child",
        "two_siblings",
        "younger_sibling",
    }
)
ANYONE = frozenset(
    {
        "woman",
        "man",
        "youth",
        "teenager",
        "elder",
        "resident",
        "person",
        "neighbour",
        "victim",
        "group",
        "defector",
        "prisoner",
    }
    | {"defector_family", "trader", "worker", "student"}
)
"""Words that may stand for anybody: a woman can be the wife, the broker or the resident."""
ROLES = {
    "remittance_broker": "broker",
    "phone_broker": "broker",
    "guide": "broker",
    "smuggler": "broker",
    "trafficker": "broker",
    "platoon": "border_guard",
    "squad": "border_guard",
    "soldier": "border_guard",
    "officer": "official",
}
"""Roles that one person can be called by both of: the left one is a kind of the right one."""
ARMED = ("agent", "police_officer", "border_guard")
"""Whom "the officer" or "the official" may be."""
_SAME = (
    {"son", "child", "eldest_son"},
    {"son", "child", "younger_son"},
    {"daughter", "child", "eldest_daughter"},
    {"daughter", "child", "younger_daughter"},
    {"parent", "mother"},
    {"parent", "father"},
    {"partner", "wife"},
    {"partner", "husband"},
)
_LED = frozenset({"soldier", "border_guard"})
"""Whom an officer leads."""
_SIBLINGS = frozenset({"siblings", "two_siblings"})
EACH_OF_THEM = frozenset({"brother", "sister", "younger_sibling"})
"""Who of two siblings is told of alone afterwards: "the brothers ... the elder brother"."""
_SIDE = 6
"""Characters between two people who are named side by side."""
_APART = 24
"""Characters between two people whom "and" joins, with what is said of the second."""
_VAGUE = {"person", "victim", "group", "resident", "defector", "prisoner"}
_OF_TWO = {
    "couple": {"husband", "wife", "man", "woman"},
    "parents": {"mother", "father", "parent"},
    "two_siblings": {"brother", "sister", "younger_sibling", "man", "woman"},
    "parent_and_child": {"mother", "father", "parent", "son", "daughter", "child", "man", "woman"},
}


def merge(mentions: Iterable[PeopleMention]) -> Count:
    """The number of people that these mentions stand for together; both ends None where there is none.

    Mentions of one incident, in the order of the text. Numbers of a whole ("the three", 計3人) and of a
    family ("a family of four") outrank sums; "family" alone is two or more; plurals without a number
    ("residents") give way to people who are counted or named.
    """
    distinct = list({(m.span.start, m.span.end): m for m in mentions}.values())
    wholes = [m for m in distinct if m.scope == "all" and m.count_min]
    counted = [m for m in distinct if m.scope == "new" and not _loose(m)] + wholes
    if any(m.relations for m in distinct):
        wholes += [m for m in distinct if m.scope == "new" and _number_alone(m)]
    parts_alone = [m for m in distinct if m.scope == "part" and m.count_min and not m.relations]
    pieces = {m.count_min: m for m in parts_alone}
    told = [m for m in distinct if m.scope in {"new", "part"} and m not in [*parts_alone, *wholes]]
    components = _components(_firm(told))
    parts = [_of(component) for component in components]
    if not counted and pieces:
        parts.append((sum(m.count_min or 0 for m in pieces.values()), _sum(m.count_max for m in pieces.values())))
    if not parts and not wholes:
        return Count()
    low, high = sum(part[0] for part in parts), _sum(part[1] for part in parts)
    whole = max(wholes, key=lambda m: m.count_min or 0, default=None)
    if whole is not None and (whole.count_min or 0) >= low:
        low, high = whole.count_min or 0, whole.count_max
    for mention in _unlike([m for m in distinct if m.scope == "more" and not _loose(m)]):
        low += mention.count_min or 1
        high = None if high is None or mention.count_max is None else high + mention.count_max
    return Count(low=low, high=high)


def _number_alone(mention: PeopleMention) -> bool:
    """Two or more people of whom nothing but their number is said."""
    return not mention.relations and not mention.name and 1 < (mention.count_min or 0) == mention.count_max


def _loose(mention: PeopleMention) -> bool:
    """A plural or mass without a number, of people of no stated role or kin."""
    return _open(mention) and not _roles(mention) and "family" not in mention.relations


def _firm(mentions: list[PeopleMention]) -> list[PeopleMention]:
    firm = [m for m in mentions if not _loose(m)]
    if any(EACH_OF_THEM & set(m.relations) for m in firm):
        firm = [m for m in mentions if not _loose(m) or _SIBLINGS & set(m.relations)]
    return firm or mentions


def _components(mentions: Sequence[PeopleMention]) -> list[list[PeopleMention]]:
    """Kin and people of no stated role are counted together, every role by itself."""
    found: dict[str, list[PeopleMention]] = {}
    for mention in mentions:
        roles = _roles(mention)
        found.setdefault(min(roles) if roles else "", []).append(mention)
    armed = next((role for role in ARMED if role in found), None)
    if armed and "official" in found:
        found[armed] += found.pop("official")
    plain = found.get("", [])
    people = _unlike(plain)
    if plain and len(people) == 1 and all(_one(m) for m in plain):
        for role, members in found.items():
            if role and all(_one(m) and same(people[0], m) for m in members):
                members.extend(found.pop(""))
                break
    return list(found.values())


def _roles(mention: PeopleMention) -> set[str]:
    return {ROLES.get(code, code) for code in mention.relations if code not in KIN and code not in ANYONE}


def _one(mention: PeopleMention) -> bool:
    return mention.count_min in {None, 1} and mention.count_max == 1


def _of(mentions: Sequence[PeopleMention]) -> tuple[int, int | None]:
    """Least and most people of one component."""
    people = _unlike([m for m in mentions if _one(m)])
    groups = [m for m in mentions if not _one(m)]
    numbered = [m for m in groups if not _open(m)]
    family = [m for m in numbered if "family" in m.relations]
    if family:
        bare = [m for m in numbered if not m.relations]
        biggest = max([*family, *bare], key=lambda m: m.count_min or 0)
        return biggest.count_min or 2, biggest.count_max
    siblings = any(_SIBLINGS & set(m.relations) for m in groups)
    each = [p for p in people if EACH_OF_THEM & set(p.relations)] if siblings else []
    if any(not KIN & set(m.relations) or _SIBLINGS & set(m.relations) for m in numbered):
        people = [p for p in people if p not in each]
    low, high = _groups(numbered, people) if numbered else (len(people), len(people))
    masses = [m for m in groups if _open(m) and not (each and _SIBLINGS & set(m.relations))]
    if each and not numbered:
        low, high = max(low, 2), max(low, 2)
    if masses and not (numbered and all(_holds(m, n) for m in masses for n in numbered)):
        only_family = all("family" in m.relations for m in masses)
        if only_family and low > 2:
            return low, high
        return max(low, *(m.count_min or 1 for m in masses)), None
    return max(low, 1), None if high is None else max(high, 1)


def _open(group: PeopleMention) -> bool:
    """A plural without a number: "guards", 가족."""
    return group.count_max is None and (group.count_min or 0) <= 2


def _groups(groups: Sequence[PeopleMention], people: Sequence[PeopleMention]) -> tuple[int, int | None]:
    """Groups with a number, and the people who are in none of them."""
    kinds: dict[frozenset[str], PeopleMention] = {}
    for group in groups:
        key = frozenset(_roles(group) or set(group.relations) - _VAGUE)
        known = kinds.get(key)
        if known is None or _better(group, known):
            kinds[key] = group
    general = kinds.pop(frozenset(), None)
    if general is not None and general.count_max is not None:
        beside = sum(_joined_by_and(general, p) and p.span.start < general.span.start for p in people)
        general = general.model_copy(
            update={"count_min": (general.count_min or 0) + beside, "count_max": general.count_max + beside}
        )
    low, high = sum(g.count_min or 0 for g in kinds.values()), _sum(g.count_max for g in kinds.values())
    held = [p for p in people if any(_holds(g, p) and not _and_more(p, g) for g in kinds.values())]
    outside = len(people) - len(held)
    low, high = low + outside, None if high is None else high + outside
    if general is not None and (general.count_min or 0) >= low:
        return general.count_min or 0, general.count_max
    return low, high


def _and_more(person: PeopleMention, group: PeopleMention) -> bool:
    """True of "an officer and two agents": those counted right after somebody of a role come on top of him."""
    near = 0 <= group.span.start - person.span.end <= _SIDE
    return near and bool(_roles(person)) and bool(_roles(group))


def _better(new: PeopleMention, known: PeopleMention) -> bool:
    """A number said exactly is better than a range; of two, the larger one holds the other."""
    exact_new, exact_known = new.count_min == new.count_max, known.count_min == known.count_max
    if exact_new != exact_known:
        return exact_new
    return (new.count_min or 0) > (known.count_min or 0)


def _holds(group: PeopleMention, person: PeopleMention) -> bool:
    """Whether somebody named alone can be one of a group."""
    if _joined_by_and(group, person):
        return False
    codes = set(person.relations)
    for code, members in _OF_TWO.items():
        if code in group.relations:
            return bool(codes & members)
    if set(group.relations) & codes:
        return True
    if _roles(person):
        return bool(_roles(group)) and not _leads(person, group)
    return not codes & KIN and (not person.sex or not group.sex or person.sex == group.sex)


def _leads(person: PeopleMention, group: PeopleMention) -> bool:
    """True of "the captain and six soldiers": an officer named before his men is none of them."""
    officer = "officer" in person.relations and "officer" not in group.relations
    return officer and person.span.start < group.span.start and bool(_LED & set(group.relations))


def _unlike(mentions: Sequence[PeopleMention]) -> list[PeopleMention]:
    """One mention for each person: later mentions that can be somebody named before are left out."""
    found: list[PeopleMention] = []
    for mention in mentions:
        for i, known in enumerate(found):
            if same(known, mention):
                found[i] = _joined(known, mention)
                break
        else:
            found.append(mention)
    return found


def same(a: PeopleMention, b: PeopleMention) -> bool:
    """Whether two mentions of one person each can be of the same person: nothing said speaks against it."""
    if a.name and b.name:
        return a.name.split()[0] == b.name.split()[0] and not (a.sex and b.sex and a.sex != b.sex)
    if a.sex and b.sex and a.sex != b.sex:
        return False
    if not _meet((a.age_min, a.age_max), (b.age_min, b.age_max)):
        return False
    if _side_by_side(a, b):
        return False
    kin_a, kin_b = KIN & set(a.relations), KIN & set(b.relations)
    if kin_a and kin_b:
        both = kin_a | kin_b
        return bool(kin_a & kin_b) or any(both <= alike for alike in _SAME)
    roles_a, roles_b = _roles(a), _roles(b)
    if roles_a and roles_b:
        return bool(roles_a & roles_b) or ("official" in roles_a | roles_b and bool(set(ARMED) & (roles_a | roles_b)))
    return not (kin_a and roles_b) and not (kin_b and roles_a)


def _joined_by_and(a: PeopleMention, b: PeopleMention) -> bool:
    a, b = sorted((a, b), key=lambda m: m.span.start)
    return b.apart and 0 <= b.span.start - a.span.end <= _APART


def _side_by_side(a: PeopleMention, b: PeopleMention) -> bool:
    """True of "a woman and her mother": kin named right after somebody is somebody else."""
    if _joined_by_and(a, b):
        return True
    a, b = sorted((a, b), key=lambda m: m.span.start)
    near = 0 <= b.span.start - a.span.end <= _SIDE
    return near and bool(ANYONE & set(a.relations)) and not KIN & set(a.relations) and bool(KIN & set(b.relations))


def _joined(a: PeopleMention, b: PeopleMention) -> PeopleMention:
    return a.model_copy(
        update={
            "name": a.name or b.name,
            "sex": a.sex or b.sex,
            "age_min": a.age_min if a.age_min is not None else b.age_min,
            "age_max": a.age_max if a.age_max is not None else b.age_max,
            "relations": tuple(dict.fromkeys((*a.relations, *b.relations))),
        }
    )


def _meet(a: tuple[int | None, int | None], b: tuple[int | None, int | None]) -> bool:
    return (a[0] is None or b[1] is None or a[0] <= b[1]) and (b[0] is None or a[1] is None or b[0] <= a[1])


def _sum(numbers: Iterable[int | None]) -> int | None:
    total = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total
