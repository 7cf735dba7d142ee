"""Loading a plan: files to a project, or every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from imsgen.diagnostics import Diagnostic, Report
from imsgen.errors import PlanError
from imsgen.garbage import uncollected
from imsgen.model import Project
from imsgen.plan.document import Document
from imsgen.plan.resolve.checks import check
from imsgen.plan.resolve.gather import Gatherer
from imsgen.plan.resolve.part import Setting
from imsgen.plan.resolve.project import build
from imsgen.plan.syntax import read_content, read_document

STDIN = "<stdin>"
"""Name of a plan that is no file, in diagnostics."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan that can be solved, with warnings and notes about it."""

    project: Project
    diagnostics: tuple[Diagnostic, ...] = ()
    files: tuple[Path, ...] = ()
    """Every file read, the root first; a plan given as text is no file."""


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
    gatherer = Gatherer(Path(path), str(path), read_document, report)
    return _loaded(gatherer, None, Path(path).stem)


def load_edited(path: Path, texts: Mapping[Path, str]) -> Loaded:
    """Read a plan as it would be with other texts in some of its files, which stay untouched.

    Parameters
    ----------
    texts
        What the files, by their resolved paths, would say; some may not exist yet.

    Raises
    ------
    PlanError
        If the plan would have errors.
    """
    report = Report()

    def reader(file: Path, shown: str, found: Report) -> Document | None:
        if file in texts:
            return read_content(texts[file].encode(), shown, found)
        return read_document(file, shown, found)

    return _loaded(Gatherer(path, str(path), reader, report, texts), None, path.stem)


def load_text(content: bytes | str, shown: str = STDIN) -> Loaded:
    """Read a plan that is not in a file; what it includes lies in the current folder.

    Parameters
    ----------
    content
        The plan; bytes are UTF-8.
    shown
        Name of the text in diagnostics.

    Raises
    ------
    PlanError
        If the plan has errors; carries all diagnostics, sorted by place.
    """
    report = Report()
    encoded = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    gatherer = Gatherer(Path(shown), shown, read_document, report)
    return _loaded(gatherer, lambda: read_content(encoded, shown, report), "plan")


def _loaded(gatherer: Gatherer, given: Callable[[], Document | None] | None, stem: str) -> Loaded:
    report = gatherer.report
    with uncollected():
        parts = gatherer.gather(Setting(ZoneInfo("UTC")), given)
        built = build(parts, stem, report) if parts is not None else None
        if built is not None:
            check(built)
    diagnostics = report.sorted()
    if built is None or parts is None or report.failed:
        raise PlanError(diagnostics)
    return Loaded(built.project, diagnostics, parts.files)
