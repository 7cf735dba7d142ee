"""Baselines of the file: dates once agreed, as schedules beside the plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from imsgen.formats.importing.beside import BaselineDates
from imsgen.formats.importing.losses import Losses
from imsgen.formats.mspdi.read.outline import Node
from imsgen.formats.mspdi.read.source import ProjectFile


def baselines_of(
    file: ProjectFile, nodes: Iterable[Node], losses: Losses, *, kept: bool
) -> tuple[BaselineDates, ...]:
    """Return the baselines, in the order of their numbers; ``kept``: there is room for them."""
    rows: dict[int, dict[str, tuple[datetime, datetime, int | None]]] = {}
    for node in nodes:
        for one in node.task.baselines:
            if one.start is None or one.finish is None:
                continue
            if one.finish < one.start:
                losses.add("A baseline that ends before it starts is left out", node.task)
            else:
                dates = (one.start, one.finish, one.duration)
                rows.setdefault(one.number, {}).setdefault(node.path, dates)
    if rows and not kept:
        losses.add("Baselines are left out: there is no folder for their files")
        return ()
    return tuple(
        BaselineDates("baseline" if number == 0 else f"baseline-{number}", rows[number])
        for number in sorted(rows)
    )
