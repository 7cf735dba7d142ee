"""The columns of sheet *Schedule*: which there are, in what order, under what headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Layout(StrEnum):
    """Whose order of columns the sheet follows."""

    STANDARD = "standard"
    M3 = "m3"
    """The eleven columns of the M3 Master Schedule Template first: its rows paste into it."""


ID = "ID"
ACTUAL_START, ACTUAL_FINISH = "Actual start", "Actual finish"
STATE = "State"
"""Of a step on sheet *Cutover hours*."""
DECISION_HEADING = "Decision"
"""On sheet *Checkpoints*; these headings are what `update` finds its cells by."""
_BASELINE = ("Baseline start", "Baseline finish")
_VARIANCE = "Finish variance (d)"
DAYS_TO_GO = "Days to go"
NUMBER, AFTER = "No.", "After"
"""MS Project's number of a row, which links there are written with, and links in our ids."""
MARK = "Mark"
"""The letter of the party, within the table: it goes along when rows are sorted."""
WEIGHT, DONE = "Weight (min)", "Done (min)"
"""What a group's percentage is made of: minutes of duration, and of them what is done."""
_ACTUALS = (ACTUAL_START, ACTUAL_FINISH, "Remaining")
_STANDARD = (
    ID, "WBS", "Task", "Party", "Owner", "Duration", "% complete", "Start", "Finish",
    "Total float (d)", "Critical", "Status", DAYS_TO_GO, _VARIANCE, *_ACTUALS,
    NUMBER, "Predecessors", "Successors", AFTER, "Resources", "Deadline", "Hours", "Backup", "Driven by",
    "Notes", *_BASELINE, MARK, WEIGHT, DONE,
)  # fmt: skip
_M3 = {
    "Phase": "Phase",
    "Task": "Task Name",
    "Duration": "Duration",
    "% complete": "% Complete",
    "Start": "Start",
    "Finish": "Finish",
    "Actual start": "Actual Start",
    "Actual finish": "Actual Finish",
    "Predecessors": "Predecessors",
    "Successors": "Successors",
    "Resources": "Resource Type",
}
"""Columns A to K of the template, by our own name for each."""
M3_HEADINGS = tuple(_M3.values())
PHASES = ("Assessment", "Readiness", "Selection", "Engagement", "Migration", "Operations")
"""Of M3, numbered from 0."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns in order, by our own names; ``headings`` has those that are called otherwise."""

    names: tuple[str, ...]
    collapsed: frozenset[str]
    """Folded at first, so that the bars stand beside the dates."""
    headings: Mapping[str, str] = field(default_factory=dict)

    def at(self, name: str) -> int:
        """Return the column of a name, counted from 0."""
        return self.names.index(name)

    def heading(self, name: str) -> str:
        """Return what stands above the column."""
        return self.headings.get(name, name)


def columns_of(layout: Layout, *, baseline: bool, progress: bool) -> Columns:
    """Return the columns of a sheet.

    Parameters
    ----------
    baseline
        Whether there is one to compare with.
    progress
        Whether the plan keeps progress: then the columns for it are open.
    """
    names = _STANDARD if baseline else tuple(
        one for one in _STANDARD if one not in (*_BASELINE, _VARIANCE)
    )  # fmt: skip
    if layout is Layout.M3:
        rest = tuple(one for one in names if one not in _M3)
        return Columns((*_M3, *rest), frozenset(rest), _M3)
    folded = names[names.index(NUMBER) :]
    idle = () if progress else (DAYS_TO_GO, *_ACTUALS)
    return Columns(names, frozenset((*idle, *folded)))
