"""Shuts the process that calls it in: what a parser cannot reach, a hostile file cannot have.

Walls that any POSIX system has: limits of memory, CPU, open files, file size (nothing can be written)
and processes, and an audit hook that forbids sockets, programs and writing from Python. Linux adds a
network namespace without a network, `no_new_privs`, and Landlock, which leaves only the libraries
readable (kernel.org/doc/html/latest/userspace-api/landlock.html). Imports nothing of the project: it
runs before anything else in the child.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Iterable

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_NO_NEW_PRIVS = 38
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
EVERY_FILE_RIGHT = (1 << 13) - 1
"""All rights of Landlock's first version; reading a file is bit 2, a folder bit 3."""
READ = (1 << 2) | (1 << 3)

_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/zoneinfo", "/etc/ld.so.cache", "/proc/self/statm")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_EVENTS = (
    "subprocess.Popen os.system os.exec os.fork os.forkpty os.posix_spawn os.spawn os.kill os.remove"
    " os.rename os.rmdir os.mkdir os.link os.symlink os.truncate os.chmod os.chown os.utime os.putenv"
    " pty.spawn pickle.find_class _thread.start_new_thread ctypes.dlopen ctypes.dlsym sys.addaudithook"
)
_FORBIDDEN = frozenset(_EVENTS.split())
_FORBIDDEN_FAMILIES = ("socket.", "shutil.", "ftplib.", "smtplib.", "urllib.", "http.client.", "winreg.", "webbrowser.")


def confine(readable: Iterable[str], memory: int) -> list[str]:
    """Shuts this process in for good; returns the walls that stand. Raises OSError where the limits that
    every POSIX system has cannot be set."""
    walls = ["limits", "audit"]
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux":
        if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0:
            walls.append("no-network")
        if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            walls.append("no-new-privileges")
            if _landlock(libc, [*readable, *_SYSTEM]):
                walls.append("landlock")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    allow_memory(memory)
    sys.addaudithook(_audit)
    return walls


def allow_memory(extra: int) -> None:
    """Lets the address space grow by `extra` bytes above what it is now."""
    try:
        with open("/proc/self/statm") as file:  # noqa: PTH123
            now = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        now = 512 << 20
    resource.setrlimit(resource.RLIMIT_AS, (now + extra, resource.getrlimit(resource.RLIMIT_AS)[1]))


def allow_cpu(seconds: int) -> None:
    """Lets the process use so many more CPU seconds; then the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _audit(event: str, args: tuple[object, ...]) -> None:
    if event == "open":
        mode, flags = args[1], args[2]
        writes = isinstance(mode, str) and set(mode) & set("wax+")
        if writes or (isinstance(flags, int) and flags & _WRITES):
            raise PermissionError("nothing may be written here")
    elif event in _FORBIDDEN or event.startswith(_FORBIDDEN_FAMILIES):
        raise PermissionError("not allowed here")


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64),)


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def _landlock(libc: ctypes.CDLL, readable: Iterable[str]) -> bool:
    """Nothing but what lies under `readable` can be opened from here on, and that only to be read."""
    ruleset = _Ruleset(EVERY_FILE_RIGHT)
    number = libc.syscall(CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(ctypes.sizeof(ruleset)), 0)
    if number < 0:
        return False
    for path in readable:
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        right = READ if os.path.isdir(path) else 1 << 2  # noqa: PTH112
        rule = _Beneath(right, descriptor)
        libc.syscall(ADD_RULE, number, 1, ctypes.byref(rule), 0)
        os.close(descriptor)
    restricted = libc.syscall(RESTRICT_SELF, number, 0) == 0
    os.close(number)
    return bool(restricted)
