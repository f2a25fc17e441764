"""How much of anything one file may use. Both the reader and its jailed child know them."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    max_bytes: int = 64 * MIB
    """Bytes of a file that is read whole, and of one member of an archive."""
    max_table_bytes: int = 8 << 30
    """Bytes of a csv or jsonl file: it is streamed, so it may be large."""
    max_text: int = 4_000_000
    """Characters of one report."""
    memory: int = 1 << 30
    """Bytes of address space that a parser may add to what its process begins with."""
    cpu_seconds: int = 30
    """CPU seconds for one file, and one more for every MiB of it."""
    seconds: float = 60.0
    """Seconds of waiting for any one answer of the child."""
    members: int = 10_000
    """Files in one archive."""
    unpacked: int = 1 << 30
    """Bytes that come out of one archive."""
    ratio: int = 200
    """Unpacked to packed bytes, of members and documents above 1 MiB."""
