from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from secondsource.intake import Accepted, Limits, Noted, Refused, Result
from secondsource.intake.jail import Jail
from secondsource.intake.reader import read_in

RECEIVED = "2020-05-01T09:00:00+09:00"
SMALL = Limits(
    max_bytes=2 << 20, max_text=400_000, memory=256 << 20, cpu_seconds=10, seconds=20, members=50, unpacked=4 << 20
)


class Results(list[Result]):
    @property
    def accepted(self) -> list[Accepted]:
        return [r for r in self if isinstance(r, Accepted)]

    @property
    def refused(self) -> list[Refused]:
        return [r for r in self if isinstance(r, Refused)]

    @property
    def noted(self) -> list[Noted]:
        return [r for r in self if isinstance(r, Noted)]

    @property
    def texts(self) -> list[str]:
        return [r.report.text for r in self.accepted]


Take = Callable[..., Results]


@pytest.fixture(scope="session")
def jail() -> Iterator[Jail]:
    with Jail(SMALL, {"hostile": Path(__file__).with_name("hostile.py")}) as jail:
        yield jail


@pytest.fixture
def take(jail: Jail, tmp_path: Path) -> Take:
    """Writes files under a folder of their own and reads them (or only `paths` of them)."""

    def take(files: dict[str, bytes | str], *paths: str) -> Results:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        given = [tmp_path / p for p in paths or sorted(files) if paths or ".meta." not in p]
        return Results(read_in(jail, given, received=RECEIVED))

    return take
