"""What an event waits for, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from imsgen.model import Activity, Dependency, Instant, LinkType, Project, ScheduledActivity
from imsgen.schedule.diary.text import one_line
from imsgen.schedule.views import moment_text

_NAMED = 8
"""So many predecessors are named, those that end last."""


class Scheduled(Protocol):
    """What is known of a schedule's dates."""

    @property
    def project(self) -> Project:
        """The plan."""

    @property
    def activities(self) -> Mapping[str, ScheduledActivity]:
        """Dates by id."""

    @property
    def groups(self) -> Mapping[str, tuple[Instant, Instant]]:
        """Start and finish of groups by id."""

    @property
    def incoming(self) -> Mapping[str, Sequence[Dependency]]:
        """Links by successor."""


def before(scheduled: Scheduled, activity: Activity) -> list[str]:
    """Return what precedes an activity with the date that counts, the last to come first."""
    found = []
    for link in scheduled.incoming.get(activity.id, ()):
        dates = _dates(scheduled, link.predecessor)
        if dates is None:
            continue
        at_start = link.type in {LinkType.SS, LinkType.SF}
        instant = dates[0] if at_start else dates[1]
        text = f"{_name(scheduled.project, link.predecessor)} "
        text += "begins " if at_start else ""
        found.append((-instant, link.predecessor, text + _moment(scheduled, instant)))
    found.sort()
    texts = [text for _, _, text in found[:_NAMED]]
    more = len(found) - _NAMED
    return [*texts, f"{more} more"] if more > 0 else texts


def _dates(scheduled: Scheduled, id_: str) -> tuple[Instant, Instant] | None:
    placed = scheduled.activities.get(id_)
    return scheduled.groups.get(id_) if placed is None else (placed.start, placed.finish)


def _name(project: Project, id_: str) -> str:
    return one_line((project.activities.get(id_) or project.groups[id_]).name)


def _moment(scheduled: Scheduled, instant: Instant) -> str:
    return f"({moment_text(instant, scheduled.project.timezone)})"
