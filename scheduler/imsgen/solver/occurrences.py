"""Which occurrence of a window a group uses that goes together."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.model import Placement
from imsgen.solver.problem import Problem


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
