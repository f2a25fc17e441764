"""The nouns that every room speaks, typed and immutable.

Rooms never import one another: they meet here. Every noun is a frozen pydantic model, so that it
goes to JSON and back without loss (`model_dump_json`, `model_validate_json`).

Units and forms, everywhere:
- a *span* is a half-open range of characters (code points) in `Report.text`;
- a *date* is an EDTF string (ISO 8601-2 level 1 and the parts of level 2 in `edtf.py`);
- a *place* is the id of a gazetteer entry of the pack;
- a *count* is a range, both ends inclusive, an unknown end None;
- a *code* is a key of the pack (acts, organisations, scripts).
"""

from secondsource.model.base import Language, Noun, Report, Span, content_id
from secondsource.model.claims import Claim, Modality, Reading, Voice, VoiceKind
from secondsource.model.incidents import (
    Account,
    Corroboration,
    Count,
    FactKind,
    Factor,
    Finding,
    Hypothesis,
    Incident,
    Independence,
    Link,
    Manufactured,
    Question,
    ReportTie,
    StepEvidence,
    Support,
    Verdict,
)
from secondsource.model.mentions import (
    HAPPENED,
    Mention,
    OrgMention,
    PeopleMention,
    PlaceMention,
    PlaceRole,
    SumMention,
    TimeMention,
)
from secondsource.model.record import ContextEvent, Decision, DecisionKind, Grade, JournalEntry, Source

__all__ = [
    "HAPPENED",
    "Account",
    "Claim",
    "ContextEvent",
    "Corroboration",
    "Count",
    "Decision",
    "DecisionKind",
    "FactKind",
    "Factor",
    "Finding",
    "Grade",
    "Hypothesis",
    "Incident",
    "Independence",
    "JournalEntry",
    "Language",
    "Link",
    "Manufactured",
    "Mention",
    "Modality",
    "Noun",
    "OrgMention",
    "PeopleMention",
    "PlaceMention",
    "PlaceRole",
    "Question",
    "Reading",
    "Report",
    "ReportTie",
    "Source",
    "Span",
    "StepEvidence",
    "SumMention",
    "Support",
    "TimeMention",
    "Verdict",
    "Voice",
    "VoiceKind",
    "content_id",
]
