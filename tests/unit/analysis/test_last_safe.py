"""Last safe moments of windows: cases worked out by hand, in minutes from the start of the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.support.gates import START, chain, cutover, night, step
from tests.support.projects import at, link, resource, task

from imsgen.analysis import with_rollbacks
from imsgen.formats import mspdi
from imsgen.model import (
    CurvePoint,
    Gate,
    Group,
    Holding,
    Instant,
    Kind,
    LastSafe,
    Progress,
    Project,
    Resource,
    Schedule,
    Undo,
    Within,
)
from imsgen.solver import Settings, solve
from imsgen.verifier import verify_schedule


def assessed(project: Project) -> Schedule:
    """Return the schedule with its last safe moments, which the verifier has nothing against."""
    schedule = with_rollbacks(solve(project, Settings(effort=1.0)))
    assert verify_schedule(schedule) == []
    return schedule


def moment_of(project: Project) -> LastSafe:
    """Return the last safe moment of the only window."""
    (found,) = assessed(project).last_safe
    assert found.proved
    return found


def minute(instant: int | None) -> int | None:
    """Return minutes from the start of the window."""
    return None if instant is None else instant - at(START)


def curve(found: LastSafe) -> list[tuple[int | None, int | None]]:
    """Return the bends of the curve, each proved."""
    assert all(point.finish == point.bound for point in found.curve)
    return [(minute(point.at), point.length) for point in found.curve]


def test_curve_of_the_cutover() -> None:
    """The curve bends where something begins; 600 - 185 is the last safe moment.

    Of what runs at 61 `netB` takes 30, then `netA` 35, `freeze` 10 and the check 30; the rest
    of the ten steps adds `load` 80, `conf` 30 and `dns` 25 one after the other.
    """
    found = moment_of(cutover())
    assert (minute(found.latest), found.gate, found.no_return) == (415, "gate", None)
    assert curve(found) == [
        (0, 30),
        (1, 40),
        (20, 40),
        (21, 80),
        (60, 80),
        (61, 105),
        (150, 105),
        (151, 130),
        (260, 130),
        (261, 160),
        (300, 160),
        (301, 185),
        (600, 185),
    ]


def test_steps_that_drive_are_told_with_what_holds_them_up() -> None:
    """Three undos in parallel share one `dba`: each but the first waits for it."""
    ids = ("a", "b", "c")
    project = night(
        [step(id_, 10, 60, "dba") for id_ in ids], [], [resource("dba")], length=300, after=ids
    )
    found = moment_of(project)
    assert [one.holding for one in found.drivers] == [
        Holding.DECISION,
        Holding.RESOURCE,
        Holding.RESOURCE,
    ]
    assert [one.resource for one in found.drivers] == ["", "dba", "dba"]
    assert found.drivers[2].by == found.drivers[1].id


def test_what_begins_later_counts_only_from_then_on() -> None:
    """With 150 minutes two undos of 60 fit at 20, but from 21 on it is three: 180.

    The critical path alone, 60, would say 90; the sum of all, 180, that it is never safe.
    """
    ids = ("a", "b", "c")
    project = night(
        [step(id_, 10, 60, "dba") for id_ in ids], [], [resource("dba")], length=150, after=ids
    )
    assert minute(moment_of(project).latest) == 20


def test_serial_sums_are_wrong_the_other_way() -> None:
    """Two undos of 60 by different people take 60, not 120: the window of 100 is safe until 40."""
    steps = [step("a", 10, 60, "dba"), step("b", 10, 60, "net")]
    project = night(steps, [], [resource("dba"), resource("net")], length=100, after=["a", "b"])
    assert minute(moment_of(project).latest) == 40


def test_no_safe_moment_after_the_point_of_no_return() -> None:
    """`switch` starts at 40 and cannot be undone: there the last moment is, and the curve ends."""
    steps = [step("a", 30, 20), step("switch", 10, irreversible=True), step("gate2", 0)]
    project = night(steps[:2], [link("gate", "switch"), link("a", "switch", lag=10)], after=["a"])
    found = moment_of(project)
    assert (minute(found.no_return), found.irreversible) == (40, "switch")
    assert minute(found.latest) == 40
    assert minute(found.curve[-1].at) == 40


def test_point_of_no_return_after_the_last_safe_moment() -> None:
    """`switch` starts at 80 of 100, but undoing takes 30: the last safe moment is 70."""
    steps = [step("a", 80, 30), step("switch", 10, irreversible=True)]
    found = moment_of(night(steps, [link("gate", "switch")], length=100, after=["a"]))
    assert (minute(found.latest), minute(found.no_return)) == (70, 80)


def test_nothing_to_undo_is_safe_until_the_window_ends() -> None:
    """With neither undo nor contingency the last safe moment is the end of the window."""
    assert minute(moment_of(night([step("a", 10)], [], after=["a"])).latest) == 600


def test_what_began_before_the_window() -> None:
    """Undoing `prep`, begun an hour before the window of 100 opens, takes 130: 30 before it.

    The window begins at 60 here.
    """
    project = night([step("prep", 60, 130)], [], after=["prep"], length=160)
    window = project.windows["outage"]
    later = replace(window, occurrences=((Instant(at(START) + 60), Instant(at(START) + 160)),))
    found = moment_of(replace(project, windows={"outage": later}))
    assert minute(found.latest) == 30
    assert minute(found.curve[0].at) == 60


def test_no_moment_is_safe() -> None:
    """A contingency of 200 before a window that is over after 100, in a plan that begins with it."""
    back = [step("back.check", 200, branch="gate")]
    project = night([step("a", 10)], [], after=["a"], contingency=back, length=100)
    project = replace(project, horizon=(at(START), project.horizon[1]))
    (found,) = assessed(project).last_safe
    assert (found.latest, found.latest_bound, found.steps) == (None, None, ())


def test_calendars_that_pause() -> None:
    """An undo of an hour in office hours, window until Monday 12:30.

    Begun at 11:00, 3900, it ends at 12:00; said on Friday evening it takes until Monday 09:00,
    3780, so from 10 on every minute later is one less, until Monday 08:00 when it takes 60.
    """
    undo = Undo(60, calendar="office")
    schedule = assessed(night([step("a", 10, undo)], [], length=3990, after=["a"]))
    (found,) = schedule.last_safe
    assert minute(found.latest) == 3900
    assert curve(found)[:4] == [(0, 0), (1, 3779), (3720, 60), (3900, 60)]
    assert [one.holding for one in schedule.rollbacks["gate"].drivers] == [Holding.CALENDAR]
    assert [one.holding for one in found.drivers] == [Holding.DECISION]


def test_capacity_that_changes() -> None:
    """From 300 on there are two of `dba`, so two undos of 60 take 60 instead of 120.

    Begun at 240 the first is done when the second `dba` comes: 300 + 60. From 300 on it is 60.
    """
    more = Resource("dba", "DBA", ((None, 100), (Instant(at(START) + 300), 200)))
    steps = [step("a", 10, 60, "dba"), step("b", 10, 60, "dba")]
    found = moment_of(night(steps, [], [more], length=400, after=["a", "b"]))
    assert minute(found.latest) == 340
    assert (240, 120) in curve(found)
    assert (300, 60) in curve(found)


def test_under_way_is_finished_first() -> None:
    """`long` runs until 100 whatever is said, then its undo of 50: at 1 that takes 149."""
    project = night(
        [step("a", 10), step("long", 100, 50, on_abort="finish")], [], after=["a"], length=200
    )
    found = moment_of(project)
    assert curve(found) == [(0, 0), (1, 149), (100, 50), (200, 50)]
    assert minute(found.latest) == 150


def test_between_two_steps_that_are_finished_first_going_back_takes_less() -> None:
    """From 1 and from 46 it takes 84 minutes, from 45, when `a` is done and `b` not begun, 40."""
    steps = [
        step("a", 45, 40, "dba", on_abort="finish"),
        step("b", 5, 40, "dba", on_abort="finish"),
        step("c", 60, 10, "dba"),
        step("d", 60, 10, "dba"),
    ]
    found = moment_of(night(steps, chain("a", "b", "c", "d"), [resource("dba")], after=["a"]))
    assert curve(found)[:5] == [(0, 0), (1, 84), (45, 40), (46, 84), (50, 80)]
    assert minute(found.latest) == 500


def test_next_gate_to_decide_says_what_follows() -> None:
    """Until the first gate decides, at 60, its contingency of 100 follows; then 20 of the second."""
    steps = [
        step("a", 60, 10),
        step("b", 60, 10),
        task("late", 0, "bridge", kind=Kind.GATE, within=(Within("outage"),)),
        step("less.check", 20, branch="late"),
    ]
    project = night(
        steps,
        [link("gate", "b"), link("b", "late")],
        after=["a"],
        contingency=[step("back.check", 100, branch="gate")],
        groups=[Group("less", "Less", branch="late")],
        length=150,
    )
    found = moment_of(
        replace(project, gates={**project.gates, "late": Gate("late", else_="less")})
    )
    assert found.gates == ("gate", "late")
    assert curve(found)[:4] == [(0, 100), (1, 110), (60, 110), (61, 40)]
    assert (minute(found.latest), found.gate) == (110, "late")


def test_what_has_happened_counts_as_it_did() -> None:
    """`a` really took from 0 to 90: `b`, to be undone in 40, begins then, not at 30."""
    project = night([step("a", 30, 20), step("b", 30, 40)], chain("a", "b"), after=["b"])
    done = Progress(at(START), Instant(at(START) + 90), 100, 0)
    first = replace(project.activities["a"], progress=done)
    known = {**project.activities, "a": first}
    found = moment_of(replace(project, status_date=Instant(at(START) + 90), activities=known))
    assert curve(found) == [(0, 0), (1, 20), (90, 20), (91, 60), (600, 60)]


def test_inactive_steps_of_the_contingency_are_left_out() -> None:
    """Of a contingency only what is active is done."""
    back = [step("back.a", 30, branch="gate"), step("back.b", 90, branch="gate", active=False)]
    found = moment_of(night([step("a", 10)], [], after=["a"], contingency=back))
    assert minute(found.latest) == 570


def test_little_effort_is_honest() -> None:
    """With no effort to spare what is not proved is said to be open, and nothing is wrong."""
    schedule = with_rollbacks(solve(cutover(), Settings(effort=1.0)), 0.0)
    assert verify_schedule(schedule) == []
    (found,) = schedule.last_safe
    assert found.latest is not None
    assert found.latest_bound is not None
    assert found.latest <= at(START) + 415 <= found.latest_bound


@pytest.mark.parametrize(
    "change", ["latest", "bound", "steps", "no_return", "point", "later", "gates", "ends", "none"]
)
def test_verifier_finds_a_wrong_last_safe_moment(change: str) -> None:
    """A moment that is later, a curve that is shorter, or another window does not pass."""
    schedule = assessed(cutover())
    (found,) = schedule.last_safe
    latest = found.latest or Instant(0)
    last = found.curve[-1]
    wrong = {
        "latest": replace(found, latest=Instant(latest + 10), latest_bound=Instant(latest + 10)),
        "bound": replace(found, latest_bound=Instant(latest - 10)),
        "steps": replace(found, steps=found.steps[1:]),
        "no_return": replace(found, no_return=latest, irreversible="load"),
        "point": replace(
            found,
            curve=(*found.curve[:-1], CurvePoint(last.at, Instant(last.at), Instant(last.at))),
        ),
        "later": replace(found, curve=found.curve[::-1]),
        "gates": replace(found, gates=("gate", "gate")),
        "ends": replace(found, ends=Instant(found.ends + 60)),
    }
    changed = (wrong[change],) if change in wrong else ()
    assert verify_schedule(replace(schedule, last_safe=changed)) != []


def test_contingency_is_inactive_in_ms_project(tmp_path: Path) -> None:
    """What is done only on No-Go stands in the MS Project file as inactive tasks, the rest not."""
    (file,) = mspdi.write(assessed(cutover()), tmp_path / "night.xml")
    text = ET.parse(file)
    tag = "{http://schemas.microsoft.com/project}"
    active = {
        str(task.findtext(f"{tag}Name")): task.findtext(f"{tag}Active")
        for task in text.iter(f"{tag}Task")
    }
    assert {name for name, on in active.items() if on == "0"} == {"Back", "back.check"}


def test_where_no_go_leads_to_nothing_nobody_is_told() -> None:
    """Without undo, contingency and irreversible step a window's end is no last safe moment."""
    schedule = assessed(night([step("a", 10)], [], after=["a"]))
    assert not [one.id for one in schedule.meetings if one.id.startswith("last-safe:")]
    assert [one.id for one in assessed(cutover()).meetings if "last-safe" in one.id]


def test_nobody_there_for_a_while() -> None:
    """From 300 to 400 there is no `dba`: an undo of 60 said at 241 waits until 400, and takes 219.

    At 10 and at 500 it takes 60, which alone would hide that.
    """
    steps = ((None, 100), (Instant(at(START) + 300), 0), (Instant(at(START) + 400), 100))
    away = Resource("dba", "DBA", steps)
    found = moment_of(night([step("a", 10, 60, "dba")], [], [away], length=560, after=["a"]))
    assert minute(found.latest) == 500
    assert curve(found)[1:6] == [(1, 60), (240, 60), (241, 219), (400, 60), (560, 60)]
