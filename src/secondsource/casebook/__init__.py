"""The casebook: one encrypted file. The only room that knows a database.

Two kinds of truth live in it, in tables that say so by their names:

- `record_*`: reports, sources, decisions and the journal. Written once; the file itself refuses to
  change or delete a row. Every change of the record is an entry in the hash-chained journal.
- `reading_*` and `search`: what code derived from the record. Thrown away and made anew at will.
- `vault_*`: who a source is. No page, export, log or error message reads it.

    create(path, passphrase) -> Casebook     FileExistsError if there is something at path
    open_file(path, passphrase) -> Casebook  WrongPassphrase, NotACasebook

Anything may raise Unusable: a full disk, no right to write, another writer, a damaged file.
"""

from secondsource.casebook.draft import INCIDENTS, LINKS, VERDICTS, Draft, Superseded
from secondsource.casebook.file import NotACasebook, Unusable, WrongPassphrase
from secondsource.casebook.journal import Fault
from secondsource.casebook.made import Kept, Stored
from secondsource.casebook.store import Casebook, Hit, create, open_file

__all__ = [
    "INCIDENTS",
    "LINKS",
    "VERDICTS",
    "Casebook",
    "Draft",
    "Fault",
    "Hit",
    "Kept",
    "NotACasebook",
    "Stored",
    "Superseded",
    "Unusable",
    "WrongPassphrase",
    "create",
    "open_file",
]
