"""Puts a telling into words, and keeps account of what the words say: the label is made of that alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from secondsource.model import PlaceRole
from secondsource.packs import Pack
from secondsource.world import grammar
from secondsource.world.cases import Random, pick
from secondsource.world.tellings import Telling

CAPTIONED, CONVERTED, RELATIVE = 0.3, 0.25, 0.5


@dataclass(slots=True)
class Said:
    """What a report's words say."""

    acts: dict[str, None] = field(default_factory=dict)
    organisations: dict[str, None] = field(default_factory=dict)
    places: dict[tuple[str, PlaceRole], str] = field(default_factory=dict)
    """(Gazetteer id, role) to the words."""
    sums: dict[tuple[float, str], str] = field(default_factory=dict)
    """(Amount, currency) to the step that it belongs to."""
    sources: dict[str, str | None] = field(default_factory=dict)
    """Descriptor to the gazetteer id of its base."""
    victims: str = ""
    more_victims: bool = False
    """Whether others than the case's own victims are told of, in no certain number."""
    when: str = ""
    date: str = ""
    gist: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    title: str
    text: str
    said: Said


def write(pack: Pack, telling: Telling, rng: Random) -> Written:
    return _Page(pack, telling, rng).written()


class _Page:
    def __init__(self, pack: Pack, telling: Telling, rng: Random) -> None:
        self.pack, self.telling, self.rng = pack, telling, rng
        self.case, self.language = telling.case, telling.language
        self.said = Said()
        self.step = ""
        self.extra: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.fixed = self._fixed()

    def written(self) -> Written:
        lead = str(self.case.lead)
        lead = lead if f"lead {lead}" in self.pack.telling else "arrest"
        opening = self._opening(lead)
        body = [self._told(code) for code in self.telling.told]
        if self.telling.second:
            at = int(self.rng.integers(len(body) + 1))
            body.insert(at, self._sentence(f"second {self.telling.second}"))
        title = grammar.particles(self._fill(f"title {lead}"))
        title = title[:1].upper() + title[1:]
        own = f"after {lead}"
        body.append(self._sentence(own if own in self.pack.telling else "after"))
        lines = [title, opening, *_paragraphs(body + self._background(len(body)), self._space())]
        if self.rng.random() < CAPTIONED:
            lines.insert(int(self.rng.integers(1, len(lines))), self._caption())
        return Written(title, "\n\n".join(lines), self.said)

    # --- sentences ----------------------------------------------------------------------------

    def _opening(self, lead: str) -> str:
        self.step = self.case.lead_steps[0]
        self._note_acts(f"acts lead {lead}", self.case.lead_steps)
        self.said.gist = grammar.particles(self._fill(f"lead {lead}"))
        self.said.places[self.case.place, _scene(lead)] = self.fixed["place"]
        self.extra["lead"] = self.said.gist
        return self._sentence("relayed" if self.telling.relays else "told")

    def _told(self, code: str) -> str:
        group = self._group(code)
        self.step = code
        self._note_acts(f"acts {group}", (code,))
        self.said.more_victims |= group in self.pack.telling["more victims"]["ids"]
        for org in self.pack.telling.get(f"by {group}", {}).get("ids", ()):
            self._org(org)
        clause, frame = self._word(group), self._word("retold" if self.telling.relays else "said")
        embedded = "{inner}" in frame
        clause = grammar.inner(clause, self.language) if embedded else clause
        self.extra["inner" if embedded else "said"] = grammar.fill(clause, self._slot)
        return grammar.sentence(grammar.fill(frame, self._slot), self.language)

    def _group(self, code: str) -> str:
        own = f"step {self.case.script.code}.{code}"
        return own if own in self.pack.telling else f"step {self.case.script.step(code).signal}"

    def _background(self, length: int) -> list[str]:
        """One sentence of background to three of the case."""
        pool = self.pack.telling["background"][self.language]
        chosen = [pool[i] for i in self.rng.permutation(len(pool))[: length // 3]]
        return [grammar.sentence(grammar.choose(text, partial(pick, self.rng)), self.language) for text in chosen]

    def _caption(self) -> str:
        places = [p for ids in self._rivers().values() for p in ids if p != self.case.place]
        place = pick(self.rng, places)
        self.extra["elsewhere"] = self._address(place)
        self.said.places[place, PlaceRole.PHOTO] = self.extra["elsewhere"]
        self.extra["shot"] = str(self.telling.published.year - int(self.rng.integers(1, 6)))
        return grammar.particles(self._fill("caption"))

    def _sentence(self, group: str) -> str:
        return grammar.sentence(self._fill(group), self.language)

    def _space(self) -> str:
        return "" if self.language == "ja" else " "

    # --- slots --------------------------------------------------------------------------------

    def _fill(self, group: str) -> str:
        return grammar.fill(self._word(group), self._slot)

    def _name(self, place: str) -> str:
        """A place's name, drawn once a report. Again it comes without what is said only once, as how it is read."""
        if place not in self.names:
            self.names[place] = self._word(f"place {place}")
            return self.names[place]
        (once,) = self.pack.telling["said once"][self.language]
        return re.sub(once, "", self.names[place])

    def _word(self, group: str) -> str:
        return grammar.choose(pick(self.rng, self.pack.telling[group][self.language]), partial(pick, self.rng))

    def _slot(self, name: str) -> str:
        if name in self.extra:
            return self.extra[name]
        if name in self.fixed:
            return self._noted(name)
        if name == "sum":
            return self._sum()
        if name == "then":
            return self._when(self.case.day(self.step), by_day=False)[0]
        if name == "since":
            return self._slot("then").removeprefix("in ").removeprefix("at ")
        if name == "them":
            return self._word(f"them {self.case.people}")
        if name in ("they", "their", "object"):
            own = f"{name} {self.case.people}"
            return self._word(own if own in self.pack.telling else name)
        if name == "second":
            return self._voice("second")
        return self._org(self.telling.agency if name == "agency" else name)

    def _fixed(self) -> dict[str, str]:
        """Slots that mean the same wherever they stand in one report."""
        case, telling = self.case, self.telling
        day = case.lead_day
        when, self.said.date = self._when(day, by_day=telling.by_day)
        exact = "people" if telling.exact else "blurred"
        ages = {f"a{i}": str(age) for i, age in enumerate(case.ages)} | {"d0": str(case.ages[0] // 10 * 10)}
        self.said.victims = grammar.fill(self._word(f"{exact} {case.people}"), ages.__getitem__)
        said_on = telling.published.replace(day=max(1, telling.published.day - int(self.rng.integers(1, 3))))
        return {
            "when": when,
            "family": self.said.victims,
            "were": "was" if len(case.ages) == 1 else "were",
            "place": self._address(case.place),
            "town": self._name(case.place),
            "chinatown": self._name(case.across),
            "river": self._name(case.river),
            "years": str(case.years),
            "source": self._voice("source"),
            "short": self._word(f"short {telling.voice}"),
            "outlet": self._word(f"outlet {telling.relays or telling.outlet}"),
            "house": self._word(f"outlet {telling.outlet}"),
            "said_on": self._dated("said on", said_on),
        }

    def _noted(self, name: str) -> str:
        if name == "river":
            self.said.places[self.case.river, PlaceRole.INCIDENT] = self.fixed[name]
        elif name == "chinatown":
            self.said.places[self.case.across, PlaceRole.ARREST] = self.fixed[name]
        elif name == "when":
            self.said.when = self.fixed[name]
        return self.fixed[name]

    def _address(self, place: str) -> str:
        parent = self.pack.places[place].parent
        near = self._name(place)
        names = {"near": near, "wide": self._name(str(parent))}
        return grammar.fill(self._word("address"), names.__getitem__)

    def _voice(self, group: str) -> str:
        """The words that bring in a source of this report, and that it is cited."""
        base = self._base(self.telling.voice)
        named = self._name(base)
        words = grammar.fill(self._word(f"{group} {self.telling.voice}"), {"base": named}.__getitem__)
        self.said.sources[words] = base
        self.said.places[base, PlaceRole.SOURCE_BASE] = named
        return words

    def _base(self, voice: str) -> str:
        kind = self.pack.telling[f"source {voice}"]["base"][0]
        province = str(self.pack.places[self.case.place].parent)
        return {"province": province, "county": self.case.place, "across": self.case.across}[kind]

    def _org(self, code: str) -> str:
        self.said.organisations[code] = None
        return self._word(f"org {code}")

    def _sum(self) -> str:
        amount = self.case.sums[self.step]
        if not self.telling.exact:
            amount = round(amount, -4) if amount >= 15_000 else max(1000, round(amount, -3))
        names = {"n": grammar.number(amount, self.language)}
        self.said.sums[float(amount), "CNY"] = self.step
        if not self.telling.exact:
            return grammar.fill(self._word("sum about"), names.__getitem__)
        if self.rng.random() >= CONVERTED:
            return grammar.fill(self._word("sum"), names.__getitem__)
        converted = round(amount * float(self._word("rate")))
        names["x"] = grammar.number(converted, self.language)
        self.said.sums[float(converted), self._word("currency")] = self.step
        return grammar.fill(self._word("sum converted"), names.__getitem__)

    # --- when ---------------------------------------------------------------------------------

    def _when(self, day: date, *, by_day: bool) -> tuple[str, str]:
        """Words for a day as this report tells it, and what they mean (EDTF)."""
        third = min((day.day - 1) // 10, 2)
        part = "day" if by_day else ("early", "mid", "late")[third]
        published = self.telling.published
        months = 12 * (published.year - day.year) + published.month - day.month
        group = f"when {part}"
        if self.telling.dated or months > 9:
            group += " dated"
        elif months < 2 and self.rng.random() < RELATIVE:
            group += (" this month", " last month")[months]
        return self._dated(group, day), _edtf(day, by_day)

    def _dated(self, group: str, day: date) -> str:
        month = self.pack.telling["months"]["en"][day.month - 1] if self.language == "en" else str(day.month)
        names = {"month": month, "day": str(day.day), "day_th": grammar.ordinal(day.day), "year": str(day.year)}
        return grammar.fill(self._word(group), names.__getitem__)

    # --- acts ---------------------------------------------------------------------------------

    def _note_acts(self, group: str, steps: tuple[str, ...]) -> None:
        """The acts that a sentence tells: those of `group`, or those of its steps where there is no such group."""
        own = [act for code in steps if (act := self.case.script.step(code).act)]
        acts = self.pack.telling[group]["ids"] if group in self.pack.telling else own
        self.said.acts.update(dict.fromkeys(acts))

    def _rivers(self) -> dict[str, list[str]]:
        return {key: groups["ids"] for key, groups in self.pack.telling.items() if key.startswith("river ")}


def _edtf(day: date, by_day: bool) -> str:
    if by_day:
        return day.isoformat()
    month = f"{day.year}-{day.month:02}"
    third = min((day.day - 1) // 10, 2)
    if third < 2:
        return f"{month}-{10 * third + 1:02}/{month}-{10 * third + 10}"
    last = (date(day.year + day.month // 12, day.month % 12 + 1, 1) - date.resolution).day
    return f"{month}-21/{month}-{last}"


def _scene(lead: str) -> PlaceRole:
    return PlaceRole.HOME if lead == "arrested_in_china" else PlaceRole.INCIDENT


def _paragraphs(sentences: list[str], space: str) -> list[str]:
    """Two sentences a paragraph."""
    return [space.join(sentences[i : i + 2]) for i in range(0, len(sentences), 2)]
