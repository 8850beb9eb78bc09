# The tags of rules and of what they deliver to, for finding out which service a target belongs to. One call tells the tags
# of a hundred resources of the account and region. What is known of a resource stays until AWS answers about it again.

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from catalog_gen.pull._client import PAGE_SIZE
from catalog_gen.pull.failures import CallError, Kind
from catalog_gen.pull.jobs import run_jobs
from catalog_gen.pull.operations import GET_TAGS, TAGGING
from catalog_gen.pull.routing.answers import read_tags
from catalog_gen.pull.routing.area import Area
from catalog_gen.pull.run import Run
from catalog_gen.snapshot import layout
from catalog_gen.snapshot.files import load_as
from catalog_gen.snapshot.layout import tags_file_name
from catalog_gen.snapshot.records import dump_record
from catalog_gen.snapshot.routing_records import TagsRecord

Tags = dict[str, dict[str, str]]

# ARNs of a part or version of something whose tags are those of the whole.
_PARTS = (
    re.compile(r"(arn:[\w-]+:lambda:[^:]*:[^:]*:function:[^:]+):.+"),
    re.compile(r"(arn:[\w-]+:logs:[^:]*:[^:]*:log-group:[^:]+):\*"),
    re.compile(r"(arn:[\w-]+:states:[^:]*:[^:]*:stateMachine:[^:]+):.+"),
)
# What the tagging API accepts in a list of ARNs (API reference, GetResources, ResourceARNList: at most 1,011 characters).
_MAX_LENGTH = 1011


def pull_tags(area: Area) -> None:
    """Brings the tags of the rules that are there, and of their targets, up to date.

    A resource about which AWS was asked and that it did not name has no tags any more (Resource Groups Tagging API reference,
    GetResources: tagged or once tagged resources are returned). One about which it could not be asked keeps those it had.
    """
    run = area.run
    if not run.target.entry.routing.tags or not run.client.offers(TAGGING):
        return
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for arn in sorted(area.rule_arns | area.target_arns):
        if _is_taggable(arn, area):
            asked[find_whole(arn)].append(arn)
    wanted = sorted(asked)
    batches = [wanted[start : start + PAGE_SIZE] for start in range(0, len(wanted), PAGE_SIZE)]
    run.progress.started(f"{run.target.label}: tags", len(wanted))
    found: Tags = {}
    for batch, tags in run_jobs(lambda batch: _fetch_tags(run, batch), batches, run.target.entry.workers):
        run.progress.advanced(len(batch))
        found.update({arn: own for whole, own in tags.items() for arn in asked.get(whole, ())})
    run.progress.finished()
    _keep_tags(area, found)


def find_whole(arn: str) -> str:
    """The ARN of the resource that carries the tags: a function for its alias, a log group for its streams."""
    for pattern in _PARTS:
        if match := pattern.fullmatch(arn):
            return match[1]
    return arn


def _is_taggable(arn: str, area: Area) -> bool:
    parts = arn.split(":")
    own = len(parts) > 5 and (parts[3], parts[4]) == (area.run.target.region, area.account)
    return own and len(arn) <= _MAX_LENGTH


def _fetch_tags(run: Run, batch: Sequence[str]) -> Tags:
    """The tags of each resource about which AWS answered, none included."""
    tags = run.attempt(GET_TAGS, "", lambda: _ask(run, batch))
    return {} if isinstance(tags, Kind) else tags


def _ask(run: Run, batch: Sequence[str]) -> Tags:
    # One ARN that the service does not know the form of spoils its batch, so a refused one is halved until it is found.
    try:
        rows = tuple(run.client.call_pages(GET_TAGS, ResourceARNList=list(batch)))
    except CallError as error:
        if error.kind is not Kind.REFUSED:
            raise
        middle = len(batch) // 2
        return {**_ask(run, batch[:middle]), **_ask(run, batch[middle:])} if middle else {}
    return {arn: {} for arn in batch} | {str(row.get("ResourceARN")): read_tags(row) for row in rows}


def _keep_tags(area: Area, found: Mapping[str, dict[str, str]]) -> None:
    by_file: defaultdict[str, Tags] = defaultdict(dict)
    for arn, tags in found.items():
        by_file[tags_file_name(arn)][arn] = tags
    for name in sorted(by_file):
        path = area.folder / layout.TAGS / name
        old, _ = load_as(TagsRecord, area.run.snapshot / path, area.run.snapshot)
        known = {arn: dict(tags) for arn, tags in old.tags.items()} if old else {}
        kept = {arn: tags for arn, tags in (known | by_file[name]).items() if tags}
        # A service whose resources have no tags needs no file, but one that is there must not go on telling.
        if kept or known:
            area.run.write(path, dump_record(TagsRecord(tags=kept)))
