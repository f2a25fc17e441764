"""What has changed since the incidents were made, and so what is to be made anew.

Three things are made one out of the other, each by its own code and its own parts of the pack: readings, links, and
what incidents establish. Of the last, what rates and priors decide stands apart, because it is had without the texts.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from secondsource import casebook, fingerprint, linking, review
from secondsource.casebook.journal import canonical, digest
from secondsource.model import Decision, DecisionKind, Source
from secondsource.packs import Pack, parts
from secondsource.weighing.grades import IMPROBABLE, UNRELIABLE

LINKED_BY = ("review", "linking", "making", "upkeep", "scripts", "packs", "edtf", "people_count")
LINKED_WITH = ("acts", "organisations", "relations", "places", "marks", "linking")
"""What accounts and links rest on, of the code and of the pack."""
WEIGHED_BY = ("weighing", "making", "rerating", "upkeep", "scripts", "packs", "edtf", "people_count")
WEIGHED_WITH = ("acts", "organisations", "relations", "places", "phrases", "independence", "marks")
"""What an incident rests on besides its accounts."""
RATED_WITH = ("scripts", "signals", "weighing")
"""What of an incident is had from its marks alone."""
ON_SOURCES = frozenset({DecisionKind.GRADE, DecisionKind.SAME_SOURCE, DecisionKind.DIFFERENT_SOURCE})
DOUBT = frozenset({UNRELIABLE, IMPROBABLE})
SOURCES = TypeAdapter(list[Source])


@dataclass(frozen=True, slots=True)
class Again:
    """What failed the last time, and is tried again."""

    reports: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()


@dataclass(slots=True)
class Changes:
    """`relink`: reports whose accounts are to be made anew; `reweigh`: reports whose incidents are to be weighed."""

    links_anew: bool
    """Nothing of what linking kept can be used."""
    weigh_all: bool
    rates: bool
    read: set[str]
    """Reports that were read since."""
    relink: list[str]
    reweigh: set[str]
    pairs: bool
    """Whether people judged pairs of accounts."""
    doubts: bool
    """Whether anybody ever said that nothing may rest on some claim: its marks were, or are, left out."""
    again: Again
    before: review.Judgements
    """The judgements under which the incidents were made."""
    now: review.Judgements
    known: list[Source]
    state: dict[str, str] = field(default_factory=dict)
    """What the incidents will have been made from."""

    @property
    def nothing(self) -> bool:
        anew = self.links_anew or self.weigh_all or self.rates
        return not (anew or self.relink or self.reweigh or self.pairs or self.again != Again())


def since(state: Mapping[str, str], store: casebook.Casebook, pack: Pack, *, anew: bool = False) -> Changes:
    """What changed since `state` was written. `anew`: all is to be linked anew."""
    newest = store.last_reading()
    decisions, known = store.decisions(), store.sources()
    now = review.Judgements(decisions)
    before = review.Judgements(decisions[: _number(state, "decided")])
    earlier = _sources(state)
    made = {
        "linked_by": _signature(LINKED_BY, pack, LINKED_WITH),
        "weighed_by": _signature(WEIGHED_BY, pack, WEIGHED_WITH),
        "rated_by": parts.digest(pack, *RATED_WITH),
        "read": str(newest),
        "decided": str(len(decisions)),
        "sources": SOURCES.dump_json(known).decode(),
    }
    links_anew = anew or "read" not in state or state.get("linked_by") != made["linked_by"]
    again = _again(state)
    judged, weighed = _touched(before, now, earlier, known, store)
    read = [] if links_anew else store.read_since(_number(state, "read"))
    return Changes(
        links_anew=links_anew,
        weigh_all=state.get("weighed_by") != made["weighed_by"],
        rates=state.get("rated_by") != made["rated_by"],
        read=set(read),
        relink=list(dict.fromkeys([*read, *sorted(judged), *again.reports])),
        reweigh=weighed,
        pairs=linking.judged(before.standing) != linking.judged(now.standing),
        doubts=any(d.kind is DecisionKind.GRADE and d.value in DOUBT for d in (*before.standing, *now.standing))
        or any(source.reliability in DOUBT for source in (*earlier, *known)),
        again=again,
        before=before,
        now=now,
        known=known,
        state=made | {"made_from": digest(canonical([made, state.get("version")]))},
    )


def again_text(reports: Iterable[str], incidents: Iterable[str]) -> str:
    return json.dumps([sorted(set(reports)), sorted(set(incidents))])


def _signature(code: Sequence[str], pack: Pack, used: Sequence[str]) -> str:
    return f"{fingerprint.of(*code)} {parts.digest(pack, *used)}"


def _number(state: Mapping[str, str], key: str) -> int:
    value = state.get(key, "0")
    return int(value) if value.isdecimal() else 0


def _sources(state: Mapping[str, str]) -> list[Source]:
    try:
        return SOURCES.validate_json(state.get("sources") or "[]")
    except ValidationError:
        return []


def _again(state: Mapping[str, str]) -> Again:
    try:
        reports, incidents = json.loads(state.get("again") or "[[], []]")
        return Again(tuple(map(str, reports)), tuple(map(str, incidents)))
    except (TypeError, ValueError):
        return Again()


def _touched(
    before: review.Judgements,
    now: review.Judgements,
    earlier: Sequence[Source],
    known: Sequence[Source],
    store: casebook.Casebook,
) -> tuple[set[str], set[str]]:
    """Reports of whose claims, and reports of whose sources or grades, people now know other things."""
    decided = {d.id: d for d in (*before.standing, *now.standing)}
    stood = {d.id for d in before.standing} ^ {d.id for d in now.standing}
    changed = [decided[one] for one in stood]
    held = [judged for judged in (*before.all(), *now.all()) if judged.judgement is not None]
    claims: set[str] = set()
    bare: set[str] = set()
    for decision in changed:
        if decision.kind in review.ON_CLAIMS:
            bare.update(decision.targets)
    for one in held:
        if one.decision.id in stood and one.judgement is not None:
            claims.add(one.judgement.claim.report_id)
    names = _named(changed, earlier, known)
    weighed = store.reports_with(names) if names else set()
    for one in held:
        if one.judgement is not None:
            mine = {one.claim_id, *(voice.id for voice in one.judgement.voices)}
            if not mine.isdisjoint(names):
                weighed.add(one.judgement.claim.report_id)
    return claims | (store.reports_with(bare) if bare else set()), weighed


def _named(changed: Iterable[Decision], earlier: Sequence[Source], known: Sequence[Source]) -> set[str]:
    """Ids of claims and voices that a grade, or what is known of a source, bears on."""
    names = {target for decision in changed if decision.kind in ON_SOURCES for target in decision.targets}
    then, now = ({source.id: source for source in sources} for sources in (earlier, known))
    other = {one for one in then.keys() | now.keys() if then.get(one) != now.get(one)}
    names |= _following(other, (*earlier, *known))
    for source in (*earlier, *known):
        if source.id in names:
            names.update(source.voices)
    return names


def _following(sources: Collection[str], known: Sequence[Source]) -> set[str]:
    """These sources and all that have it from them, through whomever."""
    found = set(sources)
    while more := {s.id for s in known if s.heard_from in found} - found:
        found |= more
    return found
