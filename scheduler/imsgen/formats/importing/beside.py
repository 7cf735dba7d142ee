"""What lies beside an imported plan: what has happened, and dates once agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from imsgen.calendars.zones import local_to_instant
from imsgen.model import (
    Activity,
    Instant,
    Kind,
    Project,
    Run,
    Schedule,
    ScheduledActivity,
    Status,
)
from imsgen.schedule import plan_hash


@dataclass(frozen=True, slots=True)
class Beside:
    """What the files beside a plan are called; ``stem`` is the plan's own name."""

    stem: str

    @property
    def progress(self) -> str:
        """Where it is told what has happened."""
        return f"{self.stem}.progress.yaml"

    def baseline(self, id_: str) -> str:
        """Return where a baseline lies."""
        return f"baselines/{self.stem}.{id_}.schedule.json"


@dataclass(frozen=True, slots=True)
class BaselineDates:
    """A baseline: start, finish and minutes of work time, as far as known, by full id."""

    id: str
    rows: Mapping[str, tuple[datetime, datetime, int | None]]

    def schedule(self, project: Project) -> Schedule:
        """Return it as a schedule of the plan, its durations those of the baseline."""
        zone = ZoneInfo(project.timezone)
        dates = {
            id_: (_instant(start, zone), _instant(finish, zone))
            for id_, (start, finish, _) in self.rows.items()
        }
        activities = {
            id_: _with_duration(one, self.rows[id_][2]) if id_ in self.rows else one
            for id_, one in project.activities.items()
        }
        agreed = replace(project, activities=activities, baselines={})
        placed = {
            id_: ScheduledActivity(id_, *dates[id_])
            for id_ in project.outline
            if id_ in dates and id_ in activities
        }
        return Schedule(
            agreed,
            Status.FEASIBLE,
            max(finish for _, finish in dates.values()),
            min(start for start, _ in dates.values()),
            placed,
            {id_: dates[id_] for id_ in project.outline if id_ in project.groups and id_ in dates},
            run=Run(method="imported"),
            plan_hash=plan_hash(agreed),
        )


def _with_duration(activity: Activity, minutes: int | None) -> Activity:
    if minutes is None or activity.kind is not Kind.TASK or minutes <= 0:
        return activity
    mode = replace(activity.modes[0], duration=minutes)
    return replace(activity, modes=(mode,), duration_text="")


def _instant(at: datetime, zone: ZoneInfo) -> Instant:
    return local_to_instant(at.date(), at.hour * 60 + at.minute, zone)
