"""The measures. Each is defined in docs/accuracy.md; this is their only place in code."""

from __future__ import annotations

import datetime
import itertools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = dict[str, Any]
Days = tuple[int, int]

HAPPENED = ("incident", "arrest", "crossing", "detention")
YEAR_KNOWABLE = ("text", "published", "photo_caption")
ENDLESS = 10**9
WIDEST_DAYS = 62


class Overlap:
    """Micro-averaged precision, recall and F1 of sets."""

    def __init__(self) -> None:
        self.both = self.extra = self.missed = 0

    def add(self, gold: set[Any], said: set[Any]) -> None:
        self.both += len(gold & said)
        self.extra += len(said - gold)
        self.missed += len(gold - said)

    def result(self) -> Row:
        said, gold = self.both + self.extra, self.both + self.missed
        p = self.both / said if said else 0.0
        r = self.both / gold if gold else 0.0
        return {"p": round(p, 3), "r": round(r, 3), "f1": round(_harmonic(p, r), 3), "n": gold}


class Share:
    """How many of how many."""

    def __init__(self) -> None:
        self.right = self.count = 0

    def add(self, right: bool) -> None:
        self.right += bool(right)
        self.count += 1

    def result(self) -> Row:
        return {"share": round(self.right / self.count, 3) if self.count else None, "n": self.count}


def score(
    languages: Mapping[str, str],
    labels: Sequence[Row],
    predictions: Sequence[Row],
    near_misses: Sequence[tuple[str, str]] = (),
) -> Row:
    """`languages`: report id to language. `labels` and `predictions`: rows of id and incidents. A label that only says
    which incident its report tells of (`incident_id`) is scored for linking alone."""
    coded = {row["id"]: row["incidents"] for row in labels if "incidents" in row}
    gold = {row["id"]: row.get("incidents") or _told(row) for row in labels}
    said = {row["id"]: row["incidents"] for row in predictions}
    aligned = {rid: align(incidents, said.get(rid, [])) for rid, incidents in gold.items()}
    return {
        "reading": _reading(languages, coded, said, aligned),
        "false_corroborated": sum(
            _verdict(p) == "yes" and _verdict(g) == "no" for _, g, p in _pairs(gold, said, aligned)
        ),
        "manufactured": _manufactured(coded, said, aligned),
        "linking": _linking(gold, said, aligned, near_misses),
    }


def _told(row: Row) -> list[Row]:
    return [{"incident_id": row["incident_id"]}] if row.get("incident_id") and "incidents" not in row else []


def align(gold: Sequence[Row], said: Sequence[Row]) -> dict[int, int]:
    """Gold index to predicted index, greedily by act Jaccard, plus one where the dates overlap; the first to the first
    where a label codes nothing."""
    if [x.keys() for x in gold] == [{"incident_id"}]:
        return {0: 0} if said else {}
    scores: dict[tuple[int, int], float] = {}
    for (g, x), (p, y) in itertools.product(enumerate(gold), enumerate(said)):
        a, b = set(x.get("acts") or []), set(y.get("acts") or [])
        jaccard = len(a & b) / len(a | b) if a | b else 0.0
        scores[g, p] = jaccard + (1.0 if _meets(days(x.get("date")), days(y.get("date"))) else 0.0)
    found: dict[int, int] = {}
    for (g, p), value in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if value > 0 and g not in found and p not in found.values():
            found[g] = p
    return found


def days(date: object) -> Days | None:
    """First and last day of an EDTF date or interval, as ordinals; None where it has no full year."""
    if not isinstance(date, str) or not date:
        return None
    first, _, last = date.partition("/")
    try:
        low, high = _bounds(first), _bounds(last or first)
    except ValueError:
        return None
    return (low[0], high[1]) if low and high else None


def _bounds(date: str) -> Days | None:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.sub(r"[~?%]", "", date).strip())
    if match is None:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    first = datetime.date(year, int(month or 1), int(day or 1))
    if day:
        last = first
    elif month:
        last = datetime.date(year + int(month) // 12, int(month) % 12 + 1, 1) - datetime.timedelta(days=1)
    else:
        last = datetime.date(year, 12, 31)
    return first.toordinal(), last.toordinal()


def place_key(canonical: str) -> tuple[str, str] | None:
    """(what a place is counted as: county, city, river or province; its province)."""
    parts = [part for part in map(_fold, canonical.split(",")) if part]
    if not parts:
        return None
    while len(parts) > 1 and re.search(r"(-dong|-ri| district|namyang)$", parts[0]):
        parts.pop(0)
    provinces = [p for p in parts if "province" in p]
    province = next((p for p in provinces if p is not parts[0]), provinces[0] if provinces else "")
    return _spelling(re.sub(r" (county|city|prefecture)$", "", parts[0])), _spelling(province)


def _fold(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9 -]", "", re.sub(r"\(.*?\)", "", plain)).strip()


def _spelling(name: str) -> str:
    return name.replace("phyong", "pyong").replace("yanggang", "ryanggang").replace("rryanggang", "ryanggang")


def _reading(
    languages: Mapping[str, str],
    gold: Mapping[str, list[Row]],
    said: Mapping[str, list[Row]],
    aligned: Mapping[str, dict[int, int]],
) -> Row:
    sets: dict[str, dict[str, Overlap]] = defaultdict(lambda: defaultdict(Overlap))
    shares: dict[str, dict[str, Share]] = defaultdict(lambda: defaultdict(Share))
    for rid, incidents in gold.items():
        for language in (languages[rid], "all"):
            _add_sets(sets[language], incidents, said.get(rid, []))
            for g, incident in enumerate(incidents):
                p = aligned[rid].get(g)
                _add_shares(shares[language], incident, {} if p is None else said[rid][p])
    return {
        language: {name: measure.result() for name, measure in sorted(sets[language].items())}
        | {name: share.result() for name, share in sorted(shares[language].items())}
        for language in sorted(sets)
    }


def _add_sets(sets: Mapping[str, Overlap], gold: list[Row], said: list[Row]) -> None:
    sets["acts"].add(_values(gold, "acts"), _values(said, "acts"))
    unknown = {"unknown"}
    sets["perpetrators"].add(_values(gold, "perpetrator_orgs") - unknown, _values(said, "perpetrator_orgs") - unknown)
    sets["places"].add(_places(gold), _places(said))
    sets["money"].add(_money(gold), _money(said))


def _add_shares(shares: Mapping[str, Share], gold: Row, said: Row) -> None:
    wanted = days(gold.get("date"))
    if wanted and gold.get("year_basis") in YEAR_KNOWABLE:
        found = days(said.get("date"))
        narrow = found is not None and found[1] - found[0] <= max(WIDEST_DAYS, 3 * (wanted[1] - wanted[0]))
        shares["dates"].add(_meets(wanted, found) and narrow)
    victims = gold.get("victims") or {}
    if victims.get("count_min") is not None or victims.get("count_max") is not None:
        shares["victims"].add(_count_agrees(victims, said.get("victims") or {}))
    shares["sources"].add(said.get("n_distinct_sources") == gold["n_distinct_sources"])
    shares["corroboration"].add(_verdict(said) == _verdict(gold))
    ranked = said.get("modus_ranked") or ([said["modus"]] if said.get("modus") else [])
    shares["modus_top1"].add(ranked[:1] == [gold["modus"]])
    shares["modus_top3"].add(gold["modus"] in ranked[:3])
    shares["patterns"].add(bool(said) and bool(said.get("is_pattern")) == bool(gold.get("is_pattern")))


def _manufactured(
    gold: Mapping[str, list[Row]], said: Mapping[str, list[Row]], aligned: Mapping[str, dict[int, int]]
) -> Row:
    """By gold incident id; a predicted incident that answers to none is a mistake of its own."""
    true: dict[str, bool] = defaultdict(bool)
    found: dict[str, bool] = defaultdict(bool)
    for _, g, p in _pairs(gold, said, aligned):
        true[g["incident_id"]] |= g["manufactured_defection"] != "no"
        found[g["incident_id"]] |= p.get("manufactured_defection", "no") != "no"
    for rid, incidents in said.items():
        used = set(aligned.get(rid, {}).values())
        for number, incident in enumerate(incidents):
            if number not in used and incident.get("manufactured_defection", "no") != "no":
                found[f"none {rid} {number}"] = True
    right = sum(true[i] and found[i] for i in set(true) | set(found))
    named, real = sum(found.values()), sum(true.values())
    return {
        "p": round(right / named, 3) if named else None,
        "r": round(right / real, 3) if real else None,
        "gold": real,
        "predicted": named,
    }


def _linking(
    gold: Mapping[str, list[Row]],
    said: Mapping[str, list[Row]],
    aligned: Mapping[str, dict[int, int]],
    near_misses: Sequence[tuple[str, str]],
) -> Row:
    in_gold = {rid: _ids(incidents) for rid, incidents in gold.items()}
    in_said = {rid: _ids(said.get(rid, [])) for rid in gold}
    pairwise = Overlap()
    for a, b in itertools.combinations(sorted(gold), 2):
        one = {(a, b)}
        pairwise.add(one if in_gold[a] & in_gold[b] else set(), one if in_said[a] & in_said[b] else set())
    members: list[tuple[str, str]] = []
    where: dict[str, set[str]] = defaultdict(set)
    for key, g, p in _pairs(gold, said, aligned):
        cluster = p.get("incident_id") or f"none {key}"
        where[g["incident_id"]].add(cluster)
        if not g.get("is_pattern"):
            members.append((g["incident_id"], cluster))
    return {
        "pairwise": pairwise.result(),
        "b_cubed": _b_cubed(members),
        "near_misses_linked": [f"{a}~{b}" for a, b in near_misses if where[a] & where[b]],
    }


def _b_cubed(members: Sequence[tuple[str, str]]) -> Row:
    """Bagga and Baldwin 1998, over (gold cluster, predicted cluster) of each item."""
    golds, saids, boths = Counter(g for g, _ in members), Counter(p for _, p in members), Counter(members)
    total = len(members) or 1
    p = sum(n * n / saids[said] for (_, said), n in boths.items()) / total
    r = sum(n * n / golds[gold] for (gold, _), n in boths.items()) / total
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(_harmonic(p, r), 3)}


def _pairs(
    gold: Mapping[str, list[Row]], said: Mapping[str, list[Row]], aligned: Mapping[str, dict[int, int]]
) -> Iterable[tuple[str, Row, Row]]:
    """(a key of its own, gold incident, aligned prediction or {})."""
    for rid, incidents in gold.items():
        for g, incident in enumerate(incidents):
            p = aligned[rid].get(g)
            yield f"{rid} {g}", incident, {} if p is None else said[rid][p]


def _values(incidents: Iterable[Row], field: str) -> set[Any]:
    return {value for incident in incidents for value in incident.get(field) or []}


def _places(incidents: Iterable[Row]) -> set[str]:
    keys = {
        key
        for incident in incidents
        for place in incident.get("places") or []
        if str(place.get("role", "")).startswith(HAPPENED)
        and place.get("canonical")
        and not place["canonical"].startswith("(")
        and (key := place_key(place["canonical"])) is not None
    }
    covered = {province for key, province in keys if "province" not in key}
    return {key for key, _ in keys if not ("province" in key and key in covered)}


def _money(incidents: Iterable[Row]) -> set[tuple[float, str]]:
    return {
        (float(sum_["amount"]), sum_["currency"])
        for incident in incidents
        for sum_ in incident.get("money") or []
        if sum_.get("amount") is not None and sum_.get("currency")
    }


def _ids(incidents: Iterable[Row]) -> set[str]:
    return {i["incident_id"] for i in incidents if i.get("incident_id") and not i.get("is_pattern")}


def _count_agrees(gold: Row, said: Row) -> bool:
    if said.get("count_min") is None and said.get("count_max") is None:
        return False
    g, p = _range(gold), _range(said)
    return p[0] <= g[1] and g[0] <= p[1] and p[1] - p[0] <= g[1] - g[0] + 1


def _range(count: Row) -> tuple[int, int]:
    low, high = count.get("count_min"), count.get("count_max")
    return (0 if low is None else low, ENDLESS if high is None else high)


def _verdict(incident: Row) -> object:
    value = incident.get("independent_corroboration")
    return value.get("value") if isinstance(value, dict) else value


def _meets(a: Days | None, b: Days | None) -> bool:
    return a is not None and b is not None and a[0] <= b[1] and b[0] <= a[1]


def _harmonic(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0
