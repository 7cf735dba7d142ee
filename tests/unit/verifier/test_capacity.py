"""Resources. 2 November 2026 is a Monday; office hours are 8-12 and 13-17 UTC."""

from __future__ import annotations

import pytest
from tests.support.projects import at, make_project, resource, task
from tests.support.verdicts import only, place

from imsgen.model import End, Event, Kind, Mode, Need, Placement, Progress, Project, Resource
from imsgen.verifier import Rule, verify

MORNING, AFTERNOON = place("02 08:00", "02 12:00"), place("02 13:00", "02 17:00")


def shared(one: Resource, units: int = 100, calendars: str = "office") -> Project:
    needs = {one.id: units}
    return make_project(
        [task("a", 240, calendars, needs), task("b", 240, calendars, needs)], resources=[one]
    )


def test_one_person_one_activity() -> None:
    """Ana does one thing at a time; a minute too much is noticed."""
    good = {"a": MORNING, "b": AFTERNOON}
    only(shared(resource("ana")), good, {"b": place("02 11:59", "02 16:59")}, Rule.CAPACITY)


def test_half_a_person() -> None:
    """Two halves make one."""
    assert verify(shared(resource("ana"), 50), {"a": MORNING, "b": MORNING}) == []
    only(
        shared(resource("ana"), 51), {"a": MORNING, "b": AFTERNOON}, {"b": MORNING}, Rule.CAPACITY
    )


def test_two_of_a_kind() -> None:
    """Capacity 200 % takes two at once."""
    assert verify(shared(resource("dba", 200)), {"a": MORNING, "b": MORNING}) == []


def test_more_than_there_is() -> None:
    """One activity alone can want too much."""
    project = make_project([task("a", 240, needs={"ana": 150})], resources=[resource("ana")])
    (found,) = verify(project, {"a": MORNING})
    assert found.rule is Rule.CAPACITY
    assert found.ids == ("ana", "a")
    assert found.message == (
        "`ana` has 100 % but 150 % are held from Mon 2026-11-02 08:00 UTC to"
        " Mon 2026-11-02 12:00 UTC by `a`"
    )


def nights(holds: bool) -> Project:
    """Return a two-day office activity and a bridge activity on one resource."""
    needs = {"env": 100}
    return make_project(
        [task("a", 960, "office", needs), task("b", 240, "bridge", needs)],
        resources=[resource("env", holds=holds)],
    )


def test_people_are_released_at_night() -> None:
    """While the office activity rests, the night shift has the resource."""
    good = {"a": place("02 08:00", "03 17:00"), "b": place("02 17:00", "02 21:00")}
    only(nights(False), good, {"b": place("02 16:59", "02 20:59")}, Rule.CAPACITY)
    lunch = {"b": place("02 12:00", "02 16:00")}
    only(nights(False), good, lunch, Rule.CAPACITY)


def test_equipment_is_held_at_night() -> None:
    """A resource that holds is taken from start to finish, pauses included."""
    good = {"a": place("02 08:00", "03 17:00"), "b": place("03 17:00", "03 21:00")}
    only(nights(True), good, {"b": place("02 17:00", "02 21:00")}, Rule.CAPACITY)


def test_capacity_begins() -> None:
    """Before the first dated step there is none."""
    ana = resource("ana", capacity=((at("2026-11-02 13:00"), 100),))
    project = make_project([task("a", 240, needs={"ana": 100})], resources=[ana])
    only(project, {"a": AFTERNOON}, {"a": MORNING}, Rule.CAPACITY)


def test_capacity_rises_and_falls() -> None:
    """Two are there in the afternoon only."""
    steps = ((None, 100), (at("2026-11-02 13:00"), 200), (at("2026-11-02 17:00"), 100))
    project = shared(resource("dba", capacity=steps))
    good = {"a": AFTERNOON, "b": AFTERNOON}
    only(project, good, {"a": MORNING, "b": place("02 10:00", "02 15:00")}, Rule.CAPACITY)
    only(
        project,
        good,
        {"b": place("02 14:00", "03 09:00"), "a": place("02 14:00", "03 09:00")},
        Rule.CAPACITY,
    )


def test_elapsed_work_holds_at_night() -> None:
    """Curing takes the yard round the clock."""
    needs = {"yard": 100}
    project = make_project(
        [task("a", 1440, needs=needs, elapsed=True), task("b", 60, "bridge", needs)],
        resources=[resource("yard")],
    )
    good = {"a": place("02 08:00", "03 08:00"), "b": place("03 08:00", "03 09:00")}
    only(project, good, {"b": place("02 22:00", "02 23:00")}, Rule.CAPACITY)


def test_two_needs_add_up() -> None:
    """Needing the same resource twice is needing both."""
    mode = Mode(240, "office", (Need("ana", 60), Need("ana", 60)))
    project = make_project(
        [task("a", 240, modes=(mode, Mode(240, "office", (Need("ana", 100),))))],
        resources=[resource("ana")],
    )
    good = {"a": Placement(MORNING.start, MORNING.finish, 1)}
    only(project, good, {"a": MORNING}, Rule.CAPACITY)


def hammock_project(holds: bool) -> Project:
    crane = task(
        "crane-hire",
        0,
        needs={"crane": 100},
        kind=Kind.HAMMOCK,
        spans=(Event("a", End.START), Event("b", End.FINISH)),
    )
    return make_project(
        [task("a", 240), task("b", 240), task("c", 60, "bridge", {"crane": 100}), crane],
        resources=[resource("crane", holds=holds)],
    )


def test_hammock_holds_equipment() -> None:
    """A crane on hire from a's start to b's finish is taken, at night too."""
    good = {
        "a": place("02 08:00", "02 12:00"),
        "b": place("03 08:00", "03 12:00"),
        "c": place("03 12:00", "03 13:00"),
    }
    only(hammock_project(True), good, {"c": place("02 20:00", "02 21:00")}, Rule.CAPACITY)


def test_hammock_takes_no_people() -> None:
    """Who is on a hammock is not levelled."""
    dates = {
        "a": place("02 08:00", "02 12:00"),
        "b": place("03 08:00", "03 12:00"),
        "c": place("02 09:00", "02 10:00"),
    }
    assert verify(hammock_project(False), dates) == []


@pytest.mark.parametrize("n", [3])
def test_each_stretch_is_told_once(n: int) -> None:
    """A two-hour overload by three activities is one violation that names the three."""
    needs = {"ana": 100}
    project = make_project(
        [task(f"a{i}", 120, needs=needs) for i in range(n)], resources=[resource("ana")]
    )
    (found,) = verify(project, {f"a{i}": place("02 08:00", "02 10:00") for i in range(n)})
    assert found.ids == ("ana", "a0", "a1", "a2")
    assert "300 % are held" in found.message


def test_what_a_hammock_held_is_history() -> None:
    """A hammock holds from the status date on, whatever was there before."""
    began = Progress(at("2026-11-02 08:00"), remaining=60)
    span = (Event("a", End.START), Event("a", End.FINISH))
    hire = task("crane-hire", 0, needs={"crane": 100}, kind=Kind.HAMMOCK, spans=span)
    activities = [task("a", 240, progress=began), task("c", 60, "bridge", {"crane": 100}), hire]
    since = ((at("2026-11-04 10:00"), 100),)
    project = make_project(
        activities,
        resources=[resource("crane", capacity=since, holds=True)],
        status_date=at("2026-11-04 10:00"),
    )
    good = {"a": place("02 08:00", "04 11:00"), "c": place("04 11:00", "04 12:00")}
    only(project, good, {"c": place("04 10:59", "04 11:59")}, Rule.CAPACITY)
