"""How many independent sources stand behind a fact: the least and the most that there could be.

Nothing is confirmed by repetition. The *least* counts only voices that cannot be one person as far as is
known; the *most* leaves out only those that must be. Reports that hang together (`copies.Ties`) form one
group, and a group counts once, however many reports it has: so more copies never raise the least.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, product

from secondsource.model import (
    Account,
    Claim,
    Decision,
    Grade,
    Independence,
    Modality,
    Report,
    ReportTie,
    Source,
    Voice,
    VoiceKind,
)
from secondsource.packs import Pack, compile_cached
from secondsource.weighing.apart import NO_PERSON, Apart, cliques, line
from secondsource.weighing.copies import Ties
from secondsource.weighing.grades import Grades
from secondsource.weighing.people import People, Sets

ESTABLISHING = frozenset({Modality.ASSERTED, Modality.HEARD})
"""Hedged, denied and planned acts are told, but nothing rests on them."""

WIDEST = 14
"""Voices behind a fact that are compared; of more, the rest is left out, which can only lower the least."""

JUDGED = "people who know them judged so"

Told = dict[str, set[str]]
"""Report id to the origins that speak there."""


class Sources:
    """The voices of one incident, and what is known of which may be the same."""

    def __init__(
        self,
        accounts: Sequence[Account],
        reports: Mapping[str, Report],
        pack: Pack,
        decisions: Sequence[Decision] = (),
        known: Sequence[Source] = (),
    ) -> None:
        self._pack = pack
        self.grades = Grades(decisions, known)
        self._reports = {a.report_id: reports[a.report_id] for a in accounts}
        self._voices: dict[str, Voice] = {v.id: v for a in accounts for v in a.voices}
        self._cited: dict[str, list[Voice]] = {}
        for voice in self._voices.values():
            self._cited.setdefault(voice.report_id, []).append(voice)
        self._people = People(self._voices, decisions, known)
        self._groups, self._copies = Sets(), Sets()
        self._apart = Apart(self._reports, self._voices, pack)
        self._why: dict[str, str] = {}
        self.ties: list[ReportTie] = []
        self._only = {r: cited[0] for r, cited in self._cited.items() if len({self._origin(v.id) for v in cited}) == 1}
        self._tie_reports(pack, accounts)
        self._different = {frozenset((self._origin(x), self._origin(y))) for x, y in self._people.different}
        self._stating: dict[str, tuple[str | None, bool, bool]] = {}
        self._intervals: dict[tuple[str, ...], Independence] = {}

    def interval(self, claims: Iterable[Claim]) -> Independence:
        """The interval for the fact that `claims` state."""
        claims = list(claims)
        key = tuple(claim.id for claim in claims)
        if key not in self._intervals:
            self._intervals[key] = self._interval(claims)
        return self._intervals[key]

    def _interval(self, claims: Sequence[Claim]) -> Independence:
        told, hedged = self._told(claims)
        if not told:
            why = "it is only hedged, or graded as improbable or unreliable" if hedged else "no source is named for it"
            return Independence(least=0, most=1 if hedged else 0, reason=f"Nobody can be counted: {why}.")
        groups: dict[str, Told] = {}
        copies: dict[str, int] = {}
        for report_id, origins in told.items():
            groups.setdefault(self._groups.find(report_id), {})[report_id] = origins
            copy = self._copies.find(report_id)
            copies[copy] = max(copies.get(copy, 0), len(origins))
        everyone = {o for origins in told.values() for o in origins}
        least, apart = self._least(groups, self._firm(claims)) if len(everyone) > 1 else (1, "")
        most = max(least, min(sum(copies.values()), len(everyone)))
        return Independence(least=least, most=most, reason=self._reason(least, most, apart, groups, told))

    def one_origin(self, claims: Iterable[Claim]) -> str | None:
        """Why several reports are one telling that one source could have given; None where they are not."""
        told, _ = self._told(claims)
        if len(told) < 2 or len({self._copies.find(r) for r in told}) > 1:
            return None
        if min(len(origins) for origins in told.values()) > 1:
            return None
        why = self._why.get(self._groups.find(next(iter(told))), "they hang together")
        more = max(len(origins) for origins in told.values()) > 1
        added = " One version adds a source, another gives everything to one." if more else ""
        return f"{len(told)} reports share one origin: {why}.{added}"

    def origins(self, claims: Iterable[Claim]) -> set[str]:
        """Ids of the voices on which the claims rest in the end."""
        return {o for origins in self._told(claims)[0].values() for o in origins}

    def voices(self, claims: Iterable[Claim]) -> set[str]:
        """Ids of the voices that state the claims."""
        return {v.id for c in claims if (v := self._speaker(c)) is not None}

    def grade(self, claim: Claim) -> Grade:
        """What people gave the claim and whoever states it."""
        return self.grades.of(claim, self._speaker(claim))

    def doubted(self, claim: Claim) -> bool:
        """Whether a grade says that nothing may rest on the claim."""
        return self.grades.doubted(claim, self._speaker(claim))

    @property
    def all(self) -> tuple[Voice, ...]:
        return tuple(self._voices.values())

    @property
    def origins_of_all(self) -> set[str]:
        """Ids of the voices on which all voices rest in the end."""
        return {self._origin(voice) for voice in self._voices}

    def bearing_out(self, origins: Collection[str]) -> Voice | None:
        """A voice, none of `origins`, that its report cites in a line which says that it bears out what was told."""
        for voice in self._voices.values():
            if self._origin(voice.id) in origins or voice.id in origins or voice.kind in NO_PERSON:
                continue
            heard = {v.heard_from for v in self._voices.values()}
            if voice.id in heard or voice.kind is VoiceKind.OUTLET:
                continue
            report = self._reports[voice.report_id]
            patterns = self._pack.phrase("independence", "confirms", str(report.language))
            expression = compile_cached(tuple(patterns), str(report.language)) if patterns else None
            if expression and any(expression.search(line(report.text, s)) for s in voice.spans):
                return voice
        return None

    # --- who speaks

    def _told(self, claims: Iterable[Claim]) -> tuple[Told, bool]:
        told: Told = {}
        hedged = False
        for claim in claims:
            origin, counts, _ = self._stated(claim)
            if not counts:
                hedged = hedged or claim.modality is not Modality.DENIED
            elif origin is not None:
                told.setdefault(claim.report_id, set()).add(origin)
        for report_id, origins in told.items():
            people = {o for o in origins if not self._is_outlet(o)}
            told[report_id] = people or origins
        return told, hedged

    def _firm(self, claims: Iterable[Claim]) -> set[str]:
        """The origins that state it themselves, or from whom it is known that a speaker has it."""
        return {origin for claim in claims for origin, _, firm in (self._stated(claim),) if firm and origin}

    def _stated(self, claim: Claim) -> tuple[str | None, bool, bool]:
        """On whom a claim rests in the end, whether anything may rest on it, and whether it is known first hand."""
        if claim.id not in self._stating:
            speaker = self._speaker(claim)
            origin = self._origin(speaker.id) if speaker is not None else None
            counts = claim.modality in ESTABLISHING and not self.grades.doubted(claim, speaker)
            own = speaker is not None and origin == self._people.same(speaker.id)
            self._stating[claim.id] = origin, counts, counts and not (claim.modality is Modality.HEARD and own)
        return self._stating[claim.id]

    def _speaker(self, claim: Claim) -> Voice | None:
        """The claim's voice; where none is given, the only one that its report cites."""
        if claim.voice is not None and claim.voice in self._voices:
            return self._voices[claim.voice]
        return self._only.get(claim.report_id)

    def _origin(self, voice_id: str) -> str:
        """Whoever a voice has it from in the end. What a person set down of a voice goes before what its report
        says, and that two are one comes last."""
        passed: dict[str, None] = {}
        while voice_id not in passed:
            passed[voice_id] = None
            further = self._voices[voice_id].heard_from
            if self._people.set_down(voice_id) or further is None or further not in self._voices:
                return self._people.same(voice_id)
            voice_id = further
        circle = list(passed)
        return self._people.same(min(circle[circle.index(voice_id) :]))

    def _is_outlet(self, origin: str) -> bool:
        return origin in self._voices and self._voices[origin].kind is VoiceKind.OUTLET

    # --- what hangs together

    def _tie_reports(self, pack: Pack, accounts: Sequence[Account]) -> None:
        ties = Ties(self._reports, self._cited, pack, accounts)
        pairs = [(a, b, self._decided_same(a, b)) for a, b in combinations(self._reports, 2)]
        bodies = self._bodies() if pairs else {}
        for a, b, decided in pairs:
            found = ties.between(a, b)
            body = next((name for name, citing in bodies.items() if a in citing and b in citing), None)
            if found is None and not decided and body is None:
                continue
            self._groups.join(a, b)
            if found is not None and found.same:
                self._copies.join(a, b)
            known = "as people know, their source is the same" if decided else f"both cite {body}"
            why = found.why if found else known
            self.ties.append(ReportTie(a=a, b=b, why=why, same=decided or (found is not None and found.same)))
            self._why.setdefault(self._groups.find(a), why)

    def _bodies(self) -> dict[str, set[str]]:
        """Organisations that several reports cite by name, each of which is one source wherever it is cited."""
        cited: dict[str, list[Voice]] = {}
        for voice in self._voices.values():
            name = self._apart.body(voice)
            if name is not None:
                cited.setdefault(name, []).append(voice)
        shared = {name: voices for name, voices in cited.items() if len({v.report_id for v in voices}) > 1}
        for voices in shared.values():
            for voice in voices[1:]:
                self._people.join(voices[0].id, voice.id)
        return {voices[0].descriptor[:80]: {v.report_id for v in voices} for voices in shared.values()}

    def _decided_same(self, a: str, b: str) -> bool:
        here, there = ({self._people.same(v.id) for v in self._cited.get(r, ())} for r in (a, b))
        return bool(here & there)

    # --- the least

    def _least(self, groups: Mapping[str, Told], firm: Collection[str]) -> tuple[int, str]:
        """The size of the largest set of voices of which no two can be one person, as far as is known, and why
        they cannot. Whoever only heard of it, and it is not known from whom, may have it from any of the others."""
        of: dict[str, list[str]] = {}
        for group, told in groups.items():
            for origin in sorted({o for origins in told.values() for o in origins} & set(firm)):
                of.setdefault(origin, []).append(group)
        nodes = sorted(of)[:WIDEST]
        if len(nodes) < 2:
            return 1, ""
        compared: dict[tuple[str, str], str | None] = {}

        def across(a: str, b: str) -> str | None:
            why = None
            for one, other in ((g, h) for g in of[a] for h in of[b]):
                pair = min(one, other), max(one, other)
                if pair not in compared:
                    compared[pair] = self._groups_differ(*(groups[g] for g in pair)) if one != other else None
                why = compared[pair]
                if why is None:
                    return None
            return why

        edges: dict[tuple[str, str], str] = {}
        for a, b in combinations(nodes, 2):
            why = self._judged(a, b) or self._apart.in_one_report(a, b) or across(a, b)
            if why:
                edges[a, b] = why
        return max(1, cliques(nodes, edges)), "; ".join(sorted(set(edges.values())))

    def _judged(self, a: str, b: str) -> str | None:
        return JUDGED if frozenset((a, b)) in self._different else None

    def _groups_differ(self, a: Told, b: Told) -> str | None:
        """Why no voice of one group can be a voice of the other, if that is so: a copy that names somebody new is
        no reason to take its source for two."""
        voices = [{o for origins in told.values() for o in origins} for told in (a, b)]
        why = None
        for x, y in product(*voices):
            why = self._apart.in_two_reports(x, y)
            if why is None:
                return None
        return why

    # --- why

    def _reason(self, least: int, most: int, apart: str, groups: Mapping[str, Told], told: Told) -> str:
        if least > 1:
            return f"At least {least} separate sources: {apart}."
        everyone = [self._voices[o] for origins in told.values() for o in sorted(origins) if o in self._voices]
        unnamed = "unnamed sources" if all(v.kind is VoiceKind.UNNAMED for v in everyone) else "sources"
        if len(groups) > 1 and most > 1:
            return f"The outlets are unrelated, but their {unnamed} may be one person."
        if len(told) > 1:
            why = self._why.get(next(iter(groups)), "their sources have it from one person")
            return f"{len(told)} reports {'count as one telling' if most == 1 else 'may rest on one source'}: {why}."
        if most > 1:
            return f"Two or more {unnamed} of one outlet, who may be one person."
        return f"One source: {everyone[0].descriptor[:80]}."
