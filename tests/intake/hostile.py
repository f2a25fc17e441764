"""A parser that does what the file tells it to: everything that a parser must not be able to do."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

from secondsource.intake.parsers.contract import Document, Item, Source


def parse(source: Source) -> Iterator[Item]:
    order, _, argument = source.whole().decode().partition(" ")
    if order == "say":
        yield Document(argument)
    elif order == "loop":
        while True:
            pass
    elif order == "sleep":
        threading.Event().wait()
    elif order == "hog":
        hoard = [bytearray(1 << 24)]
        while True:
            hoard.append(bytearray(1 << 24))
    elif order == "crash":
        os.abort()
    elif order == "exit":
        os._exit(0)
    elif order == "raise":
        raise RuntimeError(argument)
    elif order == "nonsense":
        os.write(_pipe(), b"[1, 2]\n")
    elif order == "flood":
        while True:
            os.write(_pipe(), b"x" * (1 << 16))
    elif order == "control":
        os.write(
            _pipe(),
            b'{"report": {"text": "\\u001b[2J", "where": "", "row": null, "kind": "txt", "language": "en", '
            b'"title": null, "outlet": null, "published": null, "ref": null, "reprint_of": null, '
            b'"truncated": false}}\n',
        )
    else:
        yield Document(_attempt(order, argument))


def _attempt(order: str, argument: str) -> str:
    try:
        if order == "read":
            Path(argument).read_bytes()
        elif order == "read-raw":
            os.close(os.open(argument, os.O_RDONLY))
        elif order == "write":
            Path(argument).write_text("x")
        elif order == "remove":
            Path(argument).unlink()
        elif order == "connect":
            socket.create_connection(("127.0.0.1", int(argument)), timeout=1)
        elif order == "run":
            subprocess.run([argument], check=True)
        elif order == "fork":
            os.fork()
        elif order == "environment":
            return repr(sorted(os.environ))
    except (OSError, RuntimeError) as error:
        return f"failed {type(error).__name__}"
    return "done"


def _pipe() -> int:
    """The descriptor that the answers go out by."""
    return max(int(name) for name in (str(n) for n in range(3, 64)) if _is_pipe_out(int(name)))


def _is_pipe_out(descriptor: int) -> bool:
    import fcntl
    import stat

    try:
        return stat.S_ISFIFO(os.fstat(descriptor).st_mode) and bool(
            fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_WRONLY
        )
    except OSError:
        return False
