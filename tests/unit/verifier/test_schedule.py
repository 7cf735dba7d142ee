"""What a schedule says of itself, broken one fact at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.support.projects import at, link, make_project, task

from imsgen.model import (
    Checkpoint,
    Driver,
    DriverKind,
    End,
    Event,
    Every,
    Gate,
    Group,
    Kind,
    Meeting,
    MeetingKind,
    ObjectiveLevel,
    Project,
    Run,
    Schedule,
    ScheduledActivity,
    Status,
    When,
    Window,
    Within,
)
from imsgen.verifier import Rule, verify, verify_schedule


def day(number: int, time: str) -> Any:
    return at(f"2026-11-{number:02} {time}")


WINDOW = Window("week", "Week", ((day(2, "00:00"), day(7, "00:00")),))


def plan() -> Project:
    """Return Monday's a, Tuesday's b, a gate after them, a hammock over all, and meetings."""
    return make_project(
        [
            task("g.a", 480, deadline=day(2, "15:00"), within=(Within("week"),)),
            task("g.b", 240),
            task("gate", 60, kind=Kind.GATE),
            task(
                "g.ham",
                0,
                kind=Kind.HAMMOCK,
                spans=(Event("g.a", End.START), Event("gate", End.FINISH)),
            ),
        ],
        [link("g.a", "g.b"), link("g", "gate")],
        groups=[Group("g", "G", deadline=day(3, "11:00"), priority=100)],
        gates={"gate": Gate("gate")},
        windows={"week": WINDOW},
        checkpoints={
            "call": Checkpoint("call", "Call", at=When(event=Event("g.a", End.FINISH), offset=30)),
            "standup": Checkpoint(
                "standup",
                "Stand-up",
                every=Every((0, 1, 2, 3, 4), 540),
                from_=When(event=Event("g", End.START)),
                calendar="office",
            ),
            "round": Checkpoint("round", "Round", every=Every(interval=240)),
        },
        deadline=day(3, "13:00"),
    )


def scheduled(id_: str, start: Any, finish: Any, **more: Any) -> ScheduledActivity:
    values: dict[str, Any] = {
        "early_start": start,
        "early_finish": finish,
        "late_start": start,
        "late_finish": finish,
        "total_float": 0,
        "critical": True,
    }
    return ScheduledActivity(id_, start, finish, **{**values, **more})


def meeting(id_: str, kind: MeetingKind, start: Any, minutes: int, series: str = "") -> Meeting:
    return Meeting(id_, kind, id_, start, start + minutes, "UTC", series)


def schedule() -> Schedule:
    project = plan()
    a_driver = Driver(DriverKind.PROJECT_START)
    return Schedule(
        project,
        Status.OPTIMAL,
        finish=day(3, "14:00"),
        bound=day(3, "14:00"),
        activities={
            "g.a": scheduled(
                "g.a", day(2, "08:00"), day(2, "17:00"), driver=a_driver, occurrence={"week": 0}
            ),
            "g.b": scheduled(
                "g.b", day(3, "08:00"), day(3, "12:00"), driver=Driver(DriverKind.LINK, "g.a")
            ),
            "gate": scheduled("gate", day(3, "13:00"), day(3, "14:00")),
            "g.ham": ScheduledActivity("g.ham", day(2, "08:00"), day(3, "14:00")),
        },
        groups={"g": (day(2, "08:00"), day(3, "12:00"))},
        objective=(
            # a: 2 h of 500; g: 1 h of 100; the plan: 1 h of 500
            ObjectiveLevel("deadlines", 60_000 + 6_000 + 30_000, 96_000, True),
            ObjectiveLevel("finish", day(3, "14:00"), day(3, "14:00"), True),
        ),
        driving_chain=("g.a", "g.b", "gate"),
        meetings=(
            meeting("gate", MeetingKind.GATE, day(3, "13:00"), 60),
            meeting("call", MeetingKind.CHECKPOINT, day(2, "17:30"), 15),
            meeting("standup.1", MeetingKind.CHECKPOINT, day(2, "09:00"), 15, "standup"),
            meeting("round.1", MeetingKind.CHECKPOINT, day(2, "16:00"), 15, "round"),
            Meeting("window:week", MeetingKind.WINDOW, "", *WINDOW.occurrences[0], "UTC", "week"),
        ),
        run=Run(bounds={"critical_path": day(3, "14:00")}),
    )


def facts(found: Schedule) -> list[Rule]:
    return [one.rule for one in verify_schedule(found)]


def with_activity(id_: str, **change: Any) -> Schedule:
    good = schedule()
    return replace(
        good, activities={**good.activities, id_: replace(good.activities[id_], **change)}
    )


def with_meeting(id_: str, **change: Any) -> Schedule:
    good = schedule()
    return replace(
        good,
        meetings=tuple(replace(one, **change) if one.id == id_ else one for one in good.meetings),
    )


def with_level(number: int, **change: Any) -> Schedule:
    good = schedule()
    levels = list(good.objective)
    levels[number] = replace(levels[number], **change)
    return replace(good, objective=tuple(levels))


def test_good() -> None:
    """The schedule made by hand is right."""
    assert verify_schedule(schedule()) == []


def test_hammocks_may_be_missing_only_from_placements() -> None:
    """A solver need not place hammocks, a schedule must."""
    good = schedule()
    rest = {id_: one for id_, one in good.activities.items() if id_ != "g.ham"}
    assert verify(good.project, rest, good.groups, good.finish) == []
    assert facts(replace(good, activities=rest)) == [Rule.PRESENT]


@pytest.mark.parametrize(
    ("bad", "rule"),
    [
        (with_activity("g.ham", finish=day(3, "17:00")), Rule.HAMMOCK),
        (replace(schedule(), groups={}, meetings=schedule().meetings[:1]), Rule.GROUP),
        (replace(schedule(), groups={"g": (day(2, "08:00"), day(3, "14:00"))}), Rule.GROUP),
        (
            replace(schedule(), groups={**schedule().groups, "x": (day(2, "08:00"),) * 2}),
            Rule.GROUP,
        ),
        (replace(schedule(), finish=day(3, "15:00")), Rule.FINISH),
        (replace(schedule(), bound=day(3, "15:00")), Rule.BOUND),
        (replace(schedule(), run=Run(bounds={"energy": day(3, "15:00")})), Rule.BOUND),
        (with_level(0, bound=96_001), Rule.BOUND),
        (with_level(1, proved=False), Rule.BOUND),
        (with_level(1, bound=day(3, "13:00")), Rule.BOUND),
        (with_level(0, value=96_001, bound=96_001), Rule.OBJECTIVE),
        (with_level(1, value=day(3, "14:01"), bound=day(3, "14:01")), Rule.OBJECTIVE),
        (with_activity("g.b", late_start=day(3, "07:59")), Rule.FLOAT),
        (with_activity("g.b", late_finish=day(3, "11:59")), Rule.FLOAT),
        (with_activity("g.b", late_finish=day(3, "14:00")), Rule.FLOAT),
        (with_activity("g.b", critical=False), Rule.CRITICAL),
        (with_activity("g.ham", critical=True), Rule.CRITICAL),
        (with_activity("g.b", early_start=day(3, "08:01")), Rule.EARLY),
        (with_activity("g.b", driver=Driver(DriverKind.LINK, "ghost")), Rule.DRIVER),
        (with_activity("g.b", driver=Driver(DriverKind.WINDOW, "ghost")), Rule.DRIVER),
        (
            with_activity("g.b", driver=Driver(DriverKind.RESOURCE, "g.a", "ghost")),
            Rule.DRIVER,
        ),
        (replace(schedule(), driving_chain=("ghost", "gate")), Rule.DRIVER),
        (replace(schedule(), driving_chain=("g.a", "g.b")), Rule.DRIVER),
        (with_activity("g.a", occurrence={"week": 1}), Rule.OCCURRENCE),
        (with_activity("g.a", occurrence={"ghost": 0}), Rule.OCCURRENCE),
        (with_meeting("gate", start=day(3, "12:00")), Rule.MEETING),
        (with_meeting("gate", cancelled=True), Rule.MEETING),
        (with_meeting("call", start=day(2, "17:31"), finish=day(2, "17:46")), Rule.MEETING),
        (with_meeting("call", finish=day(2, "17:46")), Rule.MEETING),
        (with_meeting("standup.1", start=day(2, "10:00"), finish=day(2, "10:15")), Rule.MEETING),
        (with_meeting("standup.1", start=day(4, "09:00"), finish=day(4, "09:15")), Rule.MEETING),
        (with_meeting("round.1", start=day(2, "15:00"), finish=day(2, "15:15")), Rule.MEETING),
        (with_meeting("window:week", start=day(3, "00:00")), Rule.MEETING),
        (with_meeting("call", series="ghost"), Rule.MEETING),
    ],
)
def test_broken_fact(bad: Schedule, rule: Rule) -> None:
    """One wrong fact is found, and nothing else."""
    assert facts(bad) == [rule]


def test_wrong_occurrence() -> None:
    """An activity said to use last week's window while it lies in this week's."""
    good = schedule()
    weeks = Window("week", "", ((day(2, "00:00"), day(2, "08:00")), *WINDOW.occurrences), True)
    project = replace(good.project, windows={"week": weeks})
    assert facts(replace(good, project=project)) == [Rule.OCCURRENCE]


def test_rules_of_the_plan_are_checked_too() -> None:
    """A schedule's dates are judged like any placement."""
    bad = with_activity(
        "g.b",
        start=day(2, "13:00"),
        finish=day(2, "17:00"),
        early_start=None,
        early_finish=None,
        late_start=None,
        late_finish=None,
    )
    assert Rule.LINK in facts(bad)


def test_skipped_hour_of_a_meeting() -> None:
    """A weekly 02:30 in New York is held at 03:00 when the clock jumps from 02:00."""
    weekly = Checkpoint("c", "C", every=Every((6,), 150), timezone="America/New_York")
    project = make_project(
        [task("a", 1440 * 3, "bridge")], start="2027-03-13 00:00", checkpoints={"c": weekly}
    )
    start, finish = at("2027-03-13 00:00"), at("2027-03-16 00:00")
    found = Schedule(
        project,
        Status.FEASIBLE,
        finish,
        start,
        {"a": ScheduledActivity("a", start, finish)},
        meetings=(meeting("c.1", MeetingKind.CHECKPOINT, at("2027-03-14 07:00"), 15, "c"),),
    )
    assert verify_schedule(found) == []
