"""The rows of the schedule: groups and activities in outline order, as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from imsgen.formats.clock import occurs_twice
from imsgen.formats.facts import Facts
from imsgen.formats.notation import duration_text, units_text
from imsgen.formats.xlsx.columns import AFTER, PHASES
from imsgen.formats.xlsx.editable import COLUMNS, cell_texts, is_editable
from imsgen.model import FULL, Activity, Group, Instant, Project, Schedule
from imsgen.schedule.pairing import paired


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the outline."""

    id: str
    depth: int
    is_group: bool
    on_plan: bool
    party: tuple[str, ...]
    texts: Mapping[str, str]
    """Text of the plan by heading."""
    duration: str
    percent: float | None
    start: Instant | None
    finish: Instant | None
    total_float: float | None
    """In the plan's days."""
    critical: str
    status: str
    deadline: Instant | None
    hours: float | None
    """Of the duration; 0 for milestones, None for groups."""
    named_zone: bool
    """Whether a date of the row is in an hour that occurs twice."""
    editable: frozenset[str] = frozenset()
    """Keys of the plan whose cells people fill in."""
    remaining: str = ""
    actual: tuple[Instant | None, Instant | None] = (None, None)
    baseline: tuple[Instant, Instant] | None = None
    minutes: int | None = None
    """Of the duration, where it counts for the percentage of the groups around."""
    live: bool = False
    """Whether its status follows from its percentage and dates."""


def outline_rows(facts: Facts, baseline: Schedule | None = None) -> Iterator[Row]:
    """Yield every group and activity of the plan, also those off the plan of record."""
    agreed: dict[str, tuple[Instant, Instant]] = {}
    if baseline is not None:
        agreed = agreed_dates(facts.project, baseline)
    for row in _rows(facts):
        yield replace(row, baseline=agreed[row.id]) if row.id in agreed else row


def agreed_dates(project: Project, baseline: Schedule) -> dict[str, tuple[Instant, Instant]]:
    """Return start and finish in the baseline, by the plan's own ids."""
    known = dict(baseline.groups)
    known.update({id_: (one.start, one.finish) for id_, one in baseline.activities.items()})
    pairs = paired(baseline.project, project)
    return {id_: known[was] for id_, was in pairs.items() if was in known}


def _rows(facts: Facts) -> Iterator[Row]:
    numbers = _Numbers()
    for id_ in facts.project.outline:
        depth = sum(1 for _ in facts.project.ancestors(id_))
        number = numbers.next(depth)
        group = facts.project.groups.get(id_)
        if group is not None:
            yield _group(facts, group, depth, number)
        else:
            yield _activity(facts, facts.project.activities[id_], depth, number)


class _Numbers:
    """Outline numbers, 1.2.3, where the plan has no WBS codes."""

    def __init__(self) -> None:
        self._counts: list[int] = []

    def next(self, depth: int) -> str:
        del self._counts[depth + 1 :]
        while len(self._counts) <= depth:
            self._counts.append(0)
        self._counts[depth] += 1
        return ".".join(map(str, self._counts))


def _activity(facts: Facts, activity: Activity, depth: int, number: str) -> Row:
    id_ = activity.id
    placed = facts.schedule.activities.get(id_)
    floated = placed.total_float if placed else None
    progress = activity.progress if placed else None
    return Row(
        id=id_,
        depth=depth,
        is_group=False,
        on_plan=placed is not None,
        party=activity.party,
        texts=_texts(facts, activity, number),
        duration=facts.duration_text(id_)
        or (duration_text(facts.duration(id_), facts.project.day) if facts.duration(id_) else ""),
        percent=facts.percent(id_) / 100 if placed else None,
        start=placed.start if placed else None,
        finish=placed.finish if placed else None,
        total_float=None if floated is None else floated / facts.project.day,
        critical="Yes" if placed and placed.critical else "",
        status=_status(facts, activity),
        deadline=activity.deadline,
        hours=facts.duration(id_) / 60,
        named_zone=_named(facts, id_, activity.deadline),
        editable=frozenset(key for key in COLUMNS if is_editable(activity, key)),
        remaining=cell_texts(facts.project, activity, placed.mode if placed else 0, facts.zone)[
            "remaining"
        ],
        actual=(progress.actual_start, progress.actual_finish) if progress else (None, None),
        minutes=facts.mode(id_).duration if facts.counts(id_) else None,
        live=facts.counts(id_),
    )


def _group(facts: Facts, group: Group, depth: int, number: str) -> Row:
    dates = facts.schedule.groups.get(group.id)
    duration = ""
    if dates is not None:
        calendar = facts.book.calendar(facts.project.calendar)
        worked = calendar.work_between(*dates)
        duration = f"{worked / facts.project.day:.1f}".removesuffix(".0") + "d"
        if not worked:
            hours, minutes = divmod(dates[1] - dates[0], 60)
            duration = f"{hours}h{minutes}m" if minutes else f"{hours}h"
    return Row(
        id=group.id,
        depth=depth,
        is_group=True,
        on_plan=dates is not None,
        party=group.party,
        texts=_texts(facts, group, number),
        duration=duration,
        percent=facts.group_percent(group.id) / 100 if dates else None,
        start=dates[0] if dates else None,
        finish=dates[1] if dates else None,
        total_float=None,
        critical="",
        status=_status(facts, group),
        deadline=group.deadline,
        hours=None,
        named_zone=_named(facts, group.id, group.deadline),
        live=dates is not None and any(map(facts.counts, facts.project.leaves(group.id))),
    )


def _texts(facts: Facts, node: Activity | Group, number: str) -> dict[str, str]:
    return {
        "Phase": _phase(node),
        "ID": node.id,
        "WBS": node.wbs or number,
        "Task": node.name,
        "Party": facts.party_text(node.party),
        "Owner": facts.person(node.owner),
        "Predecessors": facts.project_links(node.id, before=True),
        "Successors": facts.project_links(node.id, before=False),
        AFTER: facts.predecessors_text(node.id),
        "Resources": _resources(facts, node) if isinstance(node, Activity) else "",
        "Backup": facts.person(node.backup),
        "Driven by": _driver(facts, node.id),
        "Notes": node.notes,
    }


def _phase(node: Activity | Group) -> str:
    """Return the number of an M3 phase, for the group at the top that bears its name."""
    known = node.group is None and isinstance(node, Group) and node.name in PHASES
    return str(PHASES.index(node.name)) if known else ""


def _driver(facts: Facts, id_: str) -> str:
    """Return why an activity does not start earlier, in words."""
    placed = facts.schedule.activities.get(id_)
    if placed is None or placed.driver is None:
        return ""
    return placed.driver.text or placed.driver.id


def _resources(facts: Facts, activity: Activity) -> str:
    """Return names and units of the mode chosen, ``Ana 50%, Database team ×2``."""
    parts = []
    for need in facts.mode(activity.id).needs:
        name = facts.person(need.resource)
        if need.units == FULL:
            parts.append(name)
        elif need.units % FULL:
            parts.append(f"{name} {units_text(need.units)}")
        else:
            parts.append(f"{name} ×{units_text(need.units)}")
    return ", ".join(parts)


def _status(facts: Facts, node: Activity | Group) -> str:
    if not node.active:
        return "Inactive"
    if node.branch is not None:
        return "On No-Go"
    if facts.dates(node.id) is None:
        return ""
    percent = (
        facts.percent(node.id) if isinstance(node, Activity) else facts.group_percent(node.id)
    )
    if percent == 100:
        return "Complete"
    if facts.late(node.id):
        return "Late"
    return "In progress" if percent else "Planned"


def _named(facts: Facts, id_: str, deadline: Instant | None) -> bool:
    instants = [*(facts.dates(id_) or ()), *(() if deadline is None else (deadline,))]
    return any(occurs_twice(at, facts.zone) for at in instants)
