from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imsgen.calendars import of_intervals
from imsgen.formats.mspdi.week import OtherDays, Pattern, pattern_of, weekday, work_calendar
from imsgen.model import CLOSED, DAY

MONDAY = 4 + 7 * 2900
OFFICE = ((480, 720), (780, 1020))


def _weeks(count: int) -> list[tuple[int, int]]:
    return [
        ((MONDAY + n) * DAY + begin, (MONDAY + n) * DAY + end)
        for n in range(7 * count)
        if n % 7 < 5
        for begin, end in OFFICE
    ]


def test_wall_days_have_weekdays() -> None:
    """1970-01-01 was a Thursday."""
    assert weekday(0) == 3
    assert weekday(MONDAY) == 0


def test_a_week_is_what_its_days_usually_are() -> None:
    """One closed Monday in four weeks is an exception, named as the plan names it."""
    closed = MONDAY + 7
    intervals = [one for one in _weeks(4) if one[0] // DAY != closed]
    pattern, crowded = pattern_of(intervals, MONDAY, MONDAY + 28, {closed: "Labour Day"})
    assert pattern.week == (OFFICE,) * 5 + (CLOSED,) * 2
    assert pattern.exceptions == (OtherDays(closed, closed, CLOSED, "Labour Day"),)
    assert crowded == ()


def test_days_off_in_a_row_are_one_exception() -> None:
    """Wednesday to Friday closed: one range of three days."""
    gone = range(MONDAY + 9, MONDAY + 12)
    intervals = [one for one in _weeks(4) if one[0] // DAY not in gone]
    pattern, _ = pattern_of(intervals, MONDAY, MONDAY + 28, {})
    assert pattern.exceptions == (OtherDays(gone[0], gone[-1], CLOSED, "Non-working"),)


def test_a_night_shift_is_split_at_midnight() -> None:
    """22:00 to 06:00 every day is 00:00-06:00 and 22:00-24:00 of each."""
    nights = [((MONDAY + n) * DAY + 1320, (MONDAY + n) * DAY + 1800) for n in range(-1, 28)]
    pattern, _ = pattern_of(nights, MONDAY, MONDAY + 28, {})
    assert pattern.week == (((0, 360), (1320, 1440)),) * 7
    assert pattern.exceptions == ()


def test_always_is_always() -> None:
    """One interval over all days is 24 hours on each."""
    pattern, _ = pattern_of([(MONDAY * DAY, (MONDAY + 28) * DAY)], MONDAY, MONDAY + 28, {})
    assert pattern.always


def test_more_than_five_shifts_lose_their_shortest_breaks() -> None:
    """Six shifts become five: the ten-minute break goes, and the day is told."""
    starts = (0, 120, 240, 360, 480, 590)
    day = [(MONDAY * DAY + start, MONDAY * DAY + start + 60) for start in starts[:5]]
    day.append((MONDAY * DAY + 550, MONDAY * DAY + 600))
    pattern, crowded = pattern_of(day, MONDAY, MONDAY + 1, {})
    assert crowded == (MONDAY,)
    assert len(pattern.week[0]) == 5
    assert pattern.week[0][-1] == (480, 600)


def test_an_exception_of_a_resource_is_what_differs_from_its_base() -> None:
    """Leave on Tuesday afternoon leaves the morning; the base's week is kept."""
    base = Pattern((OFFICE,) * 5 + (CLOSED,) * 2, ())
    afternoon = ((MONDAY + 1) * DAY + 780, (MONDAY + 1) * DAY + 1020)
    intervals = [one for one in _weeks(1) if one != afternoon]
    pattern, _ = pattern_of(intervals, MONDAY, MONDAY + 7, {MONDAY + 1: "Leave"}, base)
    assert pattern.exceptions == (OtherDays(MONDAY + 1, MONDAY + 1, ((480, 720),), "Leave"),)


@given(st.lists(st.integers(0, 28 * 96 - 1), max_size=60))
def test_a_pattern_says_exactly_the_working_time(quarters: list[int]) -> None:
    """Reading the pattern back gives the same working time, crowded days aside."""
    begin = MONDAY * DAY
    spans: list[tuple[int, int]] = []
    for quarter in sorted(set(quarters)):
        start = begin + quarter * 15
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], start + 15)
        else:
            spans.append((start, start + 15))
    pattern, crowded = pattern_of(spans, MONDAY, MONDAY + 28, {})
    read = work_calendar(pattern, MONDAY, MONDAY + 28)
    meant = of_intervals(spans, begin, begin + 28 * DAY)
    for day in range(MONDAY, MONDAY + 28):
        if day not in crowded:
            hours = (day * DAY, (day + 1) * DAY)
            assert list(read.intervals(*hours)) == list(meant.intervals(*hours))
