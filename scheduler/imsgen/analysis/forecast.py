"""How a schedule stands against a baseline: variances, missed tasks, BEI and CPLI."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from imsgen.calendars import CalendarBook, WorkCalendar
from imsgen.model import DAY, Activity, Instant, Kind, Project, Schedule, ScheduledActivity
from imsgen.schedule.pairing import paired

MOST_MISSED = Fraction(5, 100)
"""Most of the tasks due that may be missed (DCMA point 11)."""
LEAST_INDEX = Fraction(95, 100)
"""Least CPLI and BEI (DCMA points 13 and 14)."""


class Finding(StrEnum):
    """What a measure says."""

    PASSED = "PASS"
    FLAG = "FLAG"
    NOT_ASSESSABLE = "NOT ASSESSABLE"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as a fraction, held against its target; ``reason`` says why there is none."""

    name: str
    finding: Finding
    target: Fraction
    numerator: int = 0
    denominator: int = 0
    """Both in the measure's own unit: tasks, or working minutes for CPLI."""
    offenders: tuple[str, ...] = ()
    """Ids of the tasks that speak against it, in outline order."""
    reason: str = ""
    at_most: bool = False
    """Whether the target is the most allowed, not the least."""

    @property
    def value(self) -> Fraction | None:
        """Return the exact value; None where it is not assessable."""
        if self.finding is Finding.NOT_ASSESSABLE:
            return None
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Variance:
    """An activity or group now and in the baseline, ``[start, finish)`` each.

    Variances are working minutes of the activity's effective calendar (of a group: the plan's
    calendar), positive when later than agreed.
    """

    id: str
    was: str
    """Its id in the baseline."""
    agreed: tuple[Instant, Instant]
    now: tuple[Instant, Instant]
    start: int
    finish: int
    done: bool = False


@dataclass(frozen=True, slots=True)
class Forecast:
    """A schedule against one baseline."""

    variances: tuple[Variance, ...]
    """In outline order; what the baseline does not have is left out."""
    missed: Measure
    """Tasks due by the status date that finished late or will, of all that were due."""
    bei: Measure
    """Baseline execution index: tasks done, of those that were due or are in no baseline."""
    cpli: Measure
    """Critical path length index: (length + float to the agreed finish) / length."""
    added: tuple[str, ...] = ()
    """Tasks that the baseline does not have."""
    dropped: tuple[str, ...] = ()
    """Tasks of the baseline that are no longer in the schedule."""
    against: str = ""
    """What CPLI measures to: `baseline`, `deadline` or nothing."""

    @property
    def hit(self) -> int:
        """Return how many of the tasks due were hit: done, or forecast, no later than agreed."""
        return self.missed.denominator - self.missed.numerator


def is_task(project: Project, dates: ScheduledActivity) -> bool:
    """Whether an activity counts as a task: work with a duration, no milestone or hammock."""
    activity = project.activities[dates.id]
    return activity.kind is not Kind.HAMMOCK and activity.modes[dates.mode].duration > 0


def forecast(schedule: Schedule, baseline: Schedule | None) -> Forecast:
    """Return how a schedule stands against a baseline; None: there is no baseline.

    Finishes are compared in working time of the activity's calendar: what was agreed for Friday
    17:00 and is done by Monday 08:00 is not late. The status date is the plan's, never guessed.
    """
    return _Comparison(schedule, baseline).forecast()


class _Comparison:
    """A schedule and its baseline, with calendars that cover the dates of both."""

    def __init__(self, schedule: Schedule, baseline: Schedule | None) -> None:
        self._schedule, self._baseline = schedule, baseline
        self._project = schedule.project
        self._book = CalendarBook(_covering(schedule, baseline))
        self._status = schedule.project.status_date
        self._was = {} if baseline is None else paired(baseline.project, schedule.project)
        self._tasks = [
            dates for dates in schedule.activities.values() if is_task(self._project, dates)
        ]

    def forecast(self) -> Forecast:
        against, cpli = self._cpli()
        return Forecast(
            variances=self._variances(),
            missed=self._missed(),
            bei=self._bei(),
            cpli=cpli,
            added=tuple(one.id for one in self._tasks if self._agreed(one.id) is None),
            dropped=self._dropped(),
            against=against,
        )

    # -- dates -------------------------------------------------------------------------------

    def _agreed(self, id_: str) -> tuple[Instant, Instant] | None:
        """Return start and finish in the baseline of an activity or group."""
        was = self._was.get(id_)
        if self._baseline is None or was is None:
            return None
        dates = self._baseline.activities.get(was)
        return self._baseline.groups.get(was) if dates is None else (dates.start, dates.finish)

    def _calendar(self, dates: ScheduledActivity) -> WorkCalendar:
        return self._book.effective(self._project.activities[dates.id], dates.mode)

    def _variances(self) -> tuple[Variance, ...]:
        found = []
        for id_ in self._project.outline:
            agreed, dates = self._agreed(id_), self._schedule.activities.get(id_)
            now = self._schedule.groups.get(id_) if dates is None else (dates.start, dates.finish)
            if agreed is None or now is None:
                continue
            first, last = (dates, dates) if dates is not None else self._ends(id_)
            start = self._work(first).work_between(agreed[0], now[0])
            finish = self._work(last).work_between(agreed[1], now[1])
            done = dates is not None and _finished(self._project.activities[id_])
            found.append(Variance(id_, self._was[id_], agreed, now, start, finish, done))
        return tuple(found)

    def _ends(self, group: str) -> tuple[ScheduledActivity | None, ScheduledActivity | None]:
        """Return what begins a group and what ends it: its dates are told on their calendars."""
        known = self._schedule.activities
        inside = [known[one] for one in self._project.leaves(group) if one in known]
        return (
            min(inside, key=lambda one: one.start, default=None),
            max(inside, key=lambda one: one.finish, default=None),
        )

    def _work(self, dates: ScheduledActivity | None) -> WorkCalendar:
        if dates is None:
            return self._book.calendar(self._project.calendar)
        return self._calendar(dates)

    def _dropped(self) -> tuple[str, ...]:
        if self._baseline is None:
            return ()
        kept = {was for id_, was in self._was.items() if id_ in self._schedule.activities}
        project = self._baseline.project
        return tuple(
            id_
            for id_, dates in self._baseline.activities.items()
            if id_ in project.activities and id_ not in kept and is_task(project, dates)
        )

    # -- measures ----------------------------------------------------------------------------

    def _due(self) -> list[ScheduledActivity]:
        """Return the tasks whose agreed finish is no later than the status date."""
        found = []
        for one in self._tasks:
            agreed = self._agreed(one.id)
            if agreed is not None and self._status is not None and agreed[1] <= self._status:
                found.append(one)
        return found

    def _missed(self) -> Measure:
        bare = Measure("missed tasks", Finding.NOT_ASSESSABLE, MOST_MISSED, at_most=True)
        due = self._due()
        reason = self._lacking() or ("" if due else "no task was due by the status date")
        if reason:
            return replace(bare, reason=reason)
        late = tuple(one.id for one in due if self._late(one))
        return _held(bare, len(late), len(due), late)

    def _late(self, one: ScheduledActivity) -> bool:
        agreed = self._agreed(one.id)
        if agreed is None or one.finish <= agreed[1]:
            return False
        return self._calendar(one).work_between(agreed[1], one.finish) > 0

    def _bei(self) -> Measure:
        bare = Measure("BEI", Finding.NOT_ASSESSABLE, LEAST_INDEX)
        wanted = [*self._due(), *(one for one in self._tasks if self._agreed(one.id) is None)]
        reason = self._lacking() or ("" if wanted else "no task was due by the status date")
        if reason:
            return replace(bare, reason=reason)
        done = [one for one in self._tasks if self._done_by_now(one)]
        names = {one.id for one in wanted if not self._done_by_now(one)}
        open_ = tuple(one.id for one in self._tasks if one.id in names)
        return _held(bare, len(done), len(wanted), open_)

    def _done_by_now(self, one: ScheduledActivity) -> bool:
        finished = _finished(self._project.activities[one.id])
        return finished and self._status is not None and one.finish <= self._status

    def _lacking(self) -> str:
        if self._status is None:
            return "the plan has no status date"
        return "there is no baseline" if self._baseline is None else ""

    def _cpli(self) -> tuple[str, Measure]:
        """Return what it measures to, and the index on the calendar of what finishes last."""
        bare = Measure("CPLI", Finding.NOT_ASSESSABLE, LEAST_INDEX)
        status, finish = self._status, self._schedule.finish
        if status is None:
            return "", replace(bare, reason="the plan has no status date")
        if self._baseline is not None:
            against, agreed = "baseline", self._baseline.finish
        elif self._project.deadline is not None:
            against, agreed = "deadline", self._project.deadline
        else:
            return "", replace(bare, reason="there is no baseline, and the plan has no deadline")
        open_ = [
            one
            for one in self._schedule.activities.values()
            if self._project.activities[one.id].kind is not Kind.HAMMOCK
            and not _finished(self._project.activities[one.id])
        ]
        if not open_:
            return against, replace(bare, reason="the plan is complete")
        work = self._calendar(max(open_, key=lambda one: one.finish))
        length = work.work_between(status, finish)
        if length <= 0:
            reason = "no working time lies between the status date and the finish"
            return against, replace(bare, reason=reason)
        spare = work.work_between(finish, agreed)
        return against, _held(bare, length + spare, length)


def _held(bare: Measure, numerator: int, denominator: int, ids: tuple[str, ...] = ()) -> Measure:
    """Return the measure with its value, held against its target."""
    value = Fraction(numerator, denominator)
    good = value <= bare.target if bare.at_most else value >= bare.target
    return replace(
        bare,
        finding=Finding.PASSED if good else Finding.FLAG,
        numerator=numerator,
        denominator=denominator,
        offenders=ids,
    )


def _finished(activity: Activity) -> bool:
    return activity.progress is not None and activity.progress.actual_finish is not None


def _covering(schedule: Schedule, baseline: Schedule | None) -> Project:
    """Return the plan with calendars that reach all dates of the baseline."""
    project = schedule.project
    first, last = project.horizon
    if baseline is not None:
        placed = baseline.activities.values()
        first = Instant(min([first, *(one.start - DAY for one in placed)]))
        last = Instant(max([last, *(one.finish + DAY for one in placed)]))
    return replace(project, horizon=(first, last))
