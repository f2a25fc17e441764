"""Reports to claims: who says that what was done to whom, by whom, where and when.

`read(report, pack)` gives a `Reading`. Another engine can stand beside the one of this project: whatever
is a `Reader` may be passed in, and a claim of it that does not point to the text is dropped.
"""

from __future__ import annotations

from typing import Protocol

from secondsource import fingerprint
from secondsource.model import Reading, Report, Span
from secondsource.packs import Pack, parts

__all__ = ["Reader", "Rules", "read", "sentences", "version"]


class Reader(Protocol):
    """An engine that reads."""

    def version(self, pack: Pack) -> str:
        """Name and version of the engine and the pack: when it changes, reports are read anew."""
        ...

    def read(self, report: Report, pack: Pack) -> Reading:
        """All claims and mentions that it finds in a report."""
        ...


CODE = ("reading", "packs", "edtf", "people_count")
PARTS = ("name", "acts", "organisations", "relations", "places", "phrases")
"""What a reading depends on, of the code and of the pack: when it changes, reports are read anew."""


class Rules:
    """The engine of this project: the pack's words, and grammar."""

    def version(self, pack: Pack) -> str:
        return f"rules {fingerprint.of(*CODE)}, {pack.name} {parts.digest(pack, *PARTS)[:12]}"

    def read(self, report: Report, pack: Pack) -> Reading:
        from secondsource.reading.assemble import assemble

        return assemble(report, pack, self.version(pack))


def version(pack: Pack, reader: Reader | None = None) -> str:
    """What a reading made now would be signed with."""
    return (reader or Rules()).version(pack)


def read(report: Report, pack: Pack, reader: Reader | None = None) -> Reading:
    """A report's claims. Those that do not rest on its characters, or on acts of the pack, are left out."""
    reading = (reader or Rules()).read(report, pack)
    kept = tuple(
        claim
        for claim in reading.claims
        if claim.report_id == report.id
        and claim.act in pack.acts
        and _inside(claim.span, report)
        and _inside(claim.trigger, report)
        and claim.span.covers(claim.trigger)
    )
    mentions = tuple(mention for mention in reading.mentions if _inside(mention.span, report))
    dropped = len(reading.claims) - len(kept)
    notes = (*reading.notes, f"{dropped} claims pointed to no text and were dropped") if dropped else reading.notes
    return reading.model_copy(update={"claims": kept, "mentions": mentions, "notes": notes})


def sentences(report: Report, pack: Pack) -> tuple[Span, ...]:
    """A report's sentences in order, as readers see them."""
    from secondsource.reading.text import lay_out

    return tuple(sentence.span for sentence in lay_out(report, pack).sentences)


def _inside(span: Span, report: Report) -> bool:
    return 0 <= span.start < span.end <= len(report.text)
