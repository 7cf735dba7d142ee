"""The smallest change of its kind that makes a plan possible."""

from __future__ import annotations

from collections.abc import Callable

from imsgen.model import Project
from imsgen.solver.trial import Trials

_SOLVES = 6
"""How often a plan is solved to make a change smaller."""


def fewest(trials: Trials, changed: Callable[[int], Project], most: int) -> int | None:
    """Return how many steps of a change suffice; None: not even ``most`` were found to.

    Dates alone are asked first, they answer at once; then the plan is solved.
    """
    if most < 1 or not trials.possible(changed(most)):
        return None
    low, high = 1, most
    while low < high and not trials.over():
        middle = (low + high) // 2
        if trials.possible(changed(middle)):
            high = middle
        else:
            low = middle + 1
    if trials.schedule(changed(low)) is not None:
        return low
    if low == most or trials.schedule(changed(most)) is None:
        return None
    low, high = low + 1, most
    for _ in range(_SOLVES):
        if low >= high or trials.over():
            break
        middle = (low + high) // 2
        if trials.schedule(changed(middle)) is not None:
            high = middle
        else:
            low = middle + 1
    return high
