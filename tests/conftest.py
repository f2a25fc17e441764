"""What many tests share: a casebook of the samples, read once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import secondsource
from secondsource.pipeline import Book

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SAMPLES = Path(__file__).parent.parent / "samples"
PASSPHRASE = "a long enough phrase"


@pytest.fixture(scope="session")
def demo_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook of all samples, and beside it `key`, a file that holds its passphrase. Not to be changed."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "key").write_text(PASSPHRASE + "\n")
    with secondsource.new(str(folder / "demo.book"), passphrase=PASSPHRASE) as book:
        book.add([SAMPLES / "reports.jsonl"])
        book.update()
    return folder / "demo.book"


@pytest.fixture(scope="session")
def demo(demo_path: Path) -> Iterator[Book]:
    with secondsource.open(str(demo_path), passphrase=PASSPHRASE) as book:
        yield book


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright
    from web_browser import ARGUMENTS, CHROMIUM

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()
