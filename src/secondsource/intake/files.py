"""Finds and opens the files that paths stand for, without following or blocking on anything odd."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from secondsource.intake.results import Refused

SIDECAR_ENDINGS = (".meta.yaml", ".meta.yml", ".meta.json")
SIDECAR_BYTES = 64 * 1024


class Unopened(Exception):
    """A file that cannot or must not be opened; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file. `name` is for the user to see; `filename` is what a report may keep: no folder above
    the one that was given."""

    path: Path
    name: str
    filename: str


def walk(paths: Sequence[Path]) -> Iterator[Found | Refused]:
    """Files in the order given, folders in sorted order; hidden files and sidecars are passed over."""
    for path in paths:
        name = os.fspath(path)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError):
            yield Refused(name, "there is no such file, or it may not be read")
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(path, path, name, "")
        elif not stat.S_ISREG(mode):
            yield Refused(name, "not a regular file")
        elif not _is_sidecar(path):
            yield Found(path, name, path.name)
        elif not _described(path).is_file():
            yield Refused(name, "it describes a file that is not beside it")


def _folder(folder: Path, root: Path, name: str, inner: str) -> Iterator[Found | Refused]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield Refused(name, "this folder may not be read")
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__MACOSX":
            continue
        path, shown, kept = Path(entry.path), os.path.join(name, entry.name), os.path.join(inner, entry.name)  # noqa: PTH118
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(path, root, shown, kept)
        elif reason := _unfit(entry, root):
            yield Refused(shown, reason)
        elif not _is_sidecar(path):
            yield Found(path, shown, kept)
        elif not _described(path).is_file():
            yield Refused(shown, "it describes a file that is not beside it")


def _unfit(entry: os.DirEntry[str], root: Path) -> str | None:
    try:
        if entry.is_symlink():
            target = Path(entry.path).resolve(strict=True)
            if not target.is_relative_to(root.resolve()):
                return "a link that leaves the folder"
            if target.is_dir():
                return "a link to a folder"
        return None if entry.is_file() else "not a regular file"
    except (OSError, RuntimeError):
        return "a link to nowhere"


def open_file(path: Path) -> tuple[BinaryIO, int]:
    """A regular file, opened for reading, and its size. Never waits, whatever stands there."""
    try:
        descriptor = os.open(path.resolve(), os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except PermissionError:
        raise Unopened("it may not be read") from None
    except (OSError, RuntimeError, ValueError):
        raise Unopened("it cannot be opened") from None
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode):
        os.close(descriptor)
        raise Unopened("not a regular file")
    return os.fdopen(descriptor, "rb"), about.st_size


def sidecar(path: Path) -> tuple[str, bytes] | None:
    """The ending and bytes of the file that describes `path`, where there is one."""
    for ending in SIDECAR_ENDINGS:
        beside = path.with_name(path.name + ending)
        if not os.path.lexists(beside):
            continue
        if beside.is_symlink():
            raise Unopened("the file that describes it is a link")
        stream, size = open_file(beside)
        with stream:
            if size > SIDECAR_BYTES:
                raise Unopened("the file that describes it is too large")
            return ending.rpartition(".")[2], stream.read(SIDECAR_BYTES)
    return None


def _is_sidecar(path: Path) -> bool:
    return path.name.lower().endswith(SIDECAR_ENDINGS)


def _described(path: Path) -> Path:
    return path.with_name(path.name.rpartition(".meta.")[0] or path.name)
