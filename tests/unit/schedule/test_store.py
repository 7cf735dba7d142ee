"""The schedule file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.projects import at, link, make_project, resource, task
from tests.support.schedules import dated, make_schedule

from imsgen.errors import UsageError
from imsgen.model import Driver, DriverKind, Run, Schedule
from imsgen.schedule import read_schedule, to_json, write_schedule


def _schedule() -> Schedule:
    project = make_project(
        [task("a", 60, needs={"r": 100}), task("b", 30, deadline=at("2026-11-02 09:15"))],
        [link("a", "b")],
        [resource("r")],
    )
    return make_schedule(
        project,
        dated("a", "2026-11-02 08:00", "2026-11-02 09:00", total_float=0, critical=True),
        dated(
            "b",
            "2026-11-02 09:00",
            "2026-11-02 09:30",
            driver=Driver(DriverKind.LINK, "a", text="after a"),
        ),
        run=Run(seed=7, versions={"imsgen": "x"}, bounds={"energy": at("2026-11-02 09:30")}),
        driving_chain=("a", "b"),
    )


def test_a_schedule_comes_back_from_its_file(tmp_path: Path) -> None:
    """Reading gives what was written, the whole plan included."""
    schedule = _schedule()
    path = tmp_path / "new" / "plan.schedule.json"
    write_schedule(schedule, path)
    assert read_schedule(path) == schedule
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_file_is_lf_utf8_and_stable(tmp_path: Path) -> None:
    """Two writes give the same bytes, without carriage returns, with a final newline."""
    one, two = tmp_path / "1", tmp_path / "2"
    write_schedule(_schedule(), one)
    write_schedule(read_schedule(one), two)
    assert one.read_bytes() == two.read_bytes()
    assert b"\r" not in one.read_bytes()
    assert one.read_bytes().endswith(b"}\n")


def test_each_activity_has_its_own_line() -> None:
    """A moved activity is one changed line in a diff."""
    lines = to_json(_schedule()).splitlines()
    (line,) = [line for line in lines if line.startswith('  "a": {"id": "a", "start"')]
    assert '"finish": "2026-11-02T09:00Z"' in line


def test_not_a_schedule_is_said_so(tmp_path: Path) -> None:
    """Anything else is a usage error with what was expected."""
    for content in (b"name: plan\n", b'{"kind": "other"}', b"[1]", b"\xff\xfe\x00", b""):
        path = tmp_path / "file"
        path.write_bytes(content)
        with pytest.raises(UsageError, match="is not a schedule file"):
            read_schedule(path)


def test_a_cut_off_file_is_said_so(tmp_path: Path) -> None:
    """A file that ends in the middle asks to solve again."""
    path = tmp_path / "file"
    path.write_text(to_json(_schedule())[:-40])
    with pytest.raises(UsageError, match="solve the plan again"):
        read_schedule(path)


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    """An unknown format is not guessed at."""
    document = json.loads(to_json(_schedule()))
    document["format"] = 2
    path = tmp_path / "file"
    path.write_text(json.dumps(document))
    with pytest.raises(UsageError, match="install a newer imsgen"):
        read_schedule(path)


def test_a_damaged_value_is_named(tmp_path: Path) -> None:
    """A date edited by hand into nonsense is found with its path."""
    document = json.loads(to_json(_schedule()))
    document["activities"]["b"]["start"] = "soon"
    path = tmp_path / "file"
    path.write_text(json.dumps(document))
    with pytest.raises(UsageError, match=r"damaged at activities\.b\.start: expected a date"):
        read_schedule(path)


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    """The operating system's reason is passed on."""
    with pytest.raises(UsageError, match="cannot read"):
        read_schedule(tmp_path / "nothing")
