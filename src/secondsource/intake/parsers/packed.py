"""Guards against zip bombs, for zip files and for the Office files that are zip files."""

from __future__ import annotations

import io
import zipfile

from secondsource.intake.limits import MIB, Limits
from secondsource.intake.parsers.contract import Unreadable


def bloated(member: zipfile.ZipInfo, limits: Limits) -> bool:
    """Whether a member says that it unpacks to far more than honest files do."""
    return member.file_size > MIB and member.file_size > limits.ratio * max(member.compress_size, 1)


def content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, longest: int) -> bytes:
    """The bytes of a member, however many it says that it has."""
    with archive.open(member) as stream:
        data = stream.read(longest + 1)
    if len(data) > longest:
        raise Unreadable("it unpacks to too much")
    return data


def check(data: bytes, limits: Limits) -> None:
    """Raises Unreadable for an Office file that would unpack to too much."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    if len(members) > limits.members:
        raise Unreadable("too many files in it")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("it is encrypted")
    if sum(member.file_size for member in members) > limits.unpacked or any(bloated(m, limits) for m in members):
        raise Unreadable("it unpacks to too much")
