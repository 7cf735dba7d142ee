"""Files that MPXJ read and wrote again become the plans they were."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.weekend import weekend

from imsgen.calendars import CalendarBook
from imsgen.cli.main import cli
from imsgen.diagnostics import Report
from imsgen.formats.mpxj import to_mspdi
from imsgen.formats.mspdi import import_plan, write
from imsgen.model import DAY, Instant, Project, Schedule
from imsgen.plan import load, load_text
from imsgen.solver import Settings, solve
from imsgen.verifier import verify

pytestmark = pytest.mark.jvm

ROOT = Path(__file__).parents[2]
Rewriter = Callable[[Schedule], Project]


@pytest.fixture(scope="module")
def rewritten(tmp_path_factory: pytest.TempPathFactory) -> Rewriter:
    """Return what writes a schedule, lets MPXJ write it again, and imports that."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java is not installed")
    pytest.importorskip("jpype", reason="the interop group is not installed")
    pytest.importorskip("mpxj", reason="the interop group is not installed")
    folder = tmp_path_factory.mktemp("mpxj")

    def again(schedule: Schedule) -> Project:
        ours, theirs = folder / "ours.xml", folder / "theirs.xml"
        write(schedule, ours)
        to_mspdi(ours, theirs)
        assert theirs.read_bytes() != ours.read_bytes()
        report = Report()
        found = import_plan(theirs, schedule.project.timezone, report)
        assert not report.diagnostics
        assert found is not None
        return load_text(found.text.encode(), "plan.yaml").project

    return again


def _same(schedule: Schedule, back: Project) -> None:
    project = schedule.project
    assert sorted(back.activities) == sorted(project.activities)
    assert sorted(back.groups) == sorted(project.groups)
    ours, theirs = CalendarBook(project), CalendarBook(back)
    for id_, placed in schedule.activities.items():
        activity, other = project.activities[id_], back.activities[id_]
        mode = activity.modes[placed.mode]
        if activity.spans is not None:
            continue  # a hammock comes back as a task between two links
        assert (other.name, other.kind, other.deadline) == (
            activity.name, activity.kind, activity.deadline
        )  # fmt: skip
        assert (other.modes[0].duration, len(other.modes[0].needs)) == (
            mode.duration, len(mode.needs)
        )  # fmt: skip
        span = (Instant(placed.start - DAY), Instant(placed.finish + 7 * DAY))
        if not mode.elapsed:
            assert list(theirs.effective(other).intervals(*span)) == list(
                ours.effective(activity, placed.mode).intervals(*span)
            )


def test_a_weekend_comes_back_through_mpxj(rewritten: Rewriter) -> None:
    """Two zones, nights, a change of the clock: as it was, and the dates obey it."""
    schedule = weekend()
    back = rewritten(schedule)
    _same(schedule, back)


@pytest.mark.parametrize("name", ["minimal", "cutover", "programme"])
def test_samples_come_back_through_mpxj(rewritten: Rewriter, name: str) -> None:
    """Every activity with its name, work, people and hours; the solver finds a schedule for it."""
    project = load(ROOT / "samples" / f"{name}.yaml").project
    schedule = solve(project, Settings(effort=0.02, explain=False))
    back = rewritten(schedule)
    _same(schedule, back)
    again = solve(back, Settings(effort=0.02, explain=False))
    assert verify(back, again.activities) == []


@pytest.mark.parametrize(("format_", "suffix"), [("MPX", "mpx"), ("XER", "xer"), ("PMXML", "xml")])
def test_files_of_other_programs_come_through_mpxj(
    rewritten: Rewriter, tmp_path: Path, format_: str, suffix: str
) -> None:
    """An old Project file and both of Primavera's: every task with its name, and it can be solved."""
    schedule = solve(load(ROOT / "samples" / "minimal.yaml").project, Settings(effort=0.02))
    rewritten(schedule)
    jpype = pytest.importorskip("jpype")
    ours, theirs, plan = tmp_path / "ours.xml", tmp_path / f"plan.{suffix}", tmp_path / "plan.yaml"
    write(schedule, ours)
    project = jpype.JClass("org.mpxj.reader.UniversalProjectReader")().read(str(ours))
    formats = jpype.JClass("org.mpxj.writer.FileFormat")
    writer = jpype.JClass("org.mpxj.writer.UniversalProjectWriter")(getattr(formats, format_))
    writer.write(project, str(theirs))
    result = CliRunner().invoke(cli, ["import", str(theirs), "-o", str(plan)])
    assert result.exit_code == 0, result.output
    back = load(plan).project
    names = [one.name for one in schedule.project.activities.values()]
    rows = [one.name for one in back.activities.values()]
    rows += [one.name for one in back.groups.values()]
    assert sorted(rows) == sorted(names)
    assert verify(back, solve(back, Settings(effort=0.02)).activities) == []
