"""Review over a casebook: judgements as they are read and completed, and the queue of what waits for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from secondsource import casebook, reading, review
from secondsource.model import Claim, DecisionKind, Incident, Reading, Report
from secondsource.packs import Pack


class Reviewing:
    """What has been judged and what has not. Keeps what it read once: decisions are only ever added to."""

    def __init__(self, store: casebook.Casebook, pack: Pack) -> None:
        self._store = store
        self._pack = pack
        self._judged = review.Judgements(())
        self._queue: tuple[str | None, review.Queue] | None = None
        """What to judge first, and the state of the incidents that it was made from."""
        self._seen: dict[str, str] = {}
        """Claim to report, of those shown lately: whoever judges has just looked at the claim."""

    def judgements(self) -> review.Judgements:
        later = self._store.decisions(after=len(self._judged.decisions))
        if later:
            self._judged = review.Judgements([*self._judged.decisions, *later])
        return self._judged

    def complete(self, kind: DecisionKind, targets: tuple[str, ...], value: str | None) -> review.Completed:
        """ValueError where it cannot be."""
        return review.complete(
            kind,
            targets,
            value,
            self.judgements(),
            find=self.find,
            sentences=lambda report: reading.sentences(report, self._pack),
            pack=self._pack,
        )

    def find(self, target: str) -> tuple[Report, Reading]:
        """The report of an id (its own, or that of a claim of it) and the machine's reading. KeyError."""
        judged = self.judgements().in_force(target)
        where = judged.judgement.claim.report_id if judged and judged.judgement else self._seen.get(target, target)
        found = self._store.reading(where)
        if found is None or not (judged or where == target or target in {c.id for c in found.claims}):
            found = self._store.reading_with(target)
        if found is None:
            raise KeyError(target)
        return self._store.report(found.report_id), found

    def incidents_naming(self, names: Iterable[str]) -> list[Incident]:
        """The incidents in which some claims or voices stand."""
        names = set(names)
        reports = self._store.reports_with(names)
        for judged in self.judgements().all():
            if judged.judgement is not None:
                voices = {voice.id for voice in judged.judgement.voices}
                if judged.claim_id in names or not voices.isdisjoint(names):
                    reports.add(judged.judgement.claim.report_id)
        return self._store.incidents_with(self._store.incidents_of(reports))

    def reviewed(self, report_id: str) -> Reading | None:
        found = self._store.reading(report_id)
        if found is None:
            return None
        judged = review.apply(found, self._store.report(report_id), self.judgements(), self._pack)
        self._seen.update((claim.id, report_id) for claim in judged.claims)
        return judged

    def items(self, limit: int, start: int) -> list[review.Item]:
        waiting, queue = self._waiting()
        chosen = waiting[start : start + limit]
        self._seen.update((one.claim.id, one.claim.report_id) for one in chosen)
        return [
            review.Item(one.claim, self._store.report(one.claim.report_id), queue.reason(one), one) for one in chosen
        ]

    def progress(self) -> tuple[int, int]:
        judged = len(self.judgements())
        return judged, judged + len(self._waiting()[0])

    def _waiting(self) -> tuple[list[review.Ranked], review.Queue]:
        made, judgements = self._store.made_from(), self.judgements()
        if self._queue is None or self._queue[0] != made:
            self._queue = (made, review.Queue(self._store.incidents(), self._claims(), self._pack))
        queue = self._queue[1]
        return [one for one in queue.ranked if judgements.in_force(one.claim.id) is None], queue

    def _claims(self) -> Iterator[Claim]:
        judgements = self.judgements()
        for one in self._store.readings():
            judged = one
            if judgements.of(one.report_id):
                judged = review.apply(one, self._store.report(one.report_id), judgements, self._pack)
            yield from judged.claims
