"""Writing durations that were learned into the text of a plan; comments and layout stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from imsgen.analysis.rehearsal import Step
from imsgen.formats.notation import duration_text
from imsgen.model import Estimate, Project
from imsgen.plan.writing.edit import value_of
from imsgen.plan.writing.places import Places

_NO_DAYS = 10**9
"""Minutes of a day so long that none has it: durations stay in hours and minutes."""


@dataclass(slots=True)
class Rewriting:
    """What the files of a plan would say, and the steps with what stands against any of them."""

    steps: tuple[Step, ...]
    texts: dict[Path, str] = field(default_factory=dict)


def rewritten(plan: Path, project: Project, steps: Sequence[Step]) -> Rewriting:
    """Return the texts of a plan with the proposed durations; nothing is written."""
    places = Places(plan)
    found: list[Step] = []
    done: dict[int, str] = {}
    for one in steps:
        if one.proposed is None:
            found.append(one)
            continue
        place = places.activities[one.id]
        text = estimate_text(one.proposed, elapsed=project.activities[one.id].modes[0].elapsed)
        if value_of(place.map, "effort") is not None:
            found.append(replace(one, proposed=None, why="planned by effort"))
        elif done.get(id(place.map), text) != text:
            found.append(replace(one, proposed=None, why="its file is included twice"))
        else:
            if id(place.map) not in done:
                places.edits[place.path].set(place.map, "duration", text)
            done[id(place.map)] = text
            found.append(one)
    return Rewriting(tuple(found), places.texts())


def estimate_text(estimate: Estimate, *, elapsed: bool = False) -> str:
    """Return a duration as the plan has it: ``40m``, or ``[30m, 40m, 1h5m]``."""
    three = (estimate.least, estimate.likely, estimate.most)
    if len(set(three)) == 1:
        return duration_text(three[0], _NO_DAYS, elapsed)
    return f"[{', '.join(duration_text(one, _NO_DAYS, elapsed) for one in three)}]"
