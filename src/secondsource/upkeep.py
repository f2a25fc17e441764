"""Keeps accounts, links and incidents as all that was read and judged would have them, making anew only what changed.

The result is what making everything at once would give. It is saved in one go: until then, what stood stands.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter, ValidationError

from secondsource import casebook, changed, linking, making, pairs, rerating
from secondsource.changed import Changes
from secondsource.model import Account, Incident, Link, Report
from secondsource.packs import Pack

Progress = Callable[[str, int, int], None]
STEP = 200
"""Reports or incidents that are held at one time."""
SHARE = 0.5
"""Of all reports: where more than this change, everything is linked anew."""
TRIES = 3
LINKS = TypeAdapter(list[Link])


@dataclass(slots=True)
class Linked:
    """Which accounts make which incidents. `members`: by incident, both in the order of receipt."""

    members: dict[str, list[casebook.Kept]]
    shown: linking.Shown | None = None
    """What explains links; None where none are new."""
    all_new: bool = False
    """Whether every link may weigh something else."""
    fresh: set[str] = field(default_factory=set)
    """Incidents of other accounts than before."""
    gone: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    """Reports of which no account could be made."""
    doubtful: list[Link] | None = None
    """None where they are as they were."""


class Upkeep:
    """One bringing up to date. What fails for one report or incident is put into `faults`; the rest goes on."""

    def __init__(
        self,
        store: casebook.Casebook,
        pack: Pack,
        progress: Progress,
        faults: making.Faults,
        engine: linking.Engine | None = None,
    ) -> None:
        """With an `engine` all is linked anew by it."""
        self._store = store
        self._pack = pack
        self._progress = progress
        self._faults = faults
        self._engine = engine

    def run(self) -> int:
        """How many incidents stand now. `casebook.Unusable` where another program keeps coming between."""
        for _ in range(TRIES):
            earlier = len(self._faults)
            try:
                return self._run()
            except casebook.Superseded:
                del self._faults[earlier:]
        raise casebook.Unusable(errno.EBUSY, "another program is making its incidents", str(self._store.path))

    def _run(self) -> int:
        state = self._store.state()
        changes = changed.since(state, self._store, self._pack, anew=self._engine is not None)
        if changes.nothing:
            return self._store.counts()["incidents"]
        draft = self._store.draft(state)
        try:
            linked = self._link(changes, draft)
        except (linking.EngineError, OSError):
            raise
        except Exception as error:  # what was read is safe, and the incidents stay as they were
            self._faults.append(("all reports", making.fault("linking", error)))
            return self._store.counts()["incidents"]
        failed = self._weigh(changes, linked, draft)
        made_from = changes.state | {"again": changed.again_text(linked.failed, failed)}
        if linked.doubtful is not None:
            made_from["doubtful"] = LINKS.dump_json(linked.doubtful).decode()
        draft.commit(made_from)
        return len(linked.members)

    # --- linking

    def _link(self, changes: Changes, draft: casebook.Draft) -> Linked:
        if changes.links_anew:
            return self._link_all(changes, draft)
        kept = self._store.accounts()
        if not changes.relink and not changes.pairs:
            return Linked(_members(kept))
        if len(changes.relink) <= SHARE * len({one.report_id for one in kept}):
            earlier = len(self._faults)
            try:
                return self._link_more(kept, changes, draft)
            except (linking.Unreadable, linking.Missing):
                del self._faults[earlier:]
        return self._link_all(changes, draft)

    def _link_all(self, changes: Changes, draft: casebook.Draft) -> Linked:
        draft.anew(casebook.LINKS)
        kept: list[casebook.Kept] = []
        entries: list[linking.Entry] = []
        failed: list[str] = []
        ids = self._store.report_ids()
        for start in range(0, len(ids), STEP):
            self._progress("link", start, len(ids))
            told = self._entries(ids[start : start + STEP], changes, failed)
            draft.descriptions(_texts(told, len(kept)))
            kept += _kept(told, len(kept))
            entries += [entry for _, entry in told]
        collection = linking.Collection(self._pack, entries, self._engine or linking.auto)
        del entries
        return self._save(collection, kept, {}, changes, draft, failed)

    def _link_more(self, kept: list[casebook.Kept], changes: Changes, draft: casebook.Draft) -> Linked:
        """Goes on from what was kept. Raises `linking.Unreadable` or `linking.Missing` before anything is drafted."""
        known = linking.known_of(
            [(k.number, k.rank, k.counted, k.linked, k.id) for k in kept],
            self._store.linking(),
            self._described,
            self._pack.linking,
            linking.judged(changes.before.standing),
        )
        collection = linking.Collection(self._pack, engine=linking.auto, known=known)
        failed: list[str] = []
        self._progress("link", 0, len(changes.relink))
        told = self._entries(changes.relink, changes, failed)
        touched = set(changes.relink)
        again = {k.report_id for k in kept if k.counted and k.report_id in touched}
        again -= {*changes.read, *failed}
        # Of what was only judged, the machine's reading goes on being counted.
        told = [(a, e._replace(counted=False)) for a, e in told if e.linked and a.report_id in again] + [
            (a, e) for a, e in told if a.report_id not in again
        ]
        flags = {k.number: (k.counted and k.report_id in again, False) for k in kept if k.report_id in touched}
        start = len(known.told)
        collection.add([entry for _, entry in told], flags)
        standing = [k._replace(counted=flags[k.number][0], linked=False) if k.number in flags else k for k in kept]
        standing = [k for k in standing if k.counted or k.linked] + _kept(told, start)
        linked = self._save(collection, standing, {k.number: k for k in kept}, changes, draft, failed)
        draft.descriptions(_texts(told, start))
        self._progress("link", len(changes.relink), len(changes.relink))
        return linked

    def _save(
        self,
        collection: linking.Collection,
        kept: Sequence[casebook.Kept],
        before: dict[int, casebook.Kept],
        changes: Changes,
        draft: casebook.Draft,
        failed: list[str],
    ) -> Linked:
        """Groups, and drafts what linking knows now. `before`: by number, the accounts that stood."""
        held = {k.number: k if k.incident_id is None else k._replace(incident_id=None) for k in kept}
        groups = linking.grouped(collection, self._pack, changes.now.standing)
        for group in groups:
            one = linking.incident_id(held[group[0]].id)
            held.update({n: held[n]._replace(incident_id=one) for n in group})
        members, earlier = _members(held.values()), _members(before.values())
        numbers = {one: [k.number for k in some] for one, some in earlier.items()}
        fresh = {one for one, some in members.items() if numbers.get(one) != [k.number for k in some]}
        collection.known.told.need(k.number for one in fresh for k in members[one])
        doubtful = self._doubtful(collection, held, before, changes)
        draft.forget(before.keys() - held.keys())
        draft.accounts(k._asdict() for k in held.values() if before.get(k.number) != k)
        whole, more = linking.parts_of(collection)
        draft.linking(whole, whole=True)
        draft.linking(more, whole=False)
        return Linked(
            members,
            linking.Shown(collection, self._pack),
            collection.recounted,
            fresh,
            earlier.keys() - members.keys(),
            failed,
            doubtful,
        )

    def _doubtful(
        self,
        collection: linking.Collection,
        held: dict[int, casebook.Kept],
        before: dict[int, casebook.Kept],
        changes: Changes,
    ) -> list[Link]:
        """The pairs to be judged; of those that were doubtful before, only what changed is explained anew."""
        chosen = collection.doubtful(linking.judged(changes.now.standing), pairs.MOST)
        shown = linking.Shown(collection, self._pack)
        known = {} if collection.recounted else {(link.a, link.b): link for link in self._store.doubtful()}
        links = [known.get((held[i].id, held[j].id)) if i in before and j in before else None for i, j in chosen]
        collection.known.told.need({n for pair, link in zip(chosen, links, strict=True) if not link for n in pair})
        return [link or shown.link(i, j) for (i, j), link in zip(chosen, links, strict=True)]

    def _entries(self, report_ids: Sequence[str], changes: Changes, failed: list[str]) -> making.Told:
        before = len(self._faults)
        readings, reports = self._store.readings_of(report_ids), self._store.reports_of(report_ids)
        told = making.entries(readings, reports, changes.now, self._pack, self._faults)
        failed += [report_id for report_id, _ in self._faults[before:]]
        return told

    def _described(self, numbers: Sequence[int]) -> dict[int, linking.Description]:
        return {n: linking.description_of(text) for n, text in self._store.descriptions(numbers).items()}

    # --- weighing

    def _weigh(self, changes: Changes, linked: Linked, draft: casebook.Draft) -> list[str]:
        """Drafts the incidents that changed; gives those that could not be weighed."""
        touched = {*changes.reweigh, *changes.relink}
        wanted = {*linked.fresh, *changes.again.incidents}
        wanted |= {one for one, some in linked.members.items() if any(k.report_id in touched for k in some)}
        todo = list(linked.members)
        bodies = changes.weigh_all or linked.all_new
        if bodies:
            draft.anew(casebook.INCIDENTS)
        if bodies or changes.rates:
            draft.anew(casebook.VERDICTS)
        else:
            todo = [one for one in todo if one in wanted]
        draft.drop_incidents(linked.gone)
        before = len(self._faults)
        for start in range(0, len(todo), STEP):
            some = todo[start : start + STEP]
            if changes.rates and not bodies:
                rated = self._rate(draft, [one for one in some if one not in wanted])
                some = [one for one in some if one not in rated]
            stored = {one.id: one for one in self._store.stored(some)}
            made = {}
            for one, kept in stored.items():
                if linked.all_new and not changes.weigh_all and one not in wanted:
                    made[one] = self._relinked(kept, changes, linked)
            made |= self._weighed([one for one in some if one not in made], stored, changes, linked)
            draft.incidents((one.position, one.id, one.body) for one in made.values())
            draft.verdicts((one.id, one.verdict, one.marks) for one in made.values())
            self._progress("weigh", min(start + STEP, len(todo)), len(todo))
        return [one for one, _ in self._faults[before:]]

    def _relinked(self, stored: casebook.Stored, changes: Changes, linked: Linked) -> casebook.Stored:
        """An incident of which the links weigh something else, and perhaps the rates."""
        body = rerating.relinked(stored.body, self._links(stored.id, linked))
        verdict = rerating.rated(stored.verdict, stored.marks, self._pack) if changes.rates else stored.verdict
        return replace(stored, position=linked.members[stored.id][0].rank, body=body, verdict=verdict)

    def _rate(self, draft: casebook.Draft, ids: Sequence[str]) -> set[str]:
        """Drafts the verdicts of incidents of which rates alone are others; gives those that could be read."""
        made = {}
        for one, (verdict, marks) in self._store.verdicts(ids).items():
            try:
                made[one] = rerating.rated(verdict, marks, self._pack), marks
            except (KeyError, TypeError, ValueError):
                continue
        draft.verdicts((one, *found) for one, found in made.items())
        return set(made)

    def _weighed(
        self, ids: Sequence[str], stored: dict[str, casebook.Stored], changes: Changes, linked: Linked
    ) -> dict[str, casebook.Stored]:
        report_ids = [k.report_id for one in ids for k in linked.members[one]]
        reports = self._store.reports_of(report_ids)
        accounts = self._accounts(report_ids, reports, changes)
        made = {}
        for one in ids:
            before = _incident(stored.get(one))
            new = before is None or linked.all_new or one in linked.fresh
            links = self._links(one, linked) if new or before is None else before.links
            told = tuple(accounts[k.id] for k in linked.members[one] if k.id in accounts)
            incident = making.weigh(
                linking.Cluster(one, told, links),
                reports,
                self._pack,
                changes.now.standing,
                changes.known,
                None if changes.weigh_all or changes.doubts else before,
                self._faults,
            )
            made[one] = rerating.stored(incident, linked.members[one][0].rank)
        return made

    def _accounts(self, report_ids: Iterable[str], reports: dict[str, Report], changes: Changes) -> dict[str, Account]:
        readings = (reading for _, reading in self._store.readings_of(report_ids))
        found = making.accounts_of(readings, reports, changes.now, self._pack, self._faults)
        return {account.id: account for account in found}

    def _links(self, one: str, linked: Linked) -> tuple[Link, ...]:
        return linked.shown.links([k.number for k in linked.members[one]]) if linked.shown else ()


def _members(kept: Iterable[casebook.Kept]) -> dict[str, list[casebook.Kept]]:
    found: dict[str, list[casebook.Kept]] = {}
    for one in sorted((k for k in kept if k.incident_id is not None), key=lambda k: k.rank):
        assert one.incident_id is not None
        found.setdefault(one.incident_id, []).append(one)
    return found


def _kept(told: making.Told, start: int) -> list[casebook.Kept]:
    return [
        casebook.Kept(n, e.rank, e.counted, e.linked, a.id, a.report_id, None)
        for n, (a, e) in enumerate(told, start=start)
    ]


def _texts(told: making.Told, start: int) -> list[tuple[int, str]]:
    return [(n, linking.description_text(entry.told)) for n, (_, entry) in enumerate(told, start=start)]


def _incident(stored: casebook.Stored | None) -> Incident | None:
    """None where there is none that can be read."""
    try:
        return Incident.model_validate_json(stored.whole) if stored is not None else None
    except ValidationError:
        return None
