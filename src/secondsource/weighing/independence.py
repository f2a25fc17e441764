"""How many independent sources stand behind a fact: the least and the most that there could be.

Nothing is confirmed by repetition. The *least* counts only voices that cannot be one person as far as is
known; the *most* leaves out only those that must be. Reports that hang together (`copies.Ties`) form one
group, and a group counts once, however many reports it has: so more copies never raise the least.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

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
    Span,
    Voice,
    VoiceKind,
)
from secondsource.packs import Pack, compile_cached
from secondsource.weighing.copies import Ties
from secondsource.weighing.grades import Grades
from secondsource.weighing.people import People, Sets

ESTABLISHING = frozenset({Modality.ASSERTED, Modality.HEARD})
"""Hedged, denied and planned acts are told, but nothing rests on them."""

FIRST_HAND = frozenset({"0101", "0102", "0201"})
NO_PERSON = frozenset({VoiceKind.DOCUMENT, VoiceKind.STATE_MEDIA})
WIDEST = 14
"""Groups that are compared exactly; of more, the rest is left out, which can only lower the least."""

REACH = 300
MANY = 50
"""Voices of one report whose names are compared."""

_WORD = re.compile(r"\w{2,}")
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
        self._pseudonyms = [
            expression
            for language, patterns in pack.phrases.get("agencies", {}).get("pseudonym", {}).items()
            if (expression := compile_cached(tuple(patterns), language))
        ]
        self._people = People(self._voices, decisions, known)
        self._groups, self._copies = Sets(), Sets()
        self._apart = {r for r, report in self._reports.items() if _says_apart(report, pack)}
        self._why: dict[str, str] = {}
        self.ties: list[ReportTie] = []
        self._only = {r: cited[0] for r, cited in self._cited.items() if len({self._origin(v.id) for v in cited}) == 1}
        self._tie_reports(pack, accounts)

    def interval(self, claims: Iterable[Claim]) -> Independence:
        """The interval for the fact that `claims` state."""
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
        least = self._least(groups)
        everyone = {o for origins in told.values() for o in origins}
        most = max(least, min(sum(copies.values()), len(everyone)))
        return Independence(least=least, most=most, reason=self._reason(least, most, groups, told))

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
            if expression and any(expression.search(_line(report.text, s)) for s in voice.spans):
                return voice
        return None

    # --- who speaks

    def _told(self, claims: Iterable[Claim]) -> tuple[Told, bool]:
        told: Told = {}
        hedged = False
        for claim in claims:
            speaker = self._speaker(claim)
            if claim.modality not in ESTABLISHING or self.grades.doubted(claim, speaker):
                hedged = hedged or claim.modality is not Modality.DENIED
                continue
            if speaker is not None:
                told.setdefault(claim.report_id, set()).add(self._origin(speaker.id))
        for report_id, origins in told.items():
            people = {o for o in origins if not self._is_outlet(o)}
            told[report_id] = people or origins
        return told, hedged

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
        for a, b in combinations(self._reports, 2):
            found = ties.between(a, b)
            decided = self._decided_same(a, b)
            if found is None and not decided:
                continue
            self._groups.join(a, b)
            if found is not None and found.same:
                self._copies.join(a, b)
            why = found.why if found else "as people know, their source is the same"
            self.ties.append(ReportTie(a=a, b=b, why=why, same=decided or (found is not None and found.same)))
            self._why.setdefault(self._groups.find(a), why)

    def _decided_same(self, a: str, b: str) -> bool:
        here, there = ({self._people.same(v.id) for v in self._cited.get(r, ())} for r in (a, b))
        return bool(here & there)

    # --- the least

    def _least(self, groups: Mapping[str, Told]) -> int:
        """The heaviest set of groups that all differ from one another."""
        weight = {g: self._within(told) for g, told in groups.items()}
        ordered = sorted(groups, key=lambda g: (-weight[g], g))[:WIDEST]
        differ = {(g, h) for g, h in combinations(ordered, 2) if self._differ(groups[g], groups[h])}
        return max(sum(weight[g] for g in chosen) for chosen in _cliques(ordered, differ))

    def _within(self, told: Told) -> int:
        """How many people must speak in one group: those whom a single report names apart, or a person did."""
        apart = [self._named_apart(report_id, origins) for report_id, origins in told.items()]
        apart += [self._said_apart(origins) for report_id, origins in told.items() if report_id in self._apart]
        everyone = sorted({o for origins in told.values() for o in origins})[:WIDEST]
        judged = {(a, b) for a, b in combinations(everyone, 2) if self._judged_different({a}, {b})}
        return max(1, *apart, *(len(chosen) for chosen in _cliques(everyone, judged)))

    def _named_apart(self, report_id: str, origins: set[str]) -> int:
        """People of one report whose names share no word, and state media beside them. A document counts beside
        a person only who saw it or is named: an unnamed source may be the one who handed it over."""
        names: list[set[str]] = []
        papers: set[VoiceKind] = set()
        people = known = False
        for origin in sorted(origins)[:MANY]:
            voice = self._voices.get(origin)
            if voice is None or voice.report_id != report_id:
                continue
            if voice.kind in NO_PERSON:
                papers.add(voice.kind)
                continue
            people = True
            known = known or voice.kind is VoiceKind.NAMED or voice.connection in FIRST_HAND
            if voice.kind is VoiceKind.NAMED and all(not (self._name(voice) & other) for other in names):
                names.append(self._name(voice))
        if people and not known:
            papers.discard(VoiceKind.DOCUMENT)
        return len(papers) + (len(names) or int(people))

    def _said_apart(self, origins: set[str]) -> int:
        """Persons of one report that itself says that its sources do not know of one another."""
        voices = [self._voices[o] for o in origins if o in self._voices]
        return len([v for v in voices if v.kind is not VoiceKind.OUTLET])

    def _name(self, voice: Voice) -> set[str]:
        text = voice.descriptor.casefold()
        for expression in self._pseudonyms:
            text = expression.sub(" ", text)
        return set(_WORD.findall(text))

    def _judged_different(self, a: Collection[str], b: Collection[str]) -> bool:
        pairs = [(self._origin(x), self._origin(y)) for x, y in self._people.different]
        return any((x in a and y in b) or (y in a and x in b) for x, y in pairs)

    def _differ(self, a: Told, b: Told) -> bool:
        """Whether no voice of one group can be a voice of the other, as far as is known."""
        if self._judged_different(*({o for origins in told.values() for o in origins} for told in (a, b))):
            return True
        return all(self._two_people(x, y) for x in a.values() for y in b.values())

    def _two_people(self, a: set[str], b: set[str]) -> bool:
        """Whether the sources of two reports of unrelated outlets differ: by base, or by what they are."""
        return all(self._other_kind(self._voices[x], self._voices[y]) for x in a for y in b)

    def _other_kind(self, x: Voice, y: Voice) -> bool:
        """Two unnamed sources never differ, wherever each is: one may have it from the other, or both from a third."""
        if VoiceKind.OUTLET in {x.kind, y.kind}:
            return False
        if x.kind is VoiceKind.NAMED and y.kind is VoiceKind.NAMED:
            same_script = self._reports[x.report_id].language == self._reports[y.report_id].language
            return same_script and not (self._name(x) & self._name(y))
        if (x.kind in NO_PERSON) != (y.kind in NO_PERSON):
            return True
        return x.connection != y.connection and {x.connection, y.connection} <= FIRST_HAND

    # --- why

    def _reason(self, least: int, most: int, groups: Mapping[str, Told], told: Told) -> str:
        if least > 1:
            return f"At least {least} sources that differ by name or kind, neither known to rest on the other."
        if len(groups) > 1:
            return "The outlets are unrelated, but their unnamed sources may be one person."
        if len(told) > 1:
            why = self._why.get(next(iter(groups)), "the reports hang together")
            return f"{len(told)} reports count as one telling: {why}."
        if most > 1:
            return "Two or more unnamed sources of one outlet, who may be one person."
        (origins,) = told.values()
        return f"One source: {self._voices[next(iter(origins))].descriptor[:80]}."


def _line(text: str, span: Span) -> str:
    """The line that a span stands in, no more than REACH characters of it on either side."""
    left = max(text.rfind("\n", max(0, span.start - REACH), span.start) + 1, span.start - REACH, 0)
    right = text.find("\n", span.end, span.end + REACH)
    return text[left : min(len(text), span.end + REACH) if right < 0 else right]


def _says_apart(report: Report, pack: Pack) -> bool:
    patterns = pack.phrase("independence", "apart", str(report.language))
    expression = compile_cached(tuple(patterns), str(report.language)) if patterns else None
    return expression is not None and expression.search(report.text) is not None


def _cliques(nodes: Sequence[str], edges: set[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Every set of nodes that are all joined to one another; edges are given in the order of `nodes`."""

    def grow(chosen: tuple[str, ...], rest: Sequence[str]) -> Iterator[tuple[str, ...]]:
        yield chosen
        for i, node in enumerate(rest):
            if all((c, node) in edges for c in chosen):
                yield from grow((*chosen, node), rest[i + 1 :])

    return grow((), nodes)
