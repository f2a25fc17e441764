"""Makes a release, checks it, and gives it out only when every check has passed."""

from __future__ import annotations

from collections.abc import Mapping

from secondsource.model import Incident, Report, Source
from secondsource.packs import Pack
from secondsource.release import check, dossier
from secondsource.release.model import Policy, Release, Unsafe


def release(
    incident: Incident, reports: Mapping[str, Report], pack: Pack, sources: Mapping[str, Source], policy: Policy
) -> Release:
    """What may be published of `incident`. `sources` are by voice id. Raises Unsafe."""
    data = dossier.data(incident, pack, sources, policy)
    markdown = dossier.markdown(data)
    checks = check.checks(markdown, data, incident, reports, sources, pack, policy)
    failed = tuple(each for each in checks if not each.passed)
    if failed:
        raise Unsafe(failed)
    return Release(markdown=markdown, data=data, checks=checks)
