"""Fewer dates that already conflict: what of a large plan is worth explaining.

First the dates up to some instant, as few as conflict; then those among them that are not needed
are left out, many at once and then fewer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, TypeVar

from imsgen.model import Placement, Project
from imsgen.network import UnplaceableError, early_dates
from imsgen.solver.asking import Question, ask, question_of
from imsgen.solver.clock import PLACES_PER_UNIT, Clock, Quiet
from imsgen.solver.edits import bounded_only, plentiful
from imsgen.solver.improve import rules
from imsgen.solver.latest import Latest
from imsgen.solver.problem import Problem, compile_problem
from imsgen.solver.serial import Failure, Guidance, Serial
from imsgen.solver.settings import Settings
from imsgen.solver.tight import part_of, tight_seeds, upper_of

One = TypeVar("One")
_EFFORT = 4.0
"""Units that narrowing may take."""
_SECONDS = 12.0
"""Wall-clock safety net of it."""
_RULES = 2
"""How many rules place a part before the exact model is asked."""
_REPAIRS = 4
"""How often one of them moves what is in the way."""
_OF_DATES = 0.6
"""What of it may go to dates; the rest is for resources."""
_ONE = 0.2
"""Units one question may take."""
_JOBS_PER_UNIT = 10_000
"""Jobs whose model takes about one unit to write."""


class Narrowed(NamedTuple):
    """What of a part conflicts already, and the resources that are scarce in it."""

    part: Problem
    ids: list[str]
    """What is to be done in it, with all it waits for: by some date, where it has one."""
    scarce: list[str]
    complete: bool
    """Whether it is proved that nothing of it can be left out."""


def narrowed(part: Problem, clock: Clock) -> Narrowed:
    """Return a part with fewer dates and scarce resources that has no schedule either."""
    asking = _Asking(clock)
    early = early_dates(part.graph, part.book)

    def until(number: int) -> tuple[int, int]:
        job = part.jobs[number]
        return upper_of(job) or early[job.id].finish, number

    dated = tight_seeds(part) or range(len(part.jobs))
    seeds = sorted(dict.fromkeys(dated), key=until)
    low, high = 1, len(seeds)
    while low < high and not asking.over(_OF_DATES):
        middle = (low + high) // 2
        if asking.impossible(with_dates(part, seeds[:middle])):
            high = middle
        else:
            low = middle + 1
    last = seeds[high - 1 : high]
    kept = needed(
        seeds[: high - 1],
        lambda some: asking.impossible(with_dates(part, [*some, *last])),
        lambda: asking.over(_OF_DATES),
    )
    fewer = with_dates(part, [*kept, *last])
    used = {id_ for job in fewer.jobs for way in job.ways for id_, _ in way.needs}
    scarce = needed(
        [id_ for id_ in part.project.resources if id_ in used],
        lambda some: asking.impossible(_with_scarce(fewer, some)),
        asking.over,
    )
    ids = [part.jobs[number].id for number in [*kept, *last]]
    complete = not asking.open and not asking.over()
    clock.spent += asking.clock.spent
    return Narrowed(_with_scarce(fewer, scarce), ids, scarce, complete)


def needed(
    of: Sequence[One], still: Callable[[list[One]], bool], over: Callable[[], bool]
) -> list[One]:
    """Return as few as found of which something is still true, as it is of all.

    Many are left out at once, then fewer; where it is ``over`` what is left stays.
    """
    kept = list(of)
    size = len(kept)
    while size > 0 and not over():
        begin = 0
        while begin < len(kept) and not over():
            fewer = [*kept[:begin], *kept[begin + size :]]
            if still(fewer):
                kept = fewer
            else:
                begin += size
        size = min(size // 2, len(kept))
    return kept


def with_dates(part: Problem, kept: Sequence[int]) -> Problem:
    """Return a part in which only some dates hold, and what they wait for."""
    ids = [part.jobs[number].id for number in kept]
    whole = _changed(part, bounded_only(part.project, ids))
    return part_of(whole, [whole.number[id_] for id_ in ids])


def _with_scarce(part: Problem, kept: Sequence[str]) -> Problem:
    """Return a part in which there is enough of all resources but some."""
    return _changed(part, plentiful(part.project, kept))


def _changed(part: Problem, project: Project) -> Problem:
    """Return a part of an edited plan with the same links and calendars."""
    return compile_problem(replace(part.graph, project=project), part.book)


class _Asking:
    """Asks whether dates conflict, within a budget."""

    def __init__(self, clock: Clock) -> None:
        settings = Settings(
            effort=min(_EFFORT, clock.effort_left),
            time_limit=min(_SECONDS, clock.time_left),
            seed=clock.settings.seed,
            explain=False,
        )
        self.clock = Clock(settings, Quiet(clock))
        self.open = 0
        """How many questions found no answer."""

    def over(self, share: float = 1.0) -> bool:
        """Whether a share of the budget is spent."""
        settings, clock = self.clock.settings, self.clock
        late = clock.elapsed >= share * settings.time_limit
        return late or clock.spent >= share * settings.effort or clock.stopped()

    def impossible(self, part: Problem) -> bool:
        """Whether it is proved that a part has no schedule."""
        if self.over() or not part.jobs:
            return False
        try:
            dates = early_dates(part.graph, part.book)
        except UnplaceableError:
            return True
        if self._placed(part, [dates[job.id] for job in part.jobs]):
            return False
        question = question_of(part, Latest(part))
        if not question.certain:
            question = Question(part, part.project.horizon[1], certain=True)
        answer = ask(question, self.clock, min(_ONE, self.clock.effort_left))
        self.clock.spent += len(part.jobs) / _JOBS_PER_UNIT
        if not answer.impossible and answer.places is None:
            self.open += 1
        return answer.impossible

    def _placed(self, part: Problem, early: list[Placement]) -> bool:
        """Whether a rule places everything at once: most of what is possible is easy."""
        serial = Serial(part)
        try:
            for keys in islice(rules(part, early), _RULES):
                if not isinstance(serial.build(keys, Guidance(), repairs=_REPAIRS), Failure):
                    return True
        finally:
            self.clock.spent += serial.spent / PLACES_PER_UNIT
        return False
