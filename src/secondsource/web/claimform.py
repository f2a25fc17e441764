"""The form in which a person corrects or adds a claim: what its fields hold, and what was changed in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secondsource.model import HAPPENED, Claim, Modality, PlaceMention, PlaceRole, Reading, Report, Span
from secondsource.review import Addition, Changes, Number, Where, find_place, find_words
from secondsource.web import words as w
from secondsource.web.words import Words

KEEP, NOBODY, OTHER = "keep", "none", "other"
"""Choices beside the codes: leave it, nobody is named, words of the text that follow."""
ROLES = (*(r for r in PlaceRole if r in HAPPENED), *(r for r in PlaceRole if r not in HAPPENED))


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, (code, words) each."""

    acts: list[tuple[str, list[tuple[str, str]]]]
    """By kind of act."""
    modalities: list[tuple[str, str]]
    organisations: list[tuple[str, str]]
    places: list[str]
    """Full names, for those who type."""
    roles: list[tuple[str, str]]


def choices(words: Words) -> Choices:
    pack = words.pack
    kinds: dict[str, list[tuple[str, str]]] = {kind: [] for kind in w.KIND}
    for code in pack.acts:
        kinds[words.act_kind(code)].append((code, words.act(code)))
    return Choices(
        acts=[(words.of(w.KIND, kind), sorted(acts, key=lambda a: a[1])) for kind, acts in kinds.items() if acts],
        modalities=[(m.value, words.of(w.MODALITY_NOUN, m)) for m in Modality],
        organisations=sorted(((o, words.org(o)) for o in pack.organisations), key=lambda o: o[1]),
        places=sorted(words.place(p) for p in pack.places),
        roles=[(r.value, words.of(w.ROLE, r) if r in w.ROLE else r.value.replace("_", " ")) for r in ROLES],
    )


def filled(claim: Claim | None, reading: Reading | None, words: Words) -> dict[str, str]:
    """The form's fields as a claim stands; those of a new claim where there is none."""
    if claim is None:
        return {
            "modality": "asserted",
            "perpetrator": NOBODY,
            "voice": NOBODY,
            "heard_from": NOBODY,
            "role": "incident",
        }
    voices = {v.id: v for v in reading.voices} if reading else {}
    voice = voices.get(claim.voice or "")
    people = claim.victims[0] if len(claim.victims) == 1 else None
    place = _scene(claim)
    many = len(claim.perpetrators) > 1
    return {
        "act": claim.act,
        "modality": claim.modality.value,
        "practice": "yes" if claim.practice else "",
        "background": "yes" if claim.background else "",
        "perpetrator": KEEP if many else claim.perpetrators[0].org if claim.perpetrators else NOBODY,
        "low": _number(people.count_min) if people else "",
        "high": _number(people.count_max) if people else "",
        "place": words.place(place.place) if place else "",
        "role": place.role.value if place else "incident",
        "when": claim.when.edtf if claim.when else "",
        "voice": voice.id if voice else NOBODY,
        "voice_words": "",
        "heard_from": (voice.heard_from if voice and voice.heard_from in voices else None) or NOBODY,
        "heard_words": "",
    }


def _scene(claim: Claim) -> PlaceMention | None:
    """The place that the form shows: where it happened, rather than any other that is named."""
    return next((m for m in claim.places if m.role in HAPPENED), claim.places[0] if claim.places else None)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def changed(
    entered: Mapping[str, str], before: Mapping[str, str], report: Report, words: Words, near: Span | None
) -> dict[str, object]:
    """Fields of `review.Changes` for what was entered otherwise than it was. ValueError says what cannot be read.

    `near`: where words of a voice are looked for first."""

    def differs(*names: str) -> bool:
        return any(entered.get(n, "").strip() != before.get(n, "") for n in names)

    found: dict[str, object] = {}
    for name in ("act", "modality"):
        if differs(name):
            found[name] = entered[name]
    for name in ("practice", "background"):
        if differs(name):
            found[name] = bool(entered.get(name))
    if differs("perpetrator") and entered.get("perpetrator") != KEEP:
        who = entered.get("perpetrator", NOBODY)
        found["perpetrators"] = () if who == NOBODY else (who,)
    if differs("low", "high"):
        low, high = (_count(entered.get(n, "")) for n in ("low", "high"))
        found["victims"] = None if low is None and high is None else Number(low=low, high=high)
    if differs("place") or (differs("role") and entered.get("place", "").strip()):
        found["place"] = _place(entered, words)
    if differs("when"):
        found["when"] = entered.get("when", "").strip() or None
    for name, typed in (("voice", "voice_words"), ("heard_from", "heard_words")):
        if differs(name, typed):
            found[name] = _voice(entered.get(name, NOBODY), entered.get(typed, ""), report, near)
    if found.get("voice", "") is None and found.get("heard_from", "") is None:
        del found["heard_from"]
    return found


def corrected(found: Mapping[str, object]) -> str:
    return Changes.model_validate(found).model_dump_json(exclude_unset=True)


def added(found: Mapping[str, object], trigger: Span) -> str:
    return Addition.model_validate({**found, "trigger": trigger}).model_dump_json(exclude_unset=True)


def _count(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 8:
        raise ValueError(f"“{text[:20]}” is no number of people")
    return int(text)


def _place(entered: Mapping[str, str], words: Words) -> Where | None:
    name = entered.get("place", "").strip()
    if not name:
        return None
    return Where(place=find_place(name, words.pack), role=PlaceRole(entered.get("role") or "incident"))


def _voice(chosen: str, typed: str, report: Report, near: Span | None) -> str | Span | None:
    if typed.strip():
        return find_words(typed, report, near)
    if chosen == OTHER:
        raise ValueError("the words that name the source are missing")
    return None if chosen == NOBODY else chosen
