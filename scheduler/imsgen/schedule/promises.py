"""What was published and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.model import LinkType, Placement, Schedule
from imsgen.schedule.views import moment_text


def thawed(schedule: Schedule) -> Iterator[tuple[str, Placement]]:
    """Yield what was frozen and moved all the same, with its published dates.

    Frozen is what was to start within `freeze:` after the status date and has not begun.
    """
    project = schedule.project
    if schedule.replanned is None or not project.options.freeze:
        return
    since = max(project.start, project.status_date or project.start)
    for id_, old in schedule.published.items():
        progress = project.activities[id_].progress
        begun = progress is not None and progress.actual_start is not None
        if begun or not since <= old.start < since + project.options.freeze:
            continue
        now = schedule.activities[id_]
        if (now.start, now.finish, now.mode) != (old.start, old.finish, old.mode):
            yield id_, old


def obstacle(schedule: Schedule, id_: str, old: Placement) -> str:
    """Say what leaves an activity no room where it was: what comes before it, or has its people."""
    return _before(schedule, id_, old) or _beside(schedule, id_, old) or _driver(schedule, id_)


def _before(schedule: Schedule, id_: str, old: Placement) -> str:
    """Name the last of what it follows, if that is done too late."""
    project = schedule.project
    late = []
    for link in project.dependencies:
        if link.successor != id_ or link.type is not LinkType.FS:
            continue
        found = schedule.activities.get(link.predecessor)
        finish = (
            schedule.groups[link.predecessor][1] if link.predecessor in schedule.groups else None
        )
        finish = found.finish if found is not None else finish
        if finish is not None and finish > old.start:
            late.append((finish, link.predecessor))
    if not late:
        return ""
    finish, predecessor = max(late)
    return f"`{predecessor}` is done {moment_text(finish, project.timezone)}"


def _beside(schedule: Schedule, id_: str, old: Placement) -> str:
    """Name who has one of its resources then; who began first."""
    project = schedule.project
    needs = {need.resource for need in project.activities[id_].modes[old.mode].needs}
    taken = []
    for other in schedule.activities.values():
        if other.id == id_ or other.finish <= old.start or old.finish <= other.start:
            continue
        for need in project.activities[other.id].modes[other.mode].needs:
            if need.resource in needs:
                taken.append((other.start, other.finish, other.id, need.resource))
    if not taken:
        return ""
    _, finish, other_id, resource = min(taken)
    until = moment_text(finish, project.timezone)
    return f"`{other_id}` has `{resource}` until {until}"


def _driver(schedule: Schedule, id_: str) -> str:
    driver = schedule.activities[id_].driver
    return "" if driver is None else driver.text
