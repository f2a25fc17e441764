"""`--set FIELD=VALUE` of `review`, as a correction or an addition."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from secondsource.model import Claim, PlaceRole, Reading, Report, Span
from secondsource.packs import Pack
from secondsource.review import Addition, Changes, Number, Where, find_place, find_words

NONE = "none"
FIELDS = "act, modality, practice, background, perpetrators, victims, place, role, date, voice, heard_from"


def changes(settings: Sequence[str], claim: Claim, reading: Reading, report: Report, pack: Pack) -> str:
    """`review.Changes` as JSON. ValueError says what cannot be read."""
    found = _fields(settings, report, claim.span, {v.id for v in reading.voices}, pack)
    if found.get("place") is None and "role" in found and claim.places:
        found["place"] = Where.model_validate({"place": claim.places[0].place, "role": found["role"]})
    found.pop("role", None)
    return Changes.model_validate(found).model_dump_json(exclude_unset=True)


def added(report: Report, words: str, nth: int, act: str, settings: Sequence[str], pack: Pack) -> str:
    """`review.Addition` as JSON. ValueError where the words do not stand in the text so often."""
    start = -1
    for _ in range(nth):
        start = report.text.find(words, start + 1) if words else -1
        if start < 0:
            raise ValueError(f"“{words[:60]}” does not stand in the text" + (f" {nth} times" if nth > 1 else ""))
    trigger = Span(start=start, end=start + len(words))
    found = _fields(settings, report, trigger, None, pack)
    found.pop("role", None)
    return Addition.model_validate({**found, "trigger": trigger, "act": act}).model_dump_json(exclude_unset=True)


def _fields(
    settings: Sequence[str], report: Report, near: Span, voices: set[str] | None, pack: Pack
) -> dict[str, object]:
    def voice(value: str) -> str | Span | None:
        if value == NONE:
            return None
        known = value in voices if voices is not None else value.startswith("v_")
        return value if known else find_words(value, report, near)

    readers: dict[str, Callable[[str], object]] = {
        "act": str,
        "modality": str,
        "practice": _yes,
        "background": _yes,
        "perpetrators": lambda v: () if v == NONE else tuple(part.strip() for part in v.split(",")),
        "victims": _number,
        "place": lambda v: None if v == NONE else Where(place=find_place(v, pack)),
        "role": _role,
        "date": lambda v: None if v == NONE else v,
        "voice": voice,
        "heard_from": voice,
    }
    found: dict[str, object] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        name = {"when": "date"}.get(name.strip(), name.strip())
        if not equals or name not in readers:
            raise ValueError(f"{setting[:60]!r}: not FIELD=VALUE with one of {FIELDS}")
        found[name] = readers[name](value.strip())
    if "date" in found:
        found["when"] = found.pop("date")
    if isinstance(found.get("place"), Where) and "role" in found:
        found["place"] = found["place"].model_copy(update={"role": found["role"]})  # type: ignore[attr-defined]
    return found


def _yes(value: str) -> bool:
    if value not in {"yes", "no"}:
        raise ValueError("practice, background: yes or no")
    return value == "yes"


def _role(value: str) -> PlaceRole:
    try:
        return PlaceRole(value)
    except ValueError:
        raise ValueError(f"role: one of {', '.join(PlaceRole)}") from None


def _number(value: str) -> Number | None:
    """`4`, `3..5`, `3..`, `..5` or `none`."""
    if value == NONE:
        return None
    low, dots, high = value.partition("..")
    ends = [low, high if dots else low]
    if not any(ends) or any(end and (not end.isdecimal() or len(end) > 8) for end in ends):
        raise ValueError(f"victims: {value[:20]!r} is not of the form 4, 3..5, 3.., ..5 or none")
    return Number(low=int(ends[0]) if ends[0] else None, high=int(ends[1]) if ends[1] else None)
