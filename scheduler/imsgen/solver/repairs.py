"""The cheapest edits that make an impossible plan possible, each tried by solving the plan.

Cost is counted in minutes: a date moved by so much working time of its activity; a window that
opens earlier or closes later by so many elapsed minutes; one more unit of a resource for as long
as the schedule found uses it; a lag shorter or a maximal lag longer by so many minutes as the
plan counts them. What costs the same comes in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from imsgen.calendars import CalendarExhaustedError
from imsgen.diagnostics import Diagnostic
from imsgen.errors import Infeasible
from imsgen.model import Activity, Constraint, Dependency, Group, Instant, Project
from imsgen.solver.clock import Clock
from imsgen.solver.easing import Easing
from imsgen.solver.edits import constraints_above, without_deadlines, without_reason
from imsgen.solver.problem import Problem, compiled, release_of
from imsgen.solver.reason import Explained, Reason
from imsgen.solver.remedies import Remedies
from imsgen.solver.repair import Repair
from imsgen.solver.trial import Trials

MOST = 5
"""How many repairs are told."""
CONFLICTS = 3
"""How many conflicts that have nothing to do with each other are explained."""
_PROBED = 12
"""How many are looked for, to try the repairs of one without the others."""
_PROBING = 0.25
"""What of the trials' budget goes to finding them, and to what the plan needs altogether."""
_NONE = "no single edit of those tried makes the plan possible"
ALONE = "each repair was tried: with it alone the plan has a schedule"
"""Said of repairs when nothing else is in the way."""
_APART = "each repair was tried, as if the other conflicts were mended"
_TOGETHER = (
    "the first repairs of all conflicts were tried together: with them the plan has a schedule"
)
_MORE = "more may be in the way: solve again when these are mended"
_OF_EACH = 6
"""How many dates, windows, resources and links are tried, of each."""


def with_repairs(error: Explained, problem: Problem, clock: Clock) -> Infeasible:
    """Return the explanation with the cheapest repairs, as far as they are found in time.

    Where more than one thing is in the way, each is explained for itself, and its repairs are
    tried with the others out of the way.
    """
    project = problem.project
    clock.show("looking for repairs", None, None, project.start)
    conflicts, complete = _conflicts(error, project, Trials(clock, _PROBING))
    told = conflicts[:CONFLICTS]
    share = (1 - (2 if len(told) > 1 else 1) * _PROBING) / len(told)
    diagnostics: list[Diagnostic] = []
    cheapest: list[Repair | None] = []
    for i, one in enumerate(told):
        plan = project
        for other in conflicts[:i] + conflicts[i + 1 :]:
            plan = without_reason(plan, other.reason)
        trials = Trials(clock, share)
        found = find_repairs(problem if plan is project else compiled(plan), one.reason, trials)
        tried = complete and trials.spent > 0 and not trials.over()
        how = ALONE if len(conflicts) == 1 else _APART
        diagnostics.append(helped(one.diagnostics[0], found, how, tried=tried))
        cheapest.append(found[0] if found else None)
    if len(conflicts) > 1:
        whole = complete and len(told) == len(conflicts)
        together = whole and _possible(project, cheapest, Trials(clock, _PROBING))
        diagnostics = [
            _noted(one, f"conflict {i} of {len(conflicts)}", first=True)
            for i, one in enumerate(diagnostics, start=1)
        ]
        last = _TOGETHER if together else _MORE
        if len(conflicts) > len(told):
            last = (
                f"{len(conflicts) - len(told)} more not shown: solve again when these are mended"
            )
        diagnostics[-1] = _noted(diagnostics[-1], last)
    return Infeasible(diagnostics)


def _conflicts(error: Explained, project: Project, trials: Trials) -> tuple[list[Explained], bool]:
    """Return what a plan fails on, one after the other; False: there may be more."""
    found = [error]
    plan = project
    while True:
        less = without_reason(plan, found[-1].reason)
        if less == plan:
            return found, False
        another = trials.conflict(less)
        if another is None:
            return found, not trials.over()
        if len(found) == _PROBED:
            return found, False
        plan = less
        found.append(another)


def _possible(
    project: Project,
    repairs: Sequence[Repair | None],
    trials: Trials,
) -> bool:
    """Whether a plan with one repair of each conflict has a schedule."""
    for repair in repairs:
        if repair is None:
            return False
        project = repair.apply(project)
    return trials.schedule(without_deadlines(project)) is not None


def helped(
    diagnostic: Diagnostic, found: Sequence[Repair], how: str, *, tried: bool
) -> Diagnostic:
    """Return an explanation with its repairs; ``tried``: whether none was left untried."""
    if not found:
        return _noted(diagnostic, _NONE) if tried else diagnostic
    first, *others = [one.text for one in found]
    return replace(_noted(diagnostic, how), help=first, alternatives=tuple(others))


def _noted(diagnostic: Diagnostic, *notes: str, first: bool = False) -> Diagnostic:
    before, after = (notes, ()) if first else ((), notes)
    return replace(diagnostic, notes=(*before, *diagnostic.notes, *after))


def find_repairs(problem: Problem, reason: Reason, trials: Trials) -> list[Repair]:
    """Return at most :data:`MOST` repairs, the cheapest first."""
    found: list[Repair] = []
    for attempt in _attempts(problem.project, reason, trials):
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
    project: Project, reason: Reason, trials: Trials
) -> Iterator[Callable[[], Repair | None]]:
    """Yield what to try, what is most often wanted first."""
    more, less = Remedies(project, trials), Easing(project, trials)
    bounded = list(constraints_above(project, reason.activities).items())[:_OF_EACH]
    windows = _windows(project, reason.activities)[:_OF_EACH]
    for (owner, _), constraint in bounded:
        yield partial(more.later_date, owner, constraint)
    for window in windows:
        yield partial(more.later_close, window)
    for resource in reason.resources[:_OF_EACH]:
        yield partial(more.one_more, resource)
    for link in reason.links[:_OF_EACH]:
        yield partial(less.longer_max_lag, link)
    for link in _lags(project, reason.chain)[:_OF_EACH]:
        yield partial(less.shorter_lag, link)
    for owner, floor in _floors(project, reason.chain)[:_OF_EACH]:
        yield partial(less.earlier_start, owner, floor)
    for (owner, _), constraint in bounded:
        yield partial(more.earlier_fixed, owner, constraint)
    for window in _windows(project, tuple(reversed(reason.chain)))[:_OF_EACH]:
        yield partial(less.earlier_open, window)
    for window in windows:
        yield partial(more.longer_each, window)
    forbidden = dict.fromkeys(
        window for id_ in reversed(reason.chain) for window in project.activities[id_].forbidden
    )
    for window in list(forbidden)[:_OF_EACH]:
        yield partial(less.earlier_end, window)
    for resource, leave in _leaves(project, reason.chain)[:_OF_EACH]:
        yield partial(less.shorter_leave, resource, leave)


def _windows(project: Project, ids: Sequence[str]) -> list[str]:
    """Return the windows that activities lie in."""
    windows = (within.window for id_ in ids for within in project.activities[id_].within)
    return list(dict.fromkeys(windows))


def _floors(project: Project, chain: Sequence[str]) -> list[tuple[str, Constraint]]:
    """Return the lower bounds that may keep a chain from starting earlier, and whose they are."""
    found: dict[tuple[str, Constraint], None] = {}
    for id_ in reversed(chain):
        owners: list[Activity | Group] = [project.activities[id_], *project.ancestors(id_)]
        for owner in owners:
            for constraint in owner.constraints:
                if constraint.earliest is not None and constraint.latest is None:
                    found[owner.id, constraint] = None
    return list(found)


def _leaves(project: Project, chain: Sequence[str]) -> list[tuple[str, tuple[Instant, Instant]]]:
    """Return the absences of those a chain needs."""
    first = release_of(project)
    needs = dict.fromkeys(
        need.resource
        for id_ in reversed(chain)
        for mode in project.activities[id_].modes
        for need in mode.needs
    )
    return [
        (resource, leave)
        for resource in needs
        for leave in project.resources[resource].leave
        if leave[1] > first
    ]


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
