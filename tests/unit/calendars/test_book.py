"""What something of a project works on."""

from __future__ import annotations

from tests.support.projects import at, bridge, link, make_project, office, resource, task

from imsgen.calendars import CalendarBook, always, intersection, of_intervals, union, without
from imsgen.model import Calendar

EARLY = Calendar("early", "Early", "UTC", (((360, 840),),) * 7)


def test_equal_questions_get_the_same_calendar() -> None:
    """Two activities with the same hours share one calendar, a third has its own."""
    project = make_project(
        [task("a", 60), task("b", 60), task("c", 60, needs={"ana": 100})],
        resources=[resource("ana", calendar="early")],
        calendars=[office(), EARLY],
    )
    book = CalendarBook(project)
    first, second, third = (book.effective(project.activities[id_]) for id_ in "abc")
    assert first is second
    assert first is not third


def test_effective_hours_are_what_all_share() -> None:
    """Office hours and 06:00-14:00 share 08:00-12:00 and 13:00-14:00."""
    project = make_project(
        [task("a", 60, needs={"ana": 100})],
        resources=[resource("ana", calendar="early")],
        calendars=[office(), EARLY],
    )
    found = CalendarBook(project).effective(project.activities["a"])
    day = at("2026-11-02 00:00")
    assert list(found.intervals(day, day + 1440)) == [
        (day + 480, day + 720),
        (day + 780, day + 840),
    ]


def test_ignoring_resource_calendars_keeps_leave() -> None:
    """On call, hours of the resource do not count, its leave does."""
    away = (at("2026-11-02 09:00"), at("2026-11-02 11:00"))
    project = make_project(
        [task("a", 60, needs={"ana": 100}, ignore_resource_calendars=True)],
        resources=[resource("ana", calendar="early", leave=(away,))],
        calendars=[office(), EARLY],
    )
    found = CalendarBook(project).effective(project.activities["a"])
    day = at("2026-11-02 00:00")
    assert list(found.intervals(day, day + 1440)) == [
        (day + 480, away[0]),
        (away[1], day + 720),
        (day + 780, day + 1020),
    ]


def test_an_elapsed_duration_never_rests() -> None:
    """Neither calendar nor leave stops what is only waited for."""
    away = (at("2026-11-02 09:00"), at("2026-11-02 11:00"))
    project = make_project(
        [task("a", 60, needs={"ana": 100}, elapsed=True)],
        resources=[resource("ana", leave=(away,))],
    )
    book = CalendarBook(project)
    assert book.effective(project.activities["a"]) is book.always


def test_hours_of_a_resource() -> None:
    """A resource without calendar and leave restricts nothing; leave alone is time away."""
    away = (at("2026-11-02 09:00"), at("2026-11-02 11:00"))
    project = make_project([], resources=[resource("a"), resource("b", leave=(away,))])
    book = CalendarBook(project)
    assert book.resource("a") is None
    found = book.resource("b")
    assert found is not None
    assert found.work_between(*away) == 0
    assert found.is_working(away[1])


def test_a_calendar_that_never_rests_is_the_one_that_does_not() -> None:
    """A round-the-clock calendar of the plan is 24x7 itself."""
    book = CalendarBook(make_project([], calendars=[office(), bridge()]))
    assert book.calendar("bridge") is book.always
    assert book.calendar("24x7") is book.always


def test_lags_run_on_the_successor_unless_told_otherwise() -> None:
    """Successor, predecessor, or a named calendar."""
    book = CalendarBook(make_project([]))
    before, after = book.calendar("bridge"), book.calendar("office")
    assert book.lag_calendar(link("a", "b"), before, after) is after
    assert book.lag_calendar(link("a", "b", lag_calendar="predecessor"), before, after) is before
    assert book.lag_calendar(link("a", "b", lag_calendar="24x7"), before, after) is book.always


def test_sets_of_intervals() -> None:
    """Both, either, and one without some spans, by hand."""
    one, two = of_intervals([(10, 20), (30, 40)], 0, 100), of_intervals([(15, 35)], 0, 100)
    assert list(intersection(one, two).intervals(0, 100)) == [(15, 20), (30, 35)]
    assert list(union([one, two]).intervals(0, 100)) == [(10, 40)]
    assert list(without(one, [(0, 12), (18, 31)]).intervals(0, 100)) == [(12, 18), (31, 40)]
    assert intersection(one, two).name == " ∩ "
    assert list(without(always(0, 50), [(40, 60)]).intervals(0, 50)) == [(0, 40)]
