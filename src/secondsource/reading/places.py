"""Which places a report names, and what each is doing there.

A name's role is read from the words beside it (`phrases/places.yaml`): every name of a sentence is
replaced by one character, and the patterns of a role then match around that character. What the words
beside a name leave open is decided by `settle`, once it is known which sentences tell of what happened.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from secondsource.model import HAPPENED, PlaceMention, PlaceRole, Span, Voice
from secondsource.packs import Pack, compile_cached
from secondsource.packs.lookup import CONCERN, Hit, index
from secondsource.reading import citing
from secondsource.reading.lexicon import CJK
from secondsource.reading.place_roles import ANY, COUNTRY, LINE, PLACE, STAND_INS, compiled, cues
from secondsource.reading.text import Kind, Sentence, Text

_DATELINE = re.compile(
    rf"{ANY}(?:, ?{ANY})?(?:,? (?:[A-Z][a-z]{{2,8}}\.? \d{{1,2}}|\d{{1,2}} [A-Z][a-z]{{2,8}})\.?)?"
    rf"(?: ?\([^()]{{2,40}}\))? ?(?:—|–|--|-) | ?[\[【(（]{ANY}(?:發|発|发)?(?: ?[=＝]| ?\d{{1,2}}[日일] ?[\]】)）=＝])"
)
"""Where a report was sent from, before it begins: "YANJI, Jan. 18 —", 【瀋陽=…】, 【瀋陽5日】, [서울=…]."""
_HEAD = 6
"""Sentences from the top within which a dateline may stand."""
_TITLE = re.compile(r" ([A-Z][a-z]+|TV)\b")
_OF = re.compile(r" of\b")
_BASE_REACH = 45
"""How far after whoever speaks an English place may stand where he speaks, in characters."""
_LEAD = 4
"""Sentences from the top that set the scene."""
_NEAR = 300
"""Characters around the first claim within which a place may be its scene."""
_LINES = frozenset({"river", "border"})
_LARGE = frozenset({"province", "prefecture"})
_FINE = frozenset({"county", "city", "district", "site", "river"})


def find(text: Text) -> list[PlaceMention]:
    """Every place that is named, in order, none overlapping, each with the role its own sentence gives it.

    "the province" and the like mean the place last named that is one; a river that is only called
    "the river" is the one on which the places named stand, where that is one.
    """
    hits = [hit for hit in index(text.pack).find(text.raw) if not _names_outlet(text, hit)]
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


def of_voices(text: Text, mentions: Sequence[PlaceMention], voices: Iterable[Voice]) -> list[PlaceMention]:
    """The mentions, those that say where somebody speaks from being that."""
    cited = [(span, voice.base) for voice in voices if voice.base for span in voice.spans]
    starts = [mention.span.start for mention in mentions]
    based: set[Span] = set()
    for span, base in cited:
        reach = Span(start=span.start, end=span.end if text.language in CJK else span.end + _BASE_REACH)
        first = bisect_left(starts, reach.start)
        for mention in mentions[first : bisect_left(starts, reach.end)]:
            akin = base in text.pack.within(mention.place) or mention.place in text.pack.within(base)
            if akin and text.sentence_at(mention.span.start) is text.sentence_at(span.start):
                based.add(mention.span)
            if not akin or mention.place == base:
                break
    return [m.model_copy(update={"role": PlaceRole.SOURCE_BASE}) if m.span in based else m for m in mentions]


def settle(text: Text, mentions: Sequence[PlaceMention], claim_spans: Sequence[Span]) -> list[PlaceMention]:
    """The mentions with their last roles, weighed against one another.

    A border or a country says where only if nothing finer does. The home of those who tried to cross the
    river at it is where they did, if no other place is said to be; that of whoever is interviewed, too.
    """
    done = [m.model_copy(update={"role": happened(text, m, claim_spans)}) for m in mentions]
    kinds = text.pack.places
    told = [m for m in done if m.role in HAPPENED]
    if citing.speakers(text) and not any(kinds[m.place].kind in _FINE - {"river"} for m in told):
        home = next((m for m in done if m.role is PlaceRole.HOME and kinds[m.place].kind in _FINE), None)
        done = [m.model_copy(update={"role": PlaceRole.INCIDENT}) if m is home else m for m in done]
        told = [m for m in done if m.role in HAPPENED]
    if not any(kinds[m.place].kind in _FINE - {"river"} for m in told):
        rivers = {m.place for m in told if kinds[m.place].kind == "river"}
        done = [_at_home(text.pack, m, rivers) for m in done]
    done = _scene(text, done, claim_spans)
    if any(m.role in HAPPENED and kinds[m.place].kind in _FINE - {"river"} for m in done):
        done = [_if_named(text, m) for m in done]
    done = _rivers(text, done, claim_spans)
    told = [m for m in done if m.role in HAPPENED]
    finer = [m for m in told if kinds[m.place].kind not in {"country", "border"}]
    return [_large(text, m, finer, claim_spans) for m in done]


def _scene(text: Text, mentions: list[PlaceMention], claim_spans: Sequence[Span]) -> list[PlaceMention]:
    """Where nothing says where it was, the first town or county of the lead is the scene, if nothing else is said
    of it; else the one of the headline."""
    kinds = text.pack.places
    if not claim_spans or any(m.role in HAPPENED and kinds[m.place].kind in _FINE - {"river"} for m in mentions):
        return mentions
    told_from = min(span.start for span in claim_spans)
    first = next((m for m in mentions if _may_be_scene(text, m, told_from)), None)
    return [m.model_copy(update={"role": PlaceRole.INCIDENT}) if m is first else m for m in mentions]


def _may_be_scene(text: Text, mention: PlaceMention, told_from: int) -> bool:
    sentence = text.sentence_at(mention.span.start)
    if sentence is None or sentence.kind not in {Kind.BODY, Kind.HEADLINE}:
        return False
    lead = sentence.index <= _LEAD or abs(mention.span.start - told_from) <= _NEAR
    named = mention.place not in text.pack.phrase(CONCERN, "metonyms", "ids")
    fine = text.pack.places[mention.place].kind in _FINE - {"river"}
    return lead and named and fine and mention.role is PlaceRole.BACKGROUND


def _rivers(text: Text, mentions: list[PlaceMention], claim_spans: Sequence[Span]) -> list[PlaceMention]:
    """A river that is named is the one meant where what was done is said to have been at "the river"."""
    rivers = [m for m in mentions if text.pack.places[m.place].kind == "river"]
    if not rivers or any(m.role in HAPPENED for m in rivers):
        return mentions
    at_river = compile_cached(tuple(text.pack.phrase(CONCERN, "at_river", text.language)), text.language)
    if at_river is None or not any(at_river.search(span.of(text.raw)) for span in claim_spans):
        return mentions
    first = next((m for m in rivers if m.role is PlaceRole.BACKGROUND), None)
    return [m.model_copy(update={"role": PlaceRole.CROSSING}) if m is first else m for m in mentions]


def _if_named(text: Text, mention: PlaceMention) -> PlaceMention:
    """A river that is not named says where only if nothing else does."""
    if text.pack.places[mention.place].kind != "river" or index(text.pack).find(mention.span.of(text.raw)):
        return mention
    return mention.model_copy(update={"role": PlaceRole.BACKGROUND})


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


def _names_outlet(text: Text, hit: Hit) -> bool:
    """Whether a name is part of what an outlet or a body is called ("Tumen Wire", 図們江難民委員会)."""
    own = text.report.outlet
    if own:
        start = text.raw.find(own, max(0, hit.start - len(own)), hit.end + len(own))
        if start >= 0 and start <= hit.start and hit.end <= start + len(own):
            return True
    titles = tuple(text.pack.phrase(CONCERN, "titles", text.language))
    before = text.raw[max(0, hit.start - 1) : hit.start]
    if text.language in CJK:
        return text.raw.startswith(titles, hit.end)
    said = text.raw[hit.start : hit.end]
    if said.split(" ")[-1] in titles and before == " ":
        return bool(re.search(r"[A-Z][\w'’-]+ $", text.raw[max(0, hit.start - 24) : hit.start]))
    word = _TITLE.match(text.raw, hit.end)
    return word is not None and word.group(1) in titles


def _with_back_references(text: Text, hits: list[Hit]) -> list[Hit]:
    pack = text.pack
    found: list[Hit] = []
    named = [hit for hit in hits if not _for_a_government(text, hit)]
    for kind in ("province", "county", "city"):
        pattern = compile_cached(tuple(pack.phrase(CONCERN, f"same_{kind}", text.language)), text.language)
        for m in pattern.finditer(text.raw) if pattern else ():
            if _OF.match(text.raw, m.end()):
                continue
            before = bisect_right(named, m.start(), key=lambda h: h.start)
            meant = next(
                (
                    place
                    for hit in reversed(named[max(0, before - 8) : before])
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


def _for_a_government(text: Text, hit: Hit) -> bool:
    """Whether a capital stands for those who rule there: "the city" is then none of it."""
    sentence = text.sentence_at(hit.start)
    if sentence is None or hit.ids[0] not in text.pack.phrase(CONCERN, "metonyms", "ids"):
        return False
    return not _located(text, sentence, _mention(hit, PlaceRole.BACKGROUND))


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
    if sentence.index < _HEAD and (line := _DATELINE.match(masked)):
        found |= {name.start(): PlaceRole.SOURCE_BASE for name in STAND_INS.finditer(masked, 0, line.end())}
    for cue in cues(text.pack, text.language):
        for span in cue.found(masked, sentence.text):
            for name in STAND_INS.finditer(masked, *span):
                found.setdefault(name.start(), cue.role)
    return [found.get(position, PlaceRole.BACKGROUND) for position in positions]


def _masked(text: Text, sentence: Sentence, hits: list[Hit]) -> tuple[str, list[int]]:
    """The sentence with one character for every name, and where those characters stand."""
    out: list[str] = []
    positions: list[int] = []
    length, at = 0, sentence.span.start
    for hit in hits:
        between = STAND_INS.sub(" ", text.raw[at : hit.start])
        kind = text.pack.places[hit.ids[0]].kind
        out += [between, COUNTRY if kind == "country" else LINE if kind in _LINES else PLACE]
        length += len(between)
        positions.append(length)
        length += 1
        at = hit.end
    out.append(STAND_INS.sub(" ", text.raw[at : max(at, sentence.span.end)]))
    return "".join(out), positions


def _located(text: Text, sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether the words beside a name say that something was there, or went there."""
    hit = Hit(mention.span.start, mention.span.end, (mention.place,))
    masked, positions = _masked(text, sentence, [hit])
    located = compiled(tuple(text.pack.phrase(CONCERN, "located", text.language)), text.language)
    return any(m.start() <= positions[0] < m.end() for m in located.finditer(masked))
