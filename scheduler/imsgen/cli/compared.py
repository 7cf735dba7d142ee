"""What `imsgen diff` compares: schedule files, plans, baselines by name."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imsgen.cli.console import Console
from imsgen.cli.outputs import PLANS, find_schedule, schedule_path
from imsgen.errors import UsageError

if TYPE_CHECKING:
    from imsgen.diagnostics import Diagnostic
    from imsgen.model import Project, Schedule

_ANOTHER = "IMS670"
_OTHER_ID = "IMS671"
_STDIN = "-"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison; a plan that is not solved has no schedule."""

    shown: str
    project: Project
    folder: Path
    """What the paths of its baselines start from."""
    schedule: Schedule | None = None


def both_sides(console: Console, old: str, new: str) -> tuple[Side, Side]:
    """Return both sides; one of them may name a baseline of the other's plan.

    Raises
    ------
    PlanError
        If a plan has errors.
    UsageError
        If one is no file and no baseline, or no schedule.
    """
    if old == new == _STDIN:
        raise UsageError("standard input can be one of the two, not both")
    names = [one for one in (old, new) if _is_name(one)]
    if len(names) == 2:
        raise UsageError(f"there is no file `{old}`, nor `{new}`: name a schedule or a plan")
    if _is_name(old):
        there = _side(console, new)
        return _baseline(old, there), there
    here = _side(console, old)
    return here, (_baseline(new, here) if _is_name(new) else _side(console, new))


def _is_name(text: str) -> bool:
    """Whether a text is the name of a baseline: no file there is, nor one that was meant."""
    path = Path(text)
    if text == _STDIN or path.exists() or schedule_path(path, None).exists():
        return False
    return path.name == text and not path.suffix


def _side(console: Console, text: str) -> Side:
    if text == _STDIN:
        return _from_stdin()
    path = Path(text)
    if path.is_dir():
        raise UsageError(f"`{path}` is a folder, expected a schedule or a plan")
    if path.suffix in PLANS and path.exists():
        return _plan(console, path)
    return _file(find_schedule(path))


def _file(path: Path) -> Side:
    from imsgen.schedule import read_schedule

    found = read_schedule(path)
    return Side(str(path), found.project, path.parent, found)


def _plan(console: Console, path: Path) -> Side:
    """Return a plan with the schedule beside it, if that is still its own."""
    from imsgen.cli.plans import load_plan
    from imsgen.diagnostics import Severity
    from imsgen.schedule import plan_hash, read_schedule

    loaded = load_plan(console, path)
    console.diagnostics(loaded.diagnostics, Severity.ERROR)
    project, beside = loaded.project, schedule_path(path, None)
    if beside.exists():
        found = read_schedule(beside)
        if found.plan_hash == plan_hash(project):
            return Side(str(path), found.project, path.parent, found)
        console.note(
            f"note: `{path}` has changed since `{beside}` was solved: its dates are left out; "
            f"solve it, or name `{beside}`"
        )
    else:
        console.note(f"note: there is no `{beside}` yet: only the plans are compared")
    return Side(str(path), project, path.parent)


def _from_stdin() -> Side:
    from imsgen.schedule import load_document

    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("there is no standard input to read a schedule from")
    text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    try:
        document: Any = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise UsageError("standard input is not a schedule file: expected JSON") from None
    found = load_document(document, "standard input")
    return Side("standard input", found.project, Path(), found)


def _baseline(name: str, other: Side) -> Side:
    known = other.project.baselines
    if name not in known:
        listed = ", ".join(f"`{one}`" for one in known) or "none"
        raise UsageError(
            f"there is no file `{name}`, and `{other.shown}` names no such baseline: "
            f"it names {listed}"
        )
    path = other.folder / known[name]
    if not path.exists():
        raise UsageError(f"the file of baseline `{name}` is missing: `{path}`")
    return _file(path)


def another_plan(old: Side, new: Side) -> Diagnostic | None:
    """Return what there is to say when the sides are not of the same plan."""
    from imsgen.diagnostics import Diagnostic, Severity

    first, then = old.project, new.project
    if first.id == then.id:
        return None
    ids = f"`{old.shown}` is of the plan `{first.id}`, `{new.shown}` of `{then.id}`"
    if first.activities.keys().isdisjoint(then.activities):
        return Diagnostic(
            _ANOTHER,
            Severity.ERROR,
            f"the two are of different plans, no activity is in both: {ids}",
            help="compare two states of one plan; `id:` at its top names it",
        )
    return Diagnostic(
        _OTHER_ID,
        Severity.WARNING,
        f"the two are compared by the ids of their activities, but {ids}",
        help=f"write `id: {first.id}` at the top of the newer plan if it is the same one",
    )
