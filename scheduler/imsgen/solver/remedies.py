"""Edits that give more: a later date, a longer window, one more unit; each as small as found."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from imsgen.calendars import CalendarBook, WorkCalendar
from imsgen.model import FULL, Constraint, ConstraintType, Instant, Kind, Placement, Project
from imsgen.schedule.views import elapsed_text
from imsgen.solver.edits import (
    as_late_as_given,
    jobs_of,
    open_constraint,
    open_window,
    with_close,
    with_constraint,
    with_longer,
    with_one_more,
)
from imsgen.solver.fewest import fewest
from imsgen.solver.naming import hours_text, moment, typed, worked
from imsgen.solver.repair import Repair
from imsgen.solver.surplus import surplus
from imsgen.solver.trial import Trials

_STEP = 15
"""Minutes that each occurrence of a window becomes longer by, or a multiple of them."""
_LONGER = 24 * 60
"""Minutes it becomes longer by at most."""
_ON_START = frozenset({ConstraintType.SNLT, ConstraintType.MSO})
_BOTH = frozenset({ConstraintType.MSO, ConstraintType.MFO})


class Remedies:
    """Tries edits of one plan."""

    def __init__(self, project: Project, trials: Trials) -> None:
        self.project = project
        self.trials = trials
        self.book = CalendarBook(project)

    def later_date(self, owner: str, constraint: Constraint) -> Repair | None:
        """Return the earliest date found that a constraint can be met by."""
        latest = constraint.latest
        if latest is None:
            return None
        leaves = jobs_of(self.project, owner)
        on_start = constraint.type in _ON_START
        due = latest
        if on_start:
            due = self._calendar(leaves[0]).add(latest, _duration(self.project, owner))
        opened = open_constraint(self.project, owner, constraint, due)
        places = self.trials.schedule(opened, leaves)
        if places is None:
            return None
        ends = [places[id_].start if on_start else places[id_].finish for id_ in leaves]
        at = max(ends)
        if at <= latest:
            return None
        calendar = self._calendar(leaves[ends.index(at)])
        return self._moved(owner, constraint, at, calendar, places)

    def earlier_fixed(self, owner: str, constraint: Constraint) -> Repair | None:
        """Return the latest date found that something fixed may move forward to."""
        if constraint.type not in _BOTH or constraint.earliest is None:
            return None
        places = self.trials.schedule(as_late_as_given(self.project, owner, constraint))
        if places is None:
            return None
        at = places[owner].start if constraint.type in _ON_START else places[owner].finish
        if at >= constraint.earliest:
            return None
        return self._moved(owner, constraint, at, self._calendar(owner), places)

    def _moved(
        self,
        owner: str,
        constraint: Constraint,
        at: int,
        calendar: WorkCalendar,
        places: dict[str, Placement],
    ) -> Repair | None:
        """Return the edit that moves a constraint to an instant, if it works."""
        project = self.project
        given = constraint.latest if constraint.latest is not None else at
        first = constraint.earliest if constraint.earliest is not None else given
        old, new, word = (given, at, "later") if at > given else (at, first, "earlier")
        moved = replace(
            constraint,
            earliest=Instant(at) if constraint.type in _BOTH else constraint.earliest,
            latest=Instant(at),
        )
        apply = partial(with_constraint, owner=owner, old=constraint, new=moved)
        if self.trials.verified(apply(project), places) is None:
            return None
        by = calendar.work_between(old, new)
        shown = worked(project, calendar, by, at) if by else elapsed_text(new - old)
        return Repair(
            by or new - old,
            f"write `constraint: {constraint.type} {typed(project, at)}` for `{owner}`,"
            f" {shown} {word}",
            apply,
        )

    def later_close(self, window: str) -> Repair | None:
        """Return the earliest end found for a window that is open once."""
        project = self.project
        occurrences = project.windows[window].occurrences
        if len(occurrences) != 1 or project.windows[window].repeating:
            return None
        inside = tuple(
            id_
            for id_, activity in project.activities.items()
            if activity.scheduled
            and activity.kind is not Kind.HAMMOCK
            and any(one.window == window for one in activity.within)
        )
        wide = open_window(project, window, inside, project.horizon[1])
        places = self.trials.schedule(wide, inside)
        if places is None:
            return None
        closes, at = occurrences[0][1], max(places[id_].finish for id_ in inside)
        apply = partial(with_close, window=window, until=at)
        if at <= closes or self.trials.verified(apply(project), places) is None:
            return None
        return Repair(
            at - closes,
            f"write `to: {typed(project, at)}` for the window `{window}`,"
            f" {elapsed_text(at - closes)} later",
            apply,
        )

    def longer_each(self, window: str) -> Repair | None:
        """Return how much longer every occurrence of a repeating window has to be."""
        if not self.project.windows[window].repeating:
            return None

        def longer(steps: int) -> Project:
            return with_longer(self.project, window, steps * _STEP)

        steps = fewest(self.trials, longer, _LONGER // _STEP)
        if steps is None:
            return None
        minutes = steps * _STEP
        return Repair(
            minutes,
            f"let every `{window}` close {elapsed_text(minutes)} later",
            partial(with_longer, window=window, minutes=minutes),
        )

    def one_more(self, resource: str) -> Repair | None:
        """Return one more unit of a resource, with the dates it is used in."""
        project = self.project
        changed = with_one_more(project, resource)
        places = self.trials.schedule(changed)
        if places is None:
            return None
        given = project.resources[resource]
        used = surplus(changed, given, places)
        if not used:
            return None
        minutes = sum(finish - start for start, finish in used)
        edit = f"add one unit of `{resource}`"
        if len(given.capacity) == 1 and not given.leave:
            edit = f"write `capacity: {_units(given.capacity[0][1] + FULL)}` for `{resource}`"
        return Repair(
            minutes,
            f"{edit}, in use for {hours_text(minutes)} {self._spans(used)}",
            partial(with_one_more, resource=resource),
        )

    def _spans(self, used: list[tuple[int, int]]) -> str:
        """Return when something is in use: the one stretch, or the first and the last instant."""
        first, last = moment(self.project, used[0][0]), moment(self.project, used[-1][1])
        return f"from {first} to {last}" if len(used) == 1 else f"between {first} and {last}"

    def _calendar(self, id_: str) -> WorkCalendar:
        return self.book.effective(self.project.activities[id_], 0)


def _duration(project: Project, owner: str) -> int:
    """Return the duration of an activity in its first mode; 0 for a group."""
    activity = project.activities.get(owner)
    return 0 if activity is None else activity.modes[0].duration


def _units(units: int) -> str:
    """Return units as a plan writes them: ``2``, ``150%``."""
    return str(units // FULL) if units % FULL == 0 else f"{units}%"
