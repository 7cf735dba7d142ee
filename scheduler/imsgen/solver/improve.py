"""Orders for the serial schedule: a few good rules, then many disturbed copies of the best."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imsgen.model import DAY, Placement
from imsgen.solver._kernel import Kernel
from imsgen.solver.alap import right_justified
from imsgen.solver.clock import PLACES_PER_UNIT, Clock
from imsgen.solver.objective import Score, measure
from imsgen.solver.occurrences import chosen_occurrences
from imsgen.solver.passes import late_places
from imsgen.solver.population import first_orders
from imsgen.solver.problem import Problem
from imsgen.solver.serial import Failure, Guidance, Serial
from imsgen.solver.tables import Tables, tables_of

_DISTURBANCE = (0.02, 0.05, 0.1, 0.2)
"""How far keys are moved, as part of the plan's length, in turn."""

_POOL = 8
"""How many schedules are kept to disturb."""
_JUSTIFICATIONS = 3
"""How often a schedule is pushed right and built again at most."""
_PLACES = 500_000
"""How many jobs the kernel places to find any schedule where the rules have none."""
_ROOM = 4
"""How many times as long as its bounds say a first schedule may be for the kernel to build it."""


@dataclass(frozen=True, slots=True)
class Incumbent:
    """A schedule with its score, and the keys it was built from."""

    places: list[Placement]
    score: Score
    keys: Sequence[float]


def rules(problem: Problem, early: Sequence[Placement]) -> Iterator[list[float]]:
    """Yield the keys of each rule: longest tail first, least slack, deadlines, plain early."""
    finish = max((place.finish for place in early), default=problem.project.start)
    late = late_places(problem, finish)
    yield [float(start) for start in late.starts]
    if problem.has_tardiness:
        due = late_places(problem, finish, deadlines=True)
        yield [float(start) for start in due.starts]
    yield [float(end) for end in late.finishes]
    yield [float(start + place.start) for start, place in zip(late.starts, early, strict=True)]
    yield [float(place.start) for place in early]


def first_schedules(
    problem: Problem, serial: Serial, early: Sequence[Placement], clock: Clock, goal: Score
) -> Incumbent | Failure:
    """Return the best schedule of the rules, the first failure when none has one.

    The kernel builds them where a few repairs are enough, so a large plan has its first schedule
    much sooner; else the general serial schedule does, which repairs more.
    """
    best = _built_at_once(problem, early, goal)
    if best is not None:
        return best
    failure: Failure | None = None
    for keys in rules(problem, early):
        outcome = serial.build(keys, Guidance())
        if isinstance(outcome, Failure):
            failure = failure or outcome
            continue
        best = _better(problem, best, outcome, keys)
        if best.score[:2] <= goal[:2] or clock.stopped():
            break
    if best is not None:
        return best
    return failure or Failure(0, ())


def _built_at_once(problem: Problem, early: Sequence[Placement], goal: Score) -> Incumbent | None:
    """Return the best schedule of the rules by the kernel, pushed right and left again.

    Every job goes the way that finishes first. None: in every order some job found no place.
    """
    length = max(1, goal.finish - problem.release)
    tables = tables_of(problem, problem.release + _ROOM * length + 28 * DAY, [0] * len(early))
    if tables is None:
        return None
    kernel = Kernel(tables.arrays)
    orders = []
    for turn, keys in enumerate(rules(problem, early)):
        order = tables.order(keys, tables.quickest)
        worth = kernel.improve(order, 0)
        if worth is not None:
            orders.append((worth, turn, order, keys))
    if not orders:
        return _built_somehow(problem, tables, kernel, list(rules(problem, early)))
    _, _, order, keys = min(orders, key=lambda one: one[:2])
    kernel.improve(order, 2)
    places = tables.placements(kernel.places())
    return Incumbent(places, measure(problem, places), keys)


def _built_somehow(
    problem: Problem, tables: Tables, kernel: Kernel, keys: Sequence[Sequence[float]]
) -> Incumbent | None:
    """Return the first schedule of disturbed copies of the rules; None: soon there was none.

    Where bounds look back, few orders leave every job a place, and many are tried in no time.
    """
    span = max(1, round(max(keys[0]) - min(keys[0])))
    until = kernel.spent + _PLACES
    for order in first_orders(tables, keys, span, random.Random(0)):  # noqa: S311 - a search
        if kernel.improve(order, 2) is not None:
            places = tables.placements(kernel.places())
            return Incumbent(
                places, measure(problem, places), [float(place.start) for place in places]
            )
        if kernel.spent >= until:
            break
    return None


def disturb(
    problem: Problem, serial: Serial, best: Incumbent, clock: Clock, *, effort: float, goal: Score
) -> Incumbent:
    """Return the best schedule found in disturbed orders within ``effort`` units."""
    generator = random.Random(clock.settings.seed)  # noqa: S311 - a search, not a secret
    limit = serial.spent + int(effort * PLACES_PER_UNIT)

    def over() -> bool:
        return serial.spent >= limit or best.score[:2] <= goal[:2] or clock.stopped()

    best = justified(problem, serial, best)
    pool = [best]
    turn = 0
    while not over():
        parent = pool[generator.randrange(len(pool))]
        width = _DISTURBANCE[turn % len(_DISTURBANCE)] * max(
            1, parent.score.finish - problem.release
        )
        turn += 1
        keys = [key + generator.uniform(-width, width) for key in parent.keys]
        outcome = serial.build(keys, Guidance(), repairs=4)
        if isinstance(outcome, Failure):
            continue
        child = justified(problem, serial, Incumbent(outcome, measure(problem, outcome), keys))
        if all(child.score != one.score for one in pool):
            pool = sorted([*pool, child], key=lambda one: one.score)[:_POOL]
        best = min(best, child, key=lambda one: one.score)
    return best


def justified(problem: Problem, serial: Serial, found: Incumbent) -> Incumbent:
    """Return the schedule after pushing it right and building it again, while that helps."""
    best = found
    for _ in range(_JUSTIFICATIONS):
        keys = right_justified(problem, best.places)
        serial.spent += len(keys)
        guide = Guidance(modes=[place.mode for place in best.places])
        outcome = serial.build(keys, guide, repairs=2)
        if isinstance(outcome, Failure):
            break
        score = measure(problem, outcome)
        if score[:2] >= best.score[:2]:
            break
        best = Incumbent(outcome, score, keys)
    return best


def left_shifted(problem: Problem, serial: Serial, best: Incumbent) -> Incumbent:
    """Return the schedule rebuilt in the order of its starts with its ways, if not worse."""
    keys = [float(place.start) for place in best.places]
    guide = Guidance(
        chosen=chosen_occurrences(problem, best.places),
        modes=[place.mode for place in best.places],
    )
    outcome = serial.build(keys, guide, repairs=2)
    if isinstance(outcome, Failure):
        return best
    score = measure(problem, outcome)
    return Incumbent(outcome, score, best.keys) if score < best.score else best


def _better(
    problem: Problem, best: Incumbent | None, places: list[Placement], keys: Sequence[float]
) -> Incumbent:
    score = measure(problem, places)
    if best is None or score < best.score:
        return Incumbent(places, score, keys)
    return best
