"""What people may fill in, as the cells say it: written beside a plan, read back by `update`."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from imsgen.formats.clock import local, occurs_twice
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
"""Column of sheet *Schedule* by key of the plan."""
DATED = ("actual_start", "actual_finish")
DECISION = "decision"
"""The field of a gate that keeps what was decided."""
DECISIONS = ("PENDING", "GO", "CONDITIONAL", "NO-GO")
"""What people choose on sheet *Checkpoints*; the first where nothing is decided."""
STATES = ("Not started", "Running", "Done", "Failed", "Skipped")
"""What people choose on sheet *Cutover hours*; the first three follow from the actual dates."""


def is_editable(activity: Activity, key: str) -> bool:
    """Whether people may fill in a cell of the activity."""
    if key in {"owner", "notes"}:
        return True
    return activity.scheduled and activity.kind is not Kind.HAMMOCK


def date_text(instant: Instant | None, zone: ZoneInfo) -> str:
    """Return a local time to the minute, with its offset where that hour occurs twice."""
    if instant is None:
        return ""
    moment = local(instant, zone)
    text = moment.strftime("%Y-%m-%d %H:%M")
    return text + moment.isoformat()[-6:] if occurs_twice(instant, zone) else text


def decision_of(activity: Activity) -> str:
    """Return what was decided at a gate, as the cell says it."""
    said = activity.fields.get(DECISION, "").strip().upper()
    return said if said in DECISIONS else DECISIONS[0]


def state_of(activity: Activity) -> str:
    """Return how a step stands, from its actual dates."""
    progress = activity.progress
    if progress is None or progress.actual_start is None:
        return STATES[0]
    return STATES[1] if progress.actual_finish is None else STATES[2]


def cell_texts(project: Project, activity: Activity, mode: int, zone: ZoneInfo) -> dict[str, str]:
    """Return what the editable cells of an activity say, as text, empty where they are.

    Percent are whole numbers, dates local times of the zone to the minute.

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
    for key in DATED:
        found[key] = date_text(getattr(progress, key), zone)
    if progress.remaining is not None and progress.actual_finish is None:
        elapsed = activity.modes[mode].elapsed
        found["remaining"] = duration_text(progress.remaining, project.day, elapsed)
    return found
