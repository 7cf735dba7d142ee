"""Loading a plan: files to a project, or every problem at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from imsgen.diagnostics import Diagnostic, Report
from imsgen.errors import PlanError
from imsgen.model import Project
from imsgen.plan.resolve.checks import check
from imsgen.plan.resolve.gather import Gatherer
from imsgen.plan.resolve.part import Setting
from imsgen.plan.resolve.project import build
from imsgen.plan.syntax import read_document


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan that can be solved, with warnings and notes about it."""

    project: Project
    diagnostics: tuple[Diagnostic, ...] = ()
    files: tuple[Path, ...] = ()
    """Every file read, the root first."""


def load(path: Path | str) -> Loaded:
    """Read a plan and everything it includes.

    Parameters
    ----------
    path
        The root file; diagnostics show it as given here.

    Raises
    ------
    PlanError
        If the plan has errors; carries all diagnostics, sorted by place.
    UsageError
        If the file does not exist or cannot be read.
    """
    report = Report()
    root = Path(path)
    with _no_collection():
        parts = Gatherer(root, str(path), read_document, report).gather(Setting(ZoneInfo("UTC")))
        built = build(parts, root.stem, report) if parts is not None else None
        if built is not None:
            check(built)
    diagnostics = report.sorted()
    if built is None or parts is None or report.failed:
        raise PlanError(diagnostics)
    return Loaded(built.project, diagnostics, parts.files)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold garbage collection back: a large plan makes many objects that all stay.

    Searching them again and again for garbage took half of the loading time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
