"""Importing this compiles the model, with the smallest world there is."""

from __future__ import annotations

from secondsource.world import calendar, engine, parameters

_SPEC = parameters.load()
_SCALE = _SPEC.scale.model_copy(update={"households": 10 * len(_SPEC.counties), "years": 1})
engine.play(_SPEC, _SPEC.rates(), seed=0, scale=_SCALE, tight=calendar.tightness(_SPEC, 1, None, None))
