"""Small reports, voices and claims to weigh."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondsource.model import (
    Account,
    Claim,
    Count,
    Incident,
    Language,
    Modality,
    OrgMention,
    PlaceMention,
    PlaceRole,
    Report,
    Span,
    TimeMention,
    Voice,
    VoiceKind,
)
from secondsource.packs import load
from secondsource.weighing import weigh

PACK = load("nk_border")
LINES = (
    "Kites were sold in the square before noon, a trader recalled with a smile.",
    "Farmers carried pine logs across the ridge while the snow still lay deep.",
    "Children counted the lamps along the harbour and lost their count at nine.",
    "Nobody at the mill could say why the second wheel had stopped on Tuesday.",
)


def report(
    key: str, *, text: str = "", outlet: str | None = "Ridge Weekly", language: str = "en", **more: str
) -> Report:
    return Report(
        id=key,
        ref=key,
        text=text or f"{LINES[sum(key.encode()) % len(LINES)]} {key} " * 3,
        language=Language(language),
        outlet=outlet,
        received="2020-01-01T00:00:00+00:00",
        reprint_of=more.get("reprint_of"),
    )


def voice(report_id: str, key: str = "v", **more: str) -> Voice:
    return Voice(
        id=f"{report_id}-{key}",
        report_id=report_id,
        descriptor=more.get("name", "a source"),
        spans=(Span(start=0, end=1),),
        kind=VoiceKind(more.get("kind", "unnamed")),
        base=more.get("base"),
        connection=more.get("connection", "99"),
        heard_from=more.get("heard_from"),
        outlet=more.get("outlet"),
    )


def claim(report_id: str, act: str, said_by: str | None = None, **more: str) -> Claim:
    span = Span(start=int(more.get("start", 0)), end=int(more.get("end", 40)))
    places = tuple(PlaceMention(span=span, place=p, role=PlaceRole.ARREST) for p in more.get("place", "").split())
    return Claim(
        id=f"c-{report_id}-{act}-{said_by}-{more.get('key', '')}",
        report_id=report_id,
        act=act,
        span=span,
        trigger=span,
        modality=Modality(more.get("modality", "asserted")),
        voice=f"{report_id}-{said_by}" if said_by else None,
        perpetrators=tuple(OrgMention(span=span, org=o) for o in more.get("by", "").split()),
        places=places,
        when=TimeMention(span=span, edtf=more["when"]) if "when" in more else None,
    )


def account(report_id: str, claims: Sequence[Claim], voices: Sequence[Voice] = (), **more: object) -> Account:
    fields = {"acts": tuple(dict.fromkeys(c.act for c in claims)), **more}
    return Account(id=f"a-{report_id}", report_id=report_id, claims=tuple(claims), voices=tuple(voices), **fields)  # type: ignore[arg-type]


def one_voice(
    key: str, *, outlet: str | None = "Ridge Weekly", language: str = "en", text: str = "", **more: str
) -> tuple[Report, Account]:
    """A report with one voice that states an arrest."""
    told = report(
        key,
        outlet=outlet,
        language=language,
        text=text,
        **({"reprint_of": more.pop("reprint_of")} if "reprint_of" in more else {}),
    )
    return told, account(key, [claim(key, "arrest_detention", "v")], [voice(key, **more)])


def weighed(*told: tuple[Report, Account], **more: object) -> Incident:
    reports = {r.id: r for r, _ in told}
    return weigh("i", [a for _, a in told], [], reports, PACK, **more)  # type: ignore[arg-type]


def from_text(
    lines: Sequence[tuple[str, str]], language: str = "en", modality: str = "asserted"
) -> tuple[Report, Account]:
    """A report whose lines each state the acts named beside them, by one voice; `who>act` says by whom."""
    text, claims = "", []
    for number, (line, acts) in enumerate(lines):
        for act in acts.split():
            by, _, code = act.rpartition(">")
            at = {"start": str(len(text)), "end": str(len(text) + len(line)), "key": str(number), "by": by}
            claims.append(claim("t", code, "v", modality=modality, **at))
        text += line + "\n"
    assert not re.search(r"\n\n", text)
    return report("t", text=text, language=language), account("t", claims, [voice("t")])


def victims(low: int | None, high: int | None) -> Count:
    return Count(low=low, high=high)
