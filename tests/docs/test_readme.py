"""The README's commands exist, its picture is there, and its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from secondsource.cli.app import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "samples" / "README.md"]


@pytest.mark.parametrize("line", re.findall(r"^    \.venv/bin/secondsource (.*?)(?:\s+#.*)?$", README, flags=re.M))
def test_every_command_of_the_tour_is_real(line: str) -> None:
    name, *rest = line.split()
    options = {o for p in COMMANDS[name].params for o in p.opts}
    assert {word for word in rest if word.startswith("--")} <= options


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []


def test_make_has_the_two_commands() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in re.findall(r"^    make (\w+)", README, flags=re.M):
        assert re.search(rf"^{command}:", makefile, flags=re.M)


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda p: p.name)
def test_locks_have_hashes_and_name_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    packages = re.findall(r"^[A-Za-z0-9][\w.-]*==\S+ \\\n(    --hash=\S+)", text, flags=re.M)
    assert len(packages) == len(re.findall(r"^[A-Za-z0-9][\w.-]*==", text, flags=re.M)) > 0
    assert "://" not in text
    assert not [line for line in text.splitlines() if line.startswith("-")]
