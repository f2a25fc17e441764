"""Scripts and signals of a pack, with their types, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from secondsource.packs import Pack, PatternError, to_regex
from secondsource.scripts.model import Condition, Script, Signal


class ScriptError(ValueError):
    """A script or signal that cannot be understood. The message names it."""


def load(pack: Pack) -> dict[str, Script]:
    """The pack's scripts by code. Raises ScriptError."""
    found = {}
    for name, raw in pack.scripts.items():
        try:
            found[name] = Script.model_validate(raw)
        except ValidationError as error:
            raise ScriptError(f"script {name}: {error}") from error
    return found


def signals(pack: Pack) -> dict[str, Signal]:
    """The pack's signals by code. Raises ScriptError."""
    found = {}
    for name, raw in pack.signals.items():
        try:
            found[name] = Signal.model_validate(raw)
        except ValidationError as error:
            raise ScriptError(f"signal {name}: {error}") from error
    return found


def check(pack: Pack) -> list[str]:
    """Everything wrong with a pack's scripts and signals, one sentence each; empty where all is well."""
    try:
        scripts, marks = load(pack), signals(pack)
    except ScriptError as error:
        return [str(error)]
    problems = [p for name, script in scripts.items() for p in _script(name, script, scripts, marks, pack)]
    problems += [p for name, signal in marks.items() for p in _signal(name, signal, pack)]
    used = {step.signal for script in scripts.values() for step in script.steps}
    used |= {
        code for script in scripts.values() for code in (*script.suspected_by, *script.doubted_by, *script.excluded_by)
    }
    problems += [f"signal {name}: no step of any script shows it" for name in marks if name not in used]
    return problems


def _script(
    name: str, script: Script, scripts: Mapping[str, Script], marks: Mapping[str, Signal], pack: Pack
) -> Iterator[str]:
    where = f"script {name}"
    if script.code != name:
        yield f"{where}: its code is {script.code}, its file {name}"
    if not 0 < script.prior < 1:
        yield f"{where}: prior {script.prior} is not between 0 and 1"
    if not script.rivals:
        yield f"{where}: has no rivals, and a hypothesis without rivals always wins"
    yield from (f"{where}: rival {r} is no script of this pack" for r in script.rivals if r not in scripts)
    for field in ("suspected_by", "doubted_by", "excluded_by"):
        yield from (f"{where}: {field} {s} is no signal" for s in getattr(script, field) if s not in marks)
    for role, played in script.roles.items():
        if played.org is not None and pack.organisations and played.org not in pack.organisations:
            yield f"{where}: role {role}: {played.org} is no organisation"
        if played.relation is not None and pack.relations and played.relation not in pack.relations:
            yield f"{where}: role {role}: {played.relation} is no relation"
    yield from _steps(where, script, marks, pack)


def _steps(where: str, script: Script, marks: Mapping[str, Signal], pack: Pack) -> Iterator[str]:
    codes = [step.code for step in script.steps]
    yield from (f"{where}: step {code} stands twice" for code in sorted({c for c in codes if codes.count(c) > 1}))
    if not any(step.signal for step in script.steps):
        yield f"{where}: no step shows a signal, so nothing speaks for it and no silence against it"
    for step in script.steps:
        at = f"{where}, step {step.code}"
        for what, rate in (("occurs", step.occurs), ("reported", step.reported)):
            if not 0 < rate <= 1:
                yield f"{at}: {what} {rate} is no probability above 0"
        if step.signal is not None and step.signal not in marks:
            yield f"{at}: signal {step.signal} is not in signals.yaml"
        if step.act is not None and pack.acts and step.act not in pack.acts:
            yield f"{at}: {step.act} is no act"
        if not 0 <= step.days[0] <= step.days[1]:
            yield f"{at}: days {step.days[0]} to {step.days[1]} run backwards"
        yield from (f"{at}: comes after {a}, which is no step" for a in step.after if a not in codes)
        yield from (f"{at}: knower {k} is no role" for k in step.knowers if k not in script.roles)
    yield from (f"{where}: step {code} waits for itself, so it is never reached" for code in _unreachable(script))


def _unreachable(script: Script) -> list[str]:
    """Steps in a circle, or behind one."""
    known = {step.code for step in script.steps}
    waiting = {step.code: set(step.after) & known for step in script.steps}
    while free := [code for code, after in waiting.items() if not after]:
        for code in free:
            del waiting[code]
        for after in waiting.values():
            after.difference_update(free)
    return list(waiting)


def _signal(name: str, signal: Signal, pack: Pack) -> Iterator[str]:
    where = f"signal {name}"
    if not 0 < signal.elsewhere < 1:
        yield f"{where}: elsewhere {signal.elsewhere} is not between 0 and 1"
    if not signal.any:
        yield f"{where}: has no condition, so nothing can show it"
    for condition in signal.any:
        if condition == Condition():
            yield f"{where}: an empty condition holds of everything"
        for what, codes, known in (
            ("act", [*condition.act, *condition.beside, *condition.without], pack.acts),
            ("organisation", condition.by, pack.organisations),
            ("relation", [*condition.of, *condition.of_none], pack.relations),
            ("place", condition.place_in, pack.places),
        ):
            yield from (f"{where}: {code} is no {what} of this pack" for code in codes if known and code not in known)
    texts = [text for condition in signal.any for text in (condition.text, condition.unless)]
    for language, patterns in (item for text in (*texts, signal.hints) for item in text.items()):
        for pattern in patterns:
            try:
                to_regex(pattern, language)
            except PatternError as error:
                yield f"{where}: {error}"
