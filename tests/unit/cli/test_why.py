"""Why an activity is when it is."""

from __future__ import annotations

import pytest
from tests.support.projects import at, link, make_project, resource, task
from tests.support.schedules import dated, make_schedule

from imsgen.cli.tables import TABLES, table
from imsgen.cli.why import chain, find_activity, why
from imsgen.errors import UsageError
from imsgen.model import Driver, DriverKind, Group, Schedule


def _schedule() -> Schedule:
    project = make_project(
        [
            task("x.a", 60, name="First", needs={"r": 50}),
            task("x.b", 60, name="Second", deadline=at("2026-11-03 00:00")),
            task("y.b", 0, name="Third"),
        ],
        [link("x.a", "x.b"), link("x.b", "y.b")],
        [resource("r", name="Ana")],
        groups=[Group("x", "X"), Group("y", "Y")],
    )
    return make_schedule(
        project,
        dated(
            "x.a",
            "2026-11-02 08:00",
            "2026-11-02 09:00",
            total_float=0,
            critical=True,
            driver=Driver(DriverKind.PROJECT_START),
        ),
        dated(
            "x.b",
            "2026-11-02 09:00",
            "2026-11-02 10:00",
            total_float=480,
            free_float=0,
            driver=Driver(DriverKind.RESOURCE, "x.a", "r", "gets Ana from First"),
        ),
        dated(
            "y.b", "2026-11-02 10:00", "2026-11-02 10:00", driver=Driver(DriverKind.LINK, "x.b")
        ),
        groups={"x": (at("2026-11-02 08:00"), at("2026-11-02 10:00"))},
    )


def test_the_chain_walks_back_to_what_nothing_drives() -> None:
    """From the milestone over the resource to the plan's start."""
    assert chain(_schedule(), "y.b") == ("y.b", "x.b", "x.a")


def test_a_circle_of_drivers_ends() -> None:
    """Two activities that name each other do not hang the program."""
    project = make_project([task("a", 60), task("b", 60)])
    schedule = make_schedule(
        project,
        dated("a", "2026-11-02 08:00", "2026-11-02 09:00", driver=Driver(DriverKind.LINK, "b")),
        dated("b", "2026-11-02 08:00", "2026-11-02 09:00", driver=Driver(DriverKind.LINK, "a")),
    )
    assert chain(schedule, "a") == ("a", "b")


def test_why_says_dates_float_and_reasons() -> None:
    """The solver's own words are used where it has some."""
    lines = why(_schedule(), "x.b").splitlines()
    assert lines[0] == "Second (x.b)"
    assert "  start   Mon 2 Nov 2026 09:00 UTC" in lines
    assert "  float   total 1d, free 0" in lines
    assert "  due     Mon 2 Nov 2026 24:00 UTC" in lines
    assert [line.strip() for line in lines[lines.index("Because") + 1 :]] == [
        "Mon  2 Nov 2026 09:00 UTC   Second (x.b)",
        "gets Ana from First",
        "Mon  2 Nov 2026 08:00 UTC   First (x.a)",
        "starts with the plan",
    ]


def test_an_activity_is_found_by_the_end_of_its_id() -> None:
    """`a` is enough for `x.a`; `b` ends two ids and is refused with both."""
    schedule = _schedule()
    assert find_activity(schedule, "a") == "x.a"
    assert find_activity(schedule, "y.b") == "y.b"
    with pytest.raises(UsageError, match=r"ends the ids `x\.b`, `y\.b`"):
        find_activity(schedule, "b")
    with pytest.raises(UsageError, match="is a group"):
        find_activity(schedule, "x")
    with pytest.raises(UsageError, match=r"did you mean `x\.a`"):
        find_activity(schedule, "x.aa")


def test_columns_are_aligned() -> None:
    """Text goes left, numbers right, and long text is cut."""
    text = table(("id", ">n"), [("a", "1"), ("b" * 60, "22")])
    assert text.splitlines()[0] == "id" + " " * 44 + " n"
    assert text.splitlines()[2] == "a" + " " * 45 + " 1"
    assert text.splitlines()[3].startswith("b" * 43 + "…")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("activities", "x.b  Second  Mon  2 Nov 2026 09:00 UTC"),
        ("critical", "x.a  First  Mon  2 Nov 2026 08:00 UTC"),
        ("resources", "r   Ana     50%"),
        ("meetings", "start  kind  name  id"),
        ("deadlines", "14 h to spare"),
    ],
)
def test_each_table(name: str, expected: str) -> None:
    """Every table shows its rows."""
    assert expected in TABLES[name](_schedule())
