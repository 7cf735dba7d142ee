"""Small valid plans, and what they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from imsgen.model import (
    Constraint,
    ConstraintType,
    Dependency,
    End,
    Estimate,
    Event,
    Every,
    Expectation,
    Instant,
    Kind,
    LinkType,
    Mode,
    Need,
    Options,
    Progress,
    Project,
    Undo,
    When,
    Within,
    from_datetime,
)
from imsgen.plan import Loaded, load

FOLDER = Path(__file__).parent / "valid"
PLANS = sorted(FOLDER.glob("*.yaml"))
LIBRARIES = {"pool", "progress"}


def utc(text: str) -> Instant:
    """Return an instant of UTC."""
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=UTC))


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """Return the plan that uses the whole language."""
    return load(FOLDER / "cutover.yaml")


@pytest.fixture(scope="module")
def project(loaded: Loaded) -> Project:
    """Return its project."""
    return loaded.project


def link(project: Project, predecessor: str, successor: str) -> Dependency:
    """Return the only link between two ids."""
    (found,) = [
        one
        for one in project.dependencies
        if (one.predecessor, one.successor) == (predecessor, successor)
    ]
    return found


@pytest.mark.parametrize(
    "path", [one for one in PLANS if one.stem not in LIBRARIES], ids=lambda path: path.stem
)
def test_a_valid_plan_loads_twice_alike(path: Path) -> None:
    """Loading has no error and is deterministic."""
    assert load(path).project == load(path).project


def test_every_file_is_read_once(loaded: Loaded) -> None:
    """The root comes first, then libraries and included plans."""
    assert [path.name for path in loaded.files] == [
        "cutover.yaml",
        "pool.yaml",
        "progress.yaml",
        "finance.yaml",
    ]


def test_what_is_worth_knowing(loaded: Loaded) -> None:
    """An assumed duration, links of inactive scope, and half of Ana where a whole one is needed."""
    assert sorted(one.code for one in loaded.diagnostics) == ["IMS213", "IMS327", "IMS335"]


def test_the_top_of_the_plan(project: Project) -> None:
    """Dates are in the zone of the file; a deadline given as a date lasts until its 24:00."""
    assert project.id == "billing"
    assert project.start == utc("2026-11-02 13:00")
    assert project.status_date == utc("2026-11-06 22:00")
    assert project.deadline == utc("2026-12-19 05:00")
    assert project.currency == "USD"
    assert project.horizon[0] <= project.start
    assert list(project.parties) == ["customer", "provider"]
    assert project.baselines == {"approved": "baselines/rev3.schedule.json"}
    assert project.options == Options(
        protect="rollback", estimate="pert", t_zero="accepted.finish", freeze=960
    )


def test_the_outline_is_file_order_with_gates_last(project: Project) -> None:
    """Included plans stand where they are named; numbers follow the outline."""
    top = [id_ for id_ in project.outline if "." not in id_]
    assert top == [
        *("pre", "cutover", "contingency", "servers", "move", "fin", "later"),
        *("go-live", "accepted"),
    ]
    assert project.activities["fin.test"].wbs == "6.4"
    assert project.groups["fin"].name == "Finance team"
    assert project.activities["accepted"].wbs == "9"


def test_calendars_are_concrete(project: Project) -> None:
    """Exceptions beat holidays, a base hands down both, the first Mondays are dates."""
    office = {one.first: one for one in project.calendars["office"].exceptions}
    assert office[date(2026, 11, 26)].name == "Thanksgiving Day"
    assert office[date(2026, 12, 24)].hours == ((480, 720),)
    assert office[date(2026, 12, 28)].last == date(2026, 12, 31)
    crew = {one.first: one for one in project.calendars["crew"].exceptions}
    assert crew[date(2026, 12, 7)].name == "Maintenance day"
    assert crew[date(2026, 12, 24)].hours == ((480, 720),)
    assert project.calendars["night"].timezone == "Europe/London"
    assert project.calendars["night"].week[6] == ((1320, 1800),)
    assert set(project.calendars) == {"office", "night", "crew", "bridge", "london", "24x7"}


def test_windows_are_occurrences(project: Project) -> None:
    """One stretch, whole days with both ends, and every weekend over the horizon."""
    windows = project.windows
    assert windows["outage"].occurrences == ((utc("2026-12-05 01:00"), utc("2026-12-07 09:00")),)
    assert windows["freeze"].occurrences == ((utc("2026-12-01 05:00"), utc("2026-12-09 05:00")),)
    assert windows["patch"].repeating
    assert windows["patch"].occurrences[0] == (utc("2026-11-07 03:00"), utc("2026-11-07 09:00"))
    assert (utc("2026-12-06 03:00"), utc("2026-12-07 09:00")) in windows["weekend"].occurrences


def test_resources(project: Project) -> None:
    """Capacity by date in percent, leave to the end of its last day."""
    assert project.resources["dba"].capacity == (
        (utc("2026-11-02 05:00"), 100),
        (utc("2026-12-01 05:00"), 200),
    )
    ana = project.resources["ana"]
    assert ana.capacity == ((None, 50),)
    assert ana.leave == ((utc("2026-12-24 05:00"), utc("2027-01-03 05:00")),)
    assert ana.rate == "85.50"
    assert project.resources["prod"].holds


def test_what_groups_hand_down(project: Project) -> None:
    """Owner, calendar, window, tags (added) and the flag for people on call."""
    assert project.activities["pre.train"].owner == "pm"
    assert project.activities["pre.rehearse"].tags == ("release", "dry-run")
    load_ = project.activities["cutover.load"]
    assert load_.modes[0].calendar == "bridge"
    assert load_.within == (Within("outage"),)
    assert load_.ignore_resource_calendars
    assert project.activities["move.racks"].within == (Within("weekend", "move"),)
    assert project.activities["fin.map"].party == ("provider",)
    assert project.activities["pre.ready"].party == ("customer", "provider")


def test_durations(project: Project) -> None:
    """Effort over units, the mean of three points, and days as long as the file says."""
    convert = project.activities["pre.convert"]
    assert (convert.effort, convert.modes[0].duration) == (2880, 1920)
    rehearse = project.activities["pre.rehearse"]
    assert rehearse.estimate == Estimate(960, 1440, 2400)
    assert rehearse.modes[0].duration == 1520  # (960 + 4 * 1440 + 2400) / 6
    assert rehearse.duration_text == "[2d, 3d, 5d]"
    assert project.activities["pre.assess"].assumed
    assert project.activities["fin.test"].modes[0].duration == 840  # 2 days of 7 hours


def test_modes(project: Project) -> None:
    """Alternatives are modes; a choice without enough of the resource is left out."""
    assert project.activities["cutover.build"].modes == (
        Mode(60, "bridge", (Need("dba", 200),)),
        Mode(90, "bridge", (Need("dba", 100),)),
    )
    (rehearse,) = project.activities["pre.rehearse"].modes
    assert rehearse.needs == (Need("dba", 100), Need("prod", 100), Need("ben", 100))


def test_links(project: Project) -> None:
    """Types, lags on the successor's calendar, elapsed lags, shares, and the long form."""
    assert link(project, "pre.settle", "pre.train").lag == 960
    assert link(project, "pre.rehearse", "pre.assess").lag == 720  # half of the likely 3 days
    elapsed = link(project, "pre.rehearse", "pre.ready")
    assert (elapsed.lag, elapsed.lag_calendar, elapsed.lag_text) == (240, "24x7", "+4eh")
    assert link(project, "cutover.build", "cutover.accept") == Dependency(
        "cutover.build",
        "cutover.accept",
        LinkType.FS,
        60,
        "bridge",
        240,
        "Cutover plan 4.2",
        "+1h",
    )
    assert link(project, "fin.vendor-fix", "fin.test").lag == 480  # the programme's day


def test_give_and_get(project: Project) -> None:
    """A known external is a link with a deadline; an unknown one stands on its day's last hour."""
    assert link(project, "pre.settle", "fin.given").type is LinkType.FS
    assert project.activities["fin.given"].deadline == utc("2026-11-13 12:00")
    assert project.activities["fin.vendor-fix"].constraints == (
        Constraint(ConstraintType.SNET, utc("2026-11-20 16:00")),
    )


def test_an_included_plan_starts_no_earlier_than_it_says(project: Project) -> None:
    """Its start is a floor for its group, in its own zone."""
    assert project.groups["fin"].constraints == (
        Constraint(ConstraintType.SNET, utc("2026-11-09 00:00")),
    )


def test_freezes(project: Project) -> None:
    """A tag of a group forbids what is inside."""
    assert project.activities["pre.convert"].forbidden == ("freeze",)
    assert project.activities["cutover.load"].forbidden == ()


def test_gates(project: Project) -> None:
    """A booked gate has its booking as calendar; its other way is off the plan of record."""
    go = project.activities["go-live"]
    assert go.kind is Kind.GATE
    assert go.modes == (Mode(60, "24x7"),)
    assert go.constraints == (Constraint(ConstraintType.SNET, utc("2026-12-04 23:00")),)
    assert project.gates["go-live"].else_ == "contingency"
    assert project.activities["contingency.restore"].branch == "go-live"
    assert not project.activities["contingency.restore"].scheduled
    assert project.groups["contingency"].undo == Undo(240, calendar="bridge")
    assert project.activities["cutover.load"].undo == Undo(120, 15)


def test_hammock(project: Project) -> None:
    """It spans two events found next to it."""
    lead = project.activities["cutover.lead"]
    assert lead.kind is Kind.HAMMOCK
    assert lead.spans == (Event("cutover.stop", End.START), Event("cutover.switch", End.FINISH))
    assert lead.within == ()


def test_progress(project: Project) -> None:
    """Finished work is done, started work has its rest, from percent or as stated."""
    progress = {id_: one.progress for id_, one in project.activities.items() if one.progress}
    assert progress == {
        "pre.settle": Progress(utc("2026-11-02 13:00"), utc("2026-11-02 17:00"), 100, 0),
        "pre.train": Progress(utc("2026-11-04 13:00"), None, 40, 1440, utc("2026-11-10 05:00")),
        "pre.convert": Progress(utc("2026-11-02 18:00"), None, None, 960),
    }


def test_meetings(project: Project) -> None:
    """Checkpoints repeat or follow an event; messages have a trigger."""
    assert project.checkpoints["standup"].every == Every((0, 1, 2, 3, 4), 540)
    assert project.checkpoints["bridge-call"].every == Every(interval=240)
    assert project.checkpoints["halfway"].at == When(
        event=Event("cutover.load", End.FINISH), offset=15, calendar="office"
    )
    assert project.checkpoints["fin.weekly"].timezone == "Europe/London"
    assert project.communications["told"].trigger.event == Event("go-live", End.NO_GO)
    assert project.communications["closed"].trigger == When(
        event=Event("cutover", End.START), offset=-2880
    )


def test_expectations(project: Project) -> None:
    """Ranges and days include their last day; floats are minutes; ids are full."""
    assert project.expect == (
        Expectation("status", value="optimal"),
        Expectation("finish", utc("2026-12-12 05:00"), utc("2026-12-21 05:00")),
        Expectation("cutover.load.start", utc("2026-12-05 01:45"), utc("2026-12-05 01:45")),
        Expectation("cutover.load.total_float", value="120"),
        Expectation("critical", ids=("cutover.load",)),
    )


def test_everything_has_a_place(project: Project) -> None:
    """Activities, their keys, links, definitions and the deadline can be pointed at."""
    sources = project.sources
    assert sources["activity:cutover.load"].line == 35
    assert sources["link:cutover.stop>cutover.load:FS"].line == 35
    assert sources["activity:pre.assess.constraint"].line == 26
    assert sources["deadline"].line == 6
    assert sources["gate:go-live"] == sources["activity:go-live"]
    assert sources["resource:dba"].file.endswith("pool.yaml")
    assert sources["expect:critical"].line == 66
    for id_ in project.activities:
        assert f"activity:{id_}" in sources
    for one in project.dependencies:
        assert f"link:{one.predecessor}>{one.successor}:{one.type}" in sources


def test_the_team_stands_alone_too() -> None:
    """The included plan is a plan: its externals stand where they are expected."""
    project = load(FOLDER / "teams" / "finance.yaml").project
    assert project.id == "finance"
    assert project.calendar == "london"
    assert project.activities["given"].constraints == (
        Constraint(ConstraintType.SNET, utc("2026-11-13 12:00")),
    )
