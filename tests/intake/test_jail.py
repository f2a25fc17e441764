from __future__ import annotations

import dataclasses
import sys
import time
from pathlib import Path

import pytest

from secondsource.intake.jail import Jail
from secondsource.intake.reader import read_in

from .conftest import RECEIVED, SMALL, Results, Take

HERE = Path(__file__)


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("hog", "too much memory"),
        ("crash", "crashed"),
        ("exit", "crashed"),
        ("nonsense", "nonsense"),
        ("flood", "too large"),
        ("control", "nonsense"),
        ("raise secret-name", "broken"),
    ],
)
def test_a_parser_that_fails_costs_only_its_own_file(take: Take, order: str, reason: str) -> None:
    results = take({"a.hostile": "say first", "b.hostile": order, "c.hostile": "say third"})
    assert results.texts == ["first", "third"]
    (refused,) = results.refused
    assert refused.name.endswith("b.hostile")
    assert reason in refused.reason
    assert "secret" not in refused.reason


@pytest.mark.parametrize(
    ("order", "limits"),
    [
        ("loop", {"seconds": 0.5}),
        ("sleep", {"seconds": 0.5}),
        ("loop", {"cpu_seconds": 0}),
    ],
)
def test_an_endless_parser_is_stopped(tmp_path: Path, order: str, limits: dict[str, float]) -> None:
    (tmp_path / "a.hostile").write_text(order)
    (tmp_path / "b.hostile").write_text("say after")
    with Jail(dataclasses.replace(SMALL, **limits), {"hostile": HERE.with_name("hostile.py")}) as jail:  # type: ignore[arg-type]
        began = time.monotonic()
        results = Results(read_in(jail, [tmp_path], received=RECEIVED))
    assert [r.reason for r in results.refused] == ["reading it took too long"]
    assert results.texts == ["after"]
    assert time.monotonic() - began < 5


def test_a_parser_can_neither_write_remove_run_nor_fork(take: Take, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("here")
    orders = [f"write {victim}", f"write {tmp_path}/new", f"remove {victim}", "run /bin/true", "fork"]
    results = take({f"{n}.hostile": order for n, order in enumerate(orders)})
    assert len(results.texts) == len(orders)
    assert all(text.startswith("failed") for text in results.texts)
    assert victim.read_text() == "here"
    assert not (tmp_path / "new").exists()


def test_a_parser_cannot_connect_to_anything(take: Take) -> None:
    results = take({"a.hostile": "connect 80"})
    assert results.texts == ["failed PermissionError"]


def test_a_parser_sees_nothing_of_the_environment(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "1")
    (text,) = take({"a.hostile": "environment"}).texts
    assert "SECRET" not in text
    assert "HOME" not in text


@pytest.mark.parametrize("way", ["read", "read-raw"])
def test_a_parser_cannot_read_other_files_where_the_system_can_forbid_it(take: Take, jail: Jail, way: str) -> None:
    if "landlock" not in jail.walls():
        pytest.skip("this system has no Landlock")
    files = take({"a.hostile": f"{way} {HERE}", "b.hostile": f"{way} /etc/passwd"})
    assert files.texts == ["failed PermissionError"] * 2


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other walls")
def test_every_portable_wall_stands(jail: Jail) -> None:
    assert {"limits", "audit", "no-new-privileges"} <= set(jail.walls())


def test_the_first_plain_text_takes_less_than_a_second(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing happened.")
    began = time.monotonic()
    with Jail(SMALL) as jail:
        assert Results(read_in(jail, [tmp_path], received=RECEIVED)).texts
    assert time.monotonic() - began < 1


def test_a_reader_left_half_way_leaves_no_child(tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"Text {n}.")
    with Jail(SMALL) as jail:
        results = read_in(jail, [tmp_path], received=RECEIVED)
        next(results)
        results.close()  # type: ignore[attr-defined]
        assert Results(read_in(jail, [tmp_path], received=RECEIVED)).texts == ["Text 0.", "Text 1.", "Text 2."]
