"""Where a passphrase comes from (a prompt, a file descriptor or a key file; never an argument), and where it stays."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from pathlib import Path
from typing import Annotated

import typer

KeyFile = Annotated[
    Path | None, typer.Option("--key-file", help="Read the passphrase from this file (its first line).", dir_okay=False)
]
PassphraseFd = Annotated[
    int | None, typer.Option("--passphrase-fd", help="Read the passphrase from this open file descriptor.")
]

LONGEST = 4096
PR_SET_DUMPABLE = 4


class SecretError(ValueError):
    """No passphrase could be had. The message never holds one."""


def passphrase(key_file: Path | None, fd: int | None, *, confirm: bool = False) -> str:
    """`confirm`: ask twice, for a new book."""
    if key_file is not None and fd is not None:
        raise SecretError("give --key-file or --passphrase-fd, not both")
    if key_file is not None:
        try:
            with key_file.open("rb") as file:
                return _first_line(file.read(LONGEST), str(key_file))
        except OSError as error:
            raise SecretError(f"{key_file}: {error.strerror}") from None
    if fd is not None:
        try:
            data = b""
            while b"\n" not in data and len(data) < LONGEST and (more := os.read(fd, LONGEST)):
                data += more
        except OSError as error:
            raise SecretError(f"file descriptor {fd}: {error.strerror}") from None
        return _first_line(data, f"file descriptor {fd}")
    return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))


def keep_memory_private() -> None:
    """A crash leaves no core file, and on Linux no other program of this user reads the memory of this one."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def _first_line(data: bytes, where: str) -> str:
    try:
        line = data.split(b"\n", 1)[0].rstrip(b"\r").decode("utf-8")
    except UnicodeDecodeError:
        raise SecretError(f"{where}: not text") from None
    if not line:
        raise SecretError(f"{where}: its first line is empty")
    return line
