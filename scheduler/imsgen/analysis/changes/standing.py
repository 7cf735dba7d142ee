"""What slips do to float, gates and deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imsgen.analysis.changes.model import DeadlineChange, FloatChange, GateChange
from imsgen.analysis.changes.moves import Pair
from imsgen.model import Rollback
from imsgen.schedule.lateness import Deadline, deadlines


def floats(pair: Pair) -> tuple[FloatChange, ...]:
    """Return the activities that have another total float, in outline order.

    What is finished has none, nor has an imported baseline: that is no change.
    """
    found = []
    for id_, after in pair.new.activities.items():
        before = pair.old.activities.get(pair.was.get(id_, ""))
        if before is None or before.total_float is None or after.total_float is None:
            continue
        if (before.total_float, before.critical) != (after.total_float, after.critical):
            found.append(
                FloatChange(
                    id_, before.total_float, after.total_float, before.critical, after.critical
                )
            )
    return tuple(found)


def gates(pair: Pair) -> tuple[GateChange, ...]:
    """Return the gates that decide at another time, or with another way back."""
    if not pair.eventful:
        return ()
    old = {pair.now.get(id_, id_): back for id_, back in pair.old.rollbacks.items()}
    found = []
    for id_ in dict.fromkeys([*pair.new.rollbacks, *old]):
        before, after = old.get(id_), pair.new.rollbacks.get(id_)
        if _told(before) != _told(after):
            found.append(GateChange(id_, before, after))
    return tuple(found)


def _told(back: Rollback | None) -> tuple[object, ...] | None:
    if back is None:
        return None
    return back.decided, back.verdict, back.window, back.ends, back.finish, back.latest


def late(pair: Pair) -> tuple[DeadlineChange, ...]:
    """Return the deadlines that are missed, or are missed by another amount, or no longer."""
    return tuple(_late(pair))


def _late(pair: Pair) -> Iterator[DeadlineChange]:
    old = {pair.now.get(one.id, one.id): one for one in deadlines(pair.old)}
    new: Mapping[str, Deadline] = {one.id: one for one in deadlines(pair.new)}
    for id_ in dict.fromkeys([*new, *old]):
        before, after = old.get(id_), new.get(id_)
        if (before.late if before else 0) == (after.late if after else 0):
            continue
        known = after or before
        yield DeadlineChange(
            id_,
            "" if known is None else known.name,
            None if after is None else after.deadline,
            None if after is None else after.finish,
            None if before is None else before.finish - before.deadline,
            None if after is None else after.finish - after.deadline,
        )
