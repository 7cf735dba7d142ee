"""Each kind of edit that can make an impossible plan possible, made as small as found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from imsgen.calendars import CalendarBook, WorkCalendar
from imsgen.model import (
    ALWAYS,
    DAY,
    FULL,
    Constraint,
    ConstraintType,
    Dependency,
    Kind,
    Placement,
    Project,
)
from imsgen.network.bounds import FROM_FINISH, TO_FINISH
from imsgen.schedule.views import elapsed_text, work_text
from imsgen.solver.edits import (
    drawn_together,
    jobs_of,
    open_constraint,
    open_window,
    with_close,
    with_constraint,
    with_link,
    with_one_more,
)
from imsgen.solver.naming import moment, typed
from imsgen.solver.surplus import surplus
from imsgen.solver.trial import Trials

_STEP = 15
"""Minutes a lag is changed by, when it is a multiple of them."""
_SOLVES = 6
"""How often a plan is solved to make the change of a lag smaller."""
_ON_START = frozenset({ConstraintType.SNLT, ConstraintType.MSO})
_BOTH = frozenset({ConstraintType.MSO, ConstraintType.MFO})


@dataclass(frozen=True, slots=True)
class Repair:
    """One edit that works."""

    cost: int
    """Minutes, see :mod:`imsgen.solver.repairs`."""
    edit: str
    """What to write, in the plan's words."""
    effect: str
    """Whose it is, and by how much it changes."""


class Remedies:
    """Tries edits of one plan."""

    def __init__(self, project: Project, trials: Trials) -> None:
        self.project = project
        self.trials = trials
        self.book = CalendarBook(project)

    def later_date(self, owner: str, constraint: Constraint) -> Repair | None:
        """Return the earliest date found that a constraint can be met by."""
        project, latest = self.project, constraint.latest
        if latest is None:
            return None
        holder = project.groups.get(owner) or project.activities[owner]
        leaves = jobs_of(project, owner)
        on_start = constraint.type in _ON_START
        due = latest
        if on_start:
            due = self._calendar(owner).add(latest, holder_duration(project, owner))
        places = self.trials.schedule(open_constraint(project, holder, constraint, due), leaves)
        if places is None:
            return None
        ends = [places[id_].start if on_start else places[id_].finish for id_ in leaves]
        at = max(ends)
        if at <= latest:
            return None
        earliest = at if constraint.type in _BOTH else constraint.earliest
        later = replace(constraint, earliest=earliest, latest=at)
        changed = with_constraint(project, holder, constraint, later)
        if self.trials.verified(changed, places) is None:
            return None
        late = self._calendar(leaves[ends.index(at)]).work_between(latest, at)
        shown = work_text(late, project.day) if late else elapsed_text(at - latest)
        return Repair(
            late or at - latest,
            f"`constraint: {constraint.type} {typed(project, at)}`",
            f"for `{owner}`, {shown} later",
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
        if at <= closes or self.trials.verified(with_close(project, window, at), places) is None:
            return None
        return Repair(
            at - closes,
            f"`to: {typed(project, at)}`",
            f"for the window `{window}`, {elapsed_text(at - closes)} later",
        )

    def one_more(self, resource: str) -> Repair | None:
        """Return one more unit of a resource, with the dates it is used in."""
        project = self.project
        changed = with_one_more(project, resource)
        places = self.trials.schedule(changed)
        if places is None:
            return None
        used = surplus(changed, project.resources[resource], places)
        if not used:
            return None
        minutes = sum(finish - start for start, finish in used)
        span = f"{moment(project, used[0][0])} to {moment(project, used[-1][1])}"
        capacity = project.resources[resource].capacity
        edit = f"one more unit of `{resource}`"
        if len(capacity) == 1 and not project.resources[resource].leave:
            edit = f"`capacity: {_units(capacity[0][1] + FULL)}`"
        return Repair(
            minutes,
            edit,
            f"for `{resource}`, used for {work_text(minutes, project.day)} from {span}",
        )

    def shorter_lag(self, link: Dependency) -> Repair | None:
        """Return the longest lag found that works in place of a longer one."""
        step = _STEP if link.lag % _STEP == 0 else 1

        def less(steps: int) -> Project:
            return with_link(self.project, link, replace(link, lag=link.lag - steps * step))

        steps = self._fewest(less, link.lag // step)
        if steps is None:
            return None
        lag = link.lag - steps * step
        edit = f"`lag: {_duration(self.project, link, lag)}`" if lag else "no lag"
        by = _duration(self.project, link, steps * step)
        return Repair(
            steps * step, edit, f"from `{link.predecessor}` to `{link.successor}`, {by} less"
        )

    def longer_max_lag(self, link: Dependency) -> Repair | None:
        """Return the shortest maximal lag found that works in place of a shorter one."""
        given = link.max_lag
        if given is None:
            return None
        free = with_link(self.project, link, replace(link, max_lag=None))
        after = jobs_of(self.project, link.successor)
        places = self.trials.schedule(drawn_together(free, link), after)
        if places is None:
            return None
        step = _STEP if given % _STEP == 0 else 1
        steps = -(-(self._apart(link, places) - given) // step)
        for more in (steps, steps + 1):
            wanted = given + more * step
            changed = with_link(self.project, link, replace(link, max_lag=wanted))
            if more > 0 and self.trials.keeps(changed, places):
                return Repair(
                    more * step,
                    f"`max_lag: {_duration(self.project, link, wanted)}`",
                    f"from `{link.predecessor}` to `{link.successor}`,"
                    f" {_duration(self.project, link, more * step)} more",
                )
        return None

    def _apart(self, link: Dependency, places: Mapping[str, Placement]) -> int:
        """Return how long after its predecessor a schedule has the successor of a link."""
        before = [places[id_] for id_ in jobs_of(self.project, link.predecessor)]
        event = min(place.start for place in before)
        if link.type in FROM_FINISH:
            event = max(place.finish for place in before)
        longest = 0
        for id_ in jobs_of(self.project, link.successor):
            calendar = self._calendar(id_)
            if link.lag_calendar == "predecessor":
                calendar = self._calendar(link.predecessor)
            elif link.lag_calendar != "successor":
                calendar = self.book.calendar(link.lag_calendar)
            end = places[id_].finish if link.type in TO_FINISH else places[id_].start
            longest = max(longest, calendar.work_between(event, end))
        return longest

    # -- smallest ----------------------------------------------------------------------------

    def _fewest(self, changed: Callable[[int], Project], most: int) -> int | None:
        """Return how many steps of a change suffice; None: not even ``most`` were found to.

        Dates alone are asked first, they answer at once; then the plan is solved.
        """
        if most < 1 or not self.trials.possible(changed(most)):
            return None
        low, high = 1, most
        while low < high and not self.trials.over():
            middle = (low + high) // 2
            if self.trials.possible(changed(middle)):
                high = middle
            else:
                low = middle + 1
        if self.trials.schedule(changed(low)) is not None:
            return low
        if low == most or self.trials.schedule(changed(most)) is None:
            return None
        low, high = low + 1, most
        for _ in range(_SOLVES):
            if low >= high or self.trials.over():
                break
            middle = (low + high) // 2
            if self.trials.schedule(changed(middle)) is not None:
                high = middle
            else:
                low = middle + 1
        return high

    def _calendar(self, owner: str) -> WorkCalendar:
        return self.book.effective(self.project.activities[jobs_of(self.project, owner)[0]], 0)


def holder_duration(project: Project, owner: str) -> int:
    """Return the duration of an activity in its first mode; 0 for a group."""
    activity = project.activities.get(owner)
    return 0 if activity is None else activity.modes[0].duration


def _duration(project: Project, link: Dependency, minutes: int) -> str:
    """Return a lag as a plan writes it on the link's calendar: ``1d4h``, ``36eh``."""
    if link.lag_calendar == ALWAYS:
        for unit, length in (("ed", DAY), ("eh", 60)):
            if minutes % length == 0:
                return f"{minutes // length}{unit}"
        return f"{minutes}em"
    return work_text(minutes, project.day).replace(" ", "")


def _units(units: int) -> str:
    """Return units as a plan writes them: ``2``, ``150%``."""
    return str(units // FULL) if units % FULL == 0 else f"{units}%"
