"""Chooses the parser: the ending says what a file should be, its content must agree."""

from __future__ import annotations

import importlib
import io
import re
import zipfile
from typing import Any

from secondsource.intake.parsers.contract import Parser, Source, Unreadable

MEDIA_TYPES = {
    "txt": "text/plain",
    "md": "text/markdown",
    "html": "text/html",
    "eml": "message/rfc822",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
    "zip": "application/zip",
}
"""Kind to media type. The parser of a kind is the module `read_<kind>`."""

ENDINGS = {kind: kind for kind in MEDIA_TYPES} | {
    "text": "txt",
    "markdown": "md",
    "htm": "html",
    "xhtml": "html",
    "tsv": "csv",
    "ndjson": "jsonl",
}
STREAMED = frozenset(ending for ending, kind in ENDINGS.items() if kind in {"csv", "jsonl"})

EXTRA: dict[str, Parser] = {}

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or encrypted Office"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"RIFF", "media"),
    (b"ID3", "media"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"SQLite format 3\x00", "database"),
    (b"\x7fELF", "program"),
)
_MARKUP = re.compile(rb"<(?:!--|/?[a-zA-Z])")
_PAGE = re.compile(rb"<(?:!doctype\s{1,9}html|html)\b", re.I)
_HEADER = re.compile(
    rb"(?:from|to|subject|date|message-id|mime-version|received|content-type|return-path|reply-to|delivered-to"
    rb"|x-[a-z0-9-]{1,40}|dkim-signature|arc-[a-z-]{1,40}|authentication-results)[ \t]*:",
    re.I,
)


def parser(source: Source) -> tuple[str, Parser]:
    """The kind of a file and its parser. Raises Unreadable where ending and content disagree."""
    if source.extension in EXTRA:
        return source.extension, EXTRA[source.extension]
    named = ENDINGS.get(source.extension)
    if source.extension and named is None:
        raise Unreadable("files with this ending are not read")
    held = _held(source)
    kind = named or held or "txt"
    if kind not in MEDIA_TYPES:
        raise Unreadable(f"it holds a {kind} file, which is not read")
    if held != kind and (held is not None or kind in {"pdf", "docx", "xlsx", "zip", "html", "eml", "jsonl"}):
        holds = f"holds {held}" if held else "does not look like one"
        raise Unreadable(f"its ending says {source.extension}, but it {holds}")
    module: Any = importlib.import_module(f"secondsource.intake.parsers.read_{kind}")
    return kind, module.parse


def _held(source: Source) -> str | None:
    """What the content is, where it shows; a kind that no mark tells from plain text is believed."""
    head = source.head()
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if found == "zip":
        return _packed(source.whole())
    if found:
        return found
    if b"%PDF-" in head[:1024]:
        return "pdf"
    # the zeros of UTF-16 and the byte order marks do not hide what ASCII shows
    start = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    if _PAGE.match(_past_comments(start)):
        return "html"
    named = ENDINGS.get(source.extension)
    marks = {
        "html": bool(_MARKUP.search(start)),
        "eml": bool(_HEADER.match(start.partition(b"\n")[2] if start.startswith(b"From ") else start)),
        "jsonl": start.lstrip()[:1] == b"{",
    }
    return named if named and marks.get(named) else None


def _past_comments(start: bytes) -> bytes:
    start = start.lstrip()
    while start.startswith((b"<!--", b"<?xml")):
        start = start.partition(b">" if start.startswith(b"<?") else b"-->")[2].lstrip()
    return start


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        raise Unreadable("it is a broken zip file") from None
    if "word/document.xml" in names:
        return "docx"
    return "xlsx" if "xl/workbook.xml" in names else "zip"
