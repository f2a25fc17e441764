"""Linking: which claims of one report, and which reports, tell of the same incident.

    accounts(reading, pack) ->       list[Account]            one report's claims, by incident
    link(accounts, reports, pack, decisions) -> list[Cluster]   accounts of several reports together

Fellegi-Sunter on descriptions made of codes, so that English, Korean and Japanese meet: each comparison of
two accounts has levels whose probabilities are data (`linking.yaml` of the pack). One specification, carried
out in this process, by Splink on DuckDB, or by Splink on Spark.
"""

from secondsource.linking.accounts import accounts
from secondsource.linking.collection import Collection, Engine
from secondsource.linking.compare import Comparer, descriptions
from secondsource.linking.describe import Description, spot
from secondsource.linking.engines import EngineError, auto, named
from secondsource.linking.estimate import Estimate, estimate
from secondsource.linking.keeping import Unreadable, description_of, description_text, known_of, parts_of
from secondsource.linking.link import Cluster, Shown, clusters, doubtful, grouped, incident_id, judged, link
from secondsource.linking.rows import Entry, Missing
from secondsource.linking.stories import stories

__all__ = [
    "Cluster",
    "Collection",
    "Comparer",
    "Description",
    "Engine",
    "EngineError",
    "Entry",
    "Estimate",
    "Missing",
    "Shown",
    "Unreadable",
    "accounts",
    "auto",
    "clusters",
    "description_of",
    "description_text",
    "descriptions",
    "doubtful",
    "estimate",
    "grouped",
    "incident_id",
    "judged",
    "known_of",
    "link",
    "named",
    "parts_of",
    "spot",
    "stories",
]
