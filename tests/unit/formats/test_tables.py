from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.placed import make_meeting, placed_schedule
from tests.support.projects import at, link, make_project, resource, task

from imsgen import formats
from imsgen.formats.csv import as_text, defused
from imsgen.formats.facts import Facts
from imsgen.formats.json import document
from imsgen.formats.notation import duration_text, link_text
from imsgen.formats.tables import TABLES
from imsgen.model import Estimate, Group, Need, Party, Progress, Schedule


def small() -> Schedule:
    """Two tasks and a milestone in a group, in New York; the first task is half done."""
    activities = [
        task(
            "build.load",
            480,
            needs={"dba": 50},
            name="Load",
            party=("us",),
            progress=Progress(at("2026-11-02 13:00"), percent_complete=50, remaining=240),
        ),
        task("build.check", 90, name="=1+1", deadline=at("2026-11-03 15:00")),
        task("build.done", 0, name="Done"),
    ]
    project = make_project(
        activities,
        [link("build.load", "build.check", "FS", 60), link("build.check", "build.done")],
        [resource("dba", 200, name="Database team")],
        groups=(Group("build", "Build"),),
        parties={"us": Party("us", "Our team")},
        timezone="America/New_York",
    )
    return placed_schedule(
        project,
        details={"build.load": {"total_float": -60, "critical": True}},
        meetings=(make_meeting("call", "2026-11-02 14:00", "2026-11-02 14:15"),),
        driving_chain=("build.load", "build.check"),
    )


def table(name: str) -> list[dict[str, Any]]:
    """Return one table of the small schedule."""
    found = document(small())[name]
    assert isinstance(found, list)
    return found


def test_an_activity_row_says_when_how_far_and_why() -> None:
    """Monday 08:00 UTC is 03:00 in New York; 480 minutes end at 17:00; half of it is done."""
    load = table("activities")[0]
    assert load["start"] == "2026-11-02T08:00:00Z"
    assert load["start_local"] == "2026-11-02T03:00:00-05:00"
    assert load["finish"] == "2026-11-02T17:00:00Z"
    assert load["duration"] == "1d"
    assert load["duration_minutes"] == 480
    assert load["percent_complete"] == 50
    assert load["total_float_minutes"] == -60
    assert load["critical"] is True
    assert load["driving"] is True
    assert load["successors"] == "build.check FS+1h"


def test_an_estimate_shows_its_ends() -> None:
    """Four to twelve hours, eight planned; where one duration is stated both are empty."""
    wide = task("wide", 480, estimate=Estimate(240, 480, 720))
    project = make_project([wide, task("sure", 60)])
    schedule = placed_schedule(
        project, {"wide": at("2026-11-02 08:00"), "sure": at("2026-11-02 08:00")}
    )
    found = document(schedule)["activities"]
    assert isinstance(found, list)
    rows = {row["id"]: row for row in found}
    ends = [(rows[one]["least_minutes"], rows[one]["most_minutes"]) for one in ("wide", "sure")]
    assert ends == [(240, 720), (None, None)]


def test_a_missed_deadline_is_marked_late() -> None:
    """The check ends on Tuesday at 10:30, before its deadline at 15:00; nothing is late."""
    rows = {row["id"]: row for row in table("activities")}
    assert rows["build.check"]["finish"] == "2026-11-03T10:30:00Z"
    assert rows["build.check"]["late"] is False


def test_the_group_is_done_by_duration_not_by_count() -> None:
    """240 of 570 minutes are done: 42 %, where the mean of the percentages would say 25 %."""
    assert table("groups")[0]["percent_complete"] == 42


def test_an_assignment_is_half_the_duration_at_half_a_unit() -> None:
    """480 minutes at 50 % are 240 minutes of work."""
    (row,) = table("assignments")
    assert (row["resource"], row["units_percent"], row["work_minutes"]) == ("dba", 50, 240)


def test_tables_are_flat_and_every_column_says_what_it_means() -> None:
    """Each row has the columns of its table, each value is a scalar, each meaning is there."""
    facts = Facts(small())
    for one in TABLES:
        assert len(set(one.header)) == len(one.header)
        assert all(column.meaning for column in one.columns)
        for row in one.rows(facts):
            assert all(cell is None or isinstance(cell, str | int | float) for cell in row)


def test_json_is_the_same_twice_and_reads_back(tmp_path: Path) -> None:
    """Same schedule, same bytes; the file is what the document says."""
    (first,) = formats.write(small(), "json", tmp_path, "one").files
    (second,) = formats.write(small(), "json", tmp_path, "two").files
    assert first.read_bytes() == second.read_bytes()
    assert json.loads(first.read_text(encoding="utf-8")) == document(small())


def test_csv_opens_in_excel_and_runs_nothing(tmp_path: Path) -> None:
    """A byte order mark, CR LF, and a name that looks like a formula gets an apostrophe."""
    (path,) = formats.write(small(), "csv", tmp_path, "plan").files
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 4
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[1]["name"] == "'=1+1"
    assert rows[0]["total_float_minutes"] == "-60"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\n=1", "＝1"])
def test_text_a_spreadsheet_would_run_is_defused(text: str) -> None:
    """The OWASP characters, behind spaces too, and their full-width twins."""
    assert defused(text) == f"'{text}"


@given(st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    """Whatever the plan says, no cell of the file begins with a character that runs."""
    cell = defused(text)
    assert isinstance(cell, str)
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_csv_has_a_row_for_each_activity() -> None:
    """A header and three activities."""
    assert len(list(csv.reader(io.StringIO(as_text(small()))))) == 4


@pytest.mark.parametrize(
    ("minutes", "elapsed", "text"),
    [
        (0, False, "0m"),
        (45, False, "45m"),
        (90, False, "1h30m"),
        (480, False, "1d"),
        (1200, False, "20h"),
        (1440, False, "3d"),
        (1530, False, "3d1h30m"),
        (2880, True, "2ed"),
        (90, True, "1eh30em"),
        (-120, False, "-2h"),
    ],
)
def test_durations_are_in_the_plans_notation(minutes: int, elapsed: bool, text: str) -> None:
    """A day is 480 minutes here; whole days say days, short mixtures hours."""
    assert duration_text(minutes, 480, elapsed) == text


def test_links_say_what_is_unusual_and_nothing_else() -> None:
    """FS without lag is the id alone; lag, its calendar and the most allowed follow."""
    project = make_project([task("a", 60), task("b", 60)])
    assert link_text(link("a", "b"), "a", project) == "a"
    assert link_text(link("a", "b", "SS"), "a", project) == "a SS"
    assert link_text(link("a", "b", "FF", -30), "a", project) == "a FF-30m"
    assert link_text(link("a", "b", lag=120, lag_calendar="24x7"), "a", project) == "a FS+2eh"
    assert (
        link_text(link("a", "b", lag=60, lag_calendar="bridge", max_lag=2400), "a", project)
        == "a FS+1h on bridge (at most 5d after)"
    )


def test_needs_in_the_chosen_mode_are_what_is_assigned() -> None:
    """With two modes, the assignment follows the mode of the schedule."""
    modes = (task("a", 60, needs={"x": 100}).modes[0], task("a", 90, needs={"y": 100}).modes[0])
    project = make_project([task("a", 60, modes=modes)], (), [resource("x"), resource("y")])
    schedule = placed_schedule(project, modes={"a": 1})
    assert Facts(schedule).mode("a").needs == (Need("y", 100),)
    assert Facts(schedule).duration_text("a") == "1h30m"
