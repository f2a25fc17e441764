"""What comes of a file: taken, refused, or taken with a remark."""

from __future__ import annotations

from dataclasses import dataclass

from secondsource.model import Report


@dataclass(frozen=True, slots=True)
class Accepted:
    report: Report
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Refused:
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Noted:
    name: str
    reason: str


Result = Accepted | Refused | Noted
