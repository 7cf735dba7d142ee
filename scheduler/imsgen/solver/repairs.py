"""The cheapest edits that make an impossible plan possible, each tried by solving the plan.

Cost is counted in minutes: a date later by so much working time of its activity; a window that
closes so many elapsed minutes later; one more unit of a resource for as long as the schedule
found uses it; a lag shorter or a maximal lag longer by so many minutes as the plan counts them.
What costs the same comes in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from imsgen.calendars import CalendarExhaustedError
from imsgen.errors import Infeasible
from imsgen.model import Dependency, Project
from imsgen.solver.clock import Clock
from imsgen.solver.edits import constraints_above
from imsgen.solver.problem import Problem
from imsgen.solver.reason import Explained, Reason
from imsgen.solver.remedies import Remedies, Repair
from imsgen.solver.trial import Trials

MOST = 5
"""How many repairs are told."""
_NONE = (
    "no single edit of those tried makes the plan possible: perhaps more than one thing is in the"
    " way"
)
_OF_EACH = 6
"""How many dates, windows, resources and links are tried, of each."""


def with_repairs(error: Explained, problem: Problem, clock: Clock) -> Infeasible:
    """Return the explanation with the cheapest repairs, as far as they are found in time."""
    first, *others = error.diagnostics
    trials = Trials(clock)
    found = find_repairs(problem, error.reason, trials)
    if not found:
        if not trials.spent or trials.over():
            return Infeasible(error.diagnostics)
        return Infeasible([replace(first, notes=(*first.notes, _NONE)), *others])
    notes = tuple(
        f"repair {i}, tried: {one.edit} {one.effect}" for i, one in enumerate(found, start=1)
    )
    text = f"write {found[0].edit} {found[0].effect}"
    if len(found) > 1:
        text += "; or another of the repairs above"
    return Infeasible([replace(first, notes=(*first.notes, *notes), help=text), *others])


def find_repairs(problem: Problem, reason: Reason, trials: Trials) -> list[Repair]:
    """Return at most :data:`MOST` repairs, the cheapest first."""
    trials.clock.show("looking for repairs", None, None, problem.project.start)
    found: list[Repair] = []
    for attempt in _attempts(problem.project, reason, Remedies(problem.project, trials)):
        if trials.over():
            break
        try:
            repair = attempt()
        except CalendarExhaustedError:
            continue  # it would take longer than the calendars are known
        if repair is not None:
            found.append(repair)
    return sorted(found, key=lambda one: one.cost)[:MOST]


def _attempts(
    project: Project, reason: Reason, remedies: Remedies
) -> Iterator[Callable[[], Repair | None]]:
    """Yield what to try."""
    bounded = constraints_above(project, reason.activities)
    for (owner, _), constraint in list(bounded.items())[:_OF_EACH]:
        yield partial(remedies.later_date, owner, constraint)
    windows = dict.fromkeys(
        within.window for id_ in reason.activities for within in project.activities[id_].within
    )
    for window in list(windows)[:_OF_EACH]:
        yield partial(remedies.later_close, window)
    for resource in reason.resources[:_OF_EACH]:
        yield partial(remedies.one_more, resource)
    for link in reason.links[:_OF_EACH]:
        yield partial(remedies.longer_max_lag, link)
    for link in _lags(project, reason.chain)[:_OF_EACH]:
        yield partial(remedies.shorter_lag, link)


def _lags(project: Project, chain: Sequence[str]) -> list[Dependency]:
    """Return the links with a lag that a chain runs over, the last first."""
    steps = set(pairwise(chain))
    found = []
    for link in project.dependencies:
        if link.lag > 0 and any(
            (before, after) in steps
            for before in project.leaves(link.predecessor)
            for after in project.leaves(link.successor)
        ):
            found.append(link)
    return sorted(found, key=lambda link: -_position(project, chain, link))


def _position(project: Project, chain: Sequence[str], link: Dependency) -> int:
    inside = project.leaves(link.successor)
    return max((i for i, id_ in enumerate(chain) if id_ in inside), default=0)
