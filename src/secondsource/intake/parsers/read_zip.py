"""Archives: every member is handed back to be read in its own turn; nothing is unpacked to disk."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from secondsource.intake.limits import Limits
from secondsource.intake.parsers.contract import Item, Member, Refusal, Source, Unreadable
from secondsource.intake.parsers.packed import bloated, content

_SIDECARS = (".meta.yaml", ".meta.yml", ".meta.json")


def parse(source: Source) -> Iterator[Item]:
    if source.depth > 0:
        raise Unreadable("an archive inside another file is not opened")
    with zipfile.ZipFile(io.BytesIO(source.whole())) as archive:
        members = {m.filename: m for m in archive.infolist() if not m.is_dir() and not _passed_over(m.filename)}
        if len(members) > source.limits.members:
            raise Unreadable("too many files in it")
        left = source.limits.unpacked
        for name in sorted(members):
            if name.lower().endswith(_SIDECARS) and name.rpartition(".meta.")[0] in members:
                continue
            item = _member(archive, members, name, source.limits)
            yield item
            left -= len(item.data) if isinstance(item, Member) else 0
            if left < 0:
                raise Unreadable("it unpacks to too much")


def _passed_over(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)


def _member(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str, limits: Limits) -> Item:
    beside = next((name + ending for ending in _SIDECARS if name + ending in members), None)
    for each in filter(None, (name, beside)):
        if reason := _unfit(members[each], limits):
            return Refusal(f"!{name}", reason)
    try:
        sidecar = (beside.rpartition(".")[2], content(archive, members[beside], 1 << 16)) if beside else None
        return Member(name, content(archive, members[name], limits.max_bytes), sidecar)
    except Unreadable as refusal:
        return Refusal(f"!{name}", refusal.reason)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zipfile.zlib.error):  # type: ignore[attr-defined]
        return Refusal(f"!{name}", "this member of the archive is broken")


def _unfit(member: zipfile.ZipInfo, limits: Limits) -> str | None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "its path leaves the archive"
    if stat.S_IFMT(member.external_attr >> 16) not in {0, stat.S_IFREG}:
        return "not a regular file"
    if member.flag_bits & 1:
        return "it is encrypted"
    if member.file_size > limits.max_bytes or bloated(member, limits):
        return "it unpacks to too much"
    return None
