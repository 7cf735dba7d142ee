"""Calendar files as other programs' engines read them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.support.meetings import ZONES, drawn_schedules, workdays_of_a_year
from tests.support.placed import placed_schedule
from tests.support.projects import make_project, task

from imsgen.formats.ical.calendar import calendar_bytes
from imsgen.model import MeetingKind, to_text
from imsgen.schedule.diary.series import meeting_finish

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


@pytest.mark.skipif(not CHECKER.exists(), reason="the independent checker is not beside us")
def test_an_independent_checker_finds_nothing(tmp_path: Path) -> None:
    """No error and no warning on drawn calendars, however hostile their texts."""
    sys.path.insert(0, str(CHECKER.parent))
    try:
        import check_ics  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    for schedule in drawn_schedules(300):
        report = check_ics.Rep()
        check_ics.check(calendar_bytes(schedule), report)
        assert report.items == []


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
    """Every occurrence of every event starts and ends where the schedule says, whole days aside."""
    drawn = drawn_schedules(60)
    files = []
    for n, schedule in enumerate(drawn):
        files.append(tmp_path / f"{n}.ics")
        files[-1].write_bytes(calendar_bytes(schedule))
    for schedule, found in zip(drawn, _read(ical_js, files), strict=True):
        told = {(start, end) for _, start, end, _ in found}
        for meeting in schedule.meetings:
            if meeting.kind is MeetingKind.WINDOW:
                continue  # may be whole days, which have no instant
            span = (meeting.start, meeting_finish(meeting))
            assert tuple(to_text(at).replace("Z", ":00.000Z") for at in span) in told


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
