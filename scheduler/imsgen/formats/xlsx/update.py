"""Bringing back into the plan what people filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from imsgen.diagnostics import Diagnostic, Report, Severity
from imsgen.errors import PlanError
from imsgen.formats.xlsx.answers import read_answers
from imsgen.formats.xlsx.change import Change
from imsgen.formats.xlsx.editable import DATED, DECISION, DECISIONS, cell_texts, decision_of
from imsgen.formats.xlsx.merge import changes_of
from imsgen.formats.xlsx.write_back import WriteBack
from imsgen.model import Activity, Project
from imsgen.plan import load_edited
from imsgen.plan.writing.places import Places

_ANY = ZoneInfo("UTC")
"""Zone of texts whose dates nobody looks at."""


@dataclass(frozen=True, slots=True)
class Update:
    """What people changed, and what the files of the plan would say."""

    changes: tuple[Change, ...]
    texts: Mapping[Path, str]
    missing: tuple[str, ...]
    """Activities whose rows are gone from the workbook; the plan keeps them."""
    remarks: tuple[Diagnostic, ...]
    """Warnings: edits that nothing is taken from."""


def update_plan(plan: Path, project: Project, workbook: Path) -> Update:
    """Return what a workbook changes in a plan; nothing is written.

    Raises
    ------
    PlanError
        If a cell cannot be taken, conflicts with the plan, or makes the plan wrong.
    """
    report = Report()
    answers = read_answers(workbook, project, report)
    changes = changes_of(answers, project, report) if answers is not None else []
    if answers is None or report.failed:
        raise PlanError(report.sorted())
    places = Places(plan)
    WriteBack(places, project, answers.zone, report).write(changes)
    if report.failed:
        raise PlanError(report.sorted())
    texts = places.texts()
    if texts:
        after = _loaded(plan, texts)
        _check(project, after, changes, report)
        _undated(after, changes, report)
    return Update(tuple(changes), texts, tuple(answers.missing), report.sorted())


def _loaded(plan: Path, texts: Mapping[Path, str]) -> Project:
    """Return the plan as it would be.

    Raises
    ------
    PlanError
        If it would be wrong; without places, for the text is not the one in the files.
    """
    try:
        return load_edited(plan, texts).project
    except PlanError as error:
        found = tuple(
            replace(one, message=f"with what was filled in, {one.message}", span=None, labels=())
            for one in error.diagnostics
            if one.severity is Severity.ERROR
        )
        raise PlanError(found) from error


def _check(before: Project, after: Project, changes: Sequence[Change], report: Report) -> None:
    """Make sure that the plan would say what was filled in, and everything else as before.

    Raises
    ------
    PlanError
        If it would not: then the plan is written in a way that cannot be edited safely.
    """
    for change in changes:
        if not _says(change, before, after):
            report.add(
                "IMS631",
                f"{change.place}: the plan would not say `{change.new}` for `{change.id}`",
                help="change it in the plan by hand",
            )
    kept = ("groups", "dependencies", "resources", "gates", "checkpoints", "outline", "windows",
            "calendars", "start", "timezone")  # fmt: skip
    if any(getattr(before, name) != getattr(after, name) for name in kept):
        report.add("IMS631", "more of the plan would change", help="fill it in by hand")
    changed = {change.id for change in changes}
    for id_, activity in before.activities.items():
        now = after.activities[id_]
        if _rest(activity) != _rest(now) or (id_ not in changed and activity != now):
            report.add("IMS631", f"`{id_}` would change too", help="fill in the plan by hand")
    if report.failed:
        raise PlanError(report.sorted())


def _says(change: Change, before: Project, after: Project) -> bool:
    """Whether the plan has taken a change."""
    if not change.id:
        return after.status_date == change.at
    activity = after.activities[change.id]
    progress = activity.progress
    if change.key in DATED:
        at = getattr(progress, change.key) if progress is not None else None
        return bool(at == change.at)
    if change.key == DECISION:
        return decision_of(activity) == change.new
    if change.key == "remaining" and progress is not None and progress.actual_finish is not None:
        return True
    said = cell_texts(after, activity, 0, _ANY)[change.key]
    if change.key == "owner" and change.new in before.resources:
        return said == before.resources[change.new].name
    return said.strip() == change.new


def _undated(after: Project, changes: Sequence[Change], report: Report) -> None:
    """Say of a gate that is decided and has no date yet what that means for the dates."""
    for change in changes:
        progress = after.activities[change.id].progress if change.id else None
        open_ = progress is None or progress.actual_finish is None
        if change.key == DECISION and change.new != DECISIONS[0] and open_:
            report.add(
                "IMS634",
                f"{change.place}: `{change.id}` is decided, {change.new}, but has no actual finish",
                help="fill in when on sheet `Schedule`, else it stays planned",
                severity=Severity.WARNING,
            )


def _rest(activity: Activity) -> Activity:
    fields = {name: text for name, text in activity.fields.items() if name != DECISION}
    return replace(activity, progress=None, owner=None, notes="", fields=fields)
