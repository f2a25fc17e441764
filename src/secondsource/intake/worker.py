"""The child that parses. Run as a program by `jail.py`, with its set-up as JSON in its only argument.

It takes one job after another from its standard input, a line of JSON and then so many bytes:

    {"extension": "eml", "size": 1234, "depth": 0, "sidecar": ["yaml", 56], "limits": {...}}

and answers with lines of JSON: any number of `report`, `member`, `refused` and `noted`, then `done`.
"""

from __future__ import annotations

import base64
import importlib.util
import io
import json
import mimetypes
import os
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from secondsource.intake.parsers.contract import Document

OUT_OF_MEMORY = 77


def main(setup: dict[str, Any]) -> None:
    incoming, outgoing = _take_over()
    _stand_in(setup["package"])
    sys.path.extend(setup["path"])
    # openpyxl would load numpy where it finds it (slow, large, and it starts threads), and read the
    # system's list of media types, which is out of reach here
    sys.modules["numpy"] = None  # type: ignore[assignment]
    mimetypes.knownfiles.clear()
    from secondsource.intake import confine
    from secondsource.intake.parsers import registry

    for kind, path in setup["extra"].items():
        registry.EXTRA[kind] = _load(path)
    walls = confine.confine([setup["package"], *sys.path, sys.prefix, sys.base_prefix], setup["memory"])
    _say(outgoing, "hello", walls)
    while line := incoming.readline():
        job = json.loads(line)
        confine.allow_memory(setup["memory"])
        confine.allow_cpu(job["limits"]["cpu_seconds"] + (job["size"] >> 20))
        try:
            _work(job, incoming, outgoing)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _work(job: dict[str, Any], incoming: BinaryIO, outgoing: BinaryIO) -> None:
    from secondsource.intake.limits import Limits
    from secondsource.intake.parsers import fields, registry
    from secondsource.intake.parsers.contract import Document, Member, Refusal, Source, Unreadable

    sidecar = (job["sidecar"][0], incoming.read(job["sidecar"][1])) if job["sidecar"] else None
    body = _Body(incoming, job["size"])
    source = Source(io.BufferedReader(body, 1 << 16), job["extension"], job["depth"], Limits(**job["limits"]))
    kind = ""
    try:
        stated = fields.read_sidecar(*sidecar) if sidecar else {}
        kind, parse = registry.parser(source)
        for item in parse(source):
            if isinstance(item, Document):
                _say_report(outgoing, item, stated, source.limits.max_text, kind)
            elif isinstance(item, Member):
                beside = [item.sidecar[0], _base64(item.sidecar[1])] if item.sidecar else None
                _say(outgoing, "member", {"name": item.name, "data": _base64(item.data), "sidecar": beside})
            elif isinstance(item, Refusal):
                _say(outgoing, "refused", {"where": item.where, "reason": item.reason})
    except Unreadable as refusal:
        _say(outgoing, "refused", {"where": "", "reason": refusal.reason})
    except (MemoryError, BrokenPipeError):
        raise
    except ImportError:
        _say(outgoing, "refused", {"where": "", "reason": "a library that reads such files is missing here"})
    except Exception:  # whatever a library raises on hostile bytes: its message may quote them
        _say(outgoing, "refused", {"where": "", "reason": f"it is broken, or no {kind or 'known'} file"})
    body.drain()
    _say(outgoing, "done", kind)


def _say_report(outgoing: BinaryIO, item: Document, stated: dict[str, object], longest: int, kind: str) -> None:
    from secondsource.intake.parsers import fields
    from secondsource.intake.parsers.contract import Unreadable

    try:
        report, notes = fields.settle(item, stated, longest)
    except Unreadable as refusal:
        _say(outgoing, "refused", {"where": item.where, "reason": refusal.reason})
        return
    for note in notes:
        _say(outgoing, "noted", {"where": item.where, "reason": note})
    _say(outgoing, "report", {**report, "where": item.where, "row": item.row, "kind": kind})


class _Body(io.RawIOBase):
    """The bytes of one job and none of the next."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream, self._left = stream, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")[: self._left]
        count = self._stream.readinto(view) if view else 0  # type: ignore[attr-defined]
        self._left -= count
        return int(count)

    def drain(self) -> None:
        while self._left and (chunk := self._stream.read(min(self._left, 1 << 16))):
            self._left -= len(chunk)


def _take_over() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, out of reach of a library that prints."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    return incoming, outgoing


def _stand_in(folder: str) -> None:
    """Bare packages in place of the real ones, whose `__init__` would load all of the reader in here."""
    for name, path in (("secondsource", folder), ("secondsource.intake", f"{folder}/intake")):
        package = types.ModuleType(name)
        package.__path__ = [path]
        sys.modules[name] = package


def _load(path: str) -> Any:
    spec = importlib.util.spec_from_file_location(f"extra_{Path(path).stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.parse


def _say(outgoing: BinaryIO, kind: str, value: object) -> None:
    outgoing.write(json.dumps({kind: value}).encode("ascii") + b"\n")
    outgoing.flush()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
