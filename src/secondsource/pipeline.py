"""What runs after what: a folder of reports becomes incidents. The only place that knows all rooms.

book = Book.new(path, passphrase="...", pack="nk_border")     or     Book.open(path, passphrase="...")
added = book.add([folder])        # intake → record
book.update()                     # reading → linking → weighing, of what is new
for incident in book.incidents(): ...
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from pathlib import Path

from secondsource import (
    casebook,
    intake,
    linking,
    making,
    packs,
    pairs,
    patterns,
    reading,
    release,
    review,
    weighing,
)
from secondsource.casebook import Fault, Hit
from secondsource.casebook.journal import now
from secondsource.model import (
    ContextEvent,
    Decision,
    DecisionKind,
    Incident,
    JournalEntry,
    Link,
    Manufactured,
    Reading,
    Report,
    Source,
    Span,
    Voice,
    content_id,
)
from secondsource.packs.lookup import folds
from secondsource.reading import many
from secondsource.reviewing import Reviewing
from secondsource.upkeep import Upkeep

Progress = Callable[[str, int, int], None]
"""Called with the stage ("add", "read", "link", "weigh"), how many are done, and of how many (0: unknown)."""

MOST_SPELLINGS = 16
BATCH = 100
"""Reports to a transaction: few enough that a kill costs little, many enough that a disk's sync does not rule."""


@dataclass(slots=True)
class Added:
    """What `add` did. `new` and `known` are report ids; `refused` and `noted` are (name, reason)."""

    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    noted: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Updated:
    """How many reports were read, and how many incidents stand now. `failed` are (report id, reason) of those
    that the reader could not read: they keep the reading they had, if any, and are tried again next time."""

    read: int
    incidents: int
    failed: list[tuple[str, str]] = field(default_factory=list)


def _quiet(stage: str, done: int, total: int) -> None:
    """The progress of those who did not ask for it."""


class Book:
    """A casebook with everything that can be done to it."""

    def __init__(self, store: casebook.Casebook) -> None:
        self._store = store
        self.pack = pairs.with_own(packs.load(store.pack), store.path)
        self._updating = threading.Lock()
        self._reviewing = Reviewing(store, self.pack)

    @classmethod
    def new(cls, path: str | Path, *, passphrase: str, pack: str = "nk_border") -> Book:
        """FileExistsError where there is something already."""
        packs.load(pack)
        return cls(casebook.create(Path(path), passphrase, pack=pack))

    @classmethod
    def open(cls, path: str | Path, *, passphrase: str) -> Book:
        """`casebook.NotACasebook`, `casebook.WrongPassphrase`."""
        return cls(casebook.open_file(Path(path), passphrase))

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- what goes in

    def add(self, paths: Iterable[str | Path], progress: Progress = _quiet) -> Added:
        """Files, folders and archives into the record. A report is safe once `progress` has counted it."""
        added = Added()
        batch: list[tuple[Report, bytes, str]] = []

        def store() -> None:
            new = {report.id for report in self._store.add_reports(batch)}
            added.new += [report.id for report, _, _ in batch if report.id in new]
            added.known += [report.id for report, _, _ in batch if report.id not in new]
            batch.clear()
            progress("add", len(added.new) + len(added.known), 0)

        for result in intake.read([Path(p) for p in paths], received=now()):
            match result:
                case intake.Accepted(report=report, data=data, media_type=media_type):
                    batch.append((report, data, media_type))
                case intake.Refused(name=name, reason=reason):
                    added.refused.append((name, reason))
                case intake.Noted(name=name, reason=reason):
                    added.noted.append((name, reason))
            if len(batch) >= BATCH:
                store()
        if batch:
            store()
        return added

    def decide(
        self, kind: DecisionKind, targets: Sequence[str], *, who: str, why: str, value: str | None = None
    ) -> Decision:
        """A person's judgement, into the record. It shows in the incidents after the next `update`.

        For judgements on claims see `review.complete`. ValueError where it cannot be.
        """
        if not who.strip():
            raise ValueError("a judgement needs the name of whoever makes it")
        named = tuple(targets)
        if kind in review.ON_CLAIMS or kind is DecisionKind.UNDO:
            named, value = self._reviewing.complete(kind, named, value)
        if kind in pairs.ON_PAIRS:
            pairs.check(named, why, self._store.accounts_known(named))
        if kind is DecisionKind.GRADE:
            weighing.check_grade(value, named, self._reviewing.incidents_naming(named), self._store.sources())
        at = now()
        decision_id = content_id("d", kind, *named, value, who, at, self._store.head())
        decision = Decision(id=decision_id, kind=kind, targets=named, value=value, who=who, at=at, why=why)
        self._store.add_decision(decision)
        return decision

    def set_source(self, source: Source, *, identity: str | None = None) -> None:
        """A source as a person knows it. `identity` goes to the vault alone. ValueError where it cannot be so."""
        weighing.check_source(source, self._store.sources(), self._store.names_known(source.voices))
        self._store.set_source(source, identity=identity)

    # --- what is made of it

    def update(
        self,
        progress: Progress = _quiet,
        *,
        read_new: bool = True,
        processes: int = 0,
        engine: linking.Engine | None = None,
    ) -> Updated:
        """Reads what is new (or was read by an older reader), then links and weighs. Without `read_new` only the
        latter: enough after judgements. `processes` read at once; 0: as many as there are processors, and one
        where few reports are new. With an `engine` all is linked anew by it."""
        read, failed = self._read(progress, processes) if read_new else (0, [])
        with self._updating:
            count = Upkeep(self._store, self.pack, progress, failed, engine).run()
        return Updated(read, count, failed)

    def estimate(self) -> linking.Estimate:
        """Estimates the linking's probabilities on this book and its decisions, and keeps them in a file beside it
        (`pairs.own_file`) that counts from the next `update` on. ValueError where there is too little."""
        reports = {r.id: r for r in self._store.reports()}
        decisions = self.judgements()
        accounts = making.accounts_of(self._store.readings(), reports, decisions, self.pack, [])
        collection = linking.Collection(self.pack, linking.descriptions(accounts, reports, self.pack), linking.auto)
        found = linking.estimate(collection, linking.judged(decisions.standing))
        pairs.own_file(self._store.path).write_text(pairs.text_of(found.spec), encoding="utf-8")
        self.pack = pairs.with_own(packs.load(self._store.pack), self._store.path)
        return found

    def doubtful(self, limit: int = 20) -> list[Link]:
        """The pairs of accounts whose judgement would help most, the most doubtful first, as of the last `update`;
        those judged since are left out."""
        return pairs.still_doubtful(self._store.doubtful(), self.judgements().standing)[:limit]

    def relink(self) -> None:
        """Links and weighs anew, after judgements. What is new is not read."""
        self.update(read_new=False)

    def _read(self, progress: Progress, processes: int) -> tuple[int, list[tuple[str, str]]]:
        readers = self._store.readers()
        wanted = reading.version(self.pack)
        todo = [report_id for report_id in self._store.report_ids() if readers.get(report_id) != wanted]
        if len(todo) < many.WORTH_IT and not processes:
            processes = 1
        done: list[Reading] = []
        failed: list[tuple[str, str]] = []
        reports = (self._store.report(report_id) for report_id in todo)
        found = many.read_many(reports, self._store.pack, processes, one=lambda one: reading.read(one, self.pack))
        for count, read in enumerate(found, start=1):
            if isinstance(read, many.Failed):
                failed.append((read.report_id, read.reason))
            else:
                done.append(read)
            if len(done) >= BATCH or count == len(todo):
                self._store.save_readings(done)
                done.clear()
            progress("read", count, len(todo))
        return len(todo) - len(failed), failed

    # --- what comes out

    def reports(self) -> list[Report]:
        return self._store.reports()

    def report(self, report_id: str) -> Report:
        return self._store.report(report_id)

    def reading(self, report_id: str) -> Reading | None:
        return self._store.reading(report_id)

    def readings(self) -> Iterable[Reading]:
        return self._store.readings()

    def reviewed(self, report_id: str) -> Reading | None:
        """The reading of a report as people judged it; the claims say whose they are."""
        return self._reviewing.reviewed(report_id)

    def report_of(self, claim_id: str) -> str | None:
        """The report in which a claim was found or added; None where there is no such claim."""
        try:
            return self._reviewing.find(claim_id)[0].id
        except KeyError:
            return None

    def sentences(self, report_id: str) -> tuple[Span, ...]:
        return reading.sentences(self._store.report(report_id), self.pack)

    def incidents(self) -> list[Incident]:
        return self._store.incidents()

    def outlines(self, report_ids: Iterable[str] | None = None) -> list[Incident]:
        """Incidents as lists show them, all or those that some reports tell of: quickly had, and without most of what
        stands in them (`casebook.Casebook.outlines`)."""
        return self._store.outlines(report_ids)

    def voices(self) -> list[Voice]:
        """Whoever is cited, in the order in which their reports came."""
        return self._store.voices()

    def incident(self, incident_id: str) -> Incident:
        return self._store.incident(incident_id)

    def sources(self) -> list[Source]:
        return self._store.sources()

    def decisions(self) -> list[Decision]:
        return self._store.decisions()

    def judgements(self) -> review.Judgements:
        """The decisions that stand, those on claims by claim and by report."""
        return self._reviewing.judgements()

    def pending(self) -> int:
        """How many decisions were made since the incidents were."""
        return self._store.undecided()

    def queue(self, limit: int = 20, start: int = 0) -> list[review.Item]:
        """Claims that nobody has judged yet, what matters most first: `limit` of them from `start` on."""
        return self._reviewing.items(limit, start)

    def progress(self) -> tuple[int, int]:
        """How many claims people have judged, and of how many."""
        return self._reviewing.progress()

    def journal(self, limit: int = 100, before: int | None = None) -> list[JournalEntry]:
        return self._store.journal(limit, before)

    def context(self) -> list[ContextEvent]:
        return list(self.pack.context)

    def trend(self) -> patterns.Trend:
        return patterns.by_month(self.outlines(), self.pack)

    def alerts(self) -> list[patterns.Alert]:
        """Every alert that was ever raised, lapsed ones too, the latest first."""
        called = [one.id for one in self.outlines() if one.manufactured is not Manufactured.NO]
        found = self._store.incidents_with(called)
        reports = {report_id: self.report(report_id) for one in found for report_id in one.reports}
        return patterns.alerts_of(found, reports, self.pack)

    def release(self, incident_id: str, policy: release.Policy) -> release.Release:
        """What can be published of an incident. `release.Unsafe` where the check finds anything exact left."""
        incident = self.incident(incident_id)
        reports = {r: self.report(r) for r in incident.reports}
        sources = {voice: source for source in self.sources() for voice in source.voices}
        return release.release(incident, reports, self.pack, sources, policy)

    def search(self, query: str, limit: int = 50) -> list[Hit]:
        """Reports that hold every word of the query; a place's name finds it under all its names."""
        return self._store.search([self._names(word) for word in query.split()], limit)

    def _names(self, word: str) -> list[str]:
        table = folds(self.pack)

        def folded(name: str) -> str:
            return unicodedata.normalize("NFC", name).casefold().translate(table)

        wanted = folded(word)
        places = [p for p in self.pack.places.values() if any(wanted == folded(n) for n in p.names)]
        names = dict.fromkeys([word, *(name for place in places[:3] for name in place.names)])
        return list(dict.fromkeys(spelling for name in names for spelling in _spellings(name, table)))

    def counts(self) -> dict[str, int]:
        return self._store.counts()

    def head(self) -> str:
        return self._store.head()

    def verify(self, noted: str | None = None) -> list[Fault]:
        return self._store.verify(noted)


def make_incidents(
    reports: dict[str, Report],
    readings: Iterable[Reading],
    pack: packs.Pack,
    decisions: Sequence[Decision] = (),
    progress: Progress = _quiet,
    *,
    known: Sequence[Source] = (),
    faults: making.Faults | None = None,
    doubts: list[Link] | None = None,
    engine: linking.Engine | None = None,
) -> list[Incident]:
    """Links and weighs what was read, `readings` in the order of receipt. A function of its arguments alone.

    What fails for one report or incident is put into `faults`; the rest goes on. Pairs that a person should judge
    are put into `doubts`. `engine` compares the accounts; without one, whatever suits their number.
    """
    faults = [] if faults is None else faults
    judgements = review.Judgements(decisions)
    decisions = judgements.standing
    told = making.entries(enumerate(readings), reports, judgements, pack, faults)
    progress("link", 0, len(told))
    collection = linking.Collection(pack, [entry for _, entry in told], engine or linking.auto)
    clusters = linking.clusters(collection, [account for account, _ in told], pack, decisions)
    if doubts is not None:
        doubts += linking.doubtful(collection, pack, decisions, pairs.MOST)
    progress("link", len(told), len(told))
    return making.weigh_all(clusters, reports, pack, decisions, known, faults, progress)


def _spellings(name: str, table: dict[int, str]) -> Iterator[str]:
    """A name in the forms of its Han characters (會寧, 会寧, 会宁), the given one first and not too many."""
    forms: dict[str, str] = {}
    for other, one in table.items():
        forms[one] = forms.get(one, one) + chr(other)
    choices = (dict.fromkeys(c + forms.get(table.get(ord(c), c), "")) for c in name)
    return map("".join, islice(product(*choices), MOST_SPELLINGS))
