"""Crime scripts: one modus operandi, written down once, serves to recognise, explain, simulate and protect."""

from secondsource.scripts.load import ScriptError, check, load, signals
from secondsource.scripts.model import Condition, Role, Script, Signal, Step
from secondsource.scripts.observe import Observed, look, observe
from secondsource.scripts.score import Played, Scorer, sample, shown

__all__ = [
    "Condition",
    "Observed",
    "Played",
    "Role",
    "Scorer",
    "Script",
    "ScriptError",
    "Signal",
    "Step",
    "check",
    "load",
    "look",
    "observe",
    "sample",
    "shown",
    "signals",
]
