"""No file leaves that would open with other dates than it says."""

from __future__ import annotations

from imsgen.diagnostics import Diagnostic, Severity
from imsgen.errors import PlanError
from imsgen.formats.mspdi.check import Move, moves_in
from imsgen.formats.mspdi.wall import date_text
from imsgen.formats.options import Options, Pin

_SHOWN = 4


def refuse_moves(content: bytes, name: str, options: Options) -> None:
    """Compare the dates in a file with those it opens with.

    Raises
    ------
    PlanError
        If they differ, with the tasks that would move.
    """
    found = moves_in(content)
    if not found:
        return
    amount = "1 task" if len(found) == 1 else f"{len(found)} tasks"
    notes = [_said(move) for move in found[:_SHOWN]]
    if len(found) > _SHOWN:
        notes.append(f"and {len(found) - _SHOWN} more")
    raise PlanError(
        [
            Diagnostic(
                "IMS608",
                Severity.ERROR,
                f"`{name}` would open in MS Project with other dates for {amount}",
                notes=tuple(notes),
                help="write the other formats with `-f`"
                + ("" if options.pin is Pin.MANUAL else ", or a frozen copy with `--pin manual`"),
            )
        ]
    )


def _said(move: Move) -> str:
    found = f"task {move.uid} `{move.name}` is solved as {_dates(move.written)}"
    if move.made is None:
        return f"{found} and has no dates, for links run in a circle"
    return f"{found} and would open as {_dates(move.made)}"


def _dates(dates: tuple[int, int]) -> str:
    return " to ".join(map(date_text, dates))
