"""Opening with exactly the solved dates: constraints the plan states, and what pins the rest.

Project schedules again when it opens a file. Where logic and the plan's own constraints would
start a task before the schedule does, because a resource, a window or the status date held it,
the task gets a levelling delay: elapsed time on top of its early start, no constraint. With
``snet`` it gets the solved date as a constraint instead. That no date moves is proved on the file
itself, by :mod:`imsgen.formats.mspdi.check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from imsgen.formats.mspdi.codes import (
    ASAP,
    CONSTRAINT_NAMES,
    CONSTRAINT_TYPES,
    duration_format,
)
from imsgen.formats.mspdi.links import start_asked
from imsgen.formats.mspdi.remarks import Remarks
from imsgen.formats.mspdi.rows import Engine, LinkRow, Row
from imsgen.formats.mspdi.wall import date_text
from imsgen.formats.options import Pin
from imsgen.model import Constraint, ConstraintType
from imsgen.network.bounds import FROM_FINISH, TO_FINISH

Dates = Mapping[str, tuple[int, int]]

_SNET, _FNET = CONSTRAINT_TYPES[ConstraintType.SNET], CONSTRAINT_TYPES[ConstraintType.FNET]
_MSO, _MFO = CONSTRAINT_TYPES[ConstraintType.MSO], CONSTRAINT_TYPES[ConstraintType.MFO]
_SNLT, _FNLT = CONSTRAINT_TYPES[ConstraintType.SNLT], CONSTRAINT_TYPES[ConstraintType.FNLT]
_LOWER = {_SNET, _FNET}
_FIXED = {_MSO, _MFO}


@dataclass(frozen=True, slots=True)
class Pins:
    """Makes rows start where the schedule does, given the solved dates of all others.

    ``opening`` is the project's start, in wall minutes as all dates here.
    """

    engines: Mapping[str, Engine]
    dates: Dates
    opening: int
    day: int
    """Minutes of the plan's ``d``."""
    how: Pin
    remarks: Remarks
    above: dict[str, int] = field(default_factory=dict)
    """What links of summary tasks ask of all inside, by group."""

    def add_summary(self, row: Row) -> None:
        """Take in the links of a summary task; those around it must have been."""
        asked = [self.dates[link.predecessor][link.type in FROM_FINISH] for link in row.links]
        if row.item.group in self.above:
            asked.append(self.above[row.item.group])
        if asked:
            self.above[row.id] = max(asked)

    def pin(self, row: Row, group_floor: int | None) -> None:
        """Pin a row; no group around it may start before ``group_floor``."""
        if row.actual_start is not None or self.how is Pin.MANUAL:
            return
        engine = self.engines[row.id]
        if row.constraint in _FIXED:
            row.constraint_date = row.start if row.constraint == _MSO else row.finish
            return
        self._soften(row, engine)
        logic = self.logic(row)
        self._drop_idle(row, engine)
        self._keep_above(row, engine, logic, group_floor)
        early = early_start(row, engine, logic)
        if early == row.start:
            return
        if self.how is Pin.SNET:
            self._not_before(row)
        else:
            row.delay = row.start - early

    def logic(self, row: Row) -> int:
        """Return the start that links alone allow; without links, the project's start."""
        engine = self.engines[row.id]
        asked = [self._asked(engine, link) for link in row.links]
        if row.item.group in self.above:
            asked.append(engine.next_start(self.above[row.item.group]))
        return max(asked) if asked else engine.next_start(self.opening)

    def _asked(self, engine: Engine, link: LinkRow) -> int:
        event = self.dates[link.predecessor][link.type in FROM_FINISH]
        before = self.engines.get(link.predecessor)
        return start_asked(engine, link, event, 0 if before is None else before.duration)

    def _soften(self, row: Row, engine: Engine) -> None:
        """Write a link that Project would take for more than the plan means as it falls."""
        for link in row.links:
            if self._asked(engine, link) <= row.start:
                continue
            event = self.dates[link.predecessor][link.type in FROM_FINISH]
            link.percent = False
            link.elapsed = link.type not in TO_FINISH or engine.elapsed
            if link.type in TO_FINISH:
                event = engine.start_for(event)
            link.lag = (
                row.start - event if link.elapsed else engine.work.work_between(event, row.start)
            )
            link.format = duration_format("", link.lag, self.day, link.elapsed)
            text = "A link is written as it falls, for Project would wait longer"
            self.remarks.add(text, f"{link.predecessor} > {row.id}")

    def _drop_idle(self, row: Row, engine: Engine) -> None:
        """Drop a date before the plan's start from a task without links: it binds nothing.

        Readers of files take it for the task's start all the same.
        """
        date = row.constraint_date
        if row.links or row.constraint not in _LOWER or date is None:
            return
        if (date if row.constraint == _SNET else engine.start_for(date)) < self.opening:
            name = CONSTRAINT_NAMES[row.constraint]
            row.notes.append(f"Constraint {name} {date_text(date)}, before the plan's start")
            text = "A constraint before the plan's start, which binds nothing, is only a note"
            self.remarks.add(text, row.id)
            row.constraint, row.constraint_date = ASAP, None

    def _keep_above(self, row: Row, engine: Engine, logic: int, group_floor: int | None) -> None:
        """Write the plan's start, or a group's, on a row that would start before that.

        Project itself holds what is in a group to the group's date; other readers do not. Whether
        a link may lead to before the project's start, they answer differently.
        """
        floors = [self.opening] if logic < self.opening else []
        if group_floor is not None:
            floors.append(group_floor)
        floor = engine.next_start(max(floors)) if floors else None
        if floor is None or early_start(row, engine, logic) >= floor:
            return
        if row.constraint_date is not None:
            date = date_text(row.constraint_date)
            row.notes.append(f"Constraint {CONSTRAINT_NAMES[row.constraint]} {date}")
            text = "Project keeps one constraint a task: the start of the plan or of a group"
            self.remarks.add(f"{text} takes the place of another, which is a note", row.id)
        row.constraint, row.constraint_date = _SNET, floor
        where = "plan" if floors[-1:] == [self.opening] else "group"
        self.remarks.add(f"Held by the start of its {where} as a constraint of its own", row.id)

    def _not_before(self, row: Row) -> None:
        """Pin by a constraint; one that the plan states is moved, or kept and a delay added."""
        if row.constraint in _LOWER:
            text = "Not before the scheduled date, which is later than the date the plan states"
            self.remarks.add(text, row.id)
        elif row.constraint_date is not None:
            engine = self.engines[row.id]
            row.delay = row.start - early_start(row, engine, self.logic(row))
            text = "Has a constraint of its own, so a levelling delay holds its date"
            self.remarks.add(text, row.id)
            return
        else:
            row.constraint = _SNET
        row.constraint_date = row.start if row.constraint == _SNET else row.finish


def early_start(row: Row, engine: Engine, logic: int) -> int:
    """Return the start that logic and the task's constraint make."""
    date = row.constraint_date
    if date is None:
        return logic
    if row.constraint == _SNET:
        return max(logic, date)
    if row.constraint == _FNET:
        return max(logic, engine.start_for(date))
    if row.constraint == _SNLT:
        return min(logic, date)
    if row.constraint == _FNLT:
        return min(logic, engine.start_for(date))
    return date if row.constraint == _MSO else engine.start_for(date)


def chosen_constraints(
    constraints: Iterable[Constraint],
) -> tuple[Constraint | None, Constraint | None]:
    """Return the constraint to write, and the later bound there is no room for."""
    dateless = (ConstraintType.ASAP, ConstraintType.ALAP)
    stated = [one for one in constraints if one.type not in dateless]
    if not stated:
        return None, None
    upper = {ConstraintType.SNLT, ConstraintType.FNLT}
    stated.sort(key=lambda one: one.type in upper)
    return stated[0], stated[1] if len(stated) > 1 else None
