"""A report with two claims in it, as one reader finds them, and the pack that they are coded by."""

from __future__ import annotations

import re
from typing import Any

from secondsource.model import (
    Claim,
    Decision,
    DecisionKind,
    Language,
    OrgMention,
    PeopleMention,
    PlaceMention,
    PlaceRole,
    Reading,
    Report,
    Span,
    TimeMention,
    Voice,
)
from secondsource.packs import Act, Organisation, Pack, Place
from secondsource.review import Judgements, complete

PACK = Pack(
    name="field",
    version="1",
    acts={
        code: Act(code=code, label={"en": code}, kind=kind, core=kind == "harm")  # type: ignore[arg-type]
        for code, kind in [("arrest", "harm"), ("beating", "harm"), ("lure", "means"), ("crossing", "attempt")]
    },
    organisations={c: Organisation(code=c, side="state") for c in ("MSS", "GUARD")},
    places={
        p.id: p
        for p in [
            Place(id="nh", name="North", kind="province"),
            Place(id="hr", name="Hoeryong", kind="city", parent="nh", names=("회령",)),
            Place(id="ms", name="Musan", kind="county", parent="nh"),
            Place(id="ms2", name="Musan", kind="city"),
        ]
    },
)
TEXT = (
    "A resident of Musan said that guards seized a family of three on May 3. They had been lured by a broker, "
    "a second resident said. Nobody saw them again, and the mother was beaten in a cell."
)


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


REPORT = Report(id="r_1", text=TEXT, language=Language.EN, outlet="Post", received="2021-06-01T00:00:00+00:00")
SENTENCES = tuple(span(s) for s in re.split(r"(?<=\.) ", TEXT))
FIRST = Voice(id="v_1", report_id="r_1", descriptor="A resident of Musan", spans=(span("A resident of Musan"),))
SECOND = Voice(id="v_2", report_id="r_1", descriptor="a second resident", spans=(span("a second resident"),))


def claim(act: str, words: str, sentence: int, **fields: Any) -> Claim:
    trigger = span(words)
    made = Claim.make_id("r_1", trigger, act)
    return Claim(id=made, report_id="r_1", act=act, span=SENTENCES[sentence], trigger=trigger, **fields)


ARREST = claim(
    "arrest",
    "seized",
    0,
    voice="v_1",
    perpetrators=(OrgMention(span=span("guards"), org="GUARD"),),
    victims=(PeopleMention(span=span("a family of three"), count_min=3, count_max=3, relations=("family",)),),
    places=(PlaceMention(span=span("Musan"), place="ms", role=PlaceRole.ARREST),),
    when=TimeMention(span=span("May 3"), edtf="XXXX-05-03", basis="unknown"),
)
LURE = claim("lure", "lured", 1, voice="v_2", episode=0)
READING = Reading(report_id="r_1", reader="one", claims=(ARREST, LURE), voices=(FIRST, SECOND))
NEW = Claim.make_id("r_1", span("beaten"), "beating")


class Desk:
    """Decisions made one after another over one reading, as a book makes them."""

    def __init__(self, reading: Reading = READING, report: Report = REPORT) -> None:
        self.reading = reading
        self.report = report
        self.decisions: list[Decision] = []

    def decide(self, kind: DecisionKind, *targets: str, value: str | None = None, why: str = "") -> Decision:
        named, kept = complete(
            kind,
            targets,
            value,
            Judgements(self.decisions),
            find=self._find,
            sentences=lambda report: SENTENCES,
            pack=PACK,
        )
        number = len(self.decisions)
        made = Decision(id=f"d_{number}", kind=kind, targets=named, value=kept, who="ana", at=f"t{number:03}", why=why)
        self.decisions.append(made)
        return made

    def _find(self, target: str) -> tuple[Report, Reading]:
        known = {self.report.id, *(c.id for c in self.reading.claims), *(t for d in self.decisions for t in d.targets)}
        if target not in known:
            raise KeyError(target)
        return self.report, self.reading
