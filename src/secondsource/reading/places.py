"""Which places a report names, and what each is doing there.

A name's role is read from the words beside it (`phrases/places.yaml`): every name of a sentence is
replaced by one character, and the patterns of a role then match around that character. What the words
beside a name leave open is decided by `settle`, once it is known which sentences tell of what happened.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from secondsource.model import HAPPENED, PlaceMention, PlaceRole, Span
from secondsource.packs import Pack, compile_cached, to_regex
from secondsource.packs.lookup import CONCERN, Hit, index
from secondsource.reading.text import Kind, Sentence, Text

_PLACE, _COUNTRY, _LINE = "\ue000", "\ue001", "\ue002"
_ANY = f"[{_PLACE}{_COUNTRY}{_LINE}]"
_STAND_INS = re.compile(_ANY)
_LINES = frozenset({"river", "border"})
_LARGE = frozenset({"province", "prefecture"})
_FINE = frozenset({"county", "city", "district", "site", "river"})

ORDER = (
    PlaceRole.SOURCE_BASE,
    PlaceRole.PHOTO,
    PlaceRole.PATTERN,
    PlaceRole.DETENTION,
    PlaceRole.ARREST,
    PlaceRole.REPATRIATION,
    PlaceRole.CROSSING,
    PlaceRole.SENDER,
    PlaceRole.HOME,
    PlaceRole.INCIDENT,
    PlaceRole.DESTINATION,
)
"""Where the words beside a name fit several roles, the first of these counts."""


@dataclass(frozen=True, slots=True)
class _Cue:
    role: PlaceRole
    pattern: re.Pattern[str]


def find(text: Text) -> list[PlaceMention]:
    """Every place that is named, in order, none overlapping, each with the role its own sentence gives it.

    "the province" and the like mean the place last named that is one; a river that is only called
    "the river" is the one on which the places named stand, where that is one.
    """
    hits = index(text.pack).find(text.raw)
    hits = _with_back_references(text, hits)
    mentions: list[PlaceMention] = []
    for sentence, inside in _by_sentence(text, hits):
        roles = _roles(text, sentence, inside)
        mentions += [_mention(hit, role) for hit, role in zip(inside, roles, strict=True)]
    return [*mentions, *_unnamed_river(text, mentions)]


def happened(text: Text, mention: PlaceMention, claim_spans: Sequence[Span]) -> PlaceRole:
    """The role of one mention, given where the claims of an incident stand.

    A place that its words say nothing of is where it happened, if a claim is made in the same sentence.
    """
    sentence = text.sentence_at(mention.span.start)
    if sentence is None or sentence.kind in {Kind.CAPTION, Kind.BOILERPLATE}:
        return mention.role
    kind = text.pack.places[mention.place].kind
    role = mention.role
    claimed = any(span.overlaps(mention.span) for span in claim_spans)
    if role is PlaceRole.BACKGROUND and claimed and kind not in {"country", "border"}:
        metonym = mention.place in text.pack.phrase(CONCERN, "metonyms", "ids")
        if not metonym or _located(text, sentence, mention):
            role = PlaceRole.INCIDENT
    if role in HAPPENED and kind in _LARGE:
        return PlaceRole.INCIDENT_PROVINCE
    return role


def settle(text: Text, mentions: Sequence[PlaceMention], claim_spans: Sequence[Span]) -> list[PlaceMention]:
    """The mentions with their last roles, weighed against one another.

    A border or a country says where only if nothing finer does. The home of those who tried to cross the
    river at it is where they did, if no other place is said to be.
    """
    done = [m.model_copy(update={"role": happened(text, m, claim_spans)}) for m in mentions]
    kinds = text.pack.places
    told = [m for m in done if m.role in HAPPENED]
    if not any(kinds[m.place].kind in _FINE - {"river"} for m in told):
        rivers = {m.place for m in told if kinds[m.place].kind == "river"}
        done = [_at_home(text.pack, m, rivers) for m in done]
        told = [m for m in done if m.role in HAPPENED]
    finer = [m for m in told if kinds[m.place].kind not in {"country", "border"}]
    return [_large(text, m, finer, claim_spans) for m in done]


def _at_home(pack: Pack, mention: PlaceMention, rivers: set[str]) -> PlaceMention:
    crossed = any(mention.place in pack.phrase(CONCERN, f"on_{river}", "ids") for river in rivers)
    if crossed and mention.role is PlaceRole.HOME and pack.places[mention.place].kind in _FINE:
        return mention.model_copy(update={"role": PlaceRole.INCIDENT})
    return mention


def _large(text: Text, mention: PlaceMention, finer: list[PlaceMention], claim_spans: Sequence[Span]) -> PlaceMention:
    """A border or a country with its last role, beside the `finer` places where something happened."""
    kind = text.pack.places[mention.place].kind
    sentence = text.sentence_at(mention.span.start)
    if kind not in {"border", "country"} or sentence is None:
        return mention
    role = mention.role
    if role in HAPPENED and finer:
        # Of a country only an arrest told in one breath with a finer place elsewhere is part of the story.
        beside = kind == "country" and role is PlaceRole.ARREST and any(m.span.overlaps(sentence.span) for m in finer)
        within = any(mention.place in text.pack.within(m.place) for m in finer)
        role = role if beside and not within else PlaceRole.BACKGROUND
    elif kind == "border" and not finer and role in {PlaceRole.BACKGROUND, PlaceRole.DESTINATION}:
        claimed = any(span.overlaps(mention.span) for span in claim_spans)
        role = PlaceRole.INCIDENT if claimed and _located(text, sentence, mention) else role
    return mention.model_copy(update={"role": role})


# --- from names to mentions -----------------------------------------------------------------


def _mention(hit: Hit, role: PlaceRole) -> PlaceMention:
    candidates = hit.ids if len(hit.ids) > 1 else ()
    return PlaceMention(span=Span(start=hit.start, end=hit.end), place=hit.ids[0], candidates=candidates, role=role)


def _with_back_references(text: Text, hits: list[Hit]) -> list[Hit]:
    pack = text.pack
    found: list[Hit] = []
    for kind in ("province", "county", "city"):
        pattern = compile_cached(tuple(pack.phrase(CONCERN, f"same_{kind}", text.language)), text.language)
        for m in pattern.finditer(text.raw) if pattern else ():
            before = bisect_right(hits, m.start(), key=lambda h: h.start)
            meant = next(
                (
                    place
                    for hit in reversed(hits[max(0, before - 8) : before])
                    for place in pack.within(hit.ids[0])
                    if pack.places[place].kind == kind
                ),
                None,
            )
            if meant:
                found.append(Hit(m.start(), m.end(), (meant,)))
    if not found:
        return hits
    kept: list[Hit] = []
    for hit in sorted([*hits, *found], key=lambda h: (h.start, -h.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _unnamed_river(text: Text, mentions: list[PlaceMention]) -> list[PlaceMention]:
    pack = text.pack
    if any(pack.places[m.place].kind == "river" for m in mentions):
        return []
    pattern = compile_cached(tuple(pack.phrase(CONCERN, "border_river", text.language)), text.language)
    first = pattern.search(text.raw) if pattern else None
    if first is None:
        return []
    scene = {
        place
        for m in mentions
        if m.role not in {PlaceRole.SOURCE_BASE, PlaceRole.PHOTO}
        for place in pack.within(m.place)[:2]
        if pack.places[place].kind != "country"
    }
    every = [place.id for place in pack.places.values() if place.kind == "river"]
    rivers = [r for r in every if scene.intersection(pack.phrase(CONCERN, f"on_{r}", "ids"))]
    if len(rivers) != 1:
        return []
    span = Span(start=first.start(), end=first.end())
    if any(m.span.overlaps(span) for m in mentions):
        return []
    return [PlaceMention(span=span, place=rivers[0], role=PlaceRole.CROSSING)]


# --- roles from the words beside a name -----------------------------------------------------


def _by_sentence(text: Text, hits: list[Hit]) -> Iterator[tuple[Sentence | None, list[Hit]]]:
    group: list[Hit] = []
    current: Sentence | None = None
    for hit in hits:
        sentence = text.sentence_at(hit.start)
        if group and sentence != current:
            yield current, group
            group = []
        current = sentence
        group.append(hit)
    if group:
        yield current, group


def _roles(text: Text, sentence: Sentence | None, hits: list[Hit]) -> list[PlaceRole]:
    if sentence is None or sentence.kind is Kind.BOILERPLATE:
        return [PlaceRole.BACKGROUND] * len(hits)
    if sentence.kind is Kind.CAPTION:
        return [PlaceRole.PHOTO] * len(hits)
    masked, positions = _masked(text, sentence, hits)
    found: dict[int, PlaceRole] = {}
    for cue in _cues(text):
        for m in cue.pattern.finditer(masked):
            for inside in _STAND_INS.finditer(masked, m.start(), m.end()):
                found.setdefault(inside.start(), cue.role)
    return [found.get(position, PlaceRole.BACKGROUND) for position in positions]


def _masked(text: Text, sentence: Sentence, hits: list[Hit]) -> tuple[str, list[int]]:
    """The sentence with one character for every name, and where those characters stand."""
    out: list[str] = []
    positions: list[int] = []
    length, at = 0, sentence.span.start
    for hit in hits:
        between = _STAND_INS.sub(" ", text.raw[at : hit.start])
        kind = text.pack.places[hit.ids[0]].kind
        out += [between, _COUNTRY if kind == "country" else _LINE if kind in _LINES else _PLACE]
        length += len(between)
        positions.append(length)
        length += 1
        at = hit.end
    out.append(_STAND_INS.sub(" ", text.raw[at : max(at, sentence.span.end)]))
    return "".join(out), positions


def _located(text: Text, sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether the words beside a name say that something was there, or went there."""
    hit = Hit(mention.span.start, mention.span.end, (mention.place,))
    masked, positions = _masked(text, sentence, [hit])
    located = _compiled(tuple(text.pack.phrase(CONCERN, "located", text.language)), text.language, (), ())
    return any(m.start() <= positions[0] < m.end() for m in located.finditer(masked))


def _cues(text: Text) -> list[_Cue]:
    pack, language = text.pack, text.language
    leads = tuple(pack.phrase(CONCERN, "lead_in", language))
    joins = tuple(pack.phrase(CONCERN, "joins", language))
    groups = [(role, pack.phrase(CONCERN, str(role), language)) for role in ORDER]
    return [_Cue(role, _compiled(tuple(words), language, leads, joins)) for role, words in groups if words]


@lru_cache(maxsize=256)
def _compiled(
    patterns: tuple[str, ...], language: str, leads: tuple[str, ...], joins: tuple[str, ...]
) -> re.Pattern[str]:
    stand_ins = {"place": _ANY, "country": _COUNTRY, "line": _LINE}
    slots = {slot: _chain(stand_in, language, leads, joins) for slot, stand_in in stand_ins.items()}
    return re.compile("|".join(to_regex(p, language, slots) for p in patterns) or r"(?!)", re.IGNORECASE)


def _chain(stand_in: str, language: str, leads: tuple[str, ...], joins: tuple[str, ...]) -> str:
    """One name or several that belong together: "X, Y and Z", "the city of X in Y", XのY."""
    lead = "".join(["(?:(?:", "|".join(to_regex(p, language) for p in leads), r")\s+)?"]) if leads else ""
    one = f"{lead}{stand_in}"
    join = "|".join(re.escape(j) for j in joins)
    more = rf"(?:\s?[(（]?(?:{join})?\s?{lead}{_ANY}[)）]?){{0,6}}" if joins else ""
    return rf"{one}{more}\s*" if language in {"ko", "ja", "zh"} else f"{one}{more}"
