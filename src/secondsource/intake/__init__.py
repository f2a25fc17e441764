"""Intake: files of any kind become Reports, and no file can do harm on the way.

    read(paths, *, received, limits=Limits(), progress=None) -> Iterator[Result]

yields, in order and one at a time, so that memory stays flat:

    Accepted(report, data, media_type)   a report, with the bytes that its id is made of
    Refused(name, reason)                what was not taken, and why
    Noted(name, reason)                  what was taken otherwise than it stood (a date that cannot be
                                         read, a guessed encoding, the same bytes a second time)

`name` is the path as the user gave it, and for parts `archive.zip!member.txt`, `mail.eml!scan.pdf`,
`table.csv row 7`, `reports.jsonl line 3`, `book.xlsx sheet 2 row 7`. Reasons never hold any of a file's
content. Bad input never raises: it is refused.

Kinds: txt, md, html, eml, docx, pdf, csv (and tsv), xlsx, jsonl, zip files and folders of them. A file's
ending and its content must agree. What a file does not say of itself (title, outlet, published,
language, ref, reprint_of, truncated) can stand beside it in `name.ext.meta.yaml` or `name.ext.meta.json`,
which wins over the file.

`Report.id` is made of the SHA-256 of the file's bytes, for a row of the row as canonical JSON.

Every byte is parsed in a child process that has no network, writes nothing, reads nothing but its own
libraries, and is stopped when it needs too much memory or time (`jail.py`, `confine.py`). Needs POSIX.
"""

from secondsource.intake.limits import Limits
from secondsource.intake.reader import read
from secondsource.intake.results import Accepted, Noted, Refused, Result

__all__ = ["Accepted", "Limits", "Noted", "Refused", "Result", "read"]
