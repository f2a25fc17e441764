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
    | {"eldest_son", "younger_son", "eldest_daughter", "younger_daughter", "household_head", "family"}
)
ANYONE = frozenset(
    {"woman", "man", "youth", "elder", "resident", "person", "neighbour", "victim", "group", "defector", "prisoner"}
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
    "officer": "border_guard",
    "police_officer": "agent",
    "official": "agent",
}
"""Roles that one person can be called by both of: the left one is a kind of the right one."""
_SAME = ({"son", "child", "eldest_son"}, {"son", "child", "younger_son"}, {"daughter", "child", "eldest_daughter"}) + (
    {"daughter", "child", "younger_daughter"},
    {"parent", "mother"},
    {"parent", "father"},
    {"partner", "wife"},
    {"partner", "husband"},
)
_OF_TWO = {"couple": {"husband", "wife", "man", "woman"}, "parents": {"mother", "father", "parent"}}


def merge(mentions: Iterable[PeopleMention]) -> Count:
    """The number of people that these mentions stand for together; both ends None where there is none.

    Mentions of one incident, in the order of the text. Numbers of a whole ("the three", 計3人) and of a
    family ("a family of four") outrank sums; "family" alone is two or more.
    """
    distinct = list({(m.span.start, m.span.end): m for m in mentions}.values())
    if not distinct:
        return Count()
    wholes = [m for m in distinct if m.scope == "all" and m.count_min]
    more = [m for m in distinct if m.scope == "more"]
    rest = [m for m in distinct if m.scope in {"new", "part"}]
    parts = [_of(component) for component in _components(rest)]
    low = sum(part[0] for part in parts)
    high = _sum(part[1] for part in parts)
    whole = max(wholes, key=lambda m: m.count_min or 0, default=None)
    if whole is not None and (whole.count_min or 0) >= low:
        low, high = whole.count_min or 0, whole.count_max
    elif whole is not None and high is None and whole.count_max is not None and whole.count_max > 1:
        high = max(low, whole.count_max)
    for mention in _unlike(more):
        low += mention.count_min or 1
        high = None if high is None or mention.count_max is None else high + mention.count_max
    return Count(low=low, high=high)


def _components(mentions: Sequence[PeopleMention]) -> list[list[PeopleMention]]:
    """Kin and people of no stated role are counted together, every role by itself."""
    found: dict[str, list[PeopleMention]] = {}
    for mention in mentions:
        roles = _roles(mention)
        found.setdefault(min(roles) if roles else "", []).append(mention)
    plain = found.get("", [])
    for role, members in found.items():
        single = [m for m in members if _one(m)]
        if role and len(plain) == 1 and _one(plain[0]) and single and all(same(plain[0], m) for m in single):
            return [[*plain, *members] if r == role else ms for r, ms in found.items() if r]
    return list(found.values())


def _roles(mention: PeopleMention) -> set[str]:
    return {ROLES.get(code, code) for code in mention.relations if code not in KIN and code not in ANYONE}


def _one(mention: PeopleMention) -> bool:
    return mention.count_min in {None, 1} and mention.count_max == 1


def _of(mentions: Sequence[PeopleMention]) -> tuple[int, int | None]:
    """Least and most people of one component."""
    people = _unlike([m for m in mentions if _one(m) and m.scope == "new"])
    groups = [m for m in mentions if not _one(m)]
    numbered = [m for m in groups if m.count_max is not None and m.scope == "new"]
    pieces = {m.count_min: m for m in mentions if m.scope == "part" and m.count_min}
    named = len(people)
    if any("family" in m.relations for m in numbered):
        biggest = max((m for m in numbered if "family" in m.relations), key=lambda m: m.count_min or 0)
        return max(biggest.count_min or 0, 1), biggest.count_max
    low, high = _groups(numbered, people)
    if pieces and not numbered and not named:
        return sum(pieces), _sum(m.count_max for m in pieces.values())
    loose = [m for m in groups if m.count_max is None]
    if loose:
        least = max((m.count_min or 1 for m in loose), default=0)
        family = all("family" in m.relations or m.scope == "part" for m in loose)
        enumerated = low if family and sum(1 for m in mentions if KIN & set(m.relations)) > 2 and low > 1 else None
        return max(low, least), enumerated
    return max(low, 1), None if high is None else max(high, 1)


def _groups(groups: Sequence[PeopleMention], people: Sequence[PeopleMention]) -> tuple[int, int | None]:
    """Groups with a number, and the people who are in none of them."""
    kinds: dict[frozenset[str], tuple[int, int | None]] = {}
    for group in groups:
        key = frozenset(group.relations) - {"person", "victim", "group", "resident", "defector"}
        low, high = kinds.get(key, (0, 0))
        most = None if high is None or group.count_max is None else max(high, group.count_max)
        kinds[key] = (max(low, group.count_min or 0), most)
    general = kinds.pop(frozenset(), None)
    held = [p for p in people if any(_holds(g, p) for g in groups)]
    least = sum(low for low, _ in kinds.values())
    most = _sum(high for _, high in kinds.values())
    if general is not None:
        held = [p for p in people if not _roles(p) or not KIN & set(p.relations)]
        least = max(least, general[0], len(held) if least == 0 else 0)
        most = None if most is None or general[1] is None else max(most, general[1], least)
    outside = len(people) - len(held)
    return least + outside, None if most is None else most + outside


def _holds(group: PeopleMention, person: PeopleMention) -> bool:
    """Whether somebody named alone can be one of a group."""
    codes = set(person.relations)
    for code, members in _OF_TWO.items():
        if code in group.relations:
            return bool(codes & members)
    if set(group.relations) & codes:
        return True
    return not codes & KIN and (not person.sex or not group.sex or person.sex == group.sex) and not _roles(person)


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
    kin_a, kin_b = KIN & set(a.relations), KIN & set(b.relations)
    if kin_a and kin_b:
        both = kin_a | kin_b
        return bool(kin_a & kin_b) or any(both <= alike for alike in _SAME)
    roles_a, roles_b = _roles(a), _roles(b)
    if roles_a and roles_b:
        return bool(roles_a & roles_b)
    return not (kin_a and roles_b or kin_b and roles_a)


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
