# All targets of the config, one after the other. It refuses to stop because one of them fails.

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from catalog_gen.config.settings import Settings
from catalog_gen.pull._client import AwsClient, connect
from catalog_gen.pull.failures import CallError, Kind
from catalog_gen.pull.progress import Progress
from catalog_gen.pull.regions import pull_target
from catalog_gen.pull.report import PullReport, Tally
from catalog_gen.pull.routing.pulling import pull_routing
from catalog_gen.pull.run import Run, report_role_forbidden, report_unavailable
from catalog_gen.pull.target import Target, list_targets

DEFAULT_ATTEMPTS = 10


def pull_sources(
    settings: Settings, root: Path, progress: Progress, clock: Callable[[], str], *, attempts: int = DEFAULT_ATTEMPTS
) -> PullReport:
    """Reads the schema registries of all config entries, and what routes their events, into the snapshot.

    Args:
        settings: the config; ``sources.eventbridge`` names the accounts and regions, ``snapshot`` the folder.
        root: the folder of catalog.yaml.
        progress: is told how far it is, from this thread.
        clock: gives the present time, ISO 8601 in UTC (``2024-12-03T09:15:31Z``); asked once for each target.
        attempts: how often a call is tried in all before it counts as failed.

    Returns:
        What was done and what failed. Nothing that AWS answers raises.

    Raises:
        OSError: the snapshot cannot be written.
    """
    tally = Tally()
    for target in list_targets(settings):
        client = _connect(tally, target, attempts)
        if client:
            with closing(client):
                _pull(
                    Run(
                        target=target,
                        client=client,
                        snapshot=root / settings.snapshot,
                        started=clock(),
                        progress=progress,
                        tally=tally,
                    )
                )
    return tally.close()


def _pull(run: Run) -> None:
    account = pull_target(run)
    if run.target.entry.routing.enabled and not run.is_locked_out:
        # Another run, because the problems of a registry and those of a bus are told apart by nothing but their names.
        pull_routing(replace(run, problems=defaultdict(set), denied=Counter(), allowed=set()), account)


def _connect(tally: Tally, target: Target, attempts: int) -> AwsClient | None:
    try:
        return connect(target.entry, target.region, attempts, tally.calls)
    except CallError as error:
        if error.kind is Kind.FORBIDDEN:
            report_role_forbidden(tally, target)
        else:
            report_unavailable(tally, target, error)
        return None
