"""Earlier schedules as baselines of tasks: what was agreed, beside what is planned now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imsgen.calendars import CalendarBook
from imsgen.formats.mspdi.codes import duration_format
from imsgen.formats.mspdi.elements import Element, element
from imsgen.formats.mspdi.order import BASELINE
from imsgen.formats.mspdi.remarks import Remarks
from imsgen.formats.mspdi.wall import WallClock, date_text, duration_text
from imsgen.model import DAY, FULL, Kind, Schedule

_MOST = 11
"""Baseline, Baseline 1 to Baseline 10."""


class Baselines:
    """Writes the baselines of tasks, the plan's first as Project's Baseline."""

    def __init__(self, schedules: Mapping[str, Schedule], timezone: str, remarks: Remarks) -> None:
        known = list(schedules.items())
        for name, _ in known[_MOST:]:
            remarks.add("Project has room for eleven baselines; the rest are left out", name)
        self._known = [_Baseline(one, timezone) for _, one in known[:_MOST]]

    def of(self, id_: str) -> list[Element]:
        """Return the baselines of an activity or group; none of what a baseline does not know."""
        return [
            element("Baseline", BASELINE, {"Number": number, "Interim": 0, **values})
            for number, baseline in enumerate(self._known)
            for values in baseline.values(id_)
        ]


class _Baseline:
    def __init__(self, schedule: Schedule, timezone: str) -> None:
        self._schedule = schedule
        spans = [(one.start, one.finish) for one in schedule.activities.values()]
        spans.append((schedule.project.start, schedule.finish))
        self._clock = WallClock(
            timezone,
            min(start for start, _ in spans) - DAY,
            max(finish for _, finish in spans) + DAY,
        )
        self._work = CalendarBook(schedule.project).calendar(schedule.project.calendar)

    def values(self, id_: str) -> Iterator[dict[str, str | int]]:
        """Yield what the baseline has of an activity or group, if anything."""
        placed = self._schedule.activities.get(id_)
        if placed is not None:
            start, finish = placed.start, placed.finish
        elif id_ in self._schedule.groups:
            start, finish = self._schedule.groups[id_]
        else:
            return
        duration, elapsed, units = int(self._work.work_between(start, finish)), False, 0
        activity = self._schedule.project.activities.get(id_)
        if placed is not None and activity is not None and activity.kind is not Kind.HAMMOCK:
            mode = activity.modes[placed.mode]
            duration, elapsed = mode.duration, mode.elapsed
            units = sum(need.units for need in mode.needs)
        end = self._clock.end_minute(finish)
        yield {
            "Start": date_text(end if start == finish else self._clock.minute(start)),
            "Finish": date_text(end),
            "Duration": duration_text(duration),
            "DurationFormat": duration_format("", duration, self._schedule.project.day, elapsed),
            "EstimatedDuration": int(activity is not None and activity.assumed),
            "Work": duration_text(duration * units / FULL),
        }
