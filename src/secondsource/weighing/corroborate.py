"""Whether a second, separate voice supports the event itself."""

from __future__ import annotations

from collections.abc import Sequence

from secondsource.model import Claim, Corroboration, FactKind, Finding, Modality
from secondsource.packs import Pack
from secondsource.weighing.independence import ESTABLISHING, Sources


def corroboration(claims: Sequence[Claim], found: Sequence[Finding], sources: Sources, pack: Pack) -> Corroboration:
    """'yes' needs one act of the event with a least of two independent sources; a second voice on mood, motive
    or background, or at second hand, is 'no'; one on the event that may be the first one again, or that is said to
    bear it out without telling it, is 'unclear'."""
    if claims and all(c.practice for c in claims):
        return Corroboration(value="no", reason="A practice is told of, and no single event.")
    acts = [f for f in found if f.kind is FactKind.ACT and f.value in pack.acts and pack.acts[f.value].core]
    borne_out = [f for f in acts if f.independence.least >= 2]
    for fact in borne_out:
        if not fact.conflicts:
            return Corroboration(value="yes", reason=f"{_label(fact.value, pack)}: {fact.independence.reason}")
    if borne_out:
        return Corroboration(
            value="unclear", reason=f"{_label(borne_out[0].value, pack)} is borne out, but somebody denies it."
        )
    event = [c for c in claims if c.act in pack.acts and _of_event(c, pack) and c.modality in ESTABLISHING]
    shared = sources.one_origin(event)
    if shared is not None:
        return Corroboration(value="no", reason=shared)
    interval = sources.interval([c for c in event if c.modality is not Modality.HEARD] or event)
    if interval.most >= 2:
        return Corroboration(
            value="unclear", reason=f"A second voice speaks of the event, but may not be separate. {interval.reason}"
        )
    origins = sources.origins(event)
    bearing_out = sources.bearing_out(origins) if origins else None
    if bearing_out is not None:
        return Corroboration(
            value="unclear",
            reason=f"Another voice, “{bearing_out.descriptor[:80]}”, is said to bear it out, but may not be separate.",
        )
    if origins and not sources.origins_of_all <= origins:
        return Corroboration(
            value="no", reason="Only one source speaks of the event itself; others of what surrounds it."
        )
    if interval.most == 1 and len(origins) > 1:
        return Corroboration(value="no", reason="Only one source speaks of the event itself; others only heard of it.")
    return Corroboration(value="no", reason=interval.reason)


def _of_event(claim: Claim, pack: Pack) -> bool:
    act = pack.acts[claim.act]
    return (act.core or act.kind == "harm") and act.kind in {"harm", "attempt"}


def _label(code: str, pack: Pack) -> str:
    return pack.acts[code].label.get("en", code)
