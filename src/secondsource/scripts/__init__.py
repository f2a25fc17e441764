"""Crime scripts: one modus operandi, written down once, serves to recognise, explain, simulate and protect."""

from secondsource.scripts.load import ScriptError, check, load, signals
from secondsource.scripts.model import Condition, Role, Script, Signal, Step
from secondsource.scripts.observe import Observed, look, observe
from secondsource.scripts.score import Played, Scored, Scorer, knowers, posterior, report, sample, score, shown

__all__ = [
    "Condition",
    "Observed",
    "Played",
    "Role",
    "Scored",
    "Scorer",
    "Script",
    "ScriptError",
    "Signal",
    "Step",
    "check",
    "knowers",
    "load",
    "look",
    "observe",
    "posterior",
    "report",
    "sample",
    "score",
    "shown",
    "signals",
]
