"""PDF: the text of its pages, and its title. The dates inside it are those of the file, not of the report."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator

from pypdf import PasswordType, PdfReader

from secondsource.intake.parsers.contract import Document, Item, Source, Unreadable


def parse(source: Source) -> Iterator[Item]:
    reader = PdfReader(io.BytesIO(source.whole()))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise Unreadable("it is encrypted")
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text().strip())
        length += len(pages[-1])
        if length > source.limits.max_text:
            raise Unreadable(f"its text is longer than {source.limits.max_text} characters")
    text = "\n\n".join(filter(None, pages))
    if not text.strip():
        raise Unreadable("there is no text in it (a scan?)")
    if _garbled(text):
        raise Unreadable("its letters cannot be told (its fonts do not say which they are)")
    title = reader.metadata.title if reader.metadata else None
    yield Document(text, {"title": title} if title else {})


def _garbled(text: str) -> bool:
    strange = sum(
        letter == "\ufffd" or unicodedata.category(letter) in {"Co", "Cn", "Cc"} for letter in text if letter > " "
    )
    return strange * 5 > len(text)
