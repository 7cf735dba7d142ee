"""Orders for the serial schedule: a few good rules, then many disturbed copies of the best."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imsgen.model import Placement
from imsgen.solver.clock import PLACES_PER_UNIT, Clock
from imsgen.solver.objective import Score, measure
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem
from imsgen.solver.serial import Failure, Guidance, Serial

_DISTURBANCE = (0.02, 0.05, 0.1, 0.2)
"""How far keys are moved, as part of the plan's length, in turn."""


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
    """Return the best schedule of the rules, the first failure when none has one."""
    best: Incumbent | None = None
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


def disturb(
    problem: Problem, serial: Serial, best: Incumbent, clock: Clock, *, effort: float, goal: Score
) -> Incumbent:
    """Return the best schedule found in disturbed orders within ``effort`` units."""
    generator = random.Random(clock.settings.seed)  # noqa: S311 - a search, not a secret
    span = max(1, best.score.finish - problem.release)
    limit = serial.spent + int(effort * PLACES_PER_UNIT)
    turn = 0
    while serial.spent < limit and best.score[:2] > goal[:2] and not clock.stopped():
        width = _DISTURBANCE[turn % len(_DISTURBANCE)] * span
        turn += 1
        keys = [key + generator.uniform(-width, width) for key in best.keys]
        outcome = serial.build(keys, Guidance(), repairs=4)
        if isinstance(outcome, Failure):
            continue
        best = _better(problem, best, outcome, keys)
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


def chosen_occurrences(
    problem: Problem, places: Sequence[Placement]
) -> dict[tuple[str, str], int]:
    """Return the occurrence each group that goes together uses."""
    candidates: dict[tuple[str, str], list[int]] = {}
    for job, place in zip(problem.jobs, places, strict=True):
        if job.fixed is not None:
            continue
        for stay in job.stays:
            if stay.together is None:
                continue
            fitting = [
                i
                for i, (first, last) in enumerate(stay.occurrences)
                if place.finish <= last and (job.began is not None or first <= place.start)
            ]
            known = candidates.get(stay.together)
            candidates[stay.together] = (
                fitting if known is None else [i for i in known if i in fitting]
            )
    return {key: fitting[0] for key, fitting in candidates.items() if fitting}


def _better(
    problem: Problem, best: Incumbent | None, places: list[Placement], keys: Sequence[float]
) -> Incumbent:
    score = measure(problem, places)
    if best is None or score < best.score:
        return Incumbent(places, score, keys)
    return best
