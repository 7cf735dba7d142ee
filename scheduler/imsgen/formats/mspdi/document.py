"""The whole file."""

from __future__ import annotations

from imsgen.formats.mspdi.baselines import Baselines
from imsgen.formats.mspdi.calendar_elements import calendar
from imsgen.formats.mspdi.calendars import CalendarRow, Calendars
from imsgen.formats.mspdi.codes import DAYS
from imsgen.formats.mspdi.elements import Element, Value, element, file_bytes
from imsgen.formats.mspdi.fields import Fields
from imsgen.formats.mspdi.order import EXTENDED_ATTRIBUTE, PROJECT
from imsgen.formats.mspdi.outline import numbers
from imsgen.formats.mspdi.remarks import Remarks
from imsgen.formats.mspdi.resource_elements import (
    assignment,
    assignments_of,
    resource,
    unassigned,
)
from imsgen.formats.mspdi.task_elements import FIXED_DURATION, project_task, task, uids_of
from imsgen.formats.mspdi.tasks import Tasks
from imsgen.formats.mspdi.text import one_line, paragraphs
from imsgen.formats.mspdi.wall import WallClock, date_text, time_text
from imsgen.formats.options import Options, Pin
from imsgen.model import DAY, Schedule

_SAVE_VERSION = 14
_MONDAY = 1
_HOURS, _TWO_DIGITS = 2, 2
_HELD = {
    Pin.LEVELLING: "Starts that links do not explain are held by leveling delays.",
    Pin.SNET: "Starts that links do not explain are held by constraints.",
    Pin.LINKS: "Starts that a resource delays are held by links; its task's notes name them.",
    Pin.MANUAL: "All tasks are scheduled manually: a copy that does not follow its links.",
}


class Document:
    """Builds the file of a schedule, and what it could not say."""

    def __init__(self, schedule: Schedule, options: Options | None = None) -> None:
        options = options or Options()
        self._schedule = schedule
        self._project = schedule.project
        self._remarks = Remarks()
        horizon = self._project.horizon
        starts = [placed.start for placed in schedule.activities.values()]
        self._clock = WallClock(
            self._project.timezone, min([horizon[0], *starts]) - DAY, horizon[1]
        )
        self._calendars = Calendars(schedule, self._clock, self._remarks)
        self._tasks = Tasks(schedule, self._clock, self._calendars, self._remarks, options)
        self._fields = Fields(schedule, self._remarks)
        self._baselines = Baselines(options.baselines, self._project.timezone, self._remarks)
        self._own = self._resource_calendars()
        self._pin = options.pin
        self._tell()

    def remarks(self) -> tuple[str, ...]:
        """Return what Project cannot say, one line a kind."""
        return self._remarks.lines()

    def content(self, name: str) -> bytes:
        """Return the bytes of the file called ``name``."""
        values: dict[str, Value] = {**self._properties(name), **self._lists()}
        return file_bytes(element("Project", PROJECT, values))

    def _properties(self, name: str) -> dict[str, Value]:
        project = self._project
        morning, evening = _usual_times(self._calendars.default)
        return {
            "SaveVersion": _SAVE_VERSION,
            "Name": one_line(name),
            "Title": one_line(project.name),
            "Revision": self._schedule.revision,
            "ScheduleFromStart": 1,
            "StartDate": date_text(self._tasks.opening),
            "FinishDate": date_text(self._tasks.finish),
            "FYStartDate": 1,
            "CriticalSlackLimit": 0,
            "CurrencyDigits": _TWO_DIGITS,
            "CurrencyCode": one_line(project.currency) or "USD",
            "CalendarUID": self._calendars.default.uid,
            "DefaultStartTime": time_text(morning),
            "DefaultFinishTime": time_text(evening),
            "MinutesPerDay": project.day,
            "MinutesPerWeek": project.week,
            "DaysPerMonth": max(project.month // project.day, 1),
            "DefaultTaskType": FIXED_DURATION,
            "DurationFormat": DAYS,
            "WorkFormat": _HOURS,
            "HonorConstraints": 0,
            "NewTasksEffortDriven": 0,
            "NewTasksEstimated": 0,
            "WeekStartDay": _MONDAY,
            "StatusDate": None
            if project.status_date is None
            else date_text(self._clock.end_minute(project.status_date)),
            "NewTasksAreManual": 0,
        }

    def _lists(self) -> dict[str, Value]:
        rows = list(self._tasks.rows.values())
        uids = uids_of(rows)
        resources = numbers((one.id, one.uid) for one in self._project.resources.values())
        opening, finish = self._tasks.opening, self._tasks.finish
        length = self._calendars.default.work.work_between(opening, finish)
        tasks = [project_task(self._project.name, opening, finish, length, self._notes())]
        assignments: list[Element] = []
        for row in rows:
            works = assignments_of(row)
            total = sum(one.work for one in works if one.resource is not None)
            done = sum(one.done for one in works if one.resource is not None)
            tasks.append(
                task(row, uids, self._fields, self._baselines, work=total, done_work=done)
            )
            for one in works:
                assignments.append(assignment(one, len(assignments) + 1, row, resources))
        return {
            "ExtendedAttributes": [
                element(
                    "ExtendedAttribute",
                    EXTENDED_ATTRIBUTE,
                    {"FieldID": str(id_), "FieldName": name, "Alias": alias},
                )
                for id_, name, alias in self._fields.definitions()
            ],
            "Calendars": [calendar(row) for row in self._calendars.rows],
            "Tasks": tasks,
            "Resources": [
                unassigned(),
                *(
                    resource(one, (resources[one.id], number), self._own[one.id], self._project, self._clock)
                    for number, one in enumerate(self._project.resources.values(), start=1)
                ),
            ],
            "Assignments": assignments,
        }  # fmt: skip

    def _resource_calendars(self) -> dict[str, CalendarRow]:
        return {
            one.id: self._calendars.of_resource(one) for one in self._project.resources.values()
        }

    def _notes(self) -> str:
        lines = [paragraphs(self._project.notes)] if self._project.notes.strip() else []
        lines.append(f"Times are those of {self._project.timezone}. {_HELD[self._pin]}")
        told = self.remarks()
        if told:
            lines += ["What MS Project cannot say of this plan:", *(f"- {one}" for one in told)]
        return "\n".join(lines)

    def _tell(self) -> None:
        for one in self._project.resources.values():
            if one.holds:
                text = "Stays taken while work rests, where Project would release it"
                self._remarks.add(text, one.id)
        if self._project.checkpoints or self._project.communications:
            self._remarks.add("Checkpoints and communications are no tasks; calendars have them")
        if self._project.deadline is not None:
            wall = self._clock.end_minute(self._project.deadline)
            shown = date_text(wall - 1 if wall % DAY == 0 else wall)
            self._remarks.add(f"Project has no deadline of a whole plan, which is {shown}")


def _usual_times(row: CalendarRow) -> tuple[int, int]:
    """Return the usual start and end of a working day, in minutes after midnight."""
    for hours in row.pattern.week:
        if hours and hours != ((0, DAY),):
            return hours[0][0], hours[-1][1]
    return 8 * 60, 17 * 60
