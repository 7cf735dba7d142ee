"""What has happened, as actuals of a row."""

from __future__ import annotations

from imsgen.calendars import WorkCalendar
from imsgen.formats.mspdi.rows import Row
from imsgen.formats.mspdi.wall import WallClock
from imsgen.model import Activity, ScheduledActivity


def apply_progress(
    row: Row, activity: Activity, placed: ScheduledActivity, work: WorkCalendar, clock: WallClock
) -> None:
    """Write actual dates and the part of the duration that is done.

    A started task is one bar from its actual start to its scheduled finish: time in which it
    lay idle counts as done, so that what remains is right and it finishes on its date.
    """
    progress = activity.progress
    if progress is None:
        return
    if progress.actual_finish is not None or (
        progress.actual_start is not None and progress.remaining == 0
    ):
        row.actual_start, row.actual_finish = row.start, row.finish
        row.done = row.duration
        return
    if progress.actual_start is None:
        return
    row.actual_start = clock.minute(placed.start)
    remaining = row.duration if progress.remaining is None else progress.remaining
    row.done = max(row.duration - remaining, 0)
    if row.done and row.elapsed:
        row.stop = row.resume = row.start + row.done
    elif row.done:
        row.stop = work.add(row.start, row.done)
        row.resume = work.next_start(row.stop)
