"""What two schedules have between them: a night of five steps, worked out by hand.

As published, in minutes after midnight: stop 0-30, load 30-90, scrub 90-150 (it waits for the one
`dba`), check 90-120, open 120.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.support.changed import NIGHT, begun, done, night_schedule, published
from tests.support.projects import at, link, make_project, office, resource, task

from imsgen.analysis.changes import Changes, compare, compare_plans
from imsgen.analysis.changes.model import CauseKind, EditKind, Moved, NoticeKind, Shift
from imsgen.model import (
    Calendar,
    CalendarException,
    Constraint,
    ConstraintType,
    Instant,
    Rollback,
    Schedule,
    Verdict,
)

OLD = night_schedule()


def _minutes(changes: Changes) -> dict[str, tuple[int, int]]:
    """Return how far start and finish moved on the clock, by id."""
    return {one.id: (one.start.clock, one.finish.clock) for one in changes.moved}


def _causes(changes: Changes) -> dict[str, list[str]]:
    return {one.id: [cause.text for cause in one.causes] for one in changes.moved}


def _one(changes: Changes, id_: str) -> Moved:
    return next(one for one in changes.moved if one.id == id_)


def _notices(changes: Changes) -> dict[str, dict[str, NoticeKind]]:
    return {one.id: {it.id: it.kind for it in one.notices} for one in changes.told}


# -- causes ----------------------------------------------------------------------------------


def test_a_longer_step_moves_what_follows_and_what_waits_for_its_people() -> None:
    """Load takes 100 minutes: check and open follow it, scrub gets the `dba` 40 minutes later."""
    changes = compare(OLD, night_schedule(load=100))
    assert _minutes(changes) == {
        "load": (0, 40),
        "scrub": (40, 40),
        "check": (40, 40),
        "open": (40, 40),
    }
    assert _causes(changes) == {
        "load": ["it takes 1h40m instead of 1h"],
        "scrub": ["`dba` comes from `load` 40 min later"],
        "check": ["`load` finishes 40 min later"],
        "open": ["`check` finishes 40 min later"],
    }
    assert {one.root for one in changes.moved} == {"load"}
    assert changes.finish_shift == Shift(40, 40)


def test_a_gain_is_told_by_what_gave_way() -> None:
    """Back to 60 minutes: the same chain, earlier."""
    changes = compare(night_schedule(load=100), OLD)
    assert _causes(changes)["scrub"] == ["`dba` comes from `load` 40 min earlier"]
    assert _causes(changes)["open"] == ["`check` finishes 40 min earlier"]
    assert changes.finish_shift == Shift(-40, -40)


def test_reported_late_work_is_where_it_began() -> None:
    """Stop was done at 00:50 instead of 00:30: everything after it is 20 minutes later."""
    stop = replace(OLD.project.activities["stop"], progress=done("00:00", "00:50"))
    new = night_schedule(activities={"stop": stop}, status_date=at("2026-11-07 00:50"))
    changes = compare(OLD, new)
    assert _minutes(changes)["stop"] == (0, 20)
    assert _causes(changes)["stop"] == ["it was done 20 min later"]
    assert _causes(changes)["load"] == ["`stop` finished 20 min later"]
    assert {one.root for one in changes.moved} == {"stop"}
    assert [one.id for one in changes.news] == ["stop"]
    assert changes.edits == ()


def test_work_under_way_that_takes_longer() -> None:
    """At 01:00 load has 70 minutes left: it ends at 02:10 instead of 01:30."""
    activities = OLD.project.activities
    new = night_schedule(
        activities={
            "stop": replace(activities["stop"], progress=done("00:00", "00:30")),
            "load": replace(activities["load"], progress=begun("00:30", 70)),
        },
        status_date=at("2026-11-07 01:00"),
    )
    changes = compare(OLD, new)
    assert _minutes(changes)["load"] == (0, 40)
    assert _causes(changes)["load"] == ["1h10m of it is left"]


def test_work_begun_late() -> None:
    """Load was begun at 00:45: both of its ends are 15 minutes later, for one reason."""
    activities = OLD.project.activities
    new = night_schedule(
        activities={
            "stop": replace(activities["stop"], progress=done("00:00", "00:30")),
            "load": replace(activities["load"], progress=begun("00:45", 60)),
        },
        status_date=at("2026-11-07 00:45"),
    )
    changes = compare(OLD, new)
    assert _minutes(changes)["load"] == (15, 15)
    assert _causes(changes)["load"] == ["it was begun 15 min later"]


def test_work_begun_late_behind_late_work() -> None:
    """Stop was done at 00:45, then load was begun: it could not have been begun before."""
    activities = OLD.project.activities
    new = night_schedule(
        activities={
            "stop": replace(activities["stop"], progress=done("00:00", "00:45")),
            "load": replace(activities["load"], progress=begun("00:45", 60)),
        },
        status_date=at("2026-11-07 00:45"),
    )
    changes = compare(OLD, new)
    assert _causes(changes)["load"] == ["`stop` finished 15 min later"]
    assert {one.root for one in changes.moved} == {"stop"}


def test_what_has_not_begun_by_the_status_date() -> None:
    """At 00:10 nothing has been reported of stop: it cannot have begun at midnight."""
    changes = compare(OLD, night_schedule(status_date=at("2026-11-07 00:10")))
    (cause,) = _one(changes, "stop").causes
    assert (cause.kind, cause.text) == (
        CauseKind.STATUS_DATE,
        "it had not begun by the status date",
    )


def test_a_new_link() -> None:
    """Check now waits for scrub, which did not move."""
    changes = compare(OLD, night_schedule(links=(link("scrub", "check"),)))
    assert _causes(changes)["check"] == ["it now follows `scrub`"]
    back = compare(night_schedule(links=(link("scrub", "check"),)), OLD)
    assert _causes(back)["check"] == ["it no longer follows `scrub`"]


def test_a_longer_lag() -> None:
    """The wait after load is told as the link's own."""
    changes = compare(
        night_schedule(links=(link("load", "open", lag=30),)),
        night_schedule(links=(link("load", "open", lag=50),)),
    )
    assert _causes(changes) == {"open": ["its link from `load` was changed"]}


def test_a_new_activity_in_between() -> None:
    """A backup between load and check is what the check waits for."""
    changes = compare(
        OLD,
        night_schedule(
            extra=(task("backup", 20, "bridge"),),
            links=(link("load", "backup"), link("backup", "check")),
        ),
    )
    assert _causes(changes)["check"] == ["`backup` is new"]
    assert [id_ for id_, _ in changes.added] == ["backup"]
    assert changes.removed == ()


def test_a_constraint() -> None:
    """Load may not start before 01:00."""
    later = Constraint(ConstraintType.SNET, earliest=at("2026-11-07 01:00"))
    load = replace(OLD.project.activities["load"], constraints=(later,))
    changes = compare(OLD, night_schedule(activities={"load": load}))
    assert _causes(changes)["load"] == ["its `constraint` was changed"]
    (edit,) = changes.edits
    assert (edit.field, edit.before, edit.after) == (
        "constraint",
        "",
        "SNET Sat 7 Nov 2026 01:00 UTC",
    )


def test_another_order_of_the_same_people() -> None:
    """Scrub comes first when load may not: neither moved the other, the order did."""
    later = Constraint(ConstraintType.SNET, earliest=at("2026-11-07 01:30"))
    load = replace(OLD.project.activities["load"], constraints=(later,))
    scrub = replace(OLD.project.activities["scrub"], priority=900)
    new = night_schedule(
        activities={"load": load, "scrub": scrub},
        outline=("stop", "scrub", "load", "check", "open"),
    )
    changes = compare(OLD, new)
    assert _minutes(changes)["scrub"] == (-60, -60)
    assert _causes(changes)["scrub"] == ["it no longer waits for `dba` from `load`"]


def test_a_calendar_that_rests() -> None:
    """Tuesday is a holiday now: the task of two days rests on it and ends a day later."""
    shut = CalendarException(at_day("2026-11-03"), at_day("2026-11-03"), (), "Election")
    project = make_project([task("a", 960)])
    calendars = {
        **project.calendars,
        "office": replace(project.calendars["office"], exceptions=(shut,)),
    }
    changes = compare(published(project), published(replace(project, calendars=calendars)))
    (moved,) = changes.moved
    assert (moved.start, moved.finish) == (Shift(0, 0), Shift(480, 1440))
    assert [cause.text for cause in moved.causes] == ["calendar `office` was changed"]
    (edit,) = changes.edits
    assert (edit.part, edit.id, edit.field, edit.after) == (
        "calendar",
        "office",
        "exceptions",
        "2026-11-03 none",
    )


def test_over_a_weekend_on_the_clock_and_at_work() -> None:
    """A day late on Friday evening is three days on the clock and one at work."""
    old = make_project([task("a", 5 * 480), task("b", 480)], [link("a", "b")])
    new = make_project([task("a", 6 * 480), task("b", 480)], [link("a", "b")])
    changes = compare(published(old), published(new))
    assert _one(changes, "a").finish == Shift(480, 3 * 1440)
    assert _one(changes, "b").start == Shift(480, 1440)


def test_across_the_change_of_clocks() -> None:
    """A working day later, from 16:00 to 16:00 in New York, the clocks go back: 25 hours."""
    calendar = replace(office("site", "America/New_York"), week=(((480, 1020),),) * 7)
    projects = [
        make_project(
            [task("a", 480, "site"), task("b", 60, "site")],
            [link("a", "b", lag=lag)],
            calendars=(calendar,),
            start="2026-10-31 12:00",
            timezone="America/New_York",
        )
        for lag in (0, 540)
    ]
    changes = compare(*(published(one) for one in projects))
    assert _one(changes, "b").start == Shift(540, 25 * 60)


# -- standing --------------------------------------------------------------------------------


def test_float_and_critical_path() -> None:
    """Scrub drove the finish at 02:30; with a check of 90 the chain goes over it instead."""
    longer = replace(task("check", 90, "bridge", owner="ana", backup="ben"), party=("cust",))
    changes = compare(OLD, night_schedule(activities={"check": longer}))
    floats = {one.id: one for one in changes.floats}
    assert floats["scrub"].was_critical
    assert not floats["scrub"].is_critical
    assert (floats["scrub"].before, floats["scrub"].after) == (0, 30)
    assert (floats["check"].before, floats["check"].after) == (30, 0)
    assert changes.chain == (("stop", "load", "scrub"), ("stop", "load", "check", "open"))


def test_deadlines_newly_missed_and_met() -> None:
    """Open is due at 02:30: 30 minutes to spare before, 10 late after."""
    due = replace(OLD.project.activities["open"], deadline=at("2026-11-07 02:30"))
    old = night_schedule(activities={"open": due})
    new = night_schedule(activities={"open": due}, load=100)
    (missed,) = compare(old, new).deadlines
    assert (missed.id, missed.before, missed.after, missed.newly_missed) == ("open", -30, 10, True)
    (met,) = compare(new, old).deadlines
    assert (met.before, met.after, met.newly_missed) == (10, -30, False)


def test_gates_and_their_margins() -> None:
    """The gate decides 40 minutes later and is as much nearer to its latest safe time."""
    before = Rollback("open", _night(120), Verdict.SAFE, latest=_night(200))
    after = replace(before, decided=_night(160))
    changes = compare(
        replace(OLD, rollbacks={"open": before}),
        replace(night_schedule(load=100), rollbacks={"open": after}),
    )
    (gate,) = changes.gates
    assert gate.before is not None
    assert gate.after is not None
    assert (gate.before.margin, gate.after.margin) == (80, 40)


# -- plans -----------------------------------------------------------------------------------


def test_a_renamed_activity_is_the_same_by_uid() -> None:
    """`load` becomes `import` with uid 7: renamed, nothing gone or new."""
    first = make_project([task("load", 60, "bridge", uid="7", name="Load")], start=NIGHT)
    then = make_project([task("import", 90, "bridge", uid="7", name="Load")], start=NIGHT)
    changes = compare(published(first), published(then))
    assert [(one.id, one.was) for one in changes.moved] == [("import", "load")]
    assert (changes.added, changes.removed) == ((), ())
    assert [(one.kind, one.field) for one in changes.edits] == [
        (EditKind.RENAMED, "id"),
        (EditKind.CHANGED, "duration"),
    ]


def test_a_uid_given_twice_renames_nothing() -> None:
    """Two activities with one uid are not told apart by it."""
    first = make_project([task("a", 60, uid="7"), task("b", 60, uid="7")])
    then = make_project([task("c", 60, uid="7")])
    changes = compare(published(first), published(then))
    assert [id_ for id_, _ in changes.added] == ["c"]
    assert [id_ for id_, _ in changes.removed] == ["a", "b"]


def test_plans_without_dates() -> None:
    """Two plans have edits between them, and say that no dates were compared."""
    first = make_project([task("a", 60)], resources=[resource("dba", 100)])
    then = make_project(
        [task("a", 60, needs={"dba": 50}), task("b", 0)], [link("a", "b")], [resource("dba", 200)]
    )
    changes = compare_plans(first, then)
    assert not changes.dated
    assert [(one.part, one.id, one.kind.value, one.field, one.before, one.after)
            for one in changes.edits] == [
        ("activity", "a", "changed", "needs", "", "dba 50%"),
        ("activity", "b", "added", "", "", ""),
        ("link", "b", "added", "after", "", "a"),
        ("resource", "dba", "changed", "capacity", "1", "2"),
    ]  # fmt: skip


def test_a_longer_horizon_is_no_edit() -> None:
    """Holidays are resolved for as long as a plan lasts: more years of them are no change."""
    days = [
        CalendarException(at_day(f"{year}-12-25"), at_day(f"{year}-12-25"), ())
        for year in (2026, 2027)
    ]
    projects = []
    for known, last in ((days[:1], "2027-12-01 00:00"), (days, "2028-12-01 00:00")):
        calendar: Calendar = replace(office(), exceptions=tuple(known))
        horizon = (at("2026-01-01 00:00"), at(last))
        projects.append(make_project([task("a", 60)], calendars=(calendar,), horizon=horizon))
    assert compare_plans(*projects).empty


def test_edits_that_the_list_does_not_know_are_told_as_such() -> None:
    """Plans that are not the same are never called equal."""
    other = replace(OLD, plan_hash="f" * 64)
    changes = compare(OLD, other)
    assert [(one.part, one.field) for one in changes.edits] == [("plan", "details")]
    assert not changes.empty


# -- told ------------------------------------------------------------------------------------


def test_who_must_be_told_of_a_later_load() -> None:
    """Everybody of load, scrub, check and open; of stop, which stays, nobody."""
    changes = compare(OLD, night_schedule(load=100))
    moved = NoticeKind.MOVED
    assert _notices(changes) == {
        "ana": {"scrub": moved, "check": moved},
        "ben": {"load": moved, "check": moved},
        "dba": {"load": moved, "scrub": moved},
        "pm": {"open": moved},
        "cust": {"check": moved},
        "prov": {"load": moved, "scrub": moved},
    }
    roles = {one.id: [it.roles for it in one.notices] for one in changes.told}
    assert roles["ben"] == [("owner",), ("backup",)]
    assert roles["dba"] == [("works",), ("works",)]
    ana = next(one for one in changes.told if one.id == "ana")
    assert (ana.name, ana.email, ana.party) == ("Ana", "ana@cust.example", False)
    assert {it.because for it in ana.notices} == {"`load`: it takes 1h40m instead of 1h"}


def test_nobody_is_told_of_what_is_finished() -> None:
    """Stop took longer: its owner knows; the others are told of what comes."""
    stop = replace(OLD.project.activities["stop"], progress=done("00:00", "00:50"))
    new = night_schedule(activities={"stop": stop}, status_date=at("2026-11-07 00:50"))
    assert all("stop" not in told for told in _notices(compare(OLD, new)).values())


def test_nobody_is_told_of_the_start_of_what_has_begun() -> None:
    """Load was begun 15 minutes late and still ends on time: nothing to tell."""
    activities = OLD.project.activities
    new = night_schedule(
        activities={
            "stop": replace(activities["stop"], progress=done("00:00", "00:30")),
            "load": replace(activities["load"], progress=begun("00:45", 45)),
        },
        status_date=at("2026-11-07 00:45"),
    )
    changes = compare(OLD, new)
    assert _minutes(changes) == {"load": (15, 0)}
    assert changes.told == ()


def test_a_step_that_changes_hands() -> None:
    """Ben hands load to Ana, at the same time: both are told, and nobody else."""
    load = replace(OLD.project.activities["load"], owner="ana")
    changes = compare(OLD, night_schedule(activities={"load": load}))
    assert _notices(changes) == {
        "ana": {"load": NoticeKind.YOURS},
        "ben": {"load": NoticeKind.NO_LONGER_YOURS},
    }
    assert changes.moved == ()


def test_new_and_cancelled_steps() -> None:
    """An added step is new to its owner, a dropped one cancelled for its owner and party."""
    with_backup = night_schedule(
        extra=(task("backup", 20, "bridge", owner="ben", party=("prov",)),)
    )
    assert _notices(compare(OLD, with_backup)) == {
        "ben": {"backup": NoticeKind.NEW},
        "prov": {"backup": NoticeKind.NEW},
    }
    assert _notices(compare(with_backup, OLD)) == {
        "ben": {"backup": NoticeKind.CANCELLED},
        "prov": {"backup": NoticeKind.CANCELLED},
    }


def test_people_are_told_in_the_zone_they_work_in() -> None:
    """Who has a calendar of Tokyo reads Tokyo time; a party reads the plan's."""
    tokyo = replace(office("tokyo", "Asia/Tokyo"), week=(((0, 1440),),) * 7)
    teams = [resource("dba", calendar="tokyo", party="prov")]
    bridge = night_schedule().project.calendars["bridge"]
    old, new = (
        night_schedule(load=load, resources=teams, calendars=(bridge, tokyo)) for load in (60, 100)
    )
    zones = {one.id: one.timezone for one in compare(old, new).told}
    assert zones["dba"] == "Asia/Tokyo"
    assert zones["prov"] == "UTC"


@pytest.mark.parametrize("load", [60, 100])
def test_an_imported_baseline_has_no_events_to_compare(load: int) -> None:
    """Its dates are compared; that it has no gates, floats and chain is no change."""
    bare = {
        id_: replace(one, total_float=None, critical=False, driver=None)
        for id_, one in OLD.activities.items()
    }
    imported = replace(OLD, activities=bare, meetings=(), tasks=(), driving_chain=())
    changes = compare(imported, night_schedule(load=load))
    assert (changes.floats, changes.gates, changes.chain) == ((), (), ((), ()))
    assert bool(changes.moved) == (load == 100)


def test_equal_schedules_have_nothing_between_them() -> None:
    """However often it was solved."""
    again: Schedule = night_schedule(previous=OLD)
    assert compare(OLD, again).empty


def at_day(text: str) -> date:
    """Return a date."""
    return date.fromisoformat(text)


def _night(minutes: int) -> Instant:
    return Instant(at(NIGHT) + minutes)
