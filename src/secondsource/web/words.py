"""Codes in people's words, in the reader's language. Every word that a page shows of a noun comes from here."""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from secondsource.model import (
    Claim,
    Count,
    FactKind,
    Finding,
    Grade,
    Hypothesis,
    Incident,
    Independence,
    JournalEntry,
    Modality,
    PeopleMention,
    PlaceRole,
    SumMention,
    Verdict,
    Voice,
    VoiceKind,
)
from secondsource.packs import Pack
from secondsource.web import dates
from secondsource.web.dates import N_

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "messages"

MODALITY = {
    Modality.ASSERTED: N_("says"),
    Modality.HEDGED: N_("says it may be"),
    Modality.HEARD: N_("has heard"),
    Modality.DENIED: N_("denies"),
    Modality.PLANNED: N_("says it was planned"),
}
MODALITY_NOUN = {
    Modality.ASSERTED: N_("stated"),
    Modality.HEDGED: N_("hedged"),
    Modality.HEARD: N_("hearsay"),
    Modality.DENIED: N_("denied"),
    Modality.PLANNED: N_("planned"),
}
VERDICT = {
    Verdict.CORROBORATED: N_("corroborated"),
    Verdict.REPEATED: N_("repeated, not corroborated"),
    Verdict.SINGLE: N_("one source"),
    Verdict.CONTESTED: N_("contested"),
    Verdict.UNSOURCED: N_("no source named"),
}
CORROBORATION = {
    "yes": N_("corroborated"),
    "unclear": N_("corroboration unclear"),
    "no": N_("not corroborated"),
}
MANUFACTURED = {
    "yes": N_("crossing said to be induced by the state"),
    "suspected": N_("crossing perhaps induced by the state"),
    "no": N_("no sign of an induced crossing"),
}
FACT = {
    FactKind.ACT: N_("What happened"),
    FactKind.PERPETRATOR: N_("By whom"),
    FactKind.VICTIMS: N_("To how many"),
    FactKind.PLACE: N_("Where"),
    FactKind.WHEN: N_("When"),
    FactKind.SUM: N_("Money"),
}
VOICE = {
    VoiceKind.UNNAMED: N_("unnamed source"),
    VoiceKind.NAMED: N_("named source"),
    VoiceKind.OFFICIAL: N_("official"),
    VoiceKind.STATE_MEDIA: N_("state media"),
    VoiceKind.OUTLET: N_("another outlet"),
    VoiceKind.DOCUMENT: N_("document"),
}
CONNECTION = {
    "0101": N_("victim"),
    "0102": N_("witness"),
    "0103": N_("on the perpetrators' side"),
    "0201": N_("relative of a victim"),
    "03": N_("third party"),
    "99": N_("connection unknown"),
}
ROLE = {
    PlaceRole.INCIDENT: N_("scene"),
    PlaceRole.INCIDENT_PROVINCE: N_("area of the scene"),
    PlaceRole.ARREST: N_("arrest"),
    PlaceRole.CROSSING: N_("crossing"),
    PlaceRole.DETENTION: N_("detention"),
}
CREDIBILITY = {
    "1": N_("confirmed by other sources"),
    "2": N_("probably true"),
    "3": N_("possibly true"),
    "4": N_("doubtful"),
    "5": N_("improbable"),
    "6": N_("credibility cannot be judged"),
}
RELIABILITY = {
    "A": N_("completely reliable"),
    "B": N_("usually reliable"),
    "C": N_("fairly reliable"),
    "D": N_("not usually reliable"),
    "E": N_("unreliable"),
    "F": N_("reliability cannot be judged"),
}
LANGUAGE = {
    "en": N_("English"),
    "ko": N_("Korean"),
    "ja": N_("Japanese"),
    "zh": N_("Chinese"),
    "und": N_("language unknown"),
}
KIND = {
    "harm": N_("harm done"),
    "attempt": N_("what the victims attempted"),
    "means": N_("means and preparation"),
    "control": N_("state control"),
    "relief": N_("relief"),
}
LIKELIHOOD = (
    N_("almost no chance"),
    N_("very unlikely"),
    N_("unlikely"),
    N_("roughly even"),
    N_("likely"),
    N_("very likely"),
    N_("almost certain"),
)
JOURNAL = {
    "book.new": N_("Book begun"),
    "report.add": N_("Report taken in"),
    "decision": N_("Decision"),
    "source.set": N_("Source set down"),
    "release": N_("Release"),
}


def available() -> list[str]:
    """Languages that the pages can speak: English, and every catalogue that is there."""
    return ["en", *sorted(p.parent.parent.name for p in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))]


@lru_cache(maxsize=16)
def translations(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [language], fallback=True)


class Words:
    """What codes are called, in one language, with the labels of one pack."""

    def __init__(self, pack: Pack, language: str = "en") -> None:
        self.pack = pack
        self.language = language
        self._ = translations(language).gettext
        self._n = translations(language).ngettext

    def of(self, table: Mapping[Any, str], key: object) -> str:
        """A word of one of the tables above."""
        return self._(table[key]) if key in table else str(key)

    def label(self, labels: object, code: str) -> str:
        """A pack's label in this language, else in English, else the code itself, readable."""
        if isinstance(labels, Mapping):
            for language in (self.language, "en"):
                if labels.get(language):
                    return str(labels[language])
        return code.replace("_", " ")

    def act(self, code: str) -> str:
        return self.label(self.pack.acts[code].label if code in self.pack.acts else None, code)

    def act_kind(self, code: str) -> str:
        return self.pack.acts[code].kind if code in self.pack.acts else "harm"

    def org(self, code: str) -> str:
        return self.label(self.pack.organisations[code].label if code in self.pack.organisations else None, code)

    def relation(self, code: str) -> str:
        return self.label(self.pack.relations[code].label if code in self.pack.relations else None, code)

    def script(self, code: str) -> str:
        raw = self.pack.scripts.get(code)
        return self.label(raw.get("label") if isinstance(raw, Mapping) else None, code)

    def place(self, code: str) -> str:
        return self.pack.canonical(code) or code

    def place_short(self, code: str) -> str:
        return self.pack.places[code].name if code in self.pack.places else code

    def places(self, codes: Iterable[str]) -> str:
        """Places without those that another of them already lies in; '' where there are none."""
        codes = list(dict.fromkeys(codes))
        over = {upper for code in codes for upper in self.pack.within(code)[1:]}
        return "; ".join(self.place(code) for code in codes if code not in over)

    def date(self, edtf: str | None) -> str:
        return dates.words(edtf, self._)

    def listed(self, items: Iterable[str], last: str | None = None) -> str:
        """'a', 'a and b', 'a, b and c'."""
        items = [item for item in dict.fromkeys(items) if item]
        if len(items) < 2:
            return "".join(items)
        return self._(", ").join(items[:-1]) + (last or self._(" and ")) + items[-1]

    def number(self, low: int | None, high: int | None) -> str:
        """A range of a count, '' where nothing is known of it."""
        if low is None and high is None:
            return ""
        if low is None:
            return self._("at most %(n)s") % {"n": high}
        if high is None:
            return self._("%(n)s or more") % {"n": low}
        return str(low) if low == high else self._("%(low)s to %(high)s") % {"low": low, "high": high}

    def people(self, count: Count) -> str:
        said = self.number(count.low, count.high)
        single = count.low == count.high == 1
        return (self._("%(n)s person") if single else self._("%(n)s people")) % {"n": said} if said else ""

    def person(self, one: PeopleMention) -> str:
        """A person or group as the text has it: relations, sex, ages and number, never a name."""
        parts = [self.listed(self.relation(r) for r in one.relations)]
        if not parts[0]:
            parts = [{"female": self._("female"), "male": self._("male")}.get(one.sex or "", "")]
        if (one.count_min, one.count_max) != (1, 1):
            parts.append(self.people(Count(low=one.count_min, high=one.count_max)))
        if ages := self.number(one.age_min, one.age_max):
            parts.append(self._("aged %(ages)s") % {"ages": ages})
        return ", ".join(p for p in parts if p) or self._("a person")

    def sum(self, amount: float, currency: str) -> str:
        shown = f"{amount:,.2f}".removesuffix(".00")
        return f"{shown} {currency}"

    def sums(self, mentions: Iterable[SumMention]) -> str:
        return self.listed(self.sum(m.amount, m.currency) for m in mentions)

    def value(self, kind: FactKind, value: str) -> str:
        """A finding's value in words. Anything unexpected is shown as it is."""
        match kind:
            case FactKind.ACT:
                return self.act(value)
            case FactKind.PERPETRATOR:
                return self.org(value)
            case FactKind.PLACE:
                return self.place(value)
            case FactKind.WHEN:
                return self.date(value)
            case FactKind.VICTIMS:
                low, dots, high = value.partition("..")
                ends = [int(end) if end.isdecimal() and len(end) < 9 else None for end in (low, high if dots else low)]
                return self.people(Count(low=ends[0], high=ends[1])) or value
            case FactKind.SUM:
                amount, _, currency = value.partition(" ")
                try:
                    return self.sum(float(amount), currency)
                except ValueError:
                    return value

    def voice(self, voice: Voice) -> str:
        return voice.descriptor.strip() or self.of(VOICE, voice.kind)

    def grade(self, one: Grade) -> str:
        """Both axes of the Admiralty code, each for itself."""
        return self._("source: %(reliability)s; information: %(credibility)s") % {
            "reliability": self.of(RELIABILITY, one.reliability),
            "credibility": self.of(CREDIBILITY, one.credibility),
        }

    def of_fact(self, kind: FactKind) -> str:
        return self.of(FACT, kind)

    def verdict(self, finding: Finding) -> str:
        return self.of(VERDICT, finding.verdict)

    def independence(self, one: Independence) -> str:
        if one.most == 0:
            return self._("no source behind it")
        if one.least == one.most:
            said = self._n("exactly %(n)s independent source", "exactly %(n)s independent sources", one.least)
            return said % {"n": one.least}
        least, most = {"least": one.least}, {"most": one.most}
        said = self._n(
            "at least %(least)s and at most %(most)s independent source",
            "at least %(least)s and at most %(most)s independent sources",
            one.most,
        )
        return said % (least | most)

    def percent(self, share: float) -> str:
        """Whole percent, never a false 0 or 100."""
        if 0 < share < 0.01:
            return self._("under 1 %%") % ()
        if 0.99 < share < 1:
            return self._("over 99 %%") % ()
        return f"{share * 100:.0f} %"

    def probability(self, one: Hypothesis) -> str:
        """ICD 203's words, and always the range; one figure where both its ends read the same."""
        low, high = self.percent(one.low), self.percent(one.high)
        if low == high:
            return self._("%(words)s (%(share)s)") % {"words": self._(one.words), "share": low}
        return self._("%(words)s (%(low)s to %(high)s)") % {
            "words": self._(one.words),
            "low": low,
            "high": high,
        }

    def icd(self, one: Hypothesis) -> str:
        return self._(one.words)

    def bits(self, weight: float) -> str:
        """A signed weight with a real minus sign; what rounds to nothing has no sign."""
        shown = f"{weight:+.1f}".replace("-", "−")
        return "0" if shown[1:] == "0.0" else shown

    def who(self, claim: Claim) -> str:
        return self.listed(self.org(o.org) for o in claim.perpetrators)

    def whom(self, claim: Claim) -> str:
        return self.listed(self.person(p) for p in claim.victims)

    def where(self, claim: Claim) -> str:
        return self.places(p.place for p in claim.places)

    def journal(self, entry: JournalEntry) -> str:
        return self.of(JOURNAL, entry.kind)

    def title(self, incident: Incident) -> str:
        """A short name: the acts that make it an incident, best attested first, then the place. The headline of its
        first report where nothing is coded."""
        if incident.uncoded and incident.headline:
            return incident.headline
        core = [a for a in incident.acts if a in self.pack.acts and self.pack.acts[a].core]
        names = [self.act(a) for a in (core or incident.acts)[:2]]
        said = self.listed(n[:1].lower() + n[1:] for n in names) or self._("unnamed act")
        place = self.place_short(incident.places[0]) if incident.places else ""
        name = self._("%(acts)s in %(place)s") % {"acts": said, "place": place} if place else said
        return name[:1].upper() + name[1:]

    def step(self, script: str, code: str) -> str:
        return self.label(steps(self.pack, script).get(code), code)

    def steps(self, script: str) -> dict[str, str]:
        """Every step of a script in its order, code to words."""
        return {code: self.label(label, code) for code, label in steps(self.pack, script).items()}


def steps(pack: Pack, script: str) -> dict[str, object]:
    """A script's step codes and labels, from the pack as it is; empty where it is not laid out so."""
    raw = pack.scripts.get(script)
    found = raw.get("steps") if isinstance(raw, Mapping) else None
    if isinstance(found, Mapping):
        return {str(code): step.get("label") for code, step in found.items() if isinstance(step, Mapping)}
    if isinstance(found, list):
        return {str(s["code"]): s.get("label") for s in found if isinstance(s, Mapping) and "code" in s}
    return {}
