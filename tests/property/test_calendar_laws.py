"""Laws of working time, against a count minute by minute of what local clocks show."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.minutes import is_worked, spans, worked
from tests.support.profiles import examples
from tests.support.projects import at
from tests.support.working_hours import calendars

from imsgen.calendars import (
    CalendarExhaustedError,
    WorkCalendar,
    always,
    intersection,
    of_intervals,
    union,
    without,
    work_calendar,
)
from imsgen.model import DAY, Calendar, Instant
from imsgen.network.bounds import earliest_event, latest_event, latest_same_work, shift

STARTS = ("2026-10-22 00:00", "2026-10-29 00:00", "2027-03-11 00:00", "2026-10-01 00:00")
"""Days before clocks change in Europe, the United States, and on Lord Howe Island."""
DAYS = 8


@dataclass(frozen=True)
class Fortnight:
    """A calendar over some days, and the minutes it works, counted one by one."""

    rules: Calendar
    first: int
    last: int
    calendar: WorkCalendar
    minutes: tuple[int, ...] = field(repr=False)

    def before(self, instant: int) -> int:
        """Return the worked minutes before an instant."""
        return bisect_left(self.minutes, instant)


@st.composite
def fortnights(draw: st.DrawFn, start: int | None = None) -> Fortnight:
    first = at(draw(st.sampled_from(STARTS))) if start is None else Instant(start)
    last = first + DAYS * DAY
    rules = draw(calendars("one", Instant(first), zones=True, exceptions=True))
    calendar = work_calendar(rules, first, last)
    return Fortnight(rules, first, last, calendar, tuple(worked(rules, first, last)))


def offsets() -> st.SearchStrategy[int]:
    return st.integers(0, DAYS * DAY)


@examples(40)
@given(fortnights())
def test_expansion_is_what_the_clocks_show(one: Fortnight) -> None:
    """The intervals are the stretches of minutes whose local time is a working time."""
    assert list(one.calendar.intervals(one.first, one.last)) == list(spans(list(one.minutes)))


@examples(60)
@given(fortnights(), st.lists(offsets(), min_size=1, max_size=20))
def test_both_axes_count_minutes(one: Fortnight, ahead: list[int]) -> None:
    """C counts worked minutes, sigma is where the next begins, phi where the last one ends."""
    for offset in ahead:
        instant = one.first + offset
        work = one.calendar.work_at(instant)
        assert work == one.before(instant)
        if work < len(one.minutes):
            assert one.calendar.start_of(work) == one.minutes[work]
        if work:
            assert one.calendar.finish_of(work) == one.minutes[work - 1] + 1


@examples(60)
@given(fortnights(), offsets(), offsets())
def test_the_axes_are_a_galois_pair(one: Fortnight, offset: int, work: int) -> None:
    """C(t) <= w exactly when t <= sigma(w), and C(t) >= w exactly when t >= phi(w)."""
    instant = one.first + offset
    done = one.calendar.work_at(instant)
    if work < len(one.minutes):
        assert (done <= work) == (instant <= one.calendar.start_of(work))
    if work <= len(one.minutes):
        assert (done >= work) == (instant >= one.calendar.finish_of(work))


@examples(60)
@given(fortnights(), offsets(), st.integers(1, 2000))
def test_what_is_added_can_be_taken_back(one: Fortnight, offset: int, work: int) -> None:
    """From a working minute, work added and taken away again leads back to it."""
    try:
        start = one.calendar.next_start(one.first + offset)
        finish = one.calendar.add(start, work)
    except CalendarExhaustedError:
        return
    assert one.calendar.add(finish, -work) == start
    assert one.calendar.work_between(start, finish) == work
    assert is_worked(one.rules, finish - 1)


@examples(40)
@given(fortnights(), offsets(), offsets(), st.integers(-600, 600))
def test_adding_keeps_order(one: Fortnight, offset: int, other: int, work: int) -> None:
    """What begins later is not done earlier."""
    sooner, later = sorted((one.first + offset, one.first + other))
    assert shift(one.calendar, sooner, work) <= shift(one.calendar, later, work)


@examples(80)
@given(fortnights(), offsets(), offsets(), st.integers(-900, 900))
def test_shifts_have_exact_inverses(one: Fortnight, offset: int, other: int, lag: int) -> None:
    """The latest event with a bound so early, and the earliest with one so late, are exact."""
    calendar = one.calendar
    bound, event = one.first + offset, one.first + other
    if not one.first < shift(calendar, event, lag) < one.last:
        return
    latest = latest_event(calendar, bound, lag)
    if latest == one.first:  # nothing known is so early
        return
    assert (shift(calendar, event, lag) <= bound) == (latest is None or event <= latest)
    try:
        earliest = earliest_event(calendar, bound, lag)
    except CalendarExhaustedError:
        earliest = Instant(one.last)
    assert (shift(calendar, event, lag) >= bound) == (event >= earliest)


@examples(60)
@given(fortnights(), offsets(), offsets())
def test_no_working_time_between(one: Fortnight, offset: int, other: int) -> None:
    """The last instant of the same work is the last before which nothing more is worked."""
    instant, later = one.first + offset, one.first + other
    latest = latest_same_work(one.calendar, instant)
    same = one.before(later) <= one.before(instant)
    assert same == (latest is None or later <= latest)


@examples(60)
@given(fortnights(), offsets())
def test_milestones_touch_working_time(one: Fortnight, offset: int) -> None:
    """An instant touches working time in it and at its very end; else the next start does."""
    instant = one.first + offset
    known = set(one.minutes)
    touches = instant in known or (instant - 1 in known)
    if instant < one.last:
        assert one.calendar.touches(instant) == touches
        assert one.calendar.is_working(instant) == (instant in known)
    if touches:
        assert one.calendar.next_touch(instant) == instant
    elif one.before(instant) < len(one.minutes):
        assert one.calendar.next_touch(instant) == one.minutes[one.before(instant)]


@examples(40)
@given(
    st.sampled_from(STARTS).flatmap(
        lambda text: st.tuples(fortnights(at(text)), fortnights(at(text)))
    )
)
def test_sets_are_pointwise(pair: tuple[Fortnight, Fortnight]) -> None:
    """Intersection is and, union is or, taking away is and-not, minute by minute."""
    one, two = pair
    first, last = one.first, one.last
    ours, theirs = set(one.minutes), set(two.minutes)
    both = intersection(one.calendar, two.calendar)
    either = union([one.calendar, two.calendar])
    less = without(one.calendar, list(two.calendar.intervals(first, last)))
    assert list(both.intervals(first, last)) == list(spans(sorted(ours & theirs)))
    assert list(either.intervals(first, last)) == list(spans(sorted(ours | theirs)))
    assert list(less.intervals(first, last)) == list(spans(sorted(ours - theirs)))


@examples(40)
@given(fortnights(), st.lists(st.tuples(offsets(), offsets()), max_size=5))
def test_absences_may_overlap(one: Fortnight, gaps: list[tuple[int, int]]) -> None:
    """Spans taken away may come in any order, overlap or touch."""
    away = [(one.first + min(gap), one.first + max(gap)) for gap in gaps]
    left = [
        minute for minute in one.minutes if not any(begin <= minute < end for begin, end in away)
    ]
    found = without(one.calendar, away)
    assert list(found.intervals(one.first, one.last)) == list(spans(left))


@examples(30)
@given(
    calendars("one", at("2026-10-22 00:00"), zones=True, exceptions=True),
    calendars("two", at("2026-10-22 00:00"), zones=True, exceptions=True),
    st.lists(st.integers(0, 5 * 366 * DAY), min_size=1, max_size=8),
)
def test_growing_step_by_step_changes_nothing(
    one: Calendar, two: Calendar, asked: list[int]
) -> None:
    """Expanded as far as asked, in any order, a calendar is what it is expanded at once."""
    first = at("2026-10-22 00:00")
    last = first + 5 * 366 * DAY

    def make() -> list[WorkCalendar]:
        ours, theirs = work_calendar(one, first, last), work_calendar(two, first, last)
        return [
            ours,
            intersection(ours, theirs),
            union([ours, theirs]),
            without(ours, [(first + 366 * DAY - 300, first + 366 * DAY + 300)]),
        ]

    lazy, eager = make(), make()
    for calendar in eager:
        calendar.work_at(last)
    for offset in asked:
        for grown, whole in zip(lazy, eager, strict=True):
            instant = first + offset
            assert grown.work_at(instant) == whole.work_at(instant)
            assert grown.touches(instant) == whole.touches(instant)
            assert list(grown.intervals(instant, instant + 7 * DAY)) == list(
                whole.intervals(instant, instant + 7 * DAY)
            )
            work = whole.work_at(instant)
            if work < whole.work_at(last):
                assert grown.start_of(work) == whole.start_of(work)


@examples(40)
@given(fortnights(), offsets(), offsets())
def test_arrays_are_the_intervals(one: Fortnight, offset: int, other: int) -> None:
    """The parallel lists hold the same intervals, each with the work before it."""
    first, last = sorted((one.first + offset, one.first + other))
    begins, ends, before = one.calendar.arrays(first, last)
    assert list(zip(begins, ends, strict=True)) == list(one.calendar.intervals(first, last))
    assert before == [one.before(begin) for begin in begins]


def test_nothing_is_known_beyond_the_horizon() -> None:
    """Arithmetic that leaves the known span says so instead of guessing."""
    calendar = of_intervals([(100, 200), (300, 400)], 0, 1000)
    with pytest.raises(CalendarExhaustedError):
        calendar.start_of(200)
    with pytest.raises(CalendarExhaustedError):
        calendar.add(150, -51)
    assert calendar.finish_of(200) == 400
    assert calendar.finish_of(0) == 0
    assert always(0, 10).work_at(10) == 10
