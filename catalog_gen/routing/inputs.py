# Which parts of an event a target's input uses. Paths are EventBridge's JSON paths (user guide, "Input transformation"):
# dots and indices; what reaches further is cut where it stops being a plain path.

from __future__ import annotations

import re

from catalog_gen.model.routing import TargetInput

_STEP = re.compile(r"\.([^.\[\]]+)|\[['\"]([^'\"]+)['\"]\]|\[(\d+|\*)\]")


def list_input_paths(shape: TargetInput) -> tuple[str, ...]:
    """The paths of the event that a target gets or that its transformer reads, sorted; none where it gets the whole event."""
    written = [path for path in (shape.path, *(path for _, path in shape.paths)) if path]
    return tuple(sorted({plain for path in written if (plain := read_path(path))}))


def read_path(path: str) -> str:
    """A JSON path as pages write fields: ``$.detail.lines[0].sku`` is ``detail.lines[].sku``; empty for the whole event."""
    if not path.startswith("$"):
        return ""
    steps: list[str] = []
    position = 1
    while match := _STEP.match(path, position):
        position = match.end()
        if match[3] is not None and steps:
            steps[-1] += "[]"
        elif match[3] is None:
            steps.append(match[1] or match[2])
    return ".".join(steps)
