"""Release: what can be published of an incident without exposing the people who spoke or suffered.

    release(incident, reports, pack, sources, policy) -> Release(markdown, data, checks)

It is made of codes and coarse values alone: ages as decades, dates as months, places as provinces (or
counties), sums to one significant figure, counts in bands of five. Names, quotations, report ids, file
names, outlets and the words that introduce a source are never put in. Of a source it says what an editor
set down in `Source.public`, and otherwise "a source".

What was made is then read again as a stranger would, and `Unsafe` is raised, with the checks that failed,
where anything exact is left: nothing is ever released in part. Defaults follow disclosure control as it is
done for statistics (ACRO: rounding to base 5).
"""

from secondsource.release.make import release
from secondsource.release.model import Check, Policy, Release, Unsafe

__all__ = ["Check", "Policy", "Release", "Unsafe", "release"]
