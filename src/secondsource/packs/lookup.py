"""Finds the names of a pack's places in running text: an index made once a pack, a pass linear in the text.

Latin names are looked up word by word under two keys: as they stand (case, diacritics, apostrophes and
hyphens aside), and, for Korean names, as they sound (`romanise.loose`). Korean, Japanese and Chinese
names are looked up by their first two characters, after all forms of a Han character were made one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from secondsource.packs import latin
from secondsource.packs.model import Pack, Place
from secondsource.packs.once import once
from secondsource.packs.romanise import loose, plain, southern, variants

CONCERN = "places"
LONGEST_NAME = 8
"""Words; no name of a place is looked for beyond that."""

_CJK_RUN = re.compile(r"[가-힣一-鿿々ァ-ヺー]+")
_HANGUL = re.compile(r"[가-힣]+")
_KATAKANA = re.compile(r"[ァ-ヺー]")
_READING = re.compile(r"\s?[（(](?:[ァ-ヺー・ぁ-ゖ\s]{1,24}|[一-鿿]{1,10}|[A-Za-z'’ -]{1,24})[)）]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text. `ids` are the places that it can mean, likeliest first."""

    start: int
    end: int
    ids: tuple[str, ...]
    sure: bool = True
    """False for a name that is also a common word, with nothing beside it to say that a place is meant."""
    kinds: frozenset[str] = frozenset()
    """Kinds of place that the words beside the name speak of ("County", 郡, "the ... River")."""


@dataclass(slots=True)
class _Entry:
    ids: dict[str, None] = field(default_factory=dict)
    capital: int | None = None
    """Which word must begin with a capital, None where none must."""
    upper: bool = False
    bare: bool = True


class Index:
    """The names of one pack. Made once: see `index`."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        groups = pack.phrases.get(CONCERN, {})
        self.folds = _folds(pack)
        self.exact: dict[str, _Entry] = {}
        self.sound: dict[str, _Entry] = {}
        self.starts: set[str] = set()
        self.lower: set[str] = set()
        self.heads: dict[str, list[str]] = defaultdict(list)
        self.cjk: dict[str, _Entry] = {}
        self.particles = _alternatives(self._words("particles", "ko"))
        self.before = _alternatives(self._words("prefixes", "ko"))
        self.korean = set(self._words("korean", "ids"))
        self.far = self._far_away(set(self._words("familiar", "ids")))
        self.surnames = {plain(n) for n in self._words("surnames", "en")}
        self.kind_words = {
            word.lower().translate(self.folds): kind.removeprefix("kind_")
            for kind, words in groups.items()
            if kind.startswith("kind_")
            for language in words.values()
            for word in language
        }
        latin_kinds = [("" if w[0] == "-" else " ") + w for w in self.kind_words if w.isascii()]
        self.latin_kind = re.compile(rf"(?:{_alternatives(latin_kinds).pattern})(?![\w])", re.IGNORECASE)
        self.cjk_kind = _alternatives(w for w in self.kind_words if not w.isascii())
        not_alone = {word.translate(self.folds) for words in groups.get("needs_kind", {}).values() for word in words}
        alone = set(self._words("stands_alone", "ids"))
        for place in pack.places.values():
            self._add(place, alone, not_alone)
        for words in groups.get("not_places", {}).values():
            for word in words:
                self._stop(word)
        for names in self.heads.values():
            names.sort(key=len, reverse=True)

    def _far_away(self, familiar: set[str]) -> set[str]:
        """Places, countries left out, in countries that are none of these; none where none are told."""
        chains = [self.pack.within(p) for p in self.pack.places] if familiar else []
        lands = {p.id for p in self.pack.places.values() if p.kind == "country"} - familiar
        return {chain[0] for chain in chains if chain[-1] in lands and len(chain) > 1}

    def _words(self, group: str, language: str) -> list[str]:
        return self.pack.phrase(CONCERN, group, language)

    def _add(self, place: Place, alone: set[str], not_alone: set[str]) -> None:
        spelt = [n for n in place.names if not _CJK_RUN.search(n)]
        korean = [n for n in place.names if _HANGUL.fullmatch(n)]
        spelled = [v for n in korean for v in variants(n)] if self.pack.within(place.id)[-1] in self.korean else []
        sounds = {latin.sound(v) for v in spelled}
        is_korean = any(latin.sound(n) in sounds for n in spelt)
        for name in spelt:
            self._add_latin(name, place.id, sound=is_korean)
        for name in spelled if is_korean else ():
            self._add_latin(name, place.id, sound=True)
        for name in dict.fromkeys([*place.names, *(southern(n) for n in korean)]):
            if _CJK_RUN.search(name):
                folded = name.translate(self.folds)
                small = place.kind in {"county", "district", "site"} and len(folded) <= 2 and place.id not in alone
                self._add_cjk(folded, place.id, bare=not small and folded not in not_alone)

    def _add_latin(self, name: str, place: str | None, *, sound: bool) -> None:
        if "-" in name:
            self._add_latin(name.replace("-", " "), place, sound=sound)
        words = list(latin.split(name))
        if not words:
            return
        capital = next((i for i, w in enumerate(words) if w.text[0].isupper()), None)
        if capital != 0:
            self.lower.add(plain(words[0].text))
        joined = latin.joined(words)
        self._enter(self.exact, joined, place, capital, upper=name.isupper() and len(name) < 6)
        if sound:
            self._enter(self.sound, [loose(key) for key in joined], place, capital, upper=False)

    def _enter(
        self, table: dict[str, _Entry], keys: list[str], place: str | None, capital: int | None, *, upper: bool
    ) -> None:
        for i in range(1, len(keys)):
            self.starts.add(" ".join(keys[:i]))
        entry = table.setdefault(" ".join(keys), _Entry(capital=capital, upper=upper))
        if place:
            entry.ids[place] = None
        entry.upper = entry.upper and upper

    def _add_cjk(self, name: str, place: str | None, *, bare: bool) -> None:
        if name not in self.cjk:
            self.cjk[name] = _Entry(bare=bare)
            self.heads[name[:2]].append(name)
        entry = self.cjk[name]
        entry.bare = entry.bare and bare
        if place:
            entry.ids[place] = None

    def _stop(self, word: str) -> None:
        """A word that is no place. It takes the text that it covers, and gives nothing."""
        if _CJK_RUN.search(word):
            self._add_cjk(word.translate(self.folds), None, bare=True)
            self.cjk[word.translate(self.folds)].ids.clear()
        else:
            self._add_latin(word, None, sound=False)
            self.exact[" ".join(latin.joined(latin.split(word)))].ids.clear()

    # --- finding ----------------------------------------------------------------------------

    def find(self, text: str) -> list[Hit]:
        """Every name in `text`, in order, none overlapping. Those that are not `sure` are left out
        unless the same place is surely named elsewhere in the text."""
        folded = text.translate(self.folds)
        hits = _longest([*self._latin(text), *self._cjk(folded)])
        hits = self._chained(text, hits)
        hits = [hit if hit.kinds or not self._foreign(text, hit) else replace(hit, sure=False) for hit in hits]
        known = {hit.ids[0] for hit in hits if hit.sure and hit.ids}
        kept = [hit for hit in hits if hit.ids and (hit.sure or self._told_of(hit, known))]
        return [replace(hit, ids=self._ranked(hit, kept, i, known)) for i, hit in enumerate(kept)]

    def _foreign(self, text: str, hit: Hit) -> bool:
        """Whether a name in Hangul is only that of places far away: mostly it is a word like one (올린다)."""
        return bool(hit.ids) and bool(_HANGUL.match(text, hit.start)) and self.far.issuperset(hit.ids)

    def _told_of(self, hit: Hit, known: set[str]) -> bool:
        """Whether the same place is surely named; of one far away, whether what it lies in is."""
        return any(known.intersection(self.pack.within(p) if p in self.far else (p,)) for p in hit.ids)

    def _latin(self, text: str) -> Iterator[Hit]:
        words = list(latin.split(text))
        for i, word in enumerate(words):
            first = word.text[0]
            if not first.isupper() and plain(word.text) not in self.lower:
                continue
            if i and plain(words[i - 1].text) in self.surnames and words[i - 1].end + 1 == word.start:
                continue
            found = self._window(text, words, i)
            if found is None:
                continue
            end, entry = found
            kinds = {"river"} if _after_article(words, i) else set()
            beside = self.latin_kind.match(text, end)
            if beside:
                end = beside.end()
                kinds = {self.kind_words[beside.group().lower().strip()]}
            yield Hit(word.start, end, tuple(entry.ids), kinds=frozenset(kinds))

    def _window(self, text: str, words: list[latin.Word], i: int) -> tuple[int, _Entry] | None:
        """The longest name that begins with word `i`: where it ends, and its entry."""
        exact, sound, current = "", "", ""
        best: tuple[int, _Entry] | None = None
        for j in range(i, min(i + LONGEST_NAME, len(words))):
            word = words[j]
            if j > i and not latin.close(text, words[j - 1].end, word.start):
                break
            if j > i and word.hyphen:
                exact, current = exact + latin.key(word.text), current + latin.key(word.text)
            else:
                exact = f"{exact} {latin.key(word.text)}".lstrip()
                sound, current = f"{sound} {loose(current)}".strip(), latin.key(word.text)
            heard = f"{sound} {loose(current)}".lstrip()
            for entry in (self.exact.get(exact), self.sound.get(heard)):
                if entry is not None and _cased(entry, words[i : j + 1]):
                    best = (latin.bare_end(word), entry)
                    break
            following = j + 1 < len(words) and words[j + 1].hyphen
            if exact not in self.starts and heard not in self.starts and not (following and j < i + 2):
                break
        return best

    def _cjk(self, folded: str) -> Iterator[Hit]:
        for run in _CJK_RUN.finditer(folded):
            previous_end = -1
            for at in range(run.start(), run.end()):
                if at < previous_end:
                    continue
                for name in self.heads.get(folded[at : at + 2], ()):
                    if folded.startswith(name, at) and self._bounded(folded, at, at + len(name), previous_end):
                        hit = self._extended(folded, at, at + len(name), self.cjk[name])
                        previous_end = hit.end
                        yield hit
                        break

    def _bounded(self, folded: str, start: int, end: int, previous_end: int) -> bool:
        """Whether the name stands as a word of its own, as far as its script shows that."""
        before, after = folded[start - 1 : start], folded[end : end + 1]
        if _KATAKANA.match(folded[start]):
            return not _KATAKANA.match(before) and not _KATAKANA.match(after)
        if not _HANGUL.match(folded[start]):
            return True
        if _HANGUL.match(before) and start != previous_end and not self._prefixed(folded, start):
            return False
        if end - start > 2 or not _HANGUL.match(after) or not self.cjk[folded[start:end]].ids:
            return True
        return bool(self.particles.match(folded, end) or self.cjk_kind.match(folded, end) or self._begins(folded, end))

    def _begins(self, folded: str, at: int) -> bool:
        return any(folded.startswith(name, at) for name in self.heads.get(folded[at : at + 2], ()))

    def _prefixed(self, folded: str, start: int) -> bool:
        return any(
            self.before.fullmatch(folded, start - size, start)
            and not _HANGUL.match(folded[start - size - 1 : start - size])
            for size in (1, 2, 3)
            if start >= size
        )

    def _extended(self, folded: str, start: int, end: int, entry: _Entry) -> Hit:
        """The hit with what belongs to the name: its reading in parentheses, the word for its kind."""
        kinds: set[str] = set()
        told = False
        for _ in range(2):
            reading = _READING.match(folded, end)
            if reading and entry.ids and not (_is_han(reading.group()) and _is_han(folded[start:end])):
                end, told = reading.end(), True
            kind = self.cjk_kind.match(folded, end)
            if kind and entry.ids and not kinds:
                end, told = kind.end(), True
                kinds.add(self.kind_words[kind.group()])
        return Hit(start, end, tuple(entry.ids), sure=entry.bare or told, kinds=frozenset(kinds))

    # --- meaning ----------------------------------------------------------------------------

    def _chained(self, text: str, hits: list[Hit]) -> list[Hit]:
        """A name that stands right after what it lies in is sure, and means that place."""
        done = list(hits)
        for i in range(1, len(done)):
            upper, lower = done[i - 1], done[i]
            if lower.start - upper.end > 3:
                continue
            inside = tuple(p for p in lower.ids if self._inside(p, upper.ids))
            if inside and text[upper.end : lower.start].strip() in {"", "の", "의", "·", "的"}:
                done[i] = replace(lower, ids=inside, sure=True)
        return done

    def _inside(self, place: str, uppers: Iterable[str]) -> bool:
        chain = self.pack.within(place)[1:]
        return any(upper in chain for upper in uppers)

    def _ranked(self, hit: Hit, hits: list[Hit], i: int, known: set[str]) -> tuple[str, ...]:
        ids = _apart(self.pack, hit.ids)
        if len(ids) < 2:
            return ids
        following = hits[i + 1] if i + 1 < len(hits) and hits[i + 1].start - hit.end < 16 else None

        def fitness(place: str) -> tuple[bool, bool, bool, bool]:
            chain = self.pack.within(place)
            kind = self.pack.places[place].kind
            return (
                following is not None and any(p in chain[1:] for p in following.ids),
                kind in hit.kinds,
                any(p in known for p in chain[1:] if self.pack.places[p].kind != "country"),
                kind != "river",
            )

        return tuple(sorted(ids, key=fitness, reverse=True))


@once(most=8)
def index(pack: Pack) -> Index:
    """The index of a pack."""
    return Index(pack)


def folds(pack: Pack) -> dict[int, str]:
    """Table for `str.translate` that makes all forms of a Han character one; lengths stay the same."""
    return index(pack).folds


def _folds(pack: Pack) -> dict[int, str]:
    groups = pack.phrase(CONCERN, "han_forms", "zh")
    return {ord(char): group[0] for group in groups for char in group[1:]}


def _alternatives(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


def _after_article(words: list[latin.Word], i: int) -> bool:
    """ "the Tumen", "the frozen Tumen": rather the river than the city."""
    before = [word.text for word in words[max(0, i - 2) : i]]
    return before[-1:] in (["the"], ["The"]) or (before[:1] in (["the"], ["The"]) and before[1].islower())


def _cased(entry: _Entry, words: list[latin.Word]) -> bool:
    if entry.upper:
        return all(w.text.isupper() for w in words)
    return entry.capital is None or words[min(entry.capital, len(words) - 1)].text[0].isupper()


def _is_han(text: str) -> bool:
    return any("一" <= char <= "鿿" for char in text) and not any("가" <= c <= "힣" or "ァ" <= c <= "ヺ" for c in text)


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of hits that overlap, the longest; in order."""
    taken: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if taken and hit.start < taken[-1].end:
            if hit.end - hit.start > taken[-1].end - taken[-1].start:
                taken[-1] = hit
            continue
        taken.append(hit)
    return taken


def _apart(pack: Pack, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Without entries that are the same place as an earlier one: same kind of thing, close by."""
    kept: list[str] = []
    for place in ids:
        here = pack.places[place]
        if here.lat is None or here.lon is None or not any(_near(here, pack.places[other]) for other in kept):
            kept.append(place)
    return tuple(kept)


def _near(a: Place, b: Place) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None or a.kind != b.kind:
        return False
    return abs(a.lat - b.lat) < 0.3 and abs(a.lon - b.lon) < 0.3
