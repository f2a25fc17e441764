"""Reports with their readings, made of generated descriptions: for measuring and testing what comes after reading.

The texts hold the words that tell reports apart and are no prose; the claims point to the whole of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from secondsource.model import (
    Claim,
    Mention,
    OrgMention,
    PeopleMention,
    PlaceMention,
    PlaceRole,
    Reading,
    Report,
    Span,
    SumMention,
    TimeMention,
    Voice,
    content_id,
)
from secondsource.packs import Pack
from secondsource.world.descriptions import descriptions

CITED = "A source"


def readings(pack: Pack, *, incidents: int, seed: int, reader: str) -> Iterator[tuple[Report, Reading]]:
    """As `descriptions` gives them, in its order. `reader`: who is said to have read them."""
    for row in descriptions(pack, incidents=incidents, seed=seed):
        report = _report(row)
        yield report, _reading(row, report, reader)


def _report(row: dict[str, Any]) -> Report:
    words = " ".join(sorted(row["words"]))
    return Report(
        id=content_id("r", row["report"], row["id"]),
        ref=row["id"],
        text=f"{CITED}: {', '.join(sorted(row['acts']))}. {words}",
        language=row["language"],
        outlet=f"Outlet {len(words) % 7}",
        received="2026-01-01",
    )


def _reading(row: dict[str, Any], report: Report, reader: str) -> Reading:
    whole = Span(start=0, end=len(report.text))
    voice = Voice(
        id=content_id("v", report.id, 0), report_id=report.id, descriptor=CITED, spans=(Span(start=0, end=len(CITED)),)
    )
    people = PeopleMention(
        span=whole,
        count_min=row["low"],
        count_max=row["high"],
        age_min=row["age_low"],
        age_max=row["age_high"],
        relations=tuple(sorted(row["relations"])),
    )
    places = tuple(PlaceMention(span=whole, place=p, role=PlaceRole.INCIDENT) for p in sorted(row["places"]))
    orgs = tuple(OrgMention(span=whole, org=code) for code in sorted(row["perpetrators"]))
    sums = tuple(_sum(text, whole) for text in sorted(row["sums"]))
    when = TimeMention(span=whole, edtf=row["when"]) if row["when"] else None
    claims = []
    for act in sorted(row["acts"]):
        start = report.text.index(act)
        trigger = Span(start=start, end=start + len(act))
        claims.append(
            Claim(
                id=Claim.make_id(report.id, trigger, act),
                report_id=report.id,
                act=act,
                span=whole,
                trigger=trigger,
                voice=voice.id,
                perpetrators=orgs,
                victims=(people,),
                places=places,
                when=when,
                sums=sums,
            )
        )
    mentions: list[Mention] = [people, *places, *orgs, *sums]
    for detail in sorted(row["details"]):
        kind, _, text = detail.partition(":")
        if kind == "time":
            mentions.append(TimeMention(span=whole, edtf=text))
        elif kind == "place" and text not in row["places"]:
            mentions.append(PlaceMention(span=whole, place=text))
    return Reading(report_id=report.id, reader=reader, claims=tuple(claims), voices=(voice,), mentions=tuple(mentions))


def _sum(text: str, span: Span) -> SumMention:
    amount, currency = text.split(" ")
    return SumMention(span=span, amount=float(amount), currency=currency)
