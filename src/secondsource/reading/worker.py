"""A process that reads reports: one as JSON a line comes in, its reading or why there is none goes out.

python -m secondsource.reading.worker PACK
"""

from __future__ import annotations

import os
import sys

from secondsource import reading
from secondsource.model import Report
from secondsource.packs import load
from secondsource.reading.many import fault


def main(pack: str) -> None:
    """Ends when nothing more comes in."""
    # Whatever a library may print must not stand among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    loaded = load(pack)
    answers.write(b"ready\n")
    answers.flush()
    for line in sys.stdin.buffer:
        try:
            answer = reading.read(Report.model_validate_json(line), loaded).model_dump_json()
        except Exception as error:  # one report must not stop the others
            answer = fault(error)
        answers.write(answer.encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
