"""Who heard from whom, drawn: persons above the reports that they told, lines from the one who knew it first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from secondsource.model import Incident, Report, Source, Voice
from secondsource.web.charts import WIDTH, svg, tag
from secondsource.web.words import Words

MOST = 28
"""Nodes that are drawn; the list in words has them all."""
ROW, TEXT, LEVELS, LANE, LANES = 26, 100, (34, 54, 78), 8, 3
LETTERS = 48


@dataclass(frozen=True, slots=True)
class Node:
    """A person (or document) or a report. `level` 0 knew it first, 1 heard of it, 2 is a report."""

    key: str
    label: str
    level: int


@dataclass(frozen=True, slots=True)
class Line:
    """From whom something came, to whom. `kind`: heard, told, repeats (one report another) or perhaps."""

    start: str
    end: str
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Graph:
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]


def graph(incident: Incident, reports: Mapping[str, Report], known: Sequence[Source], words: Words) -> Graph:
    """The voices that findings rest on, whomever they have it from, and the reports that cite them."""
    return _Drawing(incident, reports, known, words).graph()


class _Drawing:
    def __init__(
        self, incident: Incident, reports: Mapping[str, Report], known: Sequence[Source], words: Words
    ) -> None:
        self.incident, self.reports, self.words = incident, reports, words
        self.voices = {v.id: v for account in incident.accounts for v in account.voices}
        self.sources = {s.id: s for s in known}
        self.source_of = {voice: s for s in known for voice in s.voices}
        self.nodes: dict[str, Node] = {}
        self.lines: dict[tuple[str, str], Line] = {}

    def graph(self) -> Graph:
        used = dict.fromkeys(
            (s.report_id, s.voice_id) for f in self.incident.findings for s in f.support if s.voice_id in self.voices
        )
        for report_id in self.incident.reports:
            told = [self._person(self.voices[v]) for r, v in used if r == report_id and v is not None]
            self._report(report_id)
            for person in dict.fromkeys(told):
                self._join(person, report_id, "told", self.words._("%(start)s told %(end)s."))
        self._ties()
        return Graph(tuple(self.nodes.values()), tuple(self.lines.values()))

    def _person(self, voice: Voice, passed: tuple[str, ...] = ()) -> str:
        """The node of a voice, after those of whomever it has it from."""
        source = self.source_of.get(voice.id)
        key = source.id if source else voice.id
        if key in self.nodes or voice.id in passed:
            return key
        before = None
        if source is not None and source.heard_from in self.sources:
            before = self._source(self.sources[source.heard_from], (key,))
        elif source is None and voice.heard_from in self.voices:
            before = self._person(self.voices[voice.heard_from], (*passed, voice.id))
        self._add(key, self._name(voice, source), before)
        return key

    def _source(self, source: Source, passed: tuple[str, ...]) -> str:
        if source.id in self.nodes or source.id in passed:
            return source.id
        further = self.sources.get(source.heard_from or "")
        before = self._source(further, (*passed, source.id)) if further else None
        self._add(source.id, source.pseudonym, before)
        return source.id

    def _add(self, key: str, label: str, before: str | None) -> None:
        self.nodes[key] = Node(key, label, 0 if before is None else 1)
        if before is not None:
            self._join(before, key, "heard", self.words._("%(end)s has it from %(start)s."))

    def _name(self, voice: Voice, source: Source | None) -> str:
        said = self.words._("“%(words)s”") % {"words": self.words.voice(voice)}
        return f"{source.pseudonym} ({said})" if source else said

    def _report(self, report_id: str) -> None:
        report = self.reports.get(report_id)
        outlet = (report.outlet if report else None) or self.words._("unknown outlet")
        when = self.words.date(report.published) if report and report.published else ""
        label = ", ".join(filter(None, (outlet, str(report.language) if report else "", when)))
        self.nodes[report_id] = Node(report_id, label, 2)

    def _ties(self) -> None:
        _ = self.words._
        for tie in self.incident.ties:
            if tie.a in self.nodes and tie.b in self.nodes:
                said = (
                    _("%(start)s and %(end)s count as one telling: ")
                    if tie.same
                    else _("%(start)s and %(end)s may rest on one source: ")
                )
                self._join(tie.a, tie.b, "repeats" if tie.same else "perhaps", said, tie.why + ".")

    def _join(self, start: str, end: str, kind: str, sentence: str, rest: str = "") -> None:
        if start != end and start in self.nodes and end in self.nodes:
            names = {"start": self.nodes[start].label, "end": self.nodes[end].label}
            said = sentence % names + rest
            self.lines[start, end] = Line(start, end, kind, said[:1].upper() + said[1:])


def draw(found: Graph, title: str) -> Markup:
    """A row for each node, lines in the margin; nothing where there are fewer than two nodes."""
    nodes = found.nodes[:MOST]
    if len(nodes) < 2:
        return Markup("")
    at = {node.key: (LEVELS[node.level], 16 + ROW * row) for row, node in enumerate(nodes)}
    shown = [line for line in found.lines if line.start in at and line.end in at]
    parts, lanes = [], 0
    for line in shown:
        (x1, y1), (_, y2) = at[line.start], at[line.end]
        crowded = any(x == x1 and min(y1, y2) < y < max(y1, y2) for x, y in at.values())
        lanes += crowded and line.kind in {"heard", "told"}
        parts.append(_curve(at[line.start], at[line.end], line.kind, 1 + (lanes - 1) % LANES if crowded else 0))
    for node in nodes:
        x, y = at[node.key]
        if node.level == 2:
            parts.append(tag("rect", x=x - 6, y=y - 6, width=12, height=12, rx=2, cls="report"))
        else:
            parts.append(tag("circle", cx=x, cy=y, r=6, cls="first" if node.level == 0 else "second"))
        wide = sum(1.8 if ord(c) > 0x2E80 else 1 for c in node.label)
        label = node.label if wide <= LETTERS else node.label[: int(LETTERS * len(node.label) / wide) - 1] + "…"
        parts.append(tag("text", label, x=TEXT, y=y + 4, cls=f"label {'report' if node.level == 2 else 'person'}"))
    return svg(ROW * len(nodes) + 8, title, parts, "sources", WIDTH)


def _curve(start: tuple[float, float], end: tuple[float, float], kind: str, lane: int) -> Markup:
    """From one node to another. Where others stand in between, it runs in a lane beside them."""
    (x1, y1), (x2, y2) = start, end
    if kind in {"repeats", "perhaps"}:
        bow = x1 + 8 + min(10.0, abs(y2 - y1) / 12)
        return tag("path", d=f"M{x1 + 6:g},{y1:g} C{bow:g},{y1:g} {bow:g},{y2:g} {x2 + 6:g},{y2:g}", cls=f"line {kind}")
    if lane:
        x = x1 - LANE * lane
        bend = min(ROW / 2, abs(y2 - y1) / 2) * (1 if y2 > y1 else -1)
        path = f"M{x1:g},{y1:g} Q{x:g},{y1:g} {x:g},{y1 + bend:g} L{x:g},{y2 - bend:g} Q{x:g},{y2:g} {x2 - 7:g},{y2:g}"
        return tag("path", d=path, cls=f"line {kind}")
    return tag("path", d=f"M{x1:g},{y1:g} Q{x1:g},{y2:g} {x2 - 7:g},{y2:g}", cls=f"line {kind}")
