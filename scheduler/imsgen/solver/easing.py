"""Edits that ask for less: an earlier start, a window that opens earlier, a lag or maximal lag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from imsgen.calendars import CalendarBook, WorkCalendar
from imsgen.calendars.zones import local_to_instant
from imsgen.model import ALWAYS, DAY, Constraint, Dependency, Instant, Placement, Project
from imsgen.network.bounds import FROM_FINISH, TO_FINISH
from imsgen.schedule.views import elapsed_text, local_time, work_text
from imsgen.solver.edits import (
    drawn_together,
    jobs_of,
    with_close,
    with_constraint,
    with_leave,
    with_link,
    with_open,
)
from imsgen.solver.fewest import fewest
from imsgen.solver.naming import day_text, typed, typed_end, worked, written_floor
from imsgen.solver.problem import release_of
from imsgen.solver.repair import Repair
from imsgen.solver.trial import Trials

Span = tuple[Instant, Instant]
"""``[first, last)``."""
_STEP = 15
"""Minutes a date or lag is changed by, when it is a multiple of them."""


class Easing:
    """Tries edits of one plan."""

    def __init__(self, project: Project, trials: Trials) -> None:
        self.project = project
        self.trials = trials
        self.book = CalendarBook(project)

    def earlier_start(self, owner: str, constraint: Constraint) -> Repair | None:
        """Return the latest date found that may be the lower bound instead of a later one."""
        project, given = self.project, constraint.earliest
        written = written_floor(project, owner, constraint)
        if given is None or constraint.latest is not None or written is None:
            return None
        step = _STEP if given % _STEP == 0 else 1

        def before(steps: int) -> Constraint:
            return replace(constraint, earliest=Instant(given - steps * step))

        def earlier(steps: int) -> Project:
            return with_constraint(project, owner, constraint, before(steps))

        steps = fewest(self.trials, earlier, (given - release_of(project)) // step)
        if steps is None:
            return None
        at = given - steps * step
        leaves = jobs_of(project, owner)
        calendar = self.book.effective(project.activities[leaves[0]], 0)
        by = calendar.work_between(at, given)
        shown = worked(project, calendar, by, at) if by else elapsed_text(given - at)
        return Repair(
            by or given - at,
            f"write `{written} {typed(project, at)}` for `{owner}`, {shown} earlier",
            partial(with_constraint, owner=owner, old=constraint, new=before(steps)),
        )

    def earlier_open(self, window: str) -> Repair | None:
        """Return the latest opening found for a window that is open once."""
        project = self.project
        occurrences = project.windows[window].occurrences
        if len(occurrences) != 1 or project.windows[window].repeating:
            return None
        opens = occurrences[0][0]
        step = _STEP if opens % _STEP == 0 else 1

        def earlier(steps: int) -> Project:
            return with_open(project, window, Instant(opens - steps * step))

        steps = fewest(self.trials, earlier, (opens - release_of(project)) // step)
        if steps is None:
            return None
        at = Instant(opens - steps * step)
        return Repair(
            opens - at,
            f"write `from: {typed(project, at)}` for the window `{window}`,"
            f" {elapsed_text(opens - at)} earlier",
            partial(with_open, window=window, since=at),
        )

    def earlier_end(self, window: str) -> Repair | None:
        """Return the latest end found of a window that keeps work out and is there once."""
        project = self.project
        occurrences = project.windows[window].occurrences
        if len(occurrences) != 1 or project.windows[window].repeating:
            return None
        opens, closes = occurrences[0]
        step = _STEP if closes % _STEP == 0 else 1

        def earlier(steps: int) -> Project:
            return with_close(project, window, Instant(closes - steps * step))

        steps = fewest(self.trials, earlier, (closes - opens - 1) // step)
        if steps is None:
            return None
        at = Instant(closes - steps * step)
        return Repair(
            closes - at,
            f"write `to: {typed_end(project, at)}` for the window `{window}`,"
            f" {elapsed_text(closes - at)} earlier",
            partial(with_close, window=window, until=at),
        )

    def shorter_leave(self, resource: str, leave: Span) -> Repair | None:
        """Return by when somebody has to be back from leave, to a day."""
        project = self.project
        zone = ZoneInfo(project.timezone)
        first, last = (local_time(instant, project.timezone) for instant in leave)
        days = (last.date() - first.date()).days

        def back(steps: int) -> Instant:
            return local_to_instant(last.date() - timedelta(days=steps), 0, zone)

        def shorter(steps: int) -> Project:
            return with_leave(project, resource, leave, back(steps))

        steps = fewest(self.trials, shorter, days)
        if steps is None:
            return None
        at = back(steps)
        return Repair(
            leave[1] - at,
            f"let `{resource}` be back on {day_text(project, at)},"
            f" {elapsed_text(leave[1] - at)} earlier",
            partial(with_leave, resource=resource, leave=leave, until=at),
        )

    def shorter_lag(self, link: Dependency) -> Repair | None:
        """Return the longest lag found that works in place of a longer one."""
        step = _STEP if link.lag % _STEP == 0 else 1

        def less(steps: int) -> Project:
            return with_link(self.project, link, replace(link, lag=link.lag - steps * step))

        steps = fewest(self.trials, less, link.lag // step)
        if steps is None:
            return None
        lag = link.lag - steps * step
        edit = f"write `lag: {_lag(self.project, link, lag)}`" if lag else "drop the lag"
        by = _lag(self.project, link, steps * step)
        return Repair(
            steps * step,
            f"{edit} from `{link.predecessor}` to `{link.successor}`, {by} less",
            partial(with_link, old=link, new=replace(link, lag=lag)),
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
            wanted = replace(link, max_lag=given + more * step)
            apply = partial(with_link, old=link, new=wanted)
            if more > 0 and self.trials.keeps(apply(self.project), places):
                return Repair(
                    more * step,
                    f"write `max_lag: {_lag(self.project, link, given + more * step)}`"
                    f" from `{link.predecessor}` to `{link.successor}`,"
                    f" {_lag(self.project, link, more * step)} more",
                    apply,
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

    def _calendar(self, owner: str) -> WorkCalendar:
        return self.book.effective(self.project.activities[jobs_of(self.project, owner)[0]], 0)


def _lag(project: Project, link: Dependency, minutes: int) -> str:
    """Return a lag as a plan writes it on the link's calendar: ``1d4h``, ``36eh``."""
    if link.lag_calendar == ALWAYS:
        for unit, length in (("ed", DAY), ("eh", 60)):
            if minutes % length == 0:
                return f"{minutes // length}{unit}"
        return f"{minutes}em"
    return work_text(minutes, project.day).replace(" ", "")
