"""Phrases that tell what a place is doing in a sentence, by the words beside its name.

Every name of a sentence stands as one character; the patterns of a role (`phrases/places.yaml`) match around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from secondsource.model import PlaceRole
from secondsource.packs import Pack, to_regex
from secondsource.packs.literals import literals, needs
from secondsource.packs.lookup import CONCERN
from secondsource.packs.once import once
from secondsource.reading.lexicon import CJK, Likely

PLACE, COUNTRY, LINE = "\ue000", "\ue001", "\ue002"
ANY = f"[{PLACE}{COUNTRY}{LINE}]"
STAND_INS = re.compile(ANY)

ORDER = (
    (PlaceRole.SOURCE_BASE, "source_base"),
    (PlaceRole.PHOTO, "photo"),
    (PlaceRole.PATTERN, "beside"),
    (PlaceRole.PATTERN, "pattern"),
    (PlaceRole.DESTINATION, "sent_on"),
    (PlaceRole.DETENTION, "detention"),
    (PlaceRole.ARREST, "arrest"),
    (PlaceRole.INCIDENT, "lured_to"),
    (PlaceRole.REPATRIATION, "repatriation_point"),
    (PlaceRole.CROSSING, "crossing"),
    (PlaceRole.SENDER, "sent_from"),
    (PlaceRole.SENDER, "sender_location"),
    (PlaceRole.HOME, "victim_origin"),
    (PlaceRole.INCIDENT, "incident"),
    (PlaceRole.DESTINATION, "destination"),
)
"""Where the words beside a name fit several groups of phrases, the first of these counts."""


_FEW = 40
"""Cues of a role that are tried one by one: most begin with a name, and names are many."""


class Cue:
    """The patterns of one role, of which only those are tried whose words stand in a sentence."""

    def __init__(
        self, pack: Pack, role: PlaceRole, patterns: tuple[str, ...], language: str, slots: dict[str, str]
    ) -> None:
        self.role = role
        sources = [to_regex(p, language, slots) for p in patterns]
        required = [needs(p, language in CJK) for p in patterns]
        self._likely = Likely(required, sources, literals(pack, language), few=_FEW)
        self._all = re.compile("|".join(sources), re.IGNORECASE)

    def found(self, masked: str, said: str) -> Iterator[tuple[int, int]]:
        """Where they stand in a sentence `said`, its names masked. The words after one name may be those before
        the next ("residents of X told traders in Y")."""
        likely = self._likely.within(said)
        at = 0
        while (span := self._next(masked, at, likely)) is not None:
            yield span
            at = max([span[0], *(name.start() for name in STAND_INS.finditer(masked, *span))]) + 1

    def _next(self, masked: str, at: int, likely: Sequence[int] | None) -> tuple[int, int] | None:
        if likely is not None:
            return self._likely.first(likely, masked, at, len(masked))
        m = self._all.search(masked, at)
        return m.span() if m else None


@once(most=32)
def cues(pack: Pack, language: str) -> list[Cue]:
    """What tells each role, in the order of `ORDER`."""
    lead_in, joins = (tuple(pack.phrase(CONCERN, group, language)) for group in ("lead_in", "joins"))
    slots = _slots(language, lead_in, joins)
    groups = [(role, tuple(pack.phrase(CONCERN, group, language))) for role, group in ORDER]
    return [Cue(pack, role, words, language, slots) for role, words in groups if words]


def _slots(language: str, leads: tuple[str, ...], joins: tuple[str, ...]) -> dict[str, str]:
    stand_ins = {"place": ANY, "country": COUNTRY, "line": LINE}
    return {slot: _chain(stand_in, language, leads, joins) for slot, stand_in in stand_ins.items()}


@lru_cache(maxsize=64)
def compiled(patterns: tuple[str, ...], language: str) -> re.Pattern[str]:
    """Patterns about a single name as one expression."""
    slots = _slots(language, (), ())
    return re.compile("|".join(to_regex(p, language, slots) for p in patterns) or r"(?!)", re.IGNORECASE)


def _chain(stand_in: str, language: str, leads: tuple[str, ...], joins: tuple[str, ...]) -> str:
    """One name or several that belong together: "X, Y and Z", "the city of X in Y", XのY."""
    lead = "".join(["(?:(?:", "|".join(to_regex(p, language) for p in leads), r")\s+)?"]) if leads else ""
    one = f"{lead}{stand_in}"
    join = "|".join(re.escape(j) for j in joins)
    more = rf"(?:\s?[(（]?(?:{join})?\s?{lead}{ANY}[)）]?){{0,6}}" if joins else ""
    return rf"{one}{more}\s*" if language in {"ko", "ja", "zh"} else f"{one}{more}"
