"""Second Source: reports of hidden abuses become claims, incidents and findings.

import secondsource
book = secondsource.open("case.book", passphrase="...")
book.add(["reports/"])
book.update()
for incident in book.incidents():
    print(incident.when, [f.value for f in incident.findings], incident.hypotheses[0].words)
"""

from importlib.metadata import version
from typing import TYPE_CHECKING

__version__ = version("secondsource")

if TYPE_CHECKING:
    from secondsource.pipeline import Book

__all__ = ["new", "open"]


def open(path: str, *, passphrase: str) -> "Book":  # noqa: A001
    """An existing casebook. `casebook.NotACasebook`, `casebook.WrongPassphrase`."""
    from secondsource.pipeline import Book

    return Book.open(path, passphrase=passphrase)


def new(path: str, *, passphrase: str, pack: str = "nk_border") -> "Book":
    """A new casebook. FileExistsError where there is something already."""
    from secondsource.pipeline import Book

    return Book.new(path, passphrase=passphrase, pack=pack)
