"""Calendar files as other programs' engines read them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from tests.support.drawn import drawn
from tests.support.meetings import ZONES, drawn_schedules, workdays_of_a_year
from tests.support.placed import placed_schedule
from tests.support.projects import make_project, task
from tests.support.reissued import CHANGES, revised

from imsgen.formats.ical.calendar import calendar_bytes
from imsgen.formats.ical.files import contents
from imsgen.model import Meeting, Schedule, to_text
from imsgen.plan import load
from imsgen.schedule.diary.days import whole_days
from imsgen.schedule.diary.series import meeting_finish
from imsgen.solver import Settings, solve

SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE_NAMES = ("minimal.yaml", "programme.yaml", "cutover.yaml")
CHECKER = Path(__file__).parents[3] / "shared" / "tools" / "check_ics.py"
ICAL_JS = "ical.js@2.2.1"
_READER = """
const fs = require("fs");
const ICAL = require("ical.js").default || require("ical.js");
const out = process.argv.slice(2).map((name) => {
  const root = new ICAL.Component(ICAL.parse(fs.readFileSync(name, "utf8")));
  for (const zone of root.getAllSubcomponents("vtimezone"))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const utc = (time) => time.isDate ? time.toString() : time.toJSDate().toISOString();
  return root.getAllSubcomponents("vevent").flatMap((one) => {
    const event = new ICAL.Event(one), length = event.duration, found = [];
    const step = event.iterator();
    for (let next; (next = step.next()) && found.length < 2000; ) {
      const end = next.clone();
      end.addDuration(length);
      found.push([event.uid, utc(next), utc(end), event.summary]);
    }
    return found;
  });
});
console.log(JSON.stringify(out));
"""


@pytest.fixture(scope="session")
def checker() -> Any:
    """Return the independent checker."""
    if not CHECKER.exists():
        pytest.skip("the independent checker is not beside us")
    sys.path.insert(0, str(CHECKER.parent))
    try:
        return import_module("check_ics")
    finally:
        sys.path.pop(0)


def test_an_independent_checker_finds_nothing(checker: Any) -> None:
    """No error and no warning on 500 drawn calendars, however hostile their texts."""
    for schedule in drawn_schedules(500):
        report = checker.Rep()
        checker.check(calendar_bytes(schedule), report)
        assert report.items == []


@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.parametrize("tasks", ["", "mine", "critical", "all"])
def test_it_finds_nothing_in_the_files_of_a_sample(name: str, tasks: str, checker: Any) -> None:
    """Everybody's calendar, and those of each party and owner."""
    for file, content in _files(_sample(name), tasks).items():
        report = checker.Rep()
        checker.check(content, report)
        assert report.items == [], file


def test_it_finds_nothing_in_files_that_replace_others(checker: Any) -> None:
    """Drawn revisions: no event vanishes untold, what changes goes up a SEQUENCE, no other does."""
    for changes in drawn(st.lists(CHANGES, min_size=2, max_size=4), 20):
        schedule, before = None, dict[str, bytes]()
        for one in changes:
            schedule = revised(schedule, **one)
            now = _files(schedule)
            for file, content in now.items():
                report = checker.Rep()
                events = checker.check(content, report)
                if file in before and not file.startswith("changes"):
                    old = checker.check(before[file], checker.Rep())
                    checker.compare(old, events, report)
                assert report.items == [], file
            before = now


def _files(schedule: Schedule, tasks: str = "") -> dict[str, bytes]:
    return {
        name: content
        for name, content in contents(schedule, "plan.ics", tasks)
        if isinstance(content, bytes)
    }


@cache
def _sample(name: str) -> Schedule:
    return solve(load(SAMPLES / name).project, Settings(effort=0, time_limit=600))


@pytest.fixture(scope="session")
def ical_js(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the engine of Thunderbird and others in a folder of its own."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("Node.js and npm are not installed")
    folder = tmp_path_factory.mktemp("ical-js")
    (folder / "package.json").write_text("{}", encoding="utf-8")
    (folder / "read.js").write_text(_READER, encoding="utf-8")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", ICAL_JS]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=600)
    if done.returncode:
        pytest.skip("ical.js cannot be installed here")
    return folder


def _read(folder: Path, files: Sequence[Path]) -> list[list[list[str]]]:
    node = shutil.which("node")
    assert node is not None
    environment = {**os.environ, "TZ": "Pacific/Auckland"}
    command = [node, str(folder / "read.js"), *map(str, files)]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
        timeout=600,
    )
    read: list[list[list[str]]] = json.loads(done.stdout)
    return read


def test_ical_js_reads_the_same_instants(ical_js: Path, tmp_path: Path) -> None:
    """Every occurrence of every event starts and ends where the schedule says, and no other."""
    schedules = [*drawn_schedules(100), *(_sample(name) for name in SAMPLE_NAMES)]
    files = []
    for n, schedule in enumerate(schedules):
        files.append(tmp_path / f"{n}.ics")
        files[-1].write_bytes(_files(schedule, "all")[""])
    for schedule, found in zip(schedules, _read(ical_js, files), strict=True):
        told = [(start, end) for _, start, end, _ in found]
        meant = [_span(one) for one in (*schedule.meetings, *schedule.tasks)]
        assert sorted(told) == sorted(meant)


def _span(meeting: Meeting) -> tuple[str, str]:
    """Return begin and end as ical.js writes them: instants, or dates of whole days."""
    finish = meeting_finish(meeting)
    days = whole_days(meeting, finish)
    if days is not None:
        return days[0].isoformat(), days[1].isoformat()
    begin, end = (to_text(at).replace("Z", ":00.000Z") for at in (meeting.start, finish))
    return begin, end


def test_all_of_a_series_and_no_more(ical_js: Path, tmp_path: Path) -> None:
    """A stand-up over both clock changes of a year in every zone: exactly its occurrences."""
    for tzid in ZONES:
        made = workdays_of_a_year(tzid)
        file = tmp_path / "series.ics"
        file.write_bytes(
            calendar_bytes(placed_schedule(make_project([task("a", 1)]), meetings=made))
        )
        ((*found,),) = _read(ical_js, [file])
        told = sorted(start for _, start, _, _ in found)
        assert told == [to_text(one.start).replace("Z", ":00.000Z") for one in made]
