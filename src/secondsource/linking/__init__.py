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
from secondsource.linking.link import Cluster, clusters, doubtful, judged, link
from secondsource.linking.stories import stories

__all__ = [
    "Cluster",
    "Collection",
    "Comparer",
    "Description",
    "Engine",
    "EngineError",
    "Estimate",
    "accounts",
    "auto",
    "clusters",
    "descriptions",
    "doubtful",
    "estimate",
    "judged",
    "link",
    "named",
    "spot",
    "stories",
]
