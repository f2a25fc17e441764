"""E-mail (RFC 5322): subject, date, text, and what is attached. Who sent it, to whom and by which way stays
in the stored bytes and reaches no report."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from secondsource.intake.parsers.contract import Document, Item, Member, Refusal, Source
from secondsource.intake.parsers.read_html import text_of
from secondsource.intake.parsers.text import decode

_DEEPEST = 2
_FIELDS = {"subject": "title", "date": "published", "content-language": "language"}


def parse(source: Source) -> Iterator[Item]:
    message = message_from_bytes(source.whole())
    texts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    attached: list[Item] = []
    notes: list[str] = []
    for part in _parts(message):
        kind, name = part.get_content_type(), _words(part.get_filename())
        if kind == "message/rfc822":
            attached.append(_attachment(source, name or "message.eml", part.get_payload(0).as_bytes()))  # type: ignore[union-attr]
        elif kind in texts and not name and part.get_content_disposition() != "attachment":
            text, remarks = decode(_bytes(part), part.get_content_charset())
            texts[kind].append(text)
            notes += remarks
        elif name or part.get_content_disposition() == "attachment":
            attached.append(_attachment(source, name or "attachment", _bytes(part)))
    fields = {ours: words for theirs, ours in _FIELDS.items() if (words := _words(message[theirs]))}
    text = "\n\n".join(texts["text/plain"]) or "\n\n".join(map(text_of, texts["text/html"]))
    if text.strip() or not attached:
        yield Document(text, fields, notes=tuple(notes))
    yield from attached


def _parts(message: Message) -> Iterator[Message]:
    """The leaves, and messages as they are: `walk` would go into those."""
    payload = message.get_payload()
    if message.is_multipart() and message.get_content_type() != "message/rfc822" and isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _parts(part)
    else:
        yield message


def _attachment(source: Source, name: str, data: bytes) -> Item:
    if source.depth >= _DEEPEST:
        return Refusal(f"!{name}", "it is nested too deep")
    return Member(name, data)


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _words(header: object) -> str:
    """A header as text, encoded words (RFC 2047) decoded where they can be."""
    try:
        return str(make_header(decode_header(str(header)))) if header else ""
    except (LookupError, ValueError):
        return ""
