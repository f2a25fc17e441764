"""The parent's side of the child that parses: starts it, feeds it, listens, and ends it when it must."""

from __future__ import annotations

import dataclasses
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any

from secondsource.intake import worker
from secondsource.intake.limits import Limits

STARTING_SECONDS = 30.0
CHUNK = 1 << 16
JOBS = 500
"""A child is replaced after so many jobs: what its libraries keep must not add up."""


class Died(Exception):
    """The child gave up on a file. The message is a plain reason."""


class Jail:
    """Children that parse, one for each depth of nesting, started when first needed.

    `extra` adds kinds for tests: file ending to the path of a module with a `parse`.
    """

    def __init__(self, limits: Limits, extra: Mapping[str, Path] | None = None) -> None:
        self.limits = limits
        self._extra = {kind: os.fspath(path) for kind, path in (extra or {}).items()}
        self._children: dict[int, _Child] = {}
        self._empty = tempfile.TemporaryDirectory(prefix="secondsource-")

    def __enter__(self) -> Jail:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._children.values():
            child.end()
        self._empty.cleanup()

    def walls(self) -> list[str]:
        """What shuts the child in on this system."""
        return self._child(0).walls

    def parse(
        self, extension: str, size: int, body: Iterable[bytes], sidecar: tuple[str, bytes] | None, depth: int
    ) -> Iterator[dict[str, Any]]:
        """The child's answers to one file, in order. Raises Died where it gave up."""
        child = self._child(depth)
        head = {
            "extension": extension,
            "size": size,
            "depth": depth,
            "sidecar": [sidecar[0], len(sidecar[1])] if sidecar else None,
            "limits": dataclasses.asdict(self.limits),
        }
        start = json.dumps(head).encode("ascii") + b"\n" + (sidecar[1] if sidecar else b"")
        try:
            yield from child.ask(start, body, self.limits.seconds)
        finally:
            if child.busy or child.jobs >= JOBS:
                child.end()
                del self._children[depth]

    def _child(self, depth: int) -> _Child:
        if depth not in self._children:
            # a member of an archive comes back as base64, a long text as escapes of six characters a letter
            longest = 2 * self.limits.max_bytes + 12 * self.limits.max_text + CHUNK
            self._children[depth] = _Child(self._setup(), self._empty.name, longest)
        return self._children[depth]

    def _setup(self) -> str:
        package = Path(worker.__file__).parent.parent
        libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
        return json.dumps(
            {"package": str(package), "path": libraries, "memory": self.limits.memory, "extra": self._extra}
        )


class _Child:
    def __init__(self, setup: str, folder: str, longest: int) -> None:
        self._longest = longest
        self.busy = True
        self.jobs = 0
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, our own program
            [sys.executable, "-I", "-S", "-B", "-X", "utf8", worker.__file__, setup],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"LC_ALL": "C.UTF-8", "TZ": "UTC"},
            start_new_session=True,
        )
        assert self._process.stdin and self._process.stdout
        self._in, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._in, False)
        self._received = bytearray()
        self._scanned = 0
        try:
            self.walls: list[str] = self._answer(time.monotonic() + STARTING_SECONDS, _Feed(()))["hello"]
        except (Died, KeyError):
            self.end()
            raise Died("the reader of files could not be shut in on this system") from None
        self.busy = False

    def ask(self, start: bytes, body: Iterable[bytes], seconds: float) -> Iterator[dict[str, Any]]:
        self.busy = True
        self.jobs += 1
        feed = _Feed(chain([start], body))
        while True:
            answer = self._answer(time.monotonic() + seconds, feed)
            if "done" in answer:
                self.busy = False
                return
            yield answer

    def _answer(self, deadline: float, feed: _Feed) -> dict[str, Any]:
        """The next answer; feeds the child meanwhile, as either pipe may be full."""
        with selectors.DefaultSelector() as ready:
            ready.register(self._out, selectors.EVENT_READ)
            if not feed.empty:
                ready.register(self._in, selectors.EVENT_WRITE)
            while (end := self._received.find(b"\n", self._scanned)) < 0:
                self._scanned = len(self._received)
                if self._scanned > self._longest:
                    raise Died("what comes out of it is too large")
                left = deadline - time.monotonic()
                if left <= 0:
                    raise Died("reading it took too long")
                for key, _ in ready.select(left):
                    if key.fd == self._out:
                        self._receive()
                    elif not self._send(feed):
                        ready.unregister(self._in)
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        self._scanned = 0
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise Died("its reader answered nonsense")
        return answer

    def _receive(self) -> None:
        chunk = os.read(self._out, CHUNK)
        if not chunk:
            raise Died(self._why())
        self._received += chunk

    def _send(self, feed: _Feed) -> bool:
        try:
            return feed.send(self._in)
        except BrokenPipeError:
            raise Died(self._why()) from None

    def _why(self) -> str:
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "its reader stopped"
        if code == worker.OUT_OF_MEMORY:
            return "reading it needs too much memory"
        if code in {-signal.SIGXCPU, -signal.SIGKILL}:
            return "reading it took too long"
        return "it crashed its reader"

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()


class _Feed:
    """Blocks on their way into a pipe that takes only so much at a time."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._left = memoryview(b"")
        self.empty = False

    def send(self, descriptor: int) -> bool:
        """Writes what the pipe takes; False when there is nothing more."""
        if not self._left:
            block = next(self._blocks, None)
            if block is None:
                self.empty = True
                return False
            self._left = memoryview(block)
        with suppress(BlockingIOError):
            self._left = self._left[os.write(descriptor, self._left) :]
        return True
