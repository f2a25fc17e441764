"""One report's claims, put together into what it tells of each incident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from statistics import fmean
from typing import Literal

from secondsource import edtf
from secondsource.model import (
    HAPPENED,
    Account,
    Claim,
    Modality,
    PeopleMention,
    PlaceMention,
    Reading,
    SumMention,
    content_id,
)
from secondsource.packs import Pack
from secondsource.people_count import ANYONE, merge

Basis = Literal["text", "published", "unknown"]
_MANY = 10
_UNREAL = frozenset({Modality.PLANNED, Modality.DENIED})
_KILLED = "0101"
"""What violates the right to life, in HURIDOCS list 4."""
_SENT_AWAY = "33"
"""Deportation and banishment, in the same: what comes of an arrest."""
_MONTH = 31
_SEASON = 92
"""Days; who knows it no nearer does not speak of one occasion."""
_VAGUE = 62
"""Days; a longer time is rather that of a background."""


def accounts(reading: Reading, pack: Pack) -> list[Account]:
    """The report's incidents in the order in which they are told, and the practice that it tells of at some length.

    Denied and merely planned acts make no incident of their own, and what is only recalled of other cases is left out.
    Where nothing makes an incident and the pack groups reports by text, the report as a whole, without claims.
    """
    told = [c for c in reading.claims if c.modality is not Modality.DENIED and not c.background]
    episodes: dict[int, list[Claim]] = {}
    for claim in told:
        if not claim.practice:
            episodes.setdefault(claim.episode, []).append(claim)
    incidents = [
        claims
        for claims in episodes.values()
        if any(pack.acts[c.act].core and c.modality is not Modality.PLANNED for c in claims)
    ]
    practices = [c for c in told if c.practice]
    if _own_matter(told, pack):
        incidents = [claims for claims in incidents if _one_occasion(claims, pack)]
    elif incidents:
        practices = []
    single = len(incidents) + bool(practices) == 1
    found = [_account(reading, claims, pack, practice=False, single=single) for claims in incidents]
    if practices:
        if not incidents:
            practices += [c for c in told if not c.practice and c not in practices]
        found.append(_account(reading, practices, pack, practice=True, single=single))
    if not found and pack.linking.stories is not None:
        return [_story(reading, pack)]
    return sorted(found, key=lambda account: min(c.trigger.start for c in account.claims))


def _story(reading: Reading, pack: Pack) -> Account:
    """The whole report, where nothing in it makes an incident: what it tells is for its reader to say."""
    return Account(
        id=content_id("a", reading.report_id),
        report_id=reading.report_id,
        claims=(),
        voices=reading.voices,
        details=_details(reading, pack),
    )


def _own_matter(told: Sequence[Claim], pack: Pack) -> bool:
    """Whether a practice is what the report is about: it opens with it, and tells of it before what happened once.

    What usually happens, told after an incident, is its background.
    """
    places = {start: place for place, start in enumerate(sorted({c.span.start for c in told}))}
    core = [c for c in told if pack.acts[c.act].core and c.modality is not Modality.PLANNED]
    usual = {places[c.span.start] for c in core if c.practice}
    once = {places[c.span.start] for c in core if not c.practice}
    if not usual or not once:
        return bool(usual)
    general = {places[c.span.start] for c in told if c.practice}
    return min(general) <= (len(general) > 1) and (len(usual) > len(once) or fmean(usual) < fmean(once))


def _one_occasion(claims: Sequence[Claim], pack: Pack) -> bool:
    """Whether these are of one occasion: somebody knows when it was."""
    core = [c for c in claims if pack.acts[c.act].core and c.modality not in _UNREAL]
    return any(c.when and _days(c.when.edtf) <= _SEASON for c in core)


def _account(reading: Reading, claims: Sequence[Claim], pack: Pack, *, practice: bool, single: bool) -> Account:
    cited = {c.voice for c in claims}
    core = [c for c in claims if pack.acts[c.act].core] or list(claims)
    when, basis = _when(core, claims, pack)
    victims = _harmed(claims, pack)
    ages = [(p.age_min, p.age_max) for p in victims if p.age_min is not None]
    return Account(
        id=content_id("a", reading.report_id, min(c.id for c in claims)),
        report_id=reading.report_id,
        claims=tuple(claims),
        voices=tuple(v for v in reading.voices if single or v.id in cited),
        practice=practice,
        acts=_by_frequency(c.act for c in claims if c.modality is not Modality.PLANNED),
        perpetrators=_by_frequency(m.org for c in claims for m in c.perpetrators),
        relations=_by_frequency(r for p in victims for r in p.relations),
        victims=merge(victims),
        age_min=min((low for low, _ in ages if low is not None), default=None),
        age_max=max((high for _, high in ages if high is not None), default=None),
        places=_places(claims),
        when=when,
        when_basis=basis,
        sums=_sums(claims),
        details=_details(reading, pack),
    )


def _harmed(claims: Sequence[Claim], pack: Pack) -> list[PeopleMention]:
    """Whom the acts befell; those of acts that make no incident by themselves only where no other says it."""
    befell = [
        c for c in claims if c.victims and c.modality not in _UNREAL and pack.acts[c.act].kind in {"harm", "attempt"}
    ]
    telling = [c for c in befell if pack.acts[c.act].core] or befell
    harmed = [p for c in telling if pack.acts[c.act].kind == "harm" for p in c.victims]
    tried = [p for c in telling if pack.acts[c.act].kind == "attempt" for p in c.victims]
    return harmed + [p for p in tried if not harmed or _company(p)]


def _company(people: PeopleMention) -> bool:
    """Those who went together, of whom some may not have been caught; not the many whom somebody has ever helped
    across, nor somebody who merely takes part in the telling of it."""
    crowd = (people.count_min or 0) >= _MANY and set(people.relations) <= ANYONE
    return not crowd and (people.count_min or 0) > 1


def _by_frequency(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for code, _ in sorted(Counter(codes).items(), key=lambda item: (-item[1], item[0])))


def _when(core: Sequence[Claim], claims: Sequence[Claim], pack: Pack) -> tuple[str | None, Basis]:
    """The first date that what was done has, made narrower by those that lie in it.

    Of what was done a death counts first; what was done or tried goes before what led to it or followed, and a
    month before a vaguer time.
    """
    stated = [c for c in core if c.modality not in _UNREAL]
    dated = [c for c in stated if c.when] or [c for c in claims if c.when]
    if not dated:
        return None, "unknown"
    ranks = [_rank(c, pack) for c in dated]
    best = [c.when for c, rank in zip(dated, ranks, strict=True) if rank == max(ranks) and c.when]
    when = best[0].edtf
    for other in best[1:]:
        if edtf.overlap(when, other.edtf):
            when = edtf.intersect(when, other.edtf) or when
    return when, best[0].basis


def _rank(claim: Claim, pack: Pack) -> int:
    act = pack.acts[claim.act]
    done = act.kind in {"harm", "attempt"}
    fatal = any(code.startswith(_KILLED) for code in act.huridocs)
    after = any(code.startswith(_SENT_AWAY) for code in act.huridocs)
    return fatal + done - after + (claim.when is not None and _days(claim.when.edtf) <= _VAGUE)


def _days(when: str) -> int:
    interval = edtf.parse(when)
    if interval.earliest is None or interval.latest is None:
        return _VAGUE + 1
    return (interval.latest - interval.earliest).days


def _places(claims: Sequence[Claim]) -> tuple[PlaceMention, ...]:
    found: dict[str, PlaceMention] = {}
    for claim in claims:
        for mention in claim.places:
            if mention.role in HAPPENED:
                found.setdefault(mention.place, mention)
    return tuple(found.values())


def _sums(claims: Sequence[Claim]) -> tuple[SumMention, ...]:
    found: dict[tuple[float, str], SumMention] = {}
    for claim in claims:
        for mention in claim.sums:
            found.setdefault((mention.amount, mention.currency), mention)
    return tuple(found.values())


def _details(reading: Reading, pack: Pack) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for mention in reading.mentions:
        match mention.kind:
            case "place":
                found[f"place:{mention.place}"] = None
                towns = (p for p in pack.within(mention.place) if pack.places[p].kind in {"county", "city"})
                found.update(dict.fromkeys(f"place:{town}" for town in towns))
            case "org":
                found[f"org:{mention.org}"] = None
            case "sum":
                found[f"sum:{mention.amount:g} {mention.currency}"] = None
            case "time":
                found[f"time:{mention.edtf.replace('XXXX-', '')[-21:]}"] = None
                found.update(dict.fromkeys(f"third:{third}" for third in thirds(mention.edtf)))
            case "people":
                found.update(dict.fromkeys(f"relation:{r}" for r in mention.relations))
                if mention.age_min is not None:
                    found[f"age:{mention.age_min // 10}0s"] = None
                if mention.count_min is not None and mention.count_min > 1:
                    found[f"count:{mention.count_min}"] = None
    for claim in reading.claims:
        found[f"act:{claim.act}"] = None
    return tuple(found)


@lru_cache(maxsize=8192)
def thirds(when: str) -> tuple[str, ...]:
    """The early, middle and late parts of months that a date of a month or less may mean, whatever the year."""
    interval = edtf.parse(when)
    if interval.earliest is None or interval.latest is None or (interval.latest - interval.earliest).days > _MONTH:
        return ()
    days = range(interval.earliest.toordinal(), interval.latest.toordinal() + 1)
    dates = (date.fromordinal(day) for day in days)
    return tuple(dict.fromkeys(f"{day.month}-{min((day.day - 1) // 10, 2) + 1}" for day in dates))
