"""Groups that are done only on No-Go: our own files keep them as inactive tasks with a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsgen.formats.mspdi.read.outline import PLAN_ID, Node
from imsgen.formats.mspdi.read.own_notes import own_notes


def branches(top: Sequence[Node], gates: Mapping[str, Node]) -> dict[str, str]:
    """Return the group done on No-Go by gate, where all inside of it say so.

    Being off the plan of record is then said by the gate: what is inside counts as active.
    """
    ids = {gate.task.fields.get(PLAN_ID, id_): id_ for id_, gate in gates.items()}
    found: dict[str, str] = {}
    for node in top:
        if not node.is_group:
            continue
        leaves = [one for one in node.walk() if not one.is_group]
        said = dict.fromkeys(own_notes(one.task.notes).no_go_of for one in leaves)
        gate = ids.get(next(iter(said)), "") if len(said) == 1 else ""
        if gate and gate not in found:
            found[gate] = node.id
            for one in leaves:
                one.task.active = True
    return found
