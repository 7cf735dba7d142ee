"""Where a plan comes from: a file, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from imsgen.cli.console import Console
from imsgen.cli.outputs import PLANS, SUFFIX, stem_of
from imsgen.errors import UsageError

if TYPE_CHECKING:
    from imsgen.plan import Loaded

_WRITTEN: Final = (SUFFIX, ".xlsx", ".ics", ".xml", ".csv")
STDIN: Final = Path("-")
"""What a plan on standard input is called on the command line."""


def load_plan(console: Console, plan: Path) -> Loaded:
    """Return a plan; the console remembers a text that is no file, to show lines of it.

    Raises
    ------
    PlanError
        If the plan has errors.
    UsageError
        If the file does not exist or cannot be read.
    """
    from imsgen.plan import STDIN as SHOWN
    from imsgen.plan import load, load_text

    if plan != STDIN:
        _refuse_outputs(plan)
        return load(plan)
    if SHOWN not in console.texts:
        console.texts[SHOWN] = _stdin()
    return load_text(console.texts[SHOWN], SHOWN)


def _refuse_outputs(path: Path) -> None:
    """Say so where a file made from a plan is taken for the plan.

    Raises
    ------
    UsageError
        If the name is that of a file we write.
    """
    if not path.name.lower().endswith(_WRITTEN):
        return
    stem = stem_of(path)
    beside = [path.with_name(f"{stem}{suffix}") for suffix in PLANS]
    meant = next((f": did you mean `{one}`?" for one in beside if one.exists()), "")
    raise UsageError(f"`{path}` is made from a plan, expected the plan itself{meant}")


def _stdin() -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("there is no standard input to read a plan from")
    return sys.stdin.buffer.read()


def shown_plan(plan: Path) -> str:
    """Return the plan's name in messages."""
    from imsgen.plan import STDIN as SHOWN

    return SHOWN if plan == STDIN else str(plan)


def named_after(plan: Path, id_: str) -> Path:
    """Return the path that the plan's files are named after.

    A plan on standard input has no file: as if it were ``ID.yaml`` in the current folder.
    """
    return Path(f"{id_}.yaml") if plan == STDIN else plan
