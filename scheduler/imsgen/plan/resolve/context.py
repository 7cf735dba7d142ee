"""What the steps of building share while a project takes shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from imsgen.diagnostics import Report, Span
from imsgen.model import Instant, Options, Resource
from imsgen.plan.resolve.dates import Dates
from imsgen.plan.resolve.names import Names
from imsgen.plan.resolve.outline import Node
from imsgen.plan.resolve.part import Parts
from imsgen.plan.resolve.pool import Pool


@dataclass(slots=True)
class Context:
    """The plan so far."""

    parts: Parts
    report: Report
    dates: Dates
    pool: Pool
    names: Names
    nodes: Mapping[str, Node]
    resources: Mapping[str, Resource]
    calendar: str
    """Id of the plan's default calendar."""
    start: Instant
    status_date: Instant | None
    options: Options
    lag_calendar: str
    """What a working lag runs on unless a link says otherwise."""
    branches: dict[str, str] = field(default_factory=dict)
    """The gate on whose No-Go a group or activity is done."""
    sources: dict[str, Span] = field(default_factory=dict)
    unread: dict[str, list[int]] = field(default_factory=dict)
    """Lines by file on which something could not be read."""

    def on_record(self, id_: str) -> bool:
        """Whether an activity, gate or group is active and in no No-Go branch."""
        return self.nodes[id_].inherited.active and id_ not in self.branches

    def misread(self, span: Span) -> bool:
        """Whether something inside a span could not be read, which has been reported."""
        return any(span.line <= line <= span.end_line for line in self.unread.get(span.file, ()))
