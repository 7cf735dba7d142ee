"""Reading Patterson files, on an instance made by hand.

Six activities, two resources of 2 and 1: the source (1), then 2 (3 periods, one of the first
resource), 3 (2 periods, two of the first), 4 (4 periods after 2, one of the second), 5 (1 period
after 2 and 3, one of each), the sink (6).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.patterson import START, FormatError, Instance, parse, read

from imsgen.model import Kind
from imsgen.solver import Settings, solve
from imsgen.verifier import verify_schedule

TEXT = """\
6       2
2       1

0       0       0       2       2       3
3       1       0       2       4       5
2       2       0       1       5
4       0       1       1       6
1       1       1       1       6
0       0       0       0
"""


@pytest.fixture
def instance() -> Instance:
    return parse(TEXT, "hand")


def test_durations_demands_and_successors(instance: Instance) -> None:
    """Numbers land where the format says; activities count from 0 inside."""
    assert instance.capacities == (2, 1)
    assert instance.durations == (0, 3, 2, 4, 1, 0)
    assert instance.demands == ((0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (0, 0))
    assert instance.successors == ((1, 2), (3, 4), (4,), (5,), (5,), ())


def test_line_breaks_mean_nothing(instance: Instance) -> None:
    """One number a line, or all on one line, is the same instance."""
    assert parse("\n".join(TEXT.split()), "hand") == instance
    assert parse(" ".join(TEXT.split()), "hand") == instance


def test_read_takes_the_name_from_the_file(instance: Instance, tmp_path: Path) -> None:
    """The stem of the file names the instance."""
    path = tmp_path / "hand.rcp"
    path.write_text(TEXT.replace("\n", "\r\n"), encoding="ascii")
    assert read(path) == instance


def test_bounds_without_a_search(instance: Instance) -> None:
    """The longest chain is 2 then 4, 3 + 4; the first resource works 3 + 2·2 + 1 = 8 over 2."""
    assert instance.critical_path == 7
    assert instance.energy == 5


def test_plan(instance: Instance) -> None:
    """Source and sink are milestones; needs are percent of a unit; every link is FS."""
    project = instance.project()
    kinds = [activity.kind for activity in project.activities.values()]
    assert kinds == [Kind.MILESTONE, *[Kind.TASK] * 4, Kind.MILESTONE]
    assert project.activities["a5"].modes[0].needs[1].units == 100
    assert project.resources["r1"].capacity == ((None, 200),)
    assert [(link.predecessor, link.successor) for link in project.dependencies] == [
        ("a1", "a2"),
        ("a1", "a3"),
        ("a2", "a4"),
        ("a2", "a5"),
        ("a3", "a5"),
        ("a4", "a6"),
        ("a5", "a6"),
    ]


def test_solved_through_the_public_path(instance: Instance) -> None:
    """2 and 4 take 0 to 7; 3 needs both units, so 3 to 5; 5 needs the second one, 7 to 8."""
    project = instance.project()
    schedule = solve(project, Settings(levels=2))
    assert schedule.finish - START == 8
    assert schedule.status == "optimal"
    assert schedule.run.bounds["critical_path"] - START == 7
    assert verify_schedule(schedule) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ends before"),
        (TEXT.rstrip()[:-2], "ends before"),
        (TEXT + "1", "numbers follow"),
        (TEXT.replace("4       5", "4       7"), "activity 2 precedes 7, of 6"),
        (TEXT.replace("4       5", "4       0"), "activity 2 precedes 0, of 6"),
        (TEXT.replace("4       5", "1       5"), "in a circle"),
        (TEXT.replace("3       1", "x       1"), "`x` is not a whole number"),
        (TEXT.replace("3       1", "-3       1"), "`-3` is not a whole number"),
    ],
)
def test_not_in_the_format(text: str, said: str) -> None:
    """What is wrong is said, with the name of the instance."""
    with pytest.raises(FormatError, match="hand: ") as caught:
        parse(text, "hand")
    assert said in str(caught.value)
