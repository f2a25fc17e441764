"""Reads one sentence's roles, with the organisations that the sentence marks: no other reader is needed."""

from __future__ import annotations

import re
from collections.abc import Callable

from secondsource.model import Language, OrgMention, Report, Span
from secondsource.packs import Organisation, Pack, load
from secondsource.reading import people
from secondsource.reading.acts import ActHit, Roles
from secondsource.reading.text import lay_out

STATE = {"MSS", "border_guards", "MPS", "chinese_police"}


def pack() -> Pack:
    orgs = {code: Organisation(code=code, side="state") for code in STATE}
    orgs["broker"] = Organisation(code="broker", side="private")
    return load("nk_border").model_copy(update={"organisations": orgs})


def read(
    marked: str, language: str, act: str, roles: Callable[..., dict[int, Roles]]
) -> list[tuple[set[str], list[str]]]:
    """`marked` holds organisations as {MSS:보위부} and triggers as <체포>; gives (perpetrators, victims) of each."""
    text, orgs, triggers = "", [], []
    for piece in re.split(r"(\{[^}]*\}|<[^>]*>)", marked):
        start = len(text)
        if piece.startswith("{"):
            code, words = piece[1:-1].split(":")
            text += words
            orgs.append(OrgMention(span=Span(start=start, end=len(text)), org=code))
        elif piece.startswith("<"):
            text += piece[1:-1]
            triggers.append(Span(start=start, end=len(text)))
        else:
            text += piece
    report = Report(id="r", text=text, language=Language(language), received="2024-01-01T00:00:00Z")
    laid = lay_out(report, pack())
    hits = []
    for trigger in triggers:
        sentence = laid.sentence_at(trigger.start)
        assert sentence is not None
        hits.append(ActHit(act, trigger, sentence))
    found = [roles(laid, hits, orgs, people.find(laid))[i] for i in range(len(hits))]
    return [({o.org for o in r.perpetrators}, [v.span.of(text) for v in r.victims]) for r in found]
