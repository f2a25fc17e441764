"""Find the acts a report tells of: what was done to somebody, by the trigger words of a pack."""

from __future__ import annotations

from dataclasses import dataclass

from secondsource.model import OrgMention, PeopleMention, Span
from secondsource.reading.text import Sentence


@dataclass(frozen=True, slots=True)
class ActHit:
    """Words that name an act, and the sentence they stand in."""

    act: str
    trigger: Span
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Roles:
    """Who did the act of one hit, and to whom, as far as grammar tells."""

    perpetrators: tuple[OrgMention, ...] = ()
    victims: tuple[PeopleMention, ...] = ()
