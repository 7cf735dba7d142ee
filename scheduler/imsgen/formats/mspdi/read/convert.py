"""From the file to the text of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import available_timezones

from imsgen.diagnostics import Report
from imsgen.formats.importing.beside import Beside
from imsgen.formats.importing.imported import Imported
from imsgen.formats.importing.losses import Losses
from imsgen.formats.mspdi.read import notation
from imsgen.formats.mspdi.read.baselines import baselines_of
from imsgen.formats.mspdi.read.branches import branches
from imsgen.formats.mspdi.read.calendar_tree import Calendars
from imsgen.formats.mspdi.read.head import head
from imsgen.formats.mspdi.read.inherited import say_once
from imsgen.formats.mspdi.read.link_tree import Links
from imsgen.formats.mspdi.read.needs import Needs
from imsgen.formats.mspdi.read.notation import Lengths
from imsgen.formats.mspdi.read.outline import DEEPEST, Node, outline_of
from imsgen.formats.mspdi.read.own_notes import plan_notes
from imsgen.formats.mspdi.read.people import People
from imsgen.formats.mspdi.read.progress_tree import progress, status_date
from imsgen.formats.mspdi.read.resource_tree import Resources
from imsgen.formats.mspdi.read.rows import read_project
from imsgen.formats.mspdi.read.source import ProjectFile
from imsgen.formats.mspdi.read.task_tree import Tasks
from imsgen.formats.mspdi.read.tree import read_tree
from imsgen.formats.mspdi.read.values import Values
from imsgen.plan.writing import Tree, Words, plan_text

_PRIMAVERA = {"APIBusinessObjects", "APIBusinessObject"}
_USUAL_PRIORITY = "500"
_NO_DATE = datetime(2000, 1, 3, 8)  # noqa: DTZ001 - local, as all dates of a file


def read_plan(
    path: Path, shown: str, timezone: str | None, report: Report, beside: Beside | None = None
) -> Imported | None:
    """Return the plan that an MS Project XML file holds, or None after reporting why not.

    Parameters
    ----------
    timezone
        IANA zone of the file's dates; None: the one our own files note, else UTC.
    beside
        What the files beside the plan are called; None: there are none, so the plan holds what
        has happened itself, and baselines are left out.
    """
    root = read_tree(path, shown, report)
    if root is None:
        return None
    values = Values(shown, report)
    if root.tag != "Project":
        if root.tag in _PRIMAVERA:
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
    noted, known = plan_notes(next((task.notes for task in file.tasks if task.uid == 0), ""))
    if timezone is None:
        timezone = known if known in available_timezones() else "UTC"
        if timezone != known:
            losses.add("The file names no time zone: its dates are read as UTC")
    parts = _parts(file, timezone, losses)
    baselines = baselines_of(file, parts.nodes, losses, kept=beside is not None)
    tree = dict(parts.tree)
    if noted:
        tree["notes"] = Words(noted)
    progress = ""
    if beside is not None and parts.progress:
        progress = plan_text(
            {
                "imsgen": "1",
                "timezone": timezone,
                **{key: tree[key] for key in ("day", "week", "month") if key in tree},
                "progress": parts.progress,
            },
            [f"What has happened by {tree['status_date']}, from {Path(shown).name}."],
        )
        tree["include"] = [Words(beside.progress)]
    elif parts.progress:
        tree["progress"] = parts.progress
    if beside is not None and baselines:
        tree["baselines"] = {one.id: Words(beside.baseline(one.id)) for one in baselines}
    found = losses.found()
    text = plan_text(
        _ordered(tree),
        head(Path(shown).name, timezone, found, through=path.name != Path(shown).name),
    )
    return Imported(text, found, progress, baselines)


_FIRST = (
    "imsgen", "name", "start", "status_date", "timezone", "calendar", "currency", "day", "week",
    "month", "notes", "include", "calendars", "parties", "resources", "activities", "gates", "progress",
    "baselines",
)  # fmt: skip


def _ordered(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    return {key: tree[key] for key in _FIRST if key in tree}


@dataclass(frozen=True, slots=True)
class _Parts:
    tree: Mapping[str, Tree]
    progress: dict[str, Tree]
    nodes: list[Node]


def _parts(file: ProjectFile, timezone: str, losses: Losses) -> _Parts:
    lengths = Lengths(file.day, file.week, file.day * file.days_per_month)
    start = _start(file, losses)
    calendars = Calendars(file, timezone)
    resources = Resources(file, calendars, start, losses)
    needs = Needs(file, resources, calendars, losses)
    top = outline_of([task for task in file.tasks if task.uid != 0])
    nodes = [node for one in top for node in one.walk()]
    for node in nodes:
        _measure(node, calendars, losses)
        node.split = needs.must_split(node)
        if node.task.level > DEEPEST:
            losses.add(f"Deeper than {DEEPEST} levels: moved up", node.task)
        if node.task.fixed_cost:
            losses.add("A fixed cost is left out", node.task)
        if node.task.external:
            losses.add("A task of another project is a task of this one", node.task)
    people = People(file, resources.ids)
    resources.give_parties(people.party_ids)
    deciding = {node.id: node for node in top if not node.is_group and people.is_gate(node.task)}
    otherwise = branches(top, deciding)
    tasks = Tasks(
        start=start,
        lengths=lengths,
        calendars=calendars,
        needs=needs,
        links=Links(nodes, lengths, losses),
        people=people,
        losses=losses,
    )
    entries = {node.id: tasks.entry(node) for node in top}
    for gate, group in otherwise.items():
        entries[gate]["else"] = group
    activities: dict[str, Tree] = {
        id_: entry for id_, entry in entries.items() if id_ not in deciding
    }
    decided: dict[str, Tree] = {id_: entries[id_] for id_ in deciding}
    say_once(activities, calendars.default, _USUAL_PRIORITY)
    say_once(decided, calendars.default, _USUAL_PRIORITY)
    if not nodes:
        losses.add("The file has no tasks: a milestone `start` stands in for them")
        activities = {"start": {"milestone": "true"}}
    status = status_date(file, nodes, losses)
    tree = {
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
        "gates": decided or None,
    }
    return _Parts(notation.only(tree), progress(nodes, status, lengths), nodes)


def _measure(node: Node, calendars: Calendars, losses: Losses) -> None:
    """Give an activity without a duration the working time between its dates."""
    task = node.task
    if node.is_group or task.duration is not None or task.start is None or task.finish is None:
        return
    days = calendars.of_task(task.calendar)
    task.duration = 0 if days is None else days.work_between(task.start, task.finish)
    if task.duration:
        losses.add("Its duration is the working time between its dates", task)


def _start(file: ProjectFile, losses: Losses) -> datetime:
    """Return the date before which nothing is planned."""
    planned = [task.start for task in file.tasks if task.uid and task.start is not None]
    if not file.from_start:
        losses.add("Scheduled from its finish: the plan is scheduled from the first start now")
    known = [file.start, *planned] if file.from_start else planned
    dates = [one for one in known if one is not None]
    if file.tasks and not dates and file.finish is None:
        losses.add(f"The file has no dates: the plan starts on {_NO_DATE:%Y-%m-%d %H:%M}")
    return min(dates, default=file.finish or _NO_DATE)


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
