"""The command line. `docs/commands.md` describes every command; a test holds the two together.

Exit codes: 0 all well; 1 done, but some input was refused or not read; 2 the command could not be carried out;
3 the passphrase does not open the book; 4 `verify` or `packs` found faults.
Results go to standard output, everything else to standard error.
"""

from secondsource.cli.app import main

__all__ = ["main"]
