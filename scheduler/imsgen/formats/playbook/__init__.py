"""Key tasks of a methodology: a first plan with every assumption visible."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from imsgen.diagnostics import Report

if TYPE_CHECKING:
    from imsgen.formats.importing.imported import Imported
    from imsgen.formats.playbook.context import Choices

__all__ = ["import_plan", "is_playbook"]


def is_playbook(path: Path) -> bool:
    """Whether a path is one of a methodology: a Markdown file or a folder."""
    return path.suffix.lower() in {".md", ".markdown"} or path.is_dir()


def import_plan(
    path: Path, choices: Choices, rules: Path | None, report: Report
) -> Imported | None:
    """Return the plan that key tasks make; None: there is none, as is reported.

    Parameters
    ----------
    rules
        The data file with names of fields and assumptions; None: the one of the M3 playbook.
    """
    from imsgen.formats.playbook.convert import read_plan

    return read_plan(path, choices, rules, report)
