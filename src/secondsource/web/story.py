"""The story of an incident in one paragraph: only what claims say, each with how sure and according to whom.

Of several reports it is told by report, since their voices stand in the table below; of one report, by voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from secondsource.model import FactKind, Finding, Modality, Support, Verdict
from secondsource.web.telling import Column, Telling
from secondsource.web.words import MODALITY_NOUN, Words

ORDER = {"control": 0, "means": 1, "attempt": 2, "harm": 3, "relief": 4}
"""The kinds of act in the order in which they follow one another in most stories."""
MOST = 3
"""Tellers named in one sentence; the table has them all."""


def sentences(telling: Telling, words: Words) -> list[str]:
    story = _Story(telling, words)
    return [sentence for sentence in story.tell() if sentence]


class _Story:
    """One telling. A teller is a report, or in a story of one report a voice."""

    def __init__(self, telling: Telling, words: Words) -> None:
        self.telling = telling
        self.words = words
        self._ = words._
        self._n = words._n
        self.alone = len(telling.incident.reports) == 1
        self.facts = {kind: [row.finding for row in rows] for kind, rows in telling.rows}
        self.names = self._names()

    def _names(self) -> dict[str, str]:
        """What each teller is called: a voice by its words, a report by its outlet."""
        _ = self._
        if self.alone:
            return {self._key(c): self._voice(c) for c in self.telling.columns}
        outlets = {r: self.telling.reports[r].outlet or _("an unknown outlet") for r in self.telling.incident.reports}
        twice = {name for name in outlets.values() if list(outlets.values()).count(name) > 1}
        return {
            r: _("%(outlet)s (%(published)s)") % {"outlet": name, "published": self._published(r)}
            if name in twice
            else name
            for r, name in outlets.items()
        }

    def _published(self, report_id: str) -> str:
        report = self.telling.reports[report_id]
        return self.words.date(report.published) if report.published else str(report.language)

    def _voice(self, column: Column) -> str:
        if column.voice is None:
            return self._("the report itself, which names no source for it")
        return self._("“%(words)s”") % {"words": self.words.voice(column.voice)}

    def _key(self, column: Column) -> str:
        return str(column.number) if self.alone else column.report.id

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
        where = self.words.places(incident.places[:1])
        if incident.practice:
            template = _n("%(teller)s speaks of a practice", "%(teller)s speak of a practice", count)
        else:
            template = _n("%(teller)s tells of an incident", "%(teller)s tell of an incident", count)
        template += _(" in %(where)s") if where else _(" at a place that is not named")
        template += _(" (%(when)s).") if incident.when else _(", without a date.")
        return template % {"teller": teller, "where": where, "when": self.words.date(incident.when)}

    def acts(self, findings: Sequence[Finding]) -> Iterator[str]:
        """What the same tellers say in the same manner shares a sentence, what most of them say comes first."""
        _ = self._
        groups: dict[tuple[Modality, tuple[str, ...]], list[str]] = {}
        for finding in sorted(findings, key=lambda f: ORDER.get(self.words.act_kind(f.value), 3)):
            sure: set[str] = set()
            for modality in Modality:
                tellers = tuple(
                    t for t in self.tellers(s for s in finding.support if s.modality is modality) if t not in sure
                )
                if modality is Modality.ASSERTED:
                    sure.update(tellers)
                if tellers:
                    groups.setdefault((modality, tellers), []).append(self.act(finding))
        order = list(Modality)
        for (modality, tellers), acts in sorted(groups.items(), key=lambda g: (order.index(g[0][0]), -len(g[0][1]))):
            template = {
                Modality.ASSERTED: _("According to %(who)s: %(acts)s."),
                Modality.HEDGED: _("Perhaps, according to %(who)s: %(acts)s."),
                Modality.HEARD: _("From hearsay, according to %(who)s: %(acts)s."),
                Modality.DENIED: _("Denied by %(who)s: %(acts)s."),
                Modality.PLANNED: _("Planned, according to %(who)s: %(acts)s."),
            }[modality]
            yield template % {"who": self.who(tellers), "acts": self.words.listed(acts)}
        corroborated = [self.act(f) for f in findings if f.verdict is Verdict.CORROBORATED]
        if corroborated:
            yield _("At least two independent sources stand behind: %(acts)s.") % {
                "acts": self.words.listed(corroborated)
            }

    def act(self, finding: Finding) -> str:
        """The act's label as it stands inside a sentence."""
        label = self.words.act(finding.value)
        return label[:1].lower() + label[1:]

    def values(self, kind: FactKind, template: str) -> str:
        """Every value that is claimed, with its tellers; hedges stay beside those who hedge."""
        parts = []
        for finding in self.facts.get(kind, []):
            plain = self.tellers(s for s in finding.support if s.modality is Modality.ASSERTED)
            who = [self.who(plain)] if plain else []
            for modality in (m for m in Modality if m is not Modality.ASSERTED):
                hedging = self.tellers(s for s in finding.support if s.modality is modality)
                if tellers := [t for t in hedging if t not in plain]:
                    noun = self.words.of(MODALITY_NOUN, modality)
                    who.append(self._("%(noun)s: %(who)s") % {"noun": noun, "who": self.who(tellers)})
            said = self._("; ").join(who) or self._("nobody who is named")
            value = self.words.value(kind, finding.value)
            parts.append(self._("%(value)s (%(who)s)") % {"value": value, "who": said})
        return template % {"values": self._("; ").join(parts)} if parts else ""

    def tellers(self, support: Iterable[Support]) -> tuple[str, ...]:
        keys = {(s.report_id, s.voice_id) for s in support}
        speaking = [c for c in self.telling.columns if (c.report.id, c.voice.id if c.voice else None) in keys]
        return tuple(dict.fromkeys(self._key(c) for c in speaking))

    def who(self, tellers: Sequence[str]) -> str:
        if not self.alone and len(tellers) == len(self.names) > 1:
            return self._n("both", "all %(n)s", len(tellers) - 1) % {"n": len(tellers)}
        named = [self.names[t] for t in tellers[:MOST]]
        more = len(tellers) - MOST
        if more > 0:
            named.append(self._n("%(n)s more", "%(n)s more", more) % {"n": more})
        return self.words.listed(named) or self._("nobody who is named")

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
