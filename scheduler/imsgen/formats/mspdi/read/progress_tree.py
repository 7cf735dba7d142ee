"""What has happened, and the date it is told for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from imsgen.formats.importing.losses import Losses
from imsgen.formats.mspdi.read import notation
from imsgen.formats.mspdi.read.notation import Lengths
from imsgen.formats.mspdi.read.outline import Node
from imsgen.formats.mspdi.read.source import ProjectFile
from imsgen.plan.writing import Tree

_DONE = 100


def status_date(file: ProjectFile, nodes: Iterable[Node], losses: Losses) -> datetime | None:
    """Return the date progress is told for; None: there is none.

    A file without one gets the last date on which anything happened.
    """
    happened = [
        at
        for node in nodes
        if not node.is_group and _has_begun(node)
        for at in (_began(node), _ended(node), None if _ended(node) else node.task.stop)
        if at is not None
    ]
    if not happened:
        return None
    last = max(happened)
    if file.status_date is None:
        losses.add(f"The file has no status date: the last actual date is, {last:%Y-%m-%d %H:%M}")
        return last
    if last > file.status_date:
        losses.add(f"Work after the status date: moved to the last of it, {last:%Y-%m-%d %H:%M}")
        return last
    return file.status_date


def progress(nodes: Iterable[Node], status: datetime | None, lengths: Lengths) -> dict[str, Tree]:
    """Return what has happened of each activity, by full id."""
    return {
        node.path: _entry(node, status, lengths)
        for node in nodes
        if not node.is_group and not node.split and _has_begun(node)
    }


def _entry(node: Node, status: datetime | None, lengths: Lengths) -> Mapping[str, Tree]:
    task = node.task
    began, ended = _began(node), _ended(node)
    entry: dict[str, Tree | None] = {
        "actual_start": None if began is None else notation.moment(began),
        "actual_finish": None if ended is None else notation.moment(ended),
    }
    if ended is None:
        duration = task.duration or 0
        left = duration - duration * task.percent // _DONE
        entry["percent_complete"] = f"{min(task.percent, _DONE - 1)}%" if task.percent else None
        if task.remaining is not None and abs(task.remaining - left) > max(1, duration // _DONE):
            entry["remaining"] = lengths.duration(task.remaining, task.format)
        if task.resume is not None and status is not None and task.resume > status:
            entry["resume"] = notation.moment(task.resume)
    return notation.only(entry)


def _has_begun(node: Node) -> bool:
    task = node.task
    return (
        task.active
        and (task.actual_start is not None or task.percent > 0)
        and (_began(node) is not None)
    )


def _began(node: Node) -> datetime | None:
    return node.task.actual_start or node.task.start


def _ended(node: Node) -> datetime | None:
    """Return when a finished activity ended, not before it began."""
    task = node.task
    if task.actual_finish is None and task.percent < _DONE:
        return None
    ended, began = task.actual_finish or task.finish, _began(node)
    if ended is None:
        return began
    return ended if began is None else max(began, ended)
