"""Linking: which claims of one report, and which reports, tell of the same incident.

    accounts(reading, pack) ->       list[Account]            one report's claims, by incident
    link(accounts, reports, pack, decisions) -> list[Cluster]   accounts of several reports together

Fellegi-Sunter on descriptions made of codes, so that English, Korean and Japanese meet: each
comparison of two accounts has levels whose probabilities are data (`linking.yaml` of the pack).
"""

from secondsource.linking.accounts import accounts
from secondsource.linking.cluster import Cluster, link
from secondsource.linking.compare import Comparer

__all__ = ["Cluster", "Comparer", "accounts", "link"]
