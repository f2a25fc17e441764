"""Paths in, Results out: opens files, has them parsed in the jail, and makes Reports of the answers."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from secondsource.intake import files
from secondsource.intake.jail import CHUNK, Died, Jail
from secondsource.intake.limits import Limits
from secondsource.intake.parsers import dates
from secondsource.intake.parsers.registry import MEDIA_TYPES, STREAMED
from secondsource.intake.parsers.text import is_clean
from secondsource.intake.results import Accepted, Noted, Refused, Result
from secondsource.model import Report, content_id

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FIELDS = ("text", "language", "title", "outlet", "published", "ref", "reprint_of", "truncated")


def read(
    paths: Sequence[Path],
    *,
    received: str,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    progress: Callable[[str], None] | None = None,
) -> Iterator[Result]:
    """Every report in the files and folders of `paths`; `received` is ISO 8601 with a time zone.

    `progress` is called with the name of each file as it is begun.
    """
    with Jail(limits) as jail:
        yield from read_in(jail, paths, received=received, progress=progress)


def read_in(
    jail: Jail, paths: Sequence[Path], *, received: str, progress: Callable[[str], None] | None = None
) -> Iterator[Result]:
    """As `read`, in a jail that the caller keeps."""
    run = _Run(jail, received)
    for found in files.walk(paths):
        if progress:
            progress(_shown(found.name))
        yield from map(_plain, run.file(found) if isinstance(found, files.Found) else [found])


@dataclass(frozen=True, slots=True)
class _Bytes:
    """A file on its way in, with its names: for the user, and for the report to keep."""

    name: str
    filename: str
    data: bytes
    sidecar: tuple[str, bytes] | None
    depth: int


class _Run:
    """One call of `read`: knows what it has yielded, and how much has come out of the file in hand."""

    def __init__(self, jail: Jail, received: str) -> None:
        self._jail, self._limits, self._received = jail, jail.limits, received
        self._seen: set[str] = set()
        self._members = self._unpacked = 0

    def file(self, found: files.Found) -> Iterator[Result]:
        self._members = self._unpacked = 0
        ending = _ending(found.name)
        try:
            sidecar = files.sidecar(found.path)
            stream, size = files.open_file(found.path)
            with stream:
                longest = self._limits.max_table_bytes if ending in STREAMED else self._limits.max_bytes
                if size > longest:
                    yield Refused(found.name, f"it is larger than {longest:,} bytes")
                elif ending in STREAMED:
                    job = _Bytes(found.name, found.filename, b"", sidecar, 0)
                    yield from self._parse(job, size, _blocks(stream, size))
                else:
                    job = _Bytes(found.name, found.filename, b"".join(_blocks(stream, size)), sidecar, 0)
                    yield from self._parse(job, size, [job.data])
        except files.Unopened as reason:
            yield Refused(found.name, str(reason))

    def _parse(self, job: _Bytes, size: int, body: Iterable[bytes]) -> Iterator[Result]:
        try:
            for answer in self._jail.parse(_ending(job.name), size, body, job.sidecar, job.depth):
                ((kind, content),) = answer.items()
                if kind == "report":
                    yield self._report(job, content)
                elif kind == "member":
                    yield from self._member(job, content)
                elif kind == "refused":
                    yield Refused(_at(job.name, content["where"]), content["reason"])
                elif kind == "noted":
                    yield Noted(_at(job.name, content["where"]), content["reason"])
        except Died as reason:
            yield Refused(job.name, str(reason))
        except (ValueError, KeyError, TypeError, AttributeError):
            # the child is not trusted to keep to the form
            yield Refused(job.name, "its reader answered nonsense")

    def _report(self, job: _Bytes, content: dict[str, Any]) -> Result:
        name, kind = _at(job.name, content["where"]), content["kind"]
        data = content["row"].encode() if content["row"] is not None else job.data
        identity = content_id("r", hashlib.sha256(data).hexdigest())
        if identity in self._seen:
            return Noted(name, "the same bytes came before, and are one report")
        fields = {field: content[field] for field in _FIELDS}
        if not is_clean(fields["text"]) or (fields["published"] and dates.edtf(fields["published"]) is None):
            raise ValueError("not what a parser may answer")
        filename = _shown(_at(job.filename, content["where"]))
        try:
            report = Report(id=identity, received=self._received, filename=filename, **fields)
        except ValidationError:
            raise ValueError("not what a parser may answer") from None
        self._seen.add(identity)
        media_type = "application/json" if content["row"] is not None else MEDIA_TYPES.get(kind, "text/plain")
        return Accepted(report, data, media_type)

    def _member(self, job: _Bytes, content: dict[str, Any]) -> Iterator[Result]:
        data = base64.b64decode(content["data"], validate=True)
        beside = content["sidecar"]
        sidecar = (beside[0], base64.b64decode(beside[1], validate=True)) if beside else None
        name, filename = (f"{outer}!{content['name']}" for outer in (job.name, job.filename))
        self._members += 1
        self._unpacked += len(data)
        if self._members > self._limits.members or self._unpacked > self._limits.unpacked:
            yield Refused(name, "too much has come out of this file")
            return
        yield from self._parse(_Bytes(name, filename, data, sidecar, job.depth + 1), len(data), [data])


def _blocks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Exactly so many bytes, whatever happens to the file meanwhile."""
    while size:
        block = stream.read(min(size, CHUNK))
        if not block:
            raise files.Unopened("it changed while it was read")
        size -= len(block)
        yield block


def _ending(name: str) -> str:
    last = re.split(r"[/\\!]", name)[-1]
    return last.rpartition(".")[2].lower()[:20] if "." in last.strip(".") else ""


def _at(name: str, where: str) -> str:
    return name + where if where.startswith("!") else f"{name} {where}".rstrip()


def _plain(result: Result) -> Result:
    if isinstance(result, Accepted):
        return result
    return type(result)(_shown(result.name), _shown(result.reason))


def _shown(name: str) -> str:
    """A name that steers no terminal, and is no longer than a name should be."""
    return _UNSEEN.sub("\ufffd", name)[:500]
