"""The dates a plan states of a task: its constraint and its deadline."""

from __future__ import annotations

from imsgen.formats.mspdi.codes import ASAP, CONSTRAINT_TYPES
from imsgen.formats.mspdi.pins import chosen_constraints
from imsgen.formats.mspdi.remarks import Remarks
from imsgen.formats.mspdi.rows import Engine, Row
from imsgen.formats.mspdi.wall import WallClock, date_text
from imsgen.model import DAY, Activity, Constraint, ConstraintType, Group, Instant


class StatedDates:
    """Writes constraints and deadlines into rows that already have their dates."""

    def __init__(self, clock: WallClock, remarks: Remarks) -> None:
        self._clock = clock
        self._remarks = remarks

    def of_activity(self, row: Row, activity: Activity, engine: Engine) -> None:
        """Write an activity's; of two constraints the earlier bound, the other as a note."""
        kept, lost = chosen_constraints(activity.constraints)
        if kept is not None:
            row.constraint = CONSTRAINT_TYPES[kept.type]
            row.constraint_date = self._date(kept, row, engine)
        if activity.deadline is not None:
            row.deadline = self._end(activity.deadline, row.finish)
        if lost is not None:
            limit = self._note(row, lost)
            if lost.type is ConstraintType.FNLT and row.deadline is None:
                row.deadline = limit
        if any(one.type is ConstraintType.ALAP for one in activity.constraints):
            text = "As late as possible is written as the date it came to"
            self._remarks.add(text, row.id)

    def of_group(self, row: Row, group: Group, first: int | None) -> None:
        """Write a group's: not before a start, not after a finish.

        Parameters
        ----------
        first
            The earliest start inside of what has not begun. A hammock may span more than its
            group; Project would hold it to the group's date like all the rest.
        """
        if group.deadline is not None:
            row.deadline = self._end(group.deadline, row.finish)
        kept, lost = chosen_constraints(group.constraints)
        if kept is not None:
            row.constraint = CONSTRAINT_TYPES[kept.type]
            lower = kept.type is ConstraintType.SNET
            bound = _bound(kept)
            date = self._clock.minute(bound) if lower else self._end(bound, row.finish)
            row.constraint_date = date
            if lower and first is not None and first < date:
                row.notes.append(f"Constraint {kept.type} {date_text(date)}")
                text = (
                    "Project would hold a hammock to its group's date, which is a note therefore"
                )
                self._remarks.add(text, row.id)
                row.constraint, row.constraint_date = ASAP, None
        if lost is not None:
            self._note(row, lost)

    def _note(self, row: Row, lost: Constraint) -> int:
        limit = self._end(_bound(lost), row.finish)
        row.notes.append(f"Constraint {lost.type} {date_text(limit)}")
        self._remarks.add("Project keeps one constraint a task; the later is a note", row.id)
        return limit

    def _date(self, constraint: Constraint, row: Row, engine: Engine) -> int:
        bound = _bound(constraint)
        if constraint.type is ConstraintType.FNLT:
            return self._end(bound, row.finish)
        if constraint.type is ConstraintType.SNLT:
            return self._end(bound, row.start)
        wall = self._clock.minute(bound)
        if constraint.type is ConstraintType.SNET or not engine.duration:
            return engine.next_start(wall)
        return wall if engine.elapsed else engine.work.last_finish(wall)

    def _end(self, instant: Instant, taken: int) -> int:
        """Return a day's end as 23:59 of that day, unless ``taken``, the date held to it, is that.

        Written as 00:00 it would be read as the next day.
        """
        wall = self._clock.end_minute(instant)
        return wall - 1 if wall % DAY == 0 and taken != wall else wall


def _bound(constraint: Constraint) -> Instant:
    """Return the date of a constraint; MSO and MFO are pinned to the schedule later."""
    upper = constraint.type in (ConstraintType.SNLT, ConstraintType.FNLT)
    bound = constraint.latest if upper else constraint.earliest
    if bound is None:
        raise ValueError(constraint.type)
    return bound
