"""The story of an incident in one paragraph: only what claims say, each with how sure and according to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from secondsource.model import FactKind, Finding, Modality, Support, Verdict
from secondsource.web.telling import Column, Telling
from secondsource.web.words import MODALITY_NOUN, Words

ORDER = {"control": 0, "means": 1, "attempt": 2, "harm": 3, "relief": 4}
"""The kinds of act in the order in which they follow one another in most stories."""
MOST = 3
"""Voices named in one sentence; the table has them all."""


def sentences(telling: Telling, words: Words) -> list[str]:
    story = _Story(telling, words)
    return [sentence for sentence in story.tell() if sentence]


class _Story:
    """One telling. `met` are the voices that were already introduced: later they are named shorter."""

    def __init__(self, telling: Telling, words: Words) -> None:
        self.telling = telling
        self.words = words
        self._ = words._
        self._n = words._n
        self.met: set[int] = set()
        self.facts = {kind: [row.finding for row in rows] for kind, rows in telling.rows}

    def tell(self) -> Iterator[str]:
        _ = self._
        yield self.opening()
        yield from self.acts(self.facts.get(FactKind.ACT, []))
        yield self.values(FactKind.PERPETRATOR, _("Named as responsible: %(values)s."))
        yield self.values(FactKind.VICTIMS, _("Said of how many it befell: %(values)s."))
        yield self.values(FactKind.SUM, _("Said of money: %(values)s."))
        yield self.disagreement()
        yield self.ground()

    def opening(self) -> str:
        _, _n, incident = self._, self._n, self.telling.incident
        count = len(incident.reports)
        outlets = self.words.listed(self.telling.reports[r].outlet or "" for r in incident.reports)
        said = _n("%(n)s report", "%(n)s reports", count) % {"n": count}
        teller = _("%(reports)s by %(outlets)s") % {"reports": said, "outlets": outlets} if outlets else said
        where = self.words.places(incident.places)
        if incident.practice:
            template = _n("%(teller)s speaks of a practice", "%(teller)s speak of a practice", count)
        else:
            template = _n("%(teller)s tells of an incident", "%(teller)s tell of an incident", count)
        template += _(" in %(where)s") if where else _(" at a place that is not named")
        template += _(" (%(when)s).") if incident.when else _(", without a date.")
        return template % {"teller": teller, "where": where, "when": self.words.date(incident.when)}

    def acts(self, findings: Sequence[Finding]) -> Iterator[str]:
        """What the same voices say in the same manner shares a sentence."""
        _ = self._
        groups: dict[tuple[Modality, tuple[int, ...]], list[str]] = {}
        for finding in sorted(findings, key=lambda f: ORDER.get(self.words.act_kind(f.value), 3)):
            for modality in Modality:
                voices = self.columns(s for s in finding.support if s.modality is modality)
                if voices:
                    key = modality, tuple(c.number for c in voices)
                    groups.setdefault(key, []).append(self.words.act(finding.value))
        for (modality, numbers), acts in groups.items():
            template = {
                Modality.ASSERTED: _("According to %(who)s: %(acts)s."),
                Modality.HEDGED: _("Perhaps, according to %(who)s: %(acts)s."),
                Modality.HEARD: _("From hearsay, according to %(who)s: %(acts)s."),
                Modality.DENIED: _("Denied by %(who)s: %(acts)s."),
                Modality.PLANNED: _("Planned, according to %(who)s: %(acts)s."),
            }[modality]
            who = self.who([c for c in self.telling.columns if c.number in numbers])
            yield template % {"who": who, "acts": self.words.listed(acts)}
        sure = [self.words.act(f.value) for f in findings if f.verdict is Verdict.CORROBORATED]
        if sure:
            yield _("At least two independent sources stand behind: %(acts)s.") % {"acts": self.words.listed(sure)}

    def values(self, kind: FactKind, template: str) -> str:
        """Every value that is claimed, with its voices; hedges stay beside the voice that hedges."""
        parts = []
        for finding in self.facts.get(kind, []):
            plain = [s for s in finding.support if s.modality is Modality.ASSERTED]
            who = [self.who(self.columns(plain))] if plain else []
            for modality in (m for m in Modality if m is not Modality.ASSERTED):
                if voices := self.columns(s for s in finding.support if s.modality is modality):
                    noun = self.words.of(MODALITY_NOUN, modality)
                    who.append(self._("%(noun)s: %(who)s") % {"noun": noun, "who": self.who(voices)})
            said = self._("; ").join(who) or self._("nobody who is named")
            value = self.words.value(kind, finding.value)
            parts.append(self._("%(value)s (%(who)s)") % {"value": value, "who": said})
        return template % {"values": self._("; ").join(parts)} if parts else ""

    def columns(self, support: Iterable[Support]) -> list[Column]:
        keys = {(s.report_id, s.voice_id) for s in support}
        return [c for c in self.telling.columns if (c.report.id, c.voice.id if c.voice else None) in keys]

    def who(self, columns: Sequence[Column]) -> str:
        named = [self.voice(column) for column in columns[:MOST]]
        more = len(columns) - MOST
        if more > 0:
            named.append(self._n("%(n)s more", "%(n)s more", more) % {"n": more})
        return self.words.listed(named) or self._("nobody who is named")

    def voice(self, column: Column) -> str:
        """In full where it is met first, then by its outlet, if that has but one voice here."""
        _ = self._
        outlet = column.report.outlet or _("an unknown outlet")
        known = column.number in self.met
        self.met.add(column.number)
        alone = sum(c.report.outlet == column.report.outlet for c in self.telling.columns) == 1
        if column.voice is None:
            return outlet if known else _("%(outlet)s, which names no source") % {"outlet": outlet}
        if known and alone:
            return _("the voice in %(outlet)s") % {"outlet": outlet}
        voice = _("“%(words)s”") % {"words": self.words.voice(column.voice)}
        return voice if known else _("%(voice)s in %(outlet)s") % {"voice": voice, "outlet": outlet}

    def disagreement(self) -> str:
        kinds = [self.words.of_fact(kind) for kind, found in self.facts.items() if any(f.conflicts for f in found)]
        if not kinds:
            return ""
        said = {"kinds": self.words.listed(kinds).lower()}
        return self._("The tellings contradict one another on: %(kinds)s.") % said

    def ground(self) -> str:
        if self.telling.incident.practice:
            return ""
        return {
            "yes": self._("The event itself is corroborated."),
            "unclear": self._("Whether the event is corroborated is unclear."),
            "no": self._("The event is not corroborated."),
        }[self.telling.incident.corroboration.value]
