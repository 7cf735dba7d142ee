"""Who hands what to whom, by hand."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.networks import analysed, placer
from tests.support.projects import at, bridge, link, make_project, office, resource, task

from imsgen.model import Calendar, DriverKind, End, Event, Instant, Kind, Placement, Project
from imsgen.network.handover import ResourceOrder

DAY_SHIFT = Calendar("day", "Day", "UTC", (((480, 960),),) * 7)
NIGHT_SHIFT = Calendar("night", "Night", "UTC", (((1320, 1800),),) * 7)


def _order(project: Project, starts: Mapping[str, str]) -> ResourceOrder:
    one = placer(project)
    placed: dict[str, Placement] = {}
    for id_ in one.graph.order:
        bound = one.bound(id_, 0, placed)
        place = one.fit(id_, 0, bound.after(at(starts[id_]) if id_ in starts else Instant(0)))
        assert place is not None
        placed[id_] = place
    return ResourceOrder(one, placed)


def _pairs(order: ResourceOrder) -> list[tuple[str, str]]:
    return [(one.source[0], one.taker) for one in order.handovers]


def test_one_unit_makes_a_chain() -> None:
    """Three in a row with one person: two hand-overs."""
    needs = {"ana": 100}
    project = make_project(
        [task("a", 240, needs=needs), task("b", 240, needs=needs), task("c", 240, needs=needs)],
        resources=[resource("ana")],
    )
    order = _order(project, {"b": "2026-11-02 13:00", "c": "2026-11-03 08:00"})
    assert _pairs(order) == [("a", "b"), ("b", "c")]
    assert order.limits == []


def test_units_that_are_free_are_handed_over_by_nobody() -> None:
    """Two people, two tasks: no hand-over."""
    needs = {"dba": 100}
    project = make_project(
        [task("a", 240, needs=needs), task("b", 240, needs=needs)],
        resources=[resource("dba", 200)],
    )
    assert _pairs(_order(project, {"b": "2026-11-03 08:00"})) == []


def test_a_predecessor_hands_over_before_others() -> None:
    """Of two who are done, the one that precedes by logic gives its unit."""
    needs = {"dba": 100}
    project = make_project(
        [task("a", 60, needs=needs), task("b", 240, needs=needs), task("c", 60, needs=needs)],
        [link("b", "c")],
        resources=[resource("dba", 200)],
    )
    assert _pairs(_order(project, {})) == [("b", "c")]


def test_a_big_need_takes_from_several() -> None:
    """Both people are needed: both predecessors on the resource hand over."""
    project = make_project(
        [
            task("a", 60, needs={"dba": 100}),
            task("b", 240, needs={"dba": 100}),
            task("c", 60, needs={"dba": 200}),
        ],
        resources=[resource("dba", 200)],
    )
    order = _order(project, {"c": "2026-11-02 13:00"})
    assert sorted(_pairs(order)) == [("a", "c"), ("b", "c")]


def test_shifts_that_never_meet_hand_nothing_over() -> None:
    """Day and night shift share a console: each rests while the other works.

    Two shifts of each; until Thursday 08:00 there is one more shift of float for both.
    """
    project = make_project(
        [
            task("a", 960, "day", needs={"k": 100}),
            task("b", 960, "night", needs={"k": 100}),
            task("long", 3 * 1440, "bridge"),
        ],
        resources=[resource("k")],
        calendars=[DAY_SHIFT, NIGHT_SHIFT, bridge()],
    )
    order = _order(project, {})
    assert order.handovers == []
    found = analysed(project).activities
    assert (found["a"].total_float, found["b"].total_float) == (480, 480)


def test_held_equipment_is_handed_over_at_the_end() -> None:
    """A crane that stays taken overnight keeps the night shift waiting."""
    project = make_project(
        [task("a", 960, "day", needs={"k": 100}), task("b", 480, "night", needs={"k": 100})],
        resources=[resource("k", holds=True)],
        calendars=[DAY_SHIFT, NIGHT_SHIFT],
    )
    order = _order(project, {"b": "2026-11-03 22:00"})
    assert _pairs(order) == [("a", "b")]
    found = analysed(project, {"b": "2026-11-03 22:00"}).activities
    assert found["a"].total_float == 0


def test_capacity_that_comes_is_a_bound() -> None:
    """A hire who starts on Wednesday is why the work does."""
    hired = resource("dba", capacity=((at("2026-11-04 08:00"), 100),))
    found = analysed(
        make_project([task("a", 60, needs={"dba": 100})], resources=[hired]),
        {"a": "2026-11-04 08:00"},
    )
    driver = found.activities["a"].driver
    assert driver is not None
    assert (driver.kind, driver.resource) == (DriverKind.CONSTRAINT, "dba")
    assert driver.text == "`dba` from 2026-11-04 08:00"


def test_capacity_that_goes_bounds_float() -> None:
    """The only one leaves on Tuesday noon: half a day of float, though the plan runs on."""
    leaving = resource("dba", capacity=((None, 100), (at("2026-11-03 12:00"), 0)))
    found = analysed(
        make_project([task("a", 480, needs={"dba": 100}), task("long", 2400)], resources=[leaving])
    ).activities
    assert found["a"].total_float == 240


def test_work_in_the_pause_of_another_stays_there() -> None:
    """At lunch the round-the-clock job borrows the only person, and must be done by 13:00."""
    project = make_project(
        [task("a", 480, needs={"ana": 100}), task("b", 60, "bridge", needs={"ana": 100})],
        resources=[resource("ana")],
        calendars=[office(), bridge()],
    )
    found = analysed(project, {"b": "2026-11-02 12:00"}).activities
    assert found["b"].total_float == 0


def test_a_hammock_holds_equipment_between_its_events() -> None:
    """Formwork is in use until stripping ends: the next user waits for that."""
    project = make_project(
        [
            task("form", 240),
            task("strip", 240),
            task(
                "on",
                0,
                kind=Kind.HAMMOCK,
                needs={"f": 100},
                spans=(Event("form", End.START), Event("strip", End.FINISH)),
            ),
            task("next", 60, needs={"f": 100}),
        ],
        [link("form", "strip")],
        resources=[resource("f", holds=True)],
    )
    order = _order(project, {"next": "2026-11-03 08:00"})
    assert [(one.giver, one.source, one.taker) for one in order.handovers] == [
        ("on", ("strip", True), "next")
    ]
    found = analysed(project, {"next": "2026-11-03 08:00"})
    driver = found.activities["next"].driver
    assert driver is not None
    assert (driver.kind, driver.id, driver.resource) == (DriverKind.RESOURCE, "on", "f")
    assert found.activities["strip"].total_float == 0
