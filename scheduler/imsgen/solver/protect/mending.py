"""Edits that make gates safe, each tried by solving the plan with it, and how much is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from imsgen.calendars import CalendarExhaustedError
from imsgen.diagnostics import Diagnostic
from imsgen.errors import Infeasible, Interrupted, NoSolution
from imsgen.model import DAY, FULL, Activity, Group, Instant, Placement, Project, Undo
from imsgen.network import UnplaceableError, early_dates
from imsgen.schedule.views import elapsed_text
from imsgen.solver.clock import Clock
from imsgen.solver.easing import Easing
from imsgen.solver.edits import (
    holder_of,
    with_close,
    with_longer,
    with_one_more,
    with_owner,
    without_deadlines,
)
from imsgen.solver.fewest import fewest
from imsgen.solver.naming import hours_text, moment, typed
from imsgen.solver.problem import compiled
from imsgen.solver.protect.guards import Guard, guards_of
from imsgen.solver.protect.judge import Judge, Judged
from imsgen.solver.protect.sure import latest_sure
from imsgen.solver.protect.values import by_id
from imsgen.solver.remedies import Remedies
from imsgen.solver.repair import Repair
from imsgen.solver.repairs import ALONE, MOST, helped
from imsgen.solver.surplus import surplus
from imsgen.solver.trial import Trials

_FIRST = 15
"""Minutes it is made longer by at first, where nothing is known."""
_LONGEST = 28 * DAY
"""Minutes a window is made longer by at most."""
_OF_EACH = 4
"""How many resources, undos and dates are tried, of each."""
_ONE = 0.6
"""Units one trial may take."""


@dataclass(frozen=True, slots=True)
class Short:
    """By how many minutes windows are too short, and the schedule that fits when they are not."""

    minutes: int
    project: Project
    judged: tuple[Judged, ...]
    ends: dict[str, Instant]
    """By gate: when the way back from it ends there."""


@dataclass(frozen=True, slots=True)
class _Safe:
    """A safe schedule of an edited plan."""

    project: Project
    places: dict[str, Placement]
    judge: Judge
    judged: tuple[Judged, ...]


class SafeTrials(Trials):
    """Solves changed plans in which some gates must be safe, within the budget of trials."""

    def __init__(self, clock: Clock, gates: Sequence[str], share: float = 1.0) -> None:
        super().__init__(clock, share)
        self.gates = tuple(gates)
        self.proved_impossible = False
        """Whether the last plan was proved to have no such schedule."""

    def safe(self, project: Project, *, best: bool = False) -> _Safe | None:
        """Return a safe schedule; None: none found.

        Parameters
        ----------
        best
            Look for the best one, with the largest margin, not just for any.
        """
        self.proved_impossible = False
        if self.over():
            return None
        from imsgen.solver.protect.course import Protected

        problem = compiled(without_deadlines(project))
        guards = [guard for guard in guards_of(problem) if guard.gate in self.gates]
        effort = min(_ONE, self._effort - self.spent)
        settings = replace(
            self._settings(effort), levels=2 if best else 1, gap=0.0 if best else 1.0
        )
        clock = Clock(settings, self._quiet)
        search = Protected(problem, guards, clock)
        try:
            found = search.run(None)
        except Infeasible:
            self.proved_impossible = True
            return None
        except (NoSolution, Interrupted, UnplaceableError, CalendarExhaustedError):
            return None
        finally:
            self.spent += max(clock.spent, 0.01)
        judged = search.judge.judged(found.places)
        return _Safe(project, by_id(problem, found.places), search.judge, judged)

    def schedule(self, project: Project, due: tuple[str, ...] = ()) -> dict[str, Placement] | None:
        """Return dates of a safe schedule; ``due`` is of no account."""
        found = self.safe(project)
        return None if found is None else found.places

    def keeps(self, project: Project, places: Mapping[str, Placement]) -> bool:
        """Whether dates are known to be safe: they are looked for anew."""
        return False


class Mender:
    """Finds how much is missing for some gates to be safe, and what helps."""

    def __init__(self, judge: Judge, guards: Sequence[Guard], share: float = 1.0) -> None:
        self.judge = judge
        self.project = judge.problem.project
        self.guards = tuple(guards)
        gates = [guard.gate for guard in guards]
        self.trials = SafeTrials(judge.ways.clock, gates, share)
        self._short: Short | None = None
        self._notes: list[str] = []

    def impossible(self) -> bool:
        """Whether it is proved that these gates cannot be safe, whatever the others are."""
        return self.trials.safe(self.project) is None and self.trials.proved_impossible

    # -- how much is missing -----------------------------------------------------------------

    def short(self) -> Short | None:
        """Return the fewest minutes found that windows must close later by."""
        low, best = 0, None
        guess = max(1, self._at_least())
        while best is None and low < _LONGEST and not self.trials.over():
            best = self._with(min(guess, _LONGEST))
            if best is None:
                low, guess = guess, max(_FIRST, 4 * guess)
        while best is not None and low + 1 < best.minutes and not self.trials.over():
            middle = (low + best.minutes) // 2
            found = self._with(middle)
            if found is None:
                low = middle
            else:
                best = found
        self._short = best
        return best

    def _at_least(self) -> int:
        """Return minutes that are missing however the work is ordered."""
        problem, judge = self.judge.problem, self.judge
        early = early_dates(problem.graph, problem.book)
        found = 0
        for guard in self.guards:
            latest = None if judge.tangled else latest_sure(judge, guard)
            if latest is not None:
                found = max(found, early[guard.gate].finish - latest)
        return found

    def longer(self, minutes: int) -> Project:
        """Return the plan with the windows of the gates closing later."""
        project = self.project
        for window in dict.fromkeys(guard.window for guard in self.guards):
            if project.windows[window].repeating or len(project.windows[window].occurrences) > 1:
                project = with_longer(project, window, minutes)
            else:
                closes = project.windows[window].occurrences[0][1]
                project = with_close(project, window, Instant(closes + minutes))
        return project

    def _with(self, minutes: int) -> Short | None:
        """Return a schedule that is safe in longer windows, and how much longer it needs them."""
        found = self.trials.safe(self.longer(minutes))
        if found is None:
            return None
        needed = max(1, self._needed(found, minutes))
        return Short(min(minutes, needed), self.project, found.judged, _ends(found))

    def _needed(self, found: _Safe, minutes: int) -> int:
        """Return how much longer than they are a schedule in longer windows needs them."""
        ends, windows = _ends(found), self.project.windows
        lacking = [ends[one.guard.gate] - (one.ends - minutes) for one in found.judged]
        for window in dict.fromkeys(guard.window for guard in self.guards):
            spans = windows[window].occurrences
            if len(spans) > 1:
                return minutes
            lacking += [
                place.finish - spans[0][1]
                for id_, place in found.places.items()
                if any(one.window == window for one in self.project.activities[id_].within)
            ]
        return max(lacking, default=minutes)

    # -- what helps --------------------------------------------------------------------------

    def told(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return an explanation with the repairs that work, the cheapest first.

        What of a resource would help, but not enough by itself, is noted.
        """
        found = [one for one in (self._window(),) if one is not None]
        for attempt in self._attempts():
            if self.trials.over():
                break
            try:
                repair = attempt()
            except CalendarExhaustedError:
                continue
            if repair is not None:
                found.append(repair)
        tried = not self.trials.over()
        cheapest = sorted(found, key=lambda one: one.cost)[:MOST]
        noted = replace(diagnostic, notes=(*diagnostic.notes, *self._notes))
        return helped(noted, cheapest, ALONE, tried=tried)

    def _attempts(self) -> Iterator[Callable[[], Repair | None]]:
        judged = self._judged()
        for resource in self._resources(judged)[:_OF_EACH]:
            yield partial(self._one_more, resource)
        for guard in self.guards:
            owners = [guard.gate, *(group.id for group in self.project.ancestors(guard.gate))]
            for owner in owners:
                for constraint in holder_of(self.project, owner).constraints:
                    if constraint.earliest is None:
                        continue
                    if constraint.latest is None:
                        easing = Easing(self.project, self.trials)
                        yield partial(easing.earlier_start, owner, constraint)
                    else:
                        more = Remedies(self.project, self.trials)
                        yield partial(more.earlier_fixed, owner, constraint)
        for unit in self._undos(judged)[:_OF_EACH]:
            yield partial(self._shorter_undo, unit)

    def _window(self) -> Repair | None:
        short = self._short
        if short is None or len(dict.fromkeys(guard.window for guard in self.guards)) > 1:
            return None
        window = self.guards[0].window
        occurrences = self.project.windows[window].occurrences
        by = elapsed_text(short.minutes)
        text = f"let every `{window}` close {by} later"
        if len(occurrences) == 1:
            at = typed(self.project, occurrences[0][1] + short.minutes)
            text = f"write `to: {at}` for the window `{window}`, {by} later"
        return Repair(short.minutes, text, lambda _plan: self.longer(short.minutes))

    def _one_more(self, resource: str) -> Repair | None:
        """Return one more unit of a resource, when it is used and how much time that gives.

        How much is seen in windows that are just long enough without it.
        """
        short = self._short
        if short is None:
            return None
        gained = self.trials.safe(with_one_more(self.longer(short.minutes), resource), best=True)
        gain = 0 if gained is None else min(one.margin or 0 for one in gained.judged)
        if gained is None or gain == 0:
            return None
        enough = self._needed(gained, short.minutes) <= 0
        used = self._used(resource, gained)
        if not used:
            return None
        since, until = used[0][0], max(finish for _, finish in used)
        first, last = moment(self.project, since), moment(self.project, until)
        when = f"from {first} to {last}" if len(used) == 1 else f"between {first} and {last}"
        if not enough:
            if gain < short.minutes:
                self._notes.append(
                    f"one more unit of `{resource}` {when} gives {elapsed_text(gain)} of it"
                )
            return None
        given = self.project.resources[resource]
        edit = f"add one unit of `{resource}`"
        if len(given.capacity) == 1 and not given.leave:
            edit = f"write `capacity: {_units(given.capacity[0][1] + FULL)}` for `{resource}`"
        return Repair(
            sum(finish - start for start, finish in used),
            f"{edit}, in use {when}: gives {elapsed_text(gain)}",
            partial(with_one_more, resource=resource),
        )

    def _used(self, resource: str, found: _Safe) -> list[tuple[int, int]]:
        """Return when more of a resource is in use than there is: by the plan, or going back."""
        given = self.project.resources[resource]
        used = surplus(found.project, given, found.places)
        for one in found.judged:
            back = found.judge.ways.schedule(one.guard, one.begun, found.places, one.decided)
            used += surplus(back[0], given, back[1])
        return sorted(used)

    def _shorter_undo(self, unit: str) -> Repair | None:
        """Return how much less undoing an activity or group may take."""
        undo = holder_of(self.project, unit).undo
        if undo is None:
            return None
        step = 5 if undo.duration % 5 == 0 else 1

        def less(steps: int) -> Project:
            shorter = replace(undo, duration=undo.duration - steps * step)
            return with_owner(self.project, replace(holder_of(self.project, unit), undo=shorter))

        steps = fewest(self.trials, less, undo.duration // step)
        if steps is None:
            return None
        by, left = steps * step, undo.duration - steps * step
        return Repair(
            by,
            f"write `undo: {hours_text(left).replace(' ', '')}` for `{unit}`,"
            f" {elapsed_text(by)} less",
            lambda _plan: less(steps),
        )

    # -- where to look -----------------------------------------------------------------------

    def _judged(self) -> tuple[Judged, ...]:
        return () if self._short is None else self._short.judged

    def _resources(self, judged: Sequence[Judged]) -> list[str]:
        """Return who undoes what has begun, those with the most to do first, then who does it."""
        load: dict[str, int] = {}
        for one in judged:
            for id_ in one.begun:
                activity = self.project.activities[id_]
                undo, mode = activity.undo, activity.modes[0]
                for need in mode.needs if undo is None or undo.needs is None else undo.needs:
                    minutes = _minutes(undo) * need.units
                    load[need.resource] = load.get(need.resource, 0) + minutes
                for need in mode.needs:
                    load.setdefault(need.resource, 0)
        return sorted(load, key=lambda id_: -load[id_])

    def _undos(self, judged: Sequence[Judged]) -> list[str]:
        """Return what is undone, the longest first."""
        found: dict[str, int] = {}
        for one in judged:
            for id_ in one.begun:
                own = self.project.activities[id_]
                owners: list[Activity | Group] = [own, *self.project.ancestors(id_)]
                undone = [owner for owner in owners if owner.undo is not None][-1:]
                found.update((owner.id, _minutes(owner.undo)) for owner in undone)
        return sorted((id_ for id_ in found if found[id_]), key=lambda id_: -found[id_])


def _ends(found: _Safe) -> dict[str, Instant]:
    """Return when the way back from each gate ends, by gate."""
    ends = {}
    for one in found.judged:
        back = found.judge.ways.finish(one.guard, one.begun, found.places, one.decided)
        ends[one.guard.gate] = Instant(one.ends if back is None else back)
    return ends


def _minutes(undo: Undo | None) -> int:
    return 0 if undo is None else undo.duration + undo.verify


def _units(units: int) -> str:
    """Return units as a plan writes them: ``2``, ``150%``."""
    return str(units // FULL) if units % FULL == 0 else f"{units}%"
