"""Opening with exactly the solved dates: constraints the plan states, and delays.

Project schedules again when it opens a file. Where logic alone would start a task before the
schedule does, because a resource, a window or the status date held it, the task gets a levelling
delay: elapsed time on top of its early start, no constraint. The delays come from a forward pass
on the solved dates; a second pass on nothing but what is written proves that no date moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from imsgen.formats.mspdi.codes import ASAP, CONSTRAINT_TYPES
from imsgen.formats.mspdi.links import start_asked
from imsgen.formats.mspdi.remarks import Remarks
from imsgen.formats.mspdi.rows import Engine, Row
from imsgen.model import Constraint, ConstraintType
from imsgen.network.bounds import FROM_FINISH

Dates = dict[str, tuple[int, int]]

_SNET, _FNET = CONSTRAINT_TYPES[ConstraintType.SNET], CONSTRAINT_TYPES[ConstraintType.FNET]
_MSO, _MFO = CONSTRAINT_TYPES[ConstraintType.MSO], CONSTRAINT_TYPES[ConstraintType.MFO]
_SNLT, _FNLT = CONSTRAINT_TYPES[ConstraintType.SNLT], CONSTRAINT_TYPES[ConstraintType.FNLT]
_LOWER = {_SNET, _FNET}
_FIXED = {_MSO, _MFO}


def logic_start(row: Row, engines: Mapping[str, Engine], dates: Dates, opening: int) -> int:
    """Return the start that links alone allow, ``opening`` (the project's start) without links."""
    engine = engines[row.id]
    asked = [
        start_asked(
            engine,
            link,
            dates[link.predecessor][link.type in FROM_FINISH],
            engines[link.predecessor].duration,
        )
        for link in row.links
    ]
    return max(asked) if asked else engine.next_start(opening)


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


def pin(
    row: Row,
    engines: Mapping[str, Engine],
    dates: Dates,
    remarks: Remarks,
    *,
    opening: int,
    group_floor: int | None,
) -> None:
    """Make the row start where the schedule does, given the solved dates of all others.

    Parameters
    ----------
    opening
        The project's start, in wall minutes.
    group_floor
        The latest date before which a group around it may not start.
    """
    if row.actual_start is not None:
        return
    engine = engines[row.id]
    if row.constraint in _FIXED:
        row.constraint_date = row.start if row.constraint == _MSO else row.finish
        return
    logic = logic_start(row, engines, dates, opening)
    early = early_start(row, engine, logic)
    if row.constraint in _LOWER and not row.links and early == logic:
        # readers take the date of a task without links for its start, even before the plan's
        row.notes.append("Its constraint binds nothing: the plan starts later")
        row.constraint, row.constraint_date = ASAP, None
    if early == row.start:
        return
    if early > row.start:
        _force(row, remarks)
    elif row.constraint in _LOWER:
        _move_constraint(row, remarks)
    elif logic < opening or (group_floor is not None and group_floor > early):
        if row.constraint_date is not None:
            text = "Two constraints are one too many for Project; only the earlier bound is kept"
            remarks.add(text, row.id)
        row.constraint, row.constraint_date = _SNET, row.start
    else:
        row.delay = row.start - early


def forward_pass(order: Iterable[Row], engines: Mapping[str, Engine], opening: int) -> Dates:
    """Return the dates Project makes of the rows, from nothing but what is written."""
    dates: Dates = {}
    for row in order:
        engine = engines[row.id]
        if row.actual_start is not None:
            finish = row.actual_finish
            dates[row.id] = (
                row.actual_start,
                engine.finish(row.actual_start) if finish is None else finish,
            )
            continue
        start = early_start(row, engine, logic_start(row, engines, dates, opening))
        if row.delay:
            start = engine.next_start(start + row.delay)
        dates[row.id] = (start, engine.finish(start))
    return dates


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


def _force(row: Row, remarks: Remarks) -> None:
    text = "Project's logic would start it later, so it must start on its date"
    remarks.add(text, row.id)
    row.constraint, row.constraint_date = _MSO, row.start


def _move_constraint(row: Row, remarks: Remarks) -> None:
    text = "Not before the scheduled date, which is later than the date the plan states"
    remarks.add(text, row.id)
    row.constraint_date = row.start if row.constraint == _SNET else row.finish
