"""What people type, found: places by name, words in a text."""

from __future__ import annotations

import unicodedata

from secondsource.model import Report, Span
from secondsource.packs import Pack

SHOWN = 60


def find_place(name: str, pack: Pack) -> str:
    """The gazetteer id of a place by its id, its full name, or a name that only it has. ValueError otherwise."""
    if name in pack.places:
        return name
    wanted = _folded(name)
    found = [p for p in pack.places if _folded(pack.canonical(p)) == wanted]
    if not found:
        found = [p.id for p in pack.places.values() if wanted in {_folded(n) for n in (p.name, *p.names)}]
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValueError(f"the gazetteer has no place “{name[:SHOWN]}”")
    named = " or ".join(f"{pack.canonical(p)} ({p})" for p in found[:5])
    raise ValueError(f"“{name[:SHOWN]}” may be {named}")


def find_words(typed: str, report: Report, near: Span | None = None) -> Span:
    """Where words stand in a report: in `near`, else at the only place where they do. ValueError otherwise."""
    typed = typed.strip()
    if not typed:
        raise ValueError("the words are missing")
    if near is not None and (inside := near.of(report.text).find(typed)) >= 0:
        return Span(start=near.start + inside, end=near.start + inside + len(typed))
    first = report.text.find(typed)
    if first < 0:
        raise ValueError(f"“{typed[:SHOWN]}” does not stand in the text, letter for letter")
    if report.text.find(typed, first + 1) >= 0:
        raise ValueError(f"“{typed[:SHOWN]}” stands in the text more than once: say in which sentence")
    return Span(start=first, end=first + len(typed))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()
