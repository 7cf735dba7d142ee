"""The fourteen points of the DCMA about a schedule: what they count, and whom they concern.

Tasks are work with a duration: milestones, hammocks, groups and what is off the plan of record do
not count. Links count where what follows is still open. Float is that of the network, of links
alone, down to zero and below where a deadline comes before: what MS Project shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from imsgen.analysis.forecast import Finding, Measure, forecast, is_task
from imsgen.analysis.path_check import path_test
from imsgen.model import (
    DAY,
    Activity,
    ConstraintType,
    Dependency,
    LinkType,
    Schedule,
    ScheduledActivity,
)
from imsgen.schedule.pairing import paired

LONG = 44
"""Working days, two months, above which float and durations are high."""
_FEW = Fraction(5, 100)
_MOST = Fraction(90, 100)
_NONE = Fraction(0)
_HARD = frozenset(
    {ConstraintType.MSO, ConstraintType.MFO, ConstraintType.SNLT, ConstraintType.FNLT}
)


@dataclass(frozen=True, slots=True)
class Point:
    """One of the fourteen points; ``measure.offenders`` has ids, of links ``a > b``."""

    number: int
    measure: Measure
    counts: str
    """What is divided by what, for people."""


def health(schedule: Schedule, baseline: Schedule | None = None) -> tuple[Point, ...]:
    """Return the fourteen points in order.

    Parameters
    ----------
    baseline
        What the schedule is held against; without it, points 11 and 14 cannot be assessed.
    """
    return tuple(_Assessment(schedule, baseline).points())


class _Assessment:
    def __init__(self, schedule: Schedule, baseline: Schedule | None) -> None:
        self._schedule, self._baseline = schedule, baseline
        self._project = schedule.project
        placed = schedule.activities.values()
        self._tasks = [one for one in placed if is_task(self._project, one)]
        self._open = [one for one in self._tasks if not _finished(self._activity(one))]
        self._links = self._open_links()

    def _activity(self, one: ScheduledActivity) -> Activity:
        return self._project.activities[one.id]

    def points(self) -> Iterator[Point]:
        against = forecast(self._schedule, self._baseline)
        yield Point(1, self._logic(), "open tasks without predecessor or successor ÷ open tasks")
        yield Point(2, self._lags("leads", _NONE, lambda lag: lag < 0), "leads ÷ links")
        yield Point(3, self._lags("lags", _FEW, lambda lag: lag > 0), "lags ÷ links")
        yield Point(4, self._types(), "finish-to-start links ÷ links")
        yield Point(5, self._hard(), "open tasks with MSO, MFO, SNLT or FNLT ÷ open tasks")
        yield Point(6, self._high_float(), f"open tasks with float above {LONG}d ÷ open tasks")
        yield Point(7, self._negative_float(), "open tasks with float below 0 ÷ open tasks")
        yield Point(8, self._long(), f"open tasks longer than {LONG}d ÷ open tasks")
        yield Point(9, self._invalid_dates(), "tasks planned in the past or done ahead ÷ tasks")
        yield Point(10, self._without_resources(), "open tasks of a day or more that need nobody")
        yield Point(11, against.missed, "tasks late by the baseline ÷ tasks due")
        yield Point(12, path_test(self._schedule), "slip of the finish ÷ delay of a critical task")
        yield Point(13, against.cpli, "(critical path + float to what was agreed) ÷ critical path")
        yield Point(14, against.bei, "tasks done ÷ tasks due")

    # -- links -------------------------------------------------------------------------------

    def _open_links(self) -> list[Dependency]:
        """Return the links that lead to an open task, or to a group that has one."""
        known = {one.id for one in self._open}
        wanted = known | {group.id for id_ in known for group in self._project.ancestors(id_)}
        return [
            link
            for link in self._project.dependencies
            if link.successor in wanted and self._on_plan(link.predecessor)
        ]

    def _on_plan(self, id_: str) -> bool:
        return id_ in self._schedule.activities or id_ in self._schedule.groups

    def _logic(self) -> Measure:
        before, after = set(), set()
        for link in self._project.dependencies:
            if self._on_plan(link.predecessor) and self._on_plan(link.successor):
                before.add(link.successor)
                after.add(link.predecessor)

        def tied(id_: str, ends: set[str]) -> bool:
            return id_ in ends or any(one.id in ends for one in self._project.ancestors(id_))

        loose = [
            one.id for one in self._open if not (tied(one.id, before) and tied(one.id, after))
        ]
        return self._of_open("logic", _FEW, loose)

    def _lags(self, name: str, target: Fraction, counts: Callable[[int], bool]) -> Measure:
        found = [_arrow(link) for link in self._links if counts(link.lag)]
        return _held(name, target, found, len(self._links), "no links lead to open tasks")

    def _types(self) -> Measure:
        others = [_arrow(link) for link in self._links if link.type is not LinkType.FS]
        total = len(self._links)
        counted = _held("relationship types", _MOST, others, total, "no links lead to open tasks")
        if counted.finding is Finding.NOT_ASSESSABLE:
            return replace(counted, at_most=False)
        plain = total - len(others)
        good = Fraction(plain, total) >= _MOST
        finding = Finding.PASSED if good else Finding.FLAG
        return replace(counted, numerator=plain, finding=finding, at_most=False)

    # -- tasks -------------------------------------------------------------------------------

    def _hard(self) -> Measure:
        found = [
            one.id
            for one in self._open
            if any(limit.type in _HARD for limit in self._project.constraints_on(one.id))
        ]
        return self._of_open("hard constraints", _FEW, found)

    def _high_float(self) -> Measure:
        limit = LONG * self._project.day
        found = [one.id for one in self._open if (_float(one) or 0) > limit]
        return self._of_open("high float", _FEW, found)

    def _negative_float(self) -> Measure:
        found = [one.id for one in self._open if (_float(one) or 0) < 0]
        return self._of_open("negative float", _NONE, found)

    def _long(self) -> Measure:
        """Durations are those agreed, where there is a baseline; elapsed days are whole days."""
        baseline = self._baseline
        was = {} if baseline is None else paired(baseline.project, self._project)
        found = []
        for one in self._open:
            activity, placed = self._activity(one), one
            if baseline is not None and was.get(one.id) in baseline.activities:
                placed = baseline.activities[was[one.id]]
                activity = baseline.project.activities[placed.id]
            mode = activity.modes[placed.mode]
            if mode.duration > LONG * (DAY if mode.elapsed else self._project.day):
                found.append(one.id)
        return self._of_open("high duration", _FEW, found)

    def _invalid_dates(self) -> Measure:
        status = self._project.status_date
        if status is None:
            return _unknown("invalid dates", _NONE, "the plan has no status date")
        found = []
        for one in self._tasks:
            progress = self._activity(one).progress
            begun = progress is not None and progress.actual_start is not None
            done = progress is not None and progress.actual_finish is not None
            past = (not begun and one.start < status) or (not done and one.finish < status)
            if past or (begun and one.start > status) or (done and one.finish > status):
                found.append(one.id)
        return _held("invalid dates", _NONE, found, len(self._tasks), "there are no tasks")

    def _without_resources(self) -> Measure:
        if not any(self._needs(one) for one in self._tasks):
            return _unknown("resources", _NONE, "no task of the plan needs a resource")
        day = self._project.day
        found = [
            one.id
            for one in self._open
            if self._activity(one).modes[one.mode].duration >= day and not self._needs(one)
        ]
        return self._of_open("resources", _NONE, found)

    def _needs(self, one: ScheduledActivity) -> bool:
        return bool(self._activity(one).modes[one.mode].needs)

    def _of_open(self, name: str, target: Fraction, found: Sequence[str]) -> Measure:
        return _held(name, target, found, len(self._open), "every task is done")


def _held(
    name: str, target: Fraction, found: Iterable[str], total: int, otherwise: str
) -> Measure:
    """Return at most ``target`` of ``total``; ``otherwise`` says why there is nothing to count."""
    if not total:
        return _unknown(name, target, otherwise)
    ids = tuple(found)
    good = Fraction(len(ids), total) <= target
    finding = Finding.PASSED if good else Finding.FLAG
    return Measure(name, finding, target, len(ids), total, ids, at_most=True)


def _unknown(name: str, target: Fraction, reason: str) -> Measure:
    return Measure(name, Finding.NOT_ASSESSABLE, target, reason=reason, at_most=True)


def _float(one: ScheduledActivity) -> int | None:
    """Return the float of links alone, less where a deadline allows less; working minutes."""
    known = [each for each in (one.logic_float, one.deadline_float) if each is not None]
    return min(known, default=one.total_float)


def _arrow(link: Dependency) -> str:
    return f"{link.predecessor} > {link.successor}"


def _finished(activity: Activity) -> bool:
    return activity.progress is not None and activity.progress.actual_finish is not None
