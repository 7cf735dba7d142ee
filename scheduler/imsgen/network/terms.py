"""What an activity in one of its modes asks for by itself: work, dates and windows, no links."""

from __future__ import annotations

from dataclasses import dataclass

from imsgen.calendars import CalendarBook, WorkCalendar
from imsgen.model import Activity, Constraint, ConstraintType, Instant, Placement, Project
from imsgen.network.bounds import latest_same_work


@dataclass(frozen=True, slots=True)
class Terms:
    """What binds one mode of an activity, its links apart.

    ``duration`` is what is still to be done, in minutes of ``calendar``; of a started
    activity everything about the start speaks of the beginning of that remaining work.
    """

    activity: Activity
    mode: int
    calendar: WorkCalendar
    duration: int
    point: bool
    """A milestone: start and finish are one instant."""
    actual_start: Instant | None
    """Set for started activities."""
    settled: Placement | None
    """Where it stands for good: finished, or nothing left to do."""
    floor: Instant
    """No start before."""
    finish_floor: Instant | None
    """No working time between the finish and this instant; a milestone not before it."""
    latest_start: Instant | None
    latest_finish: Instant | None

    @property
    def started(self) -> bool:
        """Whether it has begun."""
        return self.actual_start is not None


def terms_of(project: Project, book: CalendarBook, id_: str, mode: int) -> Terms:
    """Return what activity ``id_`` in ``mode`` asks for by itself."""
    activity = project.activities[id_]
    calendar = book.effective(activity, mode)
    point = activity.modes[mode].duration == 0
    progress = activity.progress
    begun = None if progress is None else progress.actual_start
    duration = activity.modes[mode].duration
    if progress is not None and begun is not None:
        duration = progress.remaining or 0
        floors = [begun, *_given(project.status_date, progress.resume)]
    else:
        floors = [project.start, *_given(project.status_date)]
    finish_floors: list[int] = []
    start_ceilings: list[int] = []
    finish_ceilings: list[int] = []
    for constraint in project.constraints_on(id_):
        on_finish = binds_finish(constraint)
        if begun is not None and not on_finish:
            continue  # the start is history
        if constraint.earliest is not None:
            (finish_floors if on_finish else floors).append(constraint.earliest)
        if constraint.latest is not None:
            ceiling: Instant | None = constraint.latest
            if on_finish and point:
                ceiling = latest_same_work(calendar, constraint.latest)
            (finish_ceilings if on_finish else start_ceilings).extend(_given(ceiling))
    return Terms(
        activity=activity,
        mode=mode,
        calendar=calendar,
        duration=duration,
        point=point,
        actual_start=begun,
        settled=_settled(project, activity, calendar, mode),
        floor=Instant(max(floors)),
        finish_floor=Instant(max(finish_floors)) if finish_floors else None,
        latest_start=Instant(min(start_ceilings)) if start_ceilings else None,
        latest_finish=Instant(min(finish_ceilings)) if finish_ceilings else None,
    )


def binds_finish(constraint: Constraint) -> bool:
    """Whether a constraint speaks of the finish."""
    return constraint.type in {ConstraintType.FNET, ConstraintType.FNLT, ConstraintType.MFO}


def _settled(
    project: Project, activity: Activity, calendar: WorkCalendar, mode: int
) -> Placement | None:
    progress = activity.progress
    if progress is None:
        return None
    start = progress.actual_start
    if progress.actual_finish is not None:
        first = progress.actual_finish if start is None else start
        return Placement(first, progress.actual_finish, mode)
    if start is None or progress.remaining:
        return None
    last = start if project.status_date is None else calendar.last_finish(project.status_date)
    return Placement(start, max(start, last), mode)


def _given(*instants: Instant | None) -> list[int]:
    return [instant for instant in instants if instant is not None]
