"""What people may fill in, as the cells say it: written beside a plan, read back by `update`."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from imsgen.formats.clock import local
from imsgen.formats.facts import percent_of
from imsgen.formats.notation import duration_text
from imsgen.formats.xlsx.text import clean
from imsgen.model import Activity, Instant, Kind, Project

COLUMNS = {
    "percent_complete": "% complete",
    "actual_start": "Actual start",
    "actual_finish": "Actual finish",
    "remaining": "Remaining",
    "owner": "Owner",
    "notes": "Notes",
}
"""Column by key of the plan."""
DATED = ("actual_start", "actual_finish")
MINUTE = "%Y-%m-%d %H:%M"


def is_editable(activity: Activity, key: str) -> bool:
    """Whether people may fill in a cell of the activity."""
    if key in {"owner", "notes"}:
        return True
    return activity.scheduled and activity.kind is not Kind.HAMMOCK


def cell_texts(project: Project, activity: Activity, mode: int) -> dict[str, str]:
    """Return what the editable cells of an activity say, as text, empty where they are.

    Percent are whole numbers, dates local times of the plan's zone to the minute.

    Parameters
    ----------
    mode
        Index of the mode chosen.
    """
    found = dict.fromkeys(COLUMNS, "")
    owner = project.resources.get(activity.owner or "")
    found["owner"] = clean(owner.name if owner else activity.owner or "")
    found["notes"] = clean(activity.notes)
    if activity.scheduled:
        found["percent_complete"] = str(percent_of(activity, activity.modes[mode]))
    if not is_editable(activity, "percent_complete"):
        return found
    progress = activity.progress
    if progress is None:
        return found
    zone = ZoneInfo(project.timezone)
    for key in DATED:
        at: Instant | None = getattr(progress, key)
        found[key] = "" if at is None else local(at, zone).strftime(MINUTE)
    if progress.remaining is not None and progress.actual_finish is None:
        elapsed = activity.modes[mode].elapsed
        found["remaining"] = duration_text(progress.remaining, project.day, elapsed)
    return found
