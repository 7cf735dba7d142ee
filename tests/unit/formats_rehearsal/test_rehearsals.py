"""Timings of rehearsals: what is read, what is learned by hand, and what text may not break."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.placed import placed_schedule
from tests.support.profiles import examples
from tests.support.projects import link, make_project, task

from imsgen.analysis.rehearsal import Learning, learned, sums
from imsgen.diagnostics import Report
from imsgen.errors import UsageError
from imsgen.formats.rehearsal import estimate_text, read_rehearsal
from imsgen.formats.rehearsal.cells import rows_of
from imsgen.model import Estimate, Project, Schedule


def _project() -> Project:
    return make_project(
        [
            task("night.stop", 30, "bridge"),
            task("night.load", 240, "bridge"),
            task("night.check", 60, "bridge"),
            task("day.check", 60),
            task("done", 0),
        ],
        [link("night.stop", "night.load"), link("night.load", "night.check")],
    )


def _read(tmp_path: Path, text: str, name: str = "r.csv") -> tuple[dict[str, int], list[str]]:
    path = tmp_path / name
    path.write_bytes(text.encode())
    report = Report()
    found = read_rehearsal(path, _project(), report)
    places = [
        f"{one.code} {one.span.line}:{one.span.column}" if one.span else one.code
        for one in report.diagnostics
    ]
    return found, places


@pytest.mark.parametrize(
    "text",
    [
        "id,start,finish\nload,2026-10-10 19:00,2026-10-10 23:30\n",
        "\ufeffID;Start;Finish;Pause\r\nnight.load;2026-10-10 19:00;2026-10-10 23:40;10\r\n",
        "step\ttook\nload\t4h30m\n",
        'note,id,minutes\n"all, well","load",270\n',
        # The night the clocks go back in New York, said with offsets.
        "id,start,finish\nload,2026-11-01 00:30-04:00,2026-11-01 04:00-05:00\n",
    ],
)
def test_four_and_a_half_hours(tmp_path: Path, text: str) -> None:
    """Whatever the delimiter, the headings and the way to say it."""
    assert _read(tmp_path, text) == ({"night.load": 270}, [])


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Each with line and column of the cell."""
    _, places = _read(
        tmp_path,
        "id,start,finish,pause\n"
        "check,2026-10-10 19:00,2026-10-10 20:00,\n"  # which of two
        "nobody,2026-10-10 19:00,2026-10-10 20:00,\n"
        "done,2026-10-10 19:00,2026-10-10 20:00,\n"  # a milestone
        "night,2026-10-10 19:00,2026-10-10 20:00,\n"  # a group
        "load,2026-10-10 19:00,2026-10-10 18:00,\n"
        "stop,2026-10-10,2026-10-10 18:00,1d\n"
        "stop,19:00,,\n",
    )
    assert places == [
        "IMS651 2:1",
        "IMS651 3:1",
        "IMS651 4:1",
        "IMS651 5:1",
        "IMS653 6:23",
        "IMS652 7:6",
        "IMS652 7:34",
        "IMS652 8:1",
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", ["IMS650 1:1"]),
        ("stop,19:00,19:40\n", ["IMS650 1:1"]),
        ("id,start\nstop,2026-10-10 19:00\n", ["IMS650 1:1"]),
        ('id,minutes\nstop,"40\n', ["IMS650 2:6"]),
        ("id,minutes\nstop,40\nstop,41\n", ["IMS651 3:1"]),
        ("id,minutes\n,40\n", ["IMS651 2:1"]),
        ("id,minutes\nstop,99999999\n", ["IMS653 2:6"]),
    ],
)
def test_files_that_will_not_do(tmp_path: Path, text: str, places: list[str]) -> None:
    """No heading, an open quote, a step twice, a year."""
    assert _read(tmp_path, text)[1] == places


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    """Says what to save it as."""
    (tmp_path / "r.csv").write_bytes(b"id,minutes\nst\xf6p,40\n")
    with pytest.raises(UsageError, match="UTF-8"):
        read_rehearsal(tmp_path / "r.csv", _project(), Report())


@examples(60)
@given(text=st.text(st.sampled_from('id,minutes;\t|"\r\n stop40h:-ü\x00'), max_size=60))
def test_any_text_is_read_or_told_of(text: str) -> None:
    """Cells lie in the text where their spans say."""
    rows, _ = rows_of(text, "r.csv")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for row in rows:
        for cell in row:
            assert 1 <= cell.span.line <= len(lines)
            assert cell.span.column <= len(lines[cell.span.line - 1]) + 1


def _schedule() -> Schedule:
    return placed_schedule(_project(), driving_chain=("night.stop", "night.load", "night.check"))


def test_what_two_rehearsals_teach() -> None:
    """Load: 300, then 270, planned 240: least 270, likely 270, most 300. Stop as planned."""
    first, second = {"night.load": 300, "night.stop": 30}, {"night.load": 270}
    stop, load = learned(_schedule(), [first, second], Learning.THREE_POINT)
    assert stop.proposed is None
    assert load.actual == (300, 270)
    assert load.proposed == Estimate(270, 270, 300)
    assert load.ratio == 270 / 240
    found = sums([stop, load])
    assert (found.planned, found.taken) == (270, 300)
    assert (found.driving_planned, found.driving_taken) == (270, 300)


def test_what_was_thought_possible_and_not_seen_stays_possible() -> None:
    """Planned [180, 240, 360], taken 200: least 180, likely 200, most 360; quicker: 150."""
    schedule = _schedule()
    project = schedule.project
    load = replace(project.activities["night.load"], estimate=Estimate(180, 240, 360))
    wide = replace(
        schedule, project=replace(project, activities={**project.activities, load.id: load})
    )
    (one,) = learned(wide, [{"night.load": 200}], Learning.THREE_POINT)
    assert one.proposed == Estimate(180, 200, 360)
    (one,) = learned(wide, [{"night.load": 150}], Learning.THREE_POINT)
    assert one.proposed == Estimate(150, 150, 360)


@pytest.mark.parametrize(
    ("learning", "expected"), [(Learning.LONGEST, "5h"), (Learning.LAST, "4h30m")]
)
def test_other_ways_to_learn(learning: Learning, expected: str) -> None:
    """One value: the longest, or the last."""
    (load,) = learned(_schedule(), [{"night.load": 300}, {"night.load": 270}], learning)
    assert load.proposed is not None
    assert estimate_text(load.proposed) == expected
    assert estimate_text(Estimate(30, 65, 1500), elapsed=True) == "[30em, 1eh5em, 25eh]"
