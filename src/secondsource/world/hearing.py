"""What households have heard of set-ups, and how it fades.

Fear is kept with the week in which it was last added to, and faded when it is asked for; the talk of a county is kept
once for all its households. So the weeks in which nothing happens to a household cost nothing.
"""

from __future__ import annotations

import math

from secondsource.world.compiled import compiled
from secondsource.world.parameters import Rates
from secondsource.world.record import Record
from secondsource.world.society import Society

SEEN_THROUGH = 2.0
"""Fear of a household that was itself to be lured, log odds."""


@compiled
def faded(p: Rates, weeks: int) -> float:
    """What is left of fear after so many weeks."""
    return math.exp(-math.log(2.0) / p.fear_halflife_weeks * weeks)


@compiled
def fear(p: Rates, s: Society, house: int, week: int) -> float:
    """By how much a household's trust is lowered, log odds."""
    own: float = s.houses[house].fear * faded(p, week - s.houses[house].since)
    heard: float = s.houses[house].reach * s.counties[s.houses[house].county].talk
    return own + heard


@compiled
def frighten(p: Rates, s: Society, house: int, week: int, amount: float) -> None:
    s.houses[house].fear = amount + s.houses[house].fear * faded(p, week - s.houses[house].since)
    s.houses[house].since = week


@compiled
def talk(p: Rates, s: Society, r: Record, week: int) -> None:
    """Word of the released and of the narrowly spared goes round in each county, and fades."""
    for county in range(len(s.counties)):
        heard = p.gossip_effect * r.released[county, week]
        s.counties[county].talk = s.counties[county].talk * faded(p, 1) + heard
