"""From the file to the text of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from imsgen.diagnostics import Report
from imsgen.formats.mspdi.read import notation
from imsgen.formats.mspdi.read.calendar_tree import Calendars
from imsgen.formats.mspdi.read.link_tree import Links
from imsgen.formats.mspdi.read.losses import Loss, Losses
from imsgen.formats.mspdi.read.needs import Needs, most_units
from imsgen.formats.mspdi.read.notation import Lengths
from imsgen.formats.mspdi.read.outline import outline_of
from imsgen.formats.mspdi.read.people import People
from imsgen.formats.mspdi.read.progress_tree import progress, status_date
from imsgen.formats.mspdi.read.resource_tree import Resources
from imsgen.formats.mspdi.read.rows import read_project
from imsgen.formats.mspdi.read.source import ProjectFile
from imsgen.formats.mspdi.read.task_tree import Tasks
from imsgen.formats.mspdi.read.tree import read_tree
from imsgen.formats.mspdi.read.values import Values
from imsgen.plan.writing import Tree, Words, plan_text

_PRIMAVERA = "APIBusinessObjects"


@dataclass(frozen=True, slots=True)
class Imported:
    """A plan as text, and what could not be carried over."""

    text: str
    losses: tuple[Loss, ...]


def read_plan(path: Path, shown: str, timezone: str, report: Report) -> Imported | None:
    """Return the plan that an MS Project XML file holds, or None after reporting why not.

    ``timezone`` (IANA) is that of the file's dates, which name none.
    """
    root = read_tree(path, shown, report)
    if root is None:
        return None
    values = Values(shown, report)
    if root.tag != "Project":
        if root.tag == _PRIMAVERA:
            message, help_ = (
                "this is a Primavera XML file",
                "export it from P6 as MS Project XML, or install `imsgen[mpxj]`",
            )
        else:
            message, help_ = f"`<{root.tag}>` is no MS Project file", "save the plan as XML"
        report.add("IMS612", message, values.span(root), help=help_)
        return None
    lost: list[str] = []
    file = read_project(root, values, lost)
    losses = Losses()
    for line in lost:
        losses.add(line)
    tree = _plan(file, timezone, losses)
    return Imported(plan_text(tree, [f"From {path.name} (MS Project XML)."]), losses.found())


def _plan(file: ProjectFile, timezone: str, losses: Losses) -> Mapping[str, Tree]:
    lengths = Lengths(file.day, file.week, file.day * file.days_per_month)
    start = _start(file, losses)
    calendars = Calendars(file)
    resources = Resources(file, calendars, most_units(file), losses)
    needs = Needs(file, resources, calendars, losses)
    top = outline_of([task for task in file.tasks if task.uid != 0])
    nodes = [node for one in top for node in one.walk()]
    for node in nodes:
        node.split = needs.must_split(node)
        if node.task.fixed_cost:
            losses.add("A fixed cost is left out", node.task)
        if node.task.external:
            losses.add("A task of another project is a task of this one", node.task)
    people = People(file, resources.ids)
    tasks = Tasks(
        start=start,
        lengths=lengths,
        calendars=calendars,
        needs=needs,
        links=Links(nodes, lengths, losses),
        people=people,
        losses=losses,
    )
    if not nodes:
        losses.add("The file has no tasks: the plan has no activities yet")
    activities: dict[str, Tree] = {node.id: tasks.entry(node) for node in top}
    status = status_date(file, nodes, losses)
    return notation.only(
        {
            "imsgen": "1",
            "name": Words(_name(file)),
            "start": notation.moment(start),
            "status_date": None if status is None else notation.moment(status),
            "timezone": timezone,
            "calendar": calendars.default,
            "currency": file.currency.upper() if _is_currency(file.currency) else None,
            **_lengths(lengths),
            "calendars": calendars.tree or None,
            "parties": people.parties or None,
            "resources": resources.tree or None,
            "activities": activities or None,
            "progress": progress(nodes, status, lengths) or None,
        }
    )


def _start(file: ProjectFile, losses: Losses) -> datetime:
    """Return the date before which nothing is planned."""
    planned = [task.start for task in file.tasks if task.uid and task.start is not None]
    if not file.from_start:
        losses.add("Scheduled from its finish: the plan is scheduled from the first start now")
    known = [file.start, *planned] if file.from_start else planned
    dates = [one for one in known if one is not None]
    return min(dates, default=file.finish or datetime(2000, 1, 3, 8))  # noqa: DTZ001


def _name(file: ProjectFile) -> str:
    own = next((task.name for task in file.tasks if task.uid == 0 and task.name), "")
    return file.title or own or file.name.removesuffix(".xml") or "Imported plan"


def _lengths(lengths: Lengths) -> dict[str, Tree | None]:
    """Return the lengths that are not the usual ones."""
    hours, rest = divmod(lengths.day, 60)
    day = f"{f'{hours}h' if hours else ''}{f'{rest}m' if rest else ''}"
    return {
        "day": None if lengths.day == 480 else day,
        "week": None if lengths.week == 5 * lengths.day else _in_days(lengths.week, lengths.day),
        "month": None
        if lengths.month == 20 * lengths.day
        else _in_days(lengths.month, lengths.day),
    }


def _in_days(minutes: int, day: int) -> str:
    return f"{minutes // day}d" if minutes % day == 0 else f"{minutes}m"


def _is_currency(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isalpha()
