"""A plan solved, written for MS Project and read back means what it meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from tests.support.features import Feature
from tests.support.profiles import examples
from tests.support.strategies import projects

from imsgen.calendars import CalendarBook
from imsgen.diagnostics import Report
from imsgen.errors import ImsgenError
from imsgen.formats.mspdi import import_plan, write
from imsgen.model import DAY, Activity, Instant, Kind, Project, Schedule
from imsgen.plan import load_text
from imsgen.solver import Settings, solve
from imsgen.verifier import verify

EVERYTHING_KEPT = frozenset(
    {Feature.CALENDARS, Feature.EXCEPTIONS, Feature.RESOURCES, Feature.STEPS, Feature.LEAVE,
     Feature.IGNORE, Feature.ELAPSED, Feature.MILESTONES, Feature.GROUPS, Feature.LINK_TYPES,
     Feature.LAGS, Feature.LOWER_DATES, Feature.UPPER_DATES, Feature.DEADLINES, Feature.GATES,
     Feature.UNBROKEN, Feature.OFF_RECORD}
)  # fmt: skip
"""What an MS Project file and our custom fields and notes say of a plan."""
_HIGHEST = 999
"""Priority: at 1000 MS Project would never level a task."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the file is written, again and again."""
    return tmp_path_factory.mktemp("mspdi") / "plan.xml"


@examples(25)
@given(projects(EVERYTHING_KEPT, max_activities=5))
def test_there_and_back(path: Path, project: Project) -> None:
    """Each activity with its id, work, people and hours; and the dates obey what comes back."""
    try:
        schedule = solve(project, Settings(effort=0.005, levels=2, explain=False))
    except ImsgenError:
        return
    back = _back(schedule, path)
    assert sorted(back.activities) == sorted(project.activities)
    assert sorted(back.groups) == sorted(project.groups)
    assert verify(back, schedule.activities) == []
    ours, theirs = CalendarBook(project), CalendarBook(back)
    for id_, activity in project.activities.items():
        other = back.activities[id_]
        assert _always(other) == _always(activity)
        placed = schedule.activities.get(id_)
        if placed is None:  # what is inactive is written with its dates alone
            continue
        assert _while_active(other) == _while_active(activity)
        if not activity.modes[0].elapsed:
            span = (Instant(placed.start - DAY), Instant(placed.finish + 30 * DAY))
            assert list(theirs.effective(other).intervals(*span)) == list(
                ours.effective(activity).intervals(*span)
            )


@examples(25)
@given(projects(frozenset(Feature), max_activities=5))
def test_anything_comes_back_as_a_plan(path: Path, project: Project) -> None:
    """Windows, hammocks, other zones, progress: some of it is lost, the rest loads."""
    try:
        schedule = solve(project, Settings(effort=0.005, levels=1, explain=False))
    except ImsgenError:
        return
    assert sorted(_back(schedule, path).activities) == sorted(project.activities)


def _back(schedule: Schedule, path: Path) -> Project:
    write(schedule, path)
    report = Report()
    found = import_plan(path, schedule.project.timezone, report)
    assert found is not None
    assert not report.diagnostics
    return load_text(found.text.encode(), "plan.yaml").project


def _always(activity: Activity) -> object:
    mode = activity.modes[0]
    return (activity.kind, mode.duration, mode.elapsed, activity.active,
            min(activity.priority, _HIGHEST))  # fmt: skip


def _while_active(activity: Activity) -> object:
    needs = sorted((need.resource, need.units) for need in activity.modes[0].needs)
    unbroken = activity.unbroken and activity.kind is not Kind.MILESTONE
    return (needs, unbroken, activity.deadline)
