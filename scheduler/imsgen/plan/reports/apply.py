"""Writing reports into the plan's files: comments, order and everything else stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from imsgen.errors import UsageError
from imsgen.model import Instant, Project
from imsgen.plan.loading import Loaded, load_edited
from imsgen.plan.reports.moments import written
from imsgen.plan.reports.report import Reported
from imsgen.plan.writing.places import Places

FILE = "progress.yaml"
"""Where progress goes when there is none yet."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the files of the plan would say, and the plan they make."""

    texts: Mapping[Path, str]
    loaded: Loaded


def record(
    plan: Path, project: Project, found: Sequence[Reported], status: Instant | None
) -> Recorded:
    """Return the plan with what is reported; nothing is written.

    Raises
    ------
    PlanError
        If the plan would have errors.
    UsageError
        If a file is in the way of the progress, or the plan cannot be edited safely.
    """
    texts = _edited(plan, project, found, status)
    loaded = load_edited(plan, texts)
    _check(project, loaded.project, found, status)
    return Recorded(texts, loaded)


def _edited(
    plan: Path, project: Project, found: Sequence[Reported], status: Instant | None
) -> dict[Path, str]:
    places = Places(plan)
    new: dict[str, str] = {}
    for one in found:
        place = places.progress(one.id)
        path = place.path if place is not None else places.progress_file()
        values = _values(one, _Zone(places, path, project))
        if one.forget:
            places.record(one.id, {}, ("actual_start", "actual_finish", *_LEFT))
        elif not places.record(one.id, values, _gone(project, one)) and values:
            inner = ", ".join(f"{key}: {text}" for key, text in values.items())
            new[one.id] = f"{{{inner}}}"
    if new and not places.has_progress():
        beside = places.root.parent / FILE
        if beside not in places.edits and beside.exists():
            raise UsageError(
                f"`{beside.name}` lies beside the plan, which does not include it: "
                f"add `include: [{FILE}]` to the plan"
            )
        places.include_progress(FILE, new)
    else:
        places.add_progress(new)
    if status is not None and status != project.status_date:
        if places.edits[places.root].root is None:
            raise UsageError(f"`{plan}` cannot be edited: expected a map of keys")
        # What an included plan says of it must agree, so that all of them move on together.
        for said in places.dated("status_date"):
            text = _Zone(places, said.path, project).text(status)
            places.edits[said.path].set_after(said.map, "start", "status_date", text)
    return places.texts()


class _Zone:
    """How a file of the plan says an instant."""

    def __init__(self, places: Places, path: Path, project: Project) -> None:
        self._own = places.zone(path)
        self._project = project

    def text(self, instant: Instant) -> str:
        """Return the instant in the file's zone, which is the plan's where it names none."""
        return written(instant, ZoneInfo(self._own or self._project.timezone))


_LEFT = ("percent_complete", "remaining", "resume")


def _values(one: Reported, zone: _Zone) -> dict[str, str]:
    found: dict[str, str] = {}
    if one.started is not None:
        found["actual_start"] = zone.text(one.started)
    if one.finished is not None:
        found["actual_finish"] = zone.text(one.finished)
    if one.percent is not None:
        found["percent_complete"] = f"{one.percent}%"
    if one.remaining:
        found["remaining"] = one.remaining
    return found


def _gone(project: Project, one: Reported) -> tuple[str, ...]:
    """Return what a report takes back: what was left of what is done, a finish that was none."""
    before = project.activities[one.id].progress
    if one.finished is not None:
        return _LEFT
    if before is not None and before.actual_finish is not None:
        return ("actual_finish",)
    return ("remaining",) if one.percent is not None and not one.remaining else ()


def _check(
    before: Project, after: Project, found: Sequence[Reported], status: Instant | None
) -> None:
    """Make sure that nothing but progress would change.

    Raises
    ------
    UsageError
        If more would: then the plan is written in a way that cannot be edited safely.
    """
    changed = {one.id for one in found}
    same = replace(
        after,
        status_date=before.status_date,
        activities={
            id_: replace(one, progress=before.activities[id_].progress) if id_ in changed else one
            for id_, one in after.activities.items()
            if id_ in before.activities
        },
    )
    moved = status is None or after.status_date == status
    if same != before or len(after.activities) != len(before.activities) or not moved:
        raise UsageError("more of the plan would change: write the progress by hand")
