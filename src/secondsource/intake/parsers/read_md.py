"""Markdown, kept as it stands, with the YAML front matter that may precede it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondsource.intake.parsers.contract import Document, Item, Source, Unreadable
from secondsource.intake.parsers.fields import read_mapping
from secondsource.intake.parsers.text import clean, decode

_HEADING = re.compile(r"^#[ \t]+(\S[^\n]*)$", re.M)


def parse(source: Source) -> Iterator[Item]:
    raw, notes = decode(source.whole())
    text, fields = _front_matter(clean(raw))
    heading = _HEADING.search(text)
    if heading and "title" not in fields:
        fields["title"] = heading[1].rstrip("# \t")
    yield Document(text, fields, notes=notes)


def _front_matter(text: str) -> tuple[str, dict[str, object]]:
    if not text.startswith("---\n"):
        return text, {}
    end = text.find("\n---\n", 3)
    if end < 0:
        return text, {}
    try:
        fields = read_mapping(text[4 : end + 1])
    except Unreadable:
        return text, {}
    fields.pop("text", None)
    return text[end + 5 :].lstrip("\n"), fields
