"""Bringing back into the plan what people filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from imsgen.diagnostics import Report
from imsgen.errors import PlanError
from imsgen.formats.clock import local
from imsgen.formats.xlsx.answers import read_answers
from imsgen.formats.xlsx.editable import MINUTE, cell_texts
from imsgen.formats.xlsx.merge import STATUS, Change, changes_of
from imsgen.model import Activity, Project
from imsgen.plan import load_edited
from imsgen.plan.writing.places import PROGRESS, Place, Places
from imsgen.plan.writing.scalars import words

_WHOLE_DAY = ("actual_finish", STATUS)
"""Ends: a date without a time is its last minute, in a cell as in a plan."""


@dataclass(frozen=True, slots=True)
class Update:
    """What people changed, and what the files of the plan would say."""

    changes: tuple[Change, ...]
    texts: Mapping[Path, str]
    missing: tuple[str, ...]
    """Activities whose rows are gone from the workbook; the plan keeps them."""


def update_plan(plan: Path, project: Project, workbook: Path) -> Update:
    """Return what a workbook changes in a plan; nothing is written.

    Raises
    ------
    PlanError
        If a cell cannot be taken, conflicts with the plan, or makes the plan wrong.
    """
    report = Report()
    answers = read_answers(workbook, project.groups, report)
    changes = changes_of(answers, project, report) if answers is not None else []
    if answers is None or report.failed:
        raise PlanError(report.sorted())
    places = Places(plan)
    _Writer(places, project).write(changes)
    texts = places.texts()
    if texts:
        after = load_edited(plan, texts).project
        _check(project, after, changes)
    return Update(tuple(changes), texts, tuple(answers.missing))


class _Writer:
    """Turns changes into edits of the files."""

    def __init__(self, places: Places, project: Project) -> None:
        self._places, self._project = places, project
        self._new: dict[str, str] = {}

    def write(self, changes: Sequence[Change]) -> None:
        """Make the edits; what has no progress yet gets an entry of its own."""
        by_id: dict[str, dict[str, str]] = {}
        for change in changes:
            by_id.setdefault(change.id, {})[change.key] = change.new
        for id_, values in by_id.items():
            if not id_:
                self._status(values[STATUS])
                continue
            own = self._places.activities[id_]
            for key in ("owner", "notes"):
                if key in values:
                    self._own(own, key, values[key])
            progress = {key: values[key] for key in PROGRESS if key in values}
            if progress:
                self._progress(id_, progress)
        self._places.add_progress(self._new)

    def _status(self, text: str) -> None:
        root = self._places.root
        edit = self._places.edits[root]
        if edit.root is not None:
            edit.set(edit.root, STATUS, self._dated(STATUS, text, root))

    def _own(self, place: Place, key: str, text: str) -> None:
        edit = self._places.edits[place.path]
        if not text:
            edit.remove(place.map, key)
        else:
            edit.set(place.map, key, self._person(text) if key == "owner" else words(text))

    def _person(self, text: str) -> str:
        """Return the id of whom a name means, else the text."""
        if text in self._project.resources:
            return text
        known = [one.id for one in self._project.resources.values() if one.name == text]
        return known[0] if len(known) == 1 else words(text)

    def _progress(self, id_: str, values: dict[str, str]) -> None:
        done = bool(values.get("actual_finish"))
        gone = {"percent_complete", "remaining", "resume"} if done else set()
        gone |= {key for key, text in values.items() if not text}
        place = self._places.progress(id_)
        path = place.path if place is not None else self._places.progress_file()
        written = {
            key: self._dated(key, text, path) for key, text in values.items() if key not in gone
        }
        if not self._places.record(id_, written, gone) and written:
            inner = ", ".join(f"{key}: {text}" for key, text in written.items())
            self._new[id_] = f"{{{inner}}}"

    def _dated(self, key: str, text: str, path: Path) -> str:
        if key == "percent_complete":
            return f"{text}%"
        if key == "remaining":
            return text
        shown = text.removesuffix(" 00:00") if key in _WHOLE_DAY else text
        zone = self._places.zone(path)
        other = zone is not None and zone != self._project.timezone
        return f"{shown} {self._project.timezone}" if other else shown


def _check(before: Project, after: Project, changes: Sequence[Change]) -> None:
    """Make sure that the plan would say what was filled in, and everything else as before.

    Raises
    ------
    PlanError
        If it would not: then the plan is written in a way that cannot be edited safely.
    """
    report = Report()
    for change in changes:
        if not change.id:
            at = after.status_date
            said = "" if at is None else local(at, ZoneInfo(after.timezone)).strftime(MINUTE)
        else:
            activity = after.activities[change.id]
            said = cell_texts(after, activity, 0)[change.key]
        wanted = _meant(change, before)
        if change.key == "remaining" and _done(after, change.id):
            wanted = ""
        if said.strip() != wanted:
            report.add(
                "IMS631",
                f"{change.place}: `{change.new}` would read `{said}` in the plan, "
                "change it there by hand",
            )
    kept = ("groups", "dependencies", "resources", "gates", "checkpoints", "outline")
    if any(getattr(before, name) != getattr(after, name) for name in kept):
        report.add("IMS631", "more of the plan would change, fill it in by hand")
    changed = {change.id for change in changes}
    for id_, activity in before.activities.items():
        same = _rest(activity) == _rest(after.activities[id_])
        if not same or (id_ not in changed and activity != after.activities[id_]):
            report.add("IMS631", f"`{id_}` would change too, fill in the plan by hand")
    if report.failed:
        raise PlanError(report.sorted())


def _done(project: Project, id_: str) -> bool:
    progress = project.activities[id_].progress
    return progress is not None and progress.actual_finish is not None


def _meant(change: Change, project: Project) -> str:
    """Return what the cell will say once the plan is exported again."""
    if change.key in _WHOLE_DAY and change.new.endswith(" 00:00"):
        return f"{date.fromisoformat(change.new[:10]) + timedelta(days=1)} 00:00"
    if change.key == "owner" and change.new in project.resources:
        return project.resources[change.new].name
    return change.new


def _rest(activity: Activity) -> Activity:
    return replace(activity, progress=None, owner=None, notes="")
